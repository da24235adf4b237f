"""What is linked, and what to. Out: frozen values without any graph behind them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Something that a plan states, to be linked.

    Attributes:
        iri: what states it.
        kind: its kind as it stands in the ontology ("Measure").
        plan: the plan's id.
        words: its statement.
        above: the statements above it, nearest first.
        codes: the codes that the plan prints for it.
        line: the first line of the document that it was read from, if known.
    """

    iri: str
    kind: str
    plan: str
    words: str
    above: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that texts may concern: an indicator, a topic, an outcome.

    Attributes:
        iri: what it is.
        code: its notation ("NI 117").
        label: its name.
        terms: further words that signal it.
        weight: how readily texts of these plans concern it; 1 is usual.
    """

    iri: str
    code: str
    label: str
    terms: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def name(self) -> str:
        """Its code and its label: "NI 117 16 to 18 year olds who are …"."""
        return f"{self.code} {self.label}".strip()
