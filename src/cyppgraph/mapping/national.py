"""The National Indicators, apart from any plan. In: the catalogue's CSV files. Out: indicators as triples.

The set of 2007 had 198 indicators. No authority gave them addresses, and their titles are not all at hand in a public
page: each says whether its title was read in one or recalled. Parts are those that the nation letters ("NI 52a"); a
council that letters other parts has indicators of its own.
Refuses a file with faults, all of them at once: missing columns, codes twice or of another pattern, unknown states.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import URIRef

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.slugs import slug
from cyppgraph.namespaces import Namespaces
from cyppgraph.resources import find_resources
from cyppgraph.where import Where

INDICATORS, PARTS, TERMS = "national-indicators.csv", "national-indicator-parts.csv", "national-indicator-terms.csv"
_COLUMNS = {
    TERMS: ("code", "terms"),
    INDICATORS: ("code", "title", "theme", "title_status", "confidence", "source", "note"),
    PARTS: ("code", "title", "note"),
}
_CODES = {INDICATORS: r"NI \d+", PARTS: r"NI \d+[a-z]"}
TITLE_STATUSES = ("read in a public page", "recalled, to be checked")


@dataclass(frozen=True, slots=True)
class NationalIndicator:
    """An indicator of the national set, or a part of one that the nation letters.

    Attributes:
        code: "NI 117", "NI 52a".
        title: what it measures.
        theme: the heading of the set that it stands under.
        title_status: one of ``TITLE_STATUSES``: how the title is known.
        confidence: how sure the title is: high, medium or low.
        source: where the title was read, if it was.
        note: what else is to be known.
        terms: words that signal it in plans for children and young people; searched, not shown.
    """

    code: str
    title: str
    theme: str = ""
    title_status: str = ""
    confidence: str = ""
    source: str = ""
    note: str = ""
    terms: tuple[str, ...] = ()

    @property
    def whole(self) -> str | None:
        """The code of the indicator that this one is a part of."""
        return self.code[:-1] if self.code[-1].isalpha() else None

    @property
    def is_dropped(self) -> bool:
        """Whether it was taken out of the set before the set came into force."""
        return self.note.casefold().startswith("dropped")


def read_national_indicators(folder: Path | None = None) -> dict[str, NationalIndicator]:
    """Read the national set by code; without a folder, from the project's data folder.

    A project that has no such folder has no national set.

    Raises:
        FaultyInputError: with every fault of both files.
    """
    folder = find_resources().catalogue if folder is None else folder
    if not folder.is_dir():
        return {}
    found: dict[str, NationalIndicator] = {}
    faults: list[Fault] = []
    for name in (INDICATORS, PARTS):
        for row, values in _rows(folder / name, _COLUMNS[name]):
            where = Where(str(folder / name), row)
            indicator = NationalIndicator(**values)  # type: ignore[arg-type]  # the columns are its texts
            faults += [Fault(where, text) for text in _faults(indicator, name, found)]
            found.setdefault(indicator.code, indicator)
    for row, values in _rows(folder / TERMS, _COLUMNS[TERMS]):
        if values["code"] not in found:
            faults.append(Fault(Where(str(folder / TERMS), row), f"{values['code']!r} is no code of {INDICATORS}"))
            continue
        terms = tuple(dict.fromkeys(term.strip() for term in values["terms"].split(";") if term.strip()))
        found[values["code"]] = replace(found[values["code"]], terms=terms)
    if faults:
        raise FaultyInputError(faults)
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise CyppgraphError(
            f"{path}: cannot be read as UTF-8 text ({error}). It lists the National Indicators."
        ) from None
    reader = csv.DictReader(lines)
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        found = ", ".join(reader.fieldnames or ()) or "nothing"
        message = f"lacks the column {', '.join(missing)}; its first line has {found}"
        raise FaultyInputError([Fault(Where(str(path), 1), message)])
    for values in reader:
        yield reader.line_num, {name: (values[name] or "").strip() for name in columns}


def _faults(indicator: NationalIndicator, file: str, known: Mapping[str, NationalIndicator]) -> Iterator[str]:
    code = indicator.code
    if not re.fullmatch(_CODES[file], code):
        yield f"{code!r} is no code of this file; expected such as {'NI 117' if file == INDICATORS else 'NI 52a'}"
        return
    if code in known:
        yield f"{code} stands here a second time; keep one line for each code"
    if indicator.whole and indicator.whole not in known:
        yield f"{code} is a part of {indicator.whole}, which {INDICATORS} does not have"
    if not indicator.title:
        yield f"{code} has no title"
    if file == INDICATORS and indicator.title_status not in TITLE_STATUSES:
        yield f"{code}: the title status {indicator.title_status!r} is not one of: {'; '.join(TITLE_STATUSES)}"


def national_iri(code: str, ns: Namespaces) -> URIRef:
    """Return the IRI of a National Indicator, or of a part that the nation letters."""
    return URIRef(f"{ns.ids}indicator/ni/{slug(code.removeprefix('NI'))}")


def write_national_set(indicators: Mapping[str, NationalIndicator], ns: Namespaces, scribe: Scribe) -> None:
    """Write the national set, its themes, its indicators and their parts."""
    scheme = URIRef(f"{ns.ids}indicator/ni")
    scribe.node(scheme, ("cypp:IndicatorScheme", "skos:ConceptScheme"), "NI: national set of indicators")
    scribe.string(scheme, "skos:notation", "NI")
    scribe.words(scheme, "skos:prefLabel", "National Indicator set")
    scribe.words(scheme, "dct:title", "National Indicator set for English local authorities and their partners")
    for indicator in indicators.values():
        iri = national_iri(indicator.code, ns)
        scribe.node(iri, ("cypp:Indicator", "skos:Concept"), f"{indicator.code} {indicator.title}")
        scribe.string(iri, "skos:notation", indicator.code)
        scribe.words(iri, "skos:prefLabel", indicator.title)
        scribe.add(iri, "skos:inScheme", scheme)
        _write_standing(iri, indicator, ns, scribe)
        if indicator.theme:
            _write_theme(iri, indicator.theme, scheme, scribe)


def _write_standing(iri: URIRef, indicator: NationalIndicator, ns: Namespaces, scribe: Scribe) -> None:
    """Write how an indicator's title is known, and what else is to be known of it."""
    if indicator.whole:
        scribe.add(iri, "skos:broader", national_iri(indicator.whole, ns))
    if indicator.title_status:
        scribe.add(iri, "cypp:titleStatus", scribe.concept("title-status", indicator.title_status))
    scribe.string(iri, "cypp:titleConfidence", indicator.confidence)
    for term in indicator.terms:
        scribe.words(iri, "skos:hiddenLabel", term)
    scribe.true(iri, "owl:deprecated", indicator.is_dropped)
    scribe.words(iri, "skos:historyNote" if indicator.is_dropped else "skos:editorialNote", indicator.note)
    if re.fullmatch(r"https?://\S+", indicator.source):
        scribe.add(iri, "dct:source", URIRef(indicator.source))
    else:
        scribe.words(iri, "dct:bibliographicCitation", indicator.source)


def _write_theme(iri: URIRef, theme: str, scheme: URIRef, scribe: Scribe) -> None:
    collection = URIRef(f"{scheme}/theme/{slug(theme)}")
    if scribe.node(collection, ("skos:Collection",), theme):
        scribe.words(collection, "skos:prefLabel", theme)
        scribe.add(collection, "dct:isPartOf", scheme)
    scribe.add(collection, "skos:member", iri)
