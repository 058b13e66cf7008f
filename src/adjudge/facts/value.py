"""Values of facts, and reading them from nodes by their type.

Not a truth value and not a weight. Representation: bool, int, str (string, country, language, code), `Decimal`
(normalised), `datetime.date`, `Instant`, `Duration`, `Money`, `Record`. Within one type Python's equality and hash
are those of LANGUAGE.md 1.2 (1.0 = 1.00, instants and not texts); across types only `adjudge.language.operators`
may compare, since in Python `True == 1`.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow

from adjudge.basis.digest import Json
from adjudge.basis.instant import Duration, Instant

INT_LEAST, INT_GREATEST = -(2**63), 2**63 - 1
MOST_FRACTION_DIGITS = 18
MOST_WHOLE_DIGITS = 100
EXACT = Context(
    prec=2 * (MOST_WHOLE_DIGITS + MOST_FRACTION_DIGITS) + 4, traps=[Inexact, InvalidOperation, Overflow]
)
"""Wide enough that a product of two decimals in range is exact; anything inexact raises inside."""

_DECIMAL = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,4})?", re.ASCII)
_LONGEST_NUMBER = 400


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one ISO 4217 currency. Equal currencies compare; two currencies are an error."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Record:
    """Field values by name, sorted by name so that equal records are equal and hash alike."""

    fields: tuple[tuple[str, "Value"], ...]

    def get(self, name: str) -> "Value | None":
        """The value of a field, or None where there is no such field."""
        return next((value for key, value in self.fields if key == name), None)


Value = bool | int | str | Decimal | dt.date | Instant | Duration | Money | Record


def decimal_in_range(value: Decimal) -> Decimal | None:
    """The normalised decimal; None where it has over 18 fractional or 100 whole digits."""
    if not value.is_finite() or value.adjusted() >= MOST_WHOLE_DIGITS:
        return None
    if not value:
        return Decimal(0)
    normal = value.normalize(Context(prec=_LONGEST_NUMBER + 10))
    exponent = normal.as_tuple().exponent
    return normal if isinstance(exponent, int) and -exponent <= MOST_FRACTION_DIGITS else None


def parse_decimal(text: str) -> Decimal | None:
    """Read a decimal exactly; None where the text is none or it is out of range."""
    if len(text) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        return None
    return decimal_in_range(Decimal(text))


def decimal_text(value: Decimal) -> str:
    """Positional notation without superfluous zeros: `1.5`, `100`, `0`."""
    return format(value.normalize(EXACT), "f") if value else "0"


def is_int64(value: int) -> bool:
    """Whether an integer fits in 64 bits, signed."""
    return INT_LEAST <= value <= INT_GREATEST


def normal_text(text: str) -> str:
    """A text in Unicode Normalization Form C, in which texts are compared by code point."""
    return unicodedata.normalize("NFC", text)


def value_json(value: Value) -> Json:
    """A value as its exchange form, all leaves texts or truth values: fit for hashing and for claims."""
    match value:
        case bool() | str():
            return value
        case int():
            return str(value)
        case Decimal():
            return decimal_text(value)
        case dt.date():
            return value.isoformat()
        case Instant() | Duration():
            return str(value)
        case Money():
            return {"amount": decimal_text(value.amount), "currency": value.currency}
        case Record():
            return {name: value_json(item) for name, item in value.fields}


def exchange_value(value: Value) -> "bool | int | str | dict[str, object]":
    """A value as the exchange form writes it (LANGUAGE.md 9): as `value_json`, but whole numbers are numbers."""
    match value:
        case bool() | int():
            return value
        case Record():
            return {name: exchange_value(item) for name, item in value.fields}
        case Money():
            return {"amount": decimal_text(value.amount), "currency": value.currency}
        case _:
            return str(value_json(value))


def value_key(value: Value) -> tuple[str, str]:
    """A total order over values, for output that is the same on every run."""
    return type(value).__name__, repr(value_json(value))


def value_text(value: Value) -> str:
    """A value on one line, in the notation of policies."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return decimal_text(value)
        case Money():
            return f"{decimal_text(value.amount)} {value.currency}"
        case Record():
            return ", ".join(f"{name}: {value_text(item)}" for name, item in value.fields)
        case _:
            return str(value)
