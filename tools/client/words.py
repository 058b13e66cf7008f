"""How Python writes what the description says: names, types, texts."""

import builtins
import json
import keyword
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from typing import Any

REF = "#/components/schemas/"
Tree = Mapping[str, Any]
LINE = 100
_TO = re.compile(rf'"{REF}(\w+)"')


def named(told: Tree) -> dict[str, Any]:
    """The description with the names that forms have here: a `MatterShape` is a `Matter`, where nothing else is."""
    schemas = told["components"]["schemas"]
    found = {name: name.removesuffix("Shape") for name in schemas}
    new = {name: short if short == name or short not in schemas else name for name, short in found.items()}
    renamed = {**told, "components": {"schemas": {new[name]: schema for name, schema in schemas.items()}}}
    text = _TO.sub(lambda match: f'"{REF}{new.get(match[1], match[1])}"', json.dumps(renamed))
    result: dict[str, Any] = json.loads(text)
    return result


def item_of_page(name: str, schemas: Tree) -> str:
    """The name of the form of a page's items; empty for what is no page."""
    if not name.startswith("Page_"):
        return ""
    return str(schemas[name]["properties"]["items"]["items"]["$ref"]).removeprefix(REF)


def type_of(schema: Tree, *, sent: bool = False, inside: str = "") -> str:
    """The type of a value. What is `sent` is taken in any sequence; `inside` stands before the names of forms."""
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        found = dict.fromkeys(type_of(option, sent=sent, inside=inside) for option in options)
        return "Any" if "Any" in found else " | ".join(found)
    if len(schema.get("allOf", ())) == 1:
        return type_of(schema["allOf"][0], sent=sent, inside=inside)
    if "$ref" in schema:
        return inside + str(schema["$ref"]).removeprefix(REF)
    if "const" in schema or "enum" in schema:
        words = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(repr(word) for word in words)}]"
    return _plain(schema, sent=sent, inside=inside)


def _plain(schema: Tree, *, sent: bool, inside: str) -> str:
    match schema.get("type"):
        case "string":
            return "str"
        case "integer":
            return "int"
        case "boolean":
            return "bool"
        case "null":
            return "None"
        case "array":
            item = type_of(schema.get("items", {}), sent=sent, inside=inside)
            return f"Sequence[{item}]" if sent else f"tuple[{item}, ...]"
        case "object":
            more = schema.get("additionalProperties")
            item = type_of(more, sent=sent, inside=inside) if isinstance(more, dict) else "Any"
            return f"Mapping[str, {item}]"
        case _:
            return "Any"


def or_none(kind: str) -> str:
    """A type with None."""
    return kind if kind == "Any" or kind.endswith("None") else f"{kind} | None"


def python_name(name: str) -> str:
    """A name that Python takes: a word of its own has a line behind it."""
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if keyword.iskeyword(plain) or hasattr(builtins, plain) else plain


def field_name(name: str) -> str:
    """As `python_name`, for a field, which may be called as a builtin is."""
    return f"{name}_" if keyword.iskeyword(name) else name


def docstring(text: str, indent: str) -> list[str]:
    """A text below what it is about."""
    safe = text.replace("\\", "\\\\").replace('"""', "'''").strip()
    parts = [_wrapped(part, LINE - len(indent)) for part in safe.split("\n\n") if part.strip()]
    lines = [line for number, part in enumerate(parts) for line in (*([""] if number else []), *part)]
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    return [f'{indent}"""{lines[0]}', *(f"{indent}{line}".rstrip() for line in lines[1:]), f'{indent}"""']


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width, break_long_words=False) or [""]


def formatted(text: str) -> str:
    """As the formatter of this repository has it."""
    for command in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", "src/adjudge/client/x.py", "-"]
        text = subprocess.run(ruff, input=text, capture_output=True, text=True, check=True).stdout
    return text
