"""Short forms and words of one meaning. In: ``data/linking/acronyms.toml``. Out: texts that can be compared.

A short form counts in its capitals ("CAF", not "caf"). One that is known to be unknown is left as it is. Refuses a
file that is not as described there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.where import Where


@dataclass(frozen=True)
class Glossary:
    """What short forms mean, and which words are read as which.

    Attributes:
        acronyms: what each short form means.
        same: for a phrase in lower case, the phrase that it is read as.
        unknown: short forms whose meaning nobody could tell.
    """

    acronyms: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_short", _any_of(self.acronyms))
        object.__setattr__(self, "_phrases", _any_of(self.same))

    def expand(self, text: str) -> str:
        """Return a text in lower case with its short forms spelled out and its synonyms read as one."""
        short: re.Pattern[str] = self._short  # type: ignore[attr-defined]
        phrases: re.Pattern[str] = self._phrases  # type: ignore[attr-defined]
        text = text.replace("’", "'").replace("–", "-")
        text = short.sub(lambda found: self.acronyms[found[0]], text).casefold()
        return phrases.sub(lambda found: self.same[found[0]], text)


def _any_of(phrases: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if phrases else r"(?!)")


def read_glossary(path: Path) -> Glossary:
    """Read a glossary; where there is no such file, nothing is short.

    Raises:
        FaultyInputError: with every fault of the file.
    """
    if not path.exists():
        return Glossary()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CyppgraphError(f"{path}: cannot be read ({error.strerror}). It says what short forms mean.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyInputError([Fault(Where(str(path)), f"is not TOML: {error}. Correct it there.")]) from error
    faults = list(_misbuilt(tables))
    same: dict[str, str] = {}
    for phrase, others in _lists(tables, "same").items():
        for other in others:
            if other in same:
                faults.append(f"[same] {other!r} is read as {same[other]!r} already; it cannot be {phrase!r} too")
            same[other] = phrase
    acronyms = tables["acronyms"] if isinstance(tables.get("acronyms"), dict) else {}
    unknown = frozenset(_lists(tables, "unknown").get("forms", ()))
    faults += [f"[unknown] {form}: is explained under [acronyms]" for form in sorted(unknown & set(acronyms))]
    if faults:
        raise FaultyInputError([Fault(Where(str(path)), text) for text in faults])
    return Glossary(acronyms, same, unknown)


def _misbuilt(tables: Mapping[str, Any]) -> Iterator[str]:
    """Say where a file is not built as a glossary is."""
    for name, table in sorted(tables.items()):
        if name not in ("acronyms", "same", "unknown"):
            yield f"{name!r} is not known here; the tables are acronyms, same, unknown"
        elif not isinstance(table, dict):
            yield f"{name!r} is no table; begin it with [{name}]"
        elif name == "acronyms":
            yield from (f"[acronyms] {key}: is no text" for key, value in table.items() if not isinstance(value, str))
        else:
            yield from (f"[{name}] {key}: is no list of texts" for key in table if key not in _lists(tables, name))


def _lists(tables: Mapping[str, Any], name: str) -> dict[str, list[str]]:
    """The lists of texts of a table; what is none is left out."""
    table = tables.get(name, {})
    found = table.items() if isinstance(table, dict) else ()
    return {key: value for key, value in found if isinstance(value, list) and all(isinstance(v, str) for v in value)}
