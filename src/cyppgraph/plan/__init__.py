"""The typed model of a plan: what stands between reading a document and mapping it to triples."""

from cyppgraph.plan.elements import (
    Action,
    Commitment,
    Due,
    Element,
    FinanceLine,
    Lead,
    Measure,
    Node,
    Outcome,
    Progress,
    Reference,
    Target,
    Theme,
)
from cyppgraph.plan.plan import CodeScheme, Plan, SourceDocument
from cyppgraph.plan.source import Passage, SourceCell, SourceRow
from cyppgraph.plan.terms import (
    Certainty,
    Comparison,
    FinanceKind,
    LeadStatus,
    OutcomeKind,
    ProgressStatus,
    TimeKind,
    Unit,
)

__all__ = [
    "Action",
    "Certainty",
    "CodeScheme",
    "Commitment",
    "Comparison",
    "Due",
    "Element",
    "FinanceKind",
    "FinanceLine",
    "Lead",
    "LeadStatus",
    "Measure",
    "Node",
    "Outcome",
    "OutcomeKind",
    "Passage",
    "Plan",
    "Progress",
    "ProgressStatus",
    "Reference",
    "SourceCell",
    "SourceDocument",
    "SourceRow",
    "Target",
    "Theme",
    "TimeKind",
    "Unit",
]
