"""What a saved query says of itself. In: its text and the keys that may stand there. Out: texts and entries by key.

A saved query begins with lines that start with ``#+``::

    #+ question: Which actions were due before a date?
    #+ why: Scrutiny starts with what should be done by now;
    #+   a text goes on where the line is indented.
    #+ columns:
    #+   action: the action's words

Refuses a header that is missing, cannot be read, lacks a key or has one that is not known, with every fault at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.where import Where

TEXT, ENTRIES = "a text", "indented entries"
CHECK_KEYS = {"problem": TEXT, "remedy": TEXT, "severity": TEXT, "columns": ENTRIES}
"""What the header of a check has, the queries that find faults in a graph."""
HeaderValue = str | dict[str, str]

_KEY = re.compile(r"(\S[^:]*?)\s*:(?:\s+(.*)|\s*)")


def read_header(file: str, text: str, keys: Mapping[str, str], optional: Iterable[str] = ()) -> dict[str, HeaderValue]:
    """Read the ``#+`` lines at the top of a query.

    Args:
        file: what to call the query in messages.
        text: the whole query.
        keys: the keys that may stand there, each with ``TEXT`` or ``ENTRIES``.
        optional: the keys that may be missing.

    Returns:
        For every key its text, or its entries by name in order.

    Raises:
        FaultyInputError: every fault of the header, with its line.
    """
    header: dict[str, HeaderValue] = {}
    faults: list[Fault] = []
    key: str | None = None
    entry: str | None = None
    for number, line in _header_lines(text):
        indent = len(line) - len(line.lstrip())
        try:
            if indent < 2:
                key, entry = _begin_key(line, header, keys), None
            elif key is not None:
                entry = _continue_key(line.strip(), indent, header, key, entry)
        except ValueError as error:
            key = None if indent < 2 else key
            faults.append(Fault(Where(file, number), str(error)))
    for name in keys:
        if name not in optional and not header.get(name):
            wanted = f"'#+ {name}: …'" if keys[name] == TEXT else f"'#+ {name}:' and indented entries"
            faults.append(
                Fault(Where(file, 1), f"The header says nothing under {name!r}. Add {wanted} above the query.")
            )
    if faults:
        raise FaultyInputError(faults)
    return header


def _header_lines(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), start=1)
    return [
        (number, line[2:].removeprefix(" ").rstrip())
        for number, line in lines
        if line.startswith("#+") and line[2:].strip()
    ]


def _begin_key(line: str, header: dict[str, HeaderValue], keys: Mapping[str, str]) -> str:
    match = _KEY.fullmatch(line.strip())
    known = ", ".join(keys)
    if match is None:
        raise ValueError(f"{line.strip()!r} is not a 'key: text'. The keys are {known}; indent a line that goes on.")
    key, value = match[1], (match[2] or "").strip()
    if key not in keys:
        raise ValueError(f"The key {key!r} is not known. The keys are {known}.")
    if key in header:
        raise ValueError(f"The key {key!r} stands here a second time.")
    if keys[key] == ENTRIES and value:
        raise ValueError(f"{key!r} takes entries: put {value!r} on an indented line of its own, as 'name: meaning'.")
    header[key] = value if keys[key] == TEXT else {}
    return key


def _continue_key(line: str, indent: int, header: dict[str, HeaderValue], key: str, entry: str | None) -> str | None:
    value = header[key]
    if isinstance(value, str):
        header[key] = f"{value} {line}".strip()
        return None
    if entry is not None and indent >= 4:
        value[entry] = f"{value[entry]} {line}".strip()
        return entry
    match = _KEY.fullmatch(line)
    if match is None or not (match[2] or "").strip():
        raise ValueError(f"{line!r} is not a 'name: meaning'. An entry of {key!r} has both.")
    if match[1] in value:
        raise ValueError(f"{match[1]!r} stands a second time under {key!r}.")
    value[match[1]] = match[2].strip()
    return match[1]
