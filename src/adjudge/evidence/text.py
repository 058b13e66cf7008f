"""The text of a document for reading: markup taken out, cut into paragraphs. Every step takes time by the length alone.

Not a rendering: nothing of the markup is kept, and what a page would have hidden may be shown.
"""

import html
import re
from collections.abc import Iterator

LONGEST = 2_000_000
"""Characters of a document that are read; what comes after is left to the file."""
LONGEST_PARAGRAPH = 3_000
_MARKUP = re.compile(r"\ufeff?\s*+<(?:!doctype\s++html|html|\?xml)\b", re.IGNORECASE)
_HIDDEN = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        ("<!--", "-->"),
        (r"<script\b", r"</script\b[^<>]*+>"),
        (r"<style\b", r"</style\b[^<>]*+>"),
        (r"<head\b", r"</head\b[^<>]*+>"),
        (r"<template\b", r"</template\b[^<>]*+>"),
    )
)
"""What is no text of a page, by its beginning and its end; without an end, all that follows."""
_TAG = re.compile(r"<(?:[!?]|/?([a-z][^\s/<>]*+))[^<>]*+>", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi bdo cite code em i kbd mark q s small span strong sub sup u var wbr".split()
)
_LINE = frozenset({"br", "tr", "li", "dt", "dd", "option"})


def is_markup(text: str) -> bool:
    """Whether a text begins as a page of the web does."""
    return _MARKUP.match(text[:1_000]) is not None


def without_markup(text: str) -> str:
    """The words of a page of the web: no tags, scripts or styles, and entities as the characters they stand for."""
    # What is longer is cut before: markup can only take away.
    shown = " ".join(text[:LONGEST].split("\n"))
    for begin, end in _HIDDEN:
        shown = _without(shown, begin, end)
    words = html.unescape(_TAG.sub(_in_place_of, shown))
    return "\n".join(" ".join(line.split()) for line in words.split("\n"))


def _without(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> str:
    """A text without what stands between two marks."""
    kept, place = [], 0
    while (opened := begin.search(text, place)) is not None:
        kept.append(text[place : opened.start()])
        closed = end.search(text, opened.end())
        if closed is None:
            return "".join(kept)
        place = closed.end()
    return "".join([*kept, text[place:]])


def _in_place_of(tag: re.Match[str]) -> str:
    name = (tag[1] or "span").lower()
    if name in _INLINE:
        return ""
    return "\n" if name in _LINE else "\n\n"


def paragraphs(text: str) -> tuple[str, ...]:
    """A text in paragraphs: what empty lines part. One that is very long is cut, at the end of a line or of a word."""
    ended = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    return tuple(piece for block in _blocks(ended) for piece in _pieces(block))


def _blocks(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _pieces(lines: list[str]) -> Iterator[str]:
    """Lines together, as many as a paragraph may hold."""
    held: list[str] = []
    size = 0
    for line in lines:
        for part in _cut(line):
            if held and size + len(part) > LONGEST_PARAGRAPH:
                yield "\n".join(held)
                held, size = [], 0
            held.append(part)
            size += len(part)
    yield "\n".join(held)


def _cut(line: str) -> Iterator[str]:
    """A line that is longer than a paragraph may be, in parts."""
    rest = line
    while len(rest) > LONGEST_PARAGRAPH:
        space = rest.rfind(" ", LONGEST_PARAGRAPH // 2, LONGEST_PARAGRAPH)
        end = space if space > 0 else LONGEST_PARAGRAPH
        yield rest[:end]
        rest = rest[end:].lstrip()
    yield rest
