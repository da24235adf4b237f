"""RECOGNISE: plan.toml in, Layout out; Document and Layout in, Plan and findings out."""

from cyppgraph.layout.reading import Reading, read_plan

__all__ = ["Reading", "read_plan"]
