"""Hold a graph against the SHACL shapes. In: an rdflib graph and ``shapes/``. Out: results.

A shape file is written as people expect it: a node shape with a target class and its property shapes. As pySHACL runs
a node shape's property shapes anew for every single node, but a property shape with a target of its own once for all
nodes, ``load_shapes`` hands the target down to the property shapes. The results are the same; the time is a tenth.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.findings import Severity
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.validation.facts import DEFAULT_NAMES, NAMELESS, Facts, GraphFacts, shortened
from cyppgraph.validation.report import Result
from cyppgraph.where import Where

_TARGETS: Final = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf, SH.targetNode)
_SEVERITIES: Final[dict[rdflib.term.Node | None, Severity]] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


def load_shapes(folder: Path, names: Namespaces = DEFAULT_NAMES) -> rdflib.Graph:
    """All shapes of a folder, made ready to run fast.

    Args:
        folder: holds ``*.ttl`` files of node shapes and property shapes.
        names: where the terms and data to hold against them live.

    Raises:
        FaultyInputError: there are no shapes in the folder, or files that are no Turtle, all of them named.
    """
    return with_targets_handed_down(read_shapes(folder, names))


def read_shapes(folder: Path, names: Namespaces = DEFAULT_NAMES) -> rdflib.Graph:
    """All shapes of a folder as they are written; see ``load_shapes``."""
    shapes, faults = rdflib.Graph(), []
    files = sorted(folder.glob("*.ttl"))
    if not files:
        faults.append(Fault(Where(str(folder)), "holds no shapes; expected files that end in .ttl"))
    for file in files:
        try:
            text = file.read_text(encoding="utf-8").replace(DEFAULT_BASE, names.base)
            shapes.parse(data=text, format="turtle")
        except SyntaxError as error:
            line = getattr(error, "lines", None)
            message = "is not valid Turtle: correct it near this line"
            faults.append(Fault(Where(str(file), line + 1 if isinstance(line, int) else None), message))
    if faults:
        raise FaultyInputError(faults)
    return shapes


def with_targets_handed_down(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same shapes, the targets of each node shape given to its property shapes, which then run by themselves."""
    ready = rdflib.Graph()
    ready += shapes
    for node_shape in shapes.subjects(RDF.type, SH.NodeShape):
        targets = [(kind, target) for kind in _TARGETS for target in shapes.objects(node_shape, kind)]
        if not targets:
            continue
        for property_shape in shapes.objects(node_shape, SH.property):
            ready.remove((node_shape, SH.property, property_shape))
            for kind, target in targets:
                ready.add((property_shape, kind, target))
    return ready


def validate_shapes(graph: rdflib.Graph, shapes: rdflib.Graph, names: Namespaces = DEFAULT_NAMES) -> list[Result]:
    """Everything in a graph that does not fit the shapes.

    Args:
        graph: the triples of a plan or of several; not changed.
        shapes: from ``load_shapes``.
        names: where our terms and data live.

    Raises:
        FaultyInputError: pySHACL cannot run the shapes; the message is its own.
    """
    try:
        _, report, text = pyshacl.validate(
            graph, shacl_graph=shapes, inference="none", inplace=True, advanced=False, js=False, meta_shacl=False
        )
    except RuntimeError as error:
        raise FaultyInputError([Fault(Where("shapes"), f"cannot be run; correct the shape: {error}")]) from error
    if not isinstance(report, rdflib.Graph):
        raise FaultyInputError([Fault(Where("shapes"), f"cannot be run; correct the shape: {text}")])
    facts = GraphFacts(graph, names)
    found = {_result(facts, report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}
    return sorted(found, key=lambda result: result.sort_key)


def _result(facts: Facts, report: rdflib.Graph, result: rdflib.term.Node) -> Result:
    """One result of pySHACL's report as ours."""
    focus = report.value(result, SH.focusNode)
    node = NAMELESS if isinstance(focus, rdflib.BNode) else str(focus)
    message = str(report.value(result, SH.resultMessage))
    value = report.value(result, SH.value)
    if value is not None:
        found = shortened(str(value)) if isinstance(value, rdflib.Literal) else facts.label(str(value))
        message = f"{message} (Found: “{found}”.)"
    return Result(
        plan=facts.plan(node),
        severity=_SEVERITIES.get(report.value(result, SH.resultSeverity), Severity.VIOLATION),
        rule=str(report.value(result, SH.sourceShape)).rpartition("#")[2],
        node=node,
        label=facts.label(node),
        message=message,
        where=facts.where(node),
    )
