"""What an outcome calls for, in words: which measure, where and for how long, or none, or a person and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.answers.answer import Answer
from adjudge.answers.dates import day_text
from adjudge.answers.words import BECAUSE, DISPOSITIONS, MEASURE_AWAITS_PERSON, MEASURES, days_text, text_in
from adjudge.decisions.adjudicate import Because, Decision, Disposition, PersonReason
from adjudge.decisions.scope import Applied, Extent
from adjudge.language.package import Measure, MeasureKind, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """One measure where it takes effect."""

    rule: str
    rule_title: str
    kind: str
    territory: str
    surfaces: str
    duration: str
    start: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """The decision that the outcome calls for."""

    disposition: Disposition
    headline: str
    measures: tuple[MeasureView, ...]
    by_person: tuple[str, ...]
    evidence_wanted: tuple[str, ...]
    signatures: tuple[str, ...] = ()
    """The roles whose signature is needed, each once: `legal`."""


def decision_view(decision: Decision, answer: Answer, language: str) -> DecisionView:
    """What to show of a decision."""
    rules = {rule.id: rule for rule in answer.package.rules}
    wanted = tuple(text_in(rules[rule].title, language) or rule for rule in decision.evidence_wanted)
    return DecisionView(
        disposition=decision.disposition,
        headline=_headline(decision),
        measures=tuple(_measure(item, rules[item.rule], answer, language) for item in decision.measures),
        by_person=tuple(_person(item) for item in decision.by_person),
        evidence_wanted=wanted,
        signatures=tuple(dict.fromkeys(item.role for item in decision.by_person if item.role)),
    )


def _headline(decision: Decision) -> str:
    """A measure that a person must sign has not happened, and the headline must not say so."""
    if decision.disposition is Disposition.MEASURE and decision.by_person:
        return MEASURE_AWAITS_PERSON
    return DISPOSITIONS[decision.disposition]


def _person(reason: PersonReason) -> str:
    if reason.because is Because.SIGNATURE:
        return f"`{reason.rule}`: {BECAUSE[reason.because]} ({reason.role})"
    return f"`{reason.rule}`: {BECAUSE[reason.because]}"


def _measure(applied: Applied, rule: Rule, answer: Answer, language: str) -> MeasureView:
    return MeasureView(
        rule=rule.id,
        rule_title=text_in(rule.title, language) or rule.id,
        kind=measure_text(applied.measure, language),
        territory=extent_text(applied.territory, "worldwide"),
        surfaces=extent_text(applied.surfaces, "all surfaces"),
        duration=duration_text(applied.measure),
        start=day_text(answer.asked.valid_at),
        cure=days_text(rule.cure_days) if rule.cure_days is not None else "",
    )


def measure_text(measure: Measure, language: str) -> str:
    """A measure with its details: `require (certificate: gambling)`."""
    details = []
    for key, value in measure.details.items():
        if key != "days":
            shown = text_in(value, language) if isinstance(value, Mapping) else str(value)
            details.append(f"{key.replace('_', ' ')}: {shown}")
    word = MEASURES[measure.kind]
    return f"{word} ({'; '.join(details)})" if details else word


def duration_text(measure: Measure) -> str:
    """How long a measure lasts."""
    days = measure.details.get("days")
    if measure.kind is MeasureKind.SUSPEND and isinstance(days, int):
        return days_text(days)
    return "once" if measure.kind is MeasureKind.NOTIFY else "until lifted"


def extent_text(extent: Extent, everything: str) -> str:
    """Where, in words."""
    names = ", ".join(sorted(extent.names))
    if not extent.all_but:
        return f"{names} only"
    return f"{everything} except {names}" if names else everything
