"""Texts from outside made harmless in Markdown: none can become a heading, a link, code or HTML."""

import re

from adjudge.answers.forms.harmless import harmless

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&^=:@-])")


def escaped(text: str) -> str:
    """A text on one line, without meaning for Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(harmless(text).split()))


def code(text: str) -> str:
    """A text as code on one line, fenced by more backticks than it holds in a row."""
    flat = " ".join(harmless(text).split())
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", flat)), default=0))
    space = " " if "`" in flat else ""
    return f"{fence}{space}{flat}{space}{fence}"
