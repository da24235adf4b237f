"""MAP: Plan in, triples out; ``iris`` alone mints."""

from cyppgraph.mapping.authorities import Authority, read_authorities
from cyppgraph.mapping.catalogue import map_catalogue
from cyppgraph.mapping.indicators import name_indicators
from cyppgraph.mapping.iris import Iris, mint
from cyppgraph.mapping.plans import map_plan

__all__ = ["Authority", "Iris", "map_catalogue", "map_plan", "mint", "name_indicators", "read_authorities"]
