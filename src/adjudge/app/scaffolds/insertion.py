"""Text put into a file of somebody else, all of which stays: at the end of a list or mapping, or in a value's place."""

from typing import TypeGuard

from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.language.formatting.edit import Edit
from adjudge.language.formatting.place import (
    column_of,
    end_of,
    is_flow,
    keeps_breaks,
    scalars,
    start_of,
    written,
)

STEP = 2
"""Columns by which what is below a key is set in."""


def is_open(node: Node) -> TypeGuard[Mapping | Sequence]:
    """Whether something can be put in behind the last entry: a block, or brackets with nothing in them."""
    return not isinstance(node, Scalar) and (not is_flow(node) or not node.items)


def entry_column(key: Scalar, node: Node) -> int:
    """The column of the entries below a key."""
    return column_of(key) + STEP if is_flow(node) else column_of(node)


def at_end(text: str, key: Scalar, node: Node, block: str, *, blank: bool) -> list[Edit]:
    """Put lines behind the last entry below a key; with a blank line between the two if `blank`."""
    if is_flow(node):
        colon = text.rfind(":", 0, start_of(node)) + 1
        line_end = _line_end(text, start_of(node))
        return [Edit(colon, start_of(node) + len(written(node)), ""), Edit(line_end, line_end, f"\n{block}")]
    last = scalars(node)[-1]
    behind = (
        start_of(last) + len(written(last).removesuffix("\n")) if keeps_breaks(last) else end_of(node, key)
    )
    at = _below_remarks(text, _line_end(text, behind), column_of(node))
    return [Edit(at, at, ("\n\n" if blank else "\n") + block)]


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    end = len(text) if found < 0 else found
    return end - 1 if text[offset:end].endswith("\r") else end


def _below_remarks(text: str, line_end: int, column: int) -> int:
    """Behind the comments that are set in deeper than the entries: they belong to the last of them."""
    while True:
        start = text.find("\n", line_end) + 1
        line = text[start : _line_end(text, start)]
        deep = len(line) - len(line.lstrip(" ")) > column
        if start == 0 or not line.lstrip().startswith("#") or not deep:
            return line_end
        line_end = start + len(line)


def replacing(node: Scalar, text: str) -> Edit:
    """Another value in the place of one."""
    return Edit(start_of(node), start_of(node) + len(written(node)), text)
