"""VALIDATE: a graph in, a report of findings out (SHACL shapes and check queries)."""
