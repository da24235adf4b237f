"""Who answers for something, as a lead column prints it.

In: the text of a cell, and what the caller knows (names of people and bodies, what an unknown name is likely to be,
whether the plan uses initials). Out: one ``LeadPhrase`` for each person, post or body, its words as printed. A person
and the post that the cell gives that person are one lead; a post and the body it sits in are one lead ("Benefits
Manager, LBC"); a body printed with its parent is one body ("CFL, LBC"). "TBC" names nobody, even where a body stands
beside it. Refused: guessing whom initials stand for; that takes the rest of the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from cyppgraph.phrases.lead_names import Kind, Known, abbreviates, is_acronym, is_person, kind_of
from cyppgraph.phrases.lead_splitting import Piece, cut_leads, lettered_pieces
from cyppgraph.phrases.lead_words import CAPACITIES, UNSETTLED

LeadStatus = Literal["named", "to be confirmed", "not stated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPhrase:
    """One lead as printed (``start`` to ``end``) and as understood.

    ``status`` is "not stated" where the words name nobody ("in accordance with governance arrangements").
    ``capacity`` holds words that say in what capacity ("data updates collected via"); ``letters`` are those of the
    lettered parts it is printed for.
    """

    start: int
    end: int
    role: str | None = None
    person: str | None = None
    body: str | None = None
    initials: str | None = None
    status: LeadStatus = "named"
    capacity: str | None = None
    letters: tuple[str, ...] = ()


_NOBODY = re.compile(
    r"\W*(?:in accordance with|subject to|depend(?:ent|ing) on|as (?:required|appropriate|identified)|various|n/?a\b)",
    re.I,
)
_OPENING = re.compile(
    r"(?:(?:and|with|in partnership with|jointly with|&|the|\*|[-–—·•]+)\s+|[-–—·•*&]+)+", re.IGNORECASE
)
_DASH = re.compile(r"\s+[-–—]\s*|\s*[–—]\s*|(?<=[a-z])-(?=[A-Z][a-z]+ [A-Z])|:\s+")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_INITIALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,3}(?![A-Za-z])")


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;/&*·•").removesuffix(" -").rstrip(".") if text else ""


def _drop_bracket(body: str) -> str:
    return _tidy(re.sub(r"[()]", "", body))


def _named(kind: Kind | None, text: str, lead: LeadPhrase) -> LeadPhrase:
    """A lead with one more name, where there is a name."""
    words = _tidy(text)
    if not words or kind is None:
        return lead
    if kind == "person":
        return replace(lead, person=words)
    if kind == "role":
        return replace(lead, role=words)
    return replace(lead, body=words if lead.body is None else f"{lead.body}, {words}")


def _split_post(text: str, known: Known) -> tuple[str, str | None]:
    """A post and the abbreviated body after it ("Category Managers CFL", "Head of Commissioning S Essex PCT")."""
    found = re.search(r"(?<=[a-z])\s+((?:[A-Z]\.?\s+[A-Z][a-z]+\s+)?[A-Z][A-Z&]{1,6})$", text.strip())
    if (
        found
        and kind_of(text[: found.start()], known) == "role"
        and not re.search(r"\b(?:of|for|on|to|and|&)$", text[: found.start()])
    ):
        return text[: found.start()], found[1]
    return text, None


def _read_bracket(text: str, known: Known, lead: LeadPhrase) -> tuple[str, LeadPhrase]:
    """What stands in brackets at the end: a person, a body, or words that belong to the name before it."""
    found = _BRACKET.search(text)
    if found is None:
        return text, lead
    inside, before = found[1].strip(), text[: found.start()]
    if is_person(inside) and kind_of(before, known) != "person":
        return before, replace(lead, person=_tidy(inside))
    words = inside.split()
    if abbreviates(inside, before) or not words or kind_of(before, known) != "role":
        return text, lead
    if (len(words) == 1 and is_acronym(inside)) or (
        kind_of(inside, known) == "body" and words[-1].lower() not in ("schools", "school")
    ):
        return before, replace(lead, body=_tidy(inside))
    return text, lead


def _read_person_first(text: str, known: Known, lead: LeadPhrase) -> LeadPhrase | None:
    """A person and, without a separator or after one, that person's post."""
    words = text.split()
    for length in range(min(4, len(words) - 1), 1, -1):
        name, rest = (
            " ".join(words[:length]).rstrip(",-–—:( "),
            " ".join(words[length:]).lstrip(",-–—:( ").removesuffix(")"),
        )
        kind = kind_of(rest, known)
        if kind_of(name, known) == "person" and (kind == "role" or (kind == "body" and "(" in text)):
            return _named(kind, rest, _named("person", name, lead))
    return None


def _read_unit(text: str, known: Known, default: Kind | None, lead: LeadPhrase) -> LeadPhrase:
    """The words of one lead, its body not yet parted from its post."""
    dashed = _DASH.search(text)
    before = kind_of(text[: dashed.start()], known) if dashed else None
    if (
        dashed
        and before != "person"
        and (before is not None or dashed[0] != "-")
        and kind_of(text[dashed.end() :], known) == "person"
    ):
        lead = _named("person", text[dashed.end() :], lead)
        text = text[: dashed.start()]
    text, lead = _read_bracket(text, known, lead)
    kind = kind_of(text, known)
    if default and kind == "person" and _tidy(text) not in known.people:
        kind = default
    together = _read_person_first(text, known, lead)
    if together is not None:
        return together
    if kind == "role":
        post, body = _split_post(text, known)
        return _named("body", body or "", _named("role", post, lead))
    return _named(kind or default or "body", text, lead)


def _read_piece(text: str, piece: Piece, known: Known, default: Kind | None) -> LeadPhrase:
    """One lead: capacity, names, and the body that follows its post after a comma."""
    raw = text[piece.start : piece.end]
    lead = LeadPhrase(start=piece.start, end=piece.end, letters=piece.letters)
    if re.search(UNSETTLED, raw, re.IGNORECASE):
        return replace(lead, status="to be confirmed", body=_body_of_unsettled(raw, known))
    if _NOBODY.match(raw) or not re.search(r"[A-Za-z]", raw):
        return replace(lead, status="not stated")
    capacity = re.match(CAPACITIES, raw, re.IGNORECASE)
    if capacity:
        lead = replace(lead, capacity=_tidy(re.sub(r"\bthe\s*$", "", capacity[0], flags=re.IGNORECASE)).rstrip(":"))
        raw = raw[capacity.end() :]
    opening = _OPENING.match(raw)
    raw = raw[opening.end() :] if opening else raw
    head, parents = raw, ""
    if piece.body_start is not None:
        cut = piece.body_start - (piece.end - len(raw))
        head, parents = raw[:cut], raw[cut:]
    lead = _read_unit(head.strip(" ,"), known, default, lead)
    if parents and lead.role is None and lead.person is None:
        return replace(lead, body=_drop_bracket(f"{lead.body}, {_tidy(parents)}"))
    if parents:
        return replace(lead, body=_drop_bracket(", ".join(p for p in (lead.body, _tidy(parents)) if p)))
    return lead


def _body_of_unsettled(raw: str, known: Known) -> str | None:
    """The body whose officer is still to be named ("School improvement – lead officer to be confirmed")."""
    dashed = _DASH.search(raw)
    if dashed is None or re.search(UNSETTLED, raw[: dashed.start()], re.IGNORECASE):
        return None
    body = _tidy(raw[: dashed.start()])
    return body if re.search(r"[A-Za-z]", body) and kind_of(body, known) in ("body", None) else None


def _share_roles(leads: list[LeadPhrase], text: str) -> list[LeadPhrase]:
    """A post in the plural before the first of several people is the post of them all."""
    shared: list[LeadPhrase] = []
    for lead in leads:
        before = shared[-1] if shared else None
        if before and before.role and before.person and lead.person and lead.role is None and lead.body is None:
            joined = re.fullmatch(r"\s*(?:,|&|and|/)?\s*", text[before.end : lead.start], re.IGNORECASE)
            if joined and re.search(r"s$", before.role.split(" of ")[0]):
                lead = replace(lead, role=before.role)
        shared.append(lead)
    return shared


def _read_initials(text: str) -> list[LeadPhrase] | None:
    """Initials alone ("RM, with CD", "ST/SH"), None where there is anything else."""
    if re.sub(r"\b(?:and|with)\b|[\s,;/&]", "", _INITIALS.sub("", text)):
        return None
    return [LeadPhrase(start=m.start(), end=m.end(), initials=m[0]) for m in _INITIALS.finditer(text)]


def parse_leads(
    text: str,
    *,
    people: frozenset[str] = frozenset(),
    bodies: frozenset[str] = frozenset(),
    roles: frozenset[str] = frozenset(),
    default: Kind | None = None,
    initials: bool = False,
) -> list[LeadPhrase]:
    """Read a lead cell; blank text gives an empty list.

    ``people``, ``bodies`` and ``roles`` are names that the plan itself settles, as printed; ``default`` is what a name
    is that nothing tells (and what two capitalised words are that no list knows); ``initials`` says that the plan
    prints initials for people.
    """
    if not text.strip():
        return []
    if initials and not re.search(UNSETTLED, text, re.IGNORECASE):
        found = _read_initials(text)
        if found is not None:
            return found
    known = Known(people, bodies, roles)
    leads = []
    for part in lettered_pieces(text):
        for piece in cut_leads(text, part, known):
            leads.append(_read_piece(text, piece, known, default))
    return _share_roles(leads, text)
