"""The forms of the client, written from the description's."""

from collections.abc import Iterable, Iterator
from typing import Any

from tools.client.words import (
    REF,
    Tree,
    docstring,
    field_name,
    formatted,
    item_of_page,
    or_none,
    type_of,
)

_HEAD = '''"""Forms of requests and answers. Written by tools/genclient.py from the description of the API."""

# ruff: noqa: TC003
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from adjudge.client.shape import Shape
'''


def shapes_file(told: Tree) -> str:
    """The module of all forms."""
    schemas: dict[str, Any] = told["components"]["schemas"]
    sent = names_sent(told)
    flat = flattened(told)
    wanted = sent | names_answered(told)
    lines: list[str] = []
    for name in _in_order(schemas):
        if name not in wanted or name in flat or item_of_page(name, schemas):
            continue
        schema = schemas[name]
        lines += ["", ""]
        if "properties" in schema or schema.get("type") == "object":
            lines += _form(name, schema, sent=name in sent)
        else:
            lines += [f"{name} = {type_of(schema)}"]
    return formatted(_used(_HEAD, "\n".join(lines)))


def _used(head: str, body: str) -> str:
    """The imports that a module needs, of those that it may."""
    for name in ("Mapping", "Sequence", "Any", "Literal"):
        if f"{name}" not in body:
            head = head.replace(f"import {name}, ", "import ").replace(f", {name}", "")
    head = "\n".join(
        line
        for line in head.split("\n")
        if not any(line.endswith(f"import {name}") and name not in body for name in ("Sequence", "Literal"))
    )
    return head.replace("# ruff: noqa: TC003\n", "") + body + "\n"


def _form(name: str, schema: Tree, *, sent: bool) -> list[str]:
    lines = ["@dataclass(frozen=True, slots=True, kw_only=True)", f"class {name}(Shape):"]
    lines += docstring(schema.get("description") or f"As its name says: {name}.", "    ")
    needed = schema.get("required", ())
    if schema.get("properties"):
        lines.append("")
    for key, part in schema.get("properties", {}).items():
        kind = type_of(part, sent=sent)
        default = "" if key in needed else " = None"
        lines.append(f"    {field_name(key)}: {kind if key in needed else or_none(kind)}{default}")
        if part.get("description"):
            lines += docstring(part["description"], "    ")
    return lines


def _in_order(schemas: dict[str, Any]) -> list[str]:
    """Names such that what a form needs stands before it; of a circle in their own order."""
    done: dict[str, None] = {}

    def visit(name: str, above: frozenset[str]) -> None:
        if name in done or name in above or name not in schemas:
            return
        for below in sorted(set(refs_in(schemas[name]))):
            visit(below, above | {name})
        done[name] = None

    for name in sorted(schemas):
        visit(name, frozenset())
    return list(done)


def refs_in(tree: object) -> Iterator[str]:
    """The names of the forms that a part of the description refers to."""
    if isinstance(tree, dict):
        if isinstance(tree.get("$ref"), str) and tree["$ref"].startswith(REF):
            yield tree["$ref"].removeprefix(REF)
        for item in tree.values():
            yield from refs_in(item)
    elif isinstance(tree, list):
        for item in tree:
            yield from refs_in(item)


def names_sent(told: Tree) -> set[str]:
    """The names of the forms that stand in requests, and of those in them."""
    return _reached(
        told, ([operation.get("requestBody"), operation.get("parameters")] for operation in _operations(told))
    )


def names_answered(told: Tree) -> set[str]:
    """The names of the forms that stand in good answers, and of those in them. Those of problems are made by hand."""
    return _reached(told, (whole_answer(operation) for operation in _operations(told)))


def whole_answer(operation: Tree) -> Tree:
    """What a good answer is, of the whole of it where parts can be asked for."""
    content = next(
        response.get("content", {})
        for status, response in operation["responses"].items()
        if status.startswith("2")
    )
    schema: Tree = content.get("application/json", {}).get("schema", {})
    return schema["anyOf"][0] if "anyOf" in schema else schema


def _operations(told: Tree) -> Iterator[Tree]:
    for methods in told["paths"].values():
        yield from methods.values()


def _reached(told: Tree, trees: Iterable[object]) -> set[str]:
    schemas = told["components"]["schemas"]
    found: set[str] = set()
    waiting = [name for tree in trees for name in refs_in(tree)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += refs_in(schemas[name])
    return found


def flattened(told: Tree) -> set[str]:
    """The forms that stand nowhere but as whole requests: their fields are arguments, and they need no class."""
    schemas = told["components"]["schemas"]
    whole = {name for operation in _operations(told) for name in _bodies(operation)}
    inside = {name for schema in schemas.values() for name in refs_in(schema)}
    return whole - inside - names_answered(told)


def _bodies(operation: Tree) -> Iterator[str]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from refs_in({"$ref": content["schema"].get("$ref")})
