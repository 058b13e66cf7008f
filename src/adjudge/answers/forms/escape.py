"""Texts from outside made harmless in Markdown: none can become a heading, a link or HTML; code only as code."""

import re

from adjudge.answers.forms.harmless import harmless

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&^=:@-])")
_TICKED = re.compile(r"`([^`]+)`")


def escaped(text: str) -> str:
    """A text on one line, without meaning for Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(harmless(text).split()))


def prose(text: str) -> str:
    """A sentence on one line: what it has in backticks as code, the rest without meaning. Not for cells of tables."""
    flat = " ".join(harmless(text).split())
    # Every other part was in backticks.
    parts = enumerate(_TICKED.split(flat))
    return "".join(code(part) if number % 2 else _SPECIAL.sub(r"\\\1", part) for number, part in parts)


def code(text: str) -> str:
    """A text as code on one line, fenced by more backticks than it holds in a row."""
    flat = " ".join(harmless(text).split())
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", flat)), default=0))
    space = " " if "`" in flat else ""
    return f"{fence}{space}{flat}{space}{fence}"
