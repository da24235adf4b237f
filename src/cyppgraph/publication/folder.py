"""A whole folder of Turtle. In: a graph per file. Out: the files, their description and their checksums, or nothing.

Nothing in the folder changes before every file is written; if putting them in place fails, what was there comes back.
Files that an earlier run wrote and this one does not are removed; they are known from ``SHA256SUMS``, so a file that
somebody else put there stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rdflib import Graph, URIRef

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.publication.dataset import About, PublishedFile, describe_dataset, list_checksums
from cyppgraph.publication.files import replace_files
from cyppgraph.publication.turtle import Triple, serialize_turtle

MANIFEST = "SHA256SUMS"
DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What was written: a file's name, its size in bytes, its checksum, and how many triples it holds."""

    name: str
    size: int
    sha256: str
    triples: int


def write_all(
    files: Mapping[str, Graph], folder: Path, ns: Namespaces, about: About | None = None
) -> list[WrittenFile]:
    """Write every graph as Turtle, all or nothing; see ``serialize_files`` and ``write_files``."""
    return write_files(serialize_files(files, ns), folder, ns, about)


def serialize_files(files: Mapping[str, Graph], ns: Namespaces) -> list[PublishedFile]:
    """Serialize graphs as Turtle.

    Args:
        files: the graph of each file, by the file's name without extension.
        ns: the namespaces of the graphs.

    Raises:
        CyppgraphError: where a graph cannot be published, or its name cannot be that of a file.
    """
    for name in files:
        if name == DATASET or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
            raise CyppgraphError(
                f"{name!r} cannot name a file here: use lower-case letters, digits and hyphens, not {DATASET!r}."
            )
    triples = {name: list(files[name]) for name in sorted(files)}
    return [PublishedFile(name, said, _turtle(name, said, ns)) for name, said in triples.items()]


def write_files(
    published: Sequence[PublishedFile], folder: Path, ns: Namespaces, about: About | None = None
) -> list[WrittenFile]:
    """Write serialized graphs, with ``dataset.ttl`` and ``SHA256SUMS`` beside them, all or nothing.

    Args:
        published: the graphs.
        folder: where to write.
        ns: the namespaces of the graphs.
        about: what to say of the dataset.

    Returns:
        What was written, by name.

    Raises:
        CyppgraphError: where a file cannot be written; the folder is as it was.
    """
    dataset = list(describe_dataset(published, ns, about or About()))
    files = [*published, PublishedFile(DATASET, dataset, _turtle(DATASET, dataset, ns))]
    contents = {f"{file.name}.ttl": file.content for file in files}
    stale = tuple(sorted(read_manifest(folder) - set(contents)))
    replace_files(folder, contents | {MANIFEST: list_checksums(contents)}, stale)
    return [
        WrittenFile(f"{f.name}.ttl", len(f.content), sha256(f.content).hexdigest(), len(f.triples))
        for f in sorted(files, key=lambda file: file.name)
    ]


def read_manifest(folder: Path) -> set[str]:
    """Return the names of the Turtle files that an earlier run wrote."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {name for line in lines if re.fullmatch(r"[a-z0-9-]+\.ttl", name := line.partition("  ")[2])}


def _turtle(name: str, triples: Sequence[Triple], ns: Namespaces) -> bytes:
    """Return triples as Turtle; a plan's file abbreviates the names of its own nodes."""
    plan = URIRef(ns.plan(name)[:-1])
    return serialize_turtle(triples, ns.prefixes(name if any(s == plan for s, _, _ in triples) else None))
