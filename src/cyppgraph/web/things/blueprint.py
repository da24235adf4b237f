"""Every IRI of the data answers. In: a request for a thing or a term. Out: what is said of it, in the format asked for.

A thing that is a document or a record answers at its own address; any other (a plan, a council, a person, an action) is
no document, and its address leads to the one that describes it, ``/doc/…``, by 303 (W3C TAG, httpRange-14; Cool URIs
for the Semantic Web, 4.2). A format is chosen by Accept or by the address: ``.ttl``, ``&format=ttl``; an IRI that
exists wins over one that is meant by an extension. How a page looks goes by the thing's types (``pages``).
Refuses what the graph does not speak of, naming what is near.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for

from cyppgraph.store import Edition, ResultFormat, Source
from cyppgraph.web.comparison.indicator_page import write_indicator_page
from cyppgraph.web.display import addresses, descriptions
from cyppgraph.web.display.missing import locate_search, name_things, read_words
from cyppgraph.web.display.statements import Link, StatementWriter
from cyppgraph.web.display.vocabulary import Vocabulary, VocabularyFiles
from cyppgraph.web.endpoint.wellknown import make_wellknown
from cyppgraph.web.http import representations
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.delivery import say_charset
from cyppgraph.web.http.negotiation import wants_page
from cyppgraph.web.http.problems import state_problem
from cyppgraph.web.plans.files import make_thing_tables
from cyppgraph.web.plans.parts import make_plan_parts
from cyppgraph.web.things.ontology import make_ontology
from cyppgraph.web.things.pages import choose_page


def make_things(source: Source, vocabulary: VocabularyFiles) -> Blueprint:
    """Return a blueprint that answers for the IRIs below the base, but for graphs and files.

    Args:
        source: what is asked.
        vocabulary: our terms.
    """
    things = Blueprint("things", __name__)

    @things.route("/id/<path:rest>")
    def thing(rest: str) -> Response:
        return _Request(source.edition(), vocabulary).answer(rest, in_place=False)

    @things.route("/doc/<path:rest>")
    def document(rest: str) -> Response:
        return _Request(source.edition(), vocabulary).answer(rest, in_place=True)

    @things.route("/doc")
    def lookup() -> Response:
        return _Request(source.edition(), vocabulary).look_up()

    things.register_blueprint(make_thing_tables(source))
    things.register_blueprint(make_ontology(source, vocabulary))
    things.register_blueprint(make_plan_parts(source))
    things.register_blueprint(make_wellknown(source))
    return things


class _Request:
    """One request, answered from one edition."""

    def __init__(self, edition: Edition, vocabulary: VocabularyFiles) -> None:
        self._edition = edition
        self._ns = edition.namespaces
        self._vocabulary: Vocabulary = vocabulary.below(edition.namespaces)

    def answer(self, rest: str, *, in_place: bool) -> Response:
        """Answer for what follows ``/id/`` or ``/doc/``; in place, or by 303 if the thing is no document."""
        whole = addresses.read_asked("id/", rest, self._ns)
        cut = [(iri[: -len(form) - 1], form) for iri in whole for form in representations.FORMS if _ends(iri, form)]
        asked: list[tuple[str, str | None]] = [*((iri, None) for iri in whole), *cut]
        found = descriptions.identify(self._edition, [iri for iri, _ in asked])
        for iri, form in asked:
            if iri in found:
                here = in_place or form is not None or descriptions.is_document(found[iri], self._ns.prefixes())
                return self._describe(iri, found[iri], form) if here else self._lead_on(iri)
        return self._refuse(cut[0][0] if cut else whole[0] if whole else None)

    def look_up(self) -> Response:
        """Answer for the IRI in the field ``iri``, be it below the base or not."""
        iri, form = request.args.get("iri", "").strip(), request.args.get("format")
        if form is not None and form not in representations.FORMS:
            known = list(representations.FORMS)
            return state_problem(400, f"There is no format {form}. Choose one of {', '.join(known)}.")
        if not addresses.is_iri(iri):
            return state_problem(400, f"No absolute IRI: {iri!r}. Give one in full, as {self._ns.dataset()}")
        found = descriptions.identify(self._edition, [iri])
        return self._describe(iri, found[iri], form) if iri in found else self._refuse(iri)

    def _lead_on(self, iri: str) -> Response:
        return self._add_links(representations.lead_on(self._locate(iri, None), HTTPStatus.SEE_OTHER), iri)

    def _describe(self, iri: str, types: set[str], forced: str | None) -> Response:
        chosen = representations.choose_form(forced)
        if isinstance(chosen, Response):
            return self._add_links(chosen, iri)
        form, media_type = chosen
        shaped_by = ("thing", iri, media_type, request.url_root, self._vocabulary.version)
        unchanged = answer_unchanged(self._edition, *shaped_by)
        if unchanged is not None:
            return self._add_links(unchanged, iri)
        if isinstance(form, ResultFormat):
            triples = descriptions.describe(self._edition, iri)
            content = representations.write_triples(triples, form, self._ns.prefixes())
        else:
            content = self._write_page(iri, types).encode()
        if content is None:
            return self._add_links(representations.refuse_format(representations.NOT_FOR_XML), iri)
        response = Response(content, content_type=say_charset(media_type))
        response.headers["Content-Location"] = self._locate(iri, form.name)
        return self._add_links(mark(response, self._edition, *shaped_by), iri)

    def _write_page(self, iri: str, types: set[str]) -> str:
        if self._ns.ontology + "Indicator" in types:
            return write_indicator_page(self._edition, iri, self._list_formats(iri))
        triples = descriptions.describe(self._edition, iri)
        writer = StatementWriter(self._ns, self._vocabulary.labels, triples)
        own = [triple for triple in triples if str(triple.subject) == f"<{iri}>"]
        naming, count = descriptions.read_naming(self._edition, iri)
        page = choose_page(types, self._ns)
        return render_template(
            page.template,
            **page.show(self._edition, iri),
            iri=iri,
            crumbs=self._list_above(iri),
            outward=not iri.startswith(self._ns.base) and iri.startswith(("http://", "https://")),
            name=writer.name(iri),
            types=[writer.link(each) for each in sorted(types)],
            statements=writer.write(own, descriptions.read_standing(self._edition, iri)),
            others=sum(str(triple.subject) != f"<{iri}>" for triple in triples),
            sources=self._list_sources(iri, writer) if page.has_sources else [],
            naming=[(each, self._link_subject(each, writer), writer.link(each.predicate)) for each in naming],
            count=count,
            most=descriptions.MOST_COUNTED,
            query=descriptions.NAMING.format(thing=f"<{iri}>"),
            formats=self._list_formats(iri),
        )

    def _list_sources(self, iri: str, writer: StatementWriter) -> list[tuple[descriptions.Passage, Link, Link | None]]:
        return [
            (each, writer.link(each.iri), writer.link(each.document) if each.document else None)
            for each in descriptions.read_sources(self._edition, iri)
        ]

    def _list_above(self, iri: str) -> list[tuple[str, str]]:
        """Return what a page is below: the plan of whatever a plan holds, by the short name that its IRI ends in."""
        plan, _, rest = iri.removeprefix(f"{self._ns.ids}plan/").partition("/")
        if not rest or not iri.startswith(f"{self._ns.ids}plan/{plan}/"):
            return []
        plans = ("Plans", url_for("plans.index"))
        return [plans, (plan, addresses.locate_thing(f"{self._ns.ids}plan/{plan}", self._ns))]

    def _list_formats(self, iri: str) -> dict[str, str]:
        return {form.name: self._locate(iri, form.name) for form in representations.FORMS.values()}

    def _link_subject(self, naming: descriptions.Naming, writer: StatementWriter) -> tuple[str, str]:
        iri = naming.subject.value
        return naming.label or writer.name(iri), addresses.locate_thing(iri, self._ns)

    def _refuse(self, iri: str | None) -> Response:
        if iri is None:
            return state_problem(404, "That address is not one that an IRI could have (RFC 3987).")
        start = self._ns.ids if iri.startswith(self._ns.ids) else ""
        near = descriptions.find_near(self._edition, iri, start) if start else []
        links = {each: addresses.locate_thing(each, self._ns) for each in near}
        if near and wants_page():
            names = name_things(self._edition, near)
            offered = {"words": read_words(), "search_address": locate_search()}
            page = render_template("thing_missing.html", iri=iri, near=links, names=names, **offered)
            response = Response(page, 404, mimetype="text/html")
            response.headers["Cache-Control"] = "no-store"
            response.vary.add("Accept")
            return response
        return state_problem(404, f"The graph says nothing of {iri}", nearest=near)

    def _add_links(self, response: Response, iri: str) -> Response:
        return representations.add_links(response, addresses.write_uri(iri), lambda form: self._locate(iri, form))

    def _locate(self, iri: str, form: str | None) -> str:
        return addresses.locate_document(iri, self._ns, form)


def _ends(iri: str, form: str) -> bool:
    return iri.endswith(f".{form}") and not iri.endswith(f"/.{form}")
