"""A notice without marks, in one language: what the patterns find in it, and little that the case can say of that.

Not proof of anything: patterns find words. What is found is marked as found by pattern wherever it is shown.
"""

from collections.abc import Iterable
from dataclasses import replace

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.said import NOTHING_SAID, say
from adjudge.evidence.notice import Element
from adjudge.language.package import Rule
from adjudge.notices.background import Background
from adjudge.notices.days import days_in
from adjudge.notices.examination import Reading, Status
from adjudge.notices.literal import holds_part
from adjudge.notices.pointers import NO_MEASURE, too_early
from adjudge.notices.search import Search, Sighting

NOT_SIGHTED = say("no sentence was found that states it")
NO_SUCH_CLAUSE = say("no rule in force rests on what it cites")
NOT_THAT_CLAUSE = say("no rule that is met rests on what it cites")
NOT_SEARCHED = say("a text in this language is not searched: mark the passages")
_OF_MEASURES = frozenset({Element.RESTRICTION, Element.EXPLANATION, Element.RECOURSE})
"""What nothing can state where no measure follows."""


def seen(
    element: Element, search: Search | None, known: Background | None, informed_at: Instant | None
) -> Reading:
    """What the patterns find of an element. A ground must be that of a rule, a last day six months on."""
    if search is None:
        return Reading(Status.MISSING, why=NOT_SEARCHED)
    sightings = sorted(
        _compared(element, search, known, informed_at), key=lambda sighting: bool(sighting.lacks)
    )
    if not sightings:
        return Reading(Status.MISSING, why=NOT_SIGHTED)
    best = sightings[0]
    status = Status.TOO_VAGUE if best.lacks else Status.PRESENT
    return Reading(status, best.sentence, best.lacks, by_pattern=True)


def _compared(
    element: Element, search: Search, known: Background | None, informed_at: Instant | None
) -> Iterable[Sighting]:
    sightings = search.sightings(element)
    if known is not None and not known.applied and element in _OF_MEASURES:
        return [replace(sighting, lacks=NO_MEASURE) for sighting in sightings]
    if element is Element.COMPLAINT:
        return [_with_last_day(sighting, search.language, informed_at) for sighting in sightings]
    if element is Element.GROUND and known is not None:
        return list(_against_the_rules(sightings, known))
    return sightings


def _with_last_day(sighting: Sighting, language: str, informed_at: Instant | None) -> Sighting:
    """The last of the days in a sentence on complaining, compared with the day of the notice."""
    days = days_in(sighting.sentence, language)
    if sighting.lacks or not days:
        return sighting
    return replace(sighting, lacks=too_early(start_of_day(days[-1]), informed_at))


def _against_the_rules(sightings: Iterable[Sighting], known: Background) -> Iterable[Sighting]:
    for sighting in sightings:
        cited = {rule for rule in known.rules if _cites(sighting.sentence, known.rules[rule])}
        lacks = NOTHING_SAID
        if not cited:
            lacks = NO_SUCH_CLAUSE
        elif known.met and not cited & known.met:
            lacks = NOT_THAT_CLAUSE
        yield replace(sighting, lacks=sighting.lacks or lacks)


def _cites(sentence: str, rule: Rule) -> bool:
    """Whether a sentence holds the id of a rule, its clause, or a part of the law that it cites."""
    parts = [part.strip() for part in rule.ground.clause.split(";")]
    return any(holds_part(sentence, part) for part in (str(rule.id), *parts))
