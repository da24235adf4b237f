"""Plans side by side, and the pages of indicators."""
