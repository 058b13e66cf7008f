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

Plain = dict[str, "Plain"] | list["Plain"] | str | int | Decimal | bool | None
DEEPEST = 100


class _NotJsonError(ValueError):
    pass


def read_json(text: str, log: ProblemLog, where: str) -> tuple[Plain] | None:
    """Read one JSON value; in a tuple, since null is a value too. None where there are problems."""
    try:
        tree: Plain = json.loads(
            text, parse_float=_decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
        _check(tree)
    except RecursionError:
        log.add("too-deep", "the JSON value is nested too deeply", where=where)
        return None
    except json.JSONDecodeError as error:
        log.add(
            "json-syntax", f"this is not JSON: {_lower(error.msg)} at character {error.pos + 1}", where=where
        )
        return None
    except ValueError as error:
        reason = str(error) if isinstance(error, _NotJsonError) else "a number has too many digits"
        log.add("json-syntax", reason, where=where)
        return None
    return (tree,)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _decimal(text: str) -> Decimal:
    """Exact; an exponent of twenty digits is more than even `Decimal` takes."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        msg = "a number has too many digits"
        raise _NotJsonError(msg) from error


def _refuse_constant(word: str) -> NoReturn:
    msg = f"{quoted(word)} is not a JSON value"
    raise _NotJsonError(msg)


def _unique(pairs: list[tuple[str, Plain]]) -> Plain:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        msg = f"the key {quoted(twice)} stands twice"
        raise _NotJsonError(msg)
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
        msg = "a text holds half of a surrogate pair"
        raise _NotJsonError(msg)


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
