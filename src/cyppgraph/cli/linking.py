"""Commands for links: candidates ranked, pairs decided on, decisions turned into graphs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import announce_if_slow, root_option, say
from cyppgraph.resources import find_resources

if TYPE_CHECKING:
    from cyppgraph.linking import Link
    from cyppgraph.linking.ranking import Candidate
    from cyppgraph.linking.review import Choice
    from cyppgraph.pipeline.curation import Curation
    from cyppgraph.pipeline.linking import Ranked

_KINDS = ("indicators", "local-indicators", "every-child-matters", "topics")  # repeated: the room takes time to load
_COLUMNS = (
    "plan",
    "line",
    "subject",
    "words",
    "rank",
    "object",
    "code",
    "name",
    "score",
    "margin",
    "shared",
    "decided",
)


def _kind_option(command: click.decorators.FC) -> click.decorators.FC:
    text = "What is linked to what: texts to indicators, local indicators to national ones, and so on."
    kinds = click.Choice(_KINDS)
    return click.option("--kind", type=kinds, default="indicators", show_default=True, help=text)(command)


def _plan_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option("--plan", metavar="ID", help="One plan, such as croydon-2013; else all of them.")(command)


@click.group()
def link() -> None:
    """Link what plans say to indicators, topics and outcomes.

    A program ranks candidates; a person reads both texts and decides; what is decided becomes a graph. Decisions stand
    in data/links/*.sssom.tsv (SSSOM), one row a pair, rejected pairs too.

    \b
    Examples:
      cyppgraph link propose --plan thurrock-2012
      cyppgraph link review --author "A. Reader"
      cyppgraph link apply
    """


@link.command()
@_kind_option
@_plan_option
@click.option("--top", type=click.IntRange(1, 100), default=3, show_default=True, help="Candidates for each text.")
@click.option("--undecided", is_flag=True, help="Only texts on which nobody has decided yet.")
@click.option("--format", "form", type=click.Choice(["text", "tsv"]), default="text", show_default=True)
@root_option
def propose(kind: str, plan: str | None, top: int, undecided: bool, form: str, root: Path | None) -> int:
    """Rank what each text may concern.

    Needs the built graph (cyppgraph build). Every candidate comes with its score, how far it is ahead of the next, and
    the words that it shares with the text. Nothing is asserted by it.

    \b
    Examples:
      cyppgraph link propose --undecided
      cyppgraph link propose --kind topics --format tsv > topics.tsv
    """
    with announce_if_slow("Ranking"):
        from cyppgraph.pipeline.curation import Curation

        ranked = Curation(find_resources(root)).ranked(kind, plan, top)
        shown = [one for one in ranked if one.candidates and not (undecided and one.decided)]
    if form == "tsv":
        _write_table(shown)
    else:
        for one in shown:
            click.echo(_describe(one))
    return 0


def _describe(ranked: Ranked) -> str:
    text = ranked.text
    place = f"{text.plan or 'catalogue'}{f':{text.line}' if text.line else ''} {text.kind}"
    told = [f"{place}: {text.words}"]
    for candidate in ranked.candidates:
        mark = _decided(ranked, candidate) or " "
        told.append(f"  {candidate.rank}. {candidate.score:.2f} {mark:<9} {candidate.entry.name} [{candidate.reason}]")
    return "\n".join(told)


def _decided(ranked: Ranked, candidate: Candidate) -> str:
    return next((str(link.status) for link in ranked.decided if link.object == candidate.entry.iri), "")


def _write_table(shown: list[Ranked]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in shown:
        for c in one.candidates:
            text, entry = one.text, c.entry
            row = (text.plan, text.line or "", text.iri, text.words, c.rank, entry.iri, entry.code, entry.label)
            writer.writerow((*row, f"{c.score:.2f}", f"{c.margin:.2f}", ", ".join(c.words), _decided(one, c)))
    sys.stdout.write(out.getvalue())


@link.command()
@_kind_option
@_plan_option
@click.option("--author", required=True, metavar="NAME", help="Who decides; it is published with each decision.")
@click.option("--all", "every", is_flag=True, help="Also pairs that are little alike.")
@root_option
def review(kind: str, plan: str | None, author: str, every: bool, root: Path | None) -> int:
    """Decide on candidates, one after the other.

    Shows a text with its line in the document beside what it may concern. Each answer is written at once, so that you
    can stop at any time and go on later with the same command. Run `cyppgraph link apply` afterwards.

    \b
    Examples:
      cyppgraph link review --author "A. Reader"
      cyppgraph link review --kind topics --plan croydon-2021 --author "A. Reader"
    """
    if not author.strip():
        raise click.BadParameter("the name of who decides is empty", param_hint="--author")
    with announce_if_slow("Ranking"):
        from cyppgraph.linking import LINK_KINDS
        from cyppgraph.linking.review import choices
        from cyppgraph.pipeline.curation import Curation

        curation = Curation(find_resources(root))
        waiting = list(_undecided(curation, kind, plan, every))
    answers = choices(LINK_KINDS[kind])
    decided = 0
    for number, (ranked, candidate) in enumerate(waiting, start=1):
        try:
            link = _ask(curation, ranked, candidate, answers, author, f"{number} of {len(waiting)}")
        except (click.Abort, KeyboardInterrupt):
            say("")
            break
        if link is not None:
            curation.keep(link)
            decided += 1
    say(f"{decided} decided, {len(waiting) - decided} left. `cyppgraph link apply` publishes what is decided.")
    return 0


def _undecided(curation: Curation, kind: str, plan: str | None, every: bool) -> Iterator[tuple[Ranked, Candidate]]:
    from cyppgraph.pipeline.linking import reaches_bar

    for ranked in curation.ranked(kind, plan, 3):
        if ranked.is_coded:
            continue
        known = {link.object for link in ranked.decided}
        linked = any(link.status == "accepted" for link in ranked.decided)
        for candidate in ranked.candidates:
            wanted = every or (reaches_bar(kind, candidate) and not linked)
            if wanted and candidate.entry.iri not in known:
                yield ranked, candidate


def _ask(
    curation: Curation, ranked: Ranked, candidate: Candidate, answers: list[Choice], author: str, place: str
) -> Link | None:
    """Put a pair before a person; None where it is left for later."""
    from cyppgraph.linking.review import decide, describe_pair

    lines = curation.lines(ranked.text.plan) if ranked.text.plan else ()
    click.echo(describe_pair(ranked.text, candidate, lines, place))
    for answer in answers:
        click.echo(f"   [{answer.key}] {answer.meaning}")
    keys = [answer.key for answer in answers]
    key = click.prompt("   [s] later, [q] stop", type=click.Choice([*keys, "s", "q"]), show_choices=False)
    if key == "q":
        raise click.Abort
    if key == "s":
        return None
    confidence = click.prompt("   how sure (0 to 1)", default="0.9", value_proc=_read_confidence)
    comment = click.prompt("   why (a few words)", default="", show_default=False)
    comment = comment.encode("utf-8", "replace").decode()  # what a terminal sends may be no text
    chosen = answers[keys.index(key)]
    day = date.today().isoformat()
    return decide(ranked.kind, ranked.text, candidate, chosen, confidence, author, day, comment)


def _read_confidence(text: str) -> float:
    from cyppgraph.linking.sssom import read_confidence

    try:
        return read_confidence(text)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


@link.command()
@root_option
def apply(root: Path | None) -> int:
    """Turn decisions into the graph of links.

    Reads data/links/*.sssom.tsv, holds each row against the built graph, and writes links.ttl (what was decided) and
    proposals.ttl (what nobody decided on). Exit 1: rows whose text is not in the graph any more, or reads otherwise.

    \b
    Examples:
      cyppgraph link apply
    """
    with announce_if_slow("Applying"):
        from cyppgraph.pipeline.curation import Curation

        findings, files = Curation(find_resources(root)).apply()
    for finding in islice(findings, 1000):
        click.echo(str(finding))
    click.echo(f"wrote {', '.join(files)}; {len(findings)} rows need a look")
    return int(bool(findings))
