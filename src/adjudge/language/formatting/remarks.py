"""The comments of a text, found between its scalars.

Between scalars the parser takes every `#` for a comment, so that whatever is no scalar and holds one is found here.
"""

import re

from adjudge.basis.reading.node import Node
from adjudge.language.formatting.place import is_block_scalar, scalars, start_of, written

_COMMENT = re.compile(r"#[^\r\n]*")
_BEHIND_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(#[^\r\n]*)")


def remarks(text: str, root: Node) -> list[str]:
    """Every comment, in the order of the text."""
    found: list[str] = []
    position = 0
    for scalar in scalars(root):
        found += _between(text, position, start_of(scalar))
        header = _BEHIND_HEADER.match(written(scalar)) if is_block_scalar(scalar) else None
        if header:
            found.append(header[1].rstrip())
        position = max(position, start_of(scalar) + len(written(scalar)))
    return found + _between(text, position, len(text))


def _between(text: str, start: int, end: int) -> list[str]:
    """A comment goes on to the end of its line: no scalar begins in it."""
    return [match.group().rstrip() for match in _COMMENT.finditer(text, start, max(start, end))]
