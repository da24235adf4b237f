"""Whether words name a post, a body or a person.

In: words, as printed, and the names that the caller knows. Out: the kind, or None where nothing tells. Read from head
nouns ("Officer", "Board"), from form (two or three capitalised words that no list knows are a person) and from what the
caller says; ``cyppgraph.phrases.lead_words`` holds the lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cyppgraph.phrases.lead_words import (
    ALSO_SURNAMES,
    BODY_NAMES,
    BODY_NOUNS,
    NAME_PARTICLES,
    NAME_TITLES,
    NOT_NAMES,
    ROLE_ABBREVIATIONS,
    ROLE_NOUNS,
)

Kind = Literal["role", "body", "person"]

_WORD = re.compile(r"[^\s,;/()]+")
_ACRONYM = re.compile(r"(?:[A-Z][a-z]?){1,7}[A-Z]+s?|[A-Z][A-Z&.-]*[A-Z]s?|[A-Z]{2,}s")
_NAME_WORD = re.compile(
    r"[A-Z][a-zà-ÿ’']+(?:[A-Z][a-zà-ÿ]+)?(?:-\s?[A-Z][a-zà-ÿ]+)?|[A-Z]['’][A-Z][a-zà-ÿ]+|Mc[A-Z][a-z]+"
)
_INITIAL = re.compile(r"[A-Z]\.?")
_POST_OPENING = re.compile(
    r"(?:the\s+)?(?:(?:assistant|deputy|associate|strategic|interim|acting|joint|executive|senior|principal|service|team)\s+)*"
    r"(?:head|director|directors|chair|chairs|lead|manager|managers|commissioner|officer|consultant|member|chief)\b",
    re.IGNORECASE,
)
_SPACED_ABBREVIATION = re.compile(r"S\s?[ML]s?\b(?=\s+\S)|(?:SMs?|SLs?|H[oO]S|ADs?)[\s-]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the caller vouches for, as printed."""

    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


def words_of(text: str) -> list[str]:
    """The words of a text without separators and brackets."""
    return [w.strip(".:*·•-–—'’\"") for w in _WORD.findall(text) if w.strip(".:*·•-–—'’\"")]


def is_acronym(word: str) -> bool:
    """Whether a word is an abbreviation ("EYFC", "LS&PEP", "HoS", "AWAs")."""
    return bool(_ACRONYM.fullmatch(word)) and len(re.findall(r"[A-Z]", word)) >= 2


def is_name_word(word: str) -> bool:
    """Whether a word may be part of a personal name: capitalised, and not a word that plans capitalise."""
    lower = word.lower()
    if lower in NOT_NAMES or lower in ROLE_NOUNS or lower in BODY_NOUNS or lower.rstrip("s") in ROLE_NOUNS:
        return False
    return bool(_NAME_WORD.fullmatch(word)) and not word.endswith(("'s", "’s"))


def is_surname(word: str) -> bool:
    """Whether a word may end a personal name: a name, or a capitalised word that is a surname too."""
    return is_name_word(word) or (word[:1].isupper() and word.lower() in ALSO_SURNAMES)


def initials_of(name: str) -> str:
    """The initials of a person's name, in capitals ("Rodica Cobarzan": RC)."""
    return "".join(word[0] for word in name.split()).upper()


def is_person(text: str) -> bool:
    """Whether a text has the form of one personal name: two or three names, titles and initials besides."""
    words = re.sub(r"-\s+(?=[A-Z])", "-", text.strip(" .*·")).split()
    while words and words[0].rstrip(".").lower() in NAME_TITLES:
        words = words[1:]
        if len(words) == 1 and is_name_word(words[0]):
            return True
    names = [w for w in words if not _INITIAL.fullmatch(w) and w.lower() not in NAME_PARTICLES]
    if not 1 <= len(names) <= 3 or not 2 <= len(words) <= 4 or not all(is_name_word(w) for w in names[:-1]):
        return False
    known_last = is_name_word(names[-1]) or (len(names) == 2 and is_surname(names[-1]))
    return known_last and is_surname(words[-1]) and (is_name_word(words[0]) or _INITIAL.fullmatch(words[0]) is not None)


def _has_role_noun(word: str) -> bool:
    lower = word.lower()
    return lower in ROLE_NOUNS or (lower.endswith("s") and lower[:-1] in ROLE_NOUNS)


def _acronym_kind(word: str) -> Kind:
    """Posts: abbreviations of posts, a head of something ("HCATO", "HOS-LUO"), and people in the plural ("AWAs")."""
    stem = re.split(r"[-&]", word)[0]
    if (
        word in ROLE_ABBREVIATIONS
        or stem in ROLE_ABBREVIATIONS
        or re.fullmatch(r"(?:SM|SL|H)(?!O[A-Z]?$)[A-Z]{2,}", word)
    ):
        return "body" if re.fullmatch(r"SMTs?|SLTs?|HWBs?|HMRC|HSE|HRA|HMP|HV|HVs", word) else "role"
    return "role" if word.endswith("s") else "body"


def _from_nouns(words: list[str], text: str) -> Kind | None:
    """The kind that head nouns tell: the last word rules, unless a post opens the text."""
    last = words[-1].lower()
    roles = [i for i, w in enumerate(words) if _has_role_noun(w)]
    if roles and (_has_role_noun(words[-1]) or _POST_OPENING.match(text)):
        return "role"
    if last in BODY_NOUNS:
        after = words[roles[-1] + 1].lower() if roles and roles[-1] + 1 < len(words) else ""
        return "role" if after in ("of", "for", "on", "to", "in", "at", "from") else "body"
    if roles:
        return "role"
    return "body" if any(w.lower() in BODY_NOUNS for w in words) else None


def kind_of(text: str, known: Known) -> Kind | None:
    """What a text names, None where nothing tells."""
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", text).strip(" .,*·•-–—")
    for names, kind in ((known.people, "person"), (known.roles, "role"), (known.bodies, "body")):
        if text.strip() in names or bare in names:
            return kind  # type: ignore[return-value]
    words = words_of(bare)
    if not words:
        return None
    if len(words) == 1 and is_acronym(words[0]):
        return _acronym_kind(words[0])
    if _SPACED_ABBREVIATION.match(bare) or (words[0] in ROLE_ABBREVIATIONS and len(words) > 1):
        return "role"
    if bare.lower() in BODY_NAMES:
        return "body"
    if all(is_acronym(w) for w in words):
        return "body"
    if is_person(bare):
        return "person"
    return _from_nouns(words, bare) or ("body" if is_acronym(words[-1]) else None)


def is_closed(text: str, known: Known) -> bool:
    """Whether a name is over where its words end: a person, an abbreviation, or words that end with their head noun."""
    kind = kind_of(text, known)
    if kind is None:
        return False
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", text).strip(" .,*·•")
    words = words_of(bare)
    if re.search(r"[-–—]", bare) and is_person(re.split(r"\s[-–—]|[-–—]\s|–|(?<=[a-z])-(?=[A-Z][a-z]+ )", bare)[-1]):
        return True
    if kind == "person" or bare in known.bodies | known.roles or is_acronym(words[-1]):
        return True
    if len(words) == 1 and words[0].lower() in ("health", "legal"):
        return False
    if kind == "role":
        return _has_role_noun(words[-1])
    return words[-1].lower() in BODY_NOUNS


def abbreviates(short: str, text: str) -> bool:
    """Whether letters in brackets are made of the words before them ("Lead Attendance Officer (LAO)")."""
    letters = re.sub(r"[^A-Z]", "", short)
    if len(letters) < 2:
        return False
    words = re.findall(r"[A-Za-z][\w'’]*", text)
    full = [w for w in words if w.lower() not in ("and", "of", "the", "for", "in", "to")]
    readings = (
        "".join(w[0].upper() for w in words),
        "".join(w if w.isupper() else w[0].upper() for w in full),
        "".join(w[0] for w in words if w[0].isupper()),
    )
    return any(letters in reading or letters.removesuffix("S") in reading for reading in readings)
