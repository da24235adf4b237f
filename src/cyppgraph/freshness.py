"""Whether the graph is as its inputs would have it. In: a checkout. Out: whether it needs building.

After a sound build, a fingerprint of all that it read and wrote is recorded; while it stays the same, nothing need be
built again. It covers contents, not times: touching a file, or copying the checkout, changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cyppgraph.resources import Resources

_STAMP = Path("build", "sound-build.sha256")
_CODE = Path(__file__).parent


def take_fingerprint(resources: Resources) -> str:
    """Return a checksum of the data, ontology, shapes, checks and code, names and contents."""
    digest = hashlib.sha256()
    for path, name in _list_files(resources):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()


def is_fresh(resources: Resources) -> bool:
    """Tell whether nothing has changed since the last sound build that was recorded."""
    stamp = resources.root / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == take_fingerprint(resources)


def record_sound_build(resources: Resources) -> None:
    """Record that what stands in the checkout now was built from what stands there now, and is sound."""
    stamp = resources.root / _STAMP
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(take_fingerprint(resources) + "\n", encoding="ascii")


def _list_files(resources: Resources) -> Iterator[tuple[Path, str]]:
    for folder in (resources.data, resources.ontology, resources.shapes, resources.queries / "checks"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path, path.relative_to(resources.root).as_posix()
    for path in sorted(_CODE.rglob("*.py")):
        yield path, "code/" + path.relative_to(_CODE).as_posix()
