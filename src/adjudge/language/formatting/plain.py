"""One text as a YAML scalar on one line: plain where that says the same, else in quotes."""

import re

from adjudge.basis.reading.node import Scalar

_INDICATORS = re.compile(r"[-!&*?:{}\[\],#|>@`\"'%=~<]")
_BREAKS_OFF = re.compile(r":(\s|$)|\s#|^\s|\s$")


def is_plain(text: str) -> bool:
    """Whether a text outside brackets needs no quotes."""
    return (
        text != ""
        and text.isprintable()
        and not _INDICATORS.match(text)
        and not _BREAKS_OFF.search(text)
        and Scalar(text, plain=True, span=None, path="").kind == "text"
    )


def scalar_text(text: str) -> str | None:
    """The scalar; None where quotes would need an escape, so that a block is easier to read."""
    if is_plain(text):
        return text
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f"'{text}'" if text.isprintable() and "'" not in text else None
