"""An answer on its way out. In: an Oxigraph store, a query. Out: its head, then its bytes, block by block.

Refuses what ``GraphStore`` refuses, formats that the client does not take, and to go on past a limit of rows or bytes.
Time and memory are for those who can end this process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

import pyoxigraph as ox

from cyppgraph.store.answers import Answer
from cyppgraph.store.counting import make_counter
from cyppgraph.store.embedded import GraphStore
from cyppgraph.store.engine import Limits, Query
from cyppgraph.store.formats import AnswerKind, ResultFormat, choose_prefixes, formats_for
from cyppgraph.store.refusals import LimitError, NotAcceptableError, QueryFailedError
from cyppgraph.store.xml import FORMATS_IN_XML, escape, has_named_property

_LOOKED_AT_FOR_PREFIXES = 10_000
_BLOCK = 2**15


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its first byte: its kind, format and columns."""

    kind: AnswerKind
    form: ResultFormat
    columns: tuple[str, ...]


def respond(store: GraphStore, query: Query, on_head: Callable[[Head], None], on_block: Callable[[bytes], None]) -> int:
    """Answer a query.

    Args:
        store: what is asked.
        query: the query, its formats and its limits of rows and size.
        on_head: is told first what is to come.
        on_block: is then given the answer, piece by piece.

    Returns:
        How many rows or triples the answer had.

    Raises:
        CyppgraphError: as for ``GraphStore.query``; also ``NotAcceptableError`` and ``LimitError``.
    """
    return send_answer(store.query(query.text, query.default_graphs, query.named_graphs), query, on_head, on_block)


def send_answer(
    answer: Answer,
    query: Query,
    on_head: Callable[[Head], None],
    on_block: Callable[[bytes], None],
    confirm: Callable[[int], None] = lambda _: None,
) -> int:
    """Write an answer; as ``respond``.

    Args:
        answer: what an engine gives.
        query: its formats and its limits of rows and size.
        on_head: is told first what is to come.
        on_block: is then given the answer, piece by piece.
        confirm: is told the number of rows before the last piece is given, and raises if the answer is not whole.
    """
    form = query.formats.get(answer.kind)
    if form is None or answer.kind not in form.kinds:
        raise NotAcceptableError(answer.kind, [each.media_type for each in formats_for(answer.kind)])
    on_head(Head(answer.kind, form, answer.columns))
    out = _Blocks(on_block, query.limits, form)
    try:
        if answer.kind is AnswerKind.TRIPLES:
            triples = _Counted(answer.raw, query.limits, form)  # type: ignore[arg-type]  # triples, as the kind says
            _write_triples(triples, form, answer.prefixes, out)
            rows = triples.count
        else:
            _write_results(answer, form, out)
            rows = out.rows
        confirm(rows)
        out.close()
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise QueryFailedError(f"The query could not be answered to its end: {error}") from error
    return rows


def _write_results(answer: Answer, form: ResultFormat, out: _Blocks) -> None:
    answer.raw.serialize(out, format=form.engine)  # type: ignore[arg-type, union-attr]  # as above


def _write_triples(triples: Iterator[ox.Triple], form: ResultFormat, prefixes: Mapping[str, str], out: _Blocks) -> None:
    first = list(islice(triples, _LOOKED_AT_FOR_PREFIXES))
    used = choose_prefixes(first, form, prefixes)
    ox.serialize(chain(first, triples), out, format=form.engine, prefixes=used)  # type: ignore[arg-type]  # as above


class _Counted:
    """Triples, counted as they pass."""

    def __init__(self, triples: Iterator[ox.Triple], limits: Limits, form: ResultFormat) -> None:
        self.count = 0
        self._must_be_named = form.name == "rdf"
        self._triples = triples
        self._most = limits.rows

    def __iter__(self) -> Iterator[ox.Triple]:
        return self

    def __next__(self) -> ox.Triple:
        triple = next(self._triples)
        self.count += 1
        if self.count > self._most:
            raise LimitError("rows", self._most)
        if self._must_be_named and not has_named_property(triple):
            raise _refuse_xml(AnswerKind.TRIPLES, f"the property {triple.predicate}, which does not end in a name")
        return triple


def _refuse_xml(kind: AnswerKind, what: str) -> NotAcceptableError:
    offered = [form.media_type for form in formats_for(kind) if form.name not in FORMATS_IN_XML]
    return NotAcceptableError(f"{kind} with {what}: XML cannot hold that. It can be", offered)


class _Blocks:
    """A file that the engine writes to: gathers, counts, and passes on."""

    def __init__(self, on_block: Callable[[bytes], None], limits: Limits, form: ResultFormat) -> None:
        self.rows = 0
        self._size = 0
        self._pending: list[bytes] = []
        self._waiting = 0
        self._limits = limits
        self._on_block = on_block
        self._is_xml = form.name in FORMATS_IN_XML
        self._count = make_counter(form.name) if AnswerKind.ROWS in form.kinds else None

    def write(self, block: bytes) -> int:
        taken = len(block)
        if self._is_xml:
            escaped = escape(block)
            if escaped is None:
                kind = AnswerKind.TRIPLES if self._count is None else AnswerKind.ROWS
                raise _refuse_xml(kind, "a control character")
            block = escaped
        self._size += len(block)
        if self._count is not None:
            self.rows += self._count(block)
            if self.rows > self._limits.rows:
                raise LimitError("rows", self._limits.rows)
        if self._size > self._limits.size:
            raise LimitError("size", self._limits.size)
        self._pending.append(bytes(block))
        self._waiting += len(block)
        if self._waiting >= _BLOCK:
            self.flush()
        return taken

    def flush(self) -> None:
        if self._pending:
            block = b"".join(self._pending)
            self._pending, self._waiting = [], 0
            self._on_block(block)

    def close(self) -> None:
        self.flush()
