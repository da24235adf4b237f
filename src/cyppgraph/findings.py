"""Defects of a source, a layout or a graph as values. In: a kind and its facts. Out: findings to print and publish."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cyppgraph.where import Where


class Severity(StrEnum):
    """How much a finding matters, in the words of SHACL (sh:Violation, sh:Warning, sh:Info)."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect.

    Attributes:
        kind: its kind, the last part of the IRI of a concept in ``ontology/schemes/finding-kind.ttl``.
        severity: how much it matters.
        where: the document and lines it was seen in.
        message: one sentence that says what was found, for a council officer.
        target: the handle (``ref``) of the element, date or lead concerned, if one is; else None.
    """

    kind: str
    severity: Severity
    where: Where
    message: str
    target: int | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.kind}: {self.message}"
