"""The search over what plans say: its page and files."""
