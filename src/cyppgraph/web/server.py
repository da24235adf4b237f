"""The server. In: an application, an address. Out: its pages over HTTP, until interrupted.

Refuses an address that is taken or not ours.
"""

from __future__ import annotations

import signal
from collections.abc import Callable

from flask import Flask
from waitress import create_server

from cyppgraph.errors import CyppgraphError

_THREADS = 32  # they wait for workers most of the time


def serve_app(app: Flask, host: str, port: int, on_ready: Callable[[str], None], threads: int = _THREADS) -> None:
    """Serve an application until interrupted (SIGINT or SIGTERM). Called from the main thread.

    Args:
        app: what to serve.
        host: the address to listen on.
        port: the port; 0 for any that is free.
        on_ready: is given the address of the home page once requests are taken.
        threads: how many requests are answered at once.

    Raises:
        CyppgraphError: it cannot listen there.
    """
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident="cyppgraph",
            channel_request_lookahead=1,  # so that it sees when a client leaves
            # The application itself decides which to believe, and must see that a request was passed on.
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise CyppgraphError(f"Cannot listen on {host}:{port}: {reason}. Choose another --port or --host.") from error
    # A service manager's way to say what Ctrl+C does: requests that are being answered are given a few seconds.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    on_ready(f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}/")
    server.run()
