"""Trees back to text; reading what it prints gives the same tree.

Not a formatter of policies: it writes one expression on one line, with the fewest parentheses.
"""

from decimal import Decimal
from typing import assert_never

from adjudge.facts.value import decimal_text
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

_OR, _AND, _RELATION, _SUM, _PRODUCT, _UNARY, _MEMBER = range(1, 8)
_BINARY = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "%": _PRODUCT}
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def print_expression(node: Syntax) -> str:
    """The text of a tree. Trees are at most as high as the parser lets them be, so recursion is safe."""
    return _print(node, _OR)


def _print(node: Syntax, least: int) -> str:
    text, precedence = _text(node)
    return f"({text})" if precedence < least else text


def _text(node: Syntax) -> tuple[str, int]:
    match node:
        case Literal():
            return literal_text(node.value), _precedence_of_literal(node)
        case Name():
            return node.text, _MEMBER
        case Select():
            return f"{_print(node.operand, _MEMBER)}.{node.field}", _MEMBER
        case Call():
            return _call(node), _MEMBER
        case Unary():
            return node.operator + _operand_of_unary(node), _UNARY
        case Binary():
            return _binary(node)
        case Logic():
            level = _OR if node.operator == "||" else _AND
            return f" {node.operator} ".join(_print(item, level + 1) for item in node.operands), level
        case Listing():
            return _list(node.items), _MEMBER
    assert_never(node)


def _precedence_of_literal(node: Literal) -> int:
    value = node.value
    return _UNARY if not isinstance(value, bool | str) and value < 0 else _MEMBER


def _operand_of_unary(node: Unary) -> str:
    """`-5` would read as a literal, and so would `--5`, so that numbers stand in parentheses."""
    if isinstance(node.operand, Literal) and node.operator == "-":
        return f"({literal_text(node.operand.value)})"
    return _print(node.operand, _UNARY)


def _binary(node: Binary) -> tuple[str, int]:
    level = _BINARY.get(node.operator, _RELATION)
    return f"{_print(node.left, level)} {node.operator} {_print(node.right, level + 1)}", level


def _call(node: Call) -> str:
    arguments = ", ".join(_print(item, _OR) for item in node.arguments)
    target = f"{_print(node.target, _MEMBER)}." if node.target is not None else ""
    return f"{target}{node.function}({arguments})"


def _list(items: tuple[Syntax, ...]) -> str:
    return "[" + ", ".join(_print(item, _OR) for item in items) + "]"


def literal_text(value: bool | int | Decimal | str) -> str:  # noqa: FBT001 - a literal's value
    """The text of a literal: single quotes, and a decimal always with its point."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            text = decimal_text(value)
            return text if "." in text else f"{text}.0"
        case str():
            return "'" + "".join(_escaped(char) for char in value) + "'"
    assert_never(value)


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if char.isprintable() else f"\\U{ord(char):08x}"
