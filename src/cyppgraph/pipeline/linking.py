"""Links, from what people decided and what a program proposes. In: a store, files of decisions. Out: graphs, findings.

What is decided and what is proposed are two graphs. A pair that somebody decided on is not proposed again, and neither
is another entry for a text that has its link already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph
import rdflib

from cyppgraph.findings import Finding
from cyppgraph.linking import (
    LINK_KINDS,
    PROPOSED_KINDS,
    Decisions,
    Glossary,
    Link,
    Status,
    Text,
    check_decisions,
    read_decisions,
)
from cyppgraph.linking.decisions import keep_label
from cyppgraph.mapping import map_links
from cyppgraph.namespaces import Namespaces
from cyppgraph.pipeline.checking import load_files
from cyppgraph.pipeline.plans import LINKS, PROPOSALS
from cyppgraph.pipeline.promising import promise_all
from cyppgraph.pipeline.texts import Linkables, gather_linkables
from cyppgraph.publication import PublishedFile, serialize_files
from cyppgraph.resources import Resources

if TYPE_CHECKING:
    from cyppgraph.linking.ranking import Candidate

_JUSTIFICATION = "semapv:LexicalSimilarityThresholdMatching"


@dataclass(frozen=True, slots=True)
class Bar:
    """What the first candidate must reach to be proposed: a score, a lead over the next one."""

    score: float
    margin: float


_BARS = {
    "indicators": Bar(0.28, 0.05),
    "local-indicators": Bar(0.30, 0.05),
    "every-child-matters": Bar(0.40, 0.05),
    "topics": Bar(0.35, 0.05),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A text, its candidates, and what was decided of it before."""

    kind: str
    text: Text
    candidates: tuple[Candidate, ...]
    decided: tuple[Link, ...]

    @property
    def is_coded(self) -> bool:
        """Whether the plan itself says by a code which indicator it uses."""
        return self.kind == "indicators" and bool(self.text.codes)


@dataclass(frozen=True, slots=True)
class Linked:
    """What rests on links: the graphs by name, the same as files, and what is amiss with the decisions."""

    graphs: dict[str, rdflib.Graph]
    files: list[PublishedFile]
    findings: tuple[Finding, ...]


def link_store(
    resources: Resources, store: pyoxigraph.Store, names: Namespaces, glossary: Glossary, *, people: bool
) -> Linked:
    """Add to a store of plans what rests on links: links, proposals, promised figures.

    Raises:
        FaultyInputError: a file of decisions has faults; all of them are named.
    """
    graphs, amiss = _link_all(resources, store, names, glossary, people=people)
    files = _add(graphs, store, names)
    promised, conflicts = promise_all(resources, store, names)
    files += _add(promised, store, names)
    return Linked(graphs | promised, files, (*amiss, *conflicts))


def _add(graphs: dict[str, rdflib.Graph], store: pyoxigraph.Store, names: Namespaces) -> list[PublishedFile]:
    files = serialize_files(graphs, names)
    load_files({file.name: file.content for file in files}, names, store)
    return files


def _link_all(
    resources: Resources, store: pyoxigraph.Store, names: Namespaces, glossary: Glossary, *, people: bool
) -> tuple[dict[str, rdflib.Graph], list[Finding]]:
    """Return the graphs of what is decided and of what is proposed, and what is amiss with the decisions."""
    linkables = gather_linkables(store, names)
    decisions = read_decisions(resources.links)
    sound, findings = check_decisions(decisions, linkables.words.get)
    proposed = [link for kind in PROPOSED_KINDS for link in propose(linkables, decisions, glossary, kind)]
    graphs = {LINKS: map_links(sound, names, comments=people), PROPOSALS: map_links(proposed, names)}
    if not people:  # without names the words differ from those that were decided on
        findings = [finding for finding in findings if finding.kind != "link-reworded"]
    return {name: graph for name, graph in graphs.items() if len(graph)}, findings


def rank_texts(
    linkables: Linkables, decisions: Decisions, glossary: Glossary, kind: str, top: int = 10, plan: str | None = None
) -> Iterator[Ranked]:
    """Rank the entries of a kind for every text of it, of one plan if one is named, in the order of the documents."""
    from cyppgraph.linking.ranking import Ranker  # what it stands on takes seconds to load

    decided = defaultdict(list)
    for link in decisions.of(kind):
        decided[link.subject].append(link)
    entries = linkables.entries(kind)
    texts = [text for text in linkables.texts(kind) if plan in (None, text.plan)]
    if not entries or not texts:
        return
    ranker = Ranker(entries, glossary)
    for text, candidates in zip(texts, ranker.rank(texts, top), strict=True):
        yield Ranked(kind, text, tuple(candidates), tuple(decided[text.iri]))


def propose(linkables: Linkables, decisions: Decisions, glossary: Glossary, kind: str) -> Iterator[Link]:
    """Yield the pairs of a kind that are alike enough to be worth a look, and that nobody has decided on."""
    for ranked in rank_texts(linkables, decisions, glossary, kind, top=1):
        if not ranked.decided and not ranked.is_coded:
            yield from (as_proposal(ranked, c) for c in ranked.candidates if reaches_bar(kind, c))


def reaches_bar(kind: str, candidate: Candidate) -> bool:
    """Whether a candidate is alike enough to be proposed."""
    bar = _BARS[kind]
    return candidate.rank == 1 and candidate.score >= bar.score and candidate.margin >= bar.margin


def as_proposal(ranked: Ranked, candidate: Candidate) -> Link:
    """Return a candidate as a link that is proposed."""
    return Link(
        kind=ranked.kind,
        subject=ranked.text.iri,
        subject_label=keep_label(ranked.text.words),
        predicate=LINK_KINDS[ranked.kind].predicates[0],
        object=candidate.entry.iri,
        object_label=candidate.entry.name,
        status=Status.PROPOSED,
        confidence=candidate.score,
        justification=_JUSTIFICATION,
        score=candidate.score,
        words=", ".join(candidate.words),
    )
