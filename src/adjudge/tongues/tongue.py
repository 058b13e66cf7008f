"""A language to speak in: its sentences (gettext) and its dates, numbers, lists and countries (CLDR, by Babel).

Not the texts of packages and cases: those bring their own languages, and `Tongue.text` only chooses among them.
"""

import gettext
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import LiteralString

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from adjudge.basis.instant import NANOS, Instant, day_of, start_of_day
from adjudge.basis.said import Country, Either, Row, Said

ENGLISH, FRENCH = "en", "fr"
LANGUAGES = (ENGLISH, FRENCH)
"""Languages in which everything can be said."""

_LOCALES = {ENGLISH: "en_GB", FRENCH: "fr"}
"""Days are written day first in both, as in most of the world."""


class Tongue:
    """One language. Calling it with a template says it: `tongue("{count} claims", count=2)`."""

    def __init__(self, code: str, catalogue: gettext.NullTranslations, locale: Locale) -> None:
        """`code` is that of `LANGUAGES`; `locale` is how CLDR names it."""
        self.code = code
        self._catalogue = catalogue
        self._locale = locale

    def __call__(self, template: LiteralString, /, **parts: object) -> str:
        """Say a sentence."""
        return self._filled(self._catalogue.gettext(template) if template else "", parts)

    def plural(self, one: LiteralString, many: LiteralString, count: int, /, **parts: object) -> str:
        """Say a sentence about a number, which stands for `{count}` in it."""
        return self._filled(self._catalogue.ngettext(one, many, count), {"count": count, **parts})

    def of(self, text: str) -> str:
        """What was said by `say`, in this language; any other text as it is."""
        if not isinstance(text, Said) or not text:
            return text
        if text.number is None:
            return self._filled(self._catalogue.gettext(text.template), text.parts)
        return self._filled(self._catalogue.ngettext(text.template, text.many, text.number), text.parts)

    def _filled(self, template: str, parts: Mapping[str, object]) -> str:
        if not parts:
            return template
        return template.format_map({name: self._part(part) for name, part in parts.items()})

    def _part(self, part: object) -> object:
        """Each part as this language writes it; a text that nobody said came from outside and stays as it is."""
        match part:
            case Country():
                return self.country(part)
            case str():
                return self.of(part)
            case bool():
                return part
            case int() | Decimal():
                return self.number(part)
            case Instant():
                return self.day(part)
            case Either():
                return self.either(str(self._part(item)) for item in part)
            case Row():
                return ", ".join(str(self._part(item)) for item in part)
            case tuple():
                return self.listed(str(self._part(item)) for item in part)
            case _:
                return part

    def text(self, texts: Mapping[str, str]) -> str:
        """A text of a package or case in this language, else in English, else in the first there is, else empty."""
        return texts.get(self.code) or texts.get(ENGLISH) or next(iter(texts.values()), "")

    def number(self, number: int | Decimal) -> str:
        """A number with its marks of thousands and decimals: every digit that it has."""
        digits = max(0, -int(number.as_tuple().exponent)) if isinstance(number, Decimal) else 0
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return str(format_decimal(number, pattern, locale=self._locale, decimal_quantization=False))

    def day(self, instant: Instant) -> str:
        """The day: `31 January 2018`; with the instant, to the second, where it is not 00:00 UTC.

        What is exact to the nanosecond stands in records and receipts: nobody reads it in a sentence.
        """
        day = day_of(instant)
        written = str(format_date(day, "long", locale=self._locale))
        if (
            self.code == FRENCH and day.day == 1
        ):  # CLDR writes the figure; French counts the first by its ordinal
            written = written.replace("1 ", "1er ", 1)
        return written if start_of_day(day) == instant else f"{written} ({_to_the_second(instant)})"

    def month(self, instant: Instant) -> str:
        """The month: `January 2018`."""
        return str(format_date(day_of(instant), "MMMM y", locale=self._locale))

    def listed(self, items: Iterable[str]) -> str:
        """`a, b and c`."""
        return str(format_list(list(items), locale=self._locale))

    def parted(self, items: Iterable[str]) -> str:
        """`a; b; c`, for what is longer than a word; with a space before the sign where the language has one."""
        return ("\N{NO-BREAK SPACE}; " if self.code == FRENCH else "; ").join(items)

    def either(self, items: Iterable[str]) -> str:
        """`a, b or c`."""
        return str(format_list(list(items), style="or", locale=self._locale))

    def country(self, code: str) -> str:
        """The name of a country of ISO 3166-1; the code itself where CLDR has none."""
        return str(self._locale.territories.get(code, code))


def _to_the_second(instant: Instant) -> Instant:
    return Instant(instant.nanos - instant.nanos % NANOS)


@cache
def tongue_of(code: str) -> Tongue:
    """The tongue of one of `LANGUAGES`. Raises KeyError for another code."""
    locale = Locale.parse(_LOCALES[code])
    return Tongue(code, _catalogue(code), locale)


def _catalogue(code: str) -> gettext.NullTranslations:
    """The compiled catalogue that ships beside this module; English needs none, since we speak it."""
    if code == ENGLISH:
        return gettext.NullTranslations()
    compiled = files("adjudge.tongues") / code / "LC_MESSAGES" / "adjudge.mo"
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def tongue_asked_for(code: str | None) -> Tongue:
    """The language of a code that somebody asked for; English where everything cannot be said in it."""
    return tongue_of(code if code in LANGUAGES else ENGLISH)
