"""Sentences that remember how they were made, so that a face can say them in another language.

Not a translation: nothing here knows any language but English. The rooms below speak by `say` and stay free of
catalogues, locales and settings; `adjudge.tongues` says the same in another language, at the very end.
"""

from decimal import Decimal
from functools import cache
from typing import LiteralString


class Said(str):
    """An English sentence with the template and the parts that it was made of.

    It is the English text wherever a text is wanted. Putting it into another text loses the memory: hand it on as a
    part of another `say`, whose parts are translated too.
    """

    __slots__ = ("many", "number", "parts", "template")

    template: str
    many: str
    number: int | None
    parts: dict[str, object]


class Country(str):
    """A code of ISO 3166-1 that is said by its name in the language spoken."""

    __slots__ = ()


class Either(tuple[object, ...]):
    """A list of which any one will do."""

    __slots__ = ()


class Row(tuple[object, ...]):
    """A list with commas alone, as the fields of a record."""

    __slots__ = ()


def say(template: LiteralString, /, **parts: object) -> Said:
    """A sentence; `{name}` in the template stands for a part. What users wrote is a part, never in a template.

    A part is a text, a number, an instant, a `Country`, another sentence, or a tuple of these, which is a list: `a, b
    and c`, where it is an `Either` `a, b or c`, where it is a `Row` `a, b, c`.
    """
    return _said(template, template, "", None, parts) if parts else _constant(template)


def say_plural(one: LiteralString, many: LiteralString, count: int, /, **parts: object) -> Said:
    """A sentence about a number, which stands for `{count}` in it: `say_plural("{count} rule", "{count} rules", 2)`."""
    return _said(one if count == 1 else many, one, many, count, {"count": count, **parts})


def verbatim(text: str) -> Said:
    """What is the same in every language, such as a key or a piece of code, where something said is wanted."""
    return _said("{text}", "{text}", "", None, {"text": text})


@cache
def _constant(template: str) -> Said:
    """Kept: readers name what they read for every value, and templates are as many as the source has."""
    return _said(template, template, "", None, {})


def _said(chosen: str, template: str, many: str, count: int | None, parts: dict[str, object]) -> Said:
    said = Said(chosen.format_map({name: _plain(part) for name, part in parts.items()}) if parts else chosen)
    said.template, said.many, said.number, said.parts = template, many, count, parts
    return said


def _plain(part: object) -> object:
    """A list on one line, a number with all its digits; a face writes them as its language does."""
    if isinstance(part, Decimal):
        return f"{part:f}"
    return ", ".join(str(_plain(item)) for item in part) if isinstance(part, tuple) else part


NOTHING_SAID = _said("", "", "", None, {})
"""Where there is nothing to say."""
