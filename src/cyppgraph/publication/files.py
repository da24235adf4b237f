"""Files that are either whole or untouched. In: bytes. Out: files, put in place in one step.

A file is written beside its target, flushed to the disk, and then takes the target's name. Whatever goes wrong before
that (a full disk, Ctrl-C) leaves the old file as it was, and nothing beside it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from cyppgraph.errors import CyppgraphError


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        CyppgraphError: where it cannot be written; the old file is as it was.
    """
    replace_files(path.parent, {path.name: content})


def replace_files(folder: Path, contents: Mapping[str, bytes], stale: tuple[str, ...] = ()) -> None:
    """Write several files of a folder: all are on the disk before the first takes its place.

    Args:
        folder: the folder; it is made if it is missing.
        contents: the bytes of each file, by name.
        stale: names of files to remove, once the others are in place.

    Raises:
        CyppgraphError: where one cannot be written; the old files are as they were.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _drafts() as drafts:
            for name, content in contents.items():
                drafts[folder / name] = _write_draft(folder, name, content, drafts)
            for target in list(drafts):
                drafts[target].replace(target)
                del drafts[target]
        for name in stale:
            (folder / name).unlink(missing_ok=True)
        _sync_folder(folder)
    except OSError as error:
        where = error.filename or folder
        raise CyppgraphError(
            f"{where}: cannot be written ({error.strerror or error}). Make room, or give yourself the right to "
            f"write there, then run the same command again; what was there before is still whole."
        ) from error


@contextmanager
def _drafts() -> Iterator[dict[Path, Path]]:
    """Keep the drafts that have not taken their place yet, and clear them away whatever happens."""
    drafts: dict[Path, Path] = {}
    try:
        yield drafts
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _write_draft(folder: Path, name: str, content: bytes, drafts: dict[Path, Path]) -> Path:
    target = folder / name
    handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}.", suffix=".part")
    drafts[target] = Path(draft)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    drafts[target].chmod(_mode(target))
    return drafts[target]


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new file."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
