"""PUBLISH: graphs in, files out (Turtle, DCAT, VoID)."""

from cyppgraph.publication.turtle import serialize_turtle, write_turtle

__all__ = ["serialize_turtle", "write_turtle"]
