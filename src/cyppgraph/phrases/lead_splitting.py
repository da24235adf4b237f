"""Where one lead ends and the next begins.

In: the text of a lead cell. Out: ``Piece`` values, one for each lead. New lines, semicolons and "in partnership with"
always part; "/", ",", "&" and "and" part only between names that are whole ("Youth Service/School Improvement", but
not "Economic Wellbeing/NEET Steering Group"); where nothing stands between names, their forms part them ("Carol Compton
Marie Henderson", "EYFC EYFC").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cyppgraph.phrases.lead_names import (
    Known,
    is_acronym,
    is_closed,
    is_name_word,
    is_person,
    is_surname,
    kind_of,
    words_of,
)
from cyppgraph.phrases.lead_words import BODY_NOUNS, HEAD_ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one lead; from ``body_start`` on (where set) they name the body that the lead belongs to."""

    start: int
    end: int
    letters: tuple[str, ...] = ()
    body_start: int | None = None


_LETTERS = re.compile(r"(?:(?<=\s)|^)\(?[a-h]\)(?:\s*(?:,|and|&)?\s*\(?[a-h]\))*\s*")
_MOST_WORDS = 60  # a longer stretch is no run of names
_LONGEST = 1000  # characters; a longer stretch without a hard separator names nobody that could be told apart
_HARD = re.compile(
    r"[;\n]|,?\s+(?:and\s+)?\(?(?:in partnership with|jointly with|together with|along with|alongside)\s+",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\s*,\s*(?:and|with|&)\s+|\s*,\s*|\s*/\s*(?!s\b)|\s+&\s*|(?<=(?-i:[a-z)]))&\s*|\s+(?:and/or|and|with)\s+",
    re.IGNORECASE,
)
_CLOSING_POSTS = re.compile(
    r"(?:officer|manager|consultant|commissioner|director|co-?ordinator|adviser|advisor|leader|representative|rep)s?\.?"
    r"(?:\s*\([^()]*\))?(?:\s+(?-i:[A-Z]{2,6}))?$",
    re.IGNORECASE,
)


def _outside_brackets(text: str, start: int, end: int) -> list[bool]:
    depth, outside = 0, []
    for character in text[start:end]:
        depth += character == "("
        outside.append(depth <= 0)
        depth -= character == ")"
    return outside


def _cut_at(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches between separators outside brackets, each with the separator before it."""
    outside = _outside_brackets(text, start, end)
    position, before = start, ""
    for match in pattern.finditer(text, start, end):
        if all(outside[match.start() - start : match.end() - start]):
            yield position, match.start(), before
            position, before = match.end(), match[0]
    yield position, end, before


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" ,;/&\n"))
    return start, max(start, start + len(text[start:end].rstrip(" ,;/&\n")))


def lettered_pieces(text: str) -> Iterator[Piece]:
    """The parts of a cell that letters mark ("a) and b) Head of …"); the whole cell where there are none."""
    marks = list(_LETTERS.finditer(text))
    if not marks:
        yield Piece(0, len(text))
        return
    if text[: marks[0].start()].strip():
        yield Piece(0, marks[0].start())
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(text)
        yield Piece(mark.end(), end, tuple(re.findall(r"[a-h](?=\))", mark[0])))


def _is_parent(text: str) -> bool:
    """Whether words after a comma may be the body that the words before it belong to."""
    bare = text.strip()
    return is_acronym(bare.strip("()")) or bool(re.search(r"\b(?:council|borough|county)\b", bare, re.IGNORECASE))


def _takes_body(current: str, following: str, known: Known) -> bool:
    """Whether ", following" is the body of ``current`` and not a lead of its own."""
    kind, words = kind_of(current, known), words_of(current)
    if not words or all(is_acronym(w) for w in words):
        return False
    if kind == "role":
        chair = words[-1].lower() in ("chair", "chairs", "member") and kind_of(following, known) == "body"
        return not re.search(r"s\s+for\b", current) and (_is_parent(following) or chair)
    council = bool(re.search(r"\bcouncil\b", following, re.IGNORECASE))
    return kind == "body" and (len(words) > 1 or council) and _is_parent(following)


def _parts(current: str, separator: str, following: str, rest: list[str], listed: bool, known: Known) -> bool:
    """Whether a separator parts two leads."""
    if re.match(r"(?:SM|SL|lead|manager|head|director)s\s+for\b", current, re.IGNORECASE):
        return kind_of(following, known) == "person"
    current = re.split(r"\([A-Z][\w'’-]+ [A-Z][\w'’-]+\)\s+(?=[A-Z])", current)[-1]
    kind = kind_of(current, known)
    names = words_of(current)
    if kind == "person" or (names and sum(_run_of_names(names, known)) == len(names)):
        return True
    conjunction = separator.strip().lower() in ("and", "&", "with")
    if kind is None:
        return False
    if listed and conjunction:
        return True
    if kind == "role" and separator.strip() == "," and kind_of(following, known) is None and not is_acronym(names[-1]):
        return False
    if is_closed(current, known):
        if kind_of(following, known) is not None or not conjunction:
            return True
        return any(kind_of(" ".join([following, *rest[: n + 1]]), known) is not None for n in range(len(rest)))
    other = kind_of(following, known)
    if other == "body" and not is_acronym(following.strip()):
        return following.lower().startswith("the ") or separator.strip() == "/"
    return other is not None


def _group(text: str, start: int, end: int, letters: tuple[str, ...], known: Known) -> Iterator[Piece]:
    """Leads between soft separators, with the bodies that posts take after a comma."""
    atoms = list(_cut_at(text, start, end, _SOFT))
    current_start, current_end, body_start, listed = atoms[0][0], atoms[0][1], None, False
    for index, (low, high, separator) in enumerate(atoms[1:], 1):
        current, following = text[current_start:current_end], text[low:high]
        head = text[current_start:body_start].rstrip(" ,") if body_start is not None else current
        rest = [text[a:b] for a, b, _ in atoms[index + 1 : index + 7]]
        comma = separator.strip() == ","
        if comma and _takes_post(current, text[low:end], known):
            current_end = end
            break
        if comma and _takes_post(current, following, known):
            current_end = high
            continue
        if comma and (_is_parent(following) if body_start is not None else _takes_body(head, following, known)):
            body_start = low if body_start is None else body_start
        elif body_start is not None or _parts(current, separator, following, rest, listed, known):
            yield Piece(current_start, current_end, letters, body_start)
            current_start, body_start, listed = low, None, comma
        current_end = high
    yield Piece(current_start, current_end, letters, body_start)


def _takes_post(current: str, rest: str, known: Known) -> bool:
    """Whether what follows a person and a comma is that person's post: a post in the singular, and nobody else."""
    words = words_of(rest)
    if not words or words[-1].lower().endswith("s") or kind_of(current, known) != "person":
        return False
    return kind_of(rest, known) == "role" and not re.search(r"[,/;]", rest) and not _run_of_names(words, known)


def _continues_name(words: list[str], index: int) -> bool:
    """Whether a word goes on with a run of personal names; a surname that is a word too only where a name may end."""
    word, following = words[index], words[index + 1 : index + 2]
    if is_name_word(word) or re.fullmatch(r"[A-Z]\.?", word) or word.endswith("-"):
        return True
    ends = not following or is_acronym(following[0]) or is_name_word(following[0])
    return index > 0 and is_surname(word) and is_name_word(words[index - 1]) and ends


def _run_of_names(words: list[str], known: Known) -> list[int]:
    """Lengths, in words, of the personal names that open a list of words."""
    for length in (4, 3, 2):
        if " ".join(words[:length]) in known.people:
            return [length, *_run_of_names(words[length:], known)]
    run = 0
    while run < len(words) and _continues_name(words, run):
        run += 1
    joined = [w for w in words[:run] if not w.endswith("-")]
    initials = any(len(w.rstrip(".")) == 1 for w in joined)
    if len(joined) < 2 or (run and not is_surname(words[run - 1])):
        return []
    if run < len(words) and not is_acronym(words[run]) and len(joined) == 3 and not initials:
        return [2]
    first = 2
    while first < run and (len(words[first - 1].rstrip(".")) == 1 or words[first - 1].endswith("-")):
        first += 1
    left = run - first
    if left in (0, 1):
        return [run]
    return [first, *(_run_of_names(words[first:run], known) or [left])]


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where words stand, a bracket being one word."""
    return [m.span() for m in re.compile(r"\([^()]*\)\S*|[^\s(]+").finditer(text, start, end)]


def _first_end(text: str, spans: list[tuple[int, int]], known: Known) -> int:
    """How many words the first of several names without separators takes."""
    words = [text[a:b] for a, b in spans]
    bare = [w.strip(".,") for w in words]
    names = _run_of_names(bare, known)
    if names:
        rest = " ".join(words[names[0] :])
        if rest.startswith("(") or rest[:2] in ("- ", "– "):
            return len(words)
        post = rest and kind_of(rest, known) == "role" and not is_acronym(bare[names[0]])
        if len(names) == 1 and post and not re.search(r"\((?:[A-Z][\w'’-]+ ){1,2}[A-Z][\w'’-]+\)", rest):
            return len(words)
        return names[0]
    if is_acronym(bare[0]) and len(words) > 1:
        take = 2 if bare[0] in HEAD_ABBREVIATIONS and is_acronym(bare[1]) else 1
        rest_words = bare[take:]
        if (
            rest_words
            and (all(is_acronym(w) for w in rest_words) or _run_of_names(rest_words, known))
            and not (bare[0] in HEAD_ABBREVIATIONS and take == 1)
        ):
            follows = _run_of_names(rest_words, known)
            if not follows or sum(follows) == len(rest_words) or is_acronym(rest_words[sum(follows)]):
                return take
    for count in range(1, len(words)):
        rest = " ".join(words[count:])
        if " ".join(words[:count]) == rest or _starts_anew(" ".join(words[:count]), rest, known):
            return count
    return len(words)


def _starts_anew(left: str, rest: str, known: Known) -> bool:
    """Whether a post is over and another name begins, or a body is over and its chair's title begins."""
    if (
        re.match(r"(?:Chair|Chairs|Head of|Director of)\b", rest)
        and words_of(left)[-1:]
        and words_of(left)[-1].lower() in BODY_NOUNS
    ):
        return rest.startswith(("Head", "Director")) or rest in ("Chair", "Chairs")
    if not _CLOSING_POSTS.search(left) or not rest[:1].isupper() or re.match(r"(?:Lead|And|For|Of)\b", rest):
        return False
    first, _, others = rest.partition(" ")
    if is_acronym(first) and others and kind_of(others, known) in ("role", "person"):
        return False
    return kind_of(left, known) == "role" and (kind_of(rest, known) == "role" or is_person(rest))


def _juxtaposed(text: str, piece: Piece, known: Known) -> Iterator[Piece]:
    """The leads of a stretch without separators between them."""
    start, end = _trim(text, piece.start, piece.end)
    head_end = _trim(text, start, piece.body_start)[1] if piece.body_start is not None else end
    while start < head_end:
        spans = _spans(text, start, head_end)
        if not 2 <= len(spans) <= _MOST_WORDS or re.search(r"\d", text[start:head_end]):
            break
        count = _first_end(text, spans, known)
        if count >= len(spans):
            break
        yield Piece(start, _trim(text, start, spans[count - 1][1])[1], piece.letters)
        start = spans[count][0]
    if start < end:
        yield Piece(start, end, piece.letters, piece.body_start)


def _inner(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch and, by itself, what a bracket adds to it ("EYFC (& SM Family Support)")."""
    added = re.search(r"\(\s*(?:&|and|with)\s+([^()]*)\)\s*$", text[start:end])
    if added:
        yield start, start + added.start()
        yield start + added.start(1), start + added.end(1)
    else:
        yield start, end


def cut_leads(text: str, part: Piece, known: Known) -> Iterator[Piece]:
    """The leads of a cell or of one of its lettered parts, in printed order."""
    for hard_start, hard_end, _ in _cut_at(text, part.start, part.end, _HARD):
        for start, end in _inner(text, hard_start, hard_end):
            low, high = _trim(text, start, end)
            if low >= high:
                continue
            if high - low > _LONGEST:
                yield Piece(low, high, part.letters)
                continue
            for piece in _group(text, low, high, part.letters, known):
                if re.search(r"\w", text[piece.start : piece.end]):
                    yield from _juxtaposed(text, piece, known)
