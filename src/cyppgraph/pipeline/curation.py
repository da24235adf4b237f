"""Work on links without building anew. In: the built graph, files of decisions. Out: candidates, decisions, graphs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph
from rdflib import Graph

from cyppgraph.documents import read_source
from cyppgraph.errors import CyppgraphError
from cyppgraph.findings import Finding
from cyppgraph.linking import LINK_KINDS, Decisions, Link, read_decisions, read_glossary, write_sssom
from cyppgraph.linking.sssom import SUFFIX, put_row
from cyppgraph.namespaces import DEFAULT_BASE, EXTERNAL_PREFIXES, Namespaces
from cyppgraph.pipeline.checking import check_store, load_files
from cyppgraph.pipeline.linking import Ranked, link_store, rank_texts
from cyppgraph.pipeline.plans import LINKS, OBSERVATIONS, PROPOSALS
from cyppgraph.pipeline.texts import Linkables, gather_linkables
from cyppgraph.publication import PublishedFile, read_manifest, read_turtle, replace_file, write_files
from cyppgraph.resources import Resources
from cyppgraph.validation import Report

_FROM_LINKS = (LINKS, PROPOSALS, OBSERVATIONS)


@dataclass(frozen=True)
class Curation:
    """The built graph of a project and what people decided of its pairs.

    Attributes:
        resources: the project's folders.
    """

    resources: Resources

    @cached_property
    def linkables(self) -> Linkables:
        """Everything in the built graph that can be linked.

        Raises:
            CyppgraphError: nothing is built yet.
        """
        return gather_linkables(self._store, Namespaces(DEFAULT_BASE))

    @cached_property
    def _store(self) -> pyoxigraph.Store:
        paths = [path for path in sorted(self.resources.turtle.glob("*.ttl")) if path.stem != "dataset"]
        if not paths:
            raise CyppgraphError(f"{self.resources.turtle}: holds no Turtle files; run `cyppgraph build` first")
        kept = (path for path in paths if path.stem not in _FROM_LINKS)
        return load_files({path.stem: path.read_bytes() for path in kept}, Namespaces(DEFAULT_BASE))

    def decisions(self) -> Decisions:
        """Return what people decided, as the files say now.

        Raises:
            FaultyInputError: the files have faults; all of them are named.
        """
        return read_decisions(self.resources.links)

    def ranked(self, kind: str, plan: str | None, top: int) -> Iterator[Ranked]:
        """Rank candidates for the texts of a kind.

        Args:
            kind: a kind of link.
            plan: the id of one plan; None for all.
            top: how many candidates a text gets at most.

        Raises:
            CyppgraphError: there is no such plan, or texts of this kind belong to none.
        """
        plans = {text.plan for text in self.linkables.elements.values()}
        if plan is not None and plan not in plans:
            raise CyppgraphError(f"there is no plan {plan!r} in the graph; there are: {', '.join(sorted(plans))}")
        if plan is not None and kind == "local-indicators":
            raise CyppgraphError("local indicators belong to councils, not to one plan; leave --plan out")
        glossary = read_glossary(self.resources.glossary)
        return rank_texts(self.linkables, self.decisions(), glossary, kind, top, plan)

    def keep(self, link: Link) -> Path:
        """Write a decision into its file, in place of an earlier one about the same pair; return the file."""
        path = self.resources.links / f"{link.kind}{SUFFIX}"
        if link.kind in self.decisions().files:
            content = put_row(path.read_text(encoding="utf-8-sig"), link).encode()
        else:
            content = write_sssom([link], LINK_KINDS[link.kind])
        replace_file(path, content)
        return path

    def lines(self, plan: str) -> tuple[str, ...]:
        """Return the lines of a plan's document; none where it cannot be read."""
        for path in sorted((self.resources.plans / plan).glob("source.*")):
            with suppress(CyppgraphError):
                return read_source(path).lines
        return ()

    def apply(self) -> tuple[list[Finding], list[str]]:
        """Write the graphs that rest on links anew (links, proposals, promised figures), and the dataset's description.

        Returns:
            What is amiss with the decisions, and the names of the files that hold the links.

        Raises:
            CyppgraphError: the files of decisions have faults, or the links would break the graph's rules, or the
                graph was built for another base; nothing was written.
        """
        names = Namespaces(DEFAULT_BASE)
        if not self.linkables.elements:
            raise CyppgraphError(
                f"{self.resources.turtle}: holds no plan below {DEFAULT_BASE}; a graph that was built for another base "
                f"takes decisions up when it is built"
            )
        glossary = read_glossary(self.resources.glossary)
        linked = link_store(self.resources, self._store, names, glossary, people=not self._withholds_names())
        report = Report.of([], *check_store(self.resources, self._store, names))
        if report.has_violations:
            raise CyppgraphError(f"nothing was written: the links break the graph's own rules\n{report.as_text()}")
        files = [*self._unchanged(), *linked.files]
        write_files(sorted(files, key=lambda file: file.name), self.resources.turtle, names)
        return list(linked.findings), [f"{name}.ttl" for name in linked.graphs]

    def _withholds_names(self) -> bool:
        """Whether the graph was built without the names of persons."""
        person = Namespaces(DEFAULT_BASE).ids + "plan/"
        query = f"""ASK {{ ?person a <{EXTERNAL_PREFIXES["foaf"]}Person>
            FILTER (STRSTARTS(STR(?person), "{person}") && CONTAINS(STR(?person), "/person/withheld-")) }}"""
        return bool(self._store.query(query, use_default_graph_as_union=True))

    def _unchanged(self) -> Iterator[PublishedFile]:
        """Yield the files of the last build that do not rest on links; a file of somebody else's is none of them."""
        built = read_manifest(self.resources.turtle)
        for path in sorted(self.resources.turtle.glob("*.ttl")):
            if path.name in built and path.stem not in (*_FROM_LINKS, "dataset"):
                graph: Graph = read_turtle(path)
                yield PublishedFile(path.stem, list(graph), path.read_bytes())
