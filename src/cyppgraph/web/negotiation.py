"""Which format a client prefers. In: an Accept header (RFC 9110) and the formats on offer. Out: one of them, or none.

The most specific range decides about a type; of types that are equally welcome the one offered first is sent.
Parameters of a range other than ``q`` are not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from werkzeug.http import parse_accept_header


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
_PROBLEM = DocumentFormat("json", "application/problem+json", ("application/json",))
_Form = TypeVar("_Form", bound=Offered)


def choose_format(accept: str | None, offered: Sequence[_Form]) -> tuple[_Form, str] | None:
    """Return the format to send and the media type to call it, or None if the client takes none on offer."""
    names = [(form, form.media_type) for form in offered]
    names += [(form, alias) for form in offered for alias in form.aliases]
    if not accept or not accept.strip():
        return names[0]
    ranges = [(text.partition(";")[0].strip().lower(), quality) for text, quality in parse_accept_header(accept)]
    best = max(names, key=lambda name: _measure_welcome(name[1], ranges))
    return best if _measure_welcome(best[1], ranges) > 0 else None


def prefers_page(accept: str | None) -> bool:
    """Tell whether what went wrong is better said on a page than in a problem document: to a browser, by its Accept."""
    chosen = choose_format(accept, (_PROBLEM, PAGE))
    return chosen is not None and chosen[0] is PAGE


def _measure_welcome(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        qualities = [quality for text, quality in ranges if text == wanted]
        if qualities:
            return max(qualities)
    return 0.0
