"""Figures as values. In: plain facts. Out: observations, missing values, findings; nothing here knows RDF or files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cyppgraph.where import Where

# What becomes of a place for a figure.
OBSERVED, MISSING, REPEATED, REFUSED, LEFT_OUT = OUTCOMES = ("observed", "missing", "repeated", "refused", "left out")


@dataclass(frozen=True, slots=True)
class Area:
    """An area: its ONS code and what to call it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Period:
    """A period: the words printed, the interval of reference.data.gov.uk that is meant, and a printed status.

    Attributes:
        printed: "2016-17", "2025 (prov)".
        interval: the interval's IRI.
        status: the SDMX code of a mark printed with it ("P" for "(prov)"), if there is one.
    """

    printed: str
    interval: str
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A code that stands in place of a number.

    Attributes:
        code: as published; "blank" stands for an empty cell.
        name: the name of its concept in ``ontology/schemes/absence.ttl``.
        layouts: the layouts that print it.
    """

    code: str
    name: str
    layouts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be understood: the kind of finding, and a sentence.

    ``key`` names the key of the mapping file that must say what is meant; then it is a fault and not a finding.
    """

    kind: str
    message: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure, or the absence of one.

    Attributes:
        indicator: the indicator's id, "dfe/neet-16-17".
        area: the area.
        period: the period.
        value: the number, or what is printed in its place.
        printed: the cell as printed.
        row: the row of the file, the first one under the header being 1.
        where: the file and line.
    """

    indicator: str
    area: Area
    period: Period
    value: Decimal | Absence
    printed: str
    row: int
    where: Where

    @property
    def is_missing(self) -> bool:
        """Whether there is no number."""
        return isinstance(self.value, Absence)


@dataclass(frozen=True, slots=True)
class ObservationFinding:
    """Something in a file of statistics that cannot be taken as it stands.

    Attributes:
        kind: "area not known", "value not read", and so on.
        where: the file and line.
        message: a sentence that says what was found, in which row and column, and what became of it.
    """

    kind: str
    where: Where
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.message}"


@dataclass(frozen=True, slots=True)
class ObservationFile:
    """What a file of statistics holds, as its mapping file says to read it.

    Attributes:
        name: what the file's data set is called in addresses.
        file: the file's name.
        sha256: the checksum of its bytes.
        rows: how many rows stand under the header.
        observations: the figures, in the order of the file.
        missing: the places where something else stands in place of a figure.
        findings: what cannot be taken as it stands.
        outcomes: what became of every cell that should hold a figure; the numbers add up to all of them.
    """

    name: str
    file: str
    sha256: str
    rows: int
    observations: tuple[Observation, ...]
    missing: tuple[Observation, ...]
    findings: tuple[ObservationFinding, ...]
    outcomes: Mapping[str, int] = field(default_factory=dict)

    @property
    def absences(self) -> Mapping[str, int]:
        """How many places have no figure, by the code printed there."""
        return Counter(each.value.code for each in self.missing if isinstance(each.value, Absence))
