"""Read a plan.toml. In: a path. Out: a ``Layout``; or every fault of the file at once, each with its line."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.tables import Column, Lines, Pattern
from cyppgraph.where import Where

Path_ = tuple[str | int, ...]
_LEVEL_KEYS = {
    "heading": ("level",),
    "list": ("level",),
    "card": ("level",),
    "same": ("level",),
    "under": ("level", "becomes"),
    "grid": (),
    "table": ("banner_level", "heads"),
}
_NAMES = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date like 2011-04-01",
    Pattern: "a pattern",
}


def load_layout(path: Path, name: str | None = None) -> Layout:
    """Read a plan.toml.

    Args:
        path: the file.
        name: what to call it in messages; its path if None.

    Raises:
        FaultyInputError: all faults of the file: unreadable, no TOML, unknown or missing keys, wrong values.
    """
    file = name or str(path)
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise FaultyInputError([Fault(Where(file), f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise FaultyInputError([Fault(Where(file), "is not UTF-8 text; save it as UTF-8")]) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = Where(file, int(line.group(1)) if line else None)
        raise FaultyInputError([Fault(where, f"is not valid TOML: {error}")]) from error
    reader = _Reader(file, _key_lines(text))
    layout = reader.read(Layout, data, ())
    reader.check_levels(data)
    if layout is not None:
        reader.check_tables(layout)
    if reader.faults or layout is None:
        raise FaultyInputError(sorted(reader.faults, key=lambda fault: fault.where.first_line or 0))
    return typing.cast(Layout, layout)


def _key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each key: ("patch", 2, "was") for ``was`` in the third ``[[patch]]``."""
    found: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"^\s*\[(\[?)([\w.-]+)\]", line):
            names = header.group(2).split(".")
            here = ()
            for i, name in enumerate(names):
                here = (*here, name)
                if header.group(1) and i == len(names) - 1:
                    counts[here] = counts.get(here, -1) + 1
                if here in counts:
                    here = (*here, counts[here])
                    counts = {
                        k: v
                        for k, v in counts.items()
                        if not (len(k) > len(here) and k[: len(here)] != here and k[: len(here) - 1] == here[:-1])
                    }
            found[here] = number
        elif key := re.match(r"^\s*([\w-]+)\s*=", line):
            found.setdefault((*here, key.group(1)), number)
    return found


class _Reader:
    """Turns TOML tables into dataclasses and collects what is wrong with them."""

    def __init__(self, file: str, lines: Mapping[tuple[str | int, ...], int]) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[Fault] = []

    def fault(self, path: tuple[str | int, ...], message: str) -> None:
        """Note a fault at the key ``path``, or at the nearest table around it that has a line."""
        line = next((self.lines[path[:i]] for i in range(len(path), 0, -1) if path[:i] in self.lines), None)
        self.faults.append(Fault(Where(self.file, line), message))

    def read(self, cls: type, data: Any, path: tuple[str | int, ...]) -> Any:
        """One table as ``cls``, or None after noting why it cannot be."""
        place = f"[{'.'.join(str(p) for p in path if isinstance(p, str))}]" if path else "the file"
        if not isinstance(data, dict):
            self.fault(path, f"{place} is to be a table")
            return None
        fields = {f.name: f for f in dataclasses.fields(cls)}
        hints = typing.get_type_hints(cls)
        before = len(self.faults)
        for key in data.keys() - fields.keys():
            self.fault((*path, key), f"unknown key {key!r} in {place}; it may hold: {', '.join(sorted(fields))}")
        for name, spec in fields.items():
            required = spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING
            if required and name not in data:
                self.fault(path, f"{place} needs the key {name!r}")
        values = {key: self.value(hints[key], data[key], (*path, key)) for key in data if key in fields}
        return cls(**values) if len(self.faults) == before else None

    def value(self, hint: Any, value: Any, path: tuple[str | int, ...]) -> Any:
        """A value as its field wants it."""
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            return self.value(next(a for a in arguments if a is not type(None)), value, path)
        if origin is tuple:
            if not isinstance(value, list):
                value = [value]
            return tuple(self.value(arguments[0], v, (*path, i)) for i, v in enumerate(value))
        if origin is typing.Literal:
            if value not in arguments:
                self.fault(path, f"{path[-1]!r} is {value!r}; expected one of {', '.join(map(repr, arguments))}")
            return value
        if origin is re.Pattern:
            return self.pattern(value, path)
        if hint is Lines:
            return self.line_range(value, path)
        if dataclasses.is_dataclass(hint):
            return self.read(typing.cast(type, hint), value, path)
        if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
            self.fault(path, f"{path[-1]!r} is {value!r}; expected {_NAMES.get(hint, hint)}")
        return value

    def pattern(self, value: Any, path: tuple[str | int, ...]) -> Pattern | None:
        """A regular expression, or None after noting what is wrong with it."""
        try:
            return re.compile(value)
        except (re.error, TypeError) as error:
            self.fault(path, f"{path[-1]!r} is no regular expression: {error}")
            return None

    def line_range(self, value: Any, path: tuple[str | int, ...]) -> Lines | None:
        """ "7" or "7-9" (or the number 7) as lines."""
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", str(value))
        if not found or int(found.group(2) or found.group(1)) < int(found.group(1)):
            self.fault(path, f'{path[-1]!r} is {value!r}; expected lines like 7 or "7-9"')
            return None
        return Lines(int(found.group(1)), int(found.group(2) or found.group(1)))

    def check_levels(self, data: Mapping[str, Any]) -> None:
        """Every level that is named must be defined, and only once, whatever else is wrong with the file."""
        defined = [level.get("term") for level in _tables(data, "level")]
        for i, term in enumerate(defined):
            if term in defined[:i]:
                self.fault(("level", i, "term"), f"level {term!r} is defined twice; remove one")
        for path, term in _levels_named(data):
            if isinstance(term, str) and term not in defined:
                known = sorted(str(level) for level in defined)
                self.fault(path, f"level {term!r} is not defined; add a [[level]] or use one of {known}")

    def check_tables(self, layout: Layout) -> None:
        """What hangs together across keys: patterns with their groups, levels where a role needs one."""
        for i, heading in enumerate(layout.heading):
            self._needs_statement(("heading", i, "pattern"), heading.pattern)
        for i, card in enumerate(layout.card):
            self._needs_statement(("card", i, "start"), card.start)
        for i, patch in enumerate(layout.patch):
            if not patch.was.strip():
                self.fault(("patch", i, "was"), "a patch must quote the words that it replaces; 'was' is empty")
        for i, table in enumerate(layout.table):
            if table.banner is not None and table.banner_level is None:
                self.fault(("table", i, "banner"), "a banner states an element; say of which level with 'banner_level'")
            if table.banner is not None:
                self._needs_statement(("table", i, "banner"), table.banner)
            for j, column in enumerate(table.column):
                self._check_column(("table", i, "column", j), column)

    def _check_column(self, path: Path_, column: Column) -> None:
        if column.role == "level" and column.level is None:
            self.fault(path, f"the column {column.heading!r} holds a level; say which with 'level'")
        if column.states and not column.pattern:
            self.fault(path, f"the column {column.heading!r} states a level; make its heading a pattern")
        if column.pattern and (pattern := self.pattern(column.heading, path)) and column.states:
            self._needs_statement(path, pattern)

    def _needs_statement(self, path: Path_, pattern: Pattern) -> None:
        if "statement" not in pattern.groupindex:
            self.fault(path, f"the pattern {pattern.pattern!r} needs a group (?P<statement>…) for the element's words")


def _tables(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The tables under a key, as far as they are tables."""
    held = data.get(key, [])
    return [table for table in held if isinstance(table, dict)] if isinstance(held, list) else []


def _levels_named(data: Mapping[str, Any]) -> Iterator[tuple[Path_, Any]]:
    """Every place that names a level, and the name."""
    for kind, names in _LEVEL_KEYS.items():
        for i, table in enumerate(_tables(data, kind)):
            yield from (((kind, i, name), table[name]) for name in names if name in table)
            for part, parts in (("row", ("level",)), ("column", ("level", "states"))):
                for j, inner in enumerate(_tables(table, part)):
                    yield from (((kind, i, part, j, name), inner[name]) for name in parts if name in inner)
