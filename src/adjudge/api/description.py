"""What ninja's description leaves out: how problems look, parts of answers, files, and what leads where."""

import copy
from typing import Any

from adjudge.api.answering import FIELDS
from adjudge.api.links import linked
from adjudge.api.shapes.problem import Problem
from adjudge.api.spoken import EXAMPLES, HEADERS, OF_ALL, PARAMETERS

_REF = "#/components/schemas/"
_PROBLEMS = {
    "400": ("BadRequest", "What was sent cannot be read."),
    "401": ("NoKey", "The request has no key that holds."),
    "404": ("NotFound", "It is not there, or not for this key: the two are told in the same words."),
    "406": ("NotAcceptable", "There is no answer of a type that `Accept` allows."),
    "409": ("Conflict", "Somebody else was first. Look again."),
    "412": ("Changed", "It was changed since the tag that was sent; `changed` says how."),
    "422": (
        "Refused",
        "A rule of process, or the form of the request, stands in the way; `findings` says what.",
    ),
    "428": ("MatchNeeded", "The header `If-Match` is missing."),
    "429": ("TooMany", "Too many requests in a minute; `Retry-After` says when to come again."),
    "503": ("Unavailable", "Something does not answer. Come again after `Retry-After`, an act with its key."),
}
_MATCHING = frozenset({"412", "428"})
_WAITING = frozenset({"429", "503"})


def described(told: dict[str, Any]) -> dict[str, Any]:
    """The description of the API, completed."""
    components = told["components"]
    schemas = components.setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template=_REF + "{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    components["responses"] = {name: _problem(status, text) for status, (name, text) in _PROBLEMS.items()}
    components["headers"] = dict(HEADERS)
    for operations in told["paths"].values():
        for operation in operations.values():
            _complete(operation, schemas)
            _speak(operation)
    schemas.pop("Bytes", None)
    _untitle(told["paths"])
    _untitle(schemas)
    linked(told)
    return told


def _untitle(tree: Any) -> None:  # noqa: ANN401 - any tree of JSON
    """Take away the titles that pydantic makes of names, which say nothing more. A field may be called `title`."""
    if isinstance(tree, dict):
        if isinstance(tree.get("title"), str):
            del tree["title"]
        for item in tree.values():
            _untitle(item)
    elif isinstance(tree, list):
        for item in tree:
            _untitle(item)


def _problem(status: str, text: str) -> dict[str, Any]:
    """The answer of a status that tells of a problem."""
    content = {"application/problem+json": {"schema": {"$ref": _REF + "Problem"}}}
    wait = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return {"description": text, "content": content, **({"headers": wait} if status in _WAITING else {})}


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    names = {item["name"] for item in operation.get("parameters", ())}
    responses = {str(status): response for status, response in operation["responses"].items()}
    for response in tuple(responses.values()):
        has_form = _with_files(response, operation.get("x-media", ()))
        headers = (*OF_ALL, *(("ETag",) if has_form else ()))
        headers += ("Idempotency-Replayed",) if "Idempotency-Key" in names else ()
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
        if FIELDS in names:
            _in_part(response, schemas)
        if has_form and operation.get("x-media"):
            responses["406"] = {"$ref": "#/components/responses/NotAcceptable"}
    if FIELDS in names:
        responses["304"] = {"description": "It is as the caller has it."}
    for status, (name, _text) in _PROBLEMS.items():
        if status == "406" or (status in _MATCHING and "If-Match" not in names):
            continue
        if status == "401" and not operation.get("security"):
            continue
        responses[status] = {"$ref": f"#/components/responses/{name}"}
    content = {"application/problem+json": {"schema": {"$ref": _REF + "Problem"}}}
    responses["default"] = {
        "description": "It was not carried out, for the reason that is told.",
        "content": content,
    }
    operation["responses"] = responses


def _speak(operation: dict[str, Any]) -> None:
    """Say what parts of the address mean where the view says nothing, and show a body as it is sent."""
    for item in operation.get("parameters", ()):
        if item["in"] == "query" and item["name"] in PARAMETERS:
            item.setdefault("description", PARAMETERS[item["name"]])
    example = EXAMPLES.get(operation["operationId"])
    if example is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example


def _with_files(response: dict[str, Any], media: list[str]) -> bool:
    """Files among the answers: beside the form, or in its place. Whether there is a form, which alone bears a tag."""
    content = response.setdefault("content", {})
    if content.get("application/json", {}).get("schema") == {"$ref": _REF + "Bytes"}:
        del content["application/json"]
    has_form = "application/json" in content
    for name in media:
        # A file of JSON is JSON all the same, of the form that its own page describes.
        content[name] = {"schema": {} if name.endswith("json") else {"type": "string", "format": "binary"}}
    return has_form


def _in_part(response: dict[str, Any], schemas: dict[str, Any]) -> None:
    """The answer to a request for some fields has only these: the same forms, with nothing but the id required."""
    content = response["content"].get("application/json")
    if content is None or "$ref" not in content.get("schema", {}):
        return
    name = content["schema"]["$ref"].removeprefix(_REF)
    content["schema"] = {"anyOf": [content["schema"], {"$ref": _REF + _part_of(name, schemas)}]}


def _part_of(name: str, schemas: dict[str, Any]) -> str:
    """The name of a form of which only the id is required; made where it is not there yet."""
    part = f"Part_{name}"
    if part not in schemas:
        whole = copy.deepcopy(schemas[name])
        items = whole.get("properties", {}).get("items", {})
        if name.startswith("Page") and "$ref" in items.get("items", {}):
            inner = items["items"]["$ref"].removeprefix(_REF)
            items["items"] = {"$ref": _REF + _part_of(inner, schemas)}
        else:
            whole["required"] = ["id"] if "id" in whole.get("properties", {}) else []
        whole["title"] = part
        whole["additionalProperties"] = False
        schemas[part] = whole
    return part
