"""HANDBOOK: a source and the rules in; pages that tell what the data are, how they were made, how they are used out."""

from cyppgraph.web.handbook.blueprint import make_handbook
from cyppgraph.web.handbook.rules import RuleFiles

__all__ = ["RuleFiles", "make_handbook"]
