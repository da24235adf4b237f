"""Rows of a query as plain texts. In: a store, a query with our prefixes. Out: texts, empty where nothing is bound."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph

from cyppgraph.namespaces import DEFAULT_BASE, EXTERNAL_PREFIXES, Namespaces


def ask_rows(
    store: pyoxigraph.Store, query: str, names: Namespaces, *, rebase: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a query over all graphs together.

    Args:
        store: the graphs.
        query: a SELECT.
        names: where our terms and data live.
        rebase: whether to give IRIs of ours below the default base, as they stand in files of decisions.
    """
    prefixes = {**EXTERNAL_PREFIXES, "cypp": names.ontology}
    found = store.query(query, prefixes=prefixes, use_default_graph_as_union=True)
    moved = names.base if rebase and names.base != DEFAULT_BASE else None
    if isinstance(found, pyoxigraph.QuerySolutions):
        for row in found:
            yield tuple(_text(value, moved) for value in tuple(row))


def _text(value: object, moved: str | None) -> str:
    text = "" if value is None else str(getattr(value, "value", value))
    if moved and isinstance(value, pyoxigraph.NamedNode) and text.startswith(moved):
        return DEFAULT_BASE + text[len(moved) :]
    return text
