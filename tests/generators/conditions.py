"""Conditions as text, well-typed by construction over a world.

A grammar of its own, not the parser turned round: precedence is kept as CEL has it, with superfluous brackets and
white space strewn in, so that reading is tested as well.
"""

from dataclasses import dataclass, replace

from tests.generators.chooser import Chooser
from tests.generators.plan import FactPlan, TypePlan, World
from tests.generators.values import ERRING, literal

OR, AND, RELATION, SUM, PRODUCT, UNARY, MEMBER = range(1, 8)
_ORDERED = ("int", "decimal", "string", "date", "timestamp", "duration", "money", "bool")
_VALUES = (*_ORDERED, "country", "language", "code<product>", "code<place>")
_PATTERNS = ("'a'", "'^a.*b$'", "r'\\w+'", "'[0-9]+'", "'(?i)GAMBLING'", "'('")


@dataclass(frozen=True)
class Text:
    """A part of an expression and how tightly its top operator binds."""

    text: str
    level: int

    def within(self, least: int) -> str:
        return self.text if self.level >= least else f"({self.text})"


@dataclass(frozen=True)
class Reach:
    """What may be named at one place: facts with one value, and the variable of a quantifier."""

    chooser: Chooser
    world: World
    facts: tuple[FactPlan, ...]
    variable: tuple[str, TypePlan] | None = None

    def named(self, wanted: str) -> list[str]:
        """The facts, fields and the variable that have a type."""
        found = []
        for item in self.facts:
            found += _named(item.full, item.type, wanted)
        if self.variable:
            found += 2 * _named(*self.variable, wanted)
        return found


def _named(name: str, type_: TypePlan, wanted: str) -> list[str]:
    if isinstance(type_, str):
        return [name] if type_ == wanted else []
    return [f"{name}.{field}" for field, kind in type_ if kind == wanted]


def condition(chooser: Chooser, world: World, kind: str, depth: int = 3) -> str:
    """A graded condition for rules about subjects of a kind."""
    readable = tuple(item for item in world.facts if kind in {item.kind, "ad"})
    return _graded(chooser, world, readable, depth).text


def _graded(chooser: Chooser, world: World, facts: tuple[FactPlan, ...], depth: int) -> Text:
    which = chooser.below(12) if depth > 0 else chooser.below(6)
    if which in {8, 9, 10}:
        level = AND if which < 10 else OR
        mark = "&&" if level == AND else "||"
        parts = [_graded(chooser, world, facts, depth - 1) for _ in range(2 + chooser.below(2))]
        return _loose(chooser, Text(f" {mark} ".join(part.within(level + 1) for part in parts), level))
    if which == 11:
        return _loose(chooser, Text("!" + _graded(chooser, world, facts, depth - 1).within(UNARY), UNARY))
    many = [item for item in facts if item.many]
    if which in {1, 2, 6} and many:
        return _quantified(chooser, world, facts, chooser.pick(many))
    if which == 3 and many:
        return _member(chooser, world, chooser.pick(many))
    if which == 4 and facts and chooser.chance(50):
        return Text(f"has({chooser.pick(facts).full})", MEMBER)
    single = tuple(item for item in facts if not item.many)
    return _loose(chooser, _truth(Reach(chooser, world, single), 0))


def _loose(chooser: Chooser, part: Text) -> Text:
    """Sometimes in brackets that change nothing, sometimes over two lines."""
    if chooser.chance(8):
        return Text(f"( {part.text} )", MEMBER)
    if chooser.chance(2) and "'''" not in part.text and '"""' not in part.text:
        return replace(part, text=part.text.replace(" && ", " // and\n  && "))
    return part


def _quantified(chooser: Chooser, world: World, facts: tuple[FactPlan, ...], fact: FactPlan) -> Text:
    macro = chooser.pick(("exists", "all"))
    variable = chooser.pick(("x", "c", "f0"))
    # Three bodies in four speak of the variable alone; the rest may bring in facts with one value.
    single = tuple(item for item in facts if not item.many) if chooser.chance(30) else ()
    reach = Reach(chooser, world, single, (variable, fact.type))
    inner = body(reach, 1)
    if chooser.chance(20):
        inner = Text("!" + inner.within(UNARY), UNARY)
    return Text(f"{fact.full}.{macro}({variable}, {inner.text})", MEMBER)


def body(reach: Reach, depth: int) -> Text:
    """An atom that mostly speaks of the variable, and inside which `&&` and `||` are CEL's own."""
    chooser = reach.chooser
    if depth > 0 and chooser.chance(30):
        level = chooser.pick((AND, OR))
        mark = "&&" if level == AND else "||"
        parts = [_negated(chooser, body(reach, depth - 1)) for _ in range(2)]
        return Text(f" {mark} ".join(part.within(level + 1) for part in parts), level)
    if reach.variable and chooser.chance(75):
        name, type_ = reach.variable
        whole = _same_whole(reach, name, type_)
        if not isinstance(type_, str) and chooser.chance(90):
            field, kind = chooser.pick(type_)
            return _test(reach, Text(f"{name}.{field}", MEMBER), kind)
        return whole if isinstance(whole, Text) else _test(reach, Text(name, MEMBER), str(type_))
    return _truth(reach, depth)


def _negated(chooser: Chooser, part: Text) -> Text:
    """Sometimes NOT, of CEL's own kind where it stands inside an atom."""
    return Text("!" + part.within(UNARY), UNARY) if chooser.chance(20) else part


def _same_whole(reach: Reach, name: str, type_: TypePlan) -> Text | None:
    """A record beside a record of its type; there is no literal for one."""
    if isinstance(type_, str):
        return None
    others = [item.full for item in reach.facts if item.type == type_]
    return Text(f"{name} == {reach.chooser.pick([name, *others])}", RELATION)


def _member(chooser: Chooser, world: World, fact: FactPlan) -> Text:
    if not isinstance(fact.type, str):
        field, kind = fact.type[0]
        return Text(f"{fact.full}.exists(x, x.{field} == {literal(chooser, kind)})", MEMBER)
    value = literal(chooser, fact.type)
    params = [name for name, kind in world.params.items() if _fits(kind, fact.type)]
    if params and chooser.chance(30):
        value = f"params.{chooser.pick(params)}"
    if fact.type == "int" and chooser.chance(20):
        value = literal(chooser, "decimal")
    return Text(f"{_as_operand(value)} in {fact.full}", RELATION)


def _as_operand(text: str) -> str:
    """A constant whose top operator might be a sum or a product."""
    return f"({text})" if " " in text and not text.startswith(("'", '"', "date(", "money(")) else text


def _fits(plain: str, type_: str) -> bool:
    """Whether a list or parameter of a plain type may stand beside a type."""
    texts = {"string", "country", "language"}
    return plain == type_ or (plain == "string" and (type_ in texts or type_.startswith("code<")))


def _truth(reach: Reach, depth: int) -> Text:
    """An expression that is true or false, without a graded operator at its top."""
    chooser = reach.chooser
    bools = reach.named("bool")
    if bools and chooser.chance(15):
        return Text(chooser.pick(bools), MEMBER)
    if chooser.chance(3):
        return Text(literal(chooser, "bool"), MEMBER)
    params = reach.world.params
    if "p_bool" in params and chooser.chance(2):
        return Text("params.p_bool", MEMBER)
    if chooser.chance(4):
        # `&&` below a comparison is inside the atom.
        parts = [_negated(chooser, _truth(reach, depth)) for _ in range(2)]
        inner = Text(f"{parts[0].within(AND)} && {parts[1].within(AND + 1)}", AND)
        return Text(f"{inner.within(RELATION + 1)} == {literal(chooser, 'bool')}", RELATION)
    whole = [item for item in reach.facts if not isinstance(item.type, str)]
    if whole and chooser.chance(10):
        one = chooser.pick(whole)
        others = [item.full for item in whole if item.type == one.type]
        return Text(f"{one.full} {chooser.pick(('==', '!='))} {chooser.pick(others)}", RELATION)
    present = [kind for kind in _VALUES if reach.named(kind)]
    kind = chooser.pick(present) if present and chooser.chance(92) else chooser.pick(_VALUES)
    names = reach.named(kind)
    subject = Text(chooser.pick(names), MEMBER) if names else _value(reach, kind, 1)
    return _test(reach, subject, kind)


def _test(reach: Reach, subject: Text, kind: str) -> Text:
    """A test of a part of some type."""
    chooser = reach.chooser
    if chooser.chance(25):
        return _in_list(reach, subject, kind)
    if kind.startswith("code<") and reach.named(kind) and chooser.chance(50):
        params = reach.world.params
        above = "params.p_string" if "p_string" in params and chooser.chance(20) else literal(chooser, kind)
        return Text(f"{subject.within(MEMBER)}.under({above})", MEMBER)
    if kind in {"string", "language"} and chooser.chance(35):
        return _text_function(reach, subject, kind)
    operators = ("==", "!=", "<", "<=", ">", ">=") if kind in _ORDERED else ("==", "==", "!=")
    operator = chooser.pick(operators)
    other = _other_side(reach, kind)
    left, right = (other, subject) if chooser.chance(25) else (subject, other)
    return Text(f"{left.within(RELATION)} {operator} {right.within(RELATION + 1)}", RELATION)


def _other_side(reach: Reach, kind: str) -> Text:
    chooser = reach.chooser
    beside = {"int": "decimal", "decimal": "int", "date": "timestamp", "timestamp": "date"}.get(kind)
    if beside and chooser.chance(15):
        return _value(reach, beside, 1)
    if "p_string" in reach.world.params and _fits("string", kind) and chooser.chance(10):
        return Text("params.p_string", MEMBER)
    return _value(reach, kind, 1)


def _in_list(reach: Reach, subject: Text, kind: str) -> Text:
    chooser = reach.chooser
    lists = [name for name, plain in reach.world.lists.items() if _fits(plain, kind)]
    if lists and chooser.chance(50):
        listing = f"lists.{chooser.pick(lists)}"
        if chooser.chance(10) and kind == "int":
            listing += " + [3]"
    else:
        # A text becomes a code beside a code, but not inside of one list with it.
        coded = kind in {"country", "language"} or kind.startswith("code<")
        part = _constant if coded else lambda _, kind: _value(reach, kind, 0)
        items = [part(chooser, kind).text for _ in range(chooser.below(4))]
        listing = "[" + ", ".join(items) + ("," if items and chooser.chance(10) else "") + "]"
    return Text(f"{subject.within(RELATION)} in {listing}", RELATION)


def _text_function(reach: Reach, subject: Text, kind: str) -> Text:
    chooser = reach.chooser
    which = chooser.below(5)
    if which == 0 and kind == "string":
        size = f"size({subject.text})" if chooser.chance(50) else f"{subject.within(MEMBER)}.size()"
        return Text(f"{size} >= {chooser.below(4)}", RELATION)
    if which == 1:
        pattern = chooser.pick(_PATTERNS)
        if chooser.chance(30):
            return Text(f"matches({subject.text}, {pattern})", MEMBER)
        return Text(f"{subject.within(MEMBER)}.matches({pattern})", MEMBER)
    method = chooser.pick(("startsWith", "endsWith", "contains"))
    return Text(f"{subject.within(MEMBER)}.{method}({_value(reach, 'string', 0).text})", MEMBER)


def _value(reach: Reach, kind: str, depth: int) -> Text:
    """A part of a type: a constant, something named, or arithmetic."""
    chooser = reach.chooser
    names = reach.named(kind)
    if names and chooser.chance(25):
        return Text(chooser.pick(names), MEMBER)
    params = [name for name, plain in reach.world.params.items() if plain == kind]
    if params and chooser.chance(15):
        return Text(f"params.{chooser.pick(params)}", MEMBER)
    if depth > 0 and chooser.chance(25):
        return _arithmetic(reach, kind)
    return _constant(chooser, kind)


def _constant(chooser: Chooser, kind: str) -> Text:
    text = literal(chooser, kind)
    if text.startswith("-"):
        return Text(text, UNARY)
    if text in ERRING.get(kind, ()):
        return Text(text, PRODUCT if "/" in text or "%" in text or "*" in text else SUM)
    return Text(text, MEMBER)


def _arithmetic(reach: Reach, kind: str) -> Text:
    chooser = reach.chooser

    def part(type_: str) -> Text:
        return _value(reach, type_, 0)

    if kind == "int" and chooser.chance(20):
        return Text("-" + _bracketed_minus(part("int")), UNARY)
    marks = {"int": "+-*/%", "decimal": "+-*", "string": "+", "duration": "+-"}.get(kind)
    if marks:
        mark = marks[chooser.below(len(marks))]
        level = PRODUCT if mark in "*/%" else SUM
        return Text(f"{part(kind).within(level)} {mark} {part(kind).within(level + 1)}", level)
    if kind == "timestamp":
        mark = chooser.pick("+-")
        moment = part(chooser.pick(("timestamp", "date")))
        return Text(f"{moment.within(SUM)} {mark} {part('duration').within(PRODUCT)}", SUM)
    return part(kind)


def _bracketed_minus(part: Text) -> str:
    return f"({part.text})" if part.text.startswith("-") else part.within(UNARY)


ILL_TYPED = (
    "advertiser.nothing == 1",
    "ad.nothing",
    "1 + 1",
    "1 + 1.0 == 2",
    "'a' < 1",
    "true && 1",
    "!'a'",
    "size(1) == 1",
    "lists.nothing == []",
    "1 in lists.nothing",
    "params.nothing",
    "x == 1",
    "[1, 'a'] == []",
    "now == 'yesterday'",
    "date('2019-01-01') > 5",
    "1.5 / 2.0 > 1.0",
    "money('1', 'EUR') > 1.0",
    "'a'.under('b')",
    "has(1)",
    "has(now)",
    "frobnicate('a')",
    "'a'.matches(1)",
    "'a'.size(1) == 1",
    "1 in 2",
    "now.year == 2019",
    "advertiser",
    "-'a' == 'a'",
    "[1].exists(x, x == 1)",
    "true == 1",
)
"""Conditions that can be read and are refused by their types, over any world."""


def ill_typed(chooser: Chooser, world: World, kind: str) -> str:
    """A condition that the reader refuses, alone or among others that it accepts."""
    wrong = chooser.pick([*ILL_TYPED, *_ill_typed_over(world, kind)])
    if chooser.chance(50):
        return wrong
    good = condition(chooser, world, kind, 1)
    return chooser.pick((f"({good}) && ({wrong})", f"({wrong}) || ({good})", f"!({wrong})"))


def _ill_typed_over(world: World, kind: str) -> list[str]:
    found = []
    for item in world.facts:
        if kind == "advertiser" and item.kind == "ad":
            found.append(f"has({item.full})")
            continue
        if item.many:
            found += [
                f"{item.full} == {item.full}",
                f"{item.full}.exists({item.full}, true)",
                f"{item.full}.exists(x, {item.full}.exists(y, true))",
                f"{item.full}.exists(now, true)",
                f"has({item.full}) == true",
                f"{item.full}.filter(x, true)",
            ]
        else:
            found += [f"{item.full}.exists(x, true)", f"{item.full} == [1]", f"1 in {item.full}"]
        if isinstance(item.type, str) and item.type.startswith("code<") and not item.many:
            found += [f"{item.full} == 'nowhere'", f"{item.full} < 'FR'", f"{item.full}.under(1)"]
    return found
