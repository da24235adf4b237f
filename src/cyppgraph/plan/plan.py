"""One authority's plan for a period, as read: elements, the rows they stood in, defects of the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cyppgraph.findings import Finding
from cyppgraph.plan.elements import Due, Element, Lead, Reference
from cyppgraph.plan.source import Passage, SourceRow
from cyppgraph.plan.terms import Certainty


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The file that was read.

    Attributes:
        file: its path within the repository, for pointing at it.
        sha256: the checksum of its bytes, hexadecimal.
        lines: how many lines it has.
        media_type: its IANA media type.
        title: what to call it.
        published_at: the address it was published at, if known.
        rights: whose words they are.
    """

    file: str
    sha256: str
    lines: int
    media_type: str
    title: str
    published_at: str | None
    rights: str


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """A set of coded indicators that the plan uses: its prefix ("CSC"), its name, and whether it is national."""

    prefix: str
    title: str
    national: bool
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole plan.

    ``starts``/``ends`` bound the plan period (inclusive); ``period_certainty`` tells whether they are printed.
    ``authority`` is a key of ``data/authorities.toml``. ``issued`` is the date of publication where one is printed
    (a day, or "2021-07" where only the month is).
    """

    id: str
    title: str
    title_sources: tuple[Passage, ...]
    authority: str
    partnership: str | None
    status: str | None
    issued: str | None
    starts: date
    ends: date
    period_certainty: Certainty
    document: SourceDocument
    schemes: tuple[CodeScheme, ...]
    elements: tuple[Element, ...]
    dues: tuple[Due, ...]
    leads: tuple[Lead, ...]
    references: tuple[Reference, ...]
    rows: tuple[SourceRow, ...]
    findings: tuple[Finding, ...]
