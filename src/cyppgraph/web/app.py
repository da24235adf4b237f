"""The application. In: a source of data, the saved questions. Out: a WSGI application.

Every response says what a browser may load (our own style sheet and scripts, nothing else), and may be read by pages
of any site.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from cyppgraph.errors import CyppgraphError
from cyppgraph.queries import Question
from cyppgraph.store import Limits, Source
from cyppgraph.web import service_paths
from cyppgraph.web.asking.ask import make_ask
from cyppgraph.web.asking.questions import make_questions
from cyppgraph.web.comparison.blueprint import make_compare
from cyppgraph.web.display.days import say_day, say_moment
from cyppgraph.web.display.headings import write_heading, write_headings
from cyppgraph.web.display.missing import make_plan_list
from cyppgraph.web.display.navigation import list_places
from cyppgraph.web.display.vocabulary import VocabularyFiles
from cyppgraph.web.endpoint import paths as protocol_paths
from cyppgraph.web.endpoint.dumps import make_dumps
from cyppgraph.web.endpoint.graph_store import make_graph_store
from cyppgraph.web.endpoint.protocol import make_endpoint
from cyppgraph.web.endpoint.wellknown import make_wellknown
from cyppgraph.web.handbook import RuleFiles, make_handbook, paths
from cyppgraph.web.http.caching import read_version
from cyppgraph.web.http.compression import zip_response
from cyppgraph.web.http.problems import answer_error, answer_http_error
from cyppgraph.web.http.repeated import RepeatedAnswers
from cyppgraph.web.http.results import ResultCache
from cyppgraph.web.openapi import make_openapi
from cyppgraph.web.pages import make_pages
from cyppgraph.web.plans.plan_list import make_plans
from cyppgraph.web.reconciliation import Indexes, make_reconciliation
from cyppgraph.web.search import paths as search_paths
from cyppgraph.web.search.blueprint import make_search
from cyppgraph.web.things.blueprint import make_things

_LARGEST_REQUEST = 1_000_000
_LARGEST_CHANGE = 2**28
_DESCRIBERS = [each.describe_paths for each in (protocol_paths, search_paths, service_paths, paths)]
_SHARED = {each.__name__: each for each in (list_places, say_day, say_moment, write_heading, write_headings)}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": "Data-Version, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After",
}


def create_app(
    source: Source,
    questions: Sequence[Question] = (),
    limits: Limits | None = None,
    token: str | None = None,
    cache: ResultCache | None = None,
    indexes: Indexes | None = None,
    ontology: Path | None = None,
    rules: RuleFiles | None = None,
) -> Flask:
    """Make the application.

    Args:
        source: what is asked.
        questions: the saved questions that get a page each.
        limits: what one query may take.
        token: what a change of the data needs; None if none is taken.
        cache: where answers are kept; its size is 0 if none are.
        indexes: what names are matched with; its maker knows what short forms mean.
        ontology: the folder of the ontology; None if its terms and the things described are not served.
        rules: the shapes and checks; None if they are not served.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST if token is None else _LARGEST_CHANGE
    app.config["MAX_FORM_MEMORY_SIZE"] = None
    app.url_map.merge_slashes = False
    allowed, kept = limits or Limits(), cache or ResultCache()
    app.register_blueprint(make_endpoint(source, allowed, token, kept))
    app.register_blueprint(make_graph_store(source, allowed, token, kept))
    app.register_blueprint(make_pages(source, questions))
    app.register_blueprint(make_plans(source))
    vocabulary = None if ontology is None else VocabularyFiles(ontology)
    app.register_blueprint(make_questions(source, questions, allowed, kept, vocabulary))
    app.register_blueprint(make_ask(source, questions, allowed, vocabulary))
    app.register_blueprint(make_dumps(source))
    app.register_blueprint(make_handbook(source, questions, allowed, rules))
    app.register_blueprint(make_search(source, questions))
    app.register_blueprint(make_compare(source))
    if vocabulary is not None:
        app.register_blueprint(make_things(source, vocabulary))
        app.register_blueprint(make_wellknown(source))
    app.register_blueprint(make_reconciliation(source, indexes))
    app.register_blueprint(make_openapi(source, questions, _DESCRIBERS))
    app.jinja_env.globals.update(_SHARED, list_plans=make_plan_list(source))
    app.context_processor(lambda: {"data_version": read_version(source)})
    app.after_request(_add_headers)
    app.after_request(zip_response)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(CyppgraphError, answer_error)
    # as Flask documents it
    app.wsgi_app = RepeatedAnswers(app.wsgi_app, source)  # type: ignore[method-assign]
    return app


def _add_headers(response: Response) -> Response:
    said = {name.lower() for name, _ in response.headers}
    response.headers.extend([(name, value) for name, value in _HEADERS.items() if name.lower() not in said])
    return response
