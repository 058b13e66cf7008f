"""Whether what one passage points to can be tested: is anything named, and does it agree with the case.

Not the words of the passage, which are for `adjudge.notices.literal`; nor what passages say together, the measures with
their places and times, the grounds with their rules, what can be done: `adjudge.notices.stated`,
`adjudge.notices.paired`, `adjudge.notices.prospects`.
"""

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import quoted
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.evidence.notice import Automation, Element, Pointer, Source
from adjudge.language.package import DecidedBy, MeasureKind
from adjudge.notices.background import Background
from adjudge.notices.deadlines import six_months_after
from adjudge.notices.procedure import can_be
from adjudge.outcome import Verdict
from adjudge.reasons.roles import read_facts

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
    Element.RECOURSE: say("it says not both what can be obtained and which facts it takes or turns on"),
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
        Element.RECOURSE: at.recourse and at.facts,
        Element.COMPLAINT: at.address and at.last_day,
        Element.SETTLEMENT: at.address,
        Element.COURT: True,
    }
    return bool(named[element])


def contradicts(element: Element, pointer: Pointer, known: Background) -> Said:
    """What in the case a pointer contradicts; empty where they agree, or where the case says nothing of it."""
    match element:
        case Element.FACTS:
            return (
                _not_on_record(pointer, known) or _silent(pointer, known) or _beside_the_point(pointer, known)
            )
        case Element.THIRD_PARTY_NOTICES:
            return _not_on_record(pointer, known) or _not_notified(pointer, known) or _source(pointer, known)
        case Element.SOURCE:
            return _source(pointer, known)
        case Element.AUTOMATED_DETECTION:
            return _detection(pointer, known)
        case Element.AUTOMATED_DECISION:
            return _decision(pointer, known)
        case Element.GROUND:
            return _ground(pointer, known)
        case Element.EXPLANATION:
            return _rule(pointer, known)
        case Element.RECOURSE:
            return _undeclared(pointer, known)
        case Element.COMPLAINT | Element.SETTLEMENT:
            return _address(element, pointer, known)
        case _:
            return NOTHING_SAID


NO_MEASURE = say("on what is known, no rule in force is met, and no measure follows")


# --- facts ---


def _not_on_record(pointer: Pointer, known: Background) -> Said:
    """What a third party said need not count for a rule, but it must be on record."""
    for name in pointer.claims:
        if name not in known.claims:
            return say("the claim {claim} is not among those that count on that day", claim=quoted(name))
    return NOTHING_SAID


def _not_notified(pointer: Pointer, known: Background) -> Said:
    """It must have been read in a notice about the one that this is about, or about its advertiser."""
    if known.handling is None:
        return NOTHING_SAID
    read = [known.claims[name] for name in known.handling.notified if name in known.claims]
    documents = {claim.document for claim in read if claim.document is not None}
    about = {known.outcome.subject, *(claim.subject for claim in read)}
    for name in pointer.claims:
        claim = known.claims[name]
        is_read = name in known.handling.notified or claim.document in documents
        if not is_read or claim.subject not in about:
            return say(
                "the claim {claim} was read in no notice of a third party about the one that this is about",
                claim=quoted(name),
            )
    return NOTHING_SAID


def _silent(pointer: Pointer, known: Background) -> Said:
    """A record speaks by what it does not hold only where a rule asks it and nothing in it answers. LANGUAGE.md 3.4."""
    speaking = {name for rule in _deciding(known) for name in known.explanations[rule].silent}
    undeclared = _undeclared(pointer, known)
    for fact in () if undeclared else pointer.facts:
        if fact not in speaking:
            return say("the silence of {fact} decides nothing under a rule that is met", fact=quoted(fact))
    return undeclared


def _undeclared(pointer: Pointer, known: Background) -> Said:
    for fact in pointer.facts:
        if fact not in known.package.vocabulary.facts:
            return say("the vocabulary declares no fact {fact}", fact=quoted(fact))
    return NOTHING_SAID


def _beside_the_point(pointer: Pointer, known: Background) -> Said:
    """Every claim must count for a rule that is met, or be of a fact that it reads: one good claim excuses no other."""
    if not known.met:
        return NOTHING_SAID
    counting = {claim for rule in _deciding(known) for claim in known.counting(rule)}
    read = {name for rule in _deciding(known) for name in read_facts(known.rules[rule].conditions)}
    for name in pointer.claims:
        if name not in counting and known.claims[name].fact not in read:
            return say(
                "the claim {claim} counts for no rule that is met, and none reads it", claim=quoted(name)
            )
    return NOTHING_SAID


def _deciding(known: Background) -> tuple[RuleId, ...]:
    """The rules that are met; where there is none, all that were asked."""
    return tuple(rule for rule in known.explanations if rule in known.met or not known.met)


# --- how it was handled ---


def _source(pointer: Pointer, known: Background) -> Said:
    if pointer.source is None or known.handling is None or pointer.source is known.handling.source:
        return NOTHING_SAID
    return say(
        "by the case, what led to the decision is {source}, not {stated}",
        source=quoted(known.handling.source.value),
        stated=quoted(pointer.source.value),
    )


def _detection(pointer: Pointer, known: Background) -> Said:
    if pointer.automated is None or known.handling is None or pointer.automated is known.handling.detection:
        return NOTHING_SAID
    return say(
        "by the case, automation in the detection is {automated}, not {stated}",
        automated=quoted(known.handling.detection.value),
        stated=quoted(pointer.automated.value),
    )


def _decision(pointer: Pointer, known: Background) -> Said:
    """Against the rules both ways, then against what the case says of it."""
    stated, grounds = pointer.automated, known.grounds
    if stated is None or not grounds:
        return NOTHING_SAID
    if not can_be(stated, known):
        return _against_rules(stated, known)
    handled = known.handling.decision if known.handling else None
    if handled is None or handled is stated:
        return NOTHING_SAID
    return say(
        "by the case, automation in the decision is {automated}, not {stated}",
        automated=quoted(handled.value),
        stated=quoted(stated.value),
    )


def _against_rules(stated: Automation, known: Background) -> Said:
    if stated is Automation.FULLY:
        return say("the rule {rule} leaves the decision to a person", rule=quoted(known.by_person[0].id))
    automated = next(rule for rule in known.grounds if rule.decided_by is DecidedBy.AUTOMATION)
    return say("the rule {rule} leaves the decision to automated means", rule=quoted(automated.id))


# --- ground and rule ---


def _ground(pointer: Pointer, known: Background) -> Said:
    for stated in grounds_of(pointer):
        cited = [rule for rule in known.rules.values() if (rule.ground.source, rule.ground.clause) == stated]
        if not cited:
            return say("no rule in force rests on {clause}", clause=quoted(stated[1]))
        if known.met and not any(rule.id in known.met for rule in cited):
            return say("no rule that is met rests on {clause}", clause=quoted(stated[1]))
    return NOTHING_SAID


def grounds_of(pointer: Pointer) -> tuple[tuple[str, str], ...]:
    """What a pointer cites, as rules cite it: `law` or `terms`, and the clause."""
    return tuple(ground for ground in (("law", pointer.law), ("terms", pointer.terms)) if ground[1])


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
    return NOTHING_SAID if known.applied else NO_MEASURE


# --- redress ---


def _address(element: Element, pointer: Pointer, known: Background) -> Said:
    said = known.handling
    handled = "" if said is None else said.complaint if element is Element.COMPLAINT else said.settlement
    if not handled or _bare(pointer.address) == _bare(handled):
        return NOTHING_SAID
    return say("by the case, the address is {address}", address=handled)


def _bare(address: str) -> str:
    """An address without the marks that lead to the same place."""
    return " ".join(address.split()).removeprefix("mailto:").removesuffix("/").lower()


def too_early(last_day: Instant | None, informed_at: Instant | None) -> Said:
    """DSA Art. 20(1) and (2): at least six months from the day on which the recipient is informed."""
    if informed_at is None or last_day is None:
        return NOTHING_SAID
    least = six_months_after(informed_at)
    return NOTHING_SAID if last_day >= least else say("the last day must be {day} or later", day=least)
