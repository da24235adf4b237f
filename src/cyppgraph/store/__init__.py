"""STORE: files in, a queryable store out (embedded Oxigraph)."""
