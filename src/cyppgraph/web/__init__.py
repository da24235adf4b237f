"""SERVE: a store and saved questions in, a Flask application out (SPARQL endpoint, home page, a page per question)."""

from cyppgraph.web.app import create_app
from cyppgraph.web.server import serve_app

__all__ = ["create_app", "serve_app"]
