"""A query as programs ask it. In: the address of the service, a query, the kind of its answer. Out: code to copy.

Each is written for its language so that no sign of the query can end the text that it stands in.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from cyppgraph.store import AnswerKind

_CURL = "curl --fail -H {accept} {service} --data-urlencode {query}"
_PYTHON = """\
# pip install SPARQLWrapper
from SPARQLWrapper import {form}, POST, SPARQLWrapper

endpoint = SPARQLWrapper({service}, returnFormat={form})
endpoint.setMethod(POST)
endpoint.setQuery({query})
answer = endpoint.queryAndConvert()
{use}"""
_PYTHON_USES = {
    AnswerKind.ROWS: (
        "JSON",
        'for row in answer["results"]["bindings"]:\n    print({name: term["value"] for name, term in row.items()})',
    ),
    AnswerKind.TRUTH: ("JSON", 'print(answer["boolean"])'),
    AnswerKind.TRIPLES: ("TURTLE", "print(answer.decode())"),
}
_R = """\
# install.packages("httr2")
library(httr2)

query <- {query}
answer <- request({service}) |>
  req_headers(Accept = "{accept}") |>
  req_body_form(query = query) |>
  req_perform()
{use}"""
_R_USES = {
    AnswerKind.ROWS: "rows <- read.csv(text = resp_body_string(answer), check.names = FALSE)\nhead(rows)",
    AnswerKind.TRUTH: "resp_body_json(answer, check_type = FALSE)$boolean",
    AnswerKind.TRIPLES: "cat(resp_body_string(answer))",
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


def write_snippets(service: str, query: str, kind: AnswerKind) -> tuple[Snippet, ...]:
    """Return a query as code.

    Args:
        service: the address of the SPARQL endpoint.
        query: the query.
        kind: what it gives.
    """
    writers: tuple[tuple[str, str, Callable[[str, str, AnswerKind], str]], ...] = (
        ("On the command line (curl)", "curl", _write_curl),
        ("In Python (SPARQLWrapper)", "python", _write_python),
        ("In R (httr2)", "r", _write_r),
    )
    text = query.strip() + "\n"
    return tuple(Snippet(title, name, write(service, text, kind)) for title, name, write in writers)


def _write_curl(service: str, query: str, kind: AnswerKind) -> str:
    accept = shlex.quote(f"Accept: {_ACCEPT[kind]}")
    return _CURL.format(accept=accept, service=shlex.quote(service), query=shlex.quote(f"query={query}"))


def _write_python(service: str, query: str, kind: AnswerKind) -> str:
    form, use = _PYTHON_USES[kind]
    # a backslash begins an escape, and three quotes would end the string
    quoted = '"""\n' + query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') + '"""'
    return _PYTHON.format(form=form, service=repr(service), query=quoted, use=use)


def _write_r(service: str, query: str, kind: AnswerKind) -> str:
    """Write it with a raw string (R 4.0), whose dashes are one more than any that stand in the query after ``)``."""
    most = max((len(found) for found in re.findall(r"\)(-*)\"", query)), default=-1)
    dashes = "-" * (most + 1)
    quoted = f'r"{dashes}(\n{query}){dashes}"'
    service = '"' + service.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _R.format(query=quoted, service=service, accept=_ACCEPT[kind], use=_R_USES[kind])
