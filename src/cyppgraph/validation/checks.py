"""Ask a store for its faults. In: an Oxigraph store and ``queries/checks``. Out: results, one for each row.

A check is a SPARQL SELECT in a file named for the fault (``within-not-transitive.rq``): each row is one. Its first
column is ``?node``, the faulty node. Lines that begin with ``#+`` say the rest::

    #+ problem: The first day, {earliest}, comes after the last day, {latest}.
    #+ remedy: Correct how the printed words are read.
    #+ severity: violation
    #+ columns:
    #+   node: the date
    #+   earliest: its first day
    #+   latest: its last day

A column in braces is filled in from the row. Refused are files whose header is not whole or does not fit the query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.findings import Severity
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.queries import CHECK_KEYS, read_header
from cyppgraph.validation.facts import DEFAULT_NAMES, Facts, StoreFacts, shortened, text_of
from cyppgraph.validation.report import Result
from cyppgraph.where import Where

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        file: where it is written.
        problem: what a row means, with columns in braces.
        remedy: what to do about it.
        severity: how much it matters.
        columns: what each column of a row is, in order.
        query: the SPARQL SELECT.
    """

    file: Path
    problem: str
    remedy: str
    severity: Severity
    columns: Mapping[str, str]
    query: str

    @property
    def name(self) -> str:
        """The name of the fault."""
        return self.file.stem


def load_checks(folder: Path, names: Namespaces = DEFAULT_NAMES) -> list[Check]:
    """The checks of a folder, by name.

    Args:
        folder: holds ``*.rq`` files.
        names: where the terms and data that they ask for live.

    Raises:
        FaultyInputError: there are no checks, or files whose header is not whole, all of them named.
    """
    checks: list[Check] = []
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.rq")):
        try:
            checks.append(_read_check(file, names))
        except FaultyInputError as error:
            faults.extend(error.faults)
    if not checks and not faults:
        faults.append(Fault(Where(str(folder)), "holds no checks; expected files that end in .rq"))
    if faults:
        raise FaultyInputError(faults)
    return checks


def _read_check(file: Path, names: Namespaces) -> Check:
    """Read one file, or raise ``FaultyInputError`` with what is wrong in its header."""
    query = file.read_text(encoding="utf-8").replace(DEFAULT_BASE, names.base)
    header = read_header(str(file), query, CHECK_KEYS)
    problem, remedy, severity, columns = (header[key] for key in CHECK_KEYS)
    if not isinstance(columns, dict):
        raise TypeError("read_header gave no entries for the columns")
    faults = []
    if severity not in tuple(Severity):
        faults.append(f"The severity {severity!r} is not known. Write one of {', '.join(Severity)}.")
    if next(iter(columns)) != "node":
        faults.append("The first column is not 'node'. Begin the columns, and the query's, with the faulty node.")
    if unknown := sorted(set(_PLACEHOLDER.findall(str(problem))) - set(columns)):
        faults.append(f"The problem names {', '.join(unknown)}, and no column is called so. Add it to the columns.")
    if faults:
        raise FaultyInputError([Fault(Where(str(file)), fault) for fault in faults])
    return Check(file, str(problem), str(remedy), Severity(str(severity)), columns, query)


def run_checks(store: pyoxigraph.Store, folder: Path, names: Namespaces = DEFAULT_NAMES) -> list[Result]:
    """Every row of every check, asked of all graphs of a store together.

    Args:
        store: the graphs of plans, lists and links; not changed.
        folder: holds ``*.rq`` files.
        names: where our terms and data live.

    Raises:
        FaultyInputError: there are no checks, or some whose header or query cannot be used.
    """
    facts = StoreFacts(store, names)
    return [result for check in load_checks(folder, names) for result in run_check(store, check, facts)]


def run_check(store: pyoxigraph.Store, check: Check, facts: Facts) -> list[Result]:
    """The rows of one check as results; raises ``FaultyInputError`` where the query cannot be run."""
    try:
        rows = store.query(check.query, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise FaultyInputError([Fault(Where(str(check.file)), f"is not valid SPARQL; correct it: {error}")]) from error
    if not isinstance(rows, pyoxigraph.QuerySolutions) or [v.value for v in rows.variables] != list(check.columns):
        message = f"does not select what its header says; expected SELECT ?{' ?'.join(check.columns)}"
        raise FaultyInputError([Fault(Where(str(check.file)), message)])
    found = {_result(check, facts, {name: row[name] for name in check.columns}) for row in rows}
    return sorted(found, key=lambda result: result.sort_key)


def _result(check: Check, facts: Facts, row: Mapping[str, object]) -> Result:
    node = text_of(row["node"])
    problem = _PLACEHOLDER.sub(lambda match: _words(facts, row[match.group(1)]), check.problem)
    return Result(
        plan=facts.plan(node),
        severity=check.severity,
        rule=check.name,
        node=node,
        label=facts.label(node),
        message=f"{problem} {check.remedy}",
        where=facts.where(node),
    )


def _words(facts: Facts, term: object) -> str:
    """A value of a row as words: what a node is called, what a literal says, "nothing" where there is none."""
    if term is None:
        return "nothing"
    if isinstance(term, pyoxigraph.NamedNode):
        return facts.label(term.value)
    return shortened(text_of(term))
