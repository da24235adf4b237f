"""The server. In: a source, saved questions, the ontology. Out: tools, resources, a prompt for language models (MCP).

Every tool only reads. What is wrong with a request goes back to the model as the result of the call, so that it can
mend it. Nothing but the protocol is written to stdout, and nothing leaves the process otherwise.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from typing import Annotated, Any

import anyio
import anyio.to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from cyppgraph.assistant.asking import MOST_ROWS, USUAL_ROWS, ask
from cyppgraph.assistant.describing import describe
from cyppgraph.assistant.guidance import INSTRUCTIONS, PROMPT
from cyppgraph.assistant.naming import resolve_name
from cyppgraph.assistant.questioning import USUAL_LISTED, Catalogue, write_table
from cyppgraph.assistant.replies import (
    DescribeReply,
    QuestionsReply,
    SearchReply,
    TableReply,
    VocabularyReply,
)
from cyppgraph.assistant.searching import MOST_FOUND, USUAL_FOUND, Finder
from cyppgraph.assistant.vocabulary import Vocabulary
from cyppgraph.errors import CyppgraphError
from cyppgraph.linking import Glossary
from cyppgraph.queries import Question
from cyppgraph.store import Limits, Source
from cyppgraph.store.engine import stays

IsGone = Callable[[], bool]
Rows = Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows to return at most.")]
_PLANS = """
SELECT ?id ?title ?council ?starts ?ends ?iri {
  ?iri a cypp:Plan ; dct:identifier ?id .
  OPTIONAL { ?iri dct:title ?title }
  OPTIONAL { ?iri dct:publisher/rdfs:label ?council }
  OPTIONAL { ?iri dct:temporal ?period . ?period dcat:startDate ?starts ; dcat:endDate ?ends }
} ORDER BY ?id
"""


def make_server(
    source: Source,
    questions: Sequence[Question],
    ontology: str = "",
    glossary: Glossary | None = None,
    limits: Limits | None = None,
) -> MCPServer[Any]:
    """Make the server.

    Args:
        source: what is asked.
        questions: the saved questions.
        ontology: the ontology as Turtle, written for the default base: definitions of classes and properties.
        glossary: what short forms mean, for those who search.
        limits: what one query may take.
    """
    server: MCPServer[Any] = MCPServer(
        "cyppgraph",
        title="Children and Young People's Plans",
        instructions=INSTRUCTIONS,
        version=version("cyppgraph"),
        log_level="WARNING",
    )
    # Spans go nowhere unless someone sets up an exporter; nothing is to leave this process even then.
    server.middleware[:] = [each for each in server.middleware if type(each).__name__ != "OpenTelemetryMiddleware"]
    catalogue, finder = Catalogue(questions, limits or Limits()), Finder(glossary or Glossary())
    tools = _Tools(source, catalogue, finder, Vocabulary(ontology, source.edition().namespaces), limits or Limits())
    for tool in (
        tools.list_questions, tools.run_question, tools.search_terms, tools.describe, tools.run_query,
        tools.list_vocabulary,
    ):  # fmt: skip
        hints = ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        server.add_tool(tool, annotations=hints)
    server.resource(
        "cyppgraph://ontology", title="The ontology: classes and properties with definitions", mime_type="text/turtle"
    )(tools.ontology)
    server.resource(
        "cyppgraph://plans", title="The plans: id, title, council, period, IRI", mime_type="application/json"
    )(tools.plans)
    server.prompt(title="Answer a question from the plans and cite the source lines")(answer_from_the_plans)
    return server


def serve_assistant(server: MCPServer[Any]) -> None:
    """Answer on stdin and stdout until stdin is closed; warnings go to stderr."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", force=True)
    server.run("stdio")


def answer_from_the_plans(question: Annotated[str, Field(description="What is asked, in plain English.")]) -> str:
    """Answer a question from the graph alone, with plan, document and lines for each claim."""
    return PROMPT.format(question=question)


class _Tools:
    """What a model may call; the docstrings are what it is told of each."""

    def __init__(
        self, source: Source, catalogue: Catalogue, finder: Finder, vocabulary: Vocabulary, limits: Limits
    ) -> None:
        self._source, self._catalogue, self._finder = source, catalogue, finder
        self._vocabulary, self._limits = vocabulary, limits

    async def list_questions(
        self,
        words: Annotated[str, Field(description="What it is about; empty for all questions, in short.")] = "",
        limit: Annotated[int, Field(ge=1, le=100)] = USUAL_LISTED,
    ) -> Annotated[CallToolResult, QuestionsReply]:
        """Find saved questions: ready-made queries whose answers were checked by hand. Start here.

        With words, gives the nearest questions with why they are asked, parameters and columns.
        """
        return await _answer(lambda _: self._catalogue.list(words, limit))

    async def run_question(
        self,
        question: Annotated[str, Field(description="Its number or name, such as 05 or a-subject-across-plans.")],
        parameters: Annotated[
            dict[str, str | int | float] | None, Field(description="Values by parameter name; others keep defaults.")
        ] = None,
        limit: Rows = USUAL_ROWS,
    ) -> Annotated[CallToolResult, TableReply]:
        """Answer a saved question. Gives rows, what each column means, and where the things in them are printed.

        "line" in a row is a line of data/plans/<plan>/source.txt.
        """
        values = {name: str(value) for name, value in (parameters or {}).items()}
        return await _answer(partial(self._run_question, question, values, limit))

    async def search_terms(
        self,
        words: Annotated[str, Field(description="Words, a code such as NI 117, or a short form.")],
        kind: Annotated[
            str, Field(description="Only this kind: plan, indicator, topic, element, action, measure, target, …")
        ] = "",
        limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = USUAL_FOUND,
    ) -> Annotated[CallToolResult, SearchReply]:
        """Find indicators, topics, plans, leads and elements of plans by their words; spelling is forgiven.

        Give few words. Describe what is found for all about it.
        """
        return await _answer(lambda is_gone: self._finder.search(self._source.edition(), words, kind, limit, is_gone))

    async def describe(
        self,
        iri: Annotated[str, Field(description="An IRI, ni:117, or a local id such as plan/croydon-2013/action/10.")],
        whole: Annotated[bool, Field(description="Give long texts whole.")] = False,
    ) -> Annotated[CallToolResult, DescribeReply]:
        """Give all that the graph says of one thing, for quoting.

        Its statements, source lines word for word, certainty, links with confidence and reason, findings about the
        document, and what points to it.
        """
        return await _answer(partial(self._describe, iri, whole))

    async def run_query(
        self,
        query: Annotated[str, Field(description="SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.")],
        limit: Rows = USUAL_ROWS,
    ) -> Annotated[CallToolResult, TableReply]:
        """Ask the graph in SPARQL. Prefixes of list_vocabulary need no declaration; it only reads, without SERVICE.

        Select the IRIs of elements too: citations are then given. An error names line and column. A query that takes
        long is stopped.
        """
        return await _answer(partial(self._run_query, query, limit))

    async def list_vocabulary(
        self, words: Annotated[str, Field(description="Only terms that fit, in full; empty for all in use.")] = ""
    ) -> Annotated[CallToolResult, VocabularyReply]:
        """Give the classes and properties of the graph with definitions and how often each is used.

        Also prefixes, named graphs, and closed lists of values. Look here before writing SPARQL.
        """
        return await _answer(lambda is_gone: self._vocabulary.explain(self._source.edition(), words, is_gone))

    def ontology(self) -> str:
        """The ontology as Turtle: classes and properties with definitions, notes and examples."""
        return self._vocabulary.turtle

    def plans(self) -> str:
        """The plans that the graph holds."""
        return json.dumps(ask(self._source.edition(), _PLANS, MOST_ROWS, self._limits, stays).rows, ensure_ascii=False)

    def _run_question(self, question: str, values: Mapping[str, str], limit: int, is_gone: IsGone) -> TableReply:
        return self._catalogue.run(self._source.edition(), question, values, limit, is_gone)

    def _describe(self, iri: str, whole: bool, is_gone: IsGone) -> DescribeReply:
        edition = self._source.edition()
        return describe(edition, resolve_name(edition.namespaces, iri), whole, is_gone)

    def _run_query(self, query: str, limit: int, is_gone: IsGone) -> TableReply:
        edition = self._source.edition()
        return write_table(edition, ask(edition, query, limit, self._limits, is_gone), is_gone)


async def _answer(work: Callable[[IsGone], Mapping[str, Any]]) -> CallToolResult:
    """Do the work on a thread; a client that leaves or cancels ends it, since its query asks ``is_gone``."""
    gone = threading.Event()
    try:
        found = await anyio.to_thread.run_sync(work, gone.is_set, abandon_on_cancel=True)
    except CyppgraphError as error:
        raise ToolError(str(error)) from error
    finally:
        gone.set()
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=dict(found))
