"""What is wrong with a query's text. In: the text and the engine's complaint. Out: an error for its author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cyppgraph.sparql import find_keywords, find_undeclared_prefixes, locate
from cyppgraph.store.refusals import QuerySyntaxError

_COMPLAINT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")


def explain_syntax(query: str, complaint: str, prefixes: Iterable[str]) -> QuerySyntaxError:
    """Turn a complaint of Oxigraph's parser into an error that names the place and, where it can, the cause.

    Args:
        query: the text that was not taken.
        complaint: "error at LINE:COLUMN: expected …".
        prefixes: those that a query need not declare.
    """
    undeclared = find_undeclared_prefixes(query, prefixes)
    if undeclared:
        name = undeclared[0].text.partition(":")[0]
        message = f"the prefix {name!r} is not declared. Add PREFIX {name}: <…> at the top."
        return QuerySyntaxError(message, *locate(query, undeclared[0].start))
    match = _COMPLAINT.fullmatch(complaint)
    if match is None:
        return QuerySyntaxError(f"this is not a SPARQL query: {complaint}")
    line, column = int(match[1]), int(match[2])
    if any(find_keywords(query, word) for word in _UPDATES):
        return QuerySyntaxError(
            "this is not a query; updates are not taken: the graph is built from files", line, column
        )
    rest = "\n".join(query.split("\n")[line - 1 :])[column - 1 :].split()
    found = f"found {rest[0][:30]!r}" if rest else "it ends too early" if query.strip() else "it is empty"
    return QuerySyntaxError(f"this is not a SPARQL query: {found}{_say_cause(match[3])}", line, column)


def _say_cause(expected: str) -> str:
    """Return the sentences of a complaint; the signs that it lists beside them lead astray more often than not."""
    sentences = [part.strip() for part in expected.split(", ") if re.fullmatch(r"[A-Za-z]\w* [\w ]+", part.strip())]
    return f" ({'; '.join(sentences)})" if sentences else ""
