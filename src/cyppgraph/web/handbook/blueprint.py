"""Where the pages about the data answer. In: a source, the saved questions, the limits, the rules. Out: a blueprint."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, Response, current_app, request

from cyppgraph.queries import Question
from cyppgraph.store import Edition, Limits, Source
from cyppgraph.web.display.sheets import send_csv
from cyppgraph.web.handbook.answering import Write, answer
from cyppgraph.web.handbook.dataset import read_dataset
from cyppgraph.web.handbook.downloads import lay_out_files, show_downloads
from cyppgraph.web.handbook.findings_page import send_counts, send_findings, show_findings
from cyppgraph.web.handbook.interface import show_interface
from cyppgraph.web.handbook.landing import show_landing
from cyppgraph.web.handbook.method import send_table, show_method
from cyppgraph.web.handbook.rules import RuleFiles
from cyppgraph.web.handbook.rules_page import (
    lay_out_checks,
    send_check,
    send_shapes,
    send_shapes_table,
    show_checks,
)


def make_handbook(
    source: Source, questions: Sequence[Question], limits: Limits, rules: RuleFiles | None = None
) -> Blueprint:
    """Return a blueprint with ``/data``, ``/findings``, ``/method``, ``/api``; with rules, ``/shapes`` and ``/checks``.

    Args:
        source: what is asked.
        questions: the saved questions, as examples.
        limits: what one query may take.
        rules: the shapes and checks; None if they are not served.
    """
    pages = Blueprint("data", __name__)
    pages.context_processor(lambda: {"endpoints": current_app.view_functions})

    def add(path: str, endpoint: str, write: Write) -> None:
        pages.add_url_rule(path, endpoint, partial(answer, source, write))

    add("/data", "index", show_landing)
    add("/data/downloads", "downloads", show_downloads)
    add("/data/downloads.csv", "downloads_csv", lambda edition: send_csv(lay_out_files(edition, read_dataset(edition))))
    add("/findings", "findings", show_findings)
    add("/findings.csv", "findings_csv", send_findings)
    add("/findings/counts.csv", "counts_csv", send_counts)
    add("/method", "method", show_method)
    pages.add_url_rule(
        "/method/<name>.csv", "method_csv", lambda name: answer(source, lambda edition: send_table(edition, name))
    )
    add("/api", "interface", lambda edition: show_interface(edition, questions, limits))
    if rules is not None:
        _add_rules(pages, source, rules)
    return pages


def _add_rules(pages: Blueprint, source: Source, files: RuleFiles) -> None:
    version = files.version

    @pages.route("/shapes")
    @pages.route("/shapes.<extension>")
    def shapes(extension: str | None = None) -> Response:
        def write(edition: Edition) -> Response | str:
            rules = files.below(edition.namespaces)
            if extension == "csv":
                return send_shapes_table(edition, rules)
            return send_shapes(edition, rules, extension)

        response = answer(source, write, version, request.headers.get("Accept", ""))
        response.vary.update(("Accept", "Accept-Encoding"))
        return response

    @pages.route("/checks")
    def checks() -> Response:
        return answer(source, lambda edition: show_checks(files.below(edition.namespaces)), version)

    @pages.route("/checks.csv")
    def checks_csv() -> Response:
        return answer(source, lambda edition: send_csv(lay_out_checks(files.below(edition.namespaces))), version)

    @pages.route("/checks/<name>.rq")
    def check(name: str) -> Response:
        return answer(source, lambda edition: send_check(files.below(edition.namespaces), name), version)
