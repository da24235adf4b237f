"""Small files of statistics and their mapping files, and the real ones beside the project where they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from cyppgraph.observations import Area, Mapping, ObservationFile, read_mapping, read_observations
from cyppgraph.publication import read_turtle
from cyppgraph.resources import find_resources

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "observations"
INTEGRITY = Path(__file__).parent / "integrity"
UNITS = frozenset({"percent", "percentage points", "count", "GBP", "days", "weeks", "months", "years"})
CROYDON = Area("E09000008", "Croydon")

HEAD = """
[dataset]
title = "Figures"
publisher = "Department for Education"
source = "https://www.gov.uk/figures"
licence = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
layout = "{layout}"

[sets]
dfe = "Indicators of the Department for Education"
"""
EES = (
    HEAD.format(layout="ees")
    + """
[[indicator]]
id = "dfe/neet-16-17"
column = "NEET_percent"
title = "16 and 17 year olds who are NEET"
label = "NEET 16-17"
unit = "percent"
match = [{ code = "NI 117", relation = "relatedMatch", note = "16-17 instead of 16-18" }]

[[indicator]]
id = "dfe/cohort"
column = "cohort"
title = "Young people of 16 and 17"
unit = "count"
"""
)
EES_HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "new_la_code,la_name,NEET_percent,cohort\n"
)
EES_CROYDON = (
    '2023,Calendar year,Local authority,E92000001,England,E12000007,London,306,E09000008,Croydon,1.6,"9,182"\n'
)
LAIT = (
    HEAD.format(layout="lait")
    + """
[periods]
years = "financial"
named_by = "end"

[areas]
970 = { code = "E92000001", name = "England" }

[[indicator]]
id = "dfe/neet-16-17"
item = "16-17 NEET"
title = "16 and 17 year olds who are NEET"
label = "NEET 16-17"
unit = "percent"
"""
)
LAIT_HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region\n"
TIDY = (
    HEAD.format(layout="tidy")
    + """
[periods]
years = "calendar"

[[indicator]]
id = "dfe/neet-16-17"
item = "NEET"
title = "16 and 17 year olds who are NEET"
label = "NEET 16-17"
unit = "percent"
"""
)
TIDY_HEADER = "area_code,period,indicator,measure,unit,value\n"
Read = Callable[..., ObservationFile]


class Samples:
    """The texts above, for tests to begin from."""

    ees, ees_header, ees_croydon = EES, EES_HEADER, EES_CROYDON
    lait, lait_header = LAIT, LAIT_HEADER
    tidy, tidy_header = TIDY, TIDY_HEADER


@pytest.fixture(scope="session")
def samples() -> type[Samples]:
    return Samples


@pytest.fixture(scope="session")
def units() -> frozenset[str]:
    return UNITS


@pytest.fixture
def mapping_of(tmp_path: Path) -> Callable[[str], Mapping]:
    """Return a function that reads the text of a mapping file."""

    def read(text: str) -> Mapping:
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path, UNITS)

    return read


@pytest.fixture
def read(tmp_path: Path, mapping_of: Callable[[str], Mapping]) -> Read:
    """Return a function that reads the text (or bytes) of a CSV file as the text of a mapping file says."""

    def read_text(table: str | bytes, mapping: str) -> ObservationFile:
        path = tmp_path / "figures.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode("utf-8"))
        return read_observations(path, "figures", mapping_of(mapping), {"306": CROYDON})

    return read_text


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real files."""
    if not SHARED.is_dir():
        pytest.skip("the real files of statistics are third parties' and not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def cube_schemes() -> list[object]:
    schemes = find_resources(ROOT).schemes
    return [read_turtle(schemes / f"{name}.ttl") for name in ("absence", "unit", "value-role")]


Violations = dict[str, list[str]]


@pytest.fixture(scope="session")
def violations() -> Callable[..., Violations]:
    """Return a function that says which integrity constraints of the Data Cube vocabulary Turtle breaks, and where."""

    def check(*turtle: str | bytes) -> Violations:
        store = pyoxigraph.Store()
        for each in turtle:
            store.load(each, pyoxigraph.RdfFormat.TURTLE)
        for name in ("normalise-1.ru", "normalise-2.ru"):
            store.update((INTEGRITY / name).read_text(encoding="utf-8"))
        broken = {}
        for path in sorted(INTEGRITY.glob("ic-*.rq")):
            nodes = []
            for query in _fill(store, path):
                nodes += [row["node"].value for row in store.query(query) if row["node"] is not None]
            if nodes:
                broken[path.stem] = nodes
        return broken

    return check


def _fill(store: pyoxigraph.Store, path: Path) -> list[str]:
    """Return a constraint's query; IC-20 and IC-21 once for each property that leads down or up a hierarchy."""
    text = path.read_text(encoding="utf-8")
    if "<$p>" not in text:
        return [text]
    leads = "?given" if path.stem == "ic-20" else "?given <http://www.w3.org/2002/07/owl#inverseOf> ?p ."
    found = store.query(
        f"SELECT DISTINCT ?p {{ ?list <http://purl.org/linked-data/cube#parentChildProperty> ?given . "
        f"{'BIND (?given AS ?p) FILTER (isIRI(?p))' if path.stem == 'ic-20' else leads} }}"
    )
    return [text.replace("<$p>", str(row["p"])) for row in found]
