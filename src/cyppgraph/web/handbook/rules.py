"""What is required of the graph. In: the folders of shapes and checks. Out: both as values, below one base.

A shape is SHACL in a file for each class; a check is a query whose header says what a row means. Refuses a file that is
not Turtle, and a header that is not whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import DEFAULT_BASE, EXTERNAL_PREFIXES, Namespaces
from cyppgraph.queries import CHECK_KEYS, read_header
from cyppgraph.store import Term
from cyppgraph.web.display.vocabulary import parse_turtle
from cyppgraph.web.handbook.demands import say_demands, say_path

_SH = EXTERNAL_PREFIXES["sh"]
_RDF_TYPE = EXTERNAL_PREFIXES["rdf"] + "type"
Said = Mapping[str, Mapping[str, list[Term]]]


@dataclass(frozen=True, slots=True)
class Demand:
    """What a shape demands of one property.

    Attributes:
        anchor: by which an address names it.
        name: what it is about.
        path: the properties, by their IRIs.
        words: what must hold, in plain words.
        message: what is told where it does not.
        severity: violation, warning or info.
    """

    anchor: str
    name: str
    path: tuple[str, ...]
    words: tuple[str, ...]
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What is demanded of the things of some classes: its anchor, what its file says of it, the classes, the demands.

    ``also`` names the properties whose values it is demanded of as well.
    """

    anchor: str
    about: str
    classes: tuple[str, ...]
    also: tuple[str, ...]
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A query for faults: its name, what a row means, what to do, how much it matters, the query."""

    name: str
    problem: str
    remedy: str
    severity: str
    query: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All shapes, the checks by their names, and the triples of the shapes."""

    shapes: tuple[Shape, ...]
    checks: Mapping[str, Check]
    triples: tuple[ox.Triple, ...]


class RuleFiles:
    """The shapes and checks as their files have them, put below any base.

    Args:
        shapes: a folder of Turtle files.
        checks: a folder of ``.rq`` files.

    Attributes:
        version: tells one content of the files from another.

    Raises:
        CyppgraphError: a file cannot be read or used.
    """

    def __init__(self, shapes: Path, checks: Path) -> None:
        self._shapes = _read_files(shapes, "*.ttl")
        self._checks = _read_files(checks, "*.rq")
        self.version = sha256("\0".join((*self._shapes.values(), *self._checks.values())).encode()).hexdigest()
        self._known: dict[str, Rules] = {}
        self.below(Namespaces())  # what is wrong is told at the start

    def below(self, names: Namespaces) -> Rules:
        """Return the rules below a base."""
        if names.base not in self._known:
            self._known[names.base] = self._read(names)
        return self._known[names.base]

    def _read(self, names: Namespaces) -> Rules:
        triples: list[ox.Triple] = []
        shapes: list[Shape] = []
        for number, (file, text) in enumerate(self._shapes.items()):
            content = text.replace(DEFAULT_BASE, names.base)
            read = [_keep_apart(triple, f"f{number}") for triple in parse_turtle(file, content.encode())]
            triples += read
            shapes += _read_shapes(read, content, names)
        checks = [_read_check(file, text.replace(DEFAULT_BASE, names.base)) for file, text in self._checks.items()]
        return Rules(tuple(shapes), {check.name: check for check in checks}, tuple(triples))


def _read_files(folder: Path, pattern: str) -> dict[Path, str]:
    try:
        return {file: file.read_text(encoding="utf-8") for file in sorted(folder.glob(pattern))}
    except (OSError, UnicodeDecodeError) as error:
        raise CyppgraphError(f"{folder}: the rules of the graph cannot be read: {error}") from error


def _read_check(file: Path, text: str) -> Check:
    header = read_header(str(file), text, CHECK_KEYS)
    return Check(file.stem, str(header["problem"]), str(header["remedy"]), str(header["severity"]), text)


def _keep_apart(triple: ox.Triple, prefix: str) -> ox.Triple:
    """Return a triple whose blank nodes are those of one file."""

    def name(term: object) -> object:
        return ox.BlankNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term

    return ox.Triple(*map(name, triple))  # type: ignore[arg-type]  # each stays of its kind


def _read_shapes(triples: list[ox.Triple], text: str, names: Namespaces) -> list[Shape]:
    said: dict[str, dict[str, list[Term]]] = {}
    for triple in triples:
        subject = said.setdefault(str(getattr(triple.subject, "value", "")), {})
        subject.setdefault(triple.predicate.value, []).append(triple.object)
    start = f"{names.base}shapes#"
    comment = [line.lstrip("# ").strip() for line in text.partition("\n\n")[0].splitlines() if line.startswith("#")]
    return [
        Shape(
            iri.removeprefix(start),
            " ".join(comment),
            tuple(_values(about, "targetClass")),
            tuple(_values(about, "targetObjectsOf")),
            tuple(_read_demand(said, each, start, names) for each in _values(about, "property")),
        )
        for iri, about in said.items()
        if f"{_SH}NodeShape" in [getattr(kind, "value", "") for kind in about.get(_RDF_TYPE, ())]
    ]


def _read_demand(said: Said, iri: str, start: str, names: Namespaces) -> Demand:
    about = said.get(iri, {})
    path = [term for each in about.get(f"{_SH}path", ()) for term in say_path(each, said)]
    severity = next(iter(_values(about, "severity")), f"{_SH}Violation")  # SHACL, 2.1.4
    return Demand(
        iri.removeprefix(start),
        next(iter(_values(about, "name")), ""),
        tuple(path),
        tuple(say_demands({key.removeprefix(_SH): terms for key, terms in about.items()}, said, names)),
        " ".join(_values(about, "message")),
        severity.removeprefix(_SH).lower(),
    )


def _values(about: Mapping[str, list[Term]], name: str) -> list[str]:
    return [str(getattr(term, "value", "")) for term in about.get(f"{_SH}{name}", ())]
