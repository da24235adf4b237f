"""Cards: the rows that describe one element before its table. In: rows. Out: the element, its words, amounts, measures.

Croydon's plan of 2021 describes each savings project so: its title and manager, a reference, what it does, what it is
to save in three years, and the coded measures that it is watched by, all in cells that the PDF's text ran together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cyppgraph.documents import Cell, Row, Text, parse_cell
from cyppgraph.findings import Severity
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.measures import MeasureReader
from cyppgraph.layout.nodes import Nodes
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.tables import Card
from cyppgraph.phrases import split_years_and_amounts
from cyppgraph.plan import Certainty, FinanceKind, FinanceLine, Lead, LeadStatus

_YEARS = re.compile(r"(?:(?<!\d)20\d\d/\d\d\s*)(?:20\d\d/\d\d\s*)*")


class CardReader:
    """Makes elements of cards."""

    def __init__(self, builder: Builder, layout: Layout, structure: Structure, nodes: Nodes) -> None:
        self.builder = builder
        self.layout = layout
        self.structure = structure
        self.nodes = nodes
        self.measures = MeasureReader(builder, layout, structure, nodes)
        self.element: int | None = None
        self.reference = ""

    def start(self, card: Card, words: Text, match: re.Match[str]) -> None:
        """The card's first row: title, number, manager and reference."""
        groups = match.groupdict()
        statement = words[match.start("statement") : match.end("statement")].strip()
        self.structure.leave(card.level)
        ref = self.structure.state(card.level, statement, words, number=groups.get("number"))
        self.element = ref
        self.reference = groups.get("reference") or ""
        self.builder[ref].values["reference"] = self.reference or None
        if groups.get("lead"):
            name = words[match.start("lead") : match.end("lead")].strip()
            lead = self.builder.add(
                Lead, name, status=LeadStatus.NAMED, person=str(name), role=card.lead_role, certainty=Certainty.STATED
            )
            self.builder[ref].extend("leads", lead)
            self.nodes.managers[ref] = str(name)

    def row(self, card: Card, row: Row) -> None:
        """A further row: headings, words, amounts and measures, by what the cells hold."""
        if self.element is None:
            return
        numbers = sorted({line for cell in row.cells for line in cell.raw.lines})
        lines = [Text.of_line(self.builder.source.lines[number - 1], number) for number in numbers]
        kept = [("", parse_cell(raw).text) for line in lines for raw in line.split(re.compile("\t"))]
        handle = self.builder.add_row(Text.joined(text for _, text in kept), kept)
        full = [cell for cell in row.cells if cell]
        for i, cell in enumerate(full):
            if str(cell.text) in (card.description, card.finance):
                self.builder.ignore(cell.text, "a heading of the card")
            elif i == 0:
                self.builder.describe(self.element, cell.text)
            else:
                self._read_figures(card, cell, handle)

    def _read_figures(self, card: Card, cell: Cell, row: int) -> None:
        """Amounts by year, then the measures behind their heading, if either is printed."""
        text = cell.lines
        heading = card.measures.search(str(text))
        start = heading.start() if heading else len(text) if re.match(r"20\d\d/\d\d", str(text)) else 0
        amounts, measures = text[:start], text[heading.end() if heading else start :]
        if re.search(r"\w", str(amounts)):
            self._read_amounts(card, Text.joined(amounts.split(re.compile("\n"))), row)
        if heading:
            self.builder.ignore(text[heading.start() : heading.end()], "a heading of the card")
        for part in measures.split(re.compile("\n")):
            if re.search(r"\w", str(part)):
                found = self.measures.read(part.strip(" ;"), self.element, row)
                self.builder[self.element or 0].extend("measures", *(measure.ref for measure in found))

    def _read_amounts(self, card: Card, text: Text, row: int) -> None:
        growth = bool(card.growth.search(self.reference))
        kind = FinanceKind.GROWTH if growth else FinanceKind.SAVING
        certainty = Certainty.INFERRED if growth else Certainty.STATED
        lines = list(_amounts_by_year(text))
        if not lines:
            ref = self.builder.add(
                FinanceLine,
                text,
                parent=self.element,
                kind=kind,
                row=row,
                certainty=certainty,
                scope=self.structure.scope,
            )
            message = f"The amounts {str(text)!r} can be split among their years in more than one way; none is taken."
            self.builder.finding("amount-unsplit", Severity.WARNING, self.builder.lines_of(ref), message, ref)
            return
        for year, amount, words in lines:
            self.builder.add(
                FinanceLine,
                words,
                parent=self.element,
                kind=kind,
                amount=amount * card.multiplier,
                financial_year=year,
                interval=f"http://reference.data.gov.uk/id/government-year/{year[:4]}-{int(year[:4]) + 1}",
                row=row,
                certainty=certainty,
                scope=self.structure.scope,
            )


def _amounts_by_year(text: Text) -> Iterator[tuple[str, Decimal, Text]]:
    """Each financial year, its amount, and the words of both; nothing for a run that can be split in several ways."""
    for piece in _years_with_amounts(text):
        found = split_years_and_amounts(str(piece))
        for year, amount in zip(found.years, found.amounts or (), strict=False) if found else ():
            yield year, amount, piece


def _years_with_amounts(text: Text) -> Iterator[Text]:
    """Runs of years, each with the figures behind it up to the next run."""
    starts = [match.start() for match in _YEARS.finditer(str(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end].strip()
