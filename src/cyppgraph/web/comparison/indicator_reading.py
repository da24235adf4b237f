"""What the graph knows of one indicator. In: an edition, its IRI. Out: facts, uses, figures, links, rejected pairs.

Figures are asked for the indicator and for those that are matched with it, since an indicator of today is seldom that
of 2012; each says of which it is. A figure that is not there keeps its reason. Eight queries, whatever the size of the
data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.comparison.reading import name_kind, read_number, write_iri

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
# A plan is reached by the indicator, by a part of it, or by a local one that a reader matched with either. Each branch
# of a union is whole, here and below, so that no engine reads all of the graph to join it with these few.
_PARTS = "SELECT DISTINCT ?part {{ ?part skos:broader* {iri} }}"
_USES = """
SELECT ?element ?way ?named ?exact (MIN(STR(?_called)) AS ?called) ?plan (MIN(STR(?_words)) AS ?words)
       (MIN(STR(?type)) AS ?kind) (MIN(?_line) AS ?line)
{{
  {{ VALUES ?exact {{ {exact} }} ?element cypp:usesIndicator ?exact ; cypp:inPlan ?plan .
     BIND (?exact AS ?named) BIND ("1 uses" AS ?way) }}
  UNION {{ VALUES ?exact {{ {exact} }} ?element cypp:concernsIndicator ?exact ; cypp:inPlan ?plan .
          BIND (?exact AS ?named) BIND ("2 concerns" AS ?way) }}
  UNION {{ VALUES ?exact {{ {exact} }} ?element cypp:relatesToIndicator ?exact ; cypp:inPlan ?plan .
          BIND (?exact AS ?named) BIND ("3 relates" AS ?way) }}
  UNION {{ VALUES ?exact {{ {exact} }} ?named skos:closeMatch ?exact .
          ?element cypp:usesIndicator ?named ; cypp:inPlan ?plan . BIND ("4 close" AS ?way) }}
  UNION {{ VALUES ?exact {{ {exact} }} ?named skos:relatedMatch ?exact .
          ?element cypp:usesIndicator ?named ; cypp:inPlan ?plan . BIND ("5 related" AS ?way) }}
  OPTIONAL {{ ?element a ?type . FILTER (?type != cypp:PlanElement) }}
  OPTIONAL {{ ?element cypp:statement ?_words }}
  OPTIONAL {{ ?element cypp:source ?passage . ?passage cypp:firstLine ?_line }}
  OPTIONAL {{ ?named rdfs:label ?_called }}
}} GROUP BY ?element ?way ?named ?exact ?plan
"""
_REASONS = """
SELECT ?from ?by ?exact (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why) (MIN(?_status) AS ?status) {{
  VALUES ?exact {{ {exact} }} ?link rdf:object ?exact ; rdf:subject ?from ; rdf:predicate ?by ;
         sssom:confidence ?_sure ; cypp:linkStatus ?known . ?known skos:notation ?_status .
  OPTIONAL {{ ?link rdfs:comment ?_why }}
}} GROUP BY ?from ?by ?exact ?known
"""
_FIGURES = """
SELECT ?figure ?indicator (MIN(STR(?_title)) AS ?title) (MIN(?_close) AS ?close) (MIN(STR(?_area)) AS ?area)
       (MIN(STR(?_period)) AS ?period) (MAX(?_ends) AS ?ends) (MIN(?_role) AS ?role) (MIN(?_value) AS ?value)
       (MIN(STR(?_unit)) AS ?unit) (MIN(STR(?_per)) AS ?per) (MIN(STR(?_absence)) AS ?absence)
       (MIN(STR(?_source)) AS ?source) (MIN(STR(?_sure)) AS ?sure) (MAX(?_planned) AS ?planned)
       (MIN(STR(?_set)) AS ?set)
{{
    {{ {iri} ({matches})? ?indicator .
       ?figure cypp:observedIndicator ?indicator .
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
       OPTIONAL {{ ?figure cypp:statedBy/(foaf:name|dct:title) ?_source }}
       OPTIONAL {{ ?figure (qb:dataSet|cypp:missingFrom)/dct:title ?_set }} }}
    UNION
    {{ BIND ({iri} AS ?indicator)
       {{ ?figure cypp:concernsIndicator {iri} ; cypp:value ?_value ; cypp:inPlan ?plan }}
       UNION {{ ?bearer cypp:usesIndicator {iri} ; cypp:hasTarget ?figure .
               ?figure cypp:value ?_value ; cypp:inPlan ?plan }}
       FILTER NOT EXISTS {{ ?drawn prov:wasDerivedFrom ?figure ; cypp:observedIndicator {iri} }}
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
}} GROUP BY ?figure ?indicator
"""
_LINKED = """
SELECT ?other ?how (MIN(STR(?_label)) AS ?label) (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why) {{
  {{ {iri} ?by ?other . FILTER (?by IN ({links})) BIND (STR(?by) AS ?how)
     OPTIONAL {{ ?link rdf:subject {iri} ; rdf:predicate ?by ; rdf:object ?other ; sssom:confidence ?_sure ;
                      cypp:linkStatus/skos:notation "accepted" . OPTIONAL {{ ?link rdfs:comment ?_why }} }} }}
  UNION
  {{ ?other ?by {iri} . FILTER (?by IN ({links})) BIND (CONCAT("^", STR(?by)) AS ?how)
     OPTIONAL {{ ?link rdf:subject ?other ; rdf:predicate ?by ; rdf:object {iri} ; sssom:confidence ?_sure ;
                      cypp:linkStatus/skos:notation "accepted" . OPTIONAL {{ ?link rdfs:comment ?_why }} }} }}
  OPTIONAL {{ ?other rdfs:label ?_label }}
}} GROUP BY ?other ?how
"""
_LINKS = ", ".join(
    f"skos:{name}"
    for name in ("broader", "narrower", "broadMatch", "narrowMatch", "closeMatch", "relatedMatch", "exactMatch")
)
_BY = {
    "uses": "usesIndicator",
    "concerns": "concernsIndicator",
    "relates": "relatesToIndicator",
    "close": "closeMatch",
    "related": "relatedMatch",
}
_REJECTED = """
SELECT ?link ?other ?predicate (MIN(STR(?_words)) AS ?words) (MIN(STR(?_plan)) AS ?plan)
       (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why)
{{
  {{ ?link rdf:object {iri} ; rdf:subject ?other ; rdf:predicate ?predicate ;
           cypp:linkStatus ?known . ?known skos:notation "rejected" }}
  UNION {{ ?link rdf:subject {iri} ; rdf:object ?other ; rdf:predicate ?predicate ;
                cypp:linkStatus ?known . ?known skos:notation "rejected" }}
  OPTIONAL {{ ?other cypp:statement ?_words }}
  OPTIONAL {{ ?other cypp:inPlan ?_plan }}
  OPTIONAL {{ ?link sssom:confidence ?_sure }}
  OPTIONAL {{ ?link rdfs:comment ?_why }}
}} GROUP BY ?link ?other ?predicate
"""
_NAMES = (
    "SELECT ?iri (MIN(STR(?label)) AS ?name) {{ VALUES ?iri {{ {iris} }} ?iri skos:prefLabel ?label }} GROUP BY ?iri"
)


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
        data_set: the title of the set that it is of, which those of several years may share.
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
    data_set: str

    @property
    def said_by(self) -> str:
        """Who says it: the plan; or the publisher, and in which set of data."""
        return ": ".join(part for part in (self.source, self.data_set if self.role == "actual" else "") if part)


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
    return [Fact(*row) for row in read_texts(edition, _FACTS.format(iri=write_iri(iri)))]


def read_uses(edition: Edition, iri: str) -> list[Use]:
    """Return the statements of plans that come to the indicator, each by its closest way; three queries."""
    exact = " ".join(write_iri(part) for (part,) in read_texts(edition, _PARTS.format(iri=write_iri(iri))))
    reasons = {
        (source, by.rpartition("#")[2], exact): (sure, why)
        for source, by, exact, sure, why, status in read_texts(edition, _REASONS.format(exact=exact))
        if status == "accepted"
    }
    closest: dict[str, Use] = {}
    rows = read_texts(edition, _USES.format(exact=exact))
    for element, ranked, named, exact, called, plan, words, kind, line in sorted(rows, key=lambda row: row[1:3]):
        way = ranked[2:]
        source = named if way in ("close", "related") else element
        sure, why = reasons.get((source, _BY.get(way, ""), exact), ("", ""))
        closest.setdefault(element, Use(element, way, named, called, plan, words, name_kind(kind), line, sure, why))
    return sorted(closest.values(), key=lambda each: (read_number(each.line), each.words, each.iri))


def read_figures(edition: Edition, iri: str) -> list[Figure]:
    """Return targets, figures and absences, of areas that have a plan first; one query.

    They are in the order of area, role, indicator and period.
    """
    rows = read_texts(edition, _FIGURES.format(iri=write_iri(iri), matches=_MATCHES))
    figures = [Figure(*row) for row in rows]
    return sorted(figures, key=_order_figure)


def _order_figure(each: Figure) -> tuple[bool, str, bool, str, str, str]:
    has_plan = each.planned == "true" or each.role == "target"
    return not has_plan, each.area, each.role != "target", each.title, each.ends or "~", each.iri


def read_links(edition: Edition, iri: str) -> list[Link]:
    """Return the other indicators that this one is linked with; one query."""
    rows = read_texts(edition, _LINKED.format(iri=write_iri(iri), links=_LINKS))
    return sorted((Link(*row) for row in rows), key=lambda each: (each.how.strip("^"), each.label, each.iri))


def read_rejected(edition: Edition, iri: str) -> list[Rejected]:
    """Return the pairs with the indicator that readers rejected; two queries."""
    pairs = [Rejected(*row[1:]) for row in read_texts(edition, _REJECTED.format(iri=write_iri(iri)))]
    wordless = " ".join(write_iri(each.iri) for each in pairs if not each.words)
    names = {row[0]: row[1] for row in read_texts(edition, _NAMES.format(iris=wordless))}
    named = [each if each.words else replace(each, words=names.get(each.iri, "")) for each in pairs]
    return sorted(named, key=lambda each: (each.plan, each.words, each.iri))
