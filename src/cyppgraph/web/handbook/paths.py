"""The tables about the data for programs. In: nothing. Out: their paths of an OpenAPI 3.1 document."""

from __future__ import annotations

from cyppgraph.web.handbook.findings import SEVERITIES

Json = dict[str, object]

_FIELDS = {
    "plan": ("The identifier of a plan.", {"type": "string"}, "croydon-2013"),
    "kind": ("A kind of finding, as its IRI ends.", {"type": "string"}, "impossible-date"),
    "severity": ("How much it matters.", {"type": "string", "enum": list(SEVERITIES)}, "warning"),
}


def describe_paths() -> Json:
    """Return the paths of the findings, their counts, and the list of files."""
    fields = [
        {"name": name, "in": "query", "required": False, "description": words, "schema": schema, "example": example}
        for name, (words, schema, example) in _FIELDS.items()
    ]
    findings = (
        "What is amiss in the sources, each with its plan, line and statement; all, or those that meet the fields."
    )
    return {
        "/findings.csv": {
            "get": _describe("findings", "Findings about the sources", findings) | {"parameters": fields}
        },
        "/findings/counts.csv": {"get": _describe("finding_counts", "Findings by kind and plan", "Their numbers.")},
        "/data/downloads.csv": {"get": _describe("files", "Files to take away", "With sizes, checksums and licences.")},
    }


def _describe(name: str, summary: str, description: str) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "description": description,
        "tags": ["Data"],
        "responses": {
            "200": {"description": "A table.", "content": {"text/csv": {"schema": {"type": "string"}}}},
            "304": {"description": "The copy that the client has is still right."},
        },
    }
