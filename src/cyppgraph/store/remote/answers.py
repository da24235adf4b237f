"""What another server answered. In: an exchange whose head has come. Out: an answer as Oxigraph gives it, and a check.

Rows are asked for as JSON or XML, which have an end; triples as N-Triples, whose end only HTTP tells (RDF/XML has one,
but Virtuoso leaves out of it what XML cannot name). An answer is whole if HTTP says so, if it parses to its end, if its
last sign is the one that its format ends with, and if no header says that it is a part. Anything else is an error:
other servers send status 200 with half an answer when their time is up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store.answers import Answer
from cyppgraph.store.formats import AnswerKind
from cyppgraph.store.refusals import BusyError, LimitError, QueryFailedError, QuerySyntaxError, ServerFailedError
from cyppgraph.store.remote.exchange import Exchange

_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
ACCEPT = {
    AnswerKind.ROWS: _RESULTS,
    AnswerKind.TRUTH: _RESULTS,
    AnswerKind.TRIPLES: "application/n-triples, text/turtle;q=0.6, application/rdf+xml;q=0.4",
}
_TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ENDS = {
    ox.QueryResultsFormat.JSON: re.compile(rb"\}\s*\Z"),
    ox.QueryResultsFormat.XML: re.compile(rb"</(?:[\w.-]+:)?sparql\s*>\s*\Z"),
    ox.RdfFormat.RDF_XML: re.compile(rb"</(?:[\w.-]+:)?RDF\s*>\s*\Z|<(?:[\w.-]+:)?RDF[^<>]*/>\s*\Z"),
}
# Fuseki's word, which Turtle takes for a comment, and Comunica's.
_GIVEN_UP = re.compile(rb"(?:^|\n)\s*##[^\n]*\s*\Z|!TIMEDOUT!\s*\Z")
_LONGEST_ERROR = 4096
_LONGEST_TRUTH = 2**16
_ASK_COLUMN = "__ASK_RETVAL"


class ServerRefusedError(ServerFailedError):
    """A server says that it cannot.

    Args:
        message: what it says.
        status: of HTTP.
    """

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Received:
    """An answer on its way in; ``confirm(rows)``, called at its end, raises if it is not whole."""

    answer: Answer
    confirm: Callable[[int], None]


def refuse_errors(exchange: Exchange) -> None:
    """Raise what another server's status and headers say, unless they say that here is the whole answer.

    Raises:
        QuerySyntaxError, BusyError, ServerRefusedError, QueryFailedError: with the server's own words.
    """
    status, headers = exchange.response.status, exchange.response.headers
    state = headers.get("X-SQL-State", "")
    if status == 206 or state == "S1TAT":
        raise ServerFailedError(
            f"The server at {exchange.name} ran out of its own time and sent only a part of the answer, which is "
            "not passed on. Ask for less at a time."
        )
    if 200 <= status < 300 and (not state or state == "00000"):
        return
    words = _read_words(exchange)
    if status == 400:
        raise QuerySyntaxError(f"the server at {exchange.name} does not take it: {words}")
    if status in (429, 503):
        after = headers.get("Retry-After", "")
        raise BusyError(int(after) if after.isdecimal() else 10)
    raise ServerRefusedError(f"The server at {exchange.name} {_say_status(status, headers)}: {words}", status)


def _say_status(status: int, headers: Mapping[str, str]) -> str:
    match status:
        case 401 | 403:
            return f"lets us in only with other credentials (HTTP {status})"
        case 404:
            return "has nothing at this address (HTTP 404)"
        case 405:
            return "does not take such requests at this address (HTTP 405)"
        case status if 300 <= status < 400:
            return f"has moved; use its new address, {headers.get('Location', 'which it does not tell')}"
        case _:
            return f"failed (HTTP {status})"


def _read_words(exchange: Exchange) -> str:
    try:
        text = exchange.read_all(_LONGEST_ERROR).decode("utf-8", "replace")
    except QueryFailedError:
        text = ""
    if exchange.media_type in ("text/html", "application/xhtml+xml"):
        text = re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(style|script|head).*?</\1>", " ", text))
    return " ".join(text.split())[:500] or "(no message)"


def receive(exchange: Exchange, kind: AnswerKind, prefixes: Mapping[str, str]) -> Received:
    """Read the beginning of an answer.

    Args:
        exchange: a query's, sent.
        kind: what the query gives.
        prefixes: for Turtle.

    Raises:
        QuerySyntaxError, BusyError, QueryFailedError: there is no answer, or one of another kind.
    """
    refuse_errors(exchange)
    form = (_GRAPHS if kind is AnswerKind.TRIPLES else _TABLES).get(exchange.media_type)
    if form is None:
        raise ServerFailedError(
            f"The server at {exchange.name} sends {exchange.media_type or 'no media type'} where {kind} were asked "
            f"for as {ACCEPT[kind]}. Is this the address of its SPARQL endpoint? It says: {_read_words(exchange)}"
        )
    body = _Body(exchange, form)
    if kind is AnswerKind.TRUTH:
        return Received(Answer(_read_truth(body, form), prefixes), lambda _: None)
    if isinstance(form, ox.RdfFormat):
        if form not in _ENDS and not exchange.has_end:
            raise ServerFailedError(
                f"The server at {exchange.name} sends triples without telling where they end, so that a part "
                "could not be told from the whole."
            )
        return Received(Answer(_read_triples(body, form), prefixes), body.confirm)
    try:
        rows = ox.parse_query_results(body, form)  # type: ignore[arg-type]  # it has what parsers call
    except (SyntaxError, ValueError) as error:
        raise body.spoilt(error) from error
    if not isinstance(rows, ox.QuerySolutions):
        raise ServerFailedError(f"The server at {exchange.name} says yes or no where rows were asked for.")
    return Received(Answer(rows, prefixes), body.confirm)


def _read_triples(body: _Body, form: ox.RdfFormat) -> Iterator[ox.Triple]:
    for quad in ox.parse(body, form):  # type: ignore[arg-type]  # as above
        yield quad.triple


def _read_truth(body: _Body, form: object) -> ox.QueryBoolean:
    """Read a yes or no strictly, for the parser does not look at what follows it. Virtuoso sends a row or none."""
    text = body.read_whole(_LONGEST_TRUTH)
    try:
        if form is ox.QueryResultsFormat.JSON:
            json.loads(text)
        found = ox.parse_query_results(text, form)  # type: ignore[arg-type]  # one of _TABLES
        if isinstance(found, ox.QuerySolutions):
            if [variable.value for variable in found.variables] != [_ASK_COLUMN]:
                raise ValueError("rows where yes or no was asked for")
            values = [solution[0] for solution in found]
            is_true = any(isinstance(value, ox.Literal) and value.value in ("1", "true") for value in values)
            found = ox.parse_query_results(
                f'{{"head":{{}},"boolean":{str(is_true).lower()}}}'.encode(), ox.QueryResultsFormat.JSON
            )
    except (SyntaxError, ValueError) as error:
        raise body.spoilt(error) from error
    if not isinstance(found, ox.QueryBoolean):
        raise body.spoilt(ValueError("neither yes nor no"))
    return found


class _Body:
    """The body as a file that parsers read, which remembers its last bytes."""

    _REMEMBERED = 512

    def __init__(self, exchange: Exchange, form: ox.QueryResultsFormat | ox.RdfFormat) -> None:
        self._exchange, self._form = exchange, form
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        block = self._exchange.read(size)
        self._last = (self._last + block[-self._REMEMBERED :])[-self._REMEMBERED :]
        return block

    def read_whole(self, most: int) -> bytes:
        found = b""
        while block := self.read(most):
            found += block
            if len(found) > most:
                raise self.spoilt(ValueError("it is far too long for a yes or no"))
        self.confirm(0)
        return found

    def confirm(self, rows: int) -> None:
        """Read on to the end of the response, and judge it.

        Raises:
            QueryFailedError: it is not the end of such an answer.
            LimitError: the server has cut it at a number of rows.
        """
        while self.read(2**16):
            pass
        end = _ENDS.get(self._form)
        if _GIVEN_UP.search(self._last):
            raise self.spoilt(ValueError(f"its last words are {self._last[-80:].decode('utf-8', 'replace').strip()!r}"))
        if end is not None and not end.search(self._last):
            raise self.spoilt(ValueError("it breaks off before its end"))
        most = self._exchange.response.headers.get("X-SPARQL-MaxRows", "")  # Virtuoso's, on answers that it has cut
        if most.isdecimal() and rows >= int(most):
            raise LimitError("rows", int(most))
        self._exchange.finish()

    def spoilt(self, error: BaseException) -> QueryFailedError:
        """Return the error that says that this is no whole answer."""
        return QueryFailedError(f"The server at {self._exchange.name} sent no whole answer: {error}")
