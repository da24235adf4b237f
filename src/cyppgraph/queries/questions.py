"""Saved questions. In: ``.rq`` files. Out: what they ask, why, with what, and queries to run.

The grammar of a file is that of ``headers`` and ``parameters``. Refuses a file whose name or header is not so, with
every fault at once, and a value that a question does not take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.namespaces import DEFAULT_BASE
from cyppgraph.queries.headers import ENTRIES, TEXT, HeaderValue, read_header
from cyppgraph.queries.parameters import Parameter, find_parameter, find_values, read_parameters, suggest, write_value
from cyppgraph.sparql import read_tokens
from cyppgraph.where import Where

QUESTION_KEYS = {
    "question": TEXT,
    "why": TEXT,
    "tags": TEXT,
    "columns": ENTRIES,
    "parameters": ENTRIES,
    "choices": ENTRIES,
}
_OPTIONAL = {"tags", "parameters", "choices"}
_FILE_NAME = re.compile(r"([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.rq")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question: its number ("03") and name, what it asks and why, its columns, parameters and query.

    Attributes:
        tags: what it is about, in words that several questions share.
    """

    number: str
    name: str
    question: str
    why: str
    columns: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    query: str
    tags: tuple[str, ...] = field(default=())

    @property
    def address(self) -> str:
        """Its number and name, as its file and its page are called: "03-what-a-council-put-first"."""
        return f"{self.number}-{self.name}"

    @property
    def form(self) -> str:
        """What kind of query it is: SELECT, ASK, CONSTRUCT or DESCRIBE."""
        words = (token.text.upper() for token in read_tokens(self.query) if token.kind == "word")
        return next((word for word in words if word in _FORMS), "SELECT")


def read_question(path: Path, base: str = DEFAULT_BASE) -> Question:
    """Read one saved question, whose IRIs below the default base are those below ``base``.

    Raises:
        FaultyInputError: a file name that is not ``NN-name.rq``, or what is wrong in its header.
        CyppgraphError: a file that cannot be read.
    """
    named = _FILE_NAME.fullmatch(path.name)
    if named is None:
        message = (
            "The name of a question's file is two digits, '-', and words in lower case, such as 03-late-actions.rq."
        )
        raise FaultyInputError([Fault(Where(str(path)), message)])
    query = read_query(path).replace(DEFAULT_BASE, base)
    header = read_header(str(path), query, QUESTION_KEYS, _OPTIONAL)
    parameters, faults = read_parameters(query, _entries(header, "parameters"), _entries(header, "choices"), base)
    if faults:
        raise FaultyInputError([Fault(Where(str(path)), message) for message in faults])
    tags = tuple(tag.strip() for tag in str(header.get("tags", "")).split(",") if tag.strip())
    columns = _entries(header, "columns")
    return Question(named[1], named[2], str(header["question"]), str(header["why"]), columns, parameters, query, tags)


def read_query(path: Path) -> str:
    """Return the text of a query's file.

    Raises:
        CyppgraphError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CyppgraphError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def _entries(header: Mapping[str, HeaderValue], key: str) -> dict[str, str]:
    value = header.get(key)
    return value if isinstance(value, dict) else {}


def read_questions(folder: Path, base: str = DEFAULT_BASE) -> tuple[Question, ...]:
    """Read every saved question of a folder, by number; ``base`` as for ``read_question``.

    Raises:
        FaultyInputError: what is wrong in any of them, all at once; two questions of one number or name are a fault.
    """
    questions: list[Question] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.rq")):
        try:
            question = read_question(path, base)
        except FaultyInputError as error:
            faults.extend(error.faults)
            continue
        taken = [other for other in questions if question.number == other.number or question.name == other.name]
        if taken:
            message = f"Its number or its name is that of {taken[0].address}.rq."
            faults.append(Fault(Where(str(path)), message))
        questions.append(question)
    if faults:
        raise FaultyInputError(faults)
    return tuple(questions)


def find_question(questions: Iterable[Question], wanted: str) -> Question:
    """Find a question by number ("3", "03"), name, or file name.

    Raises:
        CyppgraphError: none is called that; the message names those that come near.
    """
    known = {question.address: question for question in questions}
    key = wanted.removesuffix(".rq")
    for full, question in known.items():
        if key in (full, question.name) or key.zfill(2) == question.number:
            return question
    hint = suggest(key, [*known, *(question.name for question in known.values())])
    raise CyppgraphError(f"There is no question {wanted!r}.{hint} 'cyppgraph query --list' shows them all.")


def fill_question(question: Question, values: Mapping[str, str]) -> str:
    """Return the question's query with its parameters set; one that is not given, or is empty, keeps its default.

    Each value takes the place of the default in ``VALUES``, as one term: nothing else of the query changes.

    Raises:
        ParameterError: a parameter that the question does not have, or a value that is not of its kind.
    """
    changes: list[tuple[int, int, str]] = []
    for name, value in values.items():
        parameter = find_parameter(question.parameters, name, value)
        if value:
            start, end = find_values(question.query, name)[0]
            changes.append((start, end, write_value(parameter, value)))
    query = question.query
    for start, end, term in sorted(changes, reverse=True):
        query = f"{query[:start]} {term} {query[end:]}"
    return query
