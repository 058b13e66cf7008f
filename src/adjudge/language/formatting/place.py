"""Where nodes stand in their text: where their content ends, whether they are written as a flow, what guards line ends.

Spans come from the parser, which ends a block where the next token begins, behind comments and blank lines.
"""

import re

from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.span import Span

_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*")
_KEEPS = re.compile(r"[|>][-0-9]*\+")
_EXPLICIT = re.compile(r"[|>][-+]?[0-9]")


def written(node: Node) -> str:
    """The text of a node as it stands; empty where it has no place."""
    span = node.span
    return "" if span is None else span.source.text[span.start : span.end]


def is_flow(node: Node) -> bool:
    """Whether a collection is written in brackets."""
    return not isinstance(node, Scalar) and written(node)[:1] in {"{", "["}


def is_block_scalar(node: Node) -> bool:
    """Whether a text is written below `|` or `>`."""
    # A plain scalar begins with neither.
    return isinstance(node, Scalar) and not node.plain and written(node)[:1] in {"|", ">"}


def keeps_breaks(node: Node) -> bool:
    """Whether the blank lines behind a text belong to it (`|+`)."""
    return is_block_scalar(node) and _KEEPS.match(written(node)) is not None


def header_of(node: Node) -> str | None:
    """The first line of a block scalar, without a comment; None where it bears one."""
    first = written(node).partition("\n")[0]
    found = _HEADER.match(first)
    return found.group() if found and found.end() == len(first) else None


def states_indentation(node: Node) -> bool:
    """Whether a block scalar says how deep it is set in."""
    return _EXPLICIT.match(written(node)) is not None


def end_of(node: Node, key: Scalar | None = None) -> int:
    """The offset behind the last character of a node that is no space; behind its key where it is empty."""
    if isinstance(node, Mapping) and node.items and not is_flow(node):
        name = next(reversed(node.items))
        return end_of(node.items[name], node.keys[name])
    if isinstance(node, Sequence) and node.items and not is_flow(node):
        return _end_of_last(node)
    span = _span(node)
    if span.start == span.end and key is not None:
        text = span.source.text
        return text.find(":", _span(key).end) + 1
    return span.start + len(written(node).rstrip()) if is_block_scalar(node) else span.end


def _end_of_last(node: Sequence) -> int:
    """An empty last item ends behind its dash."""
    last = node.items[-1]
    span = _span(last)
    if isinstance(last, Scalar) and span.start == span.end:
        text = span.source.text
        return text.rfind("-", 0, span.start) + 1
    return end_of(last)


def _span(node: Node) -> Span:
    if node.span is None:
        msg = "a node of a file has a place"
        raise ValueError(msg)
    return node.span


def scalars(node: Node) -> list[Scalar]:
    """Every key and value that is one text, in the order of the file."""
    found: list[Scalar] = []
    stack: list[Node] = [node]
    while stack:
        item = stack.pop()
        match item:
            case Scalar():
                found.append(item)
            case Sequence():
                stack.extend(reversed(item.items))
            case Mapping():
                for name in reversed(item.items):
                    stack += [item.items[name], item.keys[name]]
    return found


def line_of(node: Node, offset: int) -> int:
    """The line, from 0, of an offset in the text of a node."""
    return _span(node).source.line_of(offset) - 1


def start_of(node: Node) -> int:
    """The offset of its first character."""
    return _span(node).start


def column_of(node: Node) -> int:
    """The column, from 0, of its first character."""
    return _span(node).column - 1
