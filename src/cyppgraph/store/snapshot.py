"""What is served, on disk. In: Turtle files. Out: a folder that never changes again, and a link to the current one.

``snapshots/`` holds a folder for each version and ``current``, a link to one of them. A version is made beside the
others and gets its name when it is whole, so that whoever dies on the way leaves nothing but a draft, which the next
one removes. A version that is no longer current stays a while, for those who are still reading it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.store.dumps import WHOLE, write_dumps
from cyppgraph.store.embedded import load_turtle, merge
from cyppgraph.store.fulltext import FILE as WORDS
from cyppgraph.store.fulltext import build_index

_LAYOUT = "3"  # to be changed with what a snapshot's folder holds, so that older ones are made anew
_KEPT_SECONDS = 600.0
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version of the data on disk.

    Attributes:
        folder: where it is.
        version: what it is called.
        base: what the IRIs of its data begin with.
        modified: when the newest of its files was written (UTC, ISO 8601).
        graphs: its graphs, and how many triples each holds.
        dumps: the files of its ``dumps`` folder, and the graph that each holds ("" for the whole).
    """

    folder: Path
    version: str
    base: str
    modified: str
    graphs: Mapping[str, int]
    dumps: Mapping[str, str]

    @property
    def engine(self) -> Path:
        """Where Oxigraph keeps it; its default graph is the union of all."""
        return self.folder / "oxigraph"

    @property
    def words(self) -> Path:
        """What its texts are searched with."""
        return self.folder / WORDS

    @property
    def quads(self) -> Path:
        """All statements as N-Quads, those of no graph among them."""
        return self.folder / "dumps" / WHOLE


def read_snapshot(folder: Path) -> Snapshot:
    """Read what a version's folder says of itself.

    Raises:
        CyppgraphError: there is none.
    """
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        return Snapshot(folder, **about)
    except (OSError, ValueError, TypeError) as error:
        message = f"{folder}: no data to serve here ({error}). Run 'cyppgraph load' to put what is built there."
        raise CyppgraphError(message) from error


def read_current(snapshots: Path) -> Snapshot:
    """Read the version that is current.

    Raises:
        CyppgraphError: there is none.
    """
    return read_snapshot(find_current(snapshots))


def find_current(snapshots: Path) -> Path:
    """Return the folder of the current version, which need not be there."""
    try:
        return snapshots / os.readlink(snapshots / _CURRENT)  # noqa: PTH115  # called at each request: no objects
    except OSError:
        return snapshots / _CURRENT


@contextmanager
def lock(snapshots: Path) -> Iterator[None]:
    """Wait until nobody else changes what is current, keep others out meanwhile, and remove what the dead left."""
    snapshots.mkdir(parents=True, exist_ok=True)
    with (snapshots / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for folder in snapshots.glob(".draft-*"):
            shutil.rmtree(folder, ignore_errors=True)
        yield


def make_snapshot(
    snapshots: Path, files: Mapping[str, Path], namespaces: Namespaces, also: Mapping[str, bytes] | None = None
) -> Snapshot:
    """Make a version out of Turtle files, unless it is there, and make it the current one.

    Args:
        snapshots: the folder of all versions.
        files: the file of each graph, by the graph's IRI.
        namespaces: the base of the data.
        also: Turtle for further graphs.

    Raises:
        CyppgraphError: a file cannot be read or is not Turtle, with its line; the disk is full. Nothing has changed.
    """
    try:
        contents = {graph: path.read_bytes() for graph, path in files.items()} | dict(also or {})
        modified = max((path.stat().st_mtime for path in files.values()), default=time.time())
        with lock(snapshots):
            version = _name_version(contents, namespaces)
            if not (snapshots / version / "about.json").is_file():
                names = {graph: str(path) for graph, path in files.items()}
                engine = ox.Store()
                for graph, content in contents.items():
                    load_turtle(engine, graph, content, names.get(graph, graph))
                turtle = {graph: contents[graph] for graph in files}
                publish(engine, snapshots, version, namespaces, modified, turtle)
            return make_current(snapshots, version)
    except OSError as error:
        message = f"{snapshots}: the data cannot be put there ({error.strerror or error}); what was served still is."
        raise CyppgraphError(message) from error


def _name_version(contents: Mapping[str, bytes], namespaces: Namespaces) -> str:
    digest = sha256(f"{_LAYOUT}\0{ox.__version__}\0{namespaces.base}".encode())
    for graph, content in sorted(contents.items()):
        digest.update(f"\0{graph}\0{sha256(content).hexdigest()}".encode())
    return digest.hexdigest()[:16]


def publish(
    engine: ox.Store,
    snapshots: Path,
    version: str,
    namespaces: Namespaces,
    modified: float,
    turtle: Mapping[str, bytes] | None = None,
) -> None:
    """Write a version's folder, all of it or nothing. The lock is held.

    Args:
        engine: a store in memory (to walk through one on disk takes ten times as long); it is used up.
        snapshots: the folder of all versions.
        version: what the new one is called.
        namespaces: the base of the data.
        modified: when the data were changed, in seconds since 1970.
        turtle: the graphs whose Turtle is known to be the same, byte for byte.
    """
    folder = Path(tempfile.mkdtemp(prefix=".draft-", dir=snapshots))
    try:
        dumps = write_dumps(engine, folder / "dumps", namespaces, turtle or {})
        graphs = {
            graph.value: sum(1 for _ in engine.quads_for_pattern(None, None, None, graph))
            for graph in sorted(engine.named_graphs(), key=str)
            if isinstance(graph, ox.NamedNode)
        }
        merge(engine)
        build_index(engine, namespaces, folder / WORDS)
        _copy(engine, folder / "oxigraph")
        moment = datetime.fromtimestamp(int(modified), UTC).isoformat()
        about = asdict(Snapshot(folder, version, namespaces.base, moment, graphs, dumps))
        text = json.dumps({name: value for name, value in about.items() if name != "folder"}, indent=1)
        (folder / "about.json").write_text(text, encoding="utf-8")
        for path in (folder / "about.json", folder / WORDS, *(folder / "dumps").iterdir()):
            _sync(path)
        folder.chmod(0o755)
        folder.rename(snapshots / version)
        _sync(snapshots)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(engine: ox.Store, target: Path) -> None:
    copy = ox.Store(str(target))
    for graph in engine.named_graphs():
        copy.add_graph(graph)
    copy.bulk_extend(engine)
    copy.optimize()
    copy.flush()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_current(snapshots: Path, version: str) -> Snapshot:
    """Make a version the one that is served from now on; older ones are removed after a while."""
    before = find_current(snapshots)
    if before.name != version:
        link = snapshots / f".{_CURRENT}-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(version)
        if before.name == _CURRENT and before.is_dir():  # the folder was copied, and its links became folders
            shutil.rmtree(before)
        link.replace(snapshots / _CURRENT)
        if before.is_dir():
            os.utime(before)  # from now on it grows old
    for folder in snapshots.iterdir():
        is_old = folder.is_dir() and not folder.is_symlink() and time.time() - folder.stat().st_mtime > _KEPT_SECONDS
        if is_old and folder.name not in (version, before.name):
            shutil.rmtree(folder, ignore_errors=True)
    return read_snapshot(snapshots / version)
