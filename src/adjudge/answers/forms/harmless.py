"""Texts from outside made harmless for a terminal: no control, format or direction characters reach it."""

import unicodedata


def harmless(text: str) -> str:
    """The text with everything that could drive a terminal, or turn its direction, replaced by U+FFFD."""
    return "".join(
        char if _is_harmless(char) else "\N{REPLACEMENT CHARACTER}" for char in text.replace("\t", " ")
    )


def _is_harmless(char: str) -> bool:
    return char == "\n" or not unicodedata.category(char).startswith("C")
