"""Well-typed expressions that mean something both in version 1 and in CEL, as text, from a seed.

Not `tests/generators/conditions.py`, which also writes what CEL does not have (codes, dates, money, texts that are
normalised). Here decimals are halves and quarters, small enough that the doubles of CEL are exact too.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

OR, AND, RELATION, SUM, PRODUCT, UNARY, MEMBER = range(1, 8)

KINDS = ("int", "string", "bool", "decimal", "timestamp", "duration")
LITERALS: Mapping[str, Sequence[str]] = {
    "int": ("2", "3", "-7", "1", "0", "18", "0x1F", "9223372036854775807", "-9223372036854775808"),
    "string": (
        "''",
        "'a'",
        '"ab"',
        "'abc'",
        "r'a\\d'",
        "'é'",
        "'日本🍺'",
        "'a\\nb'",
        "'''b\"'''",
        "'\\u00df\\x41'",
    ),
    "bool": ("true", "false"),
    "decimal": ("0.5", "1.25", "2.0", "0.0", "-3.75", ".25", "1e1"),
    "timestamp": (
        "timestamp('2019-01-01T00:00:00Z')",
        "timestamp('2019-06-01T02:00:00+02:00')",
        "timestamp('2019-06-01T00:00:00.000000001Z')",
        "timestamp('0001-01-01T00:00:00Z')",
        "timestamp('9999-12-31T23:59:59.999999999Z')",
        "timestamp('2019-02-30T00:00:00Z')",
    ),
    "duration": (
        "duration('0')",
        "duration('1h')",
        "duration('60m')",
        "duration('-1.5s')",
        "duration('1h30m')",
        "duration('9223372036s')",
        "duration('1ns')",
        "duration('soon')",
    ),
}
PATTERNS = ("'a'", "'^a.*b$'", "r'\\w+'", "'[0-9]+'", "'(?i)AB'", "''", "'('", "r'^\\d'")
_MARKS = {"int": "+-*/%%", "decimal": "+-*", "string": "+", "duration": "+-"}
_COMPARISONS = ("==", "==", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Text:
    """A part of an expression, and how tightly its top operator binds."""

    text: str
    level: int = MEMBER

    def within(self, least: int) -> str:
        return self.text if self.level >= least else f"({self.text})"


@dataclass(frozen=True)
class Grammar:
    """What may be named, by the kind of its values; and how to choose."""

    random: random.Random
    names: Mapping[str, Sequence[str]]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Lists that a macro or `in` may range over, by the kind of their items."""
    records: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Lists of records: the fields of each with their kinds."""
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Maps that `has` may ask of, with the kinds of their values; some fields are missing."""
    may_quantify: bool = True

    def chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def value(self, kind: str, depth: int) -> Text:
        """A part of a kind, of at most some levels of operators."""
        if depth <= 0 or self.chance(25):
            return self._leaf(kind)
        match kind:
            case "bool":
                return self.truth(depth)
            case "int" if self.chance(15):
                return self._size(depth)
            case "int" | "decimal" if self.chance(15):
                return Text("-" + self._behind_minus(kind, depth), UNARY)
            case "timestamp":
                return self._moment(depth)
            case "duration" if self.chance(40):
                one, other = self.value("timestamp", depth - 1), self.value("timestamp", depth - 1)
                return Text(f"{one.within(SUM)} - {other.within(PRODUCT)}", SUM)
            case _:
                mark = self.random.choice(_MARKS[kind])
                level = PRODUCT if mark in "*/%" else SUM
                left, right = self.value(kind, depth - 1), self.value(kind, depth - 1)
                return Text(f"{left.within(level)} {mark} {right.within(level + 1)}", level)

    def _leaf(self, kind: str) -> Text:
        names = self.names.get(kind, ())
        if names and self.chance(65):
            return Text(self.random.choice(names))
        pool = LITERALS[kind]
        literal = self.random.choice(pool if self.chance(30) else pool[:4])
        return Text(literal, UNARY if literal.startswith("-") else MEMBER)

    def _behind_minus(self, kind: str, depth: int) -> str:
        """A minus before a literal is part of the literal, so that another one stands in brackets."""
        part = self.value(kind, depth - 1)
        return f"({part.text})" if part.text.startswith("-") else part.within(UNARY)

    def _moment(self, depth: int) -> Text:
        moment, length = self.value("timestamp", depth - 1), self.value("duration", depth - 1)
        if self.chance(30):
            return Text(f"{length.within(SUM)} + {moment.within(PRODUCT)}", SUM)
        return Text(f"{moment.within(SUM)} {self.random.choice('+-')} {length.within(PRODUCT)}", SUM)

    def _size(self, depth: int) -> Text:
        if self.chance(30):
            return Text(f"size({self._list(self.random.choice(KINDS), depth - 1)})")
        text = self.value("string", depth - 1)
        return Text(f"size({text.text})" if self.chance(50) else f"{text.within(MEMBER)}.size()")

    def _list(self, kind: str, depth: int, least: int = 0) -> str:
        items = [self.value(kind, min(depth, 1)).text for _ in range(self.random.randrange(least, 4))]
        return "[" + ", ".join(items) + "]"

    def truth(self, depth: int) -> Text:
        """A part that is true or false."""
        if depth <= 0:
            return self._leaf("bool")
        roll = self.random.randrange(100)
        if roll < 25:
            return self.joined([self.truth(depth - 1) for _ in range(self.random.choice((2, 2, 3)))])
        if roll < 35:
            return Text("!" + self.truth(depth - 1).within(UNARY), UNARY)
        if roll < 50:
            return self._text_test(depth)
        if roll < 60:
            return self._among(depth)
        if roll < 78 and self.may_quantify:
            return self._quantified(depth)
        if roll < 84 and self.maps:
            return self._has()
        kind = self.random.choice(KINDS)
        left, right = self.value(kind, depth - 1), self.value(kind, depth - 1)
        return Text(
            f"{left.within(RELATION)} {self.random.choice(_COMPARISONS)} {right.within(RELATION + 1)}",
            RELATION,
        )

    def joined(self, parts: Sequence[Text]) -> Text:
        """Parts with `&&` or `||` between them."""
        mark, level = self.random.choice((("&&", AND), ("||", OR)))
        return Text(f" {mark} ".join(part.within(level + 1) for part in parts), level)

    def _text_test(self, depth: int) -> Text:
        text = self.value("string", depth - 1)
        if self.chance(40):
            pattern = self.random.choice(PATTERNS)
            if self.chance(30):
                return Text(f"matches({text.text}, {pattern})")
            return Text(f"{text.within(MEMBER)}.matches({pattern})")
        method = self.random.choice(("startsWith", "endsWith", "contains"))
        return Text(f"{text.within(MEMBER)}.{method}({self.value('string', depth - 1).text})")

    def _among(self, depth: int) -> Text:
        kind = self.random.choice(KINDS)
        names = self.lists.get(kind, ()) if self.may_quantify else ()
        listing = self.random.choice(names) if names and self.chance(60) else self._list(kind, depth - 1)
        return Text(f"{self.value(kind, depth - 1).within(RELATION)} in {listing}", RELATION)

    def _quantified(self, depth: int) -> Text:
        """`exists` or `all`; the body has no macro, since they do not nest."""
        macro = self.random.choice(("exists", "all"))
        if self.records and self.chance(30):
            name, fields = self.random.choice(sorted(self.records.items()))
            return Text(f"{name}.{macro}(c, {self.with_fields('c', fields).truth(depth).text})")
        kind = self.random.choice(KINDS)
        names = self.lists.get(kind, ())
        # CEL's checker guesses the type of the items of `[]`, and may guess otherwise than the body needs.
        listing = self.random.choice(names) if names and self.chance(75) else self._list(kind, depth - 1, 1)
        return Text(f"{listing}.{macro}(e, {self.with_variable('e', kind).truth(depth).text})")

    def with_variable(self, name: str, kind: str) -> "Grammar":
        """The grammar of a body whose variable is of a kind."""
        return self._with_names({kind: [name] * 3})

    def with_fields(self, name: str, fields: Mapping[str, str]) -> "Grammar":
        """The grammar of a body whose variable is a record."""
        more: dict[str, list[str]] = {}
        for field_name, kind in fields.items():
            more.setdefault(kind, []).extend([f"{name}.{field_name}"] * 3)
        return self._with_names(more)

    def _with_names(self, more: Mapping[str, Sequence[str]]) -> "Grammar":
        names = {kind: [*self.names.get(kind, ()), *more.get(kind, ())] for kind in KINDS}
        return replace(self, names=names, may_quantify=False)

    def _has(self) -> Text:
        name, fields = self.random.choice(sorted(self.maps.items()))
        asked = f"has({name}.{self.random.choice(sorted(fields))})"
        return Text(asked)
