"""The words that would cure what a statement lacks: from the case where there is one, else as an example.

Only sentences; which of them is wanted is decided by `adjudge.notices.examine`.
"""

from collections.abc import Callable

from adjudge.basis.problem import quoted
from adjudge.basis.said import Country, Said, say, say_plural
from adjudge.decisions.course import Stretch
from adjudge.decisions.scope import Applied
from adjudge.decisions.words import MEASURES
from adjudge.evidence.notice import Element
from adjudge.language.package import Rule
from adjudge.notices.background import Background
from adjudge.notices.prospects import own_ways, turning_facts
from adjudge.notices.steps import step_said

_EXAMPLES: dict[Element, Said] = {
    Element.RESTRICTION: say("Say what is restricted: “We no longer run this ad.”"),
    Element.TERRITORY: say("Say where: “This applies in France and Belgium only.”"),
    Element.DURATION: say("Say from when and until when: “From 1 October 2024, for 30 days.”"),
    Element.FACTS: say(
        "State the facts, each with where it is recorded: “On 3 May 2026 the page offered a prescription drug "
        "(capture of that day).”"
    ),
    Element.SOURCE: say("Say what led to it: “We acted on our own initiative, not on a notice.”"),
    Element.AUTOMATED_DETECTION: say(
        "Say how it was found: “No automated means were used to detect this,” or which ones were."
    ),
    Element.AUTOMATED_DECISION: say(
        "Say who decided: “A person took this decision, without automated means,” or how far they went."
    ),
    Element.GROUND: say(
        "Cite the clause or the law, with its version and where it can be read: “Clause 4.2 of the ads terms, version "
        "2024.10.”"
    ),
    Element.EXPLANATION: say(
        "Say why these facts come under that clause: “Clause 4.2 covers whoever …; the register shows that you …”"
    ),
    Element.RECOURSE: say(
        "Say what can be changed or proven so that the measure is lifted, or that nothing can and on what it turns: "
        "“To have this lifted, show us a licence for France.”"
    ),
    Element.THIRD_PARTY_NOTICES: say(
        "Say what third parties' notices said, or that there were none: “No notice of a third party led to this.”"
    ),
    Element.COMPLAINT: say(
        "Say where one may complain free of charge, and the last day, six months on or later: “You may complain at … "
        "until 1 April 2025.”"
    ),
    Element.SETTLEMENT: say(
        "Name settlement out of court: “You may turn to any certified settlement body; the list is at …”"
    ),
    Element.COURT: say("Say that the courts stay open: “You may also go to court at any time.”"),
}


def cure(element: Element, known: Background | None) -> Said:
    """What to write so that an element is stated."""
    made = _FROM_CASE.get(element) if known is not None and known.applied else None
    said = made(known) if known is not None and made is not None else None
    if said is not None:
        return said
    if known is not None and element in _OF_A_MEASURE and not known.applied:
        return NO_REASON
    return _EXAMPLES[element]


_OF_A_MEASURE = frozenset({Element.EXPLANATION, Element.RECOURSE})
"""What no words can state where no measure follows."""
NO_REASON = say(
    "There is nothing to explain: on what is known, no rule in force is met and no measure follows. Lift the "
    "restriction, or show first what is missing."
)


def _restriction(known: Background) -> Said:
    follow = dict.fromkeys(item.applied.measure.kind for item in known.course)
    kinds = tuple(MEASURES[kind] for kind in follow)
    return say("Say what is restricted, and name the measure that follows: {measures}.", measures=kinds)


def _territory(known: Background) -> Said:
    """Of several measures, where each applies."""
    extents = {item.applied.territory for item in known.course}
    if len(extents) > 1:
        places = tuple(dict.fromkeys(_place(item.applied) for item in known.course))
        return say("Say of each measure where it applies: {places}.", places=places)
    extent = extents.pop()
    names = tuple(Country(name) for name in sorted(extent.names))
    if not extent.all_but:
        return say("Say where, and that it is only there: {countries}.", countries=names)
    if names:
        return say("Say where: “This applies worldwide, except in: {countries}.”", countries=names)
    return say("Say where: “This applies worldwide.”")


def _place(applied: Applied) -> Said:
    measure, extent = MEASURES[applied.measure.kind], applied.territory
    names = tuple(Country(name) for name in sorted(extent.names))
    if not extent.all_but:
        return say("{measure} in {countries}", measure=measure, countries=names)
    if names:
        return say("{measure} worldwide except in {countries}", measure=measure, countries=names)
    return say("{measure} worldwide", measure=measure)


def _duration(known: Background) -> Said:
    """Of several measures, the times of each; of one that goes on from an earlier decision, what is left of it."""
    several = len({(item.start, item.end) for item in known.course}) > 1
    if several or any(item.since is not None for item in known.course):
        times = tuple(dict.fromkeys(_time(item) for item in known.course))
        return say("Say of each measure from when and until when it applies: {times}.", times=times)
    days = known.course[0].applied.measure.details.get("days")
    if isinstance(days, int):
        return say_plural(
            "Say from when, and for how long: {count} day.",
            "Say from when, and for how long: {count} days.",
            days,
        )
    return say("Say from when, and that it holds until it is lifted.")


def _time(stretch: Stretch) -> Said:
    measure = MEASURES[stretch.applied.measure.kind]
    if stretch.end is None:
        return say("{measure} from {start} until it is lifted", measure=measure, start=stretch.start)
    return say("{measure} from {start} until {end}", measure=measure, start=stretch.start, end=stretch.end)


def _facts(known: Background) -> Said:
    claims = tuple(quoted(name) for rule in known.grounds for name in known.counting(rule.id)[:_MOST])
    if not claims:
        return _EXAMPLES[Element.FACTS]
    return say("State the facts that count, and where they are recorded: the claims {claims}.", claims=claims)


_MOST = 5


def _ground(known: Background) -> Said:
    return say("Cite the ground: {grounds}.", grounds=tuple(_clause(rule) for rule in known.grounds))


def _clause(rule: Rule) -> Said:
    if rule.ground.source == "terms":
        return say("clause {clause} of the terms", clause=rule.ground.clause)
    return say("{law}", law=rule.ground.clause)


def _explanation(known: Background) -> Said:
    rules = tuple(quoted(rule.id) for rule in known.grounds)
    return say(
        "Say why the facts come under the rule that is met: {rules}, version {version}.",
        rules=rules,
        version=quoted(known.package.version),
    )


def _recourse(known: Background) -> Said:
    """The cheapest way; where there is none, on what the decision turns."""
    ways = own_ways(known.recourse) if known.recourse is not None else ()
    if not ways:
        facts = tuple(quoted(name) for name in turning_facts(known))
        return say(
            "Say that nothing in the addressee's power lifts it, and on which facts it turns: {facts}.",
            facts=facts,
        )
    steps = tuple(step_said(step.action, known.package.vocabulary) for step in ways[0].steps)
    return say("Say what can be done so that no measure remains; the least is: {steps}.", steps=steps)


def _notice(known: Background) -> Said | None:
    """What the notice said that led to it, where one did; else the example will do."""
    handling = known.handling
    if handling is None or not handling.notified:
        return None
    claims = tuple(quoted(name) for name in handling.notified)
    return say(
        "Say that a notice of a third party led to it, and what it said: the claims {claims}.", claims=claims
    )


_FROM_CASE: dict[Element, Callable[[Background], Said | None]] = {
    Element.RESTRICTION: _restriction,
    Element.TERRITORY: _territory,
    Element.DURATION: _duration,
    Element.FACTS: _facts,
    Element.GROUND: _ground,
    Element.EXPLANATION: _explanation,
    Element.RECOURSE: _recourse,
    Element.SOURCE: _notice,
    Element.THIRD_PARTY_NOTICES: _notice,
}
