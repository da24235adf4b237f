"""Who may change the data. In: a request and the token that was set. Out: nothing, or a refusal.

Without a token nobody may. It comes as ``Authorization: Bearer TOKEN`` (RFC 6750), or as the password of Basic
(RFC 7617) for tools that know nothing else.
"""

from __future__ import annotations

import hmac

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized


def require_token(token: str | None) -> None:
    """Refuse the request at hand unless it has the token.

    Raises:
        Forbidden: no token is set, so nothing may be changed.
        Unauthorized: the request has none, or another.
    """
    if token is None:
        raise Forbidden("Updates are not taken: the graph is built from files.")
    given = request.authorization
    offered = "" if given is None else (given.token or given.password or "")
    if not hmac.compare_digest(offered.encode(), token.encode()):
        raise Unauthorized(
            "Changes need the token of this service, as 'Authorization: Bearer TOKEN'.",
            www_authenticate=WWWAuthenticate("bearer", {"realm": "cyppgraph"}),
        )
