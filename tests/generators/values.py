"""Values from small pools, so that claims meet each other and the constants of conditions.

Each value in two forms: as claims write it (JSON) and as expressions write it.
"""

from tests.generators.chooser import Chooser
from tests.generators.plan import CODES, Json, TypePlan

_CLAIMED: dict[str, tuple[Json, ...]] = {
    "bool": (True, False),
    "int": (0, 1, 2, -7, 18, 9223372036854775807, -9223372036854775808),
    "decimal": ("0", "1.5", "1.50", "2", "-0.000000000000000001", "1000000.25"),
    "string": ("", "a", "ab", "gambling", "Straße", "e\u0301", "é", "日本"),
    "date": ("2019-01-01", "2019-06-01", "2020-02-29", "0001-01-01", "9999-12-31"),
    "timestamp": (
        "2019-01-01",
        "2019-06-01T00:00:00Z",
        "2019-06-01T02:00:00+02:00",
        "2019-06-01T00:00:00.000000001Z",
        "9999-12-31T23:59:59Z",
    ),
    "duration": ("0s", "1h", "60m", "720h", "-1.5s", "1ns"),
    "country": ("FR", "DE", "US", "KW"),
    "language": ("fr", "FR", "zh-Hant", "zh-hant-TW", "en-GB"),
    "money": (
        {"amount": "5.00", "currency": "EUR"},
        {"amount": "5", "currency": "EUR"},
        {"amount": "7.5", "currency": "EUR"},
        {"amount": "5.00", "currency": "USD"},
    ),
}
LITERALS: dict[str, tuple[str, ...]] = {
    "bool": ("true", "false"),
    "int": ("0", "1", "2", "-7", "18", "0x10", "9223372036854775807", "-9223372036854775808"),
    "decimal": ("0.0", "1.5", "2.0", "1e3", ".5", "0.000000000000000001"),
    "string": (
        "''",
        "'a'",
        '"ab"',
        "'gambling'",
        "'Straße'",
        "'e\u0301'",
        "r'a'",
        "'\\u00e9'",
        "'''a'''",
        '"""a b"""',
    ),
    "date": ("date('2019-01-01')", "date('2019-06-01')", "date('2020-02-29')"),
    "timestamp": (
        "timestamp('2019-01-01T00:00:00Z')",
        "timestamp('2019-06-01T02:00:00+02:00')",
        "timestamp('2019-06-01T00:00:00.000000001Z')",
        "timestamp(date('2019-06-01'))",
        "now",
    ),
    "duration": ("duration('0')", "duration('1h')", "duration('720h')", "duration('-1.5s')"),
    "country": ("'FR'", "'DE'", "'US'"),
    "language": ("'fr'", "'FR'", "'zh-Hant'", "'en-GB'"),
    "money": ("money('5.00', 'EUR')", "money('7.5', 'EUR')", "money('5', 'USD')"),
}
ERRING: dict[str, tuple[str, ...]] = {
    "int": ("1 / 0", "7 % 0", "9223372036854775807 + 1", "-(-9223372036854775807 - 1)"),
    "decimal": ("0.000000001 * 0.00000000001",),
    "date": ("date('2019-02-30')", "date('soon')"),
    "timestamp": ("timestamp('soon')", "timestamp('9999-12-31T23:59:59Z') + duration('1s')"),
    "duration": ("duration('1 day')",),
    "money": ("money('5', 'XXZ')", "money('five', 'EUR')"),
}
"""Constants that can be typed and fail when they are evaluated."""

PLAIN: dict[str, tuple[str | int | float | bool, ...]] = {
    "string": ("FR", "a", "software", "nowhere", "fr", "NO"),
    "int": (0, 1, 18, -7),
    "decimal": (1.5, 2.25),
    "bool": (True, False),
}
"""What lists and parameters hold; for a code, some are none, which shows only when they are evaluated."""


def claimed(chooser: Chooser, type_: TypePlan) -> Json:
    """A value of a type as a claim writes it."""
    if not isinstance(type_, str):
        return {name: claimed(chooser, kind) for name, kind in type_}
    if type_.startswith("code<"):
        return chooser.pick(CODES[type_[5:-1]])
    # Two in three from the first three of the pool, so that claims agree often.
    pool = _CLAIMED[type_]
    return chooser.pick(pool if chooser.chance(35) else pool[:3])


def literal(chooser: Chooser, type_: str) -> str:
    """A constant of a type as an expression writes it."""
    if type_.startswith("code<"):
        return "'" + chooser.pick(CODES[type_[5:-1]]) + "'"
    if type_ in ERRING and chooser.chance(3):
        return chooser.pick(ERRING[type_])
    pool = LITERALS[type_]
    return chooser.pick(pool if chooser.chance(40) else pool[:3])
