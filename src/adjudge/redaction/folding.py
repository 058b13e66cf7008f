"""Words as they are sought: without case, accents and signs, alike in what is shown and in what is asked.

Scripts that put no spaces between words are divided in pairs of signs. Nothing is left to the database, whose rules
differ from place to place.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from adjudge.basis.digest import digest_of_bytes
from adjudge.records.sought import LONGEST_WORD, is_word

SHORTEST = 3
"""Letters from which on the beginning of a word is enough."""
LONGEST_START = 8
"""Letters of which a beginning has as many at most: of each beginning up to it indexes know where it is."""
MOST_ASKED = 12
"""Words of a question that count."""
MOST_KEPT = 600
"""Words that are kept of a decision."""
_CLOSE = re.compile(
    "([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff]+)"
)
"""Letters of scripts without spaces between words, and of one in which particles cling to them."""
_PLAIN = re.compile(r"[a-z0-9]")


def words_of(text: str) -> Iterator[str]:
    """The words of a text in order, as they are kept and asked for."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    bare = (sign for sign in parts if not unicodedata.category(sign).startswith("M"))
    folded = unicodedata.normalize("NFC", "".join(bare))
    spaced = "".join(sign if sign.isalpha() or sign.isdigit() else " " for sign in folded)
    for run in spaced.split():
        for piece in filter(None, _CLOSE.split(run)):
            yield from _pairs(piece) if _CLOSE.fullmatch(piece) else [piece[:LONGEST_WORD]]


def _pairs(piece: str) -> Iterable[str]:
    return [piece] if len(piece) == 1 else [piece[at : at + 2] for at in range(len(piece) - 1)]


def kept_words(texts: Iterable[str], tokens: Iterable[str]) -> str:
    """What a row keeps to be found by: each word once; tokens first, of which none is ever left out."""
    found = dict.fromkeys(filter(is_word, tokens))
    most = len(found) + MOST_KEPT
    for text in texts:
        for word in words_of(text):
            if len(found) >= most:
                return " ".join(found)
            if is_word(word):
                found[word] = None
    return " ".join(found)


def asked_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is asked for: words that are wanted whole, and those of which the beginning is enough."""
    words = tuple(dict.fromkeys(filter(is_word, words_of(text[:1_000]))))[:MOST_ASKED]
    whole = tuple(word for word in words if len(word) < SHORTEST)
    return whole, tuple(word for word in words if len(word) >= SHORTEST)


def token(kind: str, value: str) -> str:
    """A word for a value of a filter, which no text has: it begins with a sign that no word has."""
    plain = "".join(sign if _PLAIN.fullmatch(sign) else f"_{ord(sign):x}_" for sign in value)
    found = f"_{kind}_{plain}"
    if len(found) <= LONGEST_WORD:
        return found
    digest = digest_of_bytes(value.encode(errors="replace")).removeprefix("sha256:")
    return f"_{kind}_d_{digest[:40]}"


ENDS = token("e", "1")
"""Of what comes to an end by itself: nothing else can be over."""
