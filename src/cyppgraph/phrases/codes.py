"""Coded indicators, the designations beside them, and pointers to other numbers.

In: text, the schemes of codes that the plan uses ("NI" → the shape of its numbers) and the designations that it knows.
Out: phrases with offsets. A code is normalised to scheme, one space, number as printed ("NI199" is "NI 199", "CSC 001"
keeps its noughts). Refused: codes of schemes that the caller does not name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

#: The usual shape of a code's number: up to three digits and a letter.
USUAL_NUMBER = r"\d{1,3}[a-z]?"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePhrase:
    """A code: ``position`` is leading (a title follows), trailing (in brackets) or mentioned (within a sentence)."""

    start: int
    end: int
    scheme: str
    code: str
    position: Literal["leading", "trailing", "mentioned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedSegment:
    """A stretch of text and the code that opens it (None for text before the first code)."""

    start: int
    end: int
    code: CodePhrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationPhrase:
    """A marker in brackets ("(LAA)"), brackets included in the offsets; ``name`` as the caller knows it."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """A pointer: by ``number`` or quoted ``title`` to something in the plan, else by ``label`` to something outside."""

    start: int
    end: int
    number: str | None = None
    title: str | None = None
    label: str | None = None


def _code_pattern(schemes: Mapping[str, str]) -> re.Pattern[str] | None:
    if not schemes:
        return None
    shapes = "|".join(
        rf"(?:{re.escape(scheme)})[ ]?(?:{number or USUAL_NUMBER})"
        for scheme, number in sorted(schemes.items(), key=lambda s: (-len(s[0]), s[0]))
    )
    return re.compile(rf"(?<![A-Za-z0-9])(?:{shapes})(?![A-Za-z0-9])")


def _normal(raw: str, schemes: Mapping[str, str]) -> tuple[str, str]:
    scheme = max((s for s in schemes if raw.startswith(s)), key=len)
    return scheme, f"{scheme} {raw[len(scheme) :].strip()}"


def _position(text: str, start: int, end: int) -> Literal["leading", "trailing", "mentioned"]:
    before, after = text[:start].rstrip(" "), text[end:]
    if before.endswith("(") and after.lstrip().startswith(")"):
        return "trailing"
    if not before or before.endswith(("\n", "•", "·", ";")):
        return "leading"
    titled = re.match(r"\s*(?:\([^()]*\)\s*)?[:–—-]?\s*[A-Z0-9‘'\"]", after)
    connected = re.search(
        r"\b(?:see|also|and|or|of|by|to|in|for|with|from|the|&|including|per|on)$|[,(/]$", before, re.IGNORECASE
    )
    return "leading" if titled and not connected else "mentioned"


def parse_codes(text: str, schemes: Mapping[str, str]) -> list[CodePhrase]:
    """Codes in printed order; ``schemes`` maps a scheme to a regular expression of its numbers ("": the usual)."""
    pattern = _code_pattern(schemes)
    found = []
    for match in pattern.finditer(text) if pattern else ():
        scheme, code = _normal(match[0], schemes)
        start, end = match.span()
        position = _position(text, start, end)
        if position == "trailing":
            start = text.rindex("(", 0, start)
            end = text.index(")", end) + 1
        found.append(CodePhrase(start=start, end=end, scheme=scheme, code=code, position=position))
    return found


def split_at_codes(text: str, schemes: Mapping[str, str]) -> list[CodedSegment]:
    """Cut text before each leading code: "NI 43 Young people … NI 44 Ethnic …" is two segments."""
    codes = [c for c in parse_codes(text, schemes) if c.position == "leading"]
    segments = []
    first = codes[0].start if codes else len(text)
    bounds = [*(c.start for c in codes), len(text)]
    for code, low, high in zip([None, *codes], [0, *bounds[:-1]], [first, *bounds[1:]], strict=True):
        piece = text[low:high]
        if piece.strip():
            start = low + len(piece) - len(piece.lstrip())
            segments.append(CodedSegment(start=start, end=low + len(piece.rstrip()), code=code))
    return segments


def parse_designations(text: str, known: Sequence[str]) -> list[DesignationPhrase]:
    """Designations in brackets that open the text, follow its code, or end it; elsewhere brackets are words."""
    found = []
    for match in re.finditer(r"\(([^()]+)\)", text):
        name = next((k for k in known if k.lower() == " ".join(match[1].split()).lower()), None)
        if name is None:
            continue
        opens = re.fullmatch(r"\s*(?:[A-Za-z]{1,5}\s?\d{1,4}[a-z]?)?\s*(?:\([^()]*\)\s*)*", text[: match.start()])
        ends = re.fullmatch(r"[\s.;,]*(?:\([^()]*\)[\s.;,]*)*", text[match.end() :])
        if opens or ends:
            found.append(DesignationPhrase(start=match.start(), end=match.end(), name=name))
    return found


_NUMBER = r"\d{1,2}(?:\.\d{1,3}){1,3}"
_POINTERS = re.compile(
    rf"\(\s*(?:see|cf\.?)\s+(?:also\s+)?[^()]*?(?P<bracketed>{_NUMBER})[^()]*\)"
    rf"|\b(?:see|cf\.?)\s+(?:also\s+)?(?:[a-z]+\s+){{0,4}}?(?P<seen>{_NUMBER})(?![\d%])"
    rf"|\b(?:in|at|under|of)\s+(?:(?:action|section|outcome|objective|priority)\s+)?(?P<placed>{_NUMBER})(?![\d%.]\d|%|\s*(?:million|m\b|per\s?cent))"
    r"|\b(?:see|in|under)\s+(?:the\s+)?(?:priority|theme|objective|action|section|commitment)\s+(?P<named>\d{1,2}[a-z]?)\b"
    r"|\bsee\s+(?:(?:also|above|below|the)\s+)*(?:priority|theme|objective|action|section|commitment)\s+"
    r"['‘“\"](?P<quoted>[^'’”\"]{4,80})['’”\"]"
    r"|\(\s*(?:links?|linked|linking|relates?|related)\s+(?:in)?to\s+(?P<label>[^()]+?)\s*\)",
    re.IGNORECASE,
)


def parse_cross_references(text: str) -> list[CrossReference]:
    """Pointers such as "(see also 2.2.1 below on …)", "Repeat exercise in 2.1", "(linked to Government … plan)"."""
    found = []
    for match in _POINTERS.finditer(text):
        number = match["bracketed"] or match["seen"] or match["placed"] or match["named"]
        if match["label"]:
            found.append(CrossReference(start=match.start(), end=match.end(), label=" ".join(match["label"].split())))
        elif match["quoted"]:
            found.append(CrossReference(start=match.start(), end=match.end(), title=match["quoted"].strip()))
        elif number:
            found.append(CrossReference(start=match.start(), end=match.end(), number=number))
    return found
