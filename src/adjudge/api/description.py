"""What ninja's description leaves out: how problems look, and answers of which only some fields were asked for."""

import copy
from typing import Any

from adjudge.api.answering import FIELDS
from adjudge.api.shapes.problem import Problem

_REF = "#/components/schemas/"


def described(told: dict[str, Any]) -> dict[str, Any]:
    """The description of the API, completed."""
    schemas = told["components"].setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template=_REF + "{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for operations in told["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {
                "description": "It was not carried out, for the reason that is told.",
                "content": {"application/problem+json": {"schema": {"$ref": _REF + "Problem"}}},
            }
            _complete(operation, schemas)
    return told


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """The answer to a request for some fields has only these: the same forms, with nothing but the id required."""
    takes_fields = any(item["name"] == FIELDS for item in operation.get("parameters", ()))
    operation["responses"] = {str(status): response for status, response in operation["responses"].items()}
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json")
        if status == "default":
            continue
        response.setdefault("headers", {})["ETag"] = {"schema": {"type": "string"}}
        if content is None or not takes_fields or "$ref" not in content.get("schema", {}):
            continue
        name = content["schema"]["$ref"].removeprefix(_REF)
        content["schema"] = {"anyOf": [content["schema"], {"$ref": _REF + _part_of(name, schemas)}]}
    if takes_fields:
        operation["responses"]["304"] = {"description": "It is as the caller has it."}


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
