"""What was asked and what became of it, a line of JSON each. In: exchanges that are over. Out: lines in a file.

By default no line tells who asked or what: the network of the address in place of the address, a checksum in place of
the query, no query strings. What comes from outside is escaped (JSON, ASCII only), so it can neither end a line nor
begin another, nor give orders to a terminal.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from hashlib import sha256
from logging.handlers import WatchedFileHandler

from cyppgraph.errors import CyppgraphError
from cyppgraph.web.http.exchange import Exchange
from cyppgraph.web.http.hosts import blur_address

_WATCHED = ("/health", "/metrics")
_LONGEST_PATH = 500
_LONGEST_AGENT = 120
_LONGEST_QUERY = 10_000


class AccessLog:
    """Writes a line for each exchange.

    Args:
        target: a file to add to (opened anew when it was moved away, as logrotate does), or ``-`` for stderr.
        with_addresses: whether to write addresses in full.
        with_queries: whether to write the text of queries.

    Raises:
        CyppgraphError: the file cannot be written.
    """

    def __init__(self, target: str, with_addresses: bool = False, with_queries: bool = False) -> None:
        self._with_addresses = with_addresses
        self._with_queries = with_queries
        try:
            self._handler = (
                logging.StreamHandler(sys.stderr) if target == "-" else WatchedFileHandler(target, encoding="ascii")
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise CyppgraphError(f"Cannot write the access log {target}: {reason}. Name another file.") from error
        self._handler.setFormatter(logging.Formatter("%(message)s"))

    def __call__(self, exchange: Exchange) -> None:
        """Write one line; where it cannot be written, say so on stderr and go on.

        Of those who watch the service, coming every few seconds, only those are written of who were not told "well".
        """
        if exchange.status == 200 and exchange.route.startswith(_WATCHED):
            return
        line = json.dumps(self._describe(exchange), ensure_ascii=True)
        self._handler.handle(logging.makeLogRecord({"msg": line, "levelno": logging.INFO}))

    def _describe(self, exchange: Exchange) -> dict[str, object]:
        address = exchange.address if self._with_addresses else blur_address(exchange.address)
        said: dict[str, object] = {
            "time": _write_time(exchange.arrived),
            "method": exchange.method[:20],
            "path": exchange.path[:_LONGEST_PATH],
            "route": exchange.route,
            "status": exchange.status,
            "outcome": exchange.outcome,
            "complete": exchange.complete,
            "bytes": exchange.size,
            "seconds": round(exchange.seconds, 6),
            "client": address,
            "agent": exchange.agent[:_LONGEST_AGENT],
            "data": exchange.data_version,
        }
        if exchange.asked is not None:
            said |= {
                "query": sha256(exchange.asked.encode("utf-8", "replace")).hexdigest()[:16],
                "queries": exchange.queries,
                "query_seconds": round(exchange.query_seconds, 6),
                "kind": exchange.kind,
                "rows": exchange.rows,
            }
            if self._with_queries:
                said["text"] = exchange.asked[:_LONGEST_QUERY]
        return said


def _write_time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
