"""Countries, and the whole world, in a text: by the names that CLDR has in its language, by codes, by groups.

Not geography: what belongs to a country, and where a company sits, is not asked.
"""

from collections.abc import Iterable
from functools import cache

import re2
from babel import Locale, UnknownLocaleError

from adjudge.facts.codes import COUNTRIES
from adjudge.notices.patterns import GROUPS, WORLDWIDE
from adjudge.notices.plain import plain
from adjudge.tongues.tongue import LANGUAGES, tongue_of

_SHORTEST_NAME = 4
_NO_COUNTRIES = frozenset({"001", "XA", "XB", "ZZ"})
"""CLDR's codes for the world, for trials of software and for what is unknown."""
_WORLD = "001"
_UNION = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
_OTHER_NAMES = {
    "en": {
        "US": "US", "USA": "US", "U.S": "US", "United States of America": "US", "UK": "GB", "U.K": "GB",
        "Great Britain": "GB", "Czech Republic": "CZ", "Turkey": "TR", "Holland": "NL",
    },
    "fr": {
        "USA": "US", "U.S": "US", "Etats-Unis d'Amerique": "US", "R-U": "GB", "Grande-Bretagne": "GB",
        "Republique tcheque": "CZ", "Hollande": "NL",
    },
}  # fmt: skip
"""Usual names that CLDR does not give first; without accents."""
_MEMBERS = {"EU": _UNION, "EEA": _UNION | {"IS", "LI", "NO"}}


def named_in(text: str, language: str) -> frozenset[str]:
    """The countries that a text names, those of the Union and of the Economic Area included where it names these."""
    bare, names = plain(text), _names(language)
    found = {names[name] for name in _found(_any_of(tuple(names)), bare)} if names else set()
    for group, members in _MEMBERS.items():
        if any(re2.search(patterns[group], bare) for patterns in GROUPS.values()):
            found |= members
    return frozenset(found)


def names_country(text: str, code: str, language: str) -> bool:
    """Whether a text names a country, or gives its code in capitals."""
    return code in named_in(text, language) or re2.search(rf"\b{code}\b", plain(text)) is not None


def names_world(text: str, language: str) -> bool:
    """Whether a text says that something holds everywhere; of other languages, whether it names the world."""
    bare = plain(text)
    if any(re2.search(f"(?i){pattern}", bare) for pattern in WORLDWIDE.values()):
        return True
    world = _territories(language).get(_WORLD, "")
    return base_of(language) not in LANGUAGES and bool(world) and plain(world).lower() in bare.lower()


def names_region(text: str, language: str) -> bool:
    """Whether a text without accents names a country, or any other territory that CLDR knows."""
    return _regions(language).search(text) is not None


def base_of(language: str) -> str:
    """The language of a tag, without its region."""
    return language.partition("-")[0].lower()


def _found(pattern: "re2._Regexp", bare: str) -> Iterable[str]:
    """Every name; what parts two of them ends the one and begins the other."""
    at = pattern.search(bare)
    while at is not None:
        yield at.group(1)
        at = pattern.search(bare, at.end(1))


@cache
def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}


@cache
def _names(language: str) -> dict[str, str]:
    """Names without accents, and whose they are: CLDR's, those that we write ourselves, and other usual ones."""
    known = {code: name for code, name in _territories(language).items() if code in COUNTRIES}
    base = base_of(language)
    names = {plain(name): code for code, name in known.items() if len(name) >= _SHORTEST_NAME}
    if base in LANGUAGES:
        names |= {plain(tongue_of(base).country(code)): code for code in COUNTRIES}
        names |= _OTHER_NAMES[base]
    return names


@cache
def _any_of(names: tuple[str, ...]) -> "re2._Regexp":
    """One of some names by itself; the longest first, since Guinea is not Equatorial Guinea."""
    return re2.compile(rf"(?:^|[^\pL\pN])({_listed(names)})(?:[^\pL\pN]|$)")


@cache
def _regions(language: str) -> "re2._Regexp":
    names = {plain(name) for code, name in _territories(language).items() if code not in _NO_COUNTRIES}
    every = {name for name in names if len(name) >= _SHORTEST_NAME} | {*_OTHER_NAMES[language]}
    return re2.compile(rf"\b({_listed(tuple(every))})\b")


def _listed(names: tuple[str, ...]) -> str:
    return "|".join(re2.escape(name) for name in sorted(names, key=len, reverse=True))
