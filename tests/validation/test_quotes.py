"""Words are found in the lines they are said to stand in, or the report says why not."""

from __future__ import annotations

import hashlib

import pyoxigraph
import pytest
import rdflib

from cyppgraph.findings import Severity
from cyppgraph.validation import Result, check_quotes
from cyppgraph.where import Where

LINES = [
    "# Be Healthy",
    "Action\tMeasure\tLead",
    "<p>Agree the <b>strat</b>egy</p>\tSubmit   papers to",
    "",
    "Cabinet Members.\tOngoing\tAnna Kitt",
]
CHECKSUM = hashlib.sha256("\n".join(LINES).encode()).hexdigest()
DOCUMENTS = {CHECKSUM: LINES}


def turtle(passage: str, checksum: str = CHECKSUM) -> str:
    return f"""
        @base <https://w3id.org/cyppgraph/id/plan/croydon-2013/> .
        @prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        <document> a cypp:SourceDocument ; dct:identifier "source.txt" ; cypp:checksum "{checksum}" .
        <passage> cypp:sourceDocument <document> ; {passage} .
    """


def checked(passage: str, checksum: str = CHECKSUM) -> list[Result]:
    """The results for one passage, which must be the same from either engine."""
    text = turtle(passage, checksum)
    store = pyoxigraph.Store()
    store.load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    results = check_quotes(rdflib.Graph().parse(data=text), DOCUMENTS)
    assert check_quotes(store, DOCUMENTS) == results
    return results


@pytest.mark.parametrize(
    "passage",
    [
        'a cypp:SourcePassage ; cypp:firstLine 1 ; cypp:lastLine 1 ; cypp:quote "Be Healthy"',
        'a cypp:SourcePassage ; cypp:firstLine 3 ; cypp:lastLine 3 ; cypp:quote "Agree the strategy"',
        'a cypp:SourcePassage ; cypp:firstLine 3 ; cypp:lastLine 5 ; cypp:quote "Submit papers to Cabinet Members."',
        'a cypp:SourceRow ; cypp:firstLine 3 ; cypp:lastLine 5 ; cypp:quote "Agree the strategy … Anna Kitt … Submit"',
        'a cypp:SourcePassage ; cypp:firstLine 5 ; cypp:lastLine 5 ; cypp:quote "Ongoing [name withheld]"',
        'a cypp:SourceRow ; cypp:firstLine 5 ; cypp:lastLine 5 ; cypp:hasCell <cell> . <cell> cypp:cellText "Ongoing"',
        "a cypp:SourcePassage ; cypp:firstLine 5 ; cypp:lastLine 5",
        'a cypp:SourcePassage ; cypp:quote "Be Healthy"',
    ],
    ids=[
        "as it stands",
        "tags inside a word",
        "over two lines and a blank one",
        "a row in pieces",
        "a name withheld",
        "a cell",
        "lines without a quote are the shapes' business",
        "a quote without lines too",
    ],
)
def test_words_that_stand_there_are_found(passage: str) -> None:
    assert checked(passage) == []


@pytest.mark.parametrize(
    ("passage", "rule", "node"),
    [
        (
            'a cypp:SourcePassage ; cypp:firstLine 2 ; cypp:lastLine 2 ; cypp:quote "Be Healthy"',
            "quote-not-found",
            "passage",
        ),
        (
            'a cypp:SourcePassage ; cypp:firstLine 1 ; cypp:lastLine 1 ; cypp:quote "Be healthy"',
            "quote-not-found",
            "passage",
        ),
        (
            'a cypp:SourceRow ; cypp:firstLine 5 ; cypp:lastLine 5 ; cypp:quote "Ongoing … Submit papers to"',
            "quote-not-found",
            "passage",
        ),
        (
            'a cypp:SourceRow ; cypp:firstLine 5 ; cypp:lastLine 5 ; cypp:hasCell <cell> . <cell> cypp:cellText "June"',
            "quote-not-found",
            "cell",
        ),
        (
            'a cypp:SourcePassage ; cypp:firstLine 5 ; cypp:lastLine 6 ; cypp:quote "Ongoing"',
            "quote-outside-document-lines",
            "passage",
        ),
        (
            'a cypp:SourcePassage ; cypp:firstLine 0 ; cypp:lastLine 1 ; cypp:quote "Be Healthy"',
            "quote-outside-document-lines",
            "passage",
        ),
    ],
    ids=["on another line", "spelt otherwise", "one piece of two", "a cell", "after the end", "before the start"],
)
def test_words_that_do_not_stand_there_are_reported(passage: str, rule: str, node: str) -> None:
    (result,) = checked(passage)
    assert (result.rule, result.severity) == (rule, Severity.VIOLATION)
    assert result.node == f"https://w3id.org/cyppgraph/id/plan/croydon-2013/{node}"
    assert result.where is not None
    assert result.where.file == "source.txt"


def test_a_document_that_has_changed_is_not_read() -> None:
    passage = 'a cypp:SourcePassage ; cypp:firstLine 1 ; cypp:lastLine 1 ; cypp:quote "Be Healthy"'
    (result,) = checked(passage, checksum="0" * 64)
    assert (result.rule, result.where) == ("document-not-at-hand", Where("source.txt", 1, 1))


def test_the_message_shows_the_words_and_what_to_do() -> None:
    (result,) = checked('a cypp:SourcePassage ; cypp:firstLine 1 ; cypp:lastLine 1 ; cypp:quote "Stay safe"')
    assert str(result) == (
        "source.txt:1: quote-not-found: “Stay safe”: "
        "The words “Stay safe” do not stand in these lines of the document. "
        "Correct how they are read, and build the plan again."
    )
