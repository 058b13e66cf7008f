"""Values of claims as cells: all of them as JSON, and again in the column of their type, for those who count in SQL."""

import datetime as dt
import json
from decimal import Decimal

from adjudge.basis.instant import Duration, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.shape import Shape
from adjudge.facts.value import Money, Record, Value, decimal_text, exchange_value
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Fact, Vocabulary
from adjudge.interchange.tables.cells import Cells, time_cells, truth

MOST_WHOLE_DIGITS = 20
_COLUMNS = ("value_bool", "value_int", "value_decimal", "value_text", "value_date")


def value_cells(content: Plain, fact: Fact | None, vocabulary: Vocabulary | None) -> Cells:
    """The cells of a value in the words of a claims file; those of its type where the vocabulary can read it."""
    cells: Cells = {**dict.fromkeys(_COLUMNS), **time_cells("value_time", None)}
    value = None
    if fact is not None and vocabulary is not None and content is not None:
        log = ProblemLog()
        value = read_value(Shape(log), node_of(content, "value"), fact.type, vocabulary.taxonomies)
    cells["type"] = str(fact.type) if fact is not None else None
    plain: object = exchange_value(value) if value is not None else content
    cells["value"] = None if plain is None else _json(plain)
    return cells if value is None else {**cells, **_typed(value)}


def _json(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _typed(value: Value) -> Cells:
    match value:
        case bool():
            return {"value_bool": truth(value)}
        case int():
            return {"value_int": str(value)}
        case str():
            return {"value_text": value}
        case Decimal():
            return {"value_decimal": _decimal(value)}
        case dt.date():
            return {"value_date": value.isoformat()}
        case Instant():
            return time_cells("value_time", value)
        case Duration():
            return {"value_int": str(value.nanos)}
        case Money():
            return {"value_decimal": _decimal(value.amount), "value_text": value.currency}
        case Record():
            return {}


def _decimal(value: Decimal) -> str | None:
    return decimal_text(value) if value.adjusted() < MOST_WHOLE_DIGITS else None
