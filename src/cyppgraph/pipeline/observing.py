"""Loading published statistics, step by step. In: a CSV file and a mapping file. Out: a Turtle file and a report.

The order of reading, mapping and writing is here and nothing else. Where no mapping file is given, the one of
``data/observations`` that names the file is taken. What could not be understood is reported and not loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import SKOS

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping.authorities import read_authorities
from cyppgraph.mapping.cube import map_observations
from cyppgraph.mapping.cube_structure import CUBE_SCHEMES
from cyppgraph.mapping.promises import PROMISES
from cyppgraph.mapping.slugs import slug
from cyppgraph.namespaces import Namespaces
from cyppgraph.observations import Area, ObservationFile, ObservationFinding, read_mapping, read_observations
from cyppgraph.pipeline.plans import OnStep
from cyppgraph.publication import read_turtle, write_turtle
from cyppgraph.resources import Resources, find_resources

_SHOWN = 10  # findings of one kind that the report spells out
_RESERVED = {PROMISES, "structure"}


@dataclass(frozen=True, slots=True)
class ObserveReport:
    """What loading a file did.

    Attributes:
        read: what the file holds.
        mapping: the mapping file that was used.
        out: the file that was written.
        triples: how many triples it holds.
    """

    read: ObservationFile
    mapping: Path
    out: Path
    triples: int

    @property
    def findings(self) -> tuple[ObservationFinding, ...]:
        """What could not be taken as it stands."""
        return self.read.findings

    @property
    def counts(self) -> dict[str, int]:
        """How many rows, figures, absences by code (as "absent: c"), places left out, and findings there are."""
        outcomes = self.read.outcomes
        counts = {"rows": self.read.rows, "observations": len(self.read.observations)}
        counts |= {"missing values": len(self.read.missing)}
        counts |= {f"absent: {code}": number for code, number in sorted(self.read.absences.items())}
        counts |= {name: outcomes.get(name, 0) for name in ("left out", "repeated", "refused")}
        return counts | {"findings": len(self.findings)}

    def as_text(self) -> str:
        """What was loaded, what was not, and each kind of finding with the first ones of it."""
        lines = [f"{self.read.file}, read as {self.mapping.name} says:"]
        width = max(map(len, self.counts))
        lines += [f"  {name:<{width}}  {number:>7}" for name, number in self.counts.items()]
        kinds = Counter(finding.kind for finding in self.findings)
        for kind, number in sorted(kinds.items()):
            lines.append(f"{kind}: {number}")
            lines += [f"  {each.where}: {each.message}" for each in self.findings if each.kind == kind][:_SHOWN]
            lines += [f"  and {number - _SHOWN} more"] if number > _SHOWN else []
        lines.append(f"wrote {self.out}: {self.triples} triples")
        return "\n".join(lines) + "\n"


def observe(
    root: Path, file: Path, mapping: Path | None, out: Path | None, base: str, on_step: OnStep
) -> ObserveReport:
    """Load a file of published statistics as a cube.

    Args:
        root: the project's folder.
        file: the CSV file.
        mapping: the mapping file; the one of ``data/observations`` that names the file, if None.
        out: where to write; ``build/observations/<name>.ttl`` below the root if None.
        base: what the IRIs begin with.
        on_step: told what is being done.

    Raises:
        CyppgraphError: a file cannot be read or written, or the mapping file leaves open what it must say.
    """
    names, resources = Namespaces(base), find_resources(root)
    name = _name(file)
    schemes = {scheme: read_turtle(resources.schemes / f"{scheme}.ttl") for scheme in CUBE_SCHEMES}
    path = mapping or find_mapping(resources.data / "observations", file)
    on_step(f"reading {file} as {path} says")
    meant = read_mapping(path, frozenset(_units(schemes["unit"])))
    read = read_observations(file, name, meant, _known_areas(resources))
    on_step("mapping to triples")
    graph = map_observations(read, meant, names, schemes.values())
    target = out or resources.figures / f"{name}.ttl"
    on_step(f"writing {target}")
    write_turtle(graph, target, names.prefixes())
    return ObserveReport(read, path, target, len(graph))


def find_mapping(folder: Path, file: Path) -> Path:
    """Return the mapping file that names a file of statistics.

    Args:
        folder: where the mapping files are.
        file: the file of statistics.

    Raises:
        CyppgraphError: none does, or several do.
    """
    patterns = {path: _patterns(path) for path in sorted(folder.glob("*.toml"))}
    found = [path for path, names in patterns.items() if any(fnmatchcase(file.name, name) for name in names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CyppgraphError(f"{file}: {' and '.join(map(str, found))} both name it. Give --mapping one of them.")
    known = ", ".join(f"{path.name} ({', '.join(names)})" for path, names in patterns.items()) or "none"
    raise CyppgraphError(
        f"{file}: no mapping file of {folder} names it; there are: {known}. Write one (docs/observations.md says how), "
        "or give --mapping the one to use."
    )


def _patterns(path: Path) -> list[str]:
    """Return the names that a mapping file is for; none where it cannot be read, which is told when it is used."""
    try:
        files = tomllib.loads(path.read_text(encoding="utf-8"))["dataset"]["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [name for name in files if isinstance(name, str)] if isinstance(files, list) else []


def _name(file: Path) -> str:
    """Return what a file's data set is called in addresses."""
    name = slug(re.sub(r"\.csv$", "", file.name, flags=re.IGNORECASE))
    if name in _RESERVED:
        raise CyppgraphError(f"{file}: {name!r} is the name of something else in addresses. Rename the file.")
    return name


def _units(scheme: Graph) -> list[str]:
    return [str(notation) for notation in scheme.objects(None, SKOS.notation)]


def _known_areas(resources: Resources) -> dict[str, Area]:
    councils = read_authorities(resources.authorities).values()
    return {council.dfe: Area(council.area, council.area_name) for council in councils}
