"""What went wrong, for programs. In: a status and a sentence. Out: a problem document (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response


def state_problem(status: int, detail: str, **members: int | str | list[str] | None) -> Response:
    """Return a problem document.

    Args:
        status: the HTTP status, which gives the title.
        detail: a sentence for a person.
        members: what else a program may want to know, such as the line; None is left out.
    """
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    known = {name: value for name, value in members.items() if value is not None}
    text = json.dumps(body | known, ensure_ascii=False, indent=1) + "\n"
    return Response(text, status, mimetype="application/problem+json")
