"""Dated lists and parameters from nodes: values with the interval in which they are in force.

Their type is learned from how they are written: truth values, whole numbers, decimals and texts (LANGUAGE.md 3.8).
"""

from decimal import Decimal

from adjudge.basis.instant import Interval
from adjudge.basis.problem import quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named
from adjudge.basis.said import say, verbatim
from adjudge.facts.type import ListType, Simple, Type, said_type
from adjudge.facts.value_reader import simple_value
from adjudge.language.package import Entry, Plain

_BY_KIND = {"bool": Simple.BOOL, "int": Simple.INT, "number": Simple.DECIMAL, "text": Simple.STRING}
_NUMBERS = {Simple.INT, Simple.DECIMAL}
Values = list[tuple[Node, Simple, Plain]]


def read_lists(shape: Shape, node: Node | None) -> tuple[dict[str, tuple[Entry, ...]], dict[str, ListType]]:
    """The lists and their types."""
    entries, types = _read(shape, node, "lists", "values")
    return entries, {name: ListType(kind) for name, kind in types.items()}


def read_params(shape: Shape, node: Node | None) -> tuple[dict[str, tuple[Entry, ...]], dict[str, Type]]:
    """The parameters and their types."""
    entries, types = _read(shape, node, "params", "value")
    return entries, {name: kind for name, kind in types.items() if kind is not None}


def _read(
    shape: Shape, node: Node | None, what: str, key: str
) -> tuple[dict[str, tuple[Entry, ...]], dict[str, Simple | None]]:
    fields = shape.mapping(node, key_named(what))
    entries: dict[str, tuple[Entry, ...]] = {}
    types: dict[str, Simple | None] = {}
    for name, item in (fields.node.items if fields else {}).items():
        if fields is None or not shape.name(fields.node.keys[name], say("a name")):
            continue
        read = [
            _entry(shape, entry, key) for entry in shape.sequence(item, verbatim(quoted(f"{what}.{name}")))
        ]
        whole = [entry for entry in read if entry is not None]
        kind = _common_type(shape, [value for _, values in whole for value in values])
        if key == "value" and kind is None:
            if not whole:
                hint = say("add one with `from` and `value`")
                shape.problem("wrong-shape", say("{name} has no entry", name=quoted(name)), item, hint)
            continue
        types[name] = kind
        entries[name] = tuple(_typed(interval, values, kind, key, fields) for interval, values in whole)
    return entries, types


def _entry(shape: Shape, node: Node, key: str) -> tuple[Interval, Values] | None:
    fields = shape.mapping(node, say("an entry"))
    if fields is None:
        return None
    interval = shape.interval(fields.optional("from"), fields.optional("to"), say("the entry"))
    value = fields.required(key)
    fields.done()
    if value is None:
        return None
    items = shape.sequence(value, key_named("values")) if key == "values" else (value,)
    return interval, [read for item in items if (read := _plain(shape, item)) is not None]


def _plain(shape: Shape, node: Node) -> tuple[Node, Simple, Plain] | None:
    kind = _BY_KIND.get(node.kind) if isinstance(node, Scalar) else None
    value = simple_value(node, kind) if isinstance(node, Scalar) and kind else None
    if kind is not None and isinstance(value, bool | int | Decimal | str):
        return node, kind, value
    hint = say("write a truth value, a number or a text")
    shape.problem("bad-value", say("this is no value that a list or parameter can hold"), node, hint)
    return None


def _common_type(shape: Shape, values: Values) -> Simple | None:
    kinds = {kind for _, kind, _ in values}
    if kinds <= _NUMBERS and len(kinds) > 1:
        return Simple.DECIMAL
    first = values[0][1] if values else None
    for node, kind, _ in values:
        if kind is not first:
            message = say(
                "values of one list or parameter have one type, but here are {one} and {other}",
                one=said_type(first),
                other=said_type(kind),
            )
            shape.problem("type-error", message, node, say("write all of them alike"))
            return first
    return first


def _typed(interval: Interval, values: Values, kind: Simple | None, key: str, fields: Fields) -> Entry:
    plain = tuple(
        Decimal(value) if kind is Simple.DECIMAL and isinstance(value, int) else value
        for _, _, value in values
    )
    span = values[0][0].span if values else fields.span
    if key == "values":
        return Entry(interval, plain, span)
    return Entry(interval, plain[0] if plain else False, span)
