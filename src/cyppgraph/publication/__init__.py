"""PUBLISH: graphs in, files out (Turtle, DCAT, VoID)."""
