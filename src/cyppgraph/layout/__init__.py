"""RECOGNISE: plan.toml in, Layout out; Document and Layout in, Plan and findings out."""

from cyppgraph.layout.coverage import Fate, PlanCoverage, Remainder, measure_coverage
from cyppgraph.layout.reading import Reading, read_plan

__all__ = ["Fate", "PlanCoverage", "Reading", "Remainder", "measure_coverage", "read_plan"]
