"""What may be set when a question is asked. In: a header's entries and the query. Out: parameters, with their places.

An entry is ``name (kind): meaning``. The default stands in the query itself, ``VALUES ?name { "croydon" }``, or
``{ UNDEF }`` for any value, so that the file runs unchanged in any SPARQL tool. An entry under ``choices`` is a graph
pattern that finds the values that make sense, with ``?label`` for what people call them.
Refuses what is not so, and, for people who ask, a value of another kind or a name that is not there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.queries.kinds import KINDS, Kind
from cyppgraph.sparql import Token, read_tokens

_ENTRY = re.compile(r"([A-Za-z_]\w*)\s*\((\w+)\)", re.ASCII)
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that may be set when a question is asked.

    Attributes:
        name: the name of its variable, and of the field in addresses.
        kind: the name of its kind, a key of ``KINDS``.
        meaning: what it stands for, in words.
        default: what it is if nothing is given; None for any value.
        choices: a query for the values that make sense, in the columns of its name and ``label``; None if any may.
    """

    name: str
    kind: str
    meaning: str
    default: str | None = None
    choices: str | None = None

    @property
    def example(self) -> str:
        """A value that it takes."""
        return KINDS[self.kind].example if self.default is None else self.default


class ParameterError(CyppgraphError):
    """A value that a question cannot be asked with.

    Args:
        message: what is wrong, with what is expected.
        parameter: the name of the parameter, as it was given.
        found: the value that was given.
        expected: what would do; None where there is no such parameter.
        example: a value that would do.
    """

    def __init__(
        self, message: str, parameter: str, found: str, expected: str | None = None, example: str | None = None
    ) -> None:
        self.parameter, self.found, self.expected, self.example = parameter, found, expected, example
        super().__init__(message)


def read_parameters(
    query: str, entries: Mapping[str, str], choices: Mapping[str, str], base: str = DEFAULT_BASE
) -> tuple[tuple[Parameter, ...], list[str]]:
    """Read the parameters of a question.

    Args:
        query: the whole query.
        entries: the entries under ``parameters``.
        choices: the entries under ``choices``.
        base: the base of the data, whose prefixes the choices are written with.

    Returns:
        The parameters in order, and what is wrong.
    """
    parameters: list[Parameter] = []
    faults: list[str] = []
    for entry, meaning in entries.items():
        match = _ENTRY.fullmatch(entry)
        if match is None or match[2] not in KINDS:
            faults.append(f"The parameter {entry!r} is not 'name (kind)' with a kind of {', '.join(KINDS)}.")
            continue
        try:
            default = _read_default(query, match[1], KINDS[match[2]])
            chosen = _make_choices(match[1], choices[match[1]], base) if match[1] in choices else None
            parameters.append(Parameter(match[1], match[2], meaning, default, chosen))
        except ValueError as error:
            faults.append(str(error))
    known = {entry.partition("(")[0].strip() for entry in entries}
    faults += [f"There are choices for {name!r}, which is no parameter." for name in choices if name not in known]
    return tuple(parameters), faults


def _read_default(query: str, name: str, kind: Kind) -> str | None:
    blocks = find_values(query, name)
    if len(blocks) != 1:
        raise ValueError(f"VALUES ?{name} {{ … }} stands {len(blocks)} times in the query; a parameter needs it once.")
    start, end = blocks[0]
    written = query[start:end].strip()
    if written.upper() == "UNDEF":
        return None
    default = kind.read_term(written)
    if default is None:
        message = f"The default of {name!r} is {written!r}; it must be UNDEF or one term of kind {kind.name}: "
        raise ValueError(message + kind.expected + ".")
    return default


def find_values(query: str, name: str) -> list[tuple[int, int]]:
    """Return where the terms of each ``VALUES ?name { … }`` of a query begin and end."""
    tokens = [token for token in read_tokens(query) if token.kind not in ("space", "comment")]
    found: list[tuple[int, int]] = []
    for index, token in enumerate(tokens[:-2]):
        variable, brace = tokens[index + 1 : index + 3]
        if (token.text.upper(), variable.text[1:], brace.text) == ("VALUES", name, "{") and variable.kind == "variable":
            end = next((later for later in tokens[index + 3 :] if later.text == "}"), Token("mark", "", len(query)))
            found.append((brace.end, end.start))
    return found


def _make_choices(name: str, pattern: str, base: str) -> str:
    query = f"SELECT DISTINCT ?{name} ?label WHERE {{ {pattern} }} ORDER BY ?{name} ?label"
    try:
        ox.Store().query(query, prefixes=Namespaces(base).prefixes())
    except SyntaxError as error:
        raise ValueError(f"The choices of {name!r} are no graph pattern: {error.msg}") from error
    if not any(token.kind == "variable" and token.text[1:] == name for token in read_tokens(pattern)):
        raise ValueError(f"The choices of {name!r} do not say what ?{name} is.")
    return query


def find_parameter(parameters: Sequence[Parameter], name: str, value: str) -> Parameter:
    """Return the parameter of a name.

    Raises:
        ParameterError: there is none, with those that there are.
    """
    for parameter in parameters:
        if parameter.name == name:
            return parameter
    names = [parameter.name for parameter in parameters]
    if not names:
        raise ParameterError(f"This question has no parameters, so {shorten(name)} cannot be set.", name, value)
    message = f"This question has no parameter {shorten(name)}; it has {', '.join(names)}."
    raise ParameterError(message + suggest(name, names), name, value)


def write_value(parameter: Parameter, value: str) -> str:
    """Return a value as the term that stands for it in the query.

    Raises:
        ParameterError: it is not of the parameter's kind.
    """
    kind = KINDS[parameter.kind]
    if not kind.admits(value):
        message = f"{parameter.name!r} takes {kind.expected}, such as {parameter.example}; {shorten(value)} is none."
        raise ParameterError(message, parameter.name, value, kind.expected, parameter.example)
    return kind.write_term(value)


def suggest(wanted: str, known: Iterable[str]) -> str:
    """Return a sentence that names what comes near to what was wanted, or nothing."""
    near = difflib.get_close_matches(wanted[:_LONGEST_SHOWN], list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def shorten(value: str) -> str:
    """Return a value as a message shows it: quoted, what cannot be printed escaped, cut where it is long."""
    return repr(value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…")
