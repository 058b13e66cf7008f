"""What the conditions of a package mention, and where: facts, lists, parameters, every part inside atoms.

Not a check; what several of them ask.
"""

from collections import defaultdict
from collections.abc import Iterator

from adjudge.basis.ids import FactName
from adjudge.facts.type import ListType, RecordType, Simple, Type
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.language.core import (
    And,
    Atom,
    Bound,
    Condition,
    Constant,
    Expr,
    FactValue,
    FieldValue,
    Has,
    ListEntry,
    ListOf,
    Member,
    Not,
    Operation,
    Operator,
    Or,
    ParamEntry,
    Quantified,
    parts,
)
from adjudge.language.expression.syntax import Name, Place, Select, Syntax, children
from adjudge.language.package import Dated, Package, Rule, Written

_KINDS = frozenset(kind.value for kind in Kind)
TRUTH_VALUED = frozenset(
    {
        *(Operator.EQUAL, Operator.UNEQUAL, Operator.IN, Operator.UNDER, Operator.MATCHES),
        *(Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST),
        *(Operator.AND, Operator.OR, Operator.NOT),
        *(Operator.STARTS_WITH, Operator.ENDS_WITH, Operator.CONTAINS),
    }
)
"""Operators whose result is a truth value."""


def fact_places(written: Written) -> dict[FactName, Place]:
    """Every fact of a condition with the place of its first mention, in the order of the text.

    Read from the author's tree, since a quantifier's place in core is that of the whole call. Only facts are
    selected from `ad` and `advertiser`: no variable may take these names.
    """
    found: dict[FactName, Place] = {}
    stack: list[Syntax] = [written.syntax]
    while stack:
        node = stack.pop()
        if isinstance(node, Select) and isinstance(node.operand, Name) and node.operand.text in _KINDS:
            found.setdefault(FactName(f"{node.operand.text}.{node.field}"), node.place)
        stack.extend(reversed(children(node)))
    return found


def nodes(condition: Condition) -> Iterator[Condition]:
    """A condition and all conditions below it, bodies of quantifiers included, from left to right."""
    stack: list[Condition] = [condition]
    while stack:
        node = stack.pop()
        yield node
        match node:
            case And() | Or():
                stack.extend(reversed(node.operands))
            case Not():
                stack.append(node.operand)
            case Quantified():
                stack.append(node.body)
            case Atom() | Has() | Member():
                pass


def expressions(condition: Condition) -> Iterator[tuple[Expr, Quantified | None]]:
    """What stands inside each atom, with the quantifier in whose body it stands."""
    inside: dict[int, Quantified] = {}
    for node in nodes(condition):
        match node:
            case Atom():
                yield node.expr, inside.get(id(node))
            case Member():
                yield node.value, None
            case Quantified():
                inside[id(node.body)] = node
            case Not():
                if id(node) in inside:
                    inside[id(node.operand)] = inside[id(node)]
            case _:
                pass


def all_parts(expr: Expr) -> Iterator[Expr]:
    """A part and all parts below it, from left to right."""
    stack = [expr]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(parts(part)))


def entries_in(condition: Condition) -> Iterator[ListEntry | ParamEntry]:
    """Every mention of a dated list or parameter."""
    for expr, _ in expressions(condition):
        for part in all_parts(expr):
            if isinstance(part, ListEntry | ParamEntry):
                yield part


def entry_name(part: ListEntry | ParamEntry) -> str:
    """With its root, as conditions write it: `lists.banned`."""
    return f"{'lists' if isinstance(part, ListEntry) else 'params'}.{part.name}"


def tables(package: Package) -> Iterator[tuple[str, Dated]]:
    """The two kinds of dated tables with their roots."""
    yield "lists", package.lists
    yield "params", package.params


def readers(package: Package) -> dict[str, list[Rule]]:
    """The rules that read a list or parameter, by its name with its root; each rule once."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in package.rules:
        names = {entry_name(part) for written in rule.conditions for part in entries_in(written.core)}
        for name in sorted(names):
            found[name].append(rule)
    return found


def type_of(expr: Expr, vocabulary: Vocabulary, around: Quantified | None) -> Type | None:
    """The type of a part; None of what an entry holds and of what no check asks about."""
    match expr:
        case Constant():
            return expr.type
        case FactValue():
            return vocabulary.facts[expr.fact].type
        case Bound():
            return vocabulary.facts[around.fact].type if around else None
        case FieldValue():
            record = type_of(expr.record, vocabulary, around)
            return record.field(expr.name) if isinstance(record, RecordType) else None
        case Operation():
            return Simple.BOOL if expr.operator in TRUTH_VALUED else None
        case ListOf():
            types = (type_of(item, vocabulary, around) for item in expr.items)
            return ListType(next((kind for kind in types if kind is not None), None))
        case _:
            return None
