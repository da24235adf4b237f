"""Queries are sent so that any server understands them, and mean what they meant."""

from __future__ import annotations

import pytest

from cyppgraph.store import AnswerKind
from cyppgraph.store.remote.dialect import declare_prefixes, find_kind

BASE = "https://example.org/"
PREFIXES = {"ours": "urn:ours:", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("PREFIX ask: <urn:> # ASK\nSELECT ?ask { ?ask ask:ask 'ASK' }", AnswerKind.ROWS),
        ("BASE <urn:select> ask {}", AnswerKind.TRUTH),
        ("Construct { ?s ?p ?o } { SELECT * { ?s ?p ?o } }", AnswerKind.TRIPLES),
        ("DESCRIBE <urn:ask>", AnswerKind.TRIPLES),
    ],
)
def test_the_kind_is_that_of_the_outermost_keyword(query: str, kind: AnswerKind) -> None:
    assert find_kind(query) is kind


def test_only_prefixes_that_are_used_and_lack_a_declaration_are_added() -> None:
    assert declare_prefixes("ASK { ?s ?p 'ours:x' }", PREFIXES, BASE) == "ASK { ?s ?p 'ours:x' }"
    own = "PREFIX ours: <urn:mine:> ASK { ours:s ?p ?o }"
    assert declare_prefixes(own, PREFIXES, BASE) == own
    assert declare_prefixes("ASK { ours:s ?p ?o }", PREFIXES, BASE) == "PREFIX ours: <urn:ours:> ASK { ours:s ?p ?o }"


def test_a_base_stays_first_and_lines_keep_their_numbers() -> None:
    """As servers want it that learnt SPARQL 1.0."""
    query = "# BASE?\nBASE <urn:> # ours:\nASK { <s> ours:p ?o }"
    assert declare_prefixes(query, PREFIXES, BASE) == query.replace("<urn:>", "<urn:> PREFIX ours: <urn:ours:> ")


def test_a_relative_iri_is_given_the_base_of_the_data_unless_the_query_has_one() -> None:
    assert (
        declare_prefixes("ASK { <s> ?p '<o>' }", PREFIXES, BASE) == "BASE <https://example.org/> ASK { <s> ?p '<o>' }"
    )
    for own in ("ASK { <urn:s> ?p '<o>' }", "PREFIX a: <urn:a> BASE <urn:b> ASK { <s> ?p ?o }"):
        assert declare_prefixes(own, PREFIXES, BASE) == own
