"""What a notice without annotations seems to state, by the documented patterns: found words, not meaning.

Nothing here decides whether a statement is complete; a sighting is marked as found by pattern wherever it is shown.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import re2
from babel import Locale

from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.evidence.notice import Element
from adjudge.notices.patterns import (
    ALLEGES_ILLEGALITY,
    APPLIES,
    ASIDE,
    CUT,
    DENIES_ILLEGALITY,
    ENOUGH,
    OBSERVED,
    SIGHT,
    TESTABLE,
    TOO_SHORT,
)
from adjudge.notices.sentences import sentences

_SHORTEST_NAME = 4
_SHORT_NAMES = {"en": ("US", "USA", "UK", "EU", "EEA"), "fr": ("UE", "EEE", "USA", "R-U")}
_NO_COUNTRIES = frozenset({"001", "XA", "XB", "ZZ"})
"""CLDR's codes for the world, for trials of software and for what is unknown."""
_SPEAKS_OF_REDRESS = (Element.COMPLAINT, Element.SETTLEMENT, Element.COURT)
_OF_WHAT_IS_DONE = frozenset({Element.RESTRICTION, Element.TERRITORY, Element.DURATION, Element.FACTS})
"""Elements that a threat or a request does not state."""
_INVISIBLE = frozenset({"Mn", "Cf"})
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'", "‐": "-", "‑": "-"}
)

NO_TEST = say("it points to no date, document, address, figure or quoted word that anybody could check")
NO_CLAUSE = say("it cites no clause and no law that could be read")
NO_END = say("it says neither a length nor an end")
NO_LAST_DAY = say("it names no last day")
TOO_EARLY = say("the time for a complaint is shorter than six months")
NO_FACTS = say("it rests on no stated fact and no cited rule")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sentence that speaks of an element; `lacks` says why it does not say enough, and is empty where it does."""

    sentence: str
    lacks: Said = NOTHING_SAID


class Search:
    """One text in one language, searched once."""

    def __init__(self, text: str, language: str) -> None:
        """`language` is one of `patterns.LANGUAGES`."""
        self.language = language
        self._sentences = [(item, plain(item)) for item in sentences(text)]
        self._redress = frozenset(
            bare
            for _, bare in self._sentences
            if any(self._speaks_of(element, bare) for element in _SPEAKS_OF_REDRESS)
        )

    def sighting(self, element: Element) -> Sighting | None:
        """The best sentence that speaks of an element: one that says enough, else the first; None if none does."""
        return next(iter(self.sightings(element)), None)

    def sightings(self, element: Element) -> list[Sighting]:
        """Every sentence that speaks of an element, those that say enough first."""
        found = [Sighting(item, self._lacks(element, bare)) for item, bare in self._sighted(element)]
        return sorted(found, key=lambda sighting: bool(sighting.lacks))

    @property
    def alleges_illegality(self) -> bool:
        """Whether the text speaks of law rather than of terms, redress and the law on notices aside."""
        alleges, denies = ALLEGES_ILLEGALITY[self.language], DENIES_ILLEGALITY[self.language]
        return any(
            _fits((alleges,), _without(denies, self._cut(Element.GROUND, bare)))
            for _, bare in self._sentences
            if bare not in self._redress
        )

    def _sighted(self, element: Element) -> Iterable[tuple[str, str]]:
        """What speaks of an element. A sentence on complaining is not about the case, whatever else its words fit."""
        of_redress = element in _SPEAKS_OF_REDRESS
        for item, bare in self._sentences:
            if of_redress == (bare in self._redress) and self._speaks_of(element, bare):
                yield item, bare

    def _speaks_of(self, element: Element, bare: str) -> bool:
        if element in _OF_WHAT_IS_DONE and _fits((ASIDE[self.language],), bare):
            return False
        if element is Element.FACTS:
            return _fits(
                SIGHT[self.language][element], bare
            )  # hollow facts are spoken of, and say too little
        cut = self._cut(element, bare)
        if element is Element.TERRITORY:
            return self._names_place(cut) and self._is_of_the_measure(bare)
        return _fits(SIGHT[self.language][element], cut)

    def _cut(self, element: Element, bare: str) -> str:
        """A sentence without what is known to mislead."""
        pattern = CUT[self.language].get(element)
        return bare if pattern is None else _without(pattern, bare)

    def _names_place(self, bare: str) -> bool:
        return _fits(SIGHT[self.language][Element.TERRITORY], bare) or bool(
            _countries(self.language).search(bare)
        )

    def _is_of_the_measure(self, bare: str) -> bool:
        """A place in a sentence on the facts is not the territory of the measure."""
        return _fits((APPLIES[self.language], *SIGHT[self.language][Element.RESTRICTION]), bare)

    def _lacks(self, element: Element, bare: str) -> Said:
        if element is Element.FACTS:
            seen = _fits(OBSERVED[self.language], self._cut(element, bare))
            return NOTHING_SAID if seen and _fits(TESTABLE[self.language], bare) else NO_TEST
        if element is Element.EXPLANATION:
            return NOTHING_SAID if self._states_facts_and_ground else NO_FACTS
        enough = ENOUGH[self.language].get(element)
        if enough is None or _fits(enough, self._cut(element, bare)):
            return NOTHING_SAID
        if element is Element.COMPLAINT and _fits((TOO_SHORT[self.language],), bare):
            return TOO_EARLY
        return {Element.GROUND: NO_CLAUSE, Element.COMPLAINT: NO_LAST_DAY}.get(element, NO_END)

    @cached_property
    def _states_facts_and_ground(self) -> bool:
        """A reason explains where the text also states facts and cites its ground."""
        return all(
            (found := self.sighting(element)) is not None and not found.lacks
            for element in (Element.FACTS, Element.GROUND)
        )


def plain(text: str) -> str:
    """A text as the patterns meet it: without accents and invisible characters, with plain spaces and apostrophes.

    RE2 knows the edges of ASCII words only, so that `États` would begin none.
    """
    parted = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(sign for sign in parted if unicodedata.category(sign) not in _INVISIBLE)


def _fits(patterns: tuple[str, ...], bare: str) -> bool:
    return any(_compiled(pattern).search(bare) is not None for pattern in patterns)


def _without(pattern: str, bare: str) -> str:
    return str(_compiled(pattern).sub(" ", bare))


@cache
def _compiled(pattern: str) -> "re2._Regexp":
    return re2.compile(f"(?i){pattern}")


@cache
def _countries(language: str) -> "re2._Regexp":
    """The names of countries in a language, as whole words with their capitals."""
    known = Locale.parse(language).territories
    names = {plain(name) for code, name in known.items() if code not in _NO_COUNTRIES}
    every = {name for name in names if len(name) >= _SHORTEST_NAME} | {*_SHORT_NAMES[language]}
    listed = "|".join(re2.escape(name) for name in sorted(every, key=len, reverse=True))
    return re2.compile(rf"\b({listed})\b|\bU\.S\.")
