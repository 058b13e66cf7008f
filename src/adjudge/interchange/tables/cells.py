"""Instants and trees as the cells of tables, and back. Every cell is a text on its way to the writer, or absent."""

import json
from collections.abc import Iterable, Mapping

from adjudge.basis.instant import AFTER_LAST, FIRST, Instant
from adjudge.basis.reading.json_text import Plain
from adjudge.interchange.tables.layout import NANOS

Cells = dict[str, str | None]
_MICRO = 1_000


def truth(value: bool) -> str:  # noqa: FBT001 - it is the value itself
    """A truth value."""
    return "true" if value else "false"


def time_cells(name: str, at: Instant | None) -> Cells:
    """An instant in its two columns: whole microseconds since 1970, and the nanoseconds beyond."""
    if at is None:
        return {name: None, name + NANOS: None}
    micros, rest = divmod(at.nanos, _MICRO)
    return {name: str(micros), name + NANOS: str(rest)}


def instant_of(micros: int | None, rest: int | None) -> Instant | None:
    """The instant of two columns; None where there is none."""
    if micros is None:
        return None
    return Instant(min(max(micros * _MICRO + (rest or 0), FIRST.nanos), AFTER_LAST.nanos - 1))


def tree_cell(tree: Plain | Mapping[str, object]) -> str | None:
    """A tree as JSON with sorted keys; absent where it is empty."""
    if tree is None or tree in ({}, []):
        return None
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def list_cell(items: Iterable[str]) -> str:
    """A list of texts as JSON, be it empty."""
    return json.dumps(list(items), ensure_ascii=False, separators=(",", ":"))
