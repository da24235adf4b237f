"""A question as a request asks it. In: the fields of its address or its form. Out: a query, or which field is wrong.

Refuses a field that is no parameter of the question (a slip would otherwise give the answer for all), one that is
given twice, a value that is not of its kind or not among its choices, and text that is not UTF-8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import Response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from cyppgraph.queries import ParameterError, Question, fill_question
from cyppgraph.queries.parameters import find_parameter
from cyppgraph.store.choices import Choices, check_choice
from cyppgraph.web.http.problems import state_problem

_FORM = "application/x-www-form-urlencoded"
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the values that were given, and the query that they make."""

    question: Question
    values: Mapping[str, str]
    query: str

    def add_to(self, address: str) -> str:
        """Return an address with the values that were given."""
        return f"{address}?{urlencode(self.values)}" if self.values else address


def read_fields() -> list[tuple[str, str]]:
    """Return the fields of the form that the request at hand posts, else those of its address.

    Raises:
        HTTPException: 400, where they are not UTF-8; 415, where what is posted is no form; 413, where it is too long.
    """
    is_posted = request.method == "POST"
    if is_posted and request.mimetype != _FORM:
        raise UnsupportedMediaType(f"Post the fields as {_FORM}.")
    try:
        text = (request.get_data() if is_posted else request.query_string).decode()
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise BadRequest("The percent-encoded text of this request is not UTF-8.") from error


def read_asked(question: Question, fields: Fields, choices: Choices) -> Asked:
    """Return what is asked; a parameter whose field is empty keeps its default, as a form sends it.

    Raises:
        ParameterError: the first field that is wrong.
    """
    values: dict[str, str] = {}
    for name, value in fields:
        find_parameter(question.parameters, name, value)
        if name in values:
            count = sum(other == name for other, _ in fields)
            message = f"{name!r} is given {count} times. Give it once; to compare several values, ask once for each."
            raise ParameterError(message, name, value, "one value", values[name])
        values[name] = value
    values = {name: value for name, value in values.items() if value}
    query = fill_question(question, values)
    for parameter in question.parameters:
        if parameter.name in values:
            check_choice(parameter, values[parameter.name], choices)
    return Asked(question, values, query)


def explain(error: ParameterError) -> Response:
    """Return a problem document that says which parameter is wrong, what was found and what would do."""
    return state_problem(
        400,
        str(error),
        parameter=error.parameter,
        found=error.found,
        expected=error.expected,
        example=error.example,
    )
