"""An answer to a query. In: what Oxigraph gives. Out: rows to walk, or bytes in a format.

An answer is worked out while it is read, once. Refuses a format that cannot hold it, and turns what goes wrong on the
way into a ``QueryFailedError``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store.formats import AnswerKind, ResultFormat, choose_prefixes, formats_for
from cyppgraph.store.refusals import QueryFailedError, QueryRefusedError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Raw = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives; ``prefixes`` are those that Turtle is written with."""

    raw: _Raw
    prefixes: Mapping[str, str]

    @property
    def kind(self) -> AnswerKind:
        """Whether these are rows, a yes or no, or triples."""
        if isinstance(self.raw, ox.QuerySolutions):
            return AnswerKind.ROWS
        return AnswerKind.TRUTH if isinstance(self.raw, ox.QueryBoolean) else AnswerKind.TRIPLES

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of rows, in order; none for other answers."""
        return (
            tuple(variable.value for variable in self.raw.variables) if isinstance(self.raw, ox.QuerySolutions) else ()
        )

    def is_true(self) -> bool:
        """Return the answer to an ASK query; False for other answers."""
        return isinstance(self.raw, ox.QueryBoolean) and bool(self.raw)

    def read_rows(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows in order, None for what is unbound.

        Raises:
            QueryFailedError: the query could not be answered to its end.
        """
        if isinstance(self.raw, ox.QuerySolutions):
            try:
                for solution in self.raw:
                    yield tuple(solution)
            except (OSError, RuntimeError, ValueError) as error:
                raise QueryFailedError(f"The query could not be answered to its end: {error}") from error

    def serialise(self, form: ResultFormat) -> bytes:
        """Write the whole answer in a format.

        Raises:
            QueryRefusedError: the format cannot hold an answer of this kind.
            QueryFailedError: the query could not be answered to its end.
        """
        if self.kind not in form.kinds:
            names = ", ".join(each.name for each in formats_for(self.kind))
            raise QueryRefusedError(f"{form.name} cannot hold {self.kind}; choose one of {names}.")
        try:
            if not isinstance(self.raw, ox.QuerySolutions | ox.QueryBoolean):
                triples = list(self.raw)
                used = choose_prefixes(triples, form, self.prefixes)
                return ox.serialize(triples, format=form.engine, prefixes=used) or b""  # type: ignore[arg-type]
            return self.raw.serialize(format=form.engine) or b""  # type: ignore[arg-type]  # they match: checked above
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryFailedError(f"The query could not be answered to its end: {error}") from error
