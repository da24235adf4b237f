"""Mapping files. In: a TOML file that says what the columns of a published table mean. Out: a ``Mapping``.

Refused is a file with faults, all of them told at once, each with its line: unknown or missing keys, wrong values,
ids used twice, an indicator set without a title. ``docs/observations.md`` explains every key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.observations.areas import ONS_CODE
from cyppgraph.observations.observation import Area
from cyppgraph.observations.periods import STATUSES, PeriodRule
from cyppgraph.observations.tomls import FLAG, LIST, MATCHES, TABLE, TEXT, Keys, locate_keys
from cyppgraph.observations.values import LAYOUTS
from cyppgraph.where import Where

RELATIONS = ("relatedMatch", "closeMatch", "broadMatch", "narrowMatch")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_PERIODS = {"years": TEXT, "named_by": TEXT, "pooled": FLAG}
_CHOICES = {"years": ("calendar", "financial", "academic"), "named_by": ("start", "end")}


@dataclass(frozen=True, slots=True)
class Match:
    """How an indicator stands to one that plans use: the code of the latter, a relation of SKOS, and why."""

    code: str
    relation: str
    note: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a file.

    Attributes:
        id: its set and its name, "dfe/neet-16-17".
        title: what it measures.
        label: a short title for labels; else the title.
        unit: a notation of ``ontology/schemes/unit.ttl``.
        item: the column (``ees``) or the item (``lait``, ``tidy``) that holds it.
        measure: the further word that tells its rows from others of the item (``lait``: Data item, ``tidy``: measure).
        per: what a rate is measured against.
        definition: how it is defined.
        population: whom it is about.
        note: what else is to be known.
        matches: how it stands to indicators of the national set.
        periods: what its periods mean.
        rows: what other columns hold in its rows.
    """

    id: str
    title: str
    label: str
    unit: str
    item: str
    measure: str | None
    per: str | None
    definition: str | None
    population: str | None
    note: str | None
    matches: tuple[Match, ...]
    periods: PeriodRule
    rows: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says.

    Attributes:
        file: the mapping file.
        title: of the data set.
        publisher: who publishes it, and so states its figures.
        source: the page where it is published.
        licence: the address of its licence.
        layout: one of ``LAYOUTS``.
        files: patterns of the names of the files that this is for.
        keep: the ONS codes of the areas to keep; empty for all.
        sets: the titles of indicator sets by the first part of the indicators' ids.
        areas: areas by the code that the file prints.
        indicators: the indicators.
    """

    file: Path
    title: str
    publisher: str
    source: str
    licence: str
    layout: str
    files: tuple[str, ...]
    keep: frozenset[str]
    sets: dict[str, str]
    areas: dict[str, Area] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()


def read_mapping(path: Path, units: frozenset[str]) -> Mapping:
    """Read a mapping file.

    Args:
        path: the file.
        units: the notations of ``ontology/schemes/unit.ttl``.

    Raises:
        FaultyInputError: with every fault of the file.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise CyppgraphError(f"{path}: cannot be read ({error.strerror}). Give the path of a mapping file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"at line (\d+)", str(error))
        where = Where(str(path), int(found[1]) if found else None)
        raise FaultyInputError([Fault(where, f"is not TOML: {error}. Correct it there.")]) from error
    reader = _Reader(Keys(str(path), locate_keys(text)), units)
    mapping = reader.read(path, tables)
    if reader.keys.faults or mapping is None:
        raise FaultyInputError(sorted(reader.keys.faults, key=lambda fault: fault.where.first_line or 0))
    return mapping


class _Reader:
    """Reads the tables of one mapping file and collects what is wrong with them."""

    def __init__(self, keys: Keys, units: frozenset[str]) -> None:
        self.keys = keys
        self.units = units

    def read(self, path: Path, tables: dict[str, Any]) -> Mapping | None:
        """Return what the file says, or None where a fault keeps it from being said at all."""
        wanted = {"dataset": TABLE, "sets": TABLE, "indicator": LIST}
        top = self.keys.take((), tables, wanted, {"periods": TABLE, "areas": TABLE})
        facts = self.keys.take(
            ("dataset",),
            top.get("dataset", {}),
            dict.fromkeys(("title", "publisher", "source", "licence", "layout"), TEXT),
            {"files": LIST, "keep": LIST, "rows": TABLE},
        )
        self._check_facts(facts)
        sets = self._strings(("sets",), top.get("sets", {}))
        periods = self.keys.take(("periods",), top.get("periods", {}), {}, _PERIODS | {"marks": TABLE})
        self._check_periods(("periods",), periods)
        rows = self._strings(("dataset", "rows"), facts.get("rows", {}))
        areas = dict(self._areas(top.get("areas", {})))
        tables_of_indicators = top.get("indicator", [])
        if not tables_of_indicators:
            self.keys.fault((), "there is no [[indicator]]; say which column or item is which indicator.")
        read = [self._indicator(n, t, facts.get("layout"), periods, rows) for n, t in enumerate(tables_of_indicators)]
        indicators = tuple(each for each in read if each is not None)
        self._check_ids(indicators, sets)
        if self.keys.faults:
            return None
        named = {key: facts[key] for key in ("title", "publisher", "source", "licence", "layout")}
        files, keep = tuple(facts.get("files", ())), frozenset(facts.get("keep", ()))
        return Mapping(file=path, files=files, keep=keep, sets=sets, areas=areas, indicators=indicators, **named)

    def _check_facts(self, facts: dict[str, Any]) -> None:
        if facts.get("layout", "ees") not in LAYOUTS:
            self.keys.fault(("dataset", "layout"), f"{facts['layout']!r} is no layout; use {', '.join(LAYOUTS)}.")
        for key in ("source", "licence"):
            if key in facts and not _WEB.fullmatch(facts[key]):
                self.keys.fault(("dataset", key), f"{facts[key]!r} is no web address; give one that begins https://.")
        for key in ("files", "keep"):
            if not all(isinstance(each, str) for each in facts.get(key, [])):
                self.keys.fault(("dataset", key), f"{key!r} is to be a list of texts.")
                facts[key] = []
        for code in facts.get("keep", []):
            if not ONS_CODE.fullmatch(code):
                self.keys.fault(("dataset", "keep"), f"{code!r} is no ONS code such as E09000008.")

    def _check_periods(self, path: tuple[str | int, ...], table: dict[str, Any]) -> None:
        for key, choices in _CHOICES.items():
            if key in table and table[key] not in choices:
                self.keys.fault((*path, key), f"{key!r} is {table[key]!r}; expected one of {', '.join(choices)}.")
        for mark, status in self._strings((*path, "marks"), table.get("marks", {})).items():
            if status not in STATUSES:
                meanings = ", ".join(f"{code} ({name.lower()})" for code, name in STATUSES.items())
                self.keys.fault((*path, "marks"), f"the mark {mark!r} is {status!r}; expected one of {meanings}.")

    def _areas(self, table: dict[str, Any]) -> Iterator[tuple[str, Area]]:
        for printed, given in table.items():
            area = self.keys.take(("areas", printed), given, {"code": TEXT, "name": TEXT}, {})
            if "code" in area and not ONS_CODE.fullmatch(area["code"]):
                self.keys.fault(("areas", printed), f"{area['code']!r} is no ONS code such as E09000008.")
            elif len(area) == 2:
                yield printed, Area(area["code"], area["name"])

    def _indicator(
        self, n: int, table: object, layout: object, periods: dict[str, Any], rows: dict[str, str]
    ) -> Indicator | None:
        path, before = ("indicator", n), len(self.keys.faults)
        place = "column" if layout == "ees" else "item"
        texts = ("label", "per", "definition", "population", "note", *(("measure",) if place == "item" else ()))
        optional = dict.fromkeys(texts, TEXT) | _PERIODS | {"match": MATCHES, "rows": TABLE}
        given = self.keys.take(path, table, dict.fromkeys(("id", "title", "unit", place), TEXT), optional)
        self._check_periods(path, given)
        self._check_indicator(path, given)
        matches = tuple(self._matches(n, given.get("match", [])))
        own_rows = self._strings((*path, "rows"), given.get("rows", {}))
        if len(self.keys.faults) > before:
            return None
        years = {key: given.get(key, periods.get(key)) for key in _PERIODS}
        return Indicator(
            id=given["id"],
            title=given["title"],
            label=given.get("label", given["title"]),
            unit=given["unit"],
            item=given[place],
            matches=matches,
            periods=PeriodRule(**years, marks=periods.get("marks", {})),
            rows=rows | own_rows,
            **{key: given.get(key) for key in ("measure", "per", "definition", "population", "note")},
        )

    def _check_indicator(self, path: tuple[str | int, ...], given: dict[str, Any]) -> None:
        if "id" in given and not _ID.fullmatch(given["id"]):
            said = (
                f"{given['id']!r} is no id such as 'dfe/neet-16-17': a set, a slash and a name, of lower-case letters, "
            )
            self.keys.fault((*path, "id"), said + "digits and hyphens.")
        if "unit" in given and given["unit"] not in self.units:
            units = ", ".join(sorted(self.units))
            self.keys.fault((*path, "unit"), f"{given['unit']!r} is no unit of ontology/schemes/unit.ttl: {units}.")

    def _matches(self, n: int, tables: list[Any]) -> Iterator[Match]:
        path = ("indicator", n, "match")
        for table in tables:
            given = self.keys.take(path, table, dict.fromkeys(("code", "relation", "note"), TEXT), {})
            if "relation" in given and given["relation"] not in RELATIONS:
                self.keys.fault(path, f"{given['relation']!r} is no relation; use one of {', '.join(RELATIONS)}.")
            if "code" in given and not re.fullmatch(r"NI \d+[a-z]?", given["code"]):
                self.keys.fault(path, f"{given['code']!r} is no code of the national set such as 'NI 117'.")
            if len(given) == 3:
                yield Match(**given)

    def _check_ids(self, indicators: tuple[Indicator, ...], sets: dict[str, str]) -> None:
        for n, indicator in enumerate(indicators):
            place = ("indicator", n, "id")
            prefix = indicator.id.partition("/")[0]
            if any(indicator.id == other.id for other in indicators[:n]):
                self.keys.fault(place, f"the id {indicator.id!r} is used twice; one id, one indicator.")
            if same := next((other for other in indicators[:n] if _cells(other) == _cells(indicator)), None):
                self.keys.fault(place, f"{indicator.id} and {same.id} are the same figures; keep one of them.")
            if prefix == "ni":
                said = "the set 'ni' is the nation's, which plans use; take another set and say with 'match' how the "
                self.keys.fault(place, said + "two stand to each other.")
            elif prefix not in sets:
                said = f"nothing says what the set {prefix!r} is; give its title under [sets]: "
                self.keys.fault(place, f'{said}{prefix} = "…".')

    def _strings(self, path: tuple[str | int, ...], table: dict[str, Any]) -> dict[str, str]:
        """Return a table of texts, after noting what in it is none."""
        for key, value in table.items():
            if not isinstance(value, str) or not value.strip():
                self.keys.fault((*path, key), f"{key!r} is {value!r}; expected text in quotes.")
        return {key: value for key, value in table.items() if isinstance(value, str)}


def _cells(indicator: Indicator) -> tuple[object, ...]:
    """Return what says which cells of a file hold the indicator."""
    return indicator.item, indicator.measure, tuple(sorted(indicator.rows.items()))
