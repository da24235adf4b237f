"""Saved questions and queries of one's own: their pages, answers, charts, code."""
