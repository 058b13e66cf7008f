"""What stands inside an atom: author's tree to concrete parts with their types.

Not weighed: `&&`, `||` and `!` met here have CEL's own meaning. A text literal beside a code, country or language
becomes one of that type, and is refused if it is none. LANGUAGE.md 1.2, 3.1, 3.9.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import assert_never

from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.shape import nearest
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.basis.span import Span
from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type, said_type
from adjudge.facts.value import normal_text
from adjudge.facts.value_reader import text_value
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.core import (
    Bound,
    Constant,
    Expr,
    FactValue,
    FieldValue,
    ListEntry,
    ListOf,
    Now,
    Operation,
    Operator,
    ParamEntry,
    facts_in,
)
from adjudge.language.expression.syntax import (
    Binary,
    Call,
    Listing,
    Literal,
    Logic,
    Name,
    Place,
    Select,
    Syntax,
    Unary,
)
from adjudge.language.lowering.functions import call, graded
from adjudge.language.lowering.scope import ROOTS, Scope
from adjudge.language.lowering.typed import Typed, Variable
from adjudge.language.lowering.typing import (
    CODED,
    are_comparable,
    are_ordered,
    arithmetic,
    is_text_for,
)

_ORDERINGS = {"<", "<=", ">", ">="}


class Inside:
    """Reads the concrete parts of one rule's conditions. Every method gives None where it logged a problem."""

    def __init__(self, scope: Scope, log: ProblemLog, span_of: Callable[[Place], Span | None]) -> None:
        """`span_of` leads from a place in the expression to one in the file."""
        self.scope = scope
        self.log = log
        self.span_of = span_of

    def refuse(self, code: str, message: Said, place: Place, hint: Said = NOTHING_SAID) -> None:
        """Log a problem."""
        self.log.add(code, message, self.span_of(place), hint=hint)

    # facts

    def fact(self, node: Syntax) -> Fact | None:
        """The fact that a node names, if it does; says nothing otherwise."""
        if not (isinstance(node, Select) and isinstance(node.operand, Name)):
            return None
        return self.scope.vocabulary.fact(node.operand.text, node.field)

    def many_fact(self, node: Syntax) -> Fact | None:
        """The many-valued fact that a node names, if it does."""
        fact = self.fact(node)
        return fact if fact is not None and fact.many else None

    def may_read(self, fact: Fact, place: Place) -> bool:
        """Whether the rule's subjects have the fact; a problem if not."""
        if self.scope.readable(fact.kind):
            return True
        # Only this way round: a rule about an ad reads the facts of its advertiser too.
        message = say("a rule about an advertiser cannot read {fact}", fact=quoted(fact.full_name))
        hint = say("an advertiser has many ads; write a rule with `subject: ad`")
        self.refuse("wrong-subject", message, place, hint)
        return False

    # parts

    def value(self, node: Syntax, variable: Variable | None) -> Typed | None:
        """A part with its type."""
        match node:
            case Literal():
                return _literal(node)
            case Name():
                return self._name(node, variable)
            case Select():
                return self._select(node, variable)
            case Call():
                return call(self, node, variable)
            case Unary():
                return self._unary(node, variable)
            case Binary():
                return self._binary(node, variable)
            case Logic():
                return self._logic(node, variable)
            case Listing():
                return self._list(node, variable)
        assert_never(node)

    def _name(self, node: Name, variable: Variable | None) -> Typed | None:
        if variable and node.text == variable.name:
            return Typed(Bound(node.text, node.place), variable.type)
        if node.text == "now":
            return Typed(Now(node.place), Simple.TIMESTAMP)
        if node.text in ROOTS:
            message = say("{name} alone is no value", name=f"`{node.text}`")
            hint = say("write {code}", code=f"`{node.text}.…`")
            return self.refuse("unknown-name", message, node.place, hint)
        known = [*ROOTS, *([variable.name] if variable else [])]
        hint = did_you_mean(node.text, known)
        message = say("there is no name {name} here", name=quoted(node.text))
        return self.refuse("unknown-name", message, node.place, hint)

    def _select(self, node: Select, variable: Variable | None) -> Typed | None:
        root = node.operand.text if isinstance(node.operand, Name) else None
        if root in {kind.value for kind in Kind}:
            return self._fact_value(node, str(root))
        if root == "lists":
            return self._entry(node, self.scope.lists, ListEntry)
        if root == "params":
            return self._entry(node, self.scope.params, ParamEntry)
        record = self.value(node.operand, variable)
        return None if record is None else self._field(node, record)

    def _fact_value(self, node: Select, kind: str) -> Typed | None:
        fact = self.scope.vocabulary.fact(kind, node.field)
        if fact is None:
            known = self.scope.vocabulary.names(kind)
            hint = did_you_mean(node.field, known) or say("declare it in the vocabulary")
            message = say("the vocabulary declares no fact {fact}", fact=quoted(f"{kind}.{node.field}"))
            return self.refuse("unknown-name", message, node.place, hint)
        if not self.may_read(fact, node.place):
            return None
        if fact.many:
            name = fact.full_name
            hint = say("write {one} or {other}", one=f"`{name}.exists(x, …)`", other=f"`… in {name}`")
            message = say("{fact} has many values and cannot stand inside an atom", fact=quoted(name))
            return self.refuse("many-valued-fact", message, node.place, hint)
        return Typed(FactValue(fact.full_name, node.place), fact.type)

    def _entry(
        self, node: Select, known: Mapping[str, Type], make: type[ListEntry] | type[ParamEntry]
    ) -> Typed | None:
        if node.field in known:
            return Typed(make(node.field, node.place), known[node.field])
        hint = did_you_mean(node.field, list(known)) or say("declare it in the package")
        root = node.operand.text if isinstance(node.operand, Name) else ""
        message = say("the package has no {name}", name=quoted(f"{root}.{node.field}"))
        return self.refuse("unknown-name", message, node.place, hint)

    def _field(self, node: Select, record: Typed) -> Typed | None:
        if not isinstance(record.type, RecordType):
            message = say("{field} is selected from something that is no record", field=quoted(node.field))
            hint = say("only a record has fields: compare the value itself")
            return self.refuse("type-error", message, node.place, hint)
        kind = record.type.field(node.field)
        if kind is None:
            hint = nearest(node.field, [name for name, _ in record.type.fields])
            message = say("the record has no field {field}", field=quoted(node.field))
            return self.refuse("unknown-name", message, node.place, hint)
        return Typed(FieldValue(record.expr, node.field, node.place), kind)

    # operators

    def _logic(self, node: Logic, variable: Variable | None) -> Typed | None:
        operands = [self._truth(operand, variable) for operand in node.operands]
        whole = tuple(operand for operand in operands if operand is not None)
        if len(whole) < len(operands):
            return None
        return Typed(Operation(Operator(node.operator), whole, "", node.place), Simple.BOOL)

    def _truth(self, node: Syntax, variable: Variable | None) -> Expr | None:
        typed = self.value(node, variable)
        if typed is None:
            return None
        if typed.type in {Simple.BOOL, None}:
            return typed.expr
        hint = say("compare it with something, such as `… == …`")
        message = say("a truth value is needed, not {found}", found=said_type(typed.type))
        return self.refuse("type-error", message, node.place, hint)

    def _unary(self, node: Unary, variable: Variable | None) -> Typed | None:
        if node.operator == "!":
            operand = self._truth(node.operand, variable)
            if operand is None:
                return None
            return Typed(Operation(Operator.NOT, (operand,), "", node.place), Simple.BOOL)
        typed = self.value(node.operand, variable)
        if typed is None:
            return None
        if typed.type in {Simple.INT, Simple.DECIMAL}:
            return Typed(Operation(Operator.NEGATE, (typed.expr,), "", node.place), typed.type)
        message = say("a number is needed behind `-`, not {found}", found=said_type(typed.type))
        return self.refuse("type-error", message, node.place, say("write a number, or remove the `-`"))

    def _binary(self, node: Binary, variable: Variable | None) -> Typed | None:
        if node.operator == "in" and self.many_fact(node.right):
            return graded(self, "in", node.place)
        left, right = self.value(node.left, variable), self.value(node.right, variable)
        if left is None or right is None:
            return None
        if node.operator == "in":
            return self._in(node, left, right)
        if node.operator in {"==", "!="} or node.operator in _ORDERINGS:
            return self._comparison(node, left, right)
        return self._arithmetic(node, left, right)

    def _comparison(self, node: Binary, left: Typed, right: Typed) -> Typed | None:
        pair = self.comparable(left, right, node)
        if pair is None:
            return None
        if node.operator in _ORDERINGS and not are_ordered(pair[0].type, pair[1].type):
            message = say(
                "{type} has no order for {operator}",
                type=said_type(pair[0].type),
                operator=quoted(node.operator),
            )
            return self.refuse("type-error", message, node.place, say("use `==`, `!=` or `in`"))
        parts = (pair[0].expr, pair[1].expr)
        return Typed(Operation(Operator(node.operator), parts, "", node.place), Simple.BOOL)

    def comparable(self, left: Typed, right: Typed, node: Binary) -> tuple[Typed, Typed] | None:
        """Both sides of a comparison, text literals become codes; a problem where they cannot be compared."""
        left_or_none, right_or_none = self.as_coded(left, right.type), self.as_coded(right, left.type)
        if left_or_none is None or right_or_none is None:
            return None
        left, right = left_or_none, right_or_none
        texts = any(
            is_text_for(one.type, other.type) and not facts_in(one.expr)
            for one, other in ((left, right), (right, left))
        )
        if texts or are_comparable(left.type, right.type):
            return left, right
        message = say(
            "{operator} cannot compare {one} with {other}",
            operator=quoted(node.operator),
            one=said_type(left.type),
            other=said_type(right.type),
        )
        return self.refuse("type-error", message, node.place, _conversion_hint(left.type, right.type))

    def as_coded(self, part: Typed, coded: Type | None) -> Typed | None:
        """A text literal beside a code, as that code."""
        if isinstance(part.expr, Constant) and is_text_for(part.type, coded):
            return self._coded(part.expr, coded)
        return part

    def _coded(self, constant: Constant, coded: Type | None) -> Typed | None:
        text = str(constant.value)
        if isinstance(coded, CodeType):
            taxonomy = self.scope.vocabulary.taxonomies[coded.taxonomy]
            if text in taxonomy:
                return Typed(Constant(text, coded, constant.place), coded)
            hint = nearest(text, list(taxonomy.parents)) or say("declare it under `taxonomies:`")
        else:
            kind = coded if isinstance(coded, Simple) and coded in CODED else Simple.STRING
            value = text_value(text, kind)
            if value is not None:
                return Typed(Constant(value, kind, constant.place), kind)
            hint = (
                say("write a code in capitals, such as `FR`")
                if kind is Simple.COUNTRY
                else say("write a tag such as `fr`")
            )
        message = say("{code} is not of type {type}", code=quoted(text), type=said_type(coded))
        return self.refuse("unknown-code", message, constant.place, hint)

    def _in(self, node: Binary, left: Typed, right: Typed) -> Typed | None:
        if not isinstance(right.type, ListType):
            hint = say("write a list, `lists.name` or a many-valued fact")
            message = say("`in` needs a list, not {found}", found=said_type(right.type))
            return self.refuse("type-error", message, node.right.place, hint)
        items = right.expr.items if isinstance(right.expr, ListOf) else ()
        coded = []
        for item in items:
            typed = self.as_coded(Typed(item, _type_of_text(item)), left.type)
            if typed is None:
                return None
            coded.append(typed.expr)
        element = left.type if coded and is_text_for(right.type.element, left.type) else right.type.element
        pair = self.comparable(left, Typed(right.expr, element), node)
        if pair is None:
            return None
        listing = ListOf(tuple(coded), right.expr.place) if isinstance(right.expr, ListOf) else right.expr
        return Typed(Operation(Operator.IN, (pair[0].expr, listing), "", node.place), Simple.BOOL)

    def _arithmetic(self, node: Binary, left: Typed, right: Typed) -> Typed | None:
        operator = Operator(node.operator)
        result = arithmetic(operator, left.type, right.type) if left.type and right.type else None
        if result is not None:
            return Typed(Operation(operator, (left.expr, right.expr), "", node.place), result)
        message = say(
            "{operator} does not take {one} and {other}",
            operator=quoted(node.operator),
            one=said_type(left.type),
            other=said_type(right.type),
        )
        return self.refuse(
            "type-error", message, node.place, _arithmetic_hint(node.operator, left.type, right.type)
        )

    def _list(self, node: Listing, variable: Variable | None) -> Typed | None:
        items = [self.value(item, variable) for item in node.items]
        whole = [item for item in items if item is not None]
        if len(whole) < len(items):
            return None
        coded = next((item.type for item in whole if is_text_for(Simple.STRING, item.type)), None)
        whole = [item for item in (self.as_coded(item, coded) for item in whole) if item is not None]
        if len(whole) < len(items):
            return None
        element = next((item.type for item in whole if item.type is not None), None)
        for item, typed in zip(node.items, whole, strict=True):
            if not are_comparable(element, typed.type):
                one, other = said_type(element), said_type(typed.type)
                message = say("the list holds {one} and {other}", one=one, other=other)
                return self.refuse("type-error", message, item.place, say("a list holds values of one type"))
        return Typed(ListOf(tuple(typed.expr for typed in whole), node.place), ListType(element))


def _literal(node: Literal) -> Typed:
    match node.value:
        case bool():
            return Typed(Constant(node.value, Simple.BOOL, node.place), Simple.BOOL)
        case int():
            return Typed(Constant(node.value, Simple.INT, node.place), Simple.INT)
        case Decimal():
            return Typed(Constant(node.value, Simple.DECIMAL, node.place), Simple.DECIMAL)
        case str():
            return Typed(Constant(normal_text(node.value), Simple.STRING, node.place), Simple.STRING)
    assert_never(node.value)


def _type_of_text(item: Expr) -> Type | None:
    return item.type if isinstance(item, Constant) else None


def _conversion_hint(one: Type | None, other: Type | None) -> Said:
    for kind in (one, other):
        if kind in {Simple.DATE, Simple.TIMESTAMP, Simple.DURATION} and Simple.STRING in {one, other}:
            return say("write {code}", code=f"`{kind}('…')`")
        if kind is Simple.MONEY:
            return say("write {code}", code="`money('5.00', 'EUR')`")
    return say("compare values of one type")


def _arithmetic_hint(operator: str, one: Type | None, other: Type | None) -> Said:
    if {one, other} == {Simple.INT, Simple.DECIMAL}:
        return say("int and decimal do not mix: write `2.0` for `2`")
    if operator == "/" and Simple.DECIMAL in {one, other}:
        return say("decimals are not divided: multiply the other side")
    if operator in {"+", "-"} and {one, other} & {Simple.DATE, Simple.TIMESTAMP}:
        return say("a date or timestamp takes a duration: write `duration('720h')`")
    if operator == "%":
        return say("a remainder is of two whole numbers")
    return say("write two numbers of one type")
