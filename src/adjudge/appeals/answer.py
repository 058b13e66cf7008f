"""What counts as an answer: not the statement of reasons once more, and not the sentence that others were sent too."""

import re
import unicodedata

LEAST = 40
"""Characters, spaces not counted."""
_NO_LETTERS = re.compile(r"[\W_]+")


def says_the_same(text: str, other: str, *, within: bool = False) -> bool:
    """Whether two texts have the same words in the same order; with `within`, whether the other holds them."""
    one, two = _words(text), _words(other)
    return f" {one} " in f" {two} " if within else one == two


def _words(text: str) -> str:
    """The words of a text without regard to case, marks and the space between them."""
    return _NO_LETTERS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
