"""Saved queries and what they say about themselves. In: ``.rq`` files. Out: headers as values, questions to ask.

A saved query begins with lines that start with ``#+``::

    #+ question: Which actions were due before a date?
    #+ why: Scrutiny starts with what should be done by now;
    #+   a text goes on where the line is indented.
    #+ columns:
    #+   action: the action's words
    #+ parameters:
    #+   before (date): the day by which it was due

A parameter's default stands in the query itself, as ``VALUES ?before { "2013-01-01"^^xsd:date }`` (``UNDEF`` for any
value), so that the file runs unchanged in any SPARQL tool. Refuses a header that is missing, cannot be read, lacks a
key or has one that is not known, with every fault at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.namespaces import DEFAULT_BASE
from cyppgraph.sparql import Token, read_tokens
from cyppgraph.where import Where

TEXT, ENTRIES = "a text", "indented entries"

QUESTION_KEYS = {"question": TEXT, "why": TEXT, "columns": ENTRIES, "parameters": ENTRIES}
_OPTIONAL = {"parameters"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FILE_NAME = re.compile(r"([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.rq")
_PARAMETER = re.compile(r"([A-Za-z_]\w*)\s*\((\w+)\)")
_KEY = re.compile(r"(\S[^:]*?)\s*:(?:\s+(.*)|\s*)")
_KINDS = {
    "string": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "iri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*"),
}
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})

HeaderValue = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that may be set when a question is asked: its name, kind and meaning, and its default as SPARQL."""

    name: str
    kind: str
    meaning: str
    default: str


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question: its number ("03") and name, what it asks and why, its columns, parameters and query."""

    number: str
    name: str
    question: str
    why: str
    columns: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    query: str


def read_header(file: str, text: str, keys: Mapping[str, str], optional: Iterable[str] = ()) -> dict[str, HeaderValue]:
    """Read the ``#+`` lines at the top of a query.

    Args:
        file: what to call the query in messages.
        text: the whole query.
        keys: the keys that may stand there, each with ``TEXT`` or ``ENTRIES``.
        optional: the keys that may be missing.

    Returns:
        For every key its text, or its entries by name in order.

    Raises:
        FaultyInputError: every fault of the header, with its line.
    """
    header: dict[str, HeaderValue] = {}
    faults: list[Fault] = []
    key: str | None = None
    entry: str | None = None
    for number, line in _header_lines(text):
        indent = len(line) - len(line.lstrip())
        try:
            if indent < 2:
                key, entry = _begin_key(line, header, keys), None
            elif key is not None:
                entry = _continue_key(line.strip(), indent, header, key, entry)
        except ValueError as error:
            key = None if indent < 2 else key
            faults.append(Fault(Where(file, number), str(error)))
    for name in keys:
        if name not in optional and not header.get(name):
            wanted = f"'#+ {name}: …'" if keys[name] == TEXT else f"'#+ {name}:' and indented entries"
            faults.append(
                Fault(Where(file, 1), f"The header says nothing under {name!r}. Add {wanted} above the query.")
            )
    if faults:
        raise FaultyInputError(faults)
    return header


def _header_lines(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), start=1)
    return [
        (number, line[2:].removeprefix(" ").rstrip())
        for number, line in lines
        if line.startswith("#+") and line[2:].strip()
    ]


def _begin_key(line: str, header: dict[str, HeaderValue], keys: Mapping[str, str]) -> str:
    match = _KEY.fullmatch(line.strip())
    known = ", ".join(keys)
    if match is None:
        raise ValueError(f"{line.strip()!r} is not a 'key: text'. The keys are {known}; indent a line that goes on.")
    key, value = match[1], (match[2] or "").strip()
    if key not in keys:
        raise ValueError(f"The key {key!r} is not known. The keys are {known}.")
    if key in header:
        raise ValueError(f"The key {key!r} stands here a second time.")
    if keys[key] == ENTRIES and value:
        raise ValueError(f"{key!r} takes entries: put {value!r} on an indented line of its own, as 'name: meaning'.")
    header[key] = value if keys[key] == TEXT else {}
    return key


def _continue_key(line: str, indent: int, header: dict[str, HeaderValue], key: str, entry: str | None) -> str | None:
    value = header[key]
    if isinstance(value, str):
        header[key] = f"{value} {line}".strip()
        return None
    if entry is not None and indent >= 4:
        value[entry] = f"{value[entry]} {line}".strip()
        return entry
    match = _KEY.fullmatch(line)
    if match is None or not (match[2] or "").strip():
        raise ValueError(f"{line!r} is not a 'name: meaning'. An entry of {key!r} has both.")
    if match[1] in value:
        raise ValueError(f"{match[1]!r} stands a second time under {key!r}.")
    value[match[1]] = match[2].strip()
    return match[1]


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
    parameters, faults = _read_parameters(path, query, _entries(header, "parameters"))
    if faults:
        raise FaultyInputError(faults)
    return Question(
        named[1], named[2], str(header["question"]), str(header["why"]), _entries(header, "columns"), parameters, query
    )


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


def _read_parameters(path: Path, query: str, entries: Mapping[str, str]) -> tuple[tuple[Parameter, ...], list[Fault]]:
    parameters: list[Parameter] = []
    faults: list[Fault] = []
    for entry, meaning in entries.items():
        match = _PARAMETER.fullmatch(entry)
        if match is None or match[2] not in _KINDS:
            message = f"The parameter {entry!r} is not 'name (kind)' with a kind of {', '.join(_KINDS)}."
            faults.append(Fault(Where(str(path)), message))
            continue
        blocks = _find_values(query, match[1])
        if len(blocks) != 1:
            message = f"VALUES ?{match[1]} {{ … }} stands {len(blocks)} times in the query; a parameter needs it once."
            faults.append(Fault(Where(str(path)), message))
            continue
        start, end = blocks[0]
        parameters.append(Parameter(match[1], match[2], meaning, query[start:end].strip()))
    return tuple(parameters), faults


def _find_values(query: str, name: str) -> list[tuple[int, int]]:
    tokens = [token for token in read_tokens(query) if token.kind not in ("space", "comment")]
    found: list[tuple[int, int]] = []
    for index, token in enumerate(tokens[:-2]):
        variable, brace = tokens[index + 1 : index + 3]
        if (token.text.upper(), variable.text[1:], brace.text) == ("VALUES", name, "{") and variable.kind == "variable":
            end = next((later for later in tokens[index + 3 :] if later.text == "}"), Token("mark", "", len(query)))
            found.append((brace.end, end.start))
    return found


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
            message = f"Its number or its name is that of {taken[0].number}-{taken[0].name}.rq."
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
    known = {f"{question.number}-{question.name}": question for question in questions}
    key = wanted.removesuffix(".rq")
    for full, question in known.items():
        if key in (full, question.name) or key.zfill(2) == question.number:
            return question
    near = difflib.get_close_matches(key, [*known, *(question.name for question in known.values())], n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise CyppgraphError(f"There is no question {wanted!r}.{hint} 'cyppgraph query --list' shows them all.")


def fill_question(question: Question, values: Mapping[str, str]) -> str:
    """Return the question's query with its parameters set; one that is not given, or is empty, keeps its default.

    Raises:
        CyppgraphError: a parameter that the question does not have, or a value that is not of its kind.
    """
    parameters = {parameter.name: parameter for parameter in question.parameters}
    query = question.query
    for name, value in values.items():
        if name not in parameters:
            known = ", ".join(parameters) or "none"
            raise CyppgraphError(f"Question {question.number} has no parameter {name!r}; it has {known}.")
        if value:
            start, end = _find_values(query, name)[0]
            query = f"{query[:start]} {_write_term(parameters[name], value)} {query[end:]}"
    return query


def _write_term(parameter: Parameter, value: str) -> str:
    kind = parameter.kind
    try:
        if not _KINDS[kind].fullmatch(value) or (kind == "date" and not date.fromisoformat(value)):
            raise ValueError
    except ValueError:
        raise CyppgraphError(
            f"{value!r} is not a value for {parameter.name!r}, which takes a value of kind {kind}."
        ) from None
    if kind == "iri":
        return f"<{value}>"
    quoted = f'"{value.translate(_ESCAPES)}"'
    return quoted if kind == "string" else f"{quoted}^^<{_XSD}{kind}>"
