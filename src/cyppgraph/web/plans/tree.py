"""What a plan sets out, as a tree. In: its elements. Out: branches in printed order, and who leads what.

Elements that point at one another in a ring, or under something that is not there, stand at the top; none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cyppgraph.web.plans.elements import Element, Lead

_IN_TREE = ("Theme", "Commitment", "Outcome", "Action")


@dataclass(slots=True)
class Branch:
    """An element and the branches under it."""

    element: Element
    branches: list[Branch] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it."""
        yield self.element
        for branch in self.branches:
            yield from branch.walk()

    @property
    def size(self) -> int:
        """How many elements stand below it."""
        return sum(1 for _ in self.walk()) - 1


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads: a role, a body, a person, or words as printed; of how many actions, and of how much else."""

    kind: str
    iri: str
    name: str
    actions: int
    others: int


def grow_tree(elements: Mapping[str, Element]) -> list[Branch]:
    """Return the branches at the top, each with its own; ``elements`` are in printed order."""
    branches = {iri: Branch(each) for iri, each in elements.items() if each.kind in _IN_TREE}
    tops = []
    for iri, branch in branches.items():
        parent = branch.element.parent
        if parent in branches and not _is_ring(iri, elements):
            branches[parent].branches.append(branch)
        else:
            tops.append(branch)
    return tops


def count_leaders(elements: Mapping[str, Element], leads: Mapping[str, Sequence[Lead]]) -> list[Leader]:
    """Return who leads how much, those with most actions first."""
    led: dict[tuple[str, str, str], tuple[set[str], set[str]]] = {}
    for iri, own in leads.items():
        for lead in own:
            named = [each for each in lead.named if each[2]]
            for who in named or [("Nobody named" if lead.is_open else "As printed", "", lead.names[0])]:
                is_action = iri in elements and elements[iri].kind == "Action"
                led.setdefault(who, (set(), set()))[0 if is_action else 1].add(iri)
    made = [Leader(*who, len(actions), len(others)) for who, (actions, others) in led.items()]
    return sorted(made, key=lambda each: (-each.actions, -each.others, each.name.casefold(), each.iri))


def _is_ring(iri: str, elements: Mapping[str, Element]) -> bool:
    seen, above = {iri}, elements[iri].parent
    while above in elements:
        if above in seen:
            return True
        seen.add(above)
        above = elements[above].parent
    return False
