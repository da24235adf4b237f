"""Short names for IRIs. In: texts. Out: slugs and hashes, of ASCII letters, digits and hyphens; never empty."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

HASH_DIGITS = 8
SLUG_LENGTH = 60


def slug(text: str) -> str:
    """Return a text as a short name for an IRI: lower case, words joined by hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(name) > SLUG_LENGTH:
        return f"{name[:SLUG_LENGTH].rsplit('-', 1)[0]}-{digest(name)}"
    return name or digest(text)


def digest(*parts: str) -> str:
    """Return the first hexadecimal digits of a hash over texts."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:HASH_DIGITS]
