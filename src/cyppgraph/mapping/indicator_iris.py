"""The addresses of coded indicators and their sets. In: a plan, the national codes. Out: IRIs by measure and prefix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container

from rdflib import URIRef

from cyppgraph.mapping.slugs import digest, slug
from cyppgraph.mapping.structure import LOCAL_PART, has_code_conflict, is_local_part, split_code
from cyppgraph.namespaces import Namespaces
from cyppgraph.plan import Measure, Plan


def _scheme_base(plan: Plan, ns: Namespaces, prefix: str, *, local: bool = False) -> str:
    """Return the IRI of a set of indicators: the nation's, or the authority's own."""
    national = not local and any(s.national and s.prefix == prefix for s in plan.schemes)
    return (
        f"{ns.ids}indicator/{slug(prefix)}" if national else f"{ns.ids}indicator/{slug(plan.authority)}/{slug(prefix)}"
    )


def mint_indicators(plan: Plan, ns: Namespaces, national: Container[str]) -> dict[int, URIRef]:
    """Mint what coded measures use; a code that means something else elsewhere gives an indicator of the plan's own.

    So does a lettered part of a national indicator that the nation does not letter, or letters otherwise: it belongs to
    the authority's own set of such parts.
    """
    conflicts = has_code_conflict(plan)
    minted, titles = {}, defaultdict(set)
    coded = [e for e in plan.elements if isinstance(e, Measure) and e.code]
    for measure in coded:
        if measure.ref in conflicts:
            titles[slug(measure.code or "")].add(slug(measure.statement))
    for measure in coded:
        prefix, rest = split_code(measure)
        local = is_local_part(measure, plan, national, conflicts)
        iri = f"{_scheme_base(plan, ns, prefix, local=local)}/{slug(rest)}"
        clashes = len(titles[slug(measure.code or "")]) > 1
        if measure.ref in conflicts and (clashes or not local):
            iri += f"/as-printed-in/{plan.id}" + (f"-{digest(slug(measure.statement))}" if clashes else "")
        minted[measure.ref] = URIRef(iri)
    return minted


def mint_indicator_schemes(plan: Plan, ns: Namespaces, national: Container[str]) -> dict[str, URIRef]:
    """Mint the sets of indicators by prefix; what the authority itself makes of a national set by prefix and star."""
    minted = {s.prefix: URIRef(_scheme_base(plan, ns, s.prefix)) for s in plan.schemes}
    conflicts, sets = has_code_conflict(plan), {s.prefix for s in plan.schemes if s.national}
    for measure in plan.elements:
        if not isinstance(measure, Measure) or not measure.code:
            continue
        prefix = split_code(measure)[0]
        own = measure.ref in conflicts or is_local_part(measure, plan, national, conflicts)
        if own and prefix in sets:
            minted[LOCAL_PART + prefix] = URIRef(_scheme_base(plan, ns, prefix, local=True))
    return minted
