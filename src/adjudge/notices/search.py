"""What a notice without annotations seems to state, by the documented patterns: found words, not meaning.

Nothing here decides whether a statement is complete; a sighting is marked as found by pattern wherever it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import re2

from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.evidence.notice import Element
from adjudge.notices.patterns import (
    ALLEGES_ILLEGALITY,
    APPLIES,
    ASIDE,
    CITES_TERMS,
    CUT,
    DENIED,
    DENIES_ILLEGALITY,
    ENOUGH,
    EVADED,
    LASTING,
    OBSERVED,
    POWERLESS,
    SIGHT,
    TESTABLE,
    TOO_SHORT,
    TURNS,
)
from adjudge.notices.places import names_region
from adjudge.notices.plain import plain
from adjudge.notices.sentences import sentences

_SPEAKS_OF_REDRESS = (Element.COMPLAINT, Element.SETTLEMENT, Element.COURT)
_OF_WHAT_IS_DONE = frozenset({Element.RESTRICTION, Element.TERRITORY, Element.DURATION, Element.FACTS})
"""Elements that a threat or a request does not state."""

NO_TEST = say(
    "no sentence on what was seen holds a date, document, address, figure or quoted word that anybody could check"
)
NO_CLAUSE = say("no sentence on it cites a clause or a law that could be read")
NO_END = say("no sentence on it gives a length or an end")
NO_STEP = say(
    "no sentence on it names what is to be changed or proven, such as a licence, an entry or quoted words"
)
NO_TURN = say("no sentence that denies recourse says on what the decision turns")
NO_LAST_DAY = say("no sentence on it names a last day")
TOO_EARLY = say("the time for a complaint is shorter than six months")
NO_FACTS = say("no stated fact that could be checked, or no cited ground, was found on which it could rest")

_LACKING = {Element.GROUND: NO_CLAUSE, Element.COMPLAINT: NO_LAST_DAY, Element.RECOURSE: NO_STEP}


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

    def sightings(self, element: Element) -> list[Sighting]:
        """Every sentence that speaks of an element, those that say enough first."""
        found = [Sighting(item, self._lacks(element, bare)) for item, bare in self._sighted(element)]
        return sorted(found, key=lambda sighting: bool(sighting.lacks))

    @property
    def alleges_illegality(self) -> bool:
        """Whether the text speaks of law rather than of terms, redress and the law on notices aside."""
        alleges, denies = ALLEGES_ILLEGALITY[self.language], DENIES_ILLEGALITY[self.language]
        return any(
            fits(alleges, without(denies, self._cut(Element.GROUND, bare)))
            for _, bare in self._sentences
            if bare not in self._redress
        )

    @property
    def cites_terms(self) -> bool:
        """Whether the text cites a clause of the terms, redress aside."""
        pattern = CITES_TERMS[self.language]
        return any(fits(pattern, bare) for _, bare in self._sentences if bare not in self._redress)

    def _sighted(self, element: Element) -> Iterable[tuple[str, str]]:
        """What speaks of an element. A sentence on complaining is not about the case, whatever else its words fit."""
        of_redress = element in _SPEAKS_OF_REDRESS
        for item, bare in self._sentences:
            if of_redress == (bare in self._redress) and self._speaks_of(element, bare):
                yield item, bare

    def _speaks_of(self, element: Element, bare: str) -> bool:
        if element in _OF_WHAT_IS_DONE and fits(ASIDE[self.language], bare):
            return False
        if element is Element.FACTS:
            # Hollow facts are spoken of, and say too little.
            return _fits_any(SIGHT[self.language][element], bare)
        if element is Element.RECOURSE:
            # So is hollow advice.
            return self._is_vain(bare) or _fits_any(
                SIGHT[self.language][element], self._affirmed(element, bare)
            )
        cut = self._cut(element, bare)
        if element is Element.TERRITORY:
            return self._names_place(cut) and self._is_of_the_measure(cut)
        of_it = element is not Element.DURATION or self._is_of_the_measure(cut, LASTING[self.language])
        return of_it and _fits_any(SIGHT[self.language][element], cut)

    def _cut(self, element: Element, bare: str) -> str:
        """A sentence without what is known to mislead, what denies the element, and what evades it."""
        return self._affirmed(element, _without(CUT[self.language].get(element), bare))

    def _affirmed(self, element: Element, bare: str) -> str:
        """A sentence without what denies the element, and what evades it."""
        return _without(EVADED[self.language], _without(DENIED[self.language].get(element), bare))

    def _is_vain(self, bare: str) -> bool:
        """Whether a sentence says that nothing is in the addressee's power."""
        return fits(POWERLESS[self.language], without(EVADED[self.language], bare))

    def _names_place(self, bare: str) -> bool:
        return _fits_any(SIGHT[self.language][Element.TERRITORY], bare) or names_region(bare, self.language)

    def _is_of_the_measure(self, bare: str, *others: str) -> bool:
        """A place or a time in a sentence on the facts is not that of the measure."""
        language = self.language
        return _fits_any((APPLIES[language], *others, *SIGHT[language][Element.RESTRICTION]), bare)

    def _lacks(self, element: Element, bare: str) -> Said:
        cut = self._cut(element, bare)
        if element is Element.FACTS:
            seen = _fits_any(OBSERVED[self.language], cut) and _fits_any(TESTABLE[self.language], cut)
            return NOTHING_SAID if seen else NO_TEST
        if element is Element.RECOURSE and self._is_vain(bare):
            turns = fits(TURNS[self.language], _without(CUT[self.language].get(element), bare))
            return NOTHING_SAID if turns else NO_TURN
        if element is Element.EXPLANATION:
            return NOTHING_SAID if self._states_facts_and_ground else NO_FACTS
        if element is Element.COMPLAINT and fits(TOO_SHORT[self.language], cut):
            return TOO_EARLY
        enough = ENOUGH[self.language].get(element)
        if enough is None or _fits_any(enough, cut):
            return NOTHING_SAID
        return _LACKING.get(element, NO_END)

    @cached_property
    def _states_facts_and_ground(self) -> bool:
        """A reason explains where the text also states facts and cites its ground."""
        return all(
            any(not found.lacks for found in self.sightings(element))
            for element in (Element.FACTS, Element.GROUND)
        )


def fits(pattern: str, bare: str) -> bool:
    """Whether a pattern fits a text without accents, in either case."""
    return _compiled(pattern).search(bare) is not None


def without(pattern: str, bare: str) -> str:
    """A text without what a pattern fits."""
    return str(_compiled(pattern).sub(" ", bare))


def _without(pattern: str | None, bare: str) -> str:
    return bare if pattern is None else without(pattern, bare)


def _fits_any(patterns: tuple[str, ...], bare: str) -> bool:
    return any(fits(pattern, bare) for pattern in patterns)


@cache
def _compiled(pattern: str) -> "re2._Regexp":
    return re2.compile(f"(?i){pattern}")
