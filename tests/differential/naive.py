"""A second reading of LANGUAGE.md 2 to 5, written from the page alone, for comparison with `adjudge.spec`.

Deliberately naive: it works on the author's tree, without core, types or sharing, and recomputes everything at every
node. It borrows the readers and the classes of values, and nothing that means anything.
"""

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

import re2

from adjudge.app.exchange import JsonTree, Question
from adjudge.basis.instant import (
    Duration,
    Instant,
    Interval,
    parse_date,
    parse_duration,
    parse_timestamp,
    start_of_day,
)
from adjudge.facts.claim import Claim, NoOther, Subject
from adjudge.facts.codes import CURRENCIES, canonical_language
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.value import Money, Record, Value
from adjudge.facts.vocabulary import Fact, Taxonomy
from adjudge.language.expression.syntax import (
    Binary,
    Call,
    Listing,
    Literal,
    Logic,
    Name,
    Select,
    Syntax,
    Unary,
    children,
)
from adjudge.language.package import Dated, Rule

Pair = tuple[int, int]
Thing = Value | tuple["Thing", ...]
YES: Pair = (5, 0)
NO: Pair = (0, 5)
SILENT: Pair = (0, 0)
ROOTS = {"ad", "advertiser"}


class Err(Exception):
    """An evaluation error, 3.7."""


# --- section 2: weights and pairs


def not_(pair: Pair) -> Pair:
    return pair[1], pair[0]


def and_(pairs: Iterable[Pair]) -> Pair:
    pairs = [YES, *pairs]
    return min(f for f, _ in pairs), max(a for _, a in pairs)


def or_(pairs: Iterable[Pair]) -> Pair:
    pairs = [NO, *pairs]
    return max(f for f, _ in pairs), min(a for _, a in pairs)


def weight_of(claims: list[Claim]) -> int:
    """2.1 for claims that say one and the same."""
    heavy_origins = {claim.origin for claim in claims if claim.weight >= 2}
    greatest = max((claim.weight for claim in claims), default=0)
    return max(greatest, 3) if len(heavy_origins) > 1 else greatest


@dataclass
class Case:
    """Everything that a rule for one subject is read in."""

    question: Question
    subject: Subject
    variables: dict[str, tuple[Thing, Type]] = field(default_factory=dict)
    facts: dict[str, Thing] = field(default_factory=dict)

    def fact(self, name: str) -> Fact:
        return self.question.package.vocabulary.facts[name]  # type: ignore[index]  # a plain text will do

    def live(self, name: str) -> list[Claim]:
        """1.6, for the subject or the advertiser of the ad."""
        who = self.subject.id
        if name.startswith("advertiser.") and self.subject.kind.value == "ad":
            assert self.subject.advertiser is not None
            who = self.subject.advertiser
        valid, known = self.question.valid_at, self.question.known_at
        return [
            claim
            for claim in self.question.claims
            if claim.subject == who
            and claim.fact == name
            and claim.recorded_at <= known
            and not (claim.withdrawn_at is not None and claim.withdrawn_at <= known)
            and in_interval(claim.holds, valid)
        ]

    def said(self, name: str, stance: str) -> dict[Value, list[Claim]]:
        """The live claims on a fact by value, the denials of a truth value as assertions of the other."""
        is_bool = self.fact(name).type is Simple.BOOL
        found: dict[Value, list[Claim]] = {}
        for claim in self.live(name):
            value, its_stance = claim.value, claim.stance.value
            if isinstance(value, NoOther):
                continue
            if is_bool and its_stance == "denies":
                value, its_stance = not value, "asserts"
            if its_stance == stance:
                found.setdefault(value, []).append(claim)
        return found

    def supported(self, name: str) -> dict[Value, int]:
        """W+ of every asserted value."""
        return {value: weight_of(claims) for value, claims in self.said(name, "asserts").items()}

    def denied(self, name: str, value: Thing) -> int:
        """W- of a value, which may be a constant of a like type (1.0 beside 1)."""
        return max(
            (
                weight_of(claims)
                for said, claims in self.said(name, "denies").items()
                if safely_equal(said, value)
            ),
            default=0,
        )

    def closes(self, name: str) -> int:
        """The c of 3.6."""
        nones = [claim for claim in self.live(name) if isinstance(claim.value, NoOther)]
        return max(4 if self.fact(name).complete else 0, weight_of(nones))

    def record_speaks(self, name: str) -> bool:
        """3.4: complete, and no live claim of weight 4 or more asserts a value."""
        asserting = itertools.chain.from_iterable(self.said(name, "asserts").values())
        return self.fact(name).complete and not any(claim.weight >= 4 for claim in asserting)

    def options(self, name: str) -> list[tuple[Value, int, int]]:
        """Asserted values with W+ and W-, and a truth value that the record asserts false (3.4)."""
        supported = self.supported(name)
        if self.fact(name).type is Simple.BOOL and self.record_speaks(name):
            supported[False] = max(supported.get(False, 0), 4)
        return [(value, weight, self.denied(name, value)) for value, weight in supported.items()]


def in_interval(interval: Interval, at: Instant) -> bool:
    return (interval.start is None or interval.start.nanos <= at.nanos) and (
        interval.end is None or at.nanos < interval.end.nanos
    )


# --- section 3: conditions


def condition(node: Syntax, case: Case) -> Pair:
    match node:
        case Logic(operator="&&"):
            return and_(condition(part, case) for part in node.operands)
        case Logic():
            return or_(condition(part, case) for part in node.operands)
        case Unary(operator="!"):
            return not_(condition(node.operand, case))
        case Binary(operator="!="):
            return not_(atom(Binary("==", node.left, node.right), case))
        case Call(target=None, function="has"):
            return has(fact_name(node.arguments[0], case), case)
        case Call(target=target, function="exists" | "all") if target is not None:
            return quantified(node, fact_name(target, case), case)
        case Binary(operator="in") if is_many(node.right, case):
            return member(node.left, fact_name(node.right, case), case)
        case _:
            return atom(node, case)


def fact_name(node: Syntax, case: Case) -> str:
    found = named_fact(node, case)
    assert found is not None
    return found


def named_fact(node: Syntax, case: Case) -> str | None:
    """The fact that a node is, where it is one: not where a variable hides the kind's name."""
    match node:
        case Select(operand=Name(text=root)) if root in ROOTS and root not in case.variables:
            return f"{root}.{node.field}"
    return None


def is_many(node: Syntax, case: Case) -> bool:
    name = named_fact(node, case)
    return name is not None and case.fact(name).many


def nodes(node: Syntax) -> Iterator[Syntax]:
    yield node
    for child in children(node):
        yield from nodes(child)


def facts_in(node: Syntax, case: Case) -> list[str]:
    return sorted({name for part in nodes(node) if (name := named_fact(part, case)) is not None})


def atom(node: Syntax, case: Case) -> Pair:
    """3.1 to 3.4, 3.7, 3.8."""
    if any(in_force(part, case) is None for part in entries_in(node)):
        return SILENT
    facts = facts_in(node, case)
    if not facts:
        try:
            return YES if truth(node, case) else NO
        except Err:
            return SILENT
    if any(errs(part, case) for part in strict_parts(node, case)) or is_doomed(node, case):
        # 3.7.1: it errs whatever its facts are. Without this, the silence of a complete record would turn an
        # error into a verdict.
        return SILENT
    listed = constants(node, facts, case)
    if listed == [] and isinstance(node, Binary) and node.operator == "in":
        return NO
    satisfying, failing = combinations(node, facts, case)
    for_ = max((plus for plus, _ in satisfying), default=0)
    against = max((plus for plus, _ in failing), default=0)
    if satisfying:
        against = max(against, min(minus for _, minus in satisfying))
    elif listed:
        against = max(against, min(case.denied(facts[0], constant) for constant in listed))
    return for_, max(against, record_against(facts, case))


def strict_parts(node: Syntax, case: Case) -> Iterator[Syntax]:
    """The greatest parts without facts that `&&` and `||` do not stand above."""
    if not facts_in(node, case):
        yield node
    elif not isinstance(node, Logic):
        for child in children(node):
            if not (isinstance(child, Name) and child.text in ROOTS):
                yield from strict_parts(child, case)


def is_doomed(node: Syntax, case: Case) -> bool:
    """Whether the right side alone of some operation makes the atom err, whatever stands on its left. 3.7.1."""
    if isinstance(node, Logic) or not facts_in(node, case):
        return False
    if isinstance(node, Binary) and divides_by_nothing(node, case):
        return True
    if isinstance(node, Call) and node.function in {"matches", "under"} and has_known_argument(node, case):
        argument = value(node.arguments[-1], case)
        if node.function == "matches" and errs(
            Call(None, "matches", (Literal(""), Literal(str(argument)))), case
        ):
            return True
        if node.function == "under" and argument not in taxonomy_of(node, case).parents:
            return True
    inner = (child for child in children(node) if not (isinstance(child, Name) and child.text in ROOTS))
    return any(is_doomed(child, case) for child in inner)


def divides_by_nothing(node: Binary, case: Case) -> bool:
    if node.operator not in {"/", "%"} or facts_in(node.right, case):
        return False
    return errs(node.right, case) or value(node.right, case) == 0


def has_known_argument(node: Call, case: Case) -> bool:
    argument = node.arguments[-1]
    return not facts_in(argument, case) and not errs(argument, case)


def errs(node: Syntax, case: Case) -> bool:
    try:
        value(node, case)
    except Err:
        return True
    return False


def record_against(facts: list[str], case: Case) -> int:
    """What the record adds by 3.4 to an atom; that of a truth value is among the options already."""
    speaking = [name for name in facts if case.record_speaks(name)]
    if all(case.fact(name).type is Simple.BOOL for name in speaking):
        return 0
    return min(4 if name in speaking else max(case.supported(name).values(), default=0) for name in facts)


def combinations(node: Syntax, facts: list[str], case: Case) -> tuple[list[Pair], list[Pair]]:
    """(W+, W-) of the combinations that satisfy the atom, and of those that do not. 3.3."""
    satisfying: list[Pair] = []
    failing: list[Pair] = []
    for chosen in itertools.product(*(case.options(name) for name in facts)):
        values = dict(zip(facts, (value for value, _, _ in chosen), strict=True))
        weights = min(plus for _, plus, _ in chosen), max(minus for _, _, minus in chosen)
        try:
            holds = truth(node, replace(case, facts={**case.facts, **values}))
        except Err:
            continue
        (satisfying if holds else failing).append(weights)
    return satisfying, failing


def constants(node: Syntax, facts: list[str], case: Case) -> list[Thing] | None:
    """What `f == c` or `f in [..]` compares with; None where the atom has another form. 3.2."""
    if len(facts) != 1 or not isinstance(node, Binary):
        return None
    left, right = node.left, node.right
    if node.operator == "==":
        if named_fact(right, case):
            left, right = right, left
        if not named_fact(left, case) or facts_in(right, case):
            return None
        return values_of([right], left, case)
    if node.operator == "in" and named_fact(left, case) and not facts_in(right, case):
        if isinstance(right, Listing):
            return values_of(right.items, left, case) if right.items else []
        try:
            listed = value(right, case)
        except Err:
            return None
        assert isinstance(listed, tuple)
        return list(listed)
    return None


def values_of(parts: Iterable[Syntax], beside: Syntax, case: Case) -> list[Thing] | None:
    """The constants that have a value; None where none has."""
    found = []
    for part in parts:
        try:
            found.append(value_beside(part, beside, case))
        except Err:
            continue
    return found or None


def has(name: str, case: Case) -> Pair:
    """3.5."""
    supported = case.supported(name)
    if not supported:
        return 0, case.closes(name)
    for_ = max(supported.values())
    against = min(case.denied(name, value) for value in supported)
    return for_, max(against, 4) if case.fact(name).complete and for_ < 4 else against


def many_pairs(name: str, case: Case) -> list[tuple[Value, Pair]]:
    """(W+(r), W-(r)) of every asserted value, W- as 3.6 counts it."""
    is_complete = case.fact(name).complete
    return [
        (r, (plus, max(case.denied(name, r), 4 if is_complete and plus < 4 else 0)))
        for r, plus in case.supported(name).items()
    ]


def quantified(node: Call, name: str, case: Case) -> Pair:
    """3.6."""
    variable, body_node = node.arguments
    assert isinstance(variable, Name)

    def over(r: Value) -> Pair:
        inner = replace(case, variables={variable.text: (r, case.fact(name).type)})
        found = body(body_node, inner)
        return found if node.function == "exists" else not_(found)

    whole = or_(and_([pair, over(r)]) for r, pair in many_pairs(name, case))
    closed = closed_by(whole, case.closes(name))
    return closed if node.function == "exists" else not_(closed)


def closed_by(whole: Pair, closes: int) -> Pair:
    return whole[0], min(whole[1], max(closes, whole[0]))


def body(node: Syntax, case: Case) -> Pair:
    """A body `!b` is NOT of the body b, and `a != b` is `!(a == b)`; otherwise one atom. 3.1."""
    match node:
        case Unary(operator="!"):
            return not_(body(node.operand, case))
        case Binary(operator="!="):
            return not_(body(Binary("==", node.left, node.right), case))
        case _:
            return atom(node, case)


def member(left: Syntax, name: str, case: Case) -> Pair:
    """`v in f`. 3.6."""
    if any(in_force(part, case) is None for part in entries_in(left)):
        return SILENT
    try:
        wanted = value(left, case)
    except Err:
        return SILENT
    if case.fact(name).type is Simple.LANGUAGE and isinstance(left, Literal):
        wanted = canonical_language(str(wanted)) or wanted
    if not any(safely_equal(r, wanted) for r in case.supported(name)):
        return 0, max(case.closes(name), case.denied(name, wanted))

    def same(r: Value) -> Pair:
        try:
            return YES if equal(r, wanted) else NO
        except Err:
            return SILENT

    whole = or_(and_([pair, same(r)]) for r, pair in many_pairs(name, case))
    return closed_by(whole, case.closes(name))


# --- inside an atom: CEL's exact meaning on concrete values


def entries_in(node: Syntax) -> list[Select]:
    return [
        part
        for part in nodes(node)
        if isinstance(part, Select)
        and isinstance(part.operand, Name)
        and part.operand.text in {"lists", "params"}
    ]


def in_force(node: Select, case: Case) -> tuple[Thing] | None:
    """The entry in force at V. 3.8."""
    package = case.question.package
    root = node.operand
    table: Dated = package.lists if isinstance(root, Name) and root.text == "lists" else package.params
    for entry in table[node.field]:
        if in_interval(entry.interval, case.question.valid_at):
            return (entry.value,)
    return None


def type_of(node: Syntax, case: Case) -> Type | None:
    """The type of a fact, the variable or a field; nothing else needs one here."""
    name = named_fact(node, case)
    if name:
        return case.fact(name).type
    if isinstance(node, Name) and node.text in case.variables:
        return case.variables[node.text][1]
    if isinstance(node, Select):
        record = type_of(node.operand, case)
        return record.field(node.field) if isinstance(record, RecordType) else None
    return None


def value_beside(node: Syntax, other: Syntax, case: Case) -> Thing:
    """A value; a text beside a language tag is one, whatever its case."""
    found = value(node, case)
    if isinstance(node, Literal) and isinstance(found, str) and type_of(other, case) is Simple.LANGUAGE:
        return canonical_language(found) or found
    return found


def truth(node: Syntax, case: Case) -> bool:
    found = value(node, case)
    assert isinstance(found, bool)
    return found


def value(node: Syntax, case: Case) -> Thing:
    match node:
        case Literal():
            return unicodedata.normalize("NFC", node.value) if isinstance(node.value, str) else node.value
        case Name():
            return case.variables[node.text][0] if node.text in case.variables else case.question.valid_at
        case Select():
            return selected(node, case)
        case Unary(operator="!"):
            return not truth(node.operand, case)
        case Unary():
            return number(negative(value(node.operand, case)))
        case Logic():
            return logic(node, case)
        case Listing():
            return tuple(value(item, case) for item in node.items)
        case Binary():
            return binary(node, case)
        case Call():
            return called(node, case)


def negative(found: Thing) -> int | Decimal:
    assert isinstance(found, int | Decimal)
    return -found


def selected(node: Select, case: Case) -> Thing:
    name = named_fact(node, case)
    if name:
        return case.facts[name]
    if node in entries_in(node):
        entry = in_force(node, case)
        assert entry is not None
        return entry[0]
    record = value(node.operand, case)
    assert isinstance(record, Record)
    return dict(record.fields)[node.field]


def logic(node: Logic, case: Case) -> bool:
    """One operand that decides, decides even beside errors."""
    decides = node.operator == "||"
    failed = False
    for operand in node.operands:
        try:
            if truth(operand, case) is decides:
                return decides
        except Err:
            failed = True
    if failed:
        raise Err
    return not decides


def binary(node: Binary, case: Case) -> Thing:
    if node.operator == "in":
        return among(node, case)
    left, right = value_beside(node.left, node.right, case), value_beside(node.right, node.left, case)
    match node.operator:
        case "==":
            return equal(left, right)
        case "!=":
            return not equal(left, right)
        case "<":
            return order(left, right) < 0
        case "<=":
            return order(left, right) <= 0
        case ">":
            return order(left, right) > 0
        case ">=":
            return order(left, right) >= 0
        case _:
            return arithmetic(node.operator, left, right)


def among(node: Binary, case: Case) -> bool:
    if isinstance(node.right, Listing):
        wanted, found = value(node.left, case), []
        items = node.right.items
        found = [value_beside(item, node.left, case) for item in items]
        if isinstance(node.left, Literal) and any(type_of(item, case) is Simple.LANGUAGE for item in items):
            wanted = canonical_language(str(wanted)) or wanted
    else:
        wanted, whole = value(node.left, case), value(node.right, case)
        assert isinstance(whole, tuple)
        found = list(whole)
    return any_equal(wanted, found)


def any_equal(wanted: Thing, found: list[Thing]) -> bool:
    failed = False
    for item in found:
        try:
            if equal(wanted, item):
                return True
        except Err:
            failed = True
    if failed:
        raise Err
    return False


def safely_equal(one: Thing, other: Thing) -> bool:
    try:
        return equal(one, other)
    except Err:
        return False


def moment(found: Thing) -> Instant | None:
    if isinstance(found, dt.date):
        return start_of_day(found)
    return found if isinstance(found, Instant) else None


def equal(one: Thing, other: Thing) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Money) and isinstance(other, Money):
        if one.currency != other.currency:
            raise Err
        return one.amount == other.amount
    if isinstance(one, Record) and isinstance(other, Record):
        return all_equal([(dict(one.fields)[name], item) for name, item in other.fields])
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all_equal(list(zip(one, other, strict=True)))
    if moment(one) and moment(other):
        return moment(one) == moment(other)
    return one == other


def all_equal(pairs: list[tuple[Thing, Thing]]) -> bool:
    failed = False
    for one, other in pairs:
        try:
            if not equal(one, other):
                return False
        except Err:
            failed = True
    if failed:
        raise Err
    return True


def order(one: Thing, other: Thing) -> int:
    if isinstance(one, Money) and isinstance(other, Money):
        if one.currency != other.currency:
            raise Err
        one, other = one.amount, other.amount
    first, second = moment(one), moment(other)
    left, right = (first, second) if first and second else (one, other)
    return (left > right) - (left < right)  # type: ignore[operator]  # well-typed


def number(found: int | Decimal) -> int | Decimal:
    """64 bits, or 18 digits behind the point and a hundred before it."""
    if isinstance(found, int):
        if not -(2**63) <= found < 2**63:
            raise Err
        return found
    digits = format(found, "f").lstrip("-")
    whole, _, fraction = digits.partition(".")
    if len(fraction.rstrip("0")) > 18 or len(whole.lstrip("0")) > 100:
        raise Err
    return found


def length(nanos: int) -> Duration:
    if not -(2**63) <= nanos < 2**63:
        raise Err
    return Duration(nanos)


def instant(nanos: int) -> Instant:
    first, last = start_of_day(dt.date(1, 1, 1)), start_of_day(dt.date(9999, 12, 31))
    if not first.nanos <= nanos < last.nanos + 86_400 * 10**9:
        raise Err
    return Instant(nanos)


def arithmetic(operator: str, one: Thing, other: Thing) -> Thing:
    if isinstance(one, str) and isinstance(other, str):
        return one + other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one + other
    sign = -1 if operator == "-" else 1
    if isinstance(one, Duration) and isinstance(other, Duration):
        return length(one.nanos + sign * other.nanos)
    first, second = moment(one), moment(other)
    if first and second:
        return length(first.nanos - second.nanos)
    if first and isinstance(other, Duration):
        return instant(first.nanos + sign * other.nanos)
    if second and isinstance(one, Duration):
        return instant(second.nanos + one.nanos)
    assert isinstance(one, int | Decimal)
    assert isinstance(other, int | Decimal)
    return number(calculated(operator, one, other))


def calculated(operator: str, one: int | Decimal, other: int | Decimal) -> int | Decimal:
    match operator:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case _:
            assert isinstance(one, int)
            assert isinstance(other, int)
            return divided(operator, one, other)


def divided(operator: str, one: int, other: int) -> int:
    if other == 0 or (one == -(2**63) and other == -1):
        raise Err
    # Truncated toward zero, and the remainder has the sign of the dividend.
    quotient = abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1)
    return quotient if operator == "/" else one - quotient * other


def called(node: Call, case: Case) -> Thing:
    if node.function == "under":
        return under(node, case)
    parts = node.arguments if node.target is None else (node.target, *node.arguments)
    found = [value(part, case) for part in parts]
    match node.function, found:
        case "size", [str() | tuple() as text]:
            return len(text)
        case "startsWith", [str() as text, str() as other]:
            return text[: len(other)] == other
        case "endsWith", [str() as text, str() as other]:
            return not other or text[-len(other) :] == other
        case "contains", [str() as text, str() as other]:
            return text.find(other) >= 0
        case "matches", [str() as text, str() as other]:
            return matched(text, other)
        case "money", [str() as text, str() as other]:
            return money(text, other)
        case _, [single]:
            return made(node.function, single)
        case _:
            raise AssertionError(node.function)


def taxonomy_of(node: Call, case: Case) -> Taxonomy:
    assert node.target is not None
    kind = type_of(node.target, case)
    assert isinstance(kind, CodeType)
    return case.question.package.vocabulary.taxonomies[kind.taxonomy]


def under(node: Call, case: Case) -> bool:
    assert node.target is not None
    taxonomy = taxonomy_of(node, case)
    code, above = value(node.target, case), value(node.arguments[0], case)
    if above not in taxonomy.parents:
        raise Err
    above_code = [code]
    while (parent := taxonomy.parents[str(above_code[-1])]) is not None:
        above_code.append(parent)
    return above in above_code


def matched(text: str, pattern: str) -> bool:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options).search(text) is not None
    except re2.error as error:
        raise Err from error


def money(text: str, currency: str) -> Money:
    if currency not in CURRENCIES or not re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII):
        raise Err
    return Money(Decimal(text), currency)


def made(function: str, found: Thing) -> Thing:
    if not isinstance(found, str):
        return moment(found) or found if function == "timestamp" else found
    parse = {"date": parse_date, "timestamp": parse_timestamp, "duration": parse_duration}[function]
    parsed = parse(found)
    if parsed is None:
        raise Err
    assert isinstance(parsed, dt.date | Instant | Duration)
    return parsed


# --- sections 4 and 5: rules and outcomes


def verdict(rule: Rule, case: Case) -> tuple[str, Pair]:
    """The table of 4.2, from top to bottom."""
    f, a = condition(rule.when.syntax, case)
    s = int(rule.standard)
    unless = [(condition(item.when.syntax, case), int(item.standard)) for item in rule.unless]
    if f == a == 0:
        word = "unknown"
    elif f < s:
        word = "refuted" if a >= f else "unproven"
    elif a >= f:
        word = "contested"
    elif any(f1 >= s1 and f1 > a1 for (f1, a1), s1 in unless):
        word = "excepted"
    elif any(f1 >= s1 and a1 >= f1 for (f1, a1), s1 in unless):
        word = "contested"
    else:
        word = "met"
    return word, (f, a)


def outcome(question: Question, subject: Subject) -> JsonTree:
    package = question.package
    rules = [
        rule
        for rule in sorted(package.rules, key=lambda rule: rule.id)
        if package.published_at <= question.known_at
        and rule.subject is subject.kind
        and in_interval(rule.in_force, question.valid_at)
        and (question.territory is None or rule.territory is None or question.territory in rule.territory)
    ]
    found = {rule.id: verdict(rule, Case(question, subject)) for rule in rules}
    met = [rule for rule in rules if found[rule.id][0] == "met"]
    lifted = {other for rule in met for other in (*rule.overrides, *rule.exempts)}
    return {
        "subject": subject.id,
        "rules": [
            {"rule": key, "verdict": word, "for": pair[0], "against": pair[1]}
            for key, (word, pair) in found.items()
        ],
        "measures": [
            {"rule": rule.id, "kind": rule.measure.kind.value}
            for rule in met
            if rule.measure is not None and rule.id not in lifted
        ],
        "referred": any(refers(rule, found[rule.id][0], met) for rule in rules),
    }


def refers(rule: Rule, word: str, met: list[Rule]) -> bool:
    """5.4."""
    if rule.kind.value == "exemption":
        return word == "contested" and any(other.id in rule.exempts for other in met)
    return word == "contested" or (word == "unproven" and rule.on_unproven.value == "refer")


def outcomes(question: Question) -> list[JsonTree]:
    """What the page says of a question, in the exchange form."""
    return [outcome(question, subject) for subject in sorted(question.subjects, key=lambda item: item.id)]
