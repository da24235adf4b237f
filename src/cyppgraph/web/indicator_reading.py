"""What the graph knows of one indicator. In: an edition, its IRI. Out: facts, uses, figures, links, rejected pairs.

Figures are asked for the indicator and for those that are matched with it, since an indicator of today is seldom that
of 2012; each says of which it is. A figure that is not there keeps its reason. Five queries, whatever the size of the
data.
"""

from __future__ import annotations

from dataclasses import dataclass

from cyppgraph.store import Edition
from cyppgraph.web.comparing import ask, name_kind, read_number, write_iri

_MATCHES = (
    "skos:closeMatch|^skos:closeMatch|skos:relatedMatch|^skos:relatedMatch|skos:exactMatch|^skos:exactMatch"
    "|skos:broadMatch|^skos:broadMatch|skos:narrowMatch|^skos:narrowMatch"
)
_FACTS = """
SELECT ?p ?o (MIN(STR(?_label)) AS ?label) (MIN(STR(?_about)) AS ?about) {{
  {iri} ?p ?o .
  OPTIONAL {{ ?o skos:prefLabel|dct:title|rdfs:label ?_label }}
  OPTIONAL {{ ?o skos:definition ?_about }}
}} GROUP BY ?p ?o ORDER BY ?p ?o
"""
# A plan is reached by the indicator, by a part of it, or by a local one that a reader matched with either.
_USES = """
SELECT ?element ?way ?named (MIN(STR(?_called)) AS ?called) ?plan (MIN(STR(?_words)) AS ?words)
       (MIN(STR(?type)) AS ?kind) (MIN(?_line) AS ?line) (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why)
{{
  ?exact skos:broader* {iri} .
  {{ ?element cypp:usesIndicator ?exact . BIND (?exact AS ?named) BIND ("1 uses" AS ?way)
     BIND (cypp:usesIndicator AS ?by) BIND (?element AS ?from) }}
  UNION {{ ?element cypp:concernsIndicator ?exact . BIND (?exact AS ?named) BIND ("2 concerns" AS ?way)
          BIND (cypp:concernsIndicator AS ?by) BIND (?element AS ?from) }}
  UNION {{ ?element cypp:relatesToIndicator ?exact . BIND (?exact AS ?named) BIND ("3 relates" AS ?way)
          BIND (cypp:relatesToIndicator AS ?by) BIND (?element AS ?from) }}
  UNION {{ ?named skos:closeMatch ?exact . ?element cypp:usesIndicator ?named . BIND ("4 close" AS ?way)
          BIND (skos:closeMatch AS ?by) BIND (?named AS ?from) }}
  UNION {{ ?named skos:relatedMatch ?exact . ?element cypp:usesIndicator ?named . BIND ("5 related" AS ?way)
          BIND (skos:relatedMatch AS ?by) BIND (?named AS ?from) }}
  ?element cypp:inPlan ?plan .
  OPTIONAL {{ ?element a ?type . FILTER (?type != cypp:PlanElement) }}
  OPTIONAL {{ ?element cypp:statement ?_words }}
  OPTIONAL {{ ?element cypp:source/cypp:firstLine ?_line }}
  OPTIONAL {{ ?named rdfs:label ?_called }}
  OPTIONAL {{
    ?link rdf:subject ?from ; rdf:predicate ?by ; rdf:object ?exact ; cypp:linkStatus/skos:notation "accepted" ;
          sssom:confidence ?_sure .
    OPTIONAL {{ ?link rdfs:comment ?_why }}
  }}
}} GROUP BY ?element ?way ?named ?plan
"""
_FIGURES = """
SELECT ?figure ?indicator (MIN(STR(?_title)) AS ?title) (MIN(?_close) AS ?close) (MIN(STR(?_area)) AS ?area)
       (MIN(STR(?_period)) AS ?period) (MAX(?_ends) AS ?ends) (MIN(?_role) AS ?role) (MIN(?_value) AS ?value)
       (MIN(STR(?_unit)) AS ?unit) (MIN(STR(?_per)) AS ?per) (MIN(STR(?_absence)) AS ?absence)
       (MIN(STR(?_source)) AS ?source) (MIN(STR(?_sure)) AS ?sure) (MAX(?_planned) AS ?planned)
{{
  {{
    {iri} ({matches})? ?indicator .
    {{ ?figure cypp:observedIndicator ?indicator .
       OPTIONAL {{ ?figure sdmx-measure:obsValue ?_value }}
       OPTIONAL {{ ?figure sdmx-attribute:unitMeasure/skos:prefLabel ?_unit }}
       OPTIONAL {{ ?figure sdmx-dimension:refPeriod ?when .
                  OPTIONAL {{ ?when rdfs:label ?_period }} OPTIONAL {{ ?when dcat:endDate ?_ends }} }}
       OPTIONAL {{ ?figure sdmx-dimension:refArea ?place . OPTIONAL {{ ?place rdfs:label ?_area }}
                  BIND (EXISTS {{ ?any a cypp:Plan ; dct:spatial ?place }} AS ?_planned) }}
       OPTIONAL {{ ?figure cypp:valueRole/skos:notation ?_role }}
       OPTIONAL {{ ?figure cypp:absence ?reason . ?reason skos:prefLabel ?called .
                  OPTIONAL {{ ?reason skos:definition ?said }}
                  BIND (CONCAT(STR(?called), COALESCE(CONCAT(". ", STR(?said)), "")) AS ?_absence) }}
       OPTIONAL {{ ?figure cypp:statedBy/(foaf:name|dct:title) ?_source }} }}
    UNION
    {{ {{ ?figure cypp:concernsIndicator ?indicator }} UNION {{ ?figure ^cypp:hasTarget/cypp:usesIndicator ?indicator }}
       FILTER (?indicator = {iri})
       FILTER NOT EXISTS {{ ?drawn prov:wasDerivedFrom ?figure ; cypp:observedIndicator ?indicator }}
       ?figure cypp:value ?_value ; cypp:inPlan ?plan .
       BIND ("target" AS ?_role)
       OPTIONAL {{ ?figure cypp:comparison/skos:notation ?way }}
       OPTIONAL {{ ?figure cypp:statement ?words }}
       BIND (CONCAT(IF(COALESCE(STRENDS(?way, " by"), false), CONCAT("A change (", ?way, "), not a level"),
                       "Its value, unit and period cannot be told in one way"),
                    COALESCE(CONCAT(". In the plan’s words: ", STR(?words)), "")) AS ?_absence)
       OPTIONAL {{ ?figure cypp:unit/skos:prefLabel ?_unit }}
       OPTIONAL {{ ?figure cypp:due/cypp:statement ?_period }}
       OPTIONAL {{ ?plan dct:spatial/rdfs:label ?_area }}
       OPTIONAL {{ ?plan dct:title ?_source }} }}
    OPTIONAL {{ ?figure cypp:per ?_per }}
    OPTIONAL {{ ?figure cypp:certainty/skos:prefLabel ?_sure }}
    OPTIONAL {{ ?indicator rdfs:label ?_title }}
    BIND (IF(?indicator = {iri}, "same",
          IF(EXISTS {{ ?indicator skos:closeMatch|^skos:closeMatch {iri} }}, "close", "related")) AS ?_close)
  }}
}} GROUP BY ?figure ?indicator
"""
_LINKED = """
SELECT ?other ?how (MIN(STR(?_label)) AS ?label) (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why) {{
  VALUES ?by {{ skos:broader skos:narrower skos:broadMatch skos:narrowMatch skos:closeMatch skos:relatedMatch
               skos:exactMatch }}
  {{ {iri} ?by ?other . BIND (STR(?by) AS ?how) BIND ({iri} AS ?from) BIND (?other AS ?to) }}
  UNION {{ ?other ?by {iri} . BIND (CONCAT("^", STR(?by)) AS ?how) BIND (?other AS ?from) BIND ({iri} AS ?to) }}
  OPTIONAL {{ ?other rdfs:label ?_label }}
  OPTIONAL {{ ?link rdf:subject ?from ; rdf:predicate ?by ; rdf:object ?to ; cypp:linkStatus/skos:notation "accepted" ;
                   sssom:confidence ?_sure . OPTIONAL {{ ?link rdfs:comment ?_why }} }}
}} GROUP BY ?other ?how
"""
_REJECTED = """
SELECT ?link ?other ?predicate (MIN(STR(?_words)) AS ?words) (MIN(STR(?_plan)) AS ?plan) (MAX(?_sure) AS ?sure)
       (MIN(STR(?_why)) AS ?why)
{{
  {{ ?link rdf:object {iri} ; rdf:subject ?other }} UNION {{ ?link rdf:subject {iri} ; rdf:object ?other }}
  ?link cypp:linkStatus/skos:notation "rejected" ; rdf:predicate ?predicate .
  OPTIONAL {{ ?other cypp:statement|skos:prefLabel ?_words }}
  OPTIONAL {{ ?other cypp:inPlan ?_plan }}
  OPTIONAL {{ ?link sssom:confidence ?_sure }}
  OPTIONAL {{ ?link rdfs:comment ?_why }}
}} GROUP BY ?link ?other ?predicate
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about the indicator: property, value, and what the value is called and means if it is a thing."""

    property: str
    value: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Use:
    """A statement of a plan and how it comes to the indicator: uses, concerns, relates, close or related."""

    iri: str
    way: str
    named: str
    called: str
    plan: str
    words: str
    kind: str
    line: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A promised target, a published figure, or the absence of one with its reason.

    Attributes:
        match: same, close or related: whether it is of the indicator itself.
        ends: the last day of its period; empty if it cannot be drawn.
        planned: "true" if a plan of its area is in the graph.
    """

    iri: str
    indicator: str
    title: str
    match: str
    area: str
    period: str
    ends: str
    role: str
    value: str
    unit: str
    per: str
    absence: str
    source: str
    certainty: str
    planned: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another indicator, how it stands to this one, and the reader's confidence and reason."""

    iri: str
    how: str
    label: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A pair that a reader looked at and rejected."""

    iri: str
    predicate: str
    words: str
    plan: str
    confidence: str
    reason: str


def read_facts(edition: Edition, iri: str) -> list[Fact]:
    """Return what is said of the indicator itself; one query."""
    return [Fact(*row) for row in ask(edition, _FACTS.format(iri=write_iri(iri)))]


def read_uses(edition: Edition, iri: str) -> list[Use]:
    """Return the statements of plans that come to the indicator, each by its closest way; one query."""
    closest: dict[str, Use] = {}
    rows = ask(edition, _USES.format(iri=write_iri(iri)))
    for element, way, named, called, plan, words, kind, line, sure, why in sorted(rows, key=lambda row: row[1:3]):
        use = Use(element, way[2:], named, called, plan, words, name_kind(kind), line, sure, why)
        closest.setdefault(element, use)
    return sorted(closest.values(), key=lambda each: (read_number(each.line), each.words, each.iri))


def read_figures(edition: Edition, iri: str) -> list[Figure]:
    """Return targets, figures and absences, by area, role, indicator and period; one query."""
    rows = ask(edition, _FIGURES.format(iri=write_iri(iri), matches=_MATCHES))
    figures = [Figure(*row) for row in rows]
    return sorted(figures, key=lambda each: (each.area, each.role != "target", each.title, each.ends or "~", each.iri))


def read_links(edition: Edition, iri: str) -> list[Link]:
    """Return the other indicators that this one is linked with; one query."""
    rows = ask(edition, _LINKED.format(iri=write_iri(iri)))
    return sorted((Link(*row) for row in rows), key=lambda each: (each.how.strip("^"), each.label, each.iri))


def read_rejected(edition: Edition, iri: str) -> list[Rejected]:
    """Return the pairs with the indicator that readers rejected; one query."""
    rows = ask(edition, _REJECTED.format(iri=write_iri(iri)))
    return sorted((Rejected(*row[1:]) for row in rows), key=lambda each: (each.plan, each.words, each.iri))
