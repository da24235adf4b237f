"""A code held against its title. In: a plan's coded measures, the national titles. Out: findings.

A plan may print a code for another thing than the nation does (NI 108 for Sure Start), letter the parts of an indicator
in its own way (NI 102a), or word a title so that another figure is meant ("under 24" for "under 25", an attainment for
a gap). Plain rewording is no finding: titles are held alike when they share a third of their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cyppgraph.findings import Finding, Severity
from cyppgraph.linking.glossary import Glossary
from cyppgraph.linking.words import read_words
from cyppgraph.plan import Measure, Plan
from cyppgraph.where import Where

_ALIKE = 1 / 3
_SUGGESTED = 1 / 2
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w]*:)")
_CONFLICT, _DIFFERS = "code-conflict", "title-differs"


def check_titles(plan: Plan, titles: Mapping[str, str], glossary: Glossary) -> Plan:
    """Return a plan with findings for the codes whose titles disagree with the national set.

    Args:
        plan: the plan.
        titles: the title of each national code, lettered parts ("NI 102a") included.
        glossary: what short forms mean.
    """
    schemes = {scheme.prefix for scheme in plan.schemes if scheme.national}
    if not schemes or not titles:
        return plan
    words = {code: frozenset(read_words(glossary.expand(title))) for code, title in titles.items()}
    found: dict[int, Finding] = {}
    for measure in plan.elements:
        if isinstance(measure, Measure) and measure.code and measure.scheme in schemes and measure.statement:
            for kind, message in _judge(measure, titles, words, glossary):
                found.setdefault(measure.ref, _finding(plan, measure, kind, message))
    return replace(plan, findings=tuple(_merged(plan.findings, found))) if found else plan


def agree(given: str, title: str, glossary: Glossary) -> bool:
    """Tell whether two titles of one code plainly name one figure.

    They share half of the words of the shorter one, and nothing says that another figure is meant (a gap, numbers).
    """
    here, there = (frozenset(read_words(glossary.expand(text))) for text in (given, title))
    gaps = {"gap" in text.casefold() for text in (given, title)}
    return len(gaps) == 1 and _likeness(here, there) >= _SUGGESTED and not _differs(given, title)


def _judge(
    measure: Measure, titles: Mapping[str, str], words: Mapping[str, frozenset[str]], glossary: Glossary
) -> Iterator[tuple[str, str]]:
    """Say what is amiss with the title of one measure: a kind of finding and a sentence."""
    code = measure.code or ""
    whole = code.rstrip("abcdefghijklmnopqrstuvwxyz")
    if whole not in titles:
        yield _CONFLICT, f"The national set has no {whole}; it is printed here for “{measure.statement}”."
        return
    printed = frozenset(read_words(glossary.expand(measure.statement)))
    if _likeness(printed, words[whole]) < _ALIKE:
        best = max(sorted(words), key=lambda other: _likeness(printed, words[other]))
        hint = f", and this is {best}" if _likeness(printed, words[best]) >= _SUGGESTED else ""
        yield _CONFLICT, f"{code} is printed here for “{measure.statement}”; nationally it is “{titles[whole]}”{hint}."
        return
    lettered = code != whole
    if lettered and code in titles and _differs(measure.statement, titles[code]):
        message = f"{code} is printed here for “{measure.statement}”; the nation letters so “{titles[code]}”."
        yield _CONFLICT, message
    elif not lettered and (what := _differs(measure.statement, titles[code])):
        yield _DIFFERS, f"{code} is printed as “{measure.statement}”; nationally {what}: “{titles[code]}”."


def _likeness(printed: frozenset[str], national: frozenset[str]) -> float:
    """How many of the words of the shorter title the other has."""
    shorter = min(len(printed), len(national))
    return len(printed & national) / shorter if shorter else 0.0


def _differs(printed: str, national: str) -> str:
    """Say in which way two titles of one thing mean other figures; nothing where they do not."""
    if ("gap" in national.casefold()) > ("gap" in printed.casefold()):
        return "it is a gap"
    here, there = (set(_NUMBER.findall(text.replace("–", "-"))) for text in (printed, national))
    if here and there and not (here <= there or there <= here):
        return f"the numbers are others ({', '.join(sorted(there - here))} for {', '.join(sorted(here - there))})"
    return ""


def _finding(plan: Plan, measure: Measure, kind: str, message: str) -> Finding:
    lines = [n for passage in measure.sources for n in (passage.first_line, passage.last_line)]
    where = Where(plan.document.file, min(lines, default=None), max(lines, default=None))
    return Finding(kind, Severity.WARNING, where, message, measure.ref)


def _merged(findings: Iterable[Finding], found: dict[int, Finding]) -> Iterator[Finding]:
    """The findings of a plan and these; of two of one kind about one measure, one with both sentences."""
    left = dict(found)
    for finding in findings:
        more = left.get(finding.target) if finding.target is not None else None
        if more is not None and more.kind == finding.kind and finding.target is not None:
            del left[finding.target]
            yield replace(finding, message=f"{finding.message} {more.message}")
        else:
            yield finding
    yield from left.values()
