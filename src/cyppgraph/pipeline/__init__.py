"""The order of things: read, map, link, validate, write. What each command does, composed of the rooms."""

from cyppgraph.pipeline.building import build
from cyppgraph.pipeline.checking import check
from cyppgraph.pipeline.plans import coverage
from cyppgraph.pipeline.report import BuildReport

__all__ = ["BuildReport", "build", "check", "coverage"]
