"""Author's tree to core for plain CEL: no vocabulary, no types before evaluation.

For CEL's own conformance cases (LANGUAGE.md 8, `adjudge expr`), where variables are bound to plain values.
"""

from typing import assert_never

from adjudge.basis.problem import quoted
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
from adjudge.language.lowering.typing import FUNCTIONS

_MACRO_OPERANDS = 2


def lower_plain(node: Syntax) -> Expr:
    """The core of a plain expression; raises ExpressionError for what version 1 does not have."""
    match node:
        case Literal():
            return Constant(node.value, Simple.STRING, node.place)
        case Name():
            return Bound(node.text, node.place)
        case Select():
            return FieldValue(lower_plain(node.operand), node.field, node.place)
        case Call():
            return _call(node)
        case Unary():
            operator = Operator.NOT if node.operator == "!" else Operator.NEGATE
            return Operation(operator, (lower_plain(node.operand),), "", node.place)
        case Binary():
            return Operation(
                Operator(node.operator), (lower_plain(node.left), lower_plain(node.right)), "", node.place
            )
        case Logic():
            return Operation(Operator(node.operator), tuple(map(lower_plain, node.operands)), "", node.place)
        case Listing():
            return ListOf(tuple(map(lower_plain, node.items)), node.place)
    assert_never(node)


def _call(node: Call) -> Expr:
    if node.function in {"exists", "all"} and node.target is not None:
        return _macro(node, node.target)
    if node.function == "has" and node.target is None:
        return _has(node)
    signature = FUNCTIONS.get(node.function)
    if signature is None or not (signature.as_method if node.target else signature.as_function):
        message = f"there is no function {quoted(node.function)} in version 1"
        raise ExpressionError("unsupported-feature", message, node.place)
    arguments = node.arguments if node.target is None else (node.target, *node.arguments)
    if len(arguments) != len(signature.parameters):
        message = f"{quoted(node.function)} takes {len(signature.parameters)} values"
        raise ExpressionError("type-error", message, node.place)
    return Operation(signature.operator, tuple(map(lower_plain, arguments)), "", node.place)


def _macro(node: Call, target: Syntax) -> Expr:
    name = node.arguments[0] if len(node.arguments) == _MACRO_OPERANDS else None
    if not isinstance(name, Name):
        raise ExpressionError("type-error", f"`{node.function}` takes a name and a condition", node.place)
    return ListMacro(
        node.function, lower_plain(target), name.text, lower_plain(node.arguments[1]), node.place
    )


def _has(node: Call) -> Expr:
    selected = node.arguments[0] if len(node.arguments) == 1 else None
    if not isinstance(selected, Select):
        raise ExpressionError("type-error", "`has` takes a selection such as `a.b`", node.place)
    name = Constant(selected.field, Simple.STRING, selected.place)
    return ListMacro("has", lower_plain(selected.operand), "", name, node.place)
