"""Nodes to values by their type, with a problem for everything outside the type.

Exactly the texts that LANGUAGE.md 9 names: dates and timestamps as ISO texts, money as amount and currency, decimals
as texts, records with all their fields. A plain number may stand for a decimal, since its digits are kept.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from adjudge.basis.instant import Duration, Instant, parse_date, parse_duration, parse_instant
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Shape, described, nearest, whole_number
from adjudge.basis.said import say
from adjudge.facts.codes import COUNTRIES, CURRENCIES, canonical_language
from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type
from adjudge.facts.value import Money, Record, Value, is_int64, normal_text, parse_decimal
from adjudge.facts.vocabulary import Taxonomy


def read_value(shape: Shape, node: Node, kind: Type, taxonomies: Mapping[str, Taxonomy]) -> Value | None:
    """Read a value of a type; None, with a problem, where it is outside the type."""
    match kind:
        case Simple():
            return _read_simple(shape, node, kind)
        case CodeType():
            return _read_code(shape, node, taxonomies[kind.taxonomy])
        case RecordType():
            return _read_record(shape, node, kind, taxonomies)
        case ListType():
            return None  # no fact and no field is a list: the vocabulary reader knows no word for it
    assert_never(kind)


def _read_simple(shape: Shape, node: Node, kind: Simple) -> Value | None:
    if kind is Simple.MONEY:
        return _read_money(shape, node)
    value = simple_value(node, kind) if isinstance(node, Scalar) else None
    if value is None:
        shown = quoted(node.text) if isinstance(node, Scalar) else described(node)
        message = say("{value} is not {kind}", value=shown, kind=_ARTICLES[kind])
        shape.problem("bad-value", message, node, _HINTS[kind])
    return value


def simple_value(node: Scalar, kind: Simple) -> Value | None:
    """The value of a scalar, or None where its text is outside the type."""
    match kind:
        case Simple.BOOL:
            return node.text.lower() == "true" if node.kind == "bool" else None
        case Simple.INT:
            return _int(node)
        case Simple.DECIMAL:
            return parse_decimal(node.text) if node.kind in {"text", "int", "number"} else None
        case Simple.STRING:
            return normal_text(node.text) if node.kind == "text" else None
        case _:
            return text_value(node.text, kind) if node.kind == "text" else None


def text_value(text: str, kind: Simple) -> str | dt.date | Instant | Duration | None:
    """The value that a text stands for in a type written as text; None where it is outside the type."""
    match kind:
        case Simple.DATE:
            return parse_date(text)
        case Simple.TIMESTAMP:
            return parse_instant(text)
        case Simple.DURATION:
            return parse_duration(text)
        case Simple.COUNTRY:
            return text if text in COUNTRIES else None
        case Simple.LANGUAGE:
            return canonical_language(text)
        case _:
            return None


def _int(node: Scalar) -> int | None:
    if node.kind != "int":
        return None
    value = whole_number(node.text)
    return value if value is not None and is_int64(value) else None


def _read_money(shape: Shape, node: Node) -> Money | None:
    hint = say("write {example}", example='`{amount: "5.00", currency: EUR}`')
    fields = shape.mapping(node, say("money"), hint)
    if fields is None:
        return None
    amount_node, currency_node = fields.required("amount"), fields.required("currency")
    fields.done()
    if amount_node is None or currency_node is None:
        return None
    amount = _read_simple(shape, amount_node, Simple.DECIMAL)
    currency = shape.text(currency_node, say("the currency"))
    if currency is not None and currency not in CURRENCIES:
        hint = did_you_mean(currency, sorted(CURRENCIES)) or say("write an ISO 4217 code such as `EUR`")
        message = say("{value} is not a currency", value=quoted(currency))
        shape.problem("unknown-code", message, currency_node, hint)
        return None
    return Money(amount, currency) if isinstance(amount, Decimal) and currency is not None else None


def _read_code(shape: Shape, node: Node, taxonomy: Taxonomy) -> str | None:
    text = shape.text(node, say("a code of {taxonomy}", taxonomy=quoted(taxonomy.name)))
    if text is None or text in taxonomy:
        return text
    hint = nearest(text, list(taxonomy.parents)) or say("declare it under `taxonomies:`")
    message = say("{code} is not a code of {taxonomy}", code=quoted(text), taxonomy=quoted(taxonomy.name))
    shape.problem("unknown-code", message, node, hint)
    return None


def _read_record(
    shape: Shape, node: Node, kind: RecordType, taxonomies: Mapping[str, Taxonomy]
) -> Record | None:
    fields = shape.mapping(node, say("the record"))
    if fields is None:
        return None
    found: dict[str, Value] = {}
    for name, field_type in kind.fields:
        item = fields.required(name)
        value = read_value(shape, item, field_type, taxonomies) if item is not None else None
        if value is not None:
            found[name] = value
    fields.done()
    return Record(tuple(sorted(found.items()))) if len(found) == len(kind.fields) else None


_ARTICLES = {
    Simple.BOOL: say("a truth value"),
    Simple.INT: say("a 64-bit whole number"),
    Simple.DECIMAL: say("a decimal"),
    Simple.STRING: say("a text"),
    Simple.DATE: say("a date"),
    Simple.TIMESTAMP: say("a timestamp"),
    Simple.DURATION: say("a duration"),
    Simple.COUNTRY: say("a country"),
    Simple.LANGUAGE: say("a language"),
}
_HINTS = {
    Simple.BOOL: say("write `true` or `false`"),
    Simple.INT: say("write digits only, without quotes, from -9223372036854775808 to 9223372036854775807"),
    Simple.DECIMAL: say('write it as a text such as `"12.50"`, with at most 18 digits behind the point'),
    Simple.STRING: say("write it in quotes"),
    Simple.DATE: say("write `2019-08-19`"),
    Simple.TIMESTAMP: say("write `2019-08-19T10:00:00Z`"),
    Simple.DURATION: say("write `720h` or `1h30m`"),
    Simple.COUNTRY: say("write an ISO 3166-1 code in capitals, such as `FR`"),
    Simple.LANGUAGE: say("write a BCP 47 tag, such as `fr` or `zh-Hant`"),
}
