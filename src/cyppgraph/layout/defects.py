"""Defects of a source that can be told from the plan read of it. In: a plan. Out: findings.

Rules, not opinions: each looks for one thing that a reader could check on the lines that the finding names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain

from cyppgraph.findings import Finding, Severity
from cyppgraph.layout.passages import TAG
from cyppgraph.phrases import initials_of
from cyppgraph.plan import (
    Action,
    Certainty,
    Comparison,
    Element,
    Lead,
    LeadStatus,
    Measure,
    Node,
    Plan,
    Target,
    TimeKind,
    Unit,
)
from cyppgraph.where import Where

_CUT_AT_END = re.compile(
    r"\b(?:to|of|the|and|or|for|in|with|by|on|from|that|which|a|an|their|including|across all)$", re.I
)
_WHOLE_AT_END = re.compile(
    r"\b(?:refer|adhere|respond|attend|relate|listen|entitled|carried|signed|based|built) (?:to|on|in)$"
)
_NUMBER = re.compile(r"(?P<stem>(?:\d+\.)*)(?P<last>\d+)(?P<tail>(?: ?\(?[ivx]+\)?)?)")
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]{1,5}[A-Z]\b|\b[A-Z]{2}\b")
_LETTERS_IN_BRACKETS = re.compile(r"\(\s*([A-Z][A-Z&]*?)s?\b")
_WORDS_IN_BRACKETS = re.compile(r"\b([A-Z][A-Z&]*?)s?\s*\(([^()]{1,90})\)")
_EVERYDAY = frozenset({"NHS", "GP", "IT", "UK", "GCSE", "NVQ", "TBC", "KS", "II", "III", "IV", "MMR", "HE", "FE"})
_EXPECTED = {
    "due-missing": "No date is printed for {what}.",
    "lead-missing": "Nobody is named to lead {what}.",
    "measure-missing": "No measure is printed for {what}.",
}


def find_defects(plan: Plan, expected: Iterable[tuple[int, str]], text: str) -> list[Finding]:
    """All defects that the rules find.

    Args:
        plan: the plan as read.
        text: the whole document.
        expected: handles of elements and the kind of what their row has a column for but does not print.
    """
    nodes: dict[int, Node] = {n.ref: n for n in (*plan.elements, *plan.dues, *plan.leads, *plan.references)}
    found = list(_missing(plan, nodes, expected))
    for rule in (_dates, _leads, _numbers, _texts, _duplicates, _codes, _targets, _names):
        found += rule(plan)
    found += _acronyms(plan, TAG.sub("", text))
    return sorted(found, key=lambda f: (f.where.first_line or 0, f.kind, f.message))


def _missing(plan: Plan, nodes: dict[int, Node], expected: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """What a row has a column for but does not print, and nothing above it prints either."""
    for ref, kind in expected:
        node = nodes[ref]
        if not (kind == "measure-missing" and isinstance(node, Element) and node.measures):
            yield _finding(plan, node, kind, _EXPECTED[kind].format(what=_quoted(node)))


def _quoted(node: Node) -> str:
    text = node.statement
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"


def _finding(plan: Plan, node: Node, kind: str, message: str, severity: Severity = Severity.INFO) -> Finding:
    first = min((p.first_line for p in node.sources), default=1)
    last = min((p.last_line for p in node.sources), default=1)
    return Finding(kind, severity, Where(plan.document.file, first, last), message, node.ref)


def _dates(plan: Plan) -> Iterator[Finding]:
    """Dates outside the plan's period, and dates that run backwards within one cell."""
    inferred = " (as is inferred: the first and last month are not printed)"
    period = f"{plan.starts} to {plan.ends}{inferred if plan.period_certainty is Certainty.INFERRED else ''}"
    seen: set[tuple[object, ...]] = set()
    for due in plan.dues:
        if due.kind is TimeKind.UNSTATED:
            yield _finding(plan, due, "due-missing", f"“{due.statement}” stands where a date should, and is none.")
        key = (due.statement, *(span for passage in due.sources for span in passage.spans))
        if due.kind not in (TimeKind.BY, TimeKind.DURING) or key in seen:
            continue
        seen.add(key)
        side = "before" if due.latest and due.latest < plan.starts else None
        side = "after" if due.earliest and due.earliest > plan.ends else side
        if side:
            message = f"“{due.statement}” lies {side} the period of the plan, {period}."
            yield _finding(plan, due, "date-outside-the-plan-period", message)
    by_ref = {due.ref: due for due in plan.dues}
    for element in plan.elements:
        dues = [by_ref[ref] for ref in element.due if by_ref[ref].certainty is Certainty.STATED]
        days = [due.latest for due in dues if due.kind is TimeKind.BY and due.latest]
        if isinstance(element, Action) and len(days) > 1 and days != sorted(days):
            printed = ", then ".join(f"“{due.statement}”" for due in dues)
            yield _finding(plan, element, "date-order", f"The dates of {_quoted(element)} run backwards: {printed}.")


def _leads(plan: Plan) -> Iterator[Finding]:
    managers = {initials_of(lead.person): lead.person for lead in plan.leads if lead.person and not lead.initials}
    seen: set[tuple[object, ...]] = set()
    for lead in plan.leads:
        key = (lead.statement, lead.initials, *(span for passage in lead.sources for span in passage.spans))
        if lead.certainty is Certainty.INHERITED or key in seen:
            continue
        seen.add(key)
        if lead.status is LeadStatus.TO_BE_CONFIRMED:
            yield _finding(plan, lead, "lead-to-be-confirmed", f"The lead is still open: “{lead.statement}”.")
        elif lead.status is LeadStatus.NOT_STATED and lead.statement:
            yield _finding(plan, lead, "lead-missing", f"“{lead.statement}” names nobody.")
        elif lead.initials and lead.person is None:
            name = managers.get(lead.initials)
            known = f"; elsewhere it names {name}" if name else ""
            message = f"The plan does not say here whose initials “{lead.initials}” are{known}."
            yield _finding(plan, lead, "initials-unresolved", message)


def _numbers(plan: Plan) -> Iterator[Finding]:
    """Numbers that the plan skips or prints twice within one of its parts."""
    parents = {element.ref: element.parent for element in plan.elements}
    held: dict[tuple[int | None, str], list[tuple[int, str, Element]]] = defaultdict(list)
    for element in plan.elements:
        found = _NUMBER.fullmatch(element.number or "")
        if found and not isinstance(element, Measure):
            held[(_part(element, parents), found["stem"])].append((int(found["last"]), found["tail"], element))
    for (_, stem), numbered in held.items():
        last = 0
        numbered.sort(key=lambda entry: entry[0])
        for value, tail, element in numbered:
            if value == last and not tail:
                yield _finding(plan, element, "number-repeated", f"The number {element.number} is printed twice.")
            elif value > last + 1:
                skipped = " and ".join(f"{stem}{n}" for n in range(last + 1, value))
                verb = "is" if value == last + 2 else "are"
                message = f"{skipped} {verb} not printed: {element.number} comes next."
                yield _finding(plan, element, "number-skipped", message)
            last = max(last, value)


def _part(element: Element, parents: dict[int, int | None]) -> int | None:
    """The part of the plan that an element stands in; all that stands directly under the plan is one part."""
    if element.parent is None:
        return None
    ref = element.parent
    while (above := parents[ref]) is not None:
        ref = above
    return ref


def _texts(plan: Plan) -> Iterator[Finding]:
    """Statements that begin or end in the middle of a sentence."""
    parents = {element.ref: element.parent for element in plan.elements}
    starts: dict[int | None, list[bool]] = defaultdict(list)
    for element in plan.elements:
        if isinstance(element, Action):
            starts[_part(element, parents)].append(element.statement[:1].islower())
    for element in plan.elements:
        text = element.statement.rstrip()
        lettered = bool(re.match(r"\(?[a-z]{1,3}\)", element.sources[0].quote)) if element.sources else False
        cut = text.endswith(",") or (_CUT_AT_END.search(text) and not _WHOLE_AT_END.search(text))
        if cut and not lettered and not isinstance(element, Target):
            yield _finding(plan, element, "text-cut-off", f"The words break off: “…{text[-60:]}”.", Severity.WARNING)
        elif isinstance(element, Action) and text[:1].islower() and not lettered and not re.match(r"[ei][A-Z]", text):
            part = starts[_part(element, parents)]
            if sum(part) <= len(part) / 3:
                yield _finding(plan, element, "text-cut-off", f"The words begin in mid-sentence: “{text[:60]}…”.")


def _duplicates(plan: Plan) -> Iterator[Finding]:
    """Actions that are printed twice in the same words."""
    seen: dict[str, Element] = {}
    by_ref = {element.ref: element for element in plan.elements}
    for element in plan.elements:
        if isinstance(element, Action):
            words = re.sub(r"\W+", " ", element.statement).casefold().strip()
            above = None if element.parent is None else by_ref.get(element.parent)
            if isinstance(above, Action) and re.search(r"[a-z]$", element.number or ""):
                continue  # a lettered step says what it does only with the words before it
            first = seen.setdefault(words, element)
            if first is not element and first.row != element.row:
                line = min(p.first_line for p in first.sources)
                message = f"The same action stands at line {line} already: {_quoted(element)}."
                yield _finding(plan, element, "duplicate-action", message)


def _codes(plan: Plan) -> Iterator[Finding]:
    """One number of a code set for two things: printed with and without a letter, or twice with other titles."""
    measures = [e for e in plan.elements if isinstance(e, Measure) and e.code]
    bases: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        bases[re.sub(r"[a-z]$", "", measure.code or "")].append(measure)
    for base, held in bases.items():
        plain = [m for m in held if m.code == base]
        lettered = [m for m in held if m.code != base]
        conflict = bool(plain and lettered) or len({m.statement.casefold() for m in plain}) > 1
        for measure in plain if conflict else ():
            others = "; ".join(f"{m.code} {_quoted(m)}" for m in held if m is not measure)
            message = f"The code {base} is printed here for {_quoted(measure)}, but elsewhere as {others}."
            yield _finding(plan, measure, "code-conflict", message, Severity.WARNING)


def _targets(plan: Plan) -> Iterator[Finding]:
    """Changes without a baseline, and an action's target that its measure's does not meet."""
    targets = {element.ref: element for element in plan.elements if isinstance(element, Target)}
    for target in targets.values():
        changes = target.comparison in (Comparison.INCREASE_BY, Comparison.DECREASE_BY)
        unsaid = "baseline" not in target.statement.replace("base line", "baseline").casefold()
        if changes and unsaid and target.baseline_value is None and target.baseline_statement is None:
            message = f"“{target.statement}” is a change, but no baseline is printed."
            yield _finding(plan, target, "baseline-missing", message)
    measures = {element.ref: element for element in plan.elements if isinstance(element, Measure)}
    for action in plan.elements:
        if not isinstance(action, Action) or len(action.measures) != 1 or action.measures[0] not in measures:
            continue
        own = [targets[ref] for ref in action.targets if targets[ref].unit is Unit.PERCENT]
        shown = [targets[ref] for ref in measures[action.measures[0]].targets if targets[ref].unit is Unit.PERCENT]
        if len(own) == len(shown) == 1 and own[0].value != shown[0].value:
            message = f"The action says “{own[0].statement}”, its measure “{shown[0].statement}”."
            yield _finding(plan, action, "target-mismatch", message)


def _names(plan: Plan) -> Iterator[Finding]:
    """Persons whose names differ by a letter or two: two people, or one misspelt."""
    first: dict[str, Lead] = {}
    for lead in plan.leads:
        if lead.person and lead.person not in first:
            for name, other in first.items():
                if name.split()[0][:3] == lead.person.split()[0][:3] and _nearly(name, lead.person):
                    line = min((p.first_line for p in other.sources), default=1)
                    message = f"“{lead.person}” here and “{name}” at line {line} differ by letters only."
                    yield _finding(plan, lead, "names-alike", message)
            first[lead.person] = lead


def _nearly(one: str, two: str) -> bool:
    return SequenceMatcher(None, one.casefold(), two.casefold(), autojunk=False).ratio() >= 0.8


def _acronyms(plan: Plan, text: str) -> Iterator[Finding]:
    """Abbreviations in capitals that the plan's elements use but the document never spells out, each once."""
    seen: set[str] = set(_EVERYDAY)
    spelt_out = _spelt_out(text)
    for element in plan.elements:
        for acronym in _ACRONYM.findall(element.statement):
            if acronym in seen:
                continue
            seen.add(acronym)
            if acronym not in spelt_out:
                message = f"Nowhere does the plan print “{acronym}” in brackets beside the words it stands for."
                yield _finding(plan, element, "unexplained-acronym", message)


def _spelt_out(text: str) -> set[str]:
    """The letters that stand in brackets behind words, or before words in brackets, with those initials."""
    behind = ((m.group(1), text[max(0, m.start() - 90) : m.start()]) for m in _LETTERS_IN_BRACKETS.finditer(text))
    before = ((m.group(1), m.group(2)) for m in _WORDS_IN_BRACKETS.finditer(text))
    return {letters for letters, words in chain(behind, before) if _has_initials(letters, words)}


def _has_initials(acronym: str, words: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", words)).casefold()
    letters = iter(initials)
    return all(letter in letters for letter in acronym.casefold()[:3])
