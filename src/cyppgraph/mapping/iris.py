"""Minting what a plan states. In: a plan and a base. Out: an IRI for each of its nodes.

An IRI rests on what is printed: the number or code, else the words, and the numbered element that they stand under.
So an edit elsewhere in the document (a line put in, a neighbour reworded) changes no IRI but those of passages and
rows, whose names begin with their line. The same plan gives the same IRIs; two things that would share one are refused.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import URIRef

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping.indicator_iris import mint_indicator_schemes, mint_indicators
from cyppgraph.mapping.national import read_national_indicators
from cyppgraph.mapping.privacy import OPEN, Privacy
from cyppgraph.mapping.slugs import digest, slug
from cyppgraph.mapping.structure import (
    ancestors,
    cited_passages,
    finding_passages,
    kind_of,
    printed_names,
)
from cyppgraph.namespaces import Namespaces
from cyppgraph.plan import Due, Element, FinanceLine, Lead, Measure, Passage, Plan, SourceRow


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one plan's nodes, by what they name.

    ``nodes`` holds elements, dates and leads by handle; ``indicators`` what a measure uses, by the measure's handle;
    ``lines`` passages of which only the lines are known.
    """

    plan: URIRef
    nodes: dict[int, URIRef]
    rows: dict[int, URIRef]
    passages: dict[Passage, URIRef]
    lines: dict[tuple[int, int], URIRef]
    findings: tuple[URIRef, ...]
    indicators: dict[int, URIRef]
    indicator_schemes: dict[str, URIRef]
    roles: dict[str, URIRef]
    persons: dict[str, URIRef]
    bodies: dict[str, URIRef]
    terms: dict[str, URIRef]
    externals: dict[str, URIRef]

    def below(self, name: str) -> URIRef:
        """Return the IRI of a thing that the plan has one of: ``document``, ``period``, ``term``."""
        return URIRef(f"{self.plan}/{name}")

    def lines_selector(self, first: int, last: int) -> URIRef:
        """Return the IRI of the selector of whole lines, which all passages on them share."""
        return URIRef(f"{self.plan}/lines/L{first}" if first == last else f"{self.plan}/lines/L{first}-L{last}")


def part_of(owner: URIRef, *names: str | int) -> URIRef:
    """Return the IRI of a part that has no life apart from its owner: a cell of a row, a selector of a passage."""
    return URIRef("/".join((owner, *map(str, names))))


class _Minter:
    """Hands out IRIs below a base and refuses to hand one out for two things."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.keys: dict[str, object] = {}
        self.times: Counter[tuple[str, object]] = Counter()

    def claim(self, path: str, key: object) -> URIRef:
        """Return the IRI at a path for the thing known by a key."""
        held = self.keys.setdefault(path, key)
        if held != key:
            raise CyppgraphError(
                f"{self.base}{path} would name two things: {held!r} and {key!r}. Correct the numbers in the plan's "
                f"folder, or, where the address ends in a hash, raise HASH_DIGITS in mapping/slugs.py."
            )
        return URIRef(self.base + path)

    def next(self, path: str, key: object) -> URIRef:
        """Return the IRI at a path; for the second thing with the same key, the path ends in -2."""
        self.times[path, key] += 1
        nth = self.times[path, key]
        return self.claim(path, (key, nth)) if nth == 1 else self.claim(f"{path}-{nth}", (key, nth))


def mint(plan: Plan, ns: Namespaces, privacy: Privacy = OPEN, national: Container[str] | None = None) -> Iris:
    """Mint the IRIs of a plan.

    Args:
        plan: the plan.
        ns: the namespaces to mint in.
        privacy: what to keep out of IRIs that are made of printed words.
        national: the codes of the national set; None to read them from the project's ``data/catalogue``.

    Raises:
        CyppgraphError: where two things would share an IRI, or a handle names nothing or two things.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", plan.id):
        raise CyppgraphError(
            f"The plan id {plan.id!r} cannot stand in an address: use lower-case letters, digits and hyphens."
        )
    known = read_national_indicators() if national is None else national
    minter = _Minter(ns.plan(plan.id))
    nodes = _mint_nodes(plan, minter)
    named = printed_names(plan)
    return Iris(
        plan=URIRef(minter.base[:-1]),
        nodes=nodes,
        rows={row.ref: _mint_row(row, minter) for row in plan.rows},
        passages={passage: _mint_passage(passage, minter) for passage in cited_passages(plan)},
        lines=_mint_lines(plan, minter),
        findings=tuple(_mint_findings(plan, nodes, minter)),
        indicators=mint_indicators(plan, ns, known),
        indicator_schemes=mint_indicator_schemes(plan, ns, known),
        persons={name: URIRef(minter.base + "person/" + privacy.person(slug(name), name)) for name in named["person"]},
        **{
            field: {text: minter.claim(f"{name}/{slug(privacy.text(text))}", name) for text in named[name]}
            for field, name in (("roles", "role"), ("bodies", "body"), ("terms", "term"), ("externals", "external"))
        },
    )


def _mint_nodes(plan: Plan, minter: _Minter) -> dict[int, URIRef]:
    """Return the IRI of each element, date and lead, by handle."""
    local = _mint_elements(plan, minter)
    nodes = {ref: URIRef(minter.base + path) for ref, path in local.items()}
    for name, qualifiers in (("due", plan.dues), ("lead", plan.leads)):
        for ref, iri in _mint_qualifiers(name, plan, qualifiers, local, minter):
            if ref in nodes:
                raise CyppgraphError(
                    f"{plan.id}: the handle {ref} stands for two nodes; give each a handle of its own."
                )
            nodes[ref] = iri
    return nodes


def _anchor(element: Element) -> str | None:
    """Return the path of an element that is printed with a code or a number, before it is known to be the only one."""
    kind = kind_of(element)
    if isinstance(element, Measure) and element.code:
        return f"{kind}/{slug(element.code)}"
    if element.number is None or not element.number.strip():
        return None
    number = re.sub(r"[^0-9A-Za-z._]+", "-", element.number).strip("-") or quote(element.number.strip(), safe="")
    return f"{kind}/{slug(element.scope)}-{number}" if element.scope else f"{kind}/{number}"


def _first_words(node: Element | Due | Lead) -> str:
    return node.sources[0].quote if node.sources else node.statement


def _mint_elements(plan: Plan, minter: _Minter) -> dict[int, str]:
    """Return the path of each element below the plan, by handle.

    What a number, a code or words under a numbered element do not tell apart is told apart by all that is known of it:
    so none of several alike takes the name that another had before. Only what stands in one place is counted.
    """
    by_ref = {element.ref: element for element in plan.elements}
    if len(by_ref) != len(plan.elements):
        raise CyppgraphError(f"{plan.id}: two elements have the same handle; give each a handle of its own.")
    anchors = {ref: _anchor(element) for ref, element in by_ref.items()}
    printed = Counter(anchors.values())
    keys: dict[int, tuple[str, tuple[str, ...]]] = {}
    for ref, element in by_ref.items():
        own = anchors[ref]
        if own is not None and printed[own] == 1:
            keys[ref] = own, ()
            continue
        above = next((anchors[a] for a in ancestors(element, by_ref, plan.id) if anchors[a]), None) or ""
        keys[ref] = own or kind_of(element), (_first_words(element), above)
    alike = Counter(keys.values())
    return {ref: _path(minter, *_told_apart(keys[ref], alike, by_ref[ref], by_ref)) for ref in by_ref}


def _told_apart(
    key: tuple[str, tuple[str, ...]],
    alike: Counter[tuple[str, tuple[str, ...]]],
    element: Element,
    by_ref: dict[int, Element],
) -> tuple[str, tuple[str, ...]]:
    """Return the path and the key of an element, with all that is known of it where its key alone is not its own."""
    start, words = key
    if not words:
        return start, words
    if alike[key] > 1:
        parent = "" if element.parent is None else _first_words(by_ref[element.parent])
        year = element.financial_year or "" if isinstance(element, FinanceLine) else ""
        words = (*words, parent, element.statement, year)
    return f"{start}{'-' if '/' in start else '/'}{digest(*words)}", words


def _path(minter: _Minter, path: str, key: tuple[str, ...]) -> str:
    return str(minter.next(path, key))[len(minter.base) :]


def _mint_qualifiers(
    name: str, plan: Plan, qualifiers: Iterable[Due | Lead], local: dict[int, str], minter: _Minter
) -> Iterable[tuple[int, URIRef]]:
    """Mint dates or leads: below the element that has them, or, where several share one, below the plan."""
    owners = defaultdict(list)
    for element in plan.elements:
        for ref in element.due if name == "due" else element.leads:
            owners[ref].append(local[element.ref])
    for qualifier in qualifiers:
        key = (_first_words(qualifier), qualifier.statement)
        held_by = owners[qualifier.ref]
        if len(held_by) == 1:
            yield qualifier.ref, minter.next(f"{held_by[0]}/{name}/{digest(*key)}", key)
        else:
            shared = (*key, *held_by[:1])
            yield qualifier.ref, minter.next(f"{name}/{digest(*shared)}", shared)


def _mint_passage(passage: Passage, minter: _Minter) -> URIRef:
    extent = passage.last_line - passage.first_line
    key = (passage.first_line, extent, passage.quote)
    return minter.claim(f"passage/L{passage.first_line}-{digest(passage.quote, str(extent))}", key)


def _mint_row(row: SourceRow, minter: _Minter) -> URIRef:
    first = min((p.first_line for p in row.passages), default=0)
    words = tuple(p.quote for p in row.passages)
    return minter.next(f"row/L{first}-{digest(*words)}", words)


def _mint_lines(plan: Plan, minter: _Minter) -> dict[tuple[int, int], URIRef]:
    minted = {}
    for finding, passages in zip(plan.findings, finding_passages(plan), strict=True):
        if not passages and (first := finding.where.first_line) is not None:
            last = finding.where.last_line or first
            name = f"passage/L{first}" if first == last else f"passage/L{first}-L{last}"
            minted[first, last] = minter.claim(name, (first, last))
    return minted


def _mint_findings(plan: Plan, nodes: dict[int, URIRef], minter: _Minter) -> Iterable[URIRef]:
    for finding in plan.findings:
        if finding.target is None:
            key = (finding.kind, finding.message)
        elif finding.target in nodes:
            key = (finding.kind, nodes[finding.target])
        else:
            raise CyppgraphError(
                f"{finding}: it targets {finding.target}, which is no element, date or lead of {plan.id}."
            )
        yield minter.next(f"finding/{digest(*key)}", key)
