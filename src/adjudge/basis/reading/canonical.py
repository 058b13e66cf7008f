"""Canonical JSON read back: bytes that are exactly the RFC 8785 form of one object without numbers, or nothing.

Not a reader for what people write (`adjudge.basis.reading.json_text`): what was hashed has one form, and every other,
though it may mean the same, was made by somebody else.
"""

import json
from typing import NoReturn

from adjudge.basis.digest import Json, is_canonical
from adjudge.basis.reading.json_text import DEEPEST


def read_canonical(content: bytes) -> dict[str, Json] | None:
    """Read an object; None for any other byte than its canonical form has, for numbers, and for endless nesting."""
    try:
        tree: Json = _DECODER.decode(content.decode())
        return tree if isinstance(tree, dict) and _is_flat(content) and is_canonical(content, tree) else None
    except (ValueError, RecursionError):
        return None


def _is_flat(content: bytes) -> bool:
    """Whether nesting stays within the limit; few brackets cannot be nested deeply, which settles nearly all lines."""
    if content.count(b"{") + content.count(b"[") <= DEEPEST:
        return True
    depth = deepest = 0
    for opened in _brackets(content):
        depth += opened
        deepest = max(deepest, depth)
    return deepest <= DEEPEST


def _brackets(content: bytes) -> list[int]:
    """1 for each bracket that opens and -1 for each that closes, those inside texts left out."""
    found, in_text, escaped = [], False, False
    for char in content.decode():
        if in_text:
            in_text = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            in_text = True
        else:
            found.append((char in "{[") - (char in "]}"))
    return found


def _refuse(_number: str) -> NoReturn:
    msg = "numbers are written as texts"
    raise ValueError(msg)


_DECODER = json.JSONDecoder(parse_int=_refuse, parse_float=_refuse, parse_constant=_refuse)
