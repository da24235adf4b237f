"""Dates, leads, targets and references as nodes. In: texts of cells. Out: handles of the nodes that they state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cyppgraph.documents import Text
from cyppgraph.findings import Severity
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.profile import Layout
from cyppgraph.phrases import (
    DatePhrase,
    LeadPhrase,
    TargetPhrase,
    find_deadlines,
    find_targets,
    initials_of,
    parse_dates,
    parse_leads,
)
from cyppgraph.plan import Certainty, Comparison, Due, Lead, LeadStatus, Target, TimeKind, Unit

_CAPACITY = re.compile(r"in partnership with|\bwith\b", re.IGNORECASE)
_JOINED = re.compile(r"(?:and|&|,)\s+", re.IGNORECASE)
_GARBLED = re.compile(r"\d+(?:\.\d+){3,}")
_CONNECTOR = re.compile(
    r"^(?:[\s,;/&.–-]|\b(?:and|with|in partnership with)\b|\(?\b(?:[a-h]|[ivx]{1,4})\))*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Lettered:
    """A node, the letters of the steps that it is printed for, and whether nothing joins it to the one before."""

    ref: int
    letters: tuple[str, ...]
    apart: bool = True


class Nodes:
    """Makes nodes of what the grammars understand; knows the plan's people, and whose initials are resolved."""

    def __init__(self, builder: Builder, layout: Layout, people: frozenset[str], roles: frozenset[str]) -> None:
        self.builder = builder
        self.layout = layout
        self.people = people | frozenset(layout.words.people)
        self.roles = roles
        self.managers: dict[int, str] = {}

    def dues(self, text: Text) -> list[Lettered]:
        """The dates of a date cell."""
        found = parse_dates(str(text), school_year=self.layout.words.school_year)
        ends = [0, *(phrase.end for phrase in found)]
        return [
            Lettered(self._due(text, phrase, text[end : phrase.end]), phrase.letters, _begins_anew(text, phrase, end))
            for phrase, end in zip(found, ends, strict=False)
        ]

    def deadlines(self, text: Text) -> list[int]:
        """The dates that a sentence sets for itself ("by 31/3/12")."""
        found = find_deadlines(str(text))
        return [self._due(text, phrase, text[phrase.start : phrase.end]) for phrase in found]

    def _due(self, text: Text, phrase: DatePhrase, printed: Text) -> int:
        words = text[phrase.start : phrase.end].strip()
        if joined := _JOINED.match(str(words)):
            words = words[joined.end() :]
        kind = TimeKind.INVALID if _GARBLED.fullmatch(str(words)) else TimeKind(phrase.kind)
        ref = self.builder.add(
            Due,
            words,
            printed=printed.strip(),
            kind=kind,
            earliest=phrase.earliest,
            latest=phrase.latest,
            interval=phrase.interval,
            edtf=phrase.edtf,
            frequency=phrase.frequency,
        )
        if kind is TimeKind.INVALID:
            lines = self.builder.lines_of(ref)
            message = f"{str(words)!r} is no possible date; it sets no bound."
            self.builder.finding("impossible-date", Severity.WARNING, lines, message, ref)
        return ref

    def leads(self, text: Text, project: int | None = None) -> list[Lettered]:
        """The leads of a lead cell; ``project`` is the element whose manager's initials are known."""
        words = self.layout.words
        found = parse_leads(
            str(text),
            people=self.people,
            bodies=frozenset(words.bodies),
            roles=self.roles,
            default=words.lead_default,
            initials=words.initials,
        )
        leads: list[Lettered] = []
        end = 0
        for i, phrase in enumerate(found):
            start = end if _CONNECTOR.match(str(text)[end : phrase.start]) else phrase.start
            stop = len(text) if i == len(found) - 1 and _CONNECTOR.match(str(text)[phrase.end :]) else phrase.end
            between = str(text)[end : phrase.start].strip()
            ref = self._lead(text, phrase, text[start:stop], project)
            if capacity := _CAPACITY.search(between):
                self.builder[ref].values["capacity"] = capacity.group().lower()
            if i and not between and phrase.person and self.builder[leads[-1].ref].values["person"]:
                self._run_together(leads[-1].ref, ref)
            leads.append(Lettered(ref, phrase.letters, not between))
            end = phrase.end
        if leads and str(text).rstrip().endswith(","):
            message = f"“{text}” ends in a comma: a name may be missing."
            lines = self.builder.lines_of(leads[-1].ref)
            self.builder.finding("text-cut-off", Severity.INFO, lines, message, leads[-1].ref)
        return leads

    def _run_together(self, one: int, two: int) -> None:
        names = f"“{self.builder[one].statement}” and “{self.builder[two].statement}”"
        message = f"{names} are printed without anything between them."
        self.builder.finding("separator-missing", Severity.INFO, self.builder.lines_of(two), message, two)

    def _lead(self, text: Text, phrase: LeadPhrase, printed: Text, project: int | None) -> int:
        person, certainty = phrase.person, Certainty.STATED
        if phrase.initials and person is None and project is not None:
            manager = self.managers.get(project)
            if manager and initials_of(manager) == phrase.initials.upper():
                person, certainty = manager, Certainty.INFERRED
        return self.builder.add(
            Lead,
            text[phrase.start : phrase.end].strip(),
            printed=printed.strip(),
            status=LeadStatus(phrase.status),
            person=re.sub(r"(?<=\w)- (?=[A-Z])", "-", person) if person else None,
            role=phrase.role,
            body=phrase.body,
            initials=phrase.initials,
            capacity=phrase.capacity,
            certainty=certainty,
        )

    def no_lead(self, place: Text) -> int:
        """A lead that is not stated, for an element whose lead cell is blank; ``place`` is the element's words."""
        nobody = Text("", ())
        return self.builder.add(Lead, nobody, printed=place, status=LeadStatus.NOT_STATED)

    def targets(
        self, text: Text, owner: int, hint: str | None = None, skip: dict[tuple[object, object], int] | None = None
    ) -> list[int]:
        """The targets that a statement sets; ``owner`` is the element they stand under, ``skip`` those known."""
        refs: list[int] = []
        for phrase in find_targets(str(text), direction_hint=hint):
            if skip and (known := skip.get((phrase.value, phrase.unit))) is not None:
                self._add_baseline(known, phrase)
                continue
            refs.append(self._target(text, phrase, owner))
        self.builder[owner].extend("targets", *refs)
        return refs

    def _add_baseline(self, target: int, phrase: TargetPhrase) -> None:
        """A baseline that the action prints for a target which its measure states too."""
        values = self.builder[target].values
        if values["baseline_value"] is None and values["baseline_statement"] is None:
            values["baseline_value"] = phrase.baseline_value
            values["baseline_statement"] = phrase.baseline_statement

    def _target(self, text: Text, phrase: TargetPhrase, owner: int) -> int:
        start, end = _clause(str(text), phrase.start, phrase.end)
        return self.builder.add(
            Target,
            text[start:end].strip(),
            parent=owner,
            value=phrase.value,
            upper=phrase.upper,
            unit=Unit(phrase.unit) if phrase.unit else None,
            comparison=Comparison(phrase.comparison) if phrase.comparison else None,
            strict=phrase.strict,
            per=phrase.per,
            of=phrase.of,
            provisional=phrase.provisional,
            baseline_value=phrase.baseline_value,
            baseline_statement=phrase.baseline_statement,
            row=self.builder[owner].values.get("row"),
        )


def _begins_anew(text: Text, phrase: DatePhrase, end: int) -> bool:
    """Whether a date stands apart from the one that ends at ``end``: nothing joins them, no sentence goes on."""
    between = str(text)[end : phrase.start]
    words = str(text)[phrase.start : phrase.end]
    return end == 0 or (not between.strip() and (words[:1].isupper() or words[:1].isdigit()))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around a figure that say what it is of: from the stop or bracket before it to the one behind it."""
    bracket = text.rfind("(", 0, start)
    if bracket > text.rfind(")", 0, start) and (close := text.find(")", end)) > 0:
        return bracket + 1, close
    stops = (". ", "; ", "\n")
    left = max(text.rfind(mark, 0, start) + len(mark) if mark in text[:start] else 0 for mark in stops)
    return left, min((i for mark in stops if (i := text.find(mark, end)) >= 0), default=len(text))
