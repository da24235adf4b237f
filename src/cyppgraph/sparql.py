"""The words of a SPARQL query. In: a query's text. Out: its tokens, and where it would call another server or load.

Strings, IRIs and comments are told from keywords as SPARQL 1.1 (section 19.8) does. Three things are read with more
care than the grammar asks, because engines differ or back-track there: ``<``, which begins an IRI or compares values;
three quotes, which begin a long string or an empty one; and ``\\uXXXX``, which the standard replaces first of all and
Oxigraph only within strings and IRIs. Refuses nothing: from a string that does not end, or a backslash where none can
be, the rest of the text is one broken token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"{_BASE}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
_PLAIN = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

_TOKEN = rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|{_UCHAR})*>)
  | (?P<long>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|\\.))*\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}})
  | (?P<short>"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
  | (?P<blank>_:[{_BASE}_0-9](?:[{_NAME}.]*[{_NAME}])?)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[{_BASE}](?:[{_NAME}.]{{0,100}}[{_NAME}])?)?
      :(?:(?:[{_BASE}_:0-9]|{_PLAIN})(?:(?:[{_NAME}.:]|{_PLAIN})*(?:[{_NAME}:]|{_PLAIN}))?)?)
  | (?P<word>\w+)
  | (?P<broken>["'\\].*)
  | (?P<mark>.)
    """
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_SETS_A_READING_APART = re.compile(r"[#')]")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_THEN_A_GROUP = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*\{")


class Token(NamedTuple):
    """A piece of a query: its kind (a group name of the pattern above), its text, where it begins (from 0)."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next token begins."""
        return self.start + len(self.text)


@cache
def _token_pattern() -> re.Pattern[str]:
    """Compile it when it is needed: that takes a third of the time in which a worker starts."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


def _read_token(query: str, start: int) -> Token:
    match = _token_pattern().match(query, start)
    if match is None or match.lastgroup is None:
        raise IndexError(f"no character at {start}: the pattern matches any there is")
    return Token(match.lastgroup, match[0], start)


def read_tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query in order, white space and comments among them; together they are the query."""
    start = 0
    while start < len(query):
        token = _read_token(query, start)
        yield token
        start = token.end


def find_keywords(query: str, keyword: str) -> list[Token]:
    """Return the tokens that are this keyword, whatever their case."""
    return [token for token in read_tokens(query) if token.kind == "word" and token.text.lower() == keyword.lower()]


def find_undeclared_prefixes(query: str, known: Iterable[str]) -> list[Token]:
    """Return the names whose prefix is neither known nor declared in the query, one for each prefix."""
    tokens = [token for token in read_tokens(query) if token.kind not in ("space", "comment")]
    pairs = zip([Token("mark", "", 0), *tokens], tokens, strict=False)
    names = [(before, token) for before, token in pairs if token.kind == "name"]
    declared = {token.text for before, token in names if before.text.upper() == "PREFIX"}
    declared |= {f"{prefix}:" for prefix in known}
    missing = {token.text.partition(":")[0]: token for _, token in reversed(names)}
    return [token for prefix, token in missing.items() if f"{prefix}:" not in declared]


def _other_reading(token: Token) -> int | None:
    """Return where reading goes on if an engine takes only the first sign of the token; None if it cannot."""
    if token.kind == "iri" and not _ABSOLUTE.match(token.text) and _SETS_A_READING_APART.search(token.text):
        return token.start + 1
    if token.kind == "long" and "\\" in token.text:
        return token.start + 2
    return None


def _calls_service(token: Token, query: str) -> bool:
    if "service" not in token.text.lower():
        return False
    if token.kind in ("word", "tag"):  # no other keyword holds the word, and engines take "trueSERVICE" for two words
        return True
    prefix = token.text.partition(":")[0].lower()
    return token.kind == "name" and "service" in prefix and _THEN_A_GROUP.match(query, token.end) is not None


def _loads(token: Token, _: str) -> bool:
    """Engines take ``LOADSILENT<x>`` and ``LOAD:x`` for a keyword and what it loads."""
    return token.kind in ("word", "name") and token.text.lower().startswith("load")


def _find_in(query: str, calls_out: Callable[[Token, str], bool]) -> int | None:
    starts, seen = [0], set[int]()
    found: list[int] = []
    while starts:
        start = starts.pop()
        while start < len(query) and start not in seen:
            seen.add(start)
            token = _read_token(query, start)
            if calls_out(token, query):
                found.append(start)
            other = _other_reading(token)
            if other is not None:
                starts.append(other)
            start = token.end
    return min(found, default=None)


def _replace_escapes(query: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    return _ESCAPE.sub(character, query)


def find_service(query: str) -> int | None:
    """Find the first SERVICE clause, which would send a part of the query to another server.

    Args:
        query: any text; it need not be a correct query.

    Returns:
        Where it stands (from 0), or None. A clause that shows only when escapes are replaced is found too (its place is
        then that in the text with escapes replaced). In doubt a clause is found: never missed.
    """
    return _find_call(query, "service", _calls_service)


def find_load(update: str) -> int | None:
    """Find the first LOAD of an update, which would fetch a document; as ``find_service``.

    A name whose prefix begins with the word is found as well: within an update it cannot be told from one by its looks.
    """
    return _find_call(update, "load", _loads)


def _find_call(query: str, word: str, calls_out: Callable[[Token, str], bool]) -> int | None:
    if "\\" not in query and word not in query.lower():
        return None  # as in most queries, which then need not be read at all
    plain = _find_in(query, calls_out)
    if plain is not None or "\\" not in query:
        return plain
    return _find_in(_replace_escapes(query), calls_out)


def locate(query: str, offset: int) -> tuple[int, int]:
    """Return the line and the column (both from 1) of a place in a text."""
    before = query[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
