"""Simple Standard for Sharing Ontological Mappings (SSSOM 1.1, the TSV form). In: files. Out: links, and back.

A file begins with metadata in lines that start with ``#`` (YAML), then a table; one row a pair, confidence always
written. Refuses, with file and row and all at once: missing columns, unknown prefixes, predicates that this kind of
link does not have, unknown justifications, confidence outside 0 to 1, rows with too few or too many cells.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.linking.links import Link, LinkKind, Status
from cyppgraph.namespaces import DEFAULT_BASE
from cyppgraph.where import Where

SUFFIX = ".sssom.tsv"
PREFIXES = {
    "cypp": f"{DEFAULT_BASE}ontology#",
    "dct": "http://purl.org/dc/terms/",
    "id": f"{DEFAULT_BASE}id/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
JUSTIFICATIONS = (
    "semapv:ManualMappingCuration",
    "semapv:LexicalSimilarityThresholdMatching",
    "semapv:MappingReview",
)
_LICENCE = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_NEEDED = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "author_label",
    "mapping_date",
    "comment",
)
_OTHER = "other"
_CERTAINTIES = ("stated", "inferred")


def read_sssom(path: Path, kind: LinkKind) -> list[Link]:
    """Read the links of one file.

    Raises:
        FaultyInputError: with every fault of the file.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text: {error}. Save it as UTF-8."
        raise FaultyInputError([Fault(Where(str(path)), message)]) from None
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = lines[first].split("\t") if first < len(lines) else []
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        message = f"lacks the column {', '.join(missing)}; its table begins with {', '.join(header) or 'nothing'}"
        raise FaultyInputError([Fault(Where(str(path), first + 1), message)])
    prefixes = dict(_read_prefixes(lines[:first]))
    links: list[Link] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines[first + 1 :], start=first + 2):
        if not line.strip():
            continue
        try:
            links.append(_read_row(line, header, number, kind, prefixes))
        except ValueError as error:
            faults.append(Fault(Where(str(path), number), str(error)))
    if faults:
        raise FaultyInputError(faults)
    return links


def _read_prefixes(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read the ``curie_map`` of the metadata."""
    inside = False
    for line in lines:
        text = line.removeprefix("#")
        if re.fullmatch(r"\s?curie_map:\s*", text):
            inside = True
        elif inside and (found := re.fullmatch(r"\s{2,}([\w.-]+):\s*['\"]?(\S+?)['\"]?\s*", text)):
            yield found[1], found[2]
        elif inside:
            return


def _read_row(line: str, header: list[str], number: int, kind: LinkKind, prefixes: Mapping[str, str]) -> Link:
    cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_MINIMAL))
    if len(cells) != len(header):
        raise ValueError(f"has {len(cells)} cells where the table has {len(header)} columns")
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    predicate = row["predicate_id"]
    if predicate not in kind.predicates:
        near = difflib.get_close_matches(predicate, kind.predicates, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(f"the predicate {predicate!r} is none of {', '.join(kind.predicates)}{hint}")
    if row["predicate_modifier"] not in ("", "Not"):
        raise ValueError(f"the modifier {row['predicate_modifier']!r} is neither empty nor Not")
    if row["mapping_justification"] not in JUSTIFICATIONS:
        raise ValueError(f"the justification {row['mapping_justification']!r} is none of {', '.join(JUSTIFICATIONS)}")
    return Link(
        kind=kind.name,
        subject=_expand(row["subject_id"], prefixes),
        subject_label=row["subject_label"],
        predicate=predicate,
        object=_expand(row["object_id"], prefixes),
        object_label=row["object_label"],
        status=Status.REJECTED if row["predicate_modifier"] else Status.ACCEPTED,
        confidence=read_confidence(row["confidence"]),
        justification=row["mapping_justification"],
        author=row["author_label"],
        date=_read_date(row["mapping_date"]),
        comment=row["comment"],
        certainty=_read_certainty(row.get(_OTHER, "")),
        row=number,
    )


def _expand(curie: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in prefixes:
        known = ", ".join(prefixes) or "none"
        raise ValueError(f"the prefix of {curie!r} is not in the file's curie_map (it has {known})")
    iri = prefixes[prefix] + local
    _shorten(iri)  # what could not be written again is a fault here
    return iri


def read_confidence(text: str) -> float:
    """Return a confidence, 0 to 1.

    Raises:
        ValueError: it is no number, or outside; the message says which.
    """
    try:
        confidence = float(text)
    except ValueError:
        raise ValueError(f"the confidence {text!r} is no number; write 0 to 1, such as 0.9") from None
    if not 0 <= confidence <= 1:  # nor is "nan"
        raise ValueError(f"the confidence {text} is outside 0 to 1")
    return confidence


def _read_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"the mapping_date {text!r} is no day; write it as 2026-11-22") from None


def _read_certainty(other: str) -> str:
    found = dict(pair.partition("=")[::2] for pair in other.split("|") if pair)
    certainty = found.get("certainty", "")
    if certainty and certainty not in _CERTAINTIES:
        raise ValueError(f"the certainty {certainty!r} is none of {', '.join(_CERTAINTIES)}")
    return certainty


def write_sssom(links: Iterable[Link], kind: LinkKind) -> bytes:
    """Return links as an SSSOM file, sorted by subject and object, so that a change of one row changes one line."""
    out = io.StringIO()
    metadata = {
        "license": _LICENCE,
        "mapping_set_id": f"{DEFAULT_BASE}id/link/{kind.name}",
        "mapping_set_title": f"'{kind.title}'",
        "sssom_version": "'1.1'",
    }
    print("#curie_map:", *(f"#  {prefix}: {iri}" for prefix, iri in PREFIXES.items()), sep="\n", file=out)
    print(*(f"#{key}: {value}" for key, value in metadata.items()), sep="\n", file=out)
    ordered = sorted(links, key=lambda link: (link.subject, link.object, link.predicate))
    rows = [_write_row(link) for link in ordered]
    columns = [*_NEEDED, _OTHER] if any(row[_OTHER] for row in rows) else _NEEDED
    writer = csv.DictWriter(out, columns, delimiter="\t", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def put_row(text: str, link: Link) -> str:
    """Return the text of a file with one decision in it, in its place by subject and object; all else as it was.

    Columns and metadata that somebody added stay. A row about the same pair is replaced.

    Args:
        text: an SSSOM file that can be read.
        link: the decision.
    """
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    header = lines[first].split("\t")
    row = _write_row(link)
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="").writerow([row.get(name, "") for name in header])
    places = [header.index(name) for name in ("subject_id", "object_id")]
    own = (row["subject_id"], row["object_id"])
    kept = [line for line in lines[first + 1 :] if line.strip() and _pair_of(line, places) != own]
    after = next((n for n, line in enumerate(kept) if _pair_of(line, places) > own), len(kept))
    return "\n".join([*lines[: first + 1], *kept[:after], out.getvalue(), *kept[after:], ""])


def _pair_of(line: str, places: Sequence[int]) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter="\t"))
    return tuple(cells[place].strip() for place in places)


def name_record(link: Link) -> str:
    """Return the local name of a pair: the set's name and a hash of the two, whatever is held of them."""
    return f"{link.kind}/{sha256(f'{link.subject} {link.object}'.encode()).hexdigest()[:10]}"


def _write_row(link: Link) -> dict[str, str]:
    return {
        "record_id": f"id:link/{name_record(link)}",
        "subject_id": _shorten(link.subject),
        "subject_label": _one_line(link.subject_label),
        "predicate_id": link.predicate,
        "predicate_modifier": "Not" if link.status is Status.REJECTED else "",
        "object_id": _shorten(link.object),
        "object_label": _one_line(link.object_label),
        "mapping_justification": link.justification,
        "confidence": f"{link.confidence:g}",
        "author_label": _one_line(link.author),
        "mapping_date": link.date,
        "comment": _one_line(link.comment),
        _OTHER: f"certainty={link.certainty}" if link.certainty else "",
    }


def _shorten(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    raise ValueError(f"{iri} begins with none of the addresses that links are written with")


def _one_line(text: str) -> str:
    return " ".join(text.split())
