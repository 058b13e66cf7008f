"""The small tree every evaluator reads; the only tree they read.

Two floors, and no way back up: a `Condition` has a weighed pair, an `Expr` inside an atom has a concrete value.
What is sugar in the text (`!=`, a bare truth value, `exists` over a body that is negated) is unfolded before.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import FactName
from adjudge.facts.type import Type
from adjudge.facts.value import Value
from adjudge.language.expression.syntax import NOWHERE, Place


class Operator(StrEnum):
    """What an `Operation` does with its arguments."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    IN = "in"
    AND = "&&"
    OR = "||"
    NOT = "!"
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    REMAINDER = "%"
    NEGATE = "negate"
    SIZE = "size"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    CONTAINS = "contains"
    MATCHES = "matches"
    UNDER = "under"
    DATE = "date"
    TIMESTAMP = "timestamp"
    DURATION = "duration"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal's value; its type tells `1` from `1.0` and a code from a text."""

    value: Value
    type: Type
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of parts."""

    items: tuple["Expr", ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FactValue:
    """The value of a single-valued fact."""

    fact: FactName
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Bound:
    """The variable of the quantifier round it (or, in plain CEL, a variable)."""

    name: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Now:
    """The valid time. LANGUAGE.md 3.8."""

    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """`lists.name`: the entry in force."""

    name: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ParamEntry:
    """`params.name`: the entry in force."""

    name: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of a record."""

    record: "Expr"
    name: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator or function on parts. `taxonomy` is that of `under`."""

    operator: Operator
    arguments: tuple["Expr", ...]
    taxonomy: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ListMacro:
    """`exists`, `all` or `has` of plain CEL; never in a package."""

    macro: str
    source: "Expr"
    variable: str
    body: "Expr"
    place: Place = field(default=NOWHERE, compare=False)


Expr = (
    Constant | ListOf | FactValue | Bound | Now | ListEntry | ParamEntry | FieldValue | Operation | ListMacro
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A maximal truth-valued part without a graded operator; `facts` are those it mentions, sorted."""

    expr: Expr
    facts: tuple[FactName, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """NOT."""

    operand: "Condition"
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """AND of any number."""

    operands: tuple["Condition", ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """OR of any number."""

    operands: tuple["Condition", ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Has:
    """`has(fact)`: whether anything is known."""

    fact: FactName
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Quantified:
    """`fact.exists(variable, body)`, or `all` where `every`; the body is an atom or its NOT."""

    every: bool
    fact: FactName
    variable: str
    body: "Condition"
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """`value in fact` of a many-valued fact; the value mentions no fact."""

    value: Expr
    fact: FactName
    place: Place = field(default=NOWHERE, compare=False)


Condition = Atom | Not | And | Or | Has | Quantified | Member


def parts(expr: Expr) -> tuple[Expr, ...]:
    """The parts directly below a part."""
    match expr:
        case ListOf():
            return expr.items
        case FieldValue():
            return (expr.record,)
        case Operation():
            return expr.arguments
        case ListMacro():
            return expr.source, expr.body
        case _:
            return ()


def size_of(expr: Expr) -> int:
    """How many parts an expression has, itself among them."""
    return 1 + sum(size_of(part) for part in parts(expr))


def facts_in(expr: Expr) -> tuple[FactName, ...]:
    """The facts that a part mentions, sorted, each once."""
    found, stack = set(), [expr]
    while stack:
        part = stack.pop()
        if isinstance(part, FactValue):
            found.add(part.fact)
        stack.extend(parts(part))
    return tuple(sorted(found))


def leaves(condition: Condition) -> list[Atom | Has | Quantified | Member]:
    """The graded leaves of a condition, from left to right; a quantifier is one leaf."""
    found: list[Atom | Has | Quantified | Member] = []
    stack: list[Condition] = [condition]
    while stack:
        node = stack.pop()
        match node:
            case And() | Or():
                stack.extend(reversed(node.operands))
            case Not():
                stack.append(node.operand)
            case _:
                found.append(node)
    return found


def facts_of(condition: Condition) -> tuple[FactName, ...]:
    """All facts that a condition reads, sorted, each once."""
    found: set[FactName] = set()
    for leaf in leaves(condition):
        match leaf:
            case Atom():
                found.update(leaf.facts)
            case Quantified():
                found.add(leaf.fact)
                found.update(facts_of(leaf.body))
            case Has() | Member():
                found.add(leaf.fact)
    return tuple(sorted(found))


def compared_with(atom: Atom) -> Expr | None:
    """What `f == c` or `f in [..]` compares its fact with; None for other atoms. LANGUAGE.md 3.2."""
    expr = atom.expr
    if not isinstance(expr, Operation) or expr.operator not in {Operator.EQUAL, Operator.IN}:
        return None
    left, right = expr.arguments
    if expr.operator is Operator.EQUAL and isinstance(right, FactValue):
        left, right = right, left
    return right if isinstance(left, FactValue) and not facts_in(right) else None
