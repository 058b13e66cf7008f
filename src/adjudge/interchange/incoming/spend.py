"""What a subject spent in a time, from a node: an exact amount in one currency. Not a claim: nothing decides by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.said import say
from adjudge.facts.codes import CURRENCIES
from adjudge.facts.value import decimal_text, parse_decimal

WHOLE_DIGITS = 20
"""Digits before the point, so that an amount fits the column of its table: 38 digits, 18 of them behind the point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """An amount, negative where it was paid back. `recorded_at` is None where it is known from now on."""

    id: str
    subject: SubjectId
    start: Instant
    end: Instant
    amount: Decimal
    currency: str
    recorded_at: Instant | None = None


def read_spend(shape: Shape, node: Node) -> Spend | None:
    """Read one; None with problems."""
    fields = shape.mapping(node, say("an amount spent"))
    if fields is None:
        return None
    spend_id = shape.identifier(fields.required("id"), key_named("id"))
    subject = shape.identifier(fields.required("subject"), say("the subject"))
    end_node = fields.required("to")
    start = shape.instant(fields.required("from"), key_named("from"))
    end = shape.instant(end_node, key_named("to"))
    amount = _amount(shape, fields.required("amount"))
    currency = _currency(shape, fields.required("currency"))
    recorded = shape.instant(fields.optional("recorded_at"), key_named("recorded_at"))
    fields.done()
    if start is not None and end is not None and end <= start:
        hint = say("`to` is the first instant that is no longer part of it")
        shape.problem(
            "reversed-interval", say("the time has no length, or ends before it starts"), end_node, hint
        )
        return None
    if not (spend_id and subject and start and end and currency) or amount is None:
        return None
    return Spend(
        id=spend_id,
        subject=SubjectId(subject),
        start=start,
        end=end,
        amount=amount,
        currency=currency,
        recorded_at=recorded,
    )


def _amount(shape: Shape, node: Node | None) -> Decimal | None:
    if node is None:
        return None
    is_number = isinstance(node, Scalar) and node.kind in {"text", "int", "number"}
    found = parse_decimal(node.text) if isinstance(node, Scalar) and is_number else None
    if found is None or found.adjusted() >= WHOLE_DIGITS:
        message = say("the amount is no decimal of at most {digits} whole digits", digits=WHOLE_DIGITS)
        hint = say(
            "write it as `1234.50`, at most 18 digits behind the point, or say in the mapping how decimals are written"
        )
        shape.problem("bad-value", message, node, hint)
        return None
    return found


def _currency(shape: Shape, node: Node | None) -> str | None:
    text = shape.text(node, say("the currency"))
    if text is None or text in CURRENCIES:
        return text
    hint = did_you_mean(text, sorted(CURRENCIES)) or say("write an ISO 4217 code such as `EUR`")
    shape.problem("unknown-code", say("{value} is not a currency", value=quoted(text)), node, hint)
    return None


def canonical_spend(item: Mapping[str, Plain]) -> dict[str, Plain]:
    """The words of an amount in the one form in which it is kept; what cannot be read is left to its reader."""
    found = dict(item)
    for key in ("from", "to", "recorded_at"):
        instant = parse_instant(str(item.get(key)))
        if instant is not None:
            found[key] = str(instant)
    amount = item.get("amount")
    number = parse_decimal(str(amount)) if not isinstance(amount, bool) else None
    if number is not None:
        found["amount"] = decimal_text(number)
    return found
