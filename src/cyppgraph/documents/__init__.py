"""READ: one reader per file kind; path in, Document out (blocks, rows, cells; each character knows its line)."""
