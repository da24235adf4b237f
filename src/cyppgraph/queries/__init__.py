"""QUESTIONS: saved ``.rq`` files in; what they ask, with typed parameters, and queries to run out."""

from cyppgraph.queries.headers import CHECK_KEYS, ENTRIES, TEXT, HeaderValue, read_header
from cyppgraph.queries.kinds import KINDS, Kind
from cyppgraph.queries.parameters import Parameter, ParameterError
from cyppgraph.queries.questions import (
    QUESTION_KEYS,
    Question,
    fill_question,
    find_question,
    read_query,
    read_question,
    read_questions,
)

__all__ = [
    "CHECK_KEYS",
    "ENTRIES",
    "KINDS",
    "QUESTION_KEYS",
    "TEXT",
    "HeaderValue",
    "Kind",
    "Parameter",
    "ParameterError",
    "Question",
    "fill_question",
    "find_question",
    "read_header",
    "read_query",
    "read_question",
    "read_questions",
]
