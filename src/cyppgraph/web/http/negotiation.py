"""Which format a client prefers. In: an Accept header (RFC 9110) and the formats on offer. Out: one of them, or none.

The most specific range decides about a type; of types that are equally welcome the one offered first is sent.
Parameters of a range other than ``q`` are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from flask import request
from werkzeug.http import parse_accept_header

from cyppgraph.store import AnswerKind, ResultFormat, formats_for

Choice = tuple[ResultFormat, str]


class Offered(Protocol):
    """What can be sent: its media type, and other media types that it is asked for by."""

    @property
    def media_type(self) -> str:
        """What it is called when it is sent."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What it may be called as well."""


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """A format that no query result is written in: its short name and its media types."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()


PAGE = DocumentFormat("html", "text/html")
_Form = TypeVar("_Form", bound=Offered)


@lru_cache(maxsize=1_000)  # a client sends the same header each time, and reading it takes longer than a small query
def choose_formats(accept: str | None) -> Mapping[AnswerKind, Choice | None]:
    """Return for each kind of answer the format to send and the media type to call it; None if there is none."""
    return {kind: choose_format(accept, formats_for(kind)) for kind in AnswerKind}


def choose_format(accept: str | None, offered: Sequence[_Form]) -> tuple[_Form, str] | None:
    """Return the format to send and the media type to call it, or None if the client takes none on offer."""
    names = [(form, form.media_type) for form in offered]
    names += [(form, alias) for form in offered for alias in form.aliases]
    if not accept or not accept.strip():
        return names[0]
    ranges = _read_ranges(accept)
    best = max(names, key=lambda name: _measure_welcome(name[1], ranges))
    return best if _measure_welcome(best[1], ranges) > 0 else None


def wants_page() -> bool:
    """Tell whether the client of the request at hand reads pages rather than data, as browsers do."""
    ranges = _read_ranges(request.headers.get("Accept", ""))
    named = {text for text, _ in ranges}
    welcome = _measure_welcome("text/html", ranges)
    return "text/html" in named and welcome >= max(
        _measure_welcome("application/problem+json", ranges), _measure_welcome("application/json", ranges)
    )


def takes_gzip() -> bool:
    """Tell whether the client of the request at hand takes gzip (RFC 9110, 12.5.3)."""
    return request.accept_encodings["gzip"] > 0


def _read_ranges(accept: str) -> list[tuple[str, float]]:
    return [(text.partition(";")[0].strip().lower(), quality) for text, quality in parse_accept_header(accept)]


def _measure_welcome(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        qualities = [quality for text, quality in ranges if text == wanted]
        if qualities:
            return max(qualities)
    return 0.0
