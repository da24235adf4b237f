"""LINK: texts in, candidates and people's decisions out. Nothing here is asserted: a candidate is not a link.

``ranking`` is imported by those who rank, since the library that it stands on takes seconds to load.
"""

from cyppgraph.linking.decisions import Decisions, check_decisions, read_decisions
from cyppgraph.linking.glossary import Glossary, read_glossary
from cyppgraph.linking.links import LINK_KINDS, PROPOSED_KINDS, Link, LinkKind, Status
from cyppgraph.linking.sssom import read_sssom, write_sssom
from cyppgraph.linking.texts import Entry, Text
from cyppgraph.linking.titles import agree, check_titles

__all__ = [
    "LINK_KINDS",
    "PROPOSED_KINDS",
    "Decisions",
    "Entry",
    "Glossary",
    "Link",
    "LinkKind",
    "Status",
    "Text",
    "agree",
    "check_decisions",
    "check_titles",
    "read_decisions",
    "read_glossary",
    "read_sssom",
    "write_sssom",
]
