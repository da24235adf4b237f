"""What was found, for programs and spreadsheets. In: the answer to a search. Out: JSON, or CSV (RFC 4180)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cyppgraph.store.searching import Found, Hit, Piece
from cyppgraph.web.display.sheets import write_rows

COLUMNS = ("iri", "kind", "plan", "code", "number", "label", "text", "lines", "certainty", "address")


def write_csv(found: Found, links: Sequence[str]) -> str:
    """Return all hits as a table, one a line.

    Args:
        found: the answer.
        links: the address of each hit.
    """
    return write_rows(COLUMNS, [_list_cells(hit, link) for hit, link in zip(found.hits, links, strict=True)])


def write_json(found: Found, links: Sequence[str], words: str, page: int, pages: int) -> str:
    """Return one page of hits with the counts of the facets and how the words were understood."""
    reading = found.reading
    body = {
        "q": words,
        "total": found.total,
        "page": page,
        "pages": pages,
        "all_words": not found.is_loose,
        "corrected": [{"word": word, "searched": other} for word, other in reading.corrected],
        "unknown": list(reading.unknown),
        "facets": {
            name: [
                {"value": each.value, "label": each.label, "count": each.count, "chosen": each.chosen}
                for each in values
            ]
            for name, values in found.facets.items()
        },
        "hits": [_describe(hit, link) for hit, link in zip(found.hits, links, strict=True)],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _describe(hit: Hit, link: str) -> dict[str, object]:
    return {
        "iri": hit.iri,
        "address": link,
        "kind": hit.kind,
        "plans": list(hit.plans),
        "code": hit.code,
        "number": hit.number,
        "certainty": hit.certainty,
        "lines": [{"first": first, "last": last} for first, last in hit.lines],
        "label": [_describe_piece(piece) for piece in hit.label],
        "snippet": [_describe_piece(piece) for piece in hit.snippet],
    }


def _describe_piece(piece: Piece) -> dict[str, object]:
    return {"text": piece.text, "marked": piece.marked}


def _join(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _say_lines(hit: Hit) -> str:
    return " ".join(f"{first}-{last}" if last != first else str(first) for first, last in hit.lines)


def _write_text(hit: Hit) -> str:
    """Return the whole statement, and after it where else the words stand."""
    snippet = _join(hit.snippet)
    elsewhere = snippet.strip("…") not in hit.statement
    return " · ".join(part for part in (hit.statement, snippet if elsewhere else "") if part)


def _list_cells(hit: Hit, link: str) -> list[str]:
    words = (_join(hit.label), _write_text(hit))
    return [hit.iri, hit.kind, " ".join(hit.plans), hit.code, hit.number, *words, _say_lines(hit), hit.certainty, link]
