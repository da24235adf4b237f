"""A SPARQL 1.1 server by its address, as a source like the embedded store.

In: addresses, queries. Out: answers that were seen whole, in the formats of this service. ``docs/engines.md`` tells
what each known server needs.
"""

from cyppgraph.store.remote.answers import ServerRefusedError
from cyppgraph.store.remote.exchange import Exchange, Server, read_authorization
from cyppgraph.store.remote.source import RemoteSource, open_remote
from cyppgraph.store.remote.writing import GraphStoreWriter, GraphWriter, UpdateWriter

__all__ = [
    "Exchange",
    "GraphStoreWriter",
    "GraphWriter",
    "RemoteSource",
    "Server",
    "ServerRefusedError",
    "UpdateWriter",
    "open_remote",
    "read_authorization",
]
