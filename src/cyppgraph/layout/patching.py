"""Mend what the extraction broke. In: the document's lines and the patches. Out: mended lines; or why one fails."""

from __future__ import annotations

from collections.abc import Sequence

from cyppgraph.documents import Document, Source, Text, parse_blocks
from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.layout.profile import Patch
from cyppgraph.where import Where


def apply_patches(source: Source, patches: Sequence[Patch]) -> Document:
    """Parse a document after mending it.

    A patch over several lines makes them one text, whose line breaks part it into rows again; the characters keep
    their places, so every statement still points at the lines as published.

    Raises:
        FaultyInputError: each patch whose words are not found exactly once in its lines.
    """
    texts: dict[int, Text] = dict(enumerate(source.texts(), start=1))
    faults: list[Fault] = []
    for patch in patches:
        numbers = [n for n in range(patch.lines.first, patch.lines.last + 1) if n in texts]
        joined = Text.joined(_kept([texts[n] for n in numbers]), separator="\n")
        try:
            mended = joined.mended(patch.was, patch.now)
        except ValueError as error:
            where = Where(source.file, patch.lines.first, patch.lines.last)
            message = f"a patch quotes {patch.was!r}, which is {error} there; correct or remove the patch"
            faults.append(Fault(where, message))
            continue
        for number in numbers[1:]:
            del texts[number]
        texts[numbers[0]] = mended
    if faults:
        raise FaultyInputError(faults)
    return Document(source, parse_blocks(sorted(texts.items())))


def _kept(texts: list[Text]) -> list[Text]:
    """The texts, an empty one as a space, so that joining keeps its line."""
    return [text or Text.added(" ") for text in texts]
