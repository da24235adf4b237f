"""What first readers would wait for, read before they come. In: a source. Out: nothing; what is kept of it is filled.

A new version of the data is noticed by the first request for it. Then, beside the answers and not before them, what its
pages want is read: what all of them share, then plan by plan. Of more plans than are kept, none is read ahead: each
would push out another.
"""

from __future__ import annotations

from threading import Lock, Thread

from flask import Flask

from cyppgraph.store import Edition, Source
from cyppgraph.web.asking.words import read_words
from cyppgraph.web.comparison.later_plans import read_succession
from cyppgraph.web.comparison.reading import KINDS, read_counts, read_headings, read_plans
from cyppgraph.web.comparison.sheets import find_successions
from cyppgraph.web.display.overview import read_overview
from cyppgraph.web.display.vocabulary import VocabularyFiles
from cyppgraph.web.plans.plan_page import read_glance
from cyppgraph.web.plans.reading import MOST_KEPT, read_plan

THREAD = "reading ahead"


def add_warming(app: Flask, source: Source, vocabulary: VocabularyFiles) -> None:
    """Have each version read ahead when its first request comes.

    Args:
        app: whose requests tell of a new version.
        source: what is read.
        vocabulary: our terms, which the editor of queries offers.
    """
    seen: set[str | None] = {None}  # data without a version are not kept
    lock = Lock()

    @app.before_request
    def notice() -> None:
        edition = source.edition()
        with lock:
            if edition.version in seen:
                return
            seen.clear()
            seen.update((None, edition.version))
        Thread(target=_read_quietly, args=(edition, vocabulary), name=THREAD, daemon=True).start()


def read_ahead(edition: Edition, vocabulary: VocabularyFiles) -> None:
    """Read what the pages of a version share, and its plans if there are not more than are kept.

    Raises:
        CyppgraphError: as ``Edition.query``.
    """
    read_overview(edition)
    plans = read_plans(edition)
    if len(plans) <= MOST_KEPT:
        _read_plans(edition, [plan.iri for plan in plans])
        for earlier, later in find_successions(plans):
            read_succession(edition, earlier, later)
    for kind in KINDS.values():
        read_headings(edition, kind)
        read_counts(edition, kind)
    read_words(edition, vocabulary.below(edition.namespaces))


def _read_plans(edition: Edition, plans: list[str]) -> None:
    for plan in plans:
        read_glance(edition, plan)
        reading = read_plan(edition, plan)
        if reading is not None:
            _ = reading.actions, reading.figures, reading.findings


def _read_quietly(edition: Edition, vocabulary: VocabularyFiles) -> None:
    # What cannot be read ahead, in a service that closes or is busy, is read when it is asked for.
    try:
        read_ahead(edition, vocabulary)
    except Exception:  # nobody waits for it
        return
