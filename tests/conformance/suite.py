"""Where the W3C's tests are. In: nothing. Out: their folder, if it is on this machine."""

from __future__ import annotations

from pathlib import Path

MANIFESTS = (
    "protocol/manifest.ttl",
    "graph-store-protocol/manifest-direct.ttl",
    "graph-store-protocol/manifest-indirect.ttl",
)
WHY_NOT = "the W3C's protocol tests are not beside this checkout (../shared/conformance/sparql11)"


def find_suite() -> Path | None:
    """Return the folder ``sparql11`` of w3c/rdf-tests beside the project, or None."""
    for folder in Path(__file__).resolve().parents[2:5]:
        suite = folder / "shared" / "conformance" / "sparql11"
        if suite.is_dir():
            return suite
    return None
