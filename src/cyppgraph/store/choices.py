"""What a parameter of a question may sensibly be set to. In: an edition, a question. Out: values with their names.

The query that finds them stands in the question's header. Refuses a value that is not among them; where there are
none, any value is as good as another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cyppgraph.queries import Parameter, ParameterError, Question
from cyppgraph.queries.parameters import shorten, suggest
from cyppgraph.store.engine import Edition
from cyppgraph.store.reading import read_rows

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, and what people call it; the value itself if it has no other name."""

    value: str
    label: str


Choices = Mapping[str, tuple[Choice, ...]]


class PickLists:
    """The choices of questions, asked for once for each version of the data."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Choice, ...]] = {}

    def read(self, edition: Edition, question: Question) -> Choices:
        """Return the choices of each parameter that has any, by its name; as ``Edition.query`` for what is refused."""
        queries = {each.name: each.choices for each in question.parameters if each.choices is not None}
        return {name: self._find(edition, query) for name, query in queries.items()}

    def _find(self, edition: Edition, query: str) -> tuple[Choice, ...]:
        if edition.version is None:
            return _read_choices(edition, query)
        key = (edition.version, query)
        if key not in self._kept:
            self._kept = {known: kept for known, kept in self._kept.items() if known[0] == edition.version}
            self._kept[key] = _read_choices(edition, query)
        return self._kept[key]


def _read_choices(edition: Edition, query: str) -> tuple[Choice, ...]:
    names: dict[str, str] = {}
    for value, label in read_rows(edition, query):
        text = getattr(value, "value", "")
        if text:
            names.setdefault(text, getattr(label, "value", text))
    return tuple(Choice(value, label) for value, label in names.items())


def check_choice(parameter: Parameter, value: str, choices: Choices) -> None:
    """Refuse a value that is not among the choices of its parameter, if it has any.

    Raises:
        ParameterError: it is not, with those that come near.
    """
    known = [choice.value for choice in choices.get(parameter.name, ())]
    if not known or value in known:
        return
    shown = ", ".join(known[:_MOST_NAMED])
    rest = f" or {len(known) - _MOST_NAMED} others" if len(known) > _MOST_NAMED else ""
    message = f"{shorten(value)} is no value of {parameter.name!r} in these data.{suggest(value, known)}"
    expected = f"one of {shown}{rest}"
    example = parameter.default if parameter.default in known else known[0]
    raise ParameterError(f"{message} It takes {expected}.", parameter.name, value, expected, example)
