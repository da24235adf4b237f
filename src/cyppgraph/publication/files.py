"""Files that are either whole or untouched. In: bytes. Out: files, put in place in one step.

Files are written in a hidden folder beside their targets and flushed to the disk before the first takes its target's
name. Whatever goes wrong (a full disk, Ctrl-C) leaves the old files as they were, and nothing beside them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cyppgraph.errors import CyppgraphError


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        CyppgraphError: where it cannot be written; the old file is as it was.
    """
    replace_files(path.parent, {path.name: content})


def replace_files(folder: Path, contents: Mapping[str, bytes], stale: Iterable[str] = ()) -> None:
    """Write several files of a folder, all or none.

    Args:
        folder: the folder; it is made if it is missing.
        contents: the bytes of each file, by name.
        stale: names of files to remove.

    Raises:
        CyppgraphError: where one cannot be written; the folder is as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as room:
            drafts = {name: Path(room) / f"{n}.new" for n, name in enumerate(contents)}
            for name, draft in drafts.items():
                _write_draft(draft, contents[name], folder / name)
            _put_in_place(folder, drafts, stale, Path(room))
        _sync_folder(folder)
    except OSError as error:
        raise CyppgraphError(
            f"{folder}: cannot be written to ({error.strerror or error}). Make room, or give yourself the right to "
            f"write there, then run the same command again; what was there before is still whole."
        ) from error


def _write_draft(draft: Path, content: bytes, target: Path) -> None:
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        shutil.copymode(target, draft)


def _put_in_place(folder: Path, drafts: Mapping[str, Path], stale: Iterable[str], room: Path) -> None:
    """Give the drafts their names and remove what is stale; on any interruption, undo what was done."""
    begun: list[tuple[Path, Path]] = []
    try:
        for n, name in enumerate((*drafts, *stale)):
            target, old = folder / name, room / f"{n}.old"
            if target.exists():
                _keep(target, old)
            begun.append((target, old))
            if name in drafts:
                drafts[name].replace(target)
            else:
                target.unlink(missing_ok=True)
    except BaseException:
        for target, old in begun:
            if old.exists():
                old.replace(target)
            else:
                target.unlink(missing_ok=True)
        raise


def _keep(target: Path, old: Path) -> None:
    """Keep a file's old bytes under another name; where the disk knows no second names, in a copy."""
    try:
        old.hardlink_to(target)
    except OSError:
        shutil.copy2(target, old)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
