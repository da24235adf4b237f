"""MAP: Plan in, triples out; ``iris`` alone mints."""

from cyppgraph.mapping.authorities import Authority, read_authorities
from cyppgraph.mapping.iris import Iris, mint
from cyppgraph.mapping.plans import map_plan

__all__ = ["Authority", "Iris", "map_plan", "mint", "read_authorities"]
