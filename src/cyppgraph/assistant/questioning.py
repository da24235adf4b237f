"""Saved questions for a model. In: the questions, words, values. Out: those that fit; an answer with its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cyppgraph.assistant.asking import Table, ask
from cyppgraph.assistant.citing import cite
from cyppgraph.assistant.guidance import NOTICE
from cyppgraph.assistant.naming import resolve_name
from cyppgraph.assistant.replies import Column, QuestionReply, QuestionsReply, TableReply
from cyppgraph.assistant.words import WordIndex
from cyppgraph.queries import Question, fill_question, find_question
from cyppgraph.store import Edition, Limits

USUAL_LISTED = 8


class Catalogue:
    """The saved questions.

    Args:
        questions: all of them, by number.
        limits: what each may take to be answered.
    """

    def __init__(self, questions: Sequence[Question], limits: Limits) -> None:
        self._limits = limits
        self._questions = questions
        self._index = WordIndex([(question.question, _spell(question)) for question in questions])

    def list(self, words: str, most: int) -> QuestionsReply:
        """Return the questions that fit the words, in full; without words all of them, in short."""
        if not words.strip():
            return {"questions": [_show(question, full=False) for question in self._questions], "more": 0}
        ranked = self._index.rank(words)
        shown = [_show(self._questions[number], full=True) for number, _ in ranked[:most]]
        return {"questions": shown, "more": len(ranked) - len(shown)}

    def run(
        self,
        edition: Edition,
        wanted: str,
        values: Mapping[str, str],
        most: int,
        is_gone: Callable[[], bool],
    ) -> TableReply:
        """Answer a question.

        Args:
            edition: what is asked.
            wanted: its number or name.
            values: parameters to set; an IRI may be a local id.
            most: how many rows to give.
            is_gone: tells whether the client has left.

        Raises:
            CyppgraphError: there is no such question or parameter, or a value is not of its kind; as ``Edition.query``.
        """
        question = find_question(self._questions, wanted)
        iris = {parameter.name for parameter in question.parameters if parameter.kind == "iri"}
        filled = {
            name: resolve_name(edition.namespaces, value) if name in iris and value else value
            for name, value in values.items()
        }
        table = ask(edition, fill_question(question, filled), most, self._limits, is_gone)
        reply = write_table(edition, table, is_gone, question.columns)
        reply["question"] = f"{question.number} {question.question}"
        return reply


def write_table(
    edition: Edition, table: Table, is_gone: Callable[[], bool], meanings: Mapping[str, str] | None = None
) -> TableReply:
    """Return a table with where the things in it are printed.

    Args:
        edition: what was asked.
        table: the answer.
        is_gone: tells whether the client has left.
        meanings: what the columns hold, where that is known.
    """
    columns: list[Column] = []
    for name in table.columns:
        columns.append({"name": name, "meaning": meanings[name]} if meanings and name in meanings else {"name": name})
    return {
        "notice": NOTICE,
        "columns": columns,
        "rows": table.rows,
        "row_count": table.count,
        "more_rows": table.count - len(table.rows),
        "cut_texts": table.cut,
        "citations": list(cite(edition, table.iris, is_gone).values()),
        "data_version": edition.version,
    }


def _spell(question: Question) -> str:
    return " ".join((question.name, question.why, *question.columns.values()))


def _show(question: Question, *, full: bool) -> QuestionReply:
    shown: QuestionReply = {"number": question.number, "name": question.name, "question": question.question}
    if full:
        shown["why"] = question.why
        shown["parameters"] = [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "meaning": parameter.meaning,
                "default": "any value" if parameter.default is None else parameter.default,
            }
            for parameter in question.parameters
        ]
        shown["columns"] = [{"name": name, "meaning": meaning} for name, meaning in question.columns.items()]
    return shown
