"""Read a text file that a council's document was turned into. In: a path. Out: a ``Source``; refuses what is no text.

Text is taken as UTF-8, as UTF-16 where a byte-order mark says so, else as Windows-1252 (what older exports hold).
"""

from __future__ import annotations

import codecs
import hashlib
import re
from contextlib import suppress
from pathlib import Path

from cyppgraph.documents.document import Source
from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.where import Where

_UNDEFINED_IN_CP1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_BINARY = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word or Excel file", b"\xd0\xcf\x11\xe0": "an old Office file"}


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a document's text.

    Args:
        path: the file.
        name: what to call it in messages and in the graph; its path if None.

    Raises:
        FaultyInputError: the file is missing, empty, or not text; the message says which and what to do.
    """
    where = Where(name or str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FaultyInputError([Fault(where, f"cannot be read: {error.strerror}; put the document there")]) from error
    encoding = _encoding(data, where)
    text = data.decode(encoding)
    lines = tuple(re.split(r"\r\n|\n|\r", text))
    if lines and not lines[-1]:
        lines = lines[:-1]
    if not text.strip():
        raise FaultyInputError([Fault(where, "is empty; expected the text of a plan: export it again")])
    return Source(str(where), hashlib.sha256(data).hexdigest(), encoding, lines)


def _encoding(data: bytes, where: Where) -> str:
    """What the bytes are decoded as, or a fault that says what they are instead."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            if "\0" not in data.decode("utf-16"):
                return "utf-16"
        raise FaultyInputError([Fault(where, "begins as UTF-16 text does but is none; save it as UTF-8")])
    for magic, name in _BINARY.items():
        if data.startswith(magic):
            raise FaultyInputError([Fault(where, f"is {name}, not text; expected the text of the document")])
    if b"\0" in data:
        raise FaultyInputError([Fault(where, "is binary (it holds NUL bytes); expected text in UTF-8")])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if any(byte in data for byte in _UNDEFINED_IN_CP1252):
            line = data[: error.start].count(b"\n") + 1
            message = "is neither UTF-8 nor Windows-1252 text; save it as UTF-8"
            raise FaultyInputError([Fault(Where(where.file, line), message)]) from error
        return "cp1252"
    return "utf-8-sig"
