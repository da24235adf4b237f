"""What the tools give, as types: they become the schemas that a client is shown."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict  # that of ``typing`` cannot be read at run time before 3.12


class Citation(TypedDict):
    """Where something is printed: lines of a document, counted from 1. ``certainty``: how sure the reading is."""

    iri: str
    plan: NotRequired[str]
    document: str
    lines: str
    certainty: NotRequired[str]


class Column(TypedDict):
    """A column of an answer, and what it holds."""

    name: str
    meaning: NotRequired[str]


class TableReply(TypedDict):
    """Rows, by column; what is unbound is left out. ``row_count`` is that of the whole answer, ``more_rows`` how many
    of them are not shown here, ``cut_texts`` how many texts are shortened (describe their IRI for the whole)."""

    notice: str
    question: NotRequired[str]
    columns: list[Column]
    rows: list[dict[str, str]]
    row_count: int
    more_rows: int
    cut_texts: int
    citations: list[Citation]
    data_version: str | None


class ParameterReply(TypedDict):
    """A value that may be set: its kind (string, integer, decimal, date, iri) and its default, as SPARQL writes it."""

    name: str
    kind: str
    meaning: str
    default: str


class QuestionReply(TypedDict):
    """A saved question. In a list of them all only its number, name and words are given."""

    number: str
    name: str
    question: str
    why: NotRequired[str]
    parameters: NotRequired[list[ParameterReply]]
    columns: NotRequired[list[Column]]


class QuestionsReply(TypedDict):
    """Saved questions, the nearest first."""

    questions: list[QuestionReply]
    more: int


class Found(TypedDict):
    """Something that fits the words; ``score`` 1 is all of them, word for word."""

    iri: str
    kind: str
    label: str
    code: NotRequired[str]
    plan: NotRequired[str]
    statement: NotRequired[str]
    score: float
    lines: NotRequired[str]
    document: NotRequired[str]
    certainty: NotRequired[str]


class SearchReply(TypedDict):
    """What fits the words, the best first; ``more`` fit less well."""

    notice: str
    found: list[Found]
    more: int
    data_version: str | None


class SourceLines(TypedDict):
    """Lines of a document, word for word; lines count from 1 and both are included."""

    document: str
    title: NotRequired[str]
    first_line: int
    last_line: int
    quote: str


class Part(TypedDict):
    """A statement about a part that has no life of its own, such as a date or a lead."""

    property: str
    value: str
    label: NotRequired[str]


class Statement(TypedDict):
    """One thing that is said: a property, its value, what the value is called, and what is said of it in turn."""

    property: str
    value: str
    label: NotRequired[str]
    parts: NotRequired[list[Part]]


class LinkReply(TypedDict):
    """A judgement about two things: accepted, rejected (looked at and turned down) or proposed (undecided)."""

    subject: str
    subject_label: NotRequired[str]
    predicate: str
    object: str
    object_label: NotRequired[str]
    status: str
    confidence: NotRequired[str]
    certainty: NotRequired[str]
    score: NotRequired[str]
    reason: NotRequired[str]
    decided_by: NotRequired[str]


class Finding(TypedDict):
    """What was found wrong or missing in the document."""

    kind: str
    says: str


class Use(TypedDict):
    """What points here by a property: how many, and some of them."""

    property: str
    count: int
    some: list[Part]


class DescribeReply(TypedDict):
    """All that the graph says of one thing; ``citations`` tell where it and what it is linked with are printed, ``cut``
    what is not shown whole."""

    notice: str
    iri: str
    label: NotRequired[str]
    kinds: list[str]
    certainty: NotRequired[str]
    sources: list[SourceLines]
    statements: list[Statement]
    links: list[LinkReply]
    findings: list[Finding]
    used_by: list[Use]
    citations: list[Citation]
    cut: list[str]
    data_version: str | None


class TermReply(TypedDict):
    """A class or a property: ``uses`` are its instances or its statements in this graph."""

    name: str
    label: NotRequired[str]
    definition: NotRequired[str]
    note: NotRequired[str]
    example: NotRequired[str]
    under: NotRequired[list[str]]
    on: NotRequired[list[str]]
    to: NotRequired[list[str]]
    uses: NotRequired[int]


class ListReply(TypedDict):
    """A closed list of values: concepts are told apart by skos:notation."""

    scheme: str
    notations: list[str]


class VocabularyReply(TypedDict):
    """The terms that queries are written in. The prefixes need no declaration."""

    classes: list[TermReply]
    properties: list[TermReply]
    lists: list[ListReply]
    graphs: dict[str, int]
    prefixes: dict[str, str]
    data_version: str | None
