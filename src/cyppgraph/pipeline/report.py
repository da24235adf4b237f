"""What a build did, as a value and as text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cyppgraph.errors import Fault
from cyppgraph.findings import Finding
from cyppgraph.publication import WrittenFile
from cyppgraph.validation import Report


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the plans read, the defects of their sources and of decided links, faults, what was written."""

    plans: tuple[str, ...]
    findings: tuple[Finding, ...]
    link_findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    validation: Report
    written: tuple[WrittenFile, ...] = field(default=())

    @property
    def triples(self) -> int:
        """How many triples were written."""
        return sum(file.triples for file in self.written)

    def as_text(self) -> str:
        """What was found in the sources, kind by kind and plan by plan; then what was written; then what was not."""
        lines = [f"{len(self.findings)} findings about the sources (the graph holds each, with its lines):"]
        counts = Counter(finding.kind for finding in self.findings)
        width = max((len(kind) for kind in counts), default=0)
        lines += [f"  {kind:<{width}}  {count:>4}" for kind, count in sorted(counts.items())]
        lines += [f"link: {finding}" for finding in self.link_findings]
        lines += [f"wrote {file.name}: {file.triples} triples, {file.size} bytes" for file in self.written]
        if self.validation.has_violations:
            lines.append("nothing was written: the graph breaks its own rules")
            lines.append(self.validation.as_text().rstrip())
        lines += [f"error: {fault}" for fault in self.faults]
        return "\n".join(lines) + "\n"
