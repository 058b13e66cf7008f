"""Author's tree to core for plain CEL: no vocabulary, no types before evaluation.

For CEL's own conformance cases (LANGUAGE.md 8, `adjudge expr`), where variables are bound to plain values.
"""

from functools import partial
from typing import assert_never

from adjudge.basis.problem import quoted
from adjudge.basis.said import say, say_plural
from adjudge.facts.type import Simple
from adjudge.language.core import Bound, Constant, Expr, FieldValue, ListMacro, ListOf, Operation, Operator
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
)
from adjudge.language.expression.tokens import ExpressionError
from adjudge.language.lowering.typing import FUNCTIONS, ONLY_IN_CEL

_MACRO_OPERANDS = 2


def lower_plain(node: Syntax, qualified: frozenset[str] = frozenset()) -> Expr:
    """The core of a plain expression; raises ExpressionError for what version 1 does not have.

    `qualified` are the variables with a point in their name: `a.b.c` is the one with the longest name of `a.b.c` and
    `a.b`, before it is a selection from `a` (cel-spec, "Name Resolution").
    """
    lower = partial(lower_plain, qualified=qualified)
    match node:
        case Literal():
            return Constant(node.value, Simple.STRING, node.place)
        case Name():
            return Bound(node.text, node.place)
        case Select():
            name = _qualified_name(node) if qualified else ""
            if name in qualified:
                return Bound(name, node.place)
            return FieldValue(lower(node.operand), node.field, node.place)
        case Call():
            return _call(node, qualified)
        case Unary():
            operator = Operator.NOT if node.operator == "!" else Operator.NEGATE
            return Operation(operator, (lower(node.operand),), "", node.place)
        case Binary():
            return Operation(Operator(node.operator), (lower(node.left), lower(node.right)), "", node.place)
        case Logic():
            return Operation(Operator(node.operator), tuple(map(lower, node.operands)), "", node.place)
        case Listing():
            return ListOf(tuple(map(lower, node.items)), node.place)
    assert_never(node)


def _qualified_name(node: Select) -> str:
    """The dotted name that a chain of selections spells; empty where it does not begin with a name."""
    fields = [node.field]
    operand = node.operand
    while isinstance(operand, Select):
        fields.append(operand.field)
        operand = operand.operand
    return ".".join([operand.text, *reversed(fields)]) if isinstance(operand, Name) else ""


def _call(node: Call, qualified: frozenset[str]) -> Expr:
    if node.function in {"exists", "all"} and node.target is not None:
        return _macro(node, node.target, qualified)
    if node.function == "has" and node.target is None:
        return _has(node, qualified)
    if node.function not in FUNCTIONS and node.function not in ONLY_IN_CEL:
        # Nothing is checked before evaluation: as an unbound variable, it is an error that `||` can absorb.
        return Bound(f"{node.function}()", node.place)
    signature = FUNCTIONS.get(node.function)
    if signature is None or not (signature.as_method if node.target else signature.as_function):
        message = say("there is no function {function} in version 1", function=quoted(node.function))
        raise ExpressionError("unsupported-feature", message, node.place)
    arguments = node.arguments if node.target is None else (node.target, *node.arguments)
    if len(arguments) != len(signature.parameters):
        message = say_plural(
            "{function} takes {count} value",
            "{function} takes {count} values",
            len(signature.parameters),
            function=quoted(node.function),
        )
        raise ExpressionError("type-error", message, node.place)
    parts = tuple(lower_plain(argument, qualified) for argument in arguments)
    return Operation(signature.operator, parts, "", node.place)


def _macro(node: Call, target: Syntax, qualified: frozenset[str]) -> Expr:
    name = node.arguments[0] if len(node.arguments) == _MACRO_OPERANDS else None
    if not isinstance(name, Name):
        message = say("{macro} takes a name and a condition", macro=f"`{node.function}`")
        raise ExpressionError("type-error", message, node.place)
    # The variable of the macro comes before a variable whose dotted name begins like it.
    visible = frozenset(other for other in qualified if not other.startswith(f"{name.text}."))
    body = lower_plain(node.arguments[1], visible)
    return ListMacro(node.function, lower_plain(target, qualified), name.text, body, node.place)


def _has(node: Call, qualified: frozenset[str]) -> Expr:
    selected = node.arguments[0] if len(node.arguments) == 1 else None
    if not isinstance(selected, Select):
        raise ExpressionError("type-error", say("`has` takes a selection such as `a.b`"), node.place)
    name = Constant(selected.field, Simple.STRING, selected.place)
    return ListMacro("has", lower_plain(selected.operand, qualified), "", name, node.place)
