"""A query as programs ask it. In: the address of the service, a query, what its answer is like. Out: code to copy.

Each is written for its language so that no sign of the query can end the text that it stands in. R is told which
columns are numbers and days, and takes all others as they are: left to guess, it makes 7 of the code "007", TRUE of the
word "T", and nothing of "NA".
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from cyppgraph.store import AnswerKind
from cyppgraph.web.display.tables import DAY, Column

_CURL = "curl --fail -H {accept} {service} --data-urlencode query@- <<'{end}'\n{query}{end}"
_PYTHON = """\
# pip install SPARQLWrapper
from SPARQLWrapper import {form}, {kind}, POST, SPARQLWrapper

endpoint = SPARQLWrapper({service}, returnFormat={form})
endpoint.setMethod(POST)
endpoint.setQuery({query})
endpoint.queryType = {kind}  # so that no word of a comment is taken for it
answer = endpoint.queryAndConvert()
{use}"""
_PYTHON_USES = {
    AnswerKind.ROWS: (
        "JSON",
        "SELECT",
        'for row in answer["results"]["bindings"]:\n    print({name: term["value"] for name, term in row.items()})',
    ),
    AnswerKind.TRUTH: ("JSON", "ASK", 'print(answer["boolean"])'),
    AnswerKind.TRIPLES: ("TURTLE", "CONSTRUCT", "print(answer.decode())"),
}
_R = """\
# install.packages({packages})
library(httr2)

query <- {query}
answer <- request({service}) |>
  req_headers(Accept = "{accept}") |>
  req_body_form(query = query) |>
  req_perform()
{use}"""
_R_USES = {
    AnswerKind.ROWS: (
        '"httr2"',
        "csv <- resp_body_string(answer)\n"
        'rows <- read.csv(text = csv, colClasses = "character", na.strings = "", check.names = FALSE)\n'
        "{typed}head(rows)",
    ),
    AnswerKind.TRUTH: ('c("httr2", "jsonlite")', "resp_body_json(answer, check_type = FALSE)$boolean"),
    AnswerKind.TRIPLES: ('"httr2"', "cat(resp_body_string(answer))"),
}
_ACCEPT = {
    AnswerKind.ROWS: "text/csv",
    AnswerKind.TRUTH: "application/sparql-results+json",
    AnswerKind.TRIPLES: "text/turtle",
}


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a language is called, in words and in a word for addresses, and the code."""

    title: str
    name: str
    code: str


def write_snippets(service: str, query: str, kind: AnswerKind, columns: Sequence[Column] = ()) -> tuple[Snippet, ...]:
    """Return a query as code.

    Args:
        service: the address of the SPARQL endpoint.
        query: the query.
        kind: what it gives.
        columns: of rows, with the kinds of value that stand in them.
    """
    text = query.strip() + "\n"
    return (
        Snippet("On the command line (curl)", "curl", _write_curl(service, text, kind)),
        Snippet("In Python (SPARQLWrapper)", "python", _write_python(service, text, kind)),
        Snippet("In R (httr2)", "r", _write_r(service, text, kind, columns)),
    )


def _write_curl(service: str, query: str, kind: AnswerKind) -> str:
    """Write it with a here-document (POSIX, 2.7.4), which may be longer than an argument and needs no escapes."""
    accept, end = shlex.quote(f"Accept: {_ACCEPT[kind]}"), "SPARQL"
    while end in query.split("\n"):
        end += "_"
    return _CURL.format(accept=accept, service=shlex.quote(service), query=query, end=end)


def _write_python(service: str, query: str, kind: AnswerKind) -> str:
    form, word, use = _PYTHON_USES[kind]
    # a backslash begins an escape, and three quotes would end the string
    quoted = '"""\n' + query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') + '"""'
    return _PYTHON.format(form=form, kind=word, service=repr(service), query=quoted, use=use)


def _write_r(service: str, query: str, kind: AnswerKind, columns: Sequence[Column]) -> str:
    """Write it with a raw string (R 4.0), whose dashes are one more than any that stand in the query after ``)``."""
    most = max((len(found) for found in re.findall(r"\)(-*)\"", query)), default=-1)
    dashes = "-" * (most + 1)
    quoted = f'r"{dashes}(\n{query}){dashes}"'
    service = '"' + service.replace("\\", "\\\\").replace('"', '\\"') + '"'
    packages, use = _R_USES[kind]
    use = use.format(typed="".join(_write_type(column) for column in columns))
    return _R.format(packages=packages, query=quoted, service=service, accept=_ACCEPT[kind], use=use)


def _write_type(column: Column) -> str:
    """Return a line of R that makes numbers or days of a column; nothing for any other."""
    of_rows = f'rows[["{column.name}"]]'  # the name of a variable has no sign that could end it (SPARQL 1.1, 19.8)
    if column.is_number:
        return f"{of_rows} <- as.numeric({of_rows})\n"
    return f'{of_rows} <- as.Date({of_rows}, "%Y-%m-%d")\n' if column.kinds == (DAY,) else ""
