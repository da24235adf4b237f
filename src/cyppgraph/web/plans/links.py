"""What was judged of a thing, by readers and programs. In: an edition, an IRI. Out: its links, with reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell

# Each branch is whole, so that no engine reads all links to join them with these.
_LINKS = """
SELECT DISTINCT ?link ?outward ?predicate ?other ?name ?plan ?status ?confidence ?reason ?author {{
  {{ ?link rdf:subject {thing} ; a sssom:Mapping ; rdf:object ?other ; rdf:predicate ?predicate
     BIND ("yes" AS ?outward) }}
  UNION {{ ?link rdf:object {thing} ; a sssom:Mapping ; rdf:subject ?other ; rdf:predicate ?predicate
          BIND ("" AS ?outward) }}
  OPTIONAL {{ ?link cypp:linkStatus/skos:notation ?status }}
  OPTIONAL {{ ?link sssom:confidence ?confidence }}
  OPTIONAL {{ ?link rdfs:comment ?reason }}
  OPTIONAL {{ ?link sssom:author_label ?author }}
  OPTIONAL {{ ?other rdfs:label ?label }}
  OPTIONAL {{ ?other skos:prefLabel ?called }}
  OPTIONAL {{ ?other cypp:inPlan/dct:title ?plan }}
  BIND (COALESCE(?label, ?called) AS ?name)
}}
"""


@dataclass(frozen=True, slots=True)
class ThingLink:
    """A judgement on a pair of things: how they relate, the other one, whether it holds, how sure, why, who says so."""

    iri: str
    relation: str
    other: str
    name: str
    plan: str
    status: str
    confidence: str
    reason: str
    author: str


def read_links(edition: Edition, iri: str) -> list[ThingLink]:
    """Return the judgements on a thing, by status, the surest first; one query."""
    found: dict[str, ThingLink] = {}
    for link, outward, predicate, other, name, *rest in sorted(
        read_texts(edition, _LINKS.format(thing=ox.NamedNode(iri)))
    ):
        local = re.split(r"[/#]", predicate)[-1]
        relation = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower()
        said = relation if outward else f"{relation} (said of the other)"
        found.setdefault(link, ThingLink(link, said, other, name or other, *rest))
    return sorted(found.values(), key=lambda each: (each.status, -_weigh(each.confidence), each.name))


def _weigh(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def lay_out_links(edition: Edition, iri: str) -> Sheet:
    """Return all judgements on a thing as a table, the rejected too; one query."""
    columns = ("How they relate", "With", "In the plan", "Status", "Confidence", "Reason", "Judged by", "Other IRI")
    rows = []
    for each in read_links(edition, iri):
        words = (
            each.relation,
            each.name,
            each.plan,
            each.status,
            each.confidence,
            each.reason,
            each.author,
            each.other,
        )
        rows.append(SheetRow([Cell(text) for text in words], each.iri))
    return Sheet("links", "How it is linked", columns, rows)
