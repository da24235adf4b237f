"""What is wrong with a query's text. In: the text and the engine's complaint. Out: an error for its author.

Oxigraph's parser names a place up to ten signs too far to the right, past the word that it tried last. The place is
found by cutting the query short instead: it is the first token that no query can go on with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from contextlib import suppress
from uuid import uuid4

import pyoxigraph as ox

from cyppgraph.sparql import Token, find_keywords, find_undeclared_prefixes, locate, read_tokens
from cyppgraph.store.refusals import QuerySyntaxError

_COMPLAINT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")
_ROOM = " " * 40
_LONGEST_SHOWN = 30


def check_syntax(query: str, prefixes: Mapping[str, str], base: str) -> None:
    """Raise if a text is no query; evaluate none of it.

    Args:
        query: any text without a SERVICE clause.
        prefixes: those that it need not declare.
        base: what its relative IRIs are read against.

    Raises:
        QuerySyntaxError: with the place.
    """
    try:
        _read_query(ox.Store(), query, dict(prefixes), base)
    except SyntaxError as error:
        raise explain_syntax(query, str(error.msg), prefixes) from error


def _read_query(engine: ox.Store, query: str, prefixes: dict[str, str], base: str | None = None) -> None:
    """Let Oxigraph read a query and stop before its first step: that it is given a variable it lacks is an error."""
    lacking: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
    lacking = {ox.Variable(f"lacking_{uuid4().hex}"): ox.Literal("")}
    with suppress(OSError, RuntimeError, ValueError):
        engine.query(query, base_iri=base, prefixes=prefixes, substitutions=lacking)


def explain_syntax(query: str, complaint: str, prefixes: Mapping[str, str]) -> QuerySyntaxError:
    """Turn a complaint of Oxigraph's parser into an error that names the place and, where it can, the cause.

    Args:
        query: the text that was not taken; it has no SERVICE clause.
        complaint: "error at LINE:COLUMN: expected …".
        prefixes: those that a query need not declare.
    """
    undeclared = find_undeclared_prefixes(query, prefixes)
    if undeclared:
        name = undeclared[0].text.partition(":")[0]
        message = f"the prefix {name!r} is not declared. Add PREFIX {name}: <…> at the top."
        return QuerySyntaxError(message, *locate(query, undeclared[0].start))
    updates = [token for word in _UPDATES for token in find_keywords(query, word)]
    if updates:
        first = min(updates, key=lambda token: token.start)
        message = "this is no query; updates are not taken: the graph is built from files"
        return QuerySyntaxError(message, *locate(query, first.start))
    token = _find_culprit(query, prefixes)
    place = locate(query, token.start if token else len(query.rstrip()))
    return QuerySyntaxError(f"this is not a SPARQL query: {_say_cause(query, token, complaint)}", *place)


def explain_update(update: str, complaint: str, prefixes: Mapping[str, str]) -> QuerySyntaxError:
    """Turn a complaint about an update into an error, as ``explain_syntax`` does; it has no SERVICE and no LOAD."""
    undeclared = find_undeclared_prefixes(update, prefixes)
    if undeclared:
        name = undeclared[0].text.partition(":")[0]
        message = f"the prefix {name!r} is not declared. Add PREFIX {name}: <…> at the top."
        return QuerySyntaxError(message, *locate(update, undeclared[0].start))
    token = _find_culprit(update, prefixes, ox.Store.update)
    place = locate(update, token.start if token else len(update.rstrip()))
    return QuerySyntaxError(f"this is not a SPARQL update: {_say_cause(update, token, complaint)}", *place)


def _find_culprit(query: str, prefixes: Mapping[str, str], run: Callable[..., object] = _read_query) -> Token | None:
    tokens = [token for token in read_tokens(query) if token.kind not in ("space", "comment")]
    index = bisect_left(tokens, True, key=lambda token: not _can_go_on(query[: token.end], prefixes, run))
    return tokens[index] if index < len(tokens) else None


def _can_go_on(start: str, prefixes: Mapping[str, str], run: Callable[..., object]) -> bool:
    """Tell whether a query may begin so: the parser is then content, or complains at the end of what it is given."""
    text = start + _ROOM
    try:
        run(ox.Store(), text, prefixes=dict(prefixes))
    except SyntaxError as error:
        match = _COMPLAINT.fullmatch(str(error.msg))
        return match is not None and (int(match[1]), int(match[2])) == locate(text, len(text))
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def _say_cause(query: str, token: Token | None, complaint: str) -> str:
    match = _COMPLAINT.fullmatch(complaint)
    parts = [part.strip() for part in match[3].split(", ")] if match else []
    # The signs and keywords that a complaint lists lead astray more often than not; its sentences do not.
    sentences = "; ".join(part for part in parts if re.fullmatch(r"[A-Za-z]\w* [\w ]+", part))
    if token is None:
        return sentences or ("it ends too early" if query.strip() else "it is empty")
    if token.kind == "broken" and token.text[0] in "\"'":
        return "the string that begins here does not end"
    shown = token.text if len(token.text) <= _LONGEST_SHOWN else token.text[:_LONGEST_SHOWN] + "…"
    return f"{shown!r} cannot stand here" + (f" ({sentences})" if sentences else "")
