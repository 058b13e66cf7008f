"""Line ends, trailing spaces and blank lines: between rules and sections exactly one, elsewhere at most one.

What is inside a text is left alone, but for spaces on lines of it that are otherwise empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.language.formatting.edit import lines_replaced
from adjudge.language.formatting.place import (
    column_of,
    end_of,
    is_block_scalar,
    is_flow,
    keeps_breaks,
    line_of,
    scalars,
    start_of,
    states_indentation,
    written,
)

SECTIONED = ("package", "vocabulary", "tests")
"""The keys of files whose sections are parted by a blank line; a case's files are short."""
SECTIONS = ("taxonomies", "facts", "lists", "params", "rules", "subjects", "claims", "cases", "never")
SPACED_ITEMS = ("rules", "cases")
"""The lists whose items are parted by a blank line."""
_LINE_END = re.compile(r"\r\n?")


def with_line_feeds(text: str) -> str:
    """Every line ended by a line feed; a carriage return alone ends one too, for YAML."""
    return _LINE_END.sub("\n", text)


def without_trailing_spaces(lines: list[str], root: Node) -> list[str]:
    """Lines without the spaces at their ends, save where these are a part of a text."""
    found = list(lines)
    inside = _inside(root)
    for at, line in enumerate(lines):
        least = inside.get(at, 0)
        if line != line.rstrip(" \t") and (least == 0 or (not line.strip(" ") and len(line) <= least)):
            found[at] = line.rstrip(" \t")
    return found


_WHOLE = -1


def _inside(root: Node) -> dict[int, int]:
    """The lines whose end is inside a text; for an empty line of a block, how many spaces are no part of it."""
    found: dict[int, int] = {}
    for scalar in scalars(root):
        first = line_of(scalar, start_of(scalar))
        last = line_of(scalar, end_of(scalar))
        if is_block_scalar(scalar):
            depth = _depth(scalar)
            end = line_of(scalar, start_of(scalar) + len(written(scalar)))
            found.update(dict.fromkeys(range(first + 1, max(last + 1, end)), depth))
        else:
            found.update(dict.fromkeys(range(first, last), _WHOLE))
    return found


def _depth(scalar: Scalar) -> int:
    """How deep a block is set in; `_WHOLE` where that is not to be seen."""
    if states_indentation(scalar):
        return _WHOLE
    content = [line for line in written(scalar).split("\n")[1:] if line.strip()]
    return min((len(line) - len(line.lstrip(" ")) for line in content), default=_WHOLE)


@dataclass(frozen=True, slots=True)
class _Gap:
    """The lines between two entries, the second of which is set in by `indent`."""

    start: int
    end: int
    indent: int


def with_blank_lines(lines: list[str], root: Node) -> list[str]:
    """Lines with the blank ones where they belong; the last is empty, for the one line feed at the end."""
    gaps = [(gap.start, gap.end, _parted(lines[gap.start : gap.end], gap.indent)) for gap in _gaps(root)]
    gaps += [(start, end, _without_head(lines[start:end])) for start, end in _heads(root)]
    # What a text holds is not touched. Marked before the lines move, since their numbers change.
    kept = _content(root)
    marked = [f"\0{line}" if at in kept else line for at, line in enumerate(lines)]
    found: list[str] = []
    for line in lines_replaced(marked, gaps):
        if line or (found and found[-1]):
            found.append(line)
    while found and not found[-1]:
        found.pop()
    # A block that the end of the file cuts off has no line feed in it, and would gain one.
    end = [] if lines[-1] and _ends_in_block(root) else [""]
    return [line.removeprefix("\0") for line in found] + end


def _ends_in_block(root: Node) -> bool:
    last = scalars(root)[-1:]
    return bool(last) and is_block_scalar(last[0])


def _content(root: Node) -> set[int]:
    """The lines behind the first of every text of several lines."""
    found: set[int] = set()
    for scalar in scalars(root):
        first = line_of(scalar, start_of(scalar))
        last = line_of(scalar, end_of(scalar))
        if keeps_breaks(scalar):
            last = line_of(scalar, start_of(scalar) + len(written(scalar).removesuffix("\n")))
        found.update(range(first + 1, last + 1))
    return found


def _gaps(root: Node) -> Iterator[_Gap]:
    if not isinstance(root, Mapping) or is_flow(root) or not root.items.keys() & set(SECTIONED):
        return
    names = list(root.items)
    for before, name in pairwise(names):
        if any(_is_section(root, key) for key in (before, name)):
            yield from _gap(root.items[before], root.keys[before], root.keys[name])
    for name in SPACED_ITEMS:
        items = root.items.get(name)
        if isinstance(items, Sequence) and not is_flow(items):
            for one, other in pairwise(items.items):
                yield from _gap(one, None, other, dash=column_of(items))


def _is_section(root: Mapping, name: str) -> bool:
    """Whether a key holds a block of lines, and not a word or two."""
    node = root.items[name]
    return name in SECTIONS and not isinstance(node, Scalar) and not is_flow(node)


def _gap(before: Node, key: Scalar | None, node: Node, dash: int | None = None) -> Iterator[_Gap]:
    end = line_of(before, end_of(before, key)) + 1
    start = line_of(node, start_of(node))
    last = scalars(before)
    if end <= start and not (last and keeps_breaks(last[-1])):
        yield _Gap(end, start, column_of(node) if dash is None else dash)


def _parted(lines: list[str], indent: int) -> list[str]:
    """Comments that belong to what stands before, one blank line, comments that belong to what follows."""
    own = 0
    while own < len(lines) and lines[own].strip() and _indent(lines[own]) > indent:
        own += 1
    rest = lines[own:]
    if any(not line.strip() for line in rest) and rest[0].strip():
        return lines  # a comment directly below what stands before, and a blank line behind it already
    return [*lines[:own], "", *rest]


def _heads(root: Node) -> Iterator[tuple[int, int]]:
    """The lines between the key of a list of spaced items and the first of them."""
    if not isinstance(root, Mapping) or is_flow(root):
        return
    for name in SPACED_ITEMS:
        items = root.items.get(name)
        if isinstance(items, Sequence) and items.items and not is_flow(items):
            key = root.keys[name]
            yield line_of(key, start_of(key)) + 1, line_of(items, start_of(items))


def _without_head(lines: list[str]) -> list[str]:
    """Without blank lines at the beginning."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return lines[first:]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
