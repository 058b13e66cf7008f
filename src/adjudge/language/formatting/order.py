"""The keys of a rule in the order in which LANGUAGE.md 9 writes them, each with the comments above it.

Whole lines are moved and nothing in them. A rule is left in its order where a line could belong to two keys: in
brackets, with two keys on one line, with a comment that is set in otherwise than the keys, or where another key than
`id` would come first and has a comment above it.
"""

from collections.abc import Iterator

from adjudge.basis.reading.node import Mapping, Scalar
from adjudge.language.formatting.place import (
    column_of,
    end_of,
    is_flow,
    keeps_breaks,
    line_of,
    scalars,
    start_of,
)

ORDER = (
    "id", "title", "subject", "kind", "ground", "in_force", "territory", "when", "standard", "unless", "overrides",
    "exempts", "measure", "cure", "on_unproven", "decided_by", "review", "explanation", "codes",
)  # fmt: skip
LineEdit = tuple[int, int, list[str]]


def order_edits(lines: list[str], mapping: Mapping) -> Iterator[LineEdit]:
    """The lines of a rule or an exception in their order, where they can be moved and are not in it."""
    if is_flow(mapping) or not mapping.items.keys() <= set(ORDER):
        return
    wanted = sorted(mapping.items, key=ORDER.index)
    if wanted == list(mapping.items):
        return
    starts = [line_of(key, start_of(key)) for key in mapping.keys.values()]
    ends = [line_of(mapping, end_of(node, mapping.keys[name])) + 1 for name, node in mapping.items.items()]
    if not _can_move(lines, mapping, starts, ends):
        return
    bounds = [starts[0], *ends]
    blocks = {name: lines[bounds[at] : bounds[at + 1]] for at, name in enumerate(mapping.items)}
    moved = _joined(blocks, wanted, column_of(next(iter(mapping.keys.values()))))
    if moved is not None:
        yield starts[0], ends[-1], moved


def _can_move(lines: list[str], mapping: Mapping, starts: list[int], ends: list[int]) -> bool:
    keys = list(mapping.keys.values())
    column = column_of(keys[0])
    if any(keeps_breaks(scalar) for scalar in scalars(mapping)):
        return False
    if lines[starts[0]][:column].strip(" -") or not all(
        _stands_alone(lines, key, column) for key in keys[1:]
    ):
        return False
    between = [line for end, start in zip(ends, starts[1:], strict=False) for line in lines[end:start]]
    return all(not line.strip() or _indent(line) == column for line in between) and not _trails(
        lines, ends[-1], column
    )


def _stands_alone(lines: list[str], key: Scalar, column: int) -> bool:
    return column_of(key) == column and not lines[line_of(key, start_of(key))][:column].strip(" ")


def _trails(lines: list[str], end: int, column: int) -> bool:
    """Whether a comment that may belong to the last key stands below it."""
    for line in lines[end:]:
        if line.strip():
            return line.lstrip().startswith("#") and _indent(line) >= column
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _joined(blocks: dict[str, list[str]], wanted: list[str], column: int) -> list[str] | None:
    """The blocks in their new order; the dash of the list stays in front."""
    old, new = next(iter(blocks)), wanted[0]
    if old != new:
        while not blocks[new][0].strip():
            blocks[new] = blocks[new][1:]
        if blocks[new][0].lstrip().startswith("#"):
            return None
        dash = blocks[old][0][:column]
        blocks[old] = [" " * column + blocks[old][0][column:], *blocks[old][1:]]
        blocks[new] = [dash + blocks[new][0][column:], *blocks[new][1:]]
    return [line for name in wanted for line in blocks[name]]
