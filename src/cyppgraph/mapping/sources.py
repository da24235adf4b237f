"""Where everything was printed. In: a plan's passages, rows and document. Out: their triples.

Lines are stated as numbers for people and, for tools, as an RFC 5147 selector; words as a quote and as a text quote
selector. A row printed in pieces cites a passage for each piece, and its own quote joins them with " … ".
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from cyppgraph.mapping.iris import Iris, part_of
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.plan import Passage, Plan, SourceRow

RFC_5147 = URIRef("http://tools.ietf.org/rfc/rfc5147")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def write_sources(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write the document, every passage that something cites, and every table row."""
    _write_document(plan, iris, scribe)
    for passage, iri in iris.passages.items():
        _write_passage(iri, passage, iris, scribe)
    for (first, last), iri in iris.lines.items():
        scribe.node(iri, ("cypp:SourcePassage", "oa:SpecificResource"), _lines(first, last))
        _write_lines(iri, first, last, iris, scribe)
        _write_line_selector(iri, first, last, iris, scribe)
    for row in plan.rows:
        _write_row(iris.rows[row.ref], row, iris, scribe)


def cite(subject: URIRef, sources: Iterable[Passage], iris: Iris, scribe: Scribe) -> None:
    """Write which passages something was read from."""
    for passage in sources:
        scribe.add(subject, "cypp:source", iris.passages[passage])


def _write_document(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    document, iri = plan.document, iris.below("document")
    scribe.node(iri, ("cypp:SourceDocument", "foaf:Document"), document.title)
    scribe.words(iri, "dct:title", document.title)
    scribe.string(iri, "dct:identifier", document.file)
    scribe.string(iri, "cypp:checksum", document.sha256)
    scribe.words(iri, "dct:rights", document.rights)
    media_type = URIRef(MEDIA_TYPES + document.media_type)
    scribe.add(iri, "dct:format", media_type)
    scribe.node(media_type, ("dct:MediaType",), document.media_type)
    if document.published_at:
        page = URIRef(document.published_at)
        scribe.add(iri, "foaf:page", page)
        scribe.node(page, ("foaf:Document",), f"Where it was published: {document.published_at}")


def _write_passage(iri: URIRef, passage: Passage, iris: Iris, scribe: Scribe) -> None:
    first, last = passage.first_line, passage.last_line
    if not scribe.node(iri, ("cypp:SourcePassage", "oa:SpecificResource"), f"{_lines(first, last)}: {passage.quote}"):
        return
    _write_lines(iri, first, last, iris, scribe)
    scribe.string(iri, "cypp:quote", passage.quote)
    _write_line_selector(iri, first, last, iris, scribe)
    _write_quote_selector(iri, part_of(iri, "words"), passage.quote, scribe)


def _write_row(iri: URIRef, row: SourceRow, iris: Iris, scribe: Scribe) -> None:
    first = min(passage.first_line for passage in row.passages)
    last = max(passage.last_line for passage in row.passages)
    begins = next((cell.passage.quote for cell in row.cells if cell.passage.quote), "")
    scribe.node(
        iri,
        ("cypp:SourceRow", "cypp:SourcePassage", "oa:SpecificResource"),
        f"Row, {_lines(first, last).lower()}: {begins}",
    )
    _write_lines(iri, first, last, iris, scribe)
    scribe.string(iri, "cypp:quote", " … ".join(passage.quote for passage in row.passages))
    if len(row.passages) > 1:
        cite(iri, row.passages, iris, scribe)
    for n, passage in enumerate(row.passages, start=1):
        piece = () if len(row.passages) == 1 else (n,)
        _write_line_selector(iri, passage.first_line, passage.last_line, iris, scribe)
        _write_quote_selector(iri, part_of(iri, "words", *piece), passage.quote, scribe)
    for n, cell in enumerate(row.cells, start=1):
        cell_iri = part_of(iri, "cell", n)
        scribe.add(iri, "cypp:hasCell", cell_iri)
        label = f"{cell.heading}: {cell.passage.quote}" if cell.heading else cell.passage.quote
        scribe.node(cell_iri, ("cypp:SourceCell",), label or f"Cell {n}")
        scribe.integer(cell_iri, "cypp:position", n)
        scribe.string(cell_iri, "cypp:columnHeading", cell.heading)
        scribe.string(cell_iri, "cypp:cellText", cell.passage.quote)


def _write_lines(iri: URIRef, first: int, last: int, iris: Iris, scribe: Scribe) -> None:
    document = iris.below("document")
    scribe.integer(iri, "cypp:firstLine", first)
    scribe.integer(iri, "cypp:lastLine", last)
    scribe.add(iri, "cypp:sourceDocument", document)
    scribe.add(iri, "oa:hasSource", document)


def _write_line_selector(iri: URIRef, first: int, last: int, iris: Iris, scribe: Scribe) -> None:
    selector = iris.lines_selector(first, last)
    scribe.add(iri, "oa:hasSelector", selector)
    if scribe.node(selector, ("oa:FragmentSelector",), _lines(first, last)):
        scribe.add(selector, "dct:conformsTo", RFC_5147)
        scribe.string(selector, "rdf:value", f"line={first - 1},{last}")


def _write_quote_selector(iri: URIRef, selector: URIRef, words: str, scribe: Scribe) -> None:
    scribe.add(iri, "oa:hasSelector", selector)
    scribe.node(selector, ("oa:TextQuoteSelector",), f"“{words}”")
    scribe.string(selector, "oa:exact", words)


def _lines(first: int, last: int) -> str:
    return f"Line {first}" if first == last else f"Lines {first} to {last}"
