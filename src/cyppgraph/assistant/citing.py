"""Where things are printed. In: an edition, IRIs. Out: plan, document and lines of those that were read from lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cyppgraph.assistant.replies import Citation
from cyppgraph.store import Edition, read_texts

_WHERE = """
SELECT ?thing ?document ?first ?last ?plan ?certainty {{
  VALUES ?thing {{ {things} }}
  ?thing cypp:source? ?passage .
  ?passage cypp:firstLine ?first ; cypp:lastLine ?last ; cypp:sourceDocument/dct:identifier ?document .
  OPTIONAL {{ ?thing cypp:inPlan/dct:identifier ?plan }}
  OPTIONAL {{ ?thing cypp:certainty/skos:notation ?certainty }}
}}
ORDER BY ?thing ?document ?first
"""


def cite(edition: Edition, iris: Iterable[str], is_gone: Callable[[], bool]) -> dict[str, Citation]:
    """Return where each of these things is printed, by IRI, in the order given; those without lines are left out."""
    ours = [iri for iri in iris if iri.startswith(f"{edition.namespaces.ids}plan/")]
    if not ours:
        return {}
    query = _WHERE.format(things=" ".join(f"<{iri}>" for iri in ours))
    found: dict[str, Citation] = {}
    lines: dict[str, dict[str, None]] = {}
    for thing, document, first, last, plan, certainty in read_texts(edition, query, is_gone):
        citation: Citation = {"iri": thing, "document": document, "lines": ""}
        if plan:
            citation["plan"] = plan
        if certainty:
            citation["certainty"] = certainty
        found.setdefault(thing, citation)
        lines.setdefault(thing, {})[write_lines(int(first), int(last))] = None
    for thing, citation in found.items():
        citation["lines"] = ", ".join(lines[thing])
    return {iri: found[iri] for iri in ours if iri in found}


def write_lines(first: int, last: int) -> str:
    """Return "12" or "12-14"."""
    return str(first) if first == last else f"{first}-{last}"
