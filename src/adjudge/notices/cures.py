"""The words that would cure what a statement lacks: from the case where there is one, else as an example.

Only sentences; which of them is wanted is decided by `adjudge.notices.examine`.
"""

from collections.abc import Callable

from adjudge.basis.problem import quoted
from adjudge.basis.said import Country, Said, say, say_plural
from adjudge.decisions.words import MEASURES
from adjudge.evidence.notice import Element
from adjudge.language.package import Rule
from adjudge.notices.background import Background

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
    if known is not None and made is not None:
        return made(known)
    if known is not None and element is Element.EXPLANATION and not known.applied:
        return NO_REASON
    return _EXAMPLES[element]


NO_REASON = say(
    "There is nothing to explain: on what is known, no rule in force is met and no measure follows. Lift the "
    "restriction, or show first what is missing."
)


def _restriction(known: Background) -> Said:
    kinds = tuple(MEASURES[kind] for kind in dict.fromkeys(item.measure.kind for item in known.applied))
    return say("Say what is restricted, and name the measure that follows: {measures}.", measures=kinds)


def _territory(known: Background) -> Said:
    extent = known.applied[0].territory
    if extent.all_but:
        return say("Say where: “This applies worldwide.”")
    names = tuple(Country(name) for name in sorted(extent.names))
    return say("Say where, and that it is only there: {countries}.", countries=names)


def _duration(known: Background) -> Said:
    days = known.applied[0].measure.details.get("days")
    if isinstance(days, int):
        return say_plural(
            "Say from when, and for how long: {count} day.",
            "Say from when, and for how long: {count} days.",
            days,
        )
    return say("Say from when, and that it holds until it is lifted.")


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


_FROM_CASE: dict[Element, Callable[[Background], Said]] = {
    Element.RESTRICTION: _restriction,
    Element.TERRITORY: _territory,
    Element.DURATION: _duration,
    Element.FACTS: _facts,
    Element.GROUND: _ground,
    Element.EXPLANATION: _explanation,
}
