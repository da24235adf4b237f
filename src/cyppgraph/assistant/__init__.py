"""ASSIST: a source and saved questions in, a server for language models out (Model Context Protocol).

Needs the extra ``mcp`` of this package; only ``server`` and ``replies`` rest on it.
"""

from cyppgraph.assistant.server import make_server, serve_assistant

__all__ = ["make_server", "serve_assistant"]
