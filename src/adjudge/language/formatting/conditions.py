"""The conditions of a package in canonical form: short ones on the line of their key, long ones below it.

Left as they are: conditions in a rule that is written in brackets, with a comment beside them, or with what
`adjudge.language.formatting.layout` does not move.
"""

import re
from collections.abc import Iterator

from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.language.expression.parser import LONGEST
from adjudge.language.formatting.edit import Edit
from adjudge.language.formatting.layout import laid_out
from adjudge.language.formatting.place import (
    column_of,
    end_of,
    header_of,
    is_block_scalar,
    is_flow,
    keeps_breaks,
    start_of,
)
from adjudge.language.formatting.plain import scalar_text

WIDTH = 100
"""Columns of a line with a condition."""
_CONDITION = "when"
_BETWEEN = re.compile(r"[ \t]*:[ \t]*(\n *)?")
_BEFORE_KEY = re.compile(r"[ -]*")


def rules_of(package: Node) -> tuple[Mapping, ...]:
    """The rules of a package file that are mappings."""
    return _mappings(package.items.get("rules")) if isinstance(package, Mapping) else ()


def exceptions_of(rule: Mapping) -> tuple[Mapping, ...]:
    """The exceptions of a rule that are mappings."""
    return _mappings(rule.items.get("unless"))


def _mappings(node: Node | None) -> tuple[Mapping, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def condition_edits(text: str, package: Node) -> Iterator[Edit]:
    """What to replace so that every condition is in canonical form."""
    for rule in rules_of(package):
        for owner in (rule, *exceptions_of(rule)):
            node = owner.items.get(_CONDITION)
            if isinstance(node, Scalar) and not is_flow(owner):
                yield from _edits(text, owner.keys[_CONDITION], node)


def _edits(text: str, key: Scalar, node: Scalar) -> Iterator[Edit]:
    start, end = start_of(key) + len(_raw(text, key)), end_of(node)
    line = text[text.rfind("\n", 0, start_of(key)) + 1 : start_of(key)]
    movable = _BETWEEN.fullmatch(text, start, start_of(node)) and _BEFORE_KEY.fullmatch(line)
    if not movable or keeps_breaks(node) or (is_block_scalar(node) and header_of(node) is None):
        return
    column = column_of(key)
    written = _on_one_line(node.text, WIDTH - column - len(_raw(text, key)) - len(": "))
    if written is None and text[end : text.find("\n", end)].strip():
        return  # a comment behind the value would become a part of it
    written = written or _below(node.text, column + 2)
    if written is not None and text[start:end] != f": {written}":
        yield Edit(start, end, f": {written}")


def _raw(text: str, key: Scalar) -> str:
    return text[key.span.start : key.span.end] if key.span else ""


def _on_one_line(condition: str, width: int) -> str | None:
    lines = laid_out(condition, LONGEST)
    if lines is None or len(lines) != 1:
        return None
    written = scalar_text(lines[0])
    return written if written is not None and len(written) <= width else None


def _below(condition: str, indent: int) -> str | None:
    lines = laid_out(condition, max(WIDTH - indent, WIDTH // 2))
    if lines is None:
        return None
    return "\n".join([">-", *(" " * indent + line for line in lines)])
