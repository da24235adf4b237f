"""The ontology as a document. In: a request for it, or for its alignments. Out: a page of its terms, or its triples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.store import Edition, ResultFormat, Source, read_texts
from cyppgraph.web.display.addresses import is_iri, write_uri
from cyppgraph.web.display.kept import Kept
from cyppgraph.web.display.statements import Statement, StatementWriter
from cyppgraph.web.display.vocabulary import Vocabulary, VocabularyFiles
from cyppgraph.web.http import representations
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.delivery import say_charset
from cyppgraph.web.http.problems import state_problem
from cyppgraph.web.things.ontology_picture import WIDTH, draw_classes
from cyppgraph.web.things.ontology_terms import gather, list_sections, texts

_RDFS, _SKOS = (EXTERNAL_PREFIXES[prefix] for prefix in ("rdfs", "skos"))
_TOLD = {_RDFS + "label", _SKOS + "definition", _RDFS + "isDefinedBy"}
# The published counts, so that nothing is counted on the way.
_USES = """
SELECT ?term ?n {{
  {{ {dataset} void:classPartition ?part . ?part void:class ?term ; void:entities ?n }}
  UNION
  {{ {dataset} void:propertyPartition ?part . ?part void:property ?term ; void:triples ?n }}
}}
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term or another subject of the document.

    Attributes:
        anchor: by which an address names it; empty for what is not a term of ours.
        iri: its IRI.
        name: its label.
        definition: what it means.
        statements: all else that is said of it.
        uses: how many the published dataset has of it; empty where that is not told.
    """

    anchor: str
    iri: str
    name: str
    definition: str
    statements: list[Statement]
    uses: str


def make_ontology(source: Source, files: VocabularyFiles) -> Blueprint:
    """Return a blueprint for ``/ontology``, ``/ontology/alignments``, and their versions."""
    ontology = Blueprint("ontology", __name__)

    known_pages: Kept[str] = Kept(most=4)  # each tells of some two hundred terms

    @ontology.route("/ontology")
    @ontology.route("/ontology.<extension>")
    @ontology.route("/ontology/<path:part>")
    def document(part: str = "", extension: str = "") -> Response:
        edition = source.edition()
        vocabulary = files.below(edition.namespaces)
        iri = f"{edition.namespaces.base}ontology" + (f"/{part}" if part else "")
        form = extension or None
        if iri not in vocabulary.addresses and iri.rpartition(".")[2] in representations.FORMS:
            iri, _, form = iri.rpartition(".")
        if iri not in vocabulary.addresses or (form is not None and form not in representations.FORMS):
            known = sorted(vocabulary.addresses)
            return state_problem(404, "There is no such part of the ontology.", nearest=known)
        return _answer(edition, vocabulary, vocabulary.addresses[iri], form, known_pages)

    return ontology


def _answer(edition: Edition, vocabulary: Vocabulary, iri: str, forced: str | None, known: Kept[str]) -> Response:
    def locate(form: str | None) -> str:
        local = iri.removeprefix(edition.namespaces.base)
        return f"{request.script_root}/{local}{'.' + form if form else ''}"

    chosen = representations.choose_form(forced)
    if isinstance(chosen, Response):
        return representations.add_links(chosen, write_uri(iri), locate)
    form, media_type = chosen
    shaped_by = ("ontology", iri, media_type, request.url_root, vocabulary.version)
    response = answer_unchanged(edition, *shaped_by)
    if response is None:
        triples = vocabulary.documents[iri]
        if isinstance(form, ResultFormat):
            content = representations.write_triples(triples, form, edition.namespaces.prefixes())
        else:
            page = known.read(edition, "\n".join(shaped_by), lambda: _write_page(edition, vocabulary, iri, locate))
            content = page.encode()
        if content is None:
            return representations.refuse_format(representations.NOT_FOR_XML)
        response = Response(content, content_type=say_charset(media_type))
        response.headers["Content-Location"] = locate(form.name)
        mark(response, edition, *shaped_by)
    return representations.add_links(response, write_uri(iri), locate)


def _write_page(edition: Edition, vocabulary: Vocabulary, iri: str, locate: representations.Locate) -> str:
    writer = StatementWriter(edition.namespaces, vocabulary.labels, vocabulary.documents[iri])
    write = _write_terms if iri == f"{edition.namespaces.base}ontology" else _write_alignments
    return write(edition, vocabulary, iri, writer, locate)


def _write_alignments(
    edition: Edition, vocabulary: Vocabulary, iri: str, writer: StatementWriter, locate: representations.Locate
) -> str:
    uses = read_uses(edition)
    groups: dict[str, list[Entry]] = {"": [], "Terms": [], "Of other terms": []}
    for subject, said in gather(vocabulary.documents[iri]).items():
        entry = _make_entry(subject, said, writer, uses, edition.namespaces.ontology)
        groups["" if subject == iri else "Terms" if entry.anchor else "Of other terms"].append(entry)
    groups["Terms"].sort(key=lambda entry: entry.anchor.lower())
    formats = {name: locate(name) for name in representations.FORMS}
    return render_template("alignments.html", iri=iri, name=writer.name(iri), groups=groups, formats=formats)


def _write_terms(
    edition: Edition, vocabulary: Vocabulary, iri: str, writer: StatementWriter, locate: representations.Locate
) -> str:
    ns, uses = edition.namespaces, read_uses(edition)
    said = gather(vocabulary.documents[iri])
    others = [each for each in said if is_iri(each) and each != iri and not each.startswith(ns.ontology)]
    return render_template(
        "vocabulary.html",
        iri=iri,
        name=writer.name(iri),
        about=writer.write(said.get(iri, [])),
        abstract=" ".join(texts(said.get(iri, []), f"{EXTERNAL_PREFIXES['dct']}abstract")),
        sections=list_sections(edition, vocabulary, said, writer, uses),
        picture=draw_classes(said, writer, ns.ontology),
        width=WIDTH,
        others=[(writer.shorten(each), each, uses.get(each, "")) for each in others],
        formats={name: locate(name) for name in representations.FORMS if name != "html"},
        alignments=f"{request.script_root}/ontology/alignments",
    )


def _make_entry(
    iri: str, said: list[ox.Triple], writer: StatementWriter, uses: Mapping[str, str], namespace: str
) -> Entry:
    definition = next((each.object for each in said if each.predicate.value == _SKOS + "definition"), None)
    rest = [each for each in said if each.predicate.value not in _TOLD]
    return Entry(
        iri.removeprefix(namespace) if iri.startswith(namespace) else "",
        iri,
        writer.name(iri),
        definition.value if isinstance(definition, ox.Literal) else "",
        writer.write(rest),
        uses.get(iri, ""),
    )


def read_uses(edition: Edition) -> dict[str, str]:
    """Return how many the published dataset has of each class and property, as it says itself; one query."""
    dataset = ox.NamedNode(edition.namespaces.dataset())
    rows = read_texts(edition, _USES.format(dataset=dataset))
    return {term: number for term, number, *_ in rows}
