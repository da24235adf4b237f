"""UNDERSTAND: small grammars for dates, leads, codes, quantities and money; text in, typed value out; pure."""
