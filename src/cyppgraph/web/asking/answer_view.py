"""What stands around an answer on a page. In: its table, its query, its files. Out: what its template shows.

The pages that show answers, those of saved questions and the one for any query, show them alike. How a table is
drawn and sorted is kept in fields of the page's address, which are no parameters of a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from cyppgraph.web.asking import plots
from cyppgraph.web.asking.answers import ResultTable
from cyppgraph.web.asking.plots import Plot
from cyppgraph.web.asking.snippets import Snippet, write_snippets

LONGEST_ADDRESS = 7_600
"""Of a page that holds a query. RFC 9110, 4.1 has all take 8,000 octets; some are left for how it is looked at."""
VIEW_FIELDS = (*plots.FIELDS, "sort")
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as a page shows it.

    Attributes:
        table: its rows.
        query: what was asked.
        files: for each format its media type and the address of the answer in it.
        page: the address of the page, without fields.
        fields: the fields that lead to this answer.
        plot: what may be drawn of it.
        snippets: the query as programs ask it.
        is_long: whether no address can hold the query, so that all that leads to its answer is posted.
    """

    table: ResultTable
    query: str
    files: Mapping[str, tuple[str, str]]
    page: str
    fields: Fields
    plot: Plot | None
    snippets: Sequence[Snippet]
    is_long: bool = False


def split_fields(fields: Fields, taken: Sequence[str] = ()) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return the fields of an address that say what is asked, and those that say how the answer is looked at.

    Args:
        fields: all of them.
        taken: names that have another meaning here: the parameters of a question.
    """
    of_view = [name for name in VIEW_FIELDS if name not in taken]
    asked = [(name, value) for name, value in fields if name not in of_view]
    return asked, {name: value for name, value in fields if name in of_view}


def view_answer(
    table: ResultTable,
    query: str,
    files: Mapping[str, tuple[str, str]],
    page: str,
    fields: Fields,
    view: Mapping[str, str],
    *,
    is_long: bool = False,
) -> AnswerView:
    """Return an answer as a page shows it.

    Args:
        table: its rows.
        query: what was asked.
        files: for each format its media type and the address of the answer in it.
        page: the address of the page, without fields.
        fields: the fields that lead to this answer.
        view: how it is looked at.
        is_long: whether the query is too long for an address.
    """
    snippets = write_snippets(url_for("sparql.answer", _external=True), query, table.kind, table.columns)
    return AnswerView(table, query, files, page, fields, plots.draw_table(table, view), snippets, is_long)
