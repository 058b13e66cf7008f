"""A text as sentences, for search and for quoting: plain rules that never fail, and no grammar.

A stop ends a sentence where a space and a capital (or a quotation mark, or a digit) follow, unless an abbreviation or
a single letter stands before it; a blank line always ends one, and so does the beginning of an item of a list.
"""

import re

_STOP = re.compile(r"(?<=[.!?])(?:\s?[”»\")])?\s+(?=[A-ZÀ-Þ0-9“«\"(])")
_ABBREVIATIONS = frozenset(
    "art. no. nos. para. sec. ch. pp. cf. vs. e.g. i.e. u.s. u.s.c. c.f.r. inc. ltd. dr. mr. mrs. ms. mme. al.".split()
)
_LETTER_AND_STOP = 2
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t])")


def sentences(text: str) -> list[str]:
    """The sentences of a text in their order, each on one line; empty ones are left out."""
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        flat = " ".join(paragraph.split())
        start = 0
        for stop in _STOP.finditer(flat):
            # Only the last word is cut out: a text of nothing but abbreviations must not cost its square.
            last = flat[max(start, flat.rfind(" ", start, stop.start()) + 1) : stop.start()]
            if not _is_abbreviation(last):
                found.append(flat[start : stop.end()].strip())
                start = stop.end()
        found.append(flat[start:].strip())
    return [sentence for sentence in found if sentence]


def _is_abbreviation(word: str) -> bool:
    bare = word.lower().strip('(“«"')
    return bare in _ABBREVIATIONS or (len(bare) == _LETTER_AND_STOP and bare[0].isalpha())
