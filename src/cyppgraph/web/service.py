"""The whole service. In: settings. Out: data put where they are served from, a source, an application to be served."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from cyppgraph.linking import read_glossary
from cyppgraph.namespaces import Namespaces
from cyppgraph.publication import describe_examples
from cyppgraph.queries import read_questions
from cyppgraph.resources import Resources, find_resources
from cyppgraph.settings import Settings, read_token
from cyppgraph.store import EmbeddedSource, Snapshot, Source, list_files, make_snapshot
from cyppgraph.web.app import create_app
from cyppgraph.web.display.vocabulary import VocabularyFiles
from cyppgraph.web.handbook import RuleFiles
from cyppgraph.web.http.observed import ObservedSource
from cyppgraph.web.http.operations import add_operations, read_limits
from cyppgraph.web.reconciliation import Indexes
from cyppgraph.web.warming import add_warming


def load_data(settings: Settings) -> Snapshot:
    """Make a version to serve out of the built graph and the statistics loaded with it, or of a folder of Turtle.

    Raises:
        CyppgraphError: there is nothing to load, or it is not Turtle; what was served still is.
    """
    resources, names = find_resources(settings.root), Namespaces(settings.base)
    also = None if settings.data else resources.figures
    files = list_files(settings.data or resources.turtle, names, also)
    questions = read_questions(resources.queries / "questions", names.base)
    examples = {names.examples: describe_examples(questions, names)}
    return make_snapshot(_find_snapshots(settings, resources), files, names, examples)


def open_source(settings: Settings) -> Source:
    """Open what was loaded last, or another server, to be closed in the end.

    Raises:
        CyppgraphError: nothing is there to serve.
    """
    if settings.store_url is not None:
        from cyppgraph.store.remote import open_remote  # the client for HTTP is imported by those alone who call out

        return open_remote(
            settings.store_url,
            settings.store_update_url,
            settings.store_graph_url,
            Namespaces(settings.base),
            union=settings.store_union,
        )
    snapshots = _find_snapshots(settings, find_resources(settings.root))
    return EmbeddedSource(snapshots, places=settings.workers, queue=settings.queue, limits=read_limits(settings))


def make_service(settings: Settings, source: Source) -> Flask:
    """Make the application that is run in public.

    Raises:
        CyppgraphError: the token, a question or the access log cannot be used.
    """
    resources, base = find_resources(settings.root), source.edition().namespaces.base
    questions = read_questions(resources.queries / "questions", base)
    indexes = Indexes(read_glossary(resources.glossary))
    app = create_app(
        ObservedSource(source),
        questions,
        read_limits(settings),
        read_token(settings),
        indexes=indexes,
        ontology=resources.ontology,
        rules=RuleFiles(resources.shapes, resources.queries / "checks"),
    )
    add_operations(app, source, settings)
    add_warming(app, source, VocabularyFiles(resources.ontology))
    return app


def _find_snapshots(settings: Settings, resources: Resources) -> Path:
    return settings.snapshots or resources.snapshots
