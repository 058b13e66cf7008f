"""One row of every kind, made from its type: every text of it the given one, ids apart where they are given."""

from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from adjudge.basis.instant import Instant
from adjudge.records.shelf import R, Shelf

AT = Instant(1_700_000_000_123_456_789)


def row_of(shelf: Shelf[R], row_id: str, text: str, key: str = "") -> R:
    """A row whose texts are `text`, and those by which rows are found `key`."""
    row: Any = shelf.row
    hints = get_type_hints(row)
    found: dict[str, object] = {item.name: _value(hints[item.name], text) for item in fields(row)}
    found.update({name: key or text for name in shelf.index if hints[name] is str})
    made: R = row(**{**found, "id": row_id})
    return made


def keyed(name: str, text: str) -> Any:  # noqa: ANN401 - `find` takes any field by its name
    """A field and what it is to equal."""
    return {name: text}


def _value(kind: Any, text: str) -> object:  # noqa: ANN401 - a type
    if kind is str:
        return text
    if kind is Instant or Instant in get_args(kind):
        return AT
    if kind is bool:
        return True
    if kind is int:
        return 5
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    if get_origin(kind) is tuple:
        return (_value(get_args(kind)[0], text),)
    if get_origin(kind) is dict:
        return {text: _value(get_args(kind)[1], text)}
    if kind is Any:
        return text
    nested = get_type_hints(kind)
    return kind(
        **{item.name: _value(nested[item.name], text) for item in fields(kind) if item.default is MISSING}
    )


def free_keys(shelf: Shelf[R]) -> list[str]:
    """The fields by which rows are found that may hold any text; a state is one of few."""
    hints = get_type_hints(shelf.row)
    return sorted(name for name in shelf.index if hints[name] is str)
