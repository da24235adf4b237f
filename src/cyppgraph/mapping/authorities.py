"""The councils whose plans are published. In: ``authorities.toml``. Out: ``Authority`` values by key.

Refuses a file with faults, all of them at once: missing or unknown keys, codes of another pattern.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.resources import find_resources
from cyppgraph.where import Where

_PATTERNS = {
    "council": (r"https?://\S+", "an absolute web address"),
    "area": (r"[EWSN]\d{8}", "an ONS code such as E09000008"),
    "wikidata": (r"Q\d+", "a Wikidata item such as Q5189676"),
    "dfe": (r"\d{3}", "the three digits of a DfE number"),
}


@dataclass(frozen=True, slots=True)
class Authority:
    """A council and its area.

    Attributes:
        key: what plans call it.
        name: the council's name.
        council: the council's IRI.
        area: the ONS code of its area.
        area_name: the area's name.
        wikidata: the council's Wikidata item.
        dfe: the number that the Department for Education gives it.
    """

    key: str
    name: str
    council: str
    area: str
    area_name: str
    wikidata: str
    dfe: str


def read_authorities(path: Path | None = None) -> dict[str, Authority]:
    """Read the councils; without a path, from the project's data folder.

    Raises:
        FaultyInputError: with every fault of the file.
    """
    path = find_resources().authorities if path is None else path
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CyppgraphError(f"{path}: cannot be read ({error.strerror}). It says which councils there are.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyInputError([Fault(Where(str(path)), f"is not TOML: {error}. Correct it there.")]) from error
    faults = [Fault(Where(str(path)), text) for key, table in tables.items() for text in _faults(key, table)]
    if faults:
        raise FaultyInputError(faults)
    return {key: Authority(key=key, **table) for key, table in tables.items()}


def _faults(key: str, table: object) -> Iterator[str]:
    wanted = [field.name for field in fields(Authority) if field.name != "key"]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        yield f"[{key}]: a key is lower-case letters, digits and hyphens, since it stands in addresses."
    if not isinstance(table, Mapping):
        yield f"{key}: stands outside a table. Begin each council with a line such as [croydon]."
        return
    for name in wanted:
        value = table.get(name)
        if not isinstance(value, str) or not value.strip():
            yield f"[{key}] {name}: is missing or no text. Every council has {', '.join(wanted)}."
        elif name in _PATTERNS and not re.fullmatch(_PATTERNS[name][0], value):
            yield f"[{key}] {name}: {value!r} is not {_PATTERNS[name][1]}."
    for name in sorted(set(table) - set(wanted)):
        yield f"[{key}] {name}: is not known. Known are {', '.join(wanted)}."
