"""Syntax tree to canonical JSON tree, and back; what a sealed package's digest is taken over.

Not for people: they read the printed expression. There are no numbers in it, since RFC 8785 knows only IEEE
doubles: whole numbers and decimals stand as tagged texts, so that `1`, `1.0` and `'1'` stay three things.
"""

import re
from decimal import Decimal

from adjudge.basis.digest import Json
from adjudge.facts.value import decimal_text, parse_decimal
from adjudge.language.expression.parser import HIGHEST, parse
from adjudge.language.expression.printer import print_expression
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

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,30}", re.ASCII)


def tree_of(node: Syntax) -> Json:
    """The JSON tree of an expression: each node a mapping with one key, its kind."""
    match node:
        case Literal():
            return {"lit": _literal_tree(node.value)}
        case Name():
            return {"name": node.text}
        case Select():
            return {"select": {"of": tree_of(node.operand), "field": node.field}}
        case Call():
            return {"call": _call_tree(node)}
        case Unary():
            return {"unary": {"operator": node.operator, "of": tree_of(node.operand)}}
        case Binary():
            sides: Json = {
                "operator": node.operator,
                "left": tree_of(node.left),
                "right": tree_of(node.right),
            }
            return {"binary": sides}
        case Logic():
            return {"logic": {"operator": node.operator, "of": [tree_of(item) for item in node.operands]}}
        case Listing():
            return {"list": [tree_of(item) for item in node.items]}


def _literal_tree(value: bool | int | Decimal | str) -> Json:  # noqa: FBT001 - a literal's value
    match value:
        case bool():
            return {"bool": value}
        case int():
            return {"int": str(value)}
        case Decimal():
            return {"decimal": decimal_text(value)}
        case str():
            return {"string": value}


def _call_tree(node: Call) -> Json:
    tree: dict[str, Json] = {
        "function": node.function,
        "arguments": [tree_of(argument) for argument in node.arguments],
    }
    if node.target is not None:
        tree["target"] = tree_of(node.target)
    return tree


def syntax_of(tree: Json) -> Syntax:
    """The expression of a JSON tree. Raises ValueError for a tree that `tree_of` gives for no text."""
    node = _node(tree, HIGHEST)
    text = print_expression(node)
    try:
        read = parse(text)
    except ExpressionError as error:
        msg = f"the tree is no expression: {error.message}"
        raise ValueError(msg) from error
    # INVARIANT: the parser alone decides which trees there are (names, 64 bits, folded signs and chains).
    if read != node:
        msg = "the tree is not the one of its own text"
        raise ValueError(msg)
    return node


def _node(tree: Json, height: int) -> Syntax:
    kind, content = _only_entry(tree)
    if height == 0:
        msg = f"the tree is more than {HIGHEST} levels high"
        raise ValueError(msg)
    match kind:
        case "lit":
            return Literal(_literal(content))
        case "name":
            return Name(_text(content))
        case "select":
            of, field = _entries(content, "of", "field")
            return Select(_node(of, height - 1), _text(field))
        case "call":
            return _call(content, height - 1)
        case "unary":
            operator, of = _entries(content, "operator", "of")
            return Unary(_text(operator), _node(of, height - 1))
        case "binary":
            operator, left, right = _entries(content, "operator", "left", "right")
            return Binary(_text(operator), _node(left, height - 1), _node(right, height - 1))
        case "logic":
            operator, of = _entries(content, "operator", "of")
            return Logic(_text(operator), _nodes(of, height - 1))
        case "list":
            return Listing(_nodes(content, height - 1))
        case _:
            msg = "a node has a kind that is not known"
            raise ValueError(msg)


def _call(content: Json, height: int) -> Call:
    if isinstance(content, dict) and "target" in content:
        function, arguments, target = _entries(content, "function", "arguments", "target")
        return Call(_node(target, height), _text(function), _nodes(arguments, height))
    function, arguments = _entries(content, "function", "arguments")
    return Call(None, _text(function), _nodes(arguments, height))


def _nodes(tree: Json, height: int) -> tuple[Syntax, ...]:
    if isinstance(tree, list):
        return tuple(_node(item, height) for item in tree)
    msg = "a list of nodes is needed"
    raise ValueError(msg)


def _literal(tree: Json) -> bool | int | Decimal | str:
    kind, content = _only_entry(tree)
    if kind == "bool" and isinstance(content, bool):
        return content
    if kind == "string":
        return _text(content)
    if kind == "int" and _WHOLE.fullmatch(_text(content)):
        return int(_text(content))
    if kind == "decimal":
        value = parse_decimal(_text(content))
        if value is not None and decimal_text(value) == content:
            return value
    msg = "a literal is a truth value, a text, or a canonical number as a text"
    raise ValueError(msg)


def _only_entry(tree: Json) -> tuple[str, Json]:
    if isinstance(tree, dict) and len(tree) == 1:
        return next(iter(tree.items()))
    msg = "a node is a mapping with one key, its kind"
    raise ValueError(msg)


def _entries(tree: Json, *keys: str) -> list[Json]:
    if isinstance(tree, dict) and tree.keys() == set(keys):
        return [tree[key] for key in keys]
    msg = "a node has exactly the keys " + ", ".join(keys)
    raise ValueError(msg)


def _text(tree: Json) -> str:
    if isinstance(tree, str):
        return tree
    msg = "a text is needed"
    raise ValueError(msg)
