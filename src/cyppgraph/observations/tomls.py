"""Tables of a TOML file and where they stand. In: parsed tables. Out: their keys, once checked; faults with lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

from cyppgraph.errors import Fault
from cyppgraph.where import Where

Place = tuple[str | int, ...]
TEXT, FLAG, TABLE, LIST = "text in quotes", "true or false", "a table", "a list"
MATCHES = "a list of tables"
_HEADER = re.compile(r"\s*\[(\[?)([^\[\]]+)\]")
_KEY = re.compile(r"\s*(?:([\w-]+)|\"([^\"]+)\")\s*=")


def near_misses(name: str, known: list[str]) -> list[str]:
    """Return the known names that a name may be meant for, whatever their case."""
    by_fold = {each.casefold(): each for each in known}
    return [by_fold[fold] for fold in difflib.get_close_matches(name.casefold(), list(by_fold), n=3, cutoff=0.6)]


def locate_keys(text: str) -> dict[Place, int]:
    """Return the line of each table and key: ("indicator", 2, "unit") for ``unit`` in the third ``[[indicator]]``."""
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    here: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            names = tuple(name.strip(' "') for name in header[2].split("."))
            here = names
            if header[1] and len(names) == 1:
                counts[names[0]] = counts.get(names[0], -1) + 1
            if names[0] in counts:
                here = (names[0], counts[names[0]], *names[1:])
            lines[here] = number
        elif key := _KEY.match(line):
            lines.setdefault((*here, key[1] or key[2]), number)
    return lines


class Keys:
    """Takes keys out of tables and collects what is wrong.

    Attributes:
        faults: what is wrong so far.
    """

    def __init__(self, file: str, lines: Mapping[Place, int]) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[Fault] = []

    def fault(self, place: Place, message: str) -> None:
        """Note a fault at a key, or at the nearest table around it that has a line."""
        line = next((self.lines[place[:i]] for i in range(len(place), 0, -1) if place[:i] in self.lines), None)
        self.faults.append(Fault(Where(self.file, line), message))

    def take(
        self, place: Place, table: object, required: Mapping[str, str], optional: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the keys of a table that are as they should be, after noting the others and those that lack."""
        name = f"[{'.'.join(str(part) for part in place if isinstance(part, str))}]" if place else "the file"
        if not isinstance(table, dict):
            self.fault(place, f"{name} is to be a table.")
            return {}
        wanted = {**required, **optional}
        for key in sorted(table.keys() - wanted.keys()):
            near = near_misses(key, list(wanted))
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; it may hold {', '.join(sorted(wanted))}."
            self.fault((*place, key), f"{name} has the unknown key {key!r}{hint}")
        for key in sorted(required.keys() - table.keys()):
            self.fault(place, f"{name} needs the key {key!r} ({required[key]}).")
        taken = {}
        for key in sorted(table.keys() & wanted.keys()):
            if _fits(table[key], wanted[key]):
                taken[key] = table[key]
            else:
                self.fault((*place, key), f"{key!r} is {table[key]!r}; expected {wanted[key]}.")
        return taken


def _fits(value: object, wanted: str) -> bool:
    match wanted:
        case "text in quotes":
            return isinstance(value, str) and bool(value.strip())
        case "true or false":
            return isinstance(value, bool)
        case "a table":
            return isinstance(value, dict)
    return isinstance(value, list)
