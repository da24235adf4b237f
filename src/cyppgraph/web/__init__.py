"""SERVE: a store in, a Flask application out."""
