"""Facts of ordered types of which rules ask only comparisons with constants: what SQL may say of their values.

Whether `f < c`, `f == c` or `f in [...]` holds follows from where the value lies among the constants, thus from one
value of each interval. A money's interval has its currency, since comparing two is an error. A fact qualifies where all
its values are written as an export writes them; otherwise all of them are read.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from adjudge.basis.ids import FactName
from adjudge.engines.point.closures import Known, function_of
from adjudge.facts.type import Simple
from adjudge.facts.value import Money
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Atom, Bound, Expr, FactValue, Has, Operation, Operator, facts_in
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import Concrete

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.engines.bulk.plan import Plan

NOT_ORDERED = {"bucket": "NULL::VARCHAR", "plain": "false"}
_COMPARED = frozenset(
    {Operator.EQUAL, Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST, Operator.IN}
)
_NUMBER = r"(-?(?:0|[1-9][0-9]*)(?:\.[0-9]{0,17}[1-9])?)"
_DATE = len('"2000-01-01"')
_MOST = Decimal(10) ** 20
"""What a DECIMAL(38,18) holds."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """SQL over the JSON of a `value`: its interval, and whether it is written as an export writes it."""

    bucket: str
    plain: str


def ordered_facts(plans: "Iterable[Plan]") -> dict[FactName, Ordered]:
    """The facts that qualify under some plans, each for all of them."""
    found: dict[FactName, Fact] = {}
    refused: set[FactName] = set()
    constants: dict[FactName, list[Concrete]] = {}
    for plan in plans:
        for leaf in plan.leaves:
            for name in leaf.facts:
                found[name] = plan.context.facts[name]
                compared = _compared(leaf.condition, plan) if len(leaf.facts) == 1 else None
                if compared is None:
                    refused.add(name)
                else:
                    constants.setdefault(name, []).extend(compared)
    made = {name: _sql(fact, constants.get(name, [])) for name, fact in found.items() if name not in refused}
    return {name: item for name, item in made.items() if item is not None}


def _compared(condition: object, plan: "Plan") -> list[Concrete] | None:
    """The constants with which a leaf compares its fact; None where it does more than compare."""
    match condition:
        case Has():
            return []
        case Atom(expr=Operation(operator=operator, arguments=(left, right))) if operator in _COMPARED:
            other = right if isinstance(left, FactValue) else left
            if not isinstance(left if other is right else right, FactValue | Bound) or facts_in(other):
                return None
            return _constants(other, plan)
    return None


def _constants(expr: Expr, plan: "Plan") -> list[Concrete] | None:
    try:
        value = function_of(expr, plan.context.entries)(Known({}, {}, plan.now))
    except EvaluationError:
        return None
    return list(value) if isinstance(value, tuple) else [value]


def _sql(fact: Fact, constants: list[Concrete]) -> Ordered | None:
    if fact.many:
        return None
    match fact.type:
        case Simple.INT if all(isinstance(item, int) for item in constants):
            read = "TRY_CAST(value AS BIGINT)"
            return Ordered(_bucket(read, [str(item) for item in constants]), f"value = {read}::VARCHAR")
        case Simple.DATE if all(isinstance(item, dt.date) for item in constants):
            read = "TRY_CAST(trim(value, '\"') AS DATE)"
            plain = f"value = '\"' || {read}::VARCHAR || '\"' AND strlen(value) = {_DATE}"
            return Ordered(_bucket(read, [f"DATE '{item}'" for item in constants]), plain)
        case Simple.MONEY if all(isinstance(item, Money) for item in constants):
            amounts = [item.amount for item in constants if isinstance(item, Money)]
            return _decimal(amounts, f'\\{{"amount":"{_NUMBER}","currency":"([A-Z]{{3}})"\\}}', currency=True)
        case Simple.DECIMAL if all(isinstance(item, Decimal | int) for item in constants):
            amounts = [Decimal(item) for item in constants if isinstance(item, Decimal | int)]
            return _decimal(amounts, f'"{_NUMBER}"', currency=False)
        case _:
            return None


def _decimal(amounts: list[Decimal], written: str, *, currency: bool) -> Ordered | None:
    if any(abs(amount) >= _MOST for amount in amounts):
        return None
    read = f"TRY_CAST(regexp_extract(value, '{written}', 1) AS DECIMAL(38,18))"
    bucket = _bucket(read, [f"{amount:f}::DECIMAL(38,18)" for amount in amounts])
    # Zero with a sign is zero, and written unlike.
    plain = f"regexp_full_match(value, '{written}') AND {read} IS NOT NULL AND NOT contains(value, '\"-0\"')"
    return Ordered(f"regexp_extract(value, '{written}', 2) || ' ' || {bucket}" if currency else bucket, plain)


def _bucket(read: str, constants: list[str]) -> str:
    """How many of the constants a value reaches, and how many it exceeds, as a text."""
    distinct = sorted(set(constants))
    if not distinct:
        return "'0'"
    summed = " + ".join(f"({read} >= {item})::INTEGER + ({read} > {item})::INTEGER" for item in distinct)
    return f"({summed})::VARCHAR"
