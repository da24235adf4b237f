"""Hundreds of plans out of the five that there are. In: the built Turtle files. Out: as many plans, all different.

Each is one of the five set in another place and other years, with a part of its themes' contents (from a twentieth to
all, so that sizes differ as those of real plans do), with other words for some of its words, and with some of its
topics and indicators changed for others of the same schemes. What a reader decided on goes along where both ends do;
an earlier and a later plan of one council stay of one council, and a council has up to some ten plans. Places and words
are made up; nothing here is a council's. The same number gives the same files.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

_SHARES = (0.05, 0.05, 0.08, 0.08, 0.12, 0.12, 0.2, 0.2, 0.2, 0.3, 0.3, 0.45, 1.0)
_STARTS = ("Ash", "Birch", "Cald", "Dun", "Elm", "Farn", "Glen", "Hazel", "Ivy", "Kirk", "Lang", "Marsh", "Nor", "Oak")
_ENDS = ("bury", "by", "combe", "dale", "field", "ford", "ham", "hurst", "ley", "mere", "ton", "wick")
_ONCE = ("catalogue", "observations", "proposals")  # dataset.ttl counts what would no longer be true
_PLAN = re.compile(r"https://w3id\.org/cyppgraph/id/plan/([^/>]+)")
_LINK = re.compile(r"(/id/link/[\w-]+/[0-9a-f]{10})")
_SWAPPED = re.compile(r"/id/(?:scheme/topic/[\w-]+|indicator/ni/\d+)(?=>)")
_OWN = re.compile(r"(/id/indicator/)([a-z-]+)(?=[/>])")
_DATE = re.compile(r'"(\d{4})(-\d\d-\d\d)"')
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WORD = re.compile(r"(?<![\w\\])[a-z]{5,}(?!\w)")
_ONTOLOGY = "https://w3id.org/cyppgraph/ontology#"
_AS_THEY_ARE = ("identifier>", "notation>", "printedCode>", "number>")
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass
class _File:
    """A plan's statements by subject, as N-Triples, with the things that each points at; the elements' parents."""

    lines: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, str] = field(default_factory=dict)
    elements: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def make_many(source: Path, target: Path, plans: int) -> Path:
    """Write so many plans as Turtle files, and what they share.

    Args:
        source: the built graph.
        target: a folder for graphs of any size; what is there is kept.
        plans: how many.

    Returns:
        The folder of the files.
    """
    folder = target / f"plans-{plans}"
    if (folder / "whole").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for name in _ONCE:
        (folder / f"{name}.ttl").write_bytes((source / f"{name}.ttl").read_bytes())
    paths = [path for path in sorted(source.glob("*.ttl")) if path.stem not in (*_ONCE, "links", "dataset")]
    files, links = {path.stem: _read(path) for path in paths}, _read(source / "links.ttl")
    swapped = sorted(
        set(_SWAPPED.findall((source / "catalogue.ttl").read_text(encoding="utf-8"))) | _find(links, files)
    )
    made: dict[str, str] = {}
    for copy in range(-(-plans // len(files))):
        chosen = list(files)[: plans - copy * len(files)]
        _write_copy(folder, copy, {name: files[name] for name in chosen}, links, swapped, made)
    (folder / "whole").write_text("\n".join(made) + "\n", encoding="utf-8")
    return folder


def _read(path: Path) -> _File:
    file, words = _File(), set()
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, predicate, value = quad.triple
        line = f"{subject} {predicate} {value} .\n"
        file.lines[subject.value].append((line, value.value if isinstance(value, ox.NamedNode) else ""))
        if predicate.value == _ONTOLOGY + "partOf":
            file.parents[subject.value] = value.value
        elif predicate.value == _ONTOLOGY + "inPlan":
            file.elements.append(subject.value)
        elif isinstance(value, ox.Literal) and value.language:
            words.update(_WORD.findall(value.value))
    file.words = sorted(words)
    return file


def _find(links: _File, files: Mapping[str, _File]) -> set[str]:
    return {
        found
        for file in (links, *files.values())
        for lines in file.lines.values()
        for line, _ in lines
        for found in _SWAPPED.findall(line)
    }


def _write_copy(
    folder: Path, copy: int, files: Mapping[str, _File], links: _File, swapped: Sequence[str], made: dict[str, str]
) -> None:
    dice = random.Random(copy)  # noqa: S311  # the same plans each time
    names, kept = {}, set()
    places: dict[str, str] = {}
    shift = dice.randrange(-4, 8)
    swaps = {each: dice.choice(swapped) for each in swapped if dice.random() < 0.3}
    swaps = {one: other for one, other in swaps.items() if one[:8] == other[:8]}
    texts = {}
    for plan, file in files.items():
        council, _, year = plan.rpartition("-")
        place = places.setdefault(council, _name_place(copy * 4 + len(places)))
        names[plan] = _name_plan(place, int(year) + shift, made)
        own = _choose(file, dice.choice(_SHARES), dice)
        kept |= own
        texts[plan] = "".join(line for subject in own for line, _ in file.lines[subject])
    texts["links"] = "".join(dict.fromkeys(_choose_links(links, kept, files)))
    vocabulary = sorted({word for file in files.values() for word in file.words})
    words = {word: dice.choice(vocabulary) for word in vocabulary if dice.random() < 0.25}
    for name, text in texts.items():
        moved = _move(_settle_indicators(text, places), names, copy, shift if name != "links" else 0, swaps, words)
        if name != "links":
            moved = _settle(moved, names[name], places[name.rpartition("-")[0]])
        (folder / f"{names.get(name, f'links-{copy:03d}')}.ttl").write_text(moved, encoding="utf-8")


def _name_place(number: int) -> str:
    number %= len(_STARTS) * len(_ENDS)
    return _STARTS[number % len(_STARTS)] + _ENDS[number // len(_STARTS)]


def _name_plan(place: str, year: int, made: dict[str, str]) -> str:
    while f"{place.lower()}-{year}" in made:
        year += 1
    made[f"{place.lower()}-{year}"] = place
    return f"{place.lower()}-{year}"


def _choose(file: _File, share: float, dice: random.Random) -> set[str]:
    """Return the subjects of a part of a plan: some elements with what they point at, and findings on these."""
    left: dict[str, bool] = {}
    chance = share**0.5  # an action is kept if its commitment is and it is

    def is_kept(element: str) -> bool:
        if element not in left:
            left[element] = True  # a ring closes
            parent = file.parents.get(element)
            left[element] = parent is None or (is_kept(parent) and dice.random() < chance)
        return left[element]

    gone = {element for element in sorted(file.elements) if not is_kept(element)}
    found, ahead = set(), [each for each in file.lines if (each not in gone and each in left) or "/plan/" not in each]
    ahead += [each for each in file.lines if _PLAN.fullmatch(each)]
    while ahead:
        each = ahead.pop()
        if each not in found and each not in gone and each in file.lines:
            found.add(each)
            ahead += [value for _, value in file.lines[each] if value]
    about = {each for each in file.lines if "/finding/" in each and not gone & {value for _, value in file.lines[each]}}
    return found | about


def _choose_links(links: _File, kept: set[str], files: Mapping[str, _File]) -> Iterator[str]:
    def is_here(iri: str) -> bool:
        return (
            not _PLAN.match(iri)
            or iri in kept
            or (_PLAN.fullmatch(iri) is not None and iri.rpartition("/")[2] in files)
        )

    for subject, lines in links.lines.items():
        if is_here(subject) and ("/link/" not in subject or all(is_here(value) for _, value in lines)):
            yield from (line for line, value in lines if is_here(value))


def _move(
    text: str, names: Mapping[str, str], copy: int, shift: int, swaps: Mapping[str, str], words: Mapping[str, str]
) -> str:
    """Set N-Triples in another place and other years, with other words, topics and indicators."""
    for plan, name in names.items():
        text = text.replace(plan, name)
    text = _LINK.sub(rf"\g<1>-{copy:03d}", text)
    text = _SWAPPED.sub(lambda found: swaps.get(found[0], found[0]), text)
    text = _DATE.sub(lambda found: f'"{int(found[1]) + shift}{found[2]}"', text)

    def reword(line: str) -> str:
        if any(mark in line for mark in _AS_THEY_ARE):
            return line
        return _TEXT.sub(lambda found: _WORD.sub(lambda word: words.get(word[0], word[0]), found[0]), line)

    return "".join(map(reword, text.splitlines(keepends=True)))


def _settle_indicators(text: str, places: Mapping[str, str]) -> str:
    """Give each place local indicators of its own: they have other words than those that they were made of."""
    return _OWN.sub(lambda found: f"{found[1]}{places[found[2]].lower()}" if found[2] in places else found[0], text)


def _settle(text: str, plan: str, place: str) -> str:
    """Give a plan a council and an area of its own place."""
    council = f"<http://opendatacommunities.org/id/unitary-authority/{place.lower()}>"
    area = f"<http://statistics.data.gov.uk/id/statistical-geography/made-up-{place.lower()}>"
    iri = f"<https://w3id.org/cyppgraph/id/plan/{plan}>"
    for name, thing in (("publisher", council), ("spatial", area)):
        text = re.sub(rf"({re.escape(iri)} <http://purl.org/dc/terms/{name}>) <[^>]+>", rf"\1 {thing}", text)
    organisation = "<http://www.w3.org/ns/org#FormalOrganization>"
    return (
        f'{text}{council} a {organisation} ;\n  <{_LABEL}> "{place} Council"@en .\n{area} <{_LABEL}> "{place}"@en .\n'
    )
