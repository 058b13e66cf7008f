"""Words as they are compared: without accents and signs that cannot be seen, alone, and counted.

Not the words as they are quoted: those stay as they were written.
"""

import unicodedata

import re2

_INVISIBLE = frozenset({"Mn", "Cf"})
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'", "‐": "-", "‑": "-"}
)


def plain(text: str) -> str:
    """A text as the patterns meet it: without accents and invisible characters, with plain spaces and apostrophes.

    RE2 knows the edges of ASCII words only, so that `États` would begin none.
    """
    parted = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(sign for sign in parted if unicodedata.category(sign) not in _INVISIBLE)


def holds(text: str, part: str) -> bool:
    """Whether a part stands in a text by itself, in either case; a part without a letter or figure stands nowhere."""
    bare = " ".join(plain(part).split())
    if not any(sign.isalnum() for sign in bare):
        return False
    before = r"(^|[^\pL\pN])" if bare[0].isalnum() else ""
    after = r"($|[^\pL\pN])" if bare[-1].isalnum() else ""
    return re2.search(f"(?i){before}{re2.escape(bare)}{after}", " ".join(plain(text).split())) is not None


def number_of_words(text: str) -> int:
    """How many words a text has. Signs alone are none; in scripts that set no spaces each sign is counted as one."""
    wide = sum(unicodedata.east_asian_width(sign) == "W" for sign in text if sign.isalpha())
    return wide + sum(any(map(_is_of_word, word)) for word in text.split())


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() and unicodedata.east_asian_width(sign) != "W"
