"""Whether the client is still there. In: a WSGI environment. Out: a question that can be asked again and again.

WSGI has none of it; gunicorn and waitress each offer what it takes. Another server's clients count as there.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Mapping
from typing import Any

from cyppgraph.store import stays


def watch_client(environ: Mapping[str, Any]) -> Callable[[], bool]:
    """Return a function that tells whether the client has closed its connection.

    A client that closes its half of the connection when it has sent its request counts as gone.
    """
    told = environ.get("waitress.client_disconnected")
    if told is not None:
        return lambda: bool(told())
    socket = environ.get("gunicorn.socket")
    if socket is not None:
        poll = select.poll()
        poll.register(socket, select.POLLRDHUP)
        return lambda: bool(poll.poll(0))
    return stays
