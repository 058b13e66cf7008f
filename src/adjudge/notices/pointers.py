"""Whether what a passage points to can be tested: is anything named, and does it agree with the case.

Not the words of the passage: that they stand in the text is checked where a notice is read.
"""

from adjudge.basis.problem import quoted
from adjudge.basis.said import NOTHING_SAID, Country, Said, say, say_plural
from adjudge.decisions.words import MEASURES, VERDICT_WORDS
from adjudge.evidence.notice import Automation, Element, Pointer, Source
from adjudge.language.package import DecidedBy, MeasureKind
from adjudge.notices.background import Background
from adjudge.notices.deadlines import six_months_after
from adjudge.outcome import Verdict

_LACKS = {
    Element.RESTRICTION: say("it names no kind of measure"),
    Element.TERRITORY: say("it names no territory"),
    Element.DURATION: say("it says not both from when and until when"),
    Element.FACTS: say("it points to no claim and to no complete record"),
    Element.SOURCE: say("it does not say what led to the decision"),
    Element.AUTOMATED_DETECTION: say("it does not say how far automated means went"),
    Element.AUTOMATED_DECISION: say("it does not say how far automated means went"),
    Element.GROUND: say("it cites neither a law nor a clause of the terms"),
    Element.EXPLANATION: say("it names no rule with its version"),
    Element.THIRD_PARTY_NOTICES: say("it points to no notice of a third party, nor says that there was none"),
    Element.COMPLAINT: say("it names not both where to complain and the last day"),
    Element.SETTLEMENT: say("it does not say where"),
    Element.COURT: NOTHING_SAID,
}


def lacks(element: Element, pointer: Pointer) -> Said:
    """Why a pointer points to nothing that could be tested; empty where it does."""
    return NOTHING_SAID if _names_something(element, pointer) else _LACKS[element]


def _names_something(element: Element, at: Pointer) -> bool:
    """By element; the courts need no pointer, since their addresses are nobody's secret."""
    if element is Element.DURATION:
        return at.start is not None and bool(at.days or at.end or at.until_lifted)
    if element is Element.THIRD_PARTY_NOTICES:
        return bool(at.claims) or at.source is Source.OWN_INITIATIVE
    named: dict[Element, object] = {
        Element.RESTRICTION: at.measure in set(MeasureKind),
        Element.TERRITORY: at.territory or at.worldwide,
        Element.FACTS: at.claims or at.facts,
        Element.SOURCE: at.source,
        Element.AUTOMATED_DETECTION: at.automated,
        Element.AUTOMATED_DECISION: at.automated,
        Element.GROUND: at.law or at.terms,
        Element.EXPLANATION: at.rule and at.version,
        Element.COMPLAINT: at.address and at.last_day,
        Element.SETTLEMENT: at.address,
        Element.COURT: True,
    }
    return bool(named[element])


def contradicts(element: Element, pointer: Pointer, known: Background) -> Said:
    """What in the case a pointer contradicts; empty where they agree, or where the case says nothing of it."""
    match element:
        case Element.RESTRICTION:
            return _measure(pointer, known)
        case Element.TERRITORY:
            return _territory(pointer, known)
        case Element.DURATION:
            return _duration(pointer, known)
        case Element.FACTS:
            return _facts(pointer, known)
        case Element.THIRD_PARTY_NOTICES:
            return _not_counting(pointer, known)
        case Element.AUTOMATED_DECISION:
            return _automation(pointer, known)
        case Element.GROUND:
            return _ground(pointer, known)
        case Element.EXPLANATION:
            return _rule(pointer, known)
        case Element.COMPLAINT:
            return _last_day(pointer, known)
        case _:
            return NOTHING_SAID


NO_MEASURE = say("on what is known, no rule in force is met, and no measure follows")


def _measure(pointer: Pointer, known: Background) -> Said:
    if not known.applied:
        return NO_MEASURE
    kinds = sorted({item.measure.kind for item in known.applied})
    words = tuple(MEASURES[kind] for kind in kinds)
    if pointer.measure in kinds:
        return NOTHING_SAID
    return say("what follows is {measures}, not {stated}", measures=words, stated=quoted(pointer.measure))


def _territory(pointer: Pointer, known: Background) -> Said:
    for item in known.applied:
        extent = item.territory
        if pointer.worldwide if extent.all_but else pointer.territory == extent.names:
            return NOTHING_SAID
    if not known.applied:
        return NO_MEASURE
    extent = known.applied[0].territory
    if extent.all_but:
        return say("what follows is not limited to these countries")
    names = tuple(Country(name) for name in sorted(extent.names))
    return say("what follows is limited to: {countries}", countries=names)


def _duration(pointer: Pointer, known: Background) -> Said:
    lengths = [item.measure.details.get("days") for item in known.applied]
    limited = [days for days in lengths if isinstance(days, int)]
    if not known.applied:
        return NO_MEASURE
    if pointer.end and any((item.start, item.end) == (pointer.start, pointer.end) for item in known.course):
        return NOTHING_SAID
    if pointer.until_lifted and len(limited) < len(lengths):
        return NOTHING_SAID
    if limited and (pointer.days or pointer.end):
        fits = pointer.days is None or pointer.days in limited
        return (
            NOTHING_SAID
            if fits
            else say_plural(
                "the rule's measure lasts {count} day", "the rule's measure lasts {count} days", limited[0]
            )
        )
    return say("the rule's measure does not last so long or so short")


def _not_counting(pointer: Pointer, known: Background) -> Said:
    """What a third party said need not count for a rule, but it must be on record."""
    for name in pointer.claims:
        if name not in known.claims:
            return say("the claim {claim} is not among those that count on that day", claim=quoted(name))
    return NOTHING_SAID


def _facts(pointer: Pointer, known: Background) -> Said:
    unknown = _not_counting(pointer, known)
    if unknown:
        return unknown
    for fact in pointer.facts:
        if fact not in known.package.vocabulary.facts:
            return say("the vocabulary declares no fact {fact}", fact=quoted(fact))
    counted = {claim for rule in known.grounds for claim in known.counting(rule.id)}
    if pointer.claims and known.grounds and not counted & set(pointer.claims):
        return say("none of these claims counts for a rule that is met")
    return NOTHING_SAID


def _automation(pointer: Pointer, known: Background) -> Said:
    by_person = [rule for rule in known.grounds if rule.decided_by is DecidedBy.PERSON]
    if pointer.automated is Automation.FULLY and by_person:
        return say("the rule {rule} leaves the decision to a person", rule=quoted(by_person[0].id))
    return NOTHING_SAID


def _ground(pointer: Pointer, known: Background) -> Said:
    stated = ("law", pointer.law) if pointer.law else ("terms", pointer.terms)
    cited = [rule for rule in known.rules.values() if (rule.ground.source, rule.ground.clause) == stated]
    if not cited:
        return say("no rule in force rests on {clause}", clause=quoted(stated[1]))
    if known.met and not any(rule.id in known.met for rule in cited):
        return say("no rule that is met rests on {clause}", clause=quoted(stated[1]))
    return NOTHING_SAID


def _rule(pointer: Pointer, known: Background) -> Said:
    found = known.outcome.of(pointer.rule) if pointer.rule else None
    rule = quoted(pointer.rule or "")
    if found is None:
        return say("no rule {rule} is in force there for the one that the notice is about", rule=rule)
    if pointer.version != known.package.version:
        return say(
            "the version in force is {version}, not {stated}",
            version=quoted(known.package.version),
            stated=quoted(pointer.version),
        )
    if found.verdict is not Verdict.MET:
        return say("the rule {rule} is not met: {verdict}", rule=rule, verdict=VERDICT_WORDS[found.verdict])
    return NOTHING_SAID


def _last_day(pointer: Pointer, known: Background) -> Said:
    """DSA Art. 20(1) and (2): at least six months from the day on which the recipient is informed."""
    if known.informed_at is None or pointer.last_day is None:
        return NOTHING_SAID
    least = six_months_after(known.informed_at)
    if pointer.last_day >= least:
        return NOTHING_SAID
    return say("the last day must be {day} or later", day=least)
