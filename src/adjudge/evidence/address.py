"""Where somebody can turn to: an address of the web, of e-mail, or of the post.

Not a check that anybody is there: only that the words can be an address at all.
"""

import unicodedata

import re2

from adjudge.basis.problem import quoted
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import Said, say

_WEB = re2.compile(
    r"(?i)https?://[^\s/?#.][^\s/?#]*\.[^\s/?#]+([/?#]\S*)?|(?i)https?://localhost([:/?#]\S*)?"
)
_MAIL = re2.compile(r"(?i)(mailto:)?[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+")
_FEWEST_WORDS = 3
_DRIVES = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Signs that cannot be seen, or turn and break what can: nobody could copy such an address."""


def read_address(shape: Shape, node: Node | None, what: Said) -> str | None:
    """An address; None where it is absent, or with a problem."""
    text = shape.text(node, what)
    if text is None or is_address(text):
        return text
    message = say("{what} {text} is no address", what=what, text=quoted(text))
    hint = say("write a web address, an e-mail address, or a postal address of three words or more")
    shape.problem("bad-value", message, node, hint)
    return None


def is_address(text: str) -> bool:
    """Whether a text can be an address: `https://…`, `name@place.example`, or a postal one of three words or more."""
    bare = text.strip()
    if any(unicodedata.category(sign) in _DRIVES for sign in bare):
        return False
    return bool(_WEB.fullmatch(bare) or _MAIL.fullmatch(bare) or _is_postal(bare))


def _is_postal(text: str) -> bool:
    """Words that begin with a letter or a figure: `1 Main Street, Dublin`."""
    return sum(word[0].isalnum() for word in text.split()) >= _FEWEST_WORDS
