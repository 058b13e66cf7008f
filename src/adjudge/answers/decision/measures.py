"""What an outcome calls for, in words: which measure, where and for how long, or none, or a person and why."""

from dataclasses import dataclass

from adjudge.answers.answer import Answer
from adjudge.answers.words import BECAUSE, DISPOSITIONS, MEASURE_AWAITS_PERSON, days_text
from adjudge.basis.said import Said
from adjudge.decisions.adjudicate import Because, Decision, Disposition, PersonReason
from adjudge.decisions.scope import Applied, Extent
from adjudge.decisions.words import MEASURES, detail_text, role_text
from adjudge.language.package import Measure, MeasureKind, Rule
from adjudge.tongues.tongue import Tongue


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


def decision_view(decision: Decision, answer: Answer, tongue: Tongue) -> DecisionView:
    """What to show of a decision."""
    rules = {rule.id: rule for rule in answer.package.rules}
    roles = dict.fromkeys(item.role for item in decision.by_person if item.role)
    return DecisionView(
        disposition=decision.disposition,
        headline=tongue.of(headline(decision)),
        measures=tuple(_measure(item, rules[item.rule], answer, tongue) for item in decision.measures),
        by_person=tuple(_person(item, tongue) for item in decision.by_person),
        evidence_wanted=tuple(tongue.text(rules[rule].title) or rule for rule in decision.evidence_wanted),
        signatures=tuple(role_text(role, tongue) for role in roles),
    )


def headline(decision: Decision) -> Said:
    """A measure that a person must sign has not happened, and the headline must not say so."""
    if decision.disposition is Disposition.MEASURE and decision.by_person:
        return MEASURE_AWAITS_PERSON
    return DISPOSITIONS[decision.disposition]


def _person(reason: PersonReason, tongue: Tongue) -> str:
    because = BECAUSE[reason.because]
    if reason.because is Because.SIGNATURE:
        role = role_text(reason.role, tongue)
        return tongue("`{rule}`: {reason} ({role})", rule=reason.rule, reason=because, role=role)
    return tongue("`{rule}`: {reason}", rule=reason.rule, reason=because)


def _measure(applied: Applied, rule: Rule, answer: Answer, tongue: Tongue) -> MeasureView:
    return MeasureView(
        rule=rule.id,
        rule_title=tongue.text(rule.title) or rule.id,
        kind=measure_text(applied.measure, tongue),
        territory=territory_text(applied.territory, tongue),
        surfaces=surfaces_text(applied.surfaces, tongue),
        duration=duration_text(applied.measure, tongue),
        start=tongue.day(answer.asked.valid_at),
        cure=days_text(rule.cure_days, tongue) if rule.cure_days is not None else "",
    )


def measure_text(measure: Measure, tongue: Tongue) -> str:
    """A measure with its details: `require (certificate: gambling)`."""
    kind = MEASURES[measure.kind]
    details = tongue.parted(
        detail_text(key, value, tongue) for key, value in measure.details.items() if key != "days"
    )
    return tongue("{measure} ({details})", measure=kind, details=details) if details else tongue.of(kind)


def duration_text(measure: Measure, tongue: Tongue) -> str:
    """How long a measure lasts."""
    days = measure.details.get("days")
    if measure.kind is MeasureKind.SUSPEND and isinstance(days, int):
        return days_text(days, tongue)
    return tongue("once") if measure.kind is MeasureKind.NOTIFY else tongue("until lifted")


def territory_text(extent: Extent, tongue: Tongue) -> str:
    """In which countries."""
    names = tongue.listed(tongue.country(code) for code in sorted(extent.names))
    if not extent.all_but:
        return tongue("{names} only", names=names)
    return tongue("worldwide except {names}", names=names) if names else tongue("worldwide")


def surfaces_text(extent: Extent, tongue: Tongue) -> str:
    """On which surfaces."""
    names = tongue.listed(sorted(extent.names))
    if not extent.all_but:
        return tongue("{names} only", names=names)
    return tongue("all surfaces except {names}", names=names) if names else tongue("all surfaces")
