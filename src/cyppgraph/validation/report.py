"""What was found amiss in a graph. In: results of shapes, checks and quotes. Out: a report as text or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cyppgraph.findings import Severity
from cyppgraph.where import Where

_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Result:
    """One fault of one node.

    Attributes:
        plan: the id of the plan that the node belongs to, "shared" where it belongs to none.
        severity: how much it matters.
        rule: the name of the shape or check that found it.
        node: the IRI of the node.
        label: what to call the node.
        message: what is wrong and what to do, for a council officer.
        where: the document and lines that the node was read from, if the graph tells.
    """

    plan: str
    severity: Severity
    rule: str
    node: str
    label: str
    message: str
    where: Where | None = None

    def __str__(self) -> str:
        return f"{self.where or self.node}: {self.rule}: “{self.label}”: {self.message}"

    @property
    def sort_key(self) -> tuple[str, int, Where, str, str, str]:
        """Plan by plan, the worst first, then in the order of the document."""
        file, first, last = self.where or Where("")
        place = Where(file, first or 0, last or 0)
        return self.plan, _ORDER.index(self.severity), place, self.rule, self.node, self.message


@dataclass(frozen=True, slots=True)
class Report:
    """Results in order: by plan, by severity, by line."""

    results: tuple[Result, ...]

    @classmethod
    def of(cls, *results: Iterable[Result]) -> Report:
        """One report of the results of several runs, each result once."""
        return cls(tuple(sorted({result for some in results for result in some}, key=lambda result: result.sort_key)))

    @property
    def has_violations(self) -> bool:
        """Whether anything was found that would make the graph mislead."""
        return any(result.severity is Severity.VIOLATION for result in self.results)

    def counts(self) -> dict[str, dict[Severity, int]]:
        """How many results of each severity each plan has; only plans with results, every severity."""
        found = Counter((result.plan, result.severity) for result in self.results)
        return {plan: {s: found[plan, s] for s in _ORDER} for plan in sorted({plan for plan, _ in found})}

    def as_text(self) -> str:
        """The report for a person: counts first, then by plan and severity each result with its lines."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        total = Counter(result.severity for result in self.results)
        yield f"{_counted(len(self.results), 'result')}: {_counts(total)}"
        for plan, counts in self.counts().items():
            yield f"  {plan}: {_counts(counts)}"
        for plan, counts in self.counts().items():
            for severity, count in counts.items():
                if count:
                    yield f"\n{plan}: {_counted(count, severity)}"
                    yield from (f"  {r}" for r in self.results if (r.plan, r.severity) == (plan, severity))

    def as_json(self) -> str:
        """The report for a program: ``counts`` by plan and severity, and ``results`` in order."""
        results = [
            {
                "plan": result.plan,
                "severity": result.severity,
                "rule": result.rule,
                "node": result.node,
                "label": result.label,
                "message": result.message,
                "where": result.where._asdict() if result.where else None,
            }
            for result in self.results
        ]
        report = {"has_violations": self.has_violations, "counts": self.counts(), "results": results}
        return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _counts(counts: dict[Severity, int] | Counter[Severity]) -> str:
    return ", ".join(_counted(counts[severity], severity) for severity in _ORDER)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
