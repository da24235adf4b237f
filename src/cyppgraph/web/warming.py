"""What first readers would wait for, read before they come. In: a source. Out: nothing; what is kept of it is filled.

A new version of the data is noticed by the first request for it. Then, beside the answers and not before them, its
plans are read as their pages want them. Of more plans than are kept, none is read ahead: each would push out another.
"""

from __future__ import annotations

from threading import Lock, Thread

from flask import Flask

from cyppgraph.store import Edition, Source
from cyppgraph.web.comparison.later_plans import read_succession
from cyppgraph.web.comparison.reading import read_plans
from cyppgraph.web.comparison.sheets import find_successions
from cyppgraph.web.plans.plan_page import read_glance
from cyppgraph.web.plans.reading import MOST_KEPT, read_plan


def add_warming(app: Flask, source: Source) -> None:
    """Have each version read ahead when its first request comes.

    Args:
        app: whose requests tell of a new version.
        source: what is read.
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
        Thread(target=_read_quietly, args=(edition,), name="reading ahead", daemon=True).start()


def read_ahead(edition: Edition) -> None:
    """Read the plans and what later ones took up again, if there are not more plans than are kept.

    Raises:
        CyppgraphError: as ``Edition.query``.
    """
    plans = read_plans(edition)
    if len(plans) > MOST_KEPT:
        return
    for plan in plans:
        read_glance(edition, plan.iri)
        reading = read_plan(edition, plan.iri)
        if reading is not None:
            _ = reading.actions, reading.figures, reading.findings
    for earlier, later in find_successions(plans):
        read_succession(edition, earlier, later)


def _read_quietly(edition: Edition) -> None:
    # What cannot be read ahead, in a service that closes or is busy, is read when it is asked for.
    try:
        read_ahead(edition)
    except Exception:  # nobody waits for it
        return
