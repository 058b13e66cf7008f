"""JSON text to plain trees or nodes, or problems; never raises on bad text.

Not `json.loads` as it stands: that takes duplicate keys, NaN, floats and lone surrogates without a word. Numbers
with a fraction become `Decimal`, since nothing here decides by floats.
"""

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.said import Said, say, verbatim

Plain = dict[str, "Plain"] | list["Plain"] | str | int | Decimal | bool | None
DEEPEST = 100


_BYTE_ORDER_MARK = "\ufeff"
_TOO_MANY_DIGITS = say("a number has too many digits")
_SHORTER = say("write a shorter number, or put it into a text")
_ONE_VALUE = say("write one JSON value")
_NO_LAST_COMMA = say("remove the comma behind the last entry")
_SAID = {
    "Expecting value": (
        say("expecting value"),
        say("write an object, a list, a text in double quotes, a number, `true`, `false` or `null`"),
    ),
    "Expecting ',' delimiter": (
        say("expecting {mark} delimiter", mark="','"),
        say("put a comma between two items, or close what is open"),
    ),
    "Expecting ':' delimiter": (
        say("expecting {mark} delimiter", mark="':'"),
        say("put a colon between a key and its value"),
    ),
    "Expecting property name enclosed in double quotes": (
        say("expecting property name enclosed in double quotes"),
        say("write the key in double quotes, and no comma behind the last entry"),
    ),
    "Illegal trailing comma before end of object": (
        say("illegal trailing comma before end of object"),
        _NO_LAST_COMMA,
    ),
    "Illegal trailing comma before end of array": (
        say("illegal trailing comma before end of array"),
        _NO_LAST_COMMA,
    ),
    "Unterminated string starting at": (
        say("unterminated string starting"),
        say("close the text, and write a double quote inside it as {escape}", escape='`\\"`'),
    ),
    "Invalid control character at": (
        say("invalid control character"),
        say("write a line break inside a text as `\\n`, a tab as `\\t`"),
    ),
    "Invalid \\uXXXX escape": (
        say("invalid {escape} escape", escape="\\uXXXX"),
        say("write four hexadecimal digits behind `\\u`"),
    ),
    "Invalid \\escape": (
        say("invalid {escape}", escape="\\escape"),
        say("write a backslash inside a text as `\\\\`"),
    ),
    "Extra data": (say("extra data"), say("leave one JSON value only, on a line of its own")),
}
"""What is wrong and what to do, by Python's message."""


class _NotJsonError(ValueError):
    def __init__(self, message: Said, hint: Said) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_json(text: str, log: ProblemLog, where: str) -> tuple[Plain] | None:
    """Read one JSON value; in a tuple, since null is a value too. None where there are problems.

    A byte order mark before it is passed over.
    """
    bare = text.removeprefix(_BYTE_ORDER_MARK)
    try:
        tree: Plain = json.loads(
            bare, parse_float=_decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
        _check(tree)
    except RecursionError:
        hint = say("nest lists and objects at most {levels} deep", levels=DEEPEST)
        log.add("too-deep", say("the JSON value is nested too deeply"), where=where, hint=hint)
        return None
    except json.JSONDecodeError as error:
        position = error.pos + len(text) - len(bare) + 1
        reason, hint = _SAID.get(error.msg, (verbatim(error.msg), _ONE_VALUE))
        message = say(
            "this is not JSON: {reason} at character {position}", reason=reason, position=str(position)
        )
        log.add("json-syntax", message, where=where, hint=hint)
        return None
    except _NotJsonError as error:
        log.add("json-syntax", error.message, where=where, hint=error.hint)
        return None
    except ValueError:
        log.add("json-syntax", _TOO_MANY_DIGITS, where=where, hint=_SHORTER)
        return None
    return (tree,)


def _decimal(text: str) -> Decimal:
    """Exact; an exponent of twenty digits is more than even `Decimal` takes."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise _NotJsonError(_TOO_MANY_DIGITS, _SHORTER) from error


def _refuse_constant(word: str) -> NoReturn:
    message = say("{word} is not a JSON value", word=quoted(word))
    raise _NotJsonError(message, say("write a finite number, or a text in double quotes"))


def _unique(pairs: list[tuple[str, Plain]]) -> Plain:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        message = say("the key {key} stands twice", key=quoted(twice))
        raise _NotJsonError(message, say("remove one of the two"))
    return tree


def _check(tree: Plain) -> None:
    """Refuse lone surrogates (no text in any encoding) and depth, with an explicit stack."""
    stack: list[tuple[Plain, int]] = [(tree, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > DEEPEST:
            raise RecursionError
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, dict):
            for key in item:
                _check_text(key)
            stack.extend((child, depth + 1) for child in item.values())
        elif isinstance(item, list):
            stack.extend((child, depth + 1) for child in item)


def _check_text(text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        message = say("a text holds half of a surrogate pair")
        raise _NotJsonError(message, say("write the character itself, or both halves of its escape"))


def node_of(tree: Plain, path: str) -> Node:
    """A JSON tree as nodes without a place; `path` says where it came from. Depth was limited on reading."""
    match tree:
        case dict():
            keys = {key: Scalar(key, False, None, path) for key in tree}  # noqa: FBT003 - plain
            return Mapping({k: node_of(v, f"{path}.{k[:40]}") for k, v in tree.items()}, keys, None, path)
        case list():
            return Sequence(tuple(node_of(v, f"{path}[{i}]") for i, v in enumerate(tree)), None, path)
        case str():
            return Scalar(tree, False, None, path)  # noqa: FBT003 - plain
        case _:
            return Scalar(_plain_text(tree), True, None, path)  # noqa: FBT003 - plain


def _plain_text(value: int | Decimal | bool | None) -> str:  # noqa: FBT001 - a JSON value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
