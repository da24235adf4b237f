"""MAP: Plan in, triples out; ``iris`` alone mints."""
