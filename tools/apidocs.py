"""The reference of the API, from its description: a page for people, and the description itself for programs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from adjudge.people.act import ACTS, Act
from adjudge.people.role import Role

Tree = Mapping[str, Any]
_REF = "#/components/schemas/"
_HEAD = (
    "# The API",
    "",
    "Every operation with the right that it needs, made from the description in OpenAPI 3.1, which is",
    "[openapi.json](openapi.json) and is served at `/api/v1/openapi.json`. How to call is in the guide on the",
    "[API](../guides/api.md); who has which right is in [rights](rights.md); codes of problems are in",
    "[problems](problems.md).",
    "",
    "What holds for all: a key in `Authorization: Bearer`; a missing right is answered like a missing thing (404);",
    "`fields=a,b` gives only these fields of what is read, and the id; lists come in parts, and `next` is sent as",
    "`cursor` for the following one; an act may bear `Idempotency-Key`, and is then done once; where `If-Match` is",
    "named, the `ETag` that was seen is sent with it; and every problem is `application/problem+json`.",
)


def api_page(told: Tree) -> str:
    """The page."""
    groups: dict[str, list[str]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["more"])[0]
            groups.setdefault(tag, []).extend(_operation(path, method.upper(), operation))
    lines = [*_HEAD, ""]
    for tag in sorted(groups):
        lines += [f"## {tag[0].upper()}{tag[1:]}", "", *groups[tag]]
    lines += ["## Forms", "", "What stands in requests and answers, by name.", ""]
    for name, schema in sorted(told["components"]["schemas"].items()):
        if not name.startswith(("Part_", "Page_")):
            lines += _form(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def openapi_file(told: Tree) -> str:
    """The description as a file."""
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _operation(path: str, method: str, operation: Tree) -> list[str]:
    summary = str(operation["summary"]).rstrip(".")
    lines = [f"### {operation['operationId']}", "", f"`{method} {path}`", "", f"{summary}."]
    description = " ".join(str(operation.get("description", "")).split())
    if description and not description.startswith("The right it needs") and description != f"{summary}.":
        lines += ["", _text(description)]
    lines += ["", _right(operation), ""]
    lines += _parameters(operation)
    lines += _body(operation)
    return [*lines, *_answers(operation), ""]


def _right(operation: Tree) -> str:
    act = operation.get("x-act")
    if not act:
        return "Right: none." if operation.get("security") else "Right: none, and no key is needed."
    right = ACTS[Act(act)]
    roles = ", ".join(role.value for role in Role if role in right.roles)
    written = f" Writes the entry `{operation['x-writes']}`." if operation.get("x-writes") else ""
    return f"Right: `{act}` ({roles}).{written}"


def _parameters(operation: Tree) -> list[str]:
    found = [item for item in operation.get("parameters", ()) if item["name"] != "fields"]
    if not found:
        return []
    lines = ["| parameter | where | type | required | meaning |", "| --- | --- | --- | --- | --- |"]
    for item in found:
        schema = item.get("schema", {})
        meaning = _text(item.get("description") or schema.get("description") or "")
        needed = "yes" if item.get("required") else ""
        lines.append(f"| `{item['name']}` | {item['in']} | {_type(schema)} | {needed} | {meaning} |")
    return [*lines, ""]


def _body(operation: Tree) -> list[str]:
    lines = []
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"]
        lines += [f"Body (`{media}`): {_type(schema)}", ""]
        if "$ref" not in schema:
            lines += [*_fields(schema), ""]
    return lines


def _answers(operation: Tree) -> list[str]:
    told = []
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            content = response.get("content", {})
            forms = [
                _type(_whole(item["schema"])) if media == "application/json" else f"`{media}`"
                for media, item in content.items()
            ]
            told.append(f"{status} with {' or '.join(forms)}" if forms else status)
    others = [
        status for status in operation["responses"] if not status.startswith("2") and status != "default"
    ]
    return [f"Answers: {'; '.join(told)}. Else: {', '.join(sorted(others))}."]


def _whole(schema: Tree) -> Tree:
    """The whole form, where parts can be asked for."""
    found: Tree = schema["anyOf"][0] if "anyOf" in schema else schema
    return found


def _form(name: str, schema: Tree) -> list[str]:
    lines = [f"### {name}", ""]
    if schema.get("description"):
        lines += [_text(schema["description"]), ""]
    if "properties" in schema:
        return [*lines, *_fields(schema), ""]
    return [*lines, f"{_type(schema)}.", ""]


def _fields(schema: Tree) -> Iterator[str]:
    needed = schema.get("required", ())
    yield "| field | type | required | meaning |"
    yield "| --- | --- | --- | --- |"
    for name, part in schema.get("properties", {}).items():
        meaning = _text(part.get("description", ""))
        yield f"| `{name}` | {_type(part)} | {'yes' if name in needed else ''} | {meaning} |"


def _type(schema: Tree) -> str:
    """A type in a few words; of a form its name, with a link."""
    if "$ref" in schema:
        return _link(str(schema["$ref"]).removeprefix(_REF))
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(item) for item in schema[key]))
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    return _plain(schema)


def _plain(schema: Tree) -> str:
    kind = schema.get("type")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object":
        more = schema.get("additionalProperties")
        return f"object of {_type(more)}" if isinstance(more, dict) else "object"
    return str(schema.get("format") or kind or "any JSON")


def _link(name: str) -> str:
    if name.startswith("Page_"):
        inner = name.removeprefix("Page_").removesuffix("_")
        return f"a part of a list of [{inner}](#{inner.lower()})"
    return f"[{name}](#{name.lower()})"


def _text(text: object) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
