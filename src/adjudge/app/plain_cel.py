"""Plain CEL on plain values, for CEL's own conformance cases. LANGUAGE.md 8, `adjudge expr`.

Not a way to evaluate policies: there is no vocabulary, and nothing is weighed.
"""

import datetime as dt
import json
from decimal import Decimal

from adjudge.app.exchange import LONGEST_LINE
from adjudge.basis.instant import Duration, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, read_json
from adjudge.basis.said import say
from adjudge.facts.value import Money, Record, decimal_in_range, decimal_text, is_int64
from adjudge.language.expression.parser import parse
from adjudge.language.expression.tokens import ExpressionError
from adjudge.language.failure import EvaluationError, fail
from adjudge.language.lowering.plain import lower_plain
from adjudge.language.operators import Concrete, Steps
from adjudge.spec.concrete import Binding, Surroundings, value_of

MOST_STEPS = 1_000_000
"""Parts that the macros of one expression may evaluate: nested, they multiply."""


def answer_expression(line: str) -> str:
    """One line of `{"expr", "bindings"}` to one of `{"value"}` or `{"error"}`, as JSON text."""
    if len(line) > LONGEST_LINE:
        return _json({"error": say("a line has at most {count} characters", count=LONGEST_LINE)})
    log = ProblemLog()
    tree = read_json(line, log, say("line"))
    if tree is None:
        return _json({"error": log.problems[0].message})
    asked = tree[0]
    if not isinstance(asked, dict) or not isinstance(asked.get("expr"), str):
        return _json({"error": say("a line is an object with `expr` and, optionally, `bindings`")})
    unknown = sorted(set(asked) - {"expr", "bindings"})
    if unknown:
        return _json({"error": say("there is no key {key}", key=f"`{unknown[0][:40]}`")})
    try:
        value = evaluate_plain(str(asked["expr"]), asked.get("bindings", {}))
    except (ExpressionError, EvaluationError) as error:
        return _json({"error": str(error)})
    return '{"value": ' + json_text(value) + "}"


def evaluate_plain(text: str, bindings: Plain) -> Concrete:
    """The value of an expression; raises ExpressionError or EvaluationError."""
    if not isinstance(bindings, dict):
        fail(say("`bindings` is an object"))
    variables = {name: _concrete(value) for name, value in bindings.items()}
    around = Surroundings(Instant(0), steps=Steps(MOST_STEPS))
    qualified = frozenset(name for name in variables if "." in name)
    return value_of(lower_plain(parse(text), qualified), Binding({}, variables), around)


def _concrete(value: Plain) -> Concrete:
    match value:
        case bool() | str():
            return value
        case int():
            return value if is_int64(value) else fail(say("a bound number does not fit in 64 bits"))
        case Decimal():
            normal = decimal_in_range(value)
            return normal if normal is not None else fail(say("a bound number has too many digits"))
        case list():
            return tuple(_concrete(item) for item in value)
        case dict():
            return {key: _concrete(item) for key, item in value.items()}
        case None:
            return fail(say("there is no null"))


def json_text(value: Concrete) -> str:
    """A value as JSON. Decimals keep their exact digits and their point, which a float would not."""
    match value:
        case bool() | str():
            return _json(value)
        case int():
            return str(value)
        case Decimal():
            text = decimal_text(value)
            return text if "." in text else f"{text}.0"
        case dt.date() | Instant() | Duration():
            return _json(str(value))
        case Money():
            return _json({"amount": decimal_text(value.amount), "currency": value.currency})
        case tuple():
            return "[" + ", ".join(json_text(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{_json(key)}: {json_text(item)}" for key, item in value.items()) + "}"
        case Record():
            return json_text(dict(value.fields))


def _json(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False)
