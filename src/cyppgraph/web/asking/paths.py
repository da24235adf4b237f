"""Saved questions for programs that call them. In: questions, their choices. Out: paths of an OpenAPI 3.1 document.

Each question is two paths, the page and the files, with the parameters of its header: type, format, default, choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cyppgraph.queries import Parameter, Question
from cyppgraph.queries.kinds import MOST_SIGNS
from cyppgraph.store import AnswerKind, ResultFormat
from cyppgraph.store.choices import Choices
from cyppgraph.web.asking.question_answers import list_formats

Json = dict[str, object]

# As ``queries.kinds`` admits them; an empty field, as forms send it, keeps the default.
_DIGITS = 10**18 - 1
_SCHEMAS: Mapping[str, Json] = {
    "string": {"type": "string", "maxLength": MOST_SIGNS, "pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$"},
    "integer": {"type": "integer", "format": "int64", "minimum": -_DIGITS, "maximum": _DIGITS},
    "decimal": {
        "type": "string",
        "format": "decimal",
        "pattern": r"^([+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18}))?$",
    },
    "date": {"type": "string", "format": "date", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
    "iri": {"type": "string", "format": "iri", "maxLength": MOST_SIGNS, "pattern": "^([A-Za-z][A-Za-z0-9+.-]*:.*)?$"},
}


def describe_questions(questions: Sequence[Question], choices: Mapping[str, Choices]) -> Json:
    """Return the paths of all questions and of their list.

    Args:
        questions: the questions.
        choices: the choices of each question's parameters, by the question's address.
    """
    paths: Json = {
        "/questions/": {
            "get": _describe_list("list_questions", "A page for people, or JSON, as the Accept header asks.")
        },
        "/questions.json": {"get": _describe_list("list_questions_as_json", "The same as /questions/, always JSON.")},
    }
    for question in questions:
        known = choices.get(question.address, {})
        parameters = [_describe_parameter(each, known) for each in question.parameters]
        paths[f"/questions/{question.address}"] = {"get": _describe_page(question, parameters)}
        paths[f"/questions/{question.address}.{{extension}}"] = {"get": _describe_file(question, parameters)}
    return paths


def _describe_list(name: str, description: str) -> Json:
    content: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/QuestionList"}}}
    if name == "list_questions":
        content["text/html"] = {"schema": {"type": "string"}}
    responses: Json = {"200": {"description": "The questions.", "content": content}}
    if name == "list_questions":
        responses["406"] = {"$ref": "#/components/responses/NotAcceptable"}
    operation: Json = {"operationId": name, "summary": "All saved questions", "description": description}
    return operation | {"tags": ["Saved questions"], "responses": responses}


def _describe_page(question: Question, parameters: Sequence[Json]) -> Json:
    content = _describe_content(question) | {"text/html": {"schema": {"type": "string"}}}
    return _describe_operation(
        question, "", parameters, content, {"406": {"$ref": "#/components/responses/NotAcceptable"}}
    )


def _describe_file(question: Question, parameters: Sequence[Json]) -> Json:
    extension: Json = {
        "name": "extension",
        "in": "path",
        "required": True,
        "description": "The format of the answer; rq for the query itself with its parameters filled in.",
        "schema": {"type": "string", "enum": [form.name for form in list_formats(question)]},
        "example": list_formats(question)[0].name,
    }
    missing: Json = {"404": {"$ref": "#/components/responses/NotFound"}}
    return _describe_operation(question, "_as_file", [extension, *parameters], _describe_content(question), missing)


def _describe_operation(question: Question, ending: str, parameters: Sequence[Json], content: Json, also: Json) -> Json:
    columns = "\n".join(f"- `{name}`: {meaning}" for name, meaning in question.columns.items())
    responses: Json = {
        "200": {
            "description": f"The answer, with the columns\n\n{columns}",
            "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "Data-Version", "Link")},
            "content": content,
        },
        "304": {"description": "The copy that the client has is still right."},
        "400": {"$ref": "#/components/responses/WrongParameter"},
        "503": {"$ref": "#/components/responses/LimitReached"},
    }
    operation: Json = {
        "operationId": question.name.replace("-", "_") + ending,
        "summary": question.question,
        "description": question.why,
        "tags": ["Saved questions"],
        "responses": dict(sorted((responses | also).items())),
    }
    return operation | ({"parameters": list(parameters)} if parameters else {})


def _describe_parameter(parameter: Parameter, choices: Choices) -> Json:
    """Describe a parameter; one that is left out keeps its default, or may be anything where it has none."""
    schema = dict(_SCHEMAS[parameter.kind])
    known = [choice.value for choice in choices.get(parameter.name, ())]
    if known:
        schema = {"type": schema["type"], "enum": known}
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.kind == "integer" else parameter.default
    if not known:
        schema["examples"] = [int(parameter.example) if parameter.kind == "integer" else parameter.example]
    note = "" if parameter.default is not None else " Any, if it is not given."
    description = parameter.meaning[:1].upper() + parameter.meaning[1:] + "." + note
    place: Json = {"name": parameter.name, "in": "query", "required": False, "allowEmptyValue": True}
    return place | {"description": description, "schema": schema}


def _describe_content(question: Question) -> Json:
    content: Json = {}
    for form in list_formats(question):
        for media_type in (form.media_type, *form.aliases):
            schema: Json = {"type": "string"}
            if isinstance(form, ResultFormat) and form.name == "json":
                rows = AnswerKind.ROWS in form.kinds and question.form == "SELECT"
                schema = _describe_rows(question) if rows else {"$ref": "#/components/schemas/SparqlResults"}
            content[media_type] = {"schema": schema}
    return content


def _describe_rows(question: Question) -> Json:
    row = {
        name: {"$ref": "#/components/schemas/SparqlTerm", "description": meaning}
        for name, meaning in question.columns.items()
    }
    bindings = {"type": "array", "items": {"type": "object", "properties": row, "additionalProperties": False}}
    results = {"type": "object", "required": ["bindings"], "properties": {"bindings": bindings}}
    schema: Json = {"$ref": "#/components/schemas/SparqlResults", "properties": {"results": results}}
    return schema | {"required": ["results"]}
