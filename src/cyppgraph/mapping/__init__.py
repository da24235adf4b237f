"""MAP: Plan in, triples out; ``iris`` alone mints what a plan states."""

from cyppgraph.mapping.authorities import Authority, read_authorities
from cyppgraph.mapping.catalogue import map_catalogue
from cyppgraph.mapping.cube_structure import CUBE_SCHEMES
from cyppgraph.mapping.iris import Iris, mint
from cyppgraph.mapping.links import map_links
from cyppgraph.mapping.national import NationalIndicator, national_iri, read_national_indicators
from cyppgraph.mapping.plans import map_plan
from cyppgraph.mapping.promises import Promise, map_promises

__all__ = [
    "CUBE_SCHEMES",
    "Authority",
    "Iris",
    "NationalIndicator",
    "Promise",
    "map_catalogue",
    "map_links",
    "map_plan",
    "map_promises",
    "mint",
    "national_iri",
    "read_authorities",
    "read_national_indicators",
]
