"""A plan's folder as a typed plan. In: a folder with plan.toml and its document. Out: a ``Reading``.

A reading is the ``Plan`` and what coverage needs beside it: the words of the tables, and those knowingly left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from cyppgraph.documents import Document, Source, Text, read_source
from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.findings import Finding, Severity
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.certainty import lower_certainty, not_shifted
from cyppgraph.layout.defects import find_defects
from cyppgraph.layout.interpret import Interpretation, Interpreter
from cyppgraph.layout.loading import load_layout
from cyppgraph.layout.passages import passages_of
from cyppgraph.layout.profile import Defect, Layout
from cyppgraph.layout.references import resolve_references
from cyppgraph.layout.tables import Lines
from cyppgraph.plan import (
    Action,
    Certainty,
    CodeScheme,
    Commitment,
    Due,
    Element,
    FinanceLine,
    Lead,
    Measure,
    Node,
    Outcome,
    Passage,
    Plan,
    Reference,
    SourceDocument,
    Theme,
)
from cyppgraph.where import Where


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, its document, and the texts that are headings of tables or knowingly ignored, each with the reason."""

    plan: Plan
    document: Document
    headers: tuple[Text, ...]
    ignored: tuple[tuple[Text, str], ...]


def read_plan(folder: Path, root: Path | None = None) -> Reading:
    """Read a plan's folder.

    Args:
        folder: holds plan.toml and the document it names.
        root: what file names in messages and in the graph are relative to; the folder's parent if None.

    Raises:
        FaultyInputError: every fault of plan.toml, of the document, or of how they fit, with its place.
    """
    base = root or folder.parent
    layout_file = str((folder / "plan.toml").relative_to(base))
    layout = load_layout(folder / "plan.toml", layout_file)
    document_path = folder / layout.document.file
    source = read_source(document_path, str(document_path.relative_to(base)))
    if source.sha256 != layout.document.sha256:
        message = (
            f"the document's SHA-256 is {source.sha256}, plan.toml says {layout.document.sha256}; "
            "if the document was changed on purpose, read it again and correct [document] sha256"
        )
        raise FaultyInputError([Fault(Where(source.file), message)])
    read = Interpreter(source, layout).interpret()
    resolve_references(read.builder, read.rows.references.titles)
    lower_certainty(read.builder, layout)
    nodes = _named(read.builder.freeze(), layout)
    plan = _plan(layout, read, nodes, source)
    missed = not_shifted(read.rows.expected, read.builder, layout)
    plan = replace(plan, findings=(*plan.findings, *find_defects(plan, missed, "\n".join(source.lines))))
    _check_expectations(plan, layout, layout_file)
    ignored = tuple(read.builder.ignored) + tuple(_left_out_by_patches(source, layout, read.document))
    return Reading(plan, read.document, tuple(read.headers), ignored)


def _named(nodes: dict[int, Node], layout: Layout) -> list[Node]:
    """Elements with the plan's own words for their levels in place of the layout's names of them."""
    words = {level.term: level.term if level.word is None else level.word or None for level in layout.level}
    return [
        replace(node, term=words.get(node.term or "", node.term)) if isinstance(node, Element) else node
        for node in nodes.values()
    ]


def _plan(layout: Layout, read: Interpretation, nodes: list[Node], source: Source) -> Plan:
    facts, builder = layout.plan, read.builder
    document = SourceDocument(
        file=source.file,
        sha256=source.sha256,
        lines=len(source.lines),
        media_type="text/plain",
        title=layout.document.title,
        published_at=layout.document.published_at,
        rights=layout.document.rights,
    )
    schemes = tuple(
        CodeScheme(s.prefix, s.title, s.national, _whole_lines(source, [Lines(s.line, s.line)]) if s.line else ())
        for s in layout.scheme
    )
    return Plan(
        id=facts.id,
        title=facts.title,
        title_sources=_whole_lines(source, facts.title_lines),
        authority=facts.authority,
        partnership=facts.partnership,
        status=facts.status,
        issued=facts.issued,
        starts=facts.starts,
        ends=facts.ends,
        period_certainty=Certainty(facts.period),
        document=document,
        schemes=schemes,
        elements=tuple(node for node in nodes if isinstance(node, Element)),
        dues=tuple(node for node in nodes if isinstance(node, Due)),
        leads=tuple(node for node in nodes if isinstance(node, Lead)),
        references=tuple(node for node in nodes if isinstance(node, Reference)),
        rows=tuple(builder.rows.values()),
        findings=_known_findings(layout, builder, source),
    )


def _known_findings(layout: Layout, builder: Builder, source: Source) -> tuple[Finding, ...]:
    """What the reading noted, what plan.toml says of the source, and the patches that mend more than a mark."""
    known = [
        Finding(d.kind, Severity.INFO, _where(source, d.lines), d.message, _target(builder, d)) for d in layout.defect
    ]
    known += [Finding("text-lost", Severity.WARNING, Where(source.file, g.before), g.message) for g in layout.lost]
    patched = [
        Finding(p.finding, Severity.INFO, _where(source, p.lines), p.why, builder.first_on(*_ends(p.lines)))
        for p in layout.patch
        if p.finding
    ]
    return (*builder.findings, *patched, *known)


def _target(builder: Builder, defect: Defect) -> int | None:
    """What a defect concerns: the first element on its lines, the first measure if it is about those, or the plan."""
    if defect.kind == "no-title-page":
        return None
    return builder.first_on(*_ends(defect.lines), Measure if defect.measures else Element)


def _where(source: Source, lines: Lines) -> Where:
    return Where(source.file, lines.first, lines.last)


def _ends(lines: Lines) -> tuple[int, int]:
    return lines.first, lines.last


def _whole_lines(source: Source, ranges: list[Lines] | tuple[Lines, ...]) -> tuple[Passage, ...]:
    numbers = [n for lines in ranges for n in range(lines.first, lines.last + 1)]
    texts = [Text.of_line(source.lines[n - 1], n) for n in numbers if n <= len(source.lines)]
    return tuple(passage for text in texts for passage in passages_of(text.strip(), source))


def _left_out_by_patches(source: Source, layout: Layout, document: Document) -> list[tuple[Text, str]]:
    """Words that a patch leaves out, with its reason."""
    kept: set[tuple[int, int]] = set()
    for block in document.blocks:
        texts = [cell.raw for cell in getattr(block, "cells", ())] or [getattr(block, "text", Text("", ()))]
        kept.update(place for text in texts for place in text.places())
    left: list[tuple[Text, str]] = []
    for patch in layout.patch:
        for number in range(patch.lines.first, min(patch.lines.last, len(source.lines)) + 1):
            line = source.lines[number - 1]
            gone = [i for i in range(len(line)) if (number, i) not in kept]
            text = Text.of_line(line, number)
            left += [(text[i : i + 1], patch.why) for i in gone]
    return left


def _check_expectations(plan: Plan, layout: Layout, file: str) -> None:
    """Fail where the plan holds fewer or more elements than plan.toml expects."""
    counts = Counter(type(element) for element in plan.elements)
    found = {
        "themes": counts[Theme],
        "commitments": counts[Commitment],
        "outcomes": counts[Outcome],
        "actions": counts[Action],
        "finance_lines": counts[FinanceLine],
        "indicators": sum(isinstance(e, Measure) and e.code is not None for e in plan.elements),
    }
    faults = [
        Fault(Where(file), f"[expect] {name} = {wanted}, but {found[name]} were read; correct the layout or [expect]")
        for name in found
        if (wanted := cast(int | None, getattr(layout.expect, name))) is not None and wanted != found[name]
    ]
    if faults:
        raise FaultyInputError(faults)
