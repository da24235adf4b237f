"""For servers of WSGI applications. In: the environment (``CYPPGRAPH_*``). Out: ``app``, made when it is asked for.

    gunicorn -c deploy/gunicorn.conf.py cyppgraph.web.wsgi:app

Made in the process that serves: the worker processes that answer queries belong to it, and would not survive a fork.
"""

from __future__ import annotations

import atexit
import threading

from flask import Flask

from cyppgraph.settings import read_settings
from cyppgraph.web.service import load_data, make_service, open_source

_made: list[Flask] = []
_making = threading.Lock()


def make_app() -> Flask:
    """Load the data, start what answers, and return the application; all of it ends with this process.

    Raises:
        CyppgraphError: settings or data cannot be used, with all that is wrong with them.
    """
    settings = read_settings()
    if settings.store_url is None:
        load_data(settings)
    source = open_source(settings)
    atexit.register(source.close)
    return make_service(settings, source)


def __getattr__(name: str) -> Flask:
    if name != "app":
        raise AttributeError(name)
    with _making:
        if not _made:
            _made.append(make_app())
    return _made[0]
