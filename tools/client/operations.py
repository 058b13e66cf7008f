"""The operations of the client, written from the description's: a method each, in a class for each part of the API."""

import re
from dataclasses import dataclass, field
from typing import Any

from tools.client.shapes import whole_answer
from tools.client.words import (
    REF,
    Tree,
    docstring,
    formatted,
    item_of_page,
    or_none,
    python_name,
    type_of,
)

_HEAD = '''"""Every operation of the API. Written by tools/genclient.py from the description of the API."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, Literal

from adjudge.client import shapes
from adjudge.client.calling import Calling
from adjudge.client.file import File, Upload
from adjudge.client.listing import Listing
from adjudge.client.shape import Shape
'''
_INSIDE = "shapes."
_HIDDEN = frozenset({"fields", "cursor"})
"""Parameters that a typed call has no use for: a part of a form is none, and lists are gone through."""
_TAKEN = frozenset({"self", "seen", "once", "into", "media_type"})


@dataclass
class _Method:
    """What is gathered of a method while it is written."""

    positional: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        """All arguments."""
        return [*self.positional, *self.needed, *self.optional]

    @property
    def arguments(self) -> str:
        """As the definition has them."""
        named = [*self.needed, *self.optional]
        return ", ".join(["self", *self.positional, *(["*", *named] if named else [])])


def operations_file(told: Tree) -> str:
    """The module of all operations."""
    schemas = told["components"]["schemas"]
    groups: dict[str, list[str]] = {}
    for path, methods in told["paths"].items():
        for verb, operation in methods.items():
            tag = (operation.get("tags") or ["more"])[0]
            groups.setdefault(tag, []).extend(_method(path, verb.upper(), operation, schemas))
    lines: list[str] = []
    for tag in sorted(groups):
        lines += [
            "",
            "",
            f"class {_class_of(tag)}(Calling):",
            *docstring(f"Operations: {tag}.", "    "),
            *groups[tag],
        ]
    names = ", ".join(_class_of(tag) for tag in sorted(groups))
    lines += ["", "", f"class Operations({names}):", '    """All operations."""', ""]
    body = "\n".join(lines)
    head = _HEAD
    for name in ("Mapping", "Sequence", "IO", "Any", "Literal", "File", "Upload", "Listing", "Shape"):
        if not re.search(rf"\b{name}\b", body):
            head = re.sub(
                rf"(import|,) {name}\b,?", lambda found: found[1] if found[1] == "import" else ",", head
            )
    head = "\n".join(
        line.replace(",,", ",").rstrip(",")
        for line in head.split("\n")
        if not line.rstrip(",").endswith("import")
    )
    return formatted(head + body)


def _class_of(tag: str) -> str:
    return "".join(word.capitalize() for word in re.split(r"\W+", tag)) + "Operations"


def _method(path: str, verb: str, operation: Tree, schemas: Tree) -> list[str]:
    name = operation["operationId"]
    form, media = _answer(operation)
    if not media:
        return _one(name, path, verb, operation, schemas, form=form)
    lines = _one(f"{name}_file" if form else name, path, verb, operation, schemas, media=media)
    return [*_one(name, path, verb, operation, schemas, form=form), *lines] if form else lines


def _one(
    name: str,
    path: str,
    verb: str,
    operation: Tree,
    schemas: Tree,
    *,
    form: str = "",
    media: tuple[str, ...] = (),
) -> list[str]:
    method = _Method()
    item = item_of_page(form, schemas)
    _parameters(method, operation)
    _body(method, operation, schemas)
    _special(method, operation, media)
    if item:
        returns, call, first = f"Listing[{_INSIDE}{item}]", "_lists", f'{_INSIDE}{item}, "{path}"'
    elif media:
        returns, call, first = "File", "_file", f'"{verb}", "{path}"'
    else:
        returns, call = f"{_INSIDE}{form}", "_gives"
        first = f'{_INSIDE}{form}, "{verb}", "{path}"'
    return [
        "",
        f"    def {name}({method.arguments}) -> {returns}:",
        *docstring(_said(operation), "        "),
        f"        return self.{call}({', '.join([first, *method.given])})",
    ]


def _said(operation: Tree) -> str:
    summary = str(operation.get("summary", "")).rstrip(".") + "."
    description = str(operation.get("description", "")).strip()
    return f"{summary}\n\n{description}" if description and description != summary else summary


def _answer(operation: Tree) -> tuple[str, tuple[str, ...]]:
    """The form of a good answer, and the types of the files in its place or beside it."""
    media = tuple(operation.get("x-media", ()))
    return str(whole_answer(operation).get("$ref", "")).removeprefix(REF), media


def _parameters(method: _Method, operation: Tree) -> None:
    at, query = [], []
    for item in operation.get("parameters", ()):
        name = item["name"]
        argument = python_name(name)
        schema = item.get("schema", {})
        if item["in"] == "path":
            method.positional.append(f"{argument}: {type_of(schema, sent=True, inside=_INSIDE)}")
            at.append(f'"{name}": {argument}')
        elif item["in"] == "query" and name not in _HIDDEN:
            kind = type_of(schema, sent=True, inside=_INSIDE)
            if item.get("required"):
                method.needed.append(f"{argument}: {kind}")
            else:
                method.optional.append(f"{argument}: {or_none(kind)} = None")
            query.append(f'"{name}": {argument}')
    method.given += [f"at={{{', '.join(at)}}}"] if at else []
    method.given += [f"query={{{', '.join(query)}}}"] if query else []


def _body(method: _Method, operation: Tree, schemas: Tree) -> None:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return
    (kind, told), *_ = content.items()
    schema = told["schema"]
    form = schemas[schema["$ref"].removeprefix(REF)] if "$ref" in schema else schema
    taken = _TAKEN | {part.partition(":")[0] for part in method.all}
    fields: list[str] = []
    files: list[str] = []
    for key, part in form.get("properties", {}).items():
        argument = python_name(key)
        argument = f"{argument}_in_body" if argument in taken else argument
        is_file = kind == "multipart/form-data" and _is_file(part)
        what = _file_type(part) if is_file else type_of(part, sent=True, inside=_INSIDE)
        if key in form.get("required", ()):
            method.needed.append(f"{argument}: {what}")
        else:
            method.optional.append(f"{argument}: {or_none(what)} = None")
        (files if is_file else fields).append(f'"{key}": {argument}')
    method.given.append(f"body={{{', '.join(fields)}}}")
    method.given += [f"files={{{', '.join(files)}}}"] if kind == "multipart/form-data" else []


def _is_file(part: Tree) -> bool:
    inner = part.get("items", part)
    options: list[Any] = inner.get("anyOf", [inner])
    return any(option.get("format") == "binary" for option in options)


def _file_type(part: Tree) -> str:
    return "tuple[Upload, ...]" if part.get("type") == "array" else "Upload"


def _special(method: _Method, operation: Tree, media: tuple[str, ...]) -> None:
    """What belongs to a kind of operation: the tag that was seen, the key of an act, the type of a file."""
    names = {item["name"]: item for item in operation.get("parameters", ()) if item["in"] == "header"}
    if "If-Match" in names:
        needed = names["If-Match"].get("required")
        (method.needed if needed else method.optional).append(
            "seen: Shape | str" if needed else "seen: Shape | str | None = None"
        )
        method.given.append("seen=seen")
    if "Idempotency-Key" in names:
        method.optional.append('once: str = ""')
        method.given.append("once=once")
    if media:
        kind = f"Literal[{', '.join(repr(item) for item in media)}]"
        if len(media) > 1:
            method.optional.append(f"media_type: {kind} = {media[0]!r}")
            method.given.append("media_type=media_type")
        else:
            method.given.append(f"media_type={media[0]!r}")
        method.optional.append("into: IO[bytes] | None = None")
        method.given.append("into=into")
