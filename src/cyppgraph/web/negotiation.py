"""Which format a client prefers. In: an Accept header (RFC 9110) and the formats on offer. Out: one of them, or none.

The most specific range decides about a type; of types that are equally welcome the one offered first is sent.
Parameters of a range other than ``q`` are not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.http import parse_accept_header

from cyppgraph.store import ResultFormat


def choose_format(accept: str | None, offered: Sequence[ResultFormat]) -> tuple[ResultFormat, str] | None:
    """Return the format to send and the media type to call it, or None if the client takes none on offer."""
    names = [(form, form.media_type) for form in offered]
    names += [(form, alias) for form in offered for alias in form.aliases]
    if not accept or not accept.strip():
        return names[0]
    ranges = [(text.partition(";")[0].strip().lower(), quality) for text, quality in parse_accept_header(accept)]
    best = max(names, key=lambda name: _measure_welcome(name[1], ranges))
    return best if _measure_welcome(best[1], ranges) > 0 else None


def _measure_welcome(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        qualities = [quality for text, quality in ranges if text == wanted]
        if qualities:
            return max(qualities)
    return 0.0
