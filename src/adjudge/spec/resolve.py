"""The meaning of a package: standards, `unless`, overrides, measures, one outcome. LANGUAGE.md 4, 5.

Pure and total: claims, a subject and an instant in, an outcome out.
"""

from collections.abc import Iterable

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.basis.said import Said
from adjudge.basis.weight import NOTHING_KNOWN, Pair, outweighs
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import View, live, settle
from adjudge.language.expression.syntax import Place
from adjudge.language.package import Dated, MeasureKind, OnUnproven, Package, Rule, RuleKind, Written
from adjudge.outcome import Failure, Outcome, RuleOutcome, Verdict
from adjudge.spec.concrete import Surroundings
from adjudge.spec.evaluate import Situation, pair_of


def outcomes(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """The outcome for every subject, sorted by subject. LANGUAGE.md 5.4, 8."""
    view = settle(live(claims, valid_at, known_at))
    rules = package.in_force(valid_at, known_at, territory)
    around = surroundings(package, valid_at)
    return [outcome_of(subject, rules, view, around) for subject in sorted(subjects, key=lambda s: s.id)]


def surroundings(package: Package, valid_at: Instant) -> Surroundings:
    """The lists and parameters in force at an instant. LANGUAGE.md 3.8."""

    def in_force(table: Dated) -> dict[str, object]:
        entries = {name: package.entry(table, name, valid_at) for name in table}
        return {name: entry.value for name, entry in entries.items() if entry is not None}

    return Surroundings(valid_at, in_force(package.lists), in_force(package.params), package.vocabulary)  # type: ignore[arg-type]  # entries hold plain values


def outcome_of(subject: Subject, rules: Iterable[Rule], view: View, around: Surroundings) -> Outcome:
    """One subject's outcome."""
    concerned = [rule for rule in rules if rule.subject is subject.kind]
    found = {rule.id: rule_outcome(rule, subject, view, around) for rule in concerned}
    met = {rule_id for rule_id, item in found.items() if item.verdict is Verdict.MET}
    return Outcome(
        subject=subject.id,
        rules=tuple(found[rule.id] for rule in concerned),
        measures=_measures(concerned, met),
        referred=any(_refers(rule, found[rule.id].verdict, met) for rule in concerned),
    )


def rule_outcome(rule: Rule, subject: Subject, view: View, around: Surroundings) -> RuleOutcome:
    """One rule for one subject: pairs, verdict, and what erred. LANGUAGE.md 3.7, 4.2."""
    failures: dict[Failure, None] = {}  # in the order in which they were met, each once

    def pair(part: str, condition: Written) -> Pair:
        def report(place: Place, reason: Said) -> None:
            failures[Failure(part, place, reason)] = None

        return pair_of(condition.core, Situation(view, around, subject.id, subject.advertiser, report))

    when = pair("when", rule.when)
    unless = tuple((item.id, pair(item.id, item.when)) for item in rule.unless)
    return RuleOutcome(
        rule=rule.id, verdict=verdict(rule, when, unless), pair=when, unless=unless, failures=tuple(failures)
    )


def verdict(rule: Rule, when: Pair, unless: tuple[tuple[str, Pair], ...]) -> Verdict:
    """The table of LANGUAGE.md 4.2, row by row."""
    standards = {item.id: item.standard for item in rule.unless}
    if when == NOTHING_KNOWN:
        return Verdict.UNKNOWN
    if when.for_ < rule.standard:
        return Verdict.UNPROVEN if when.for_ > when.against else Verdict.REFUTED
    if when.against >= when.for_:
        return Verdict.CONTESTED
    if any(outweighs(pair, standards[name]) for name, pair in unless):
        return Verdict.EXCEPTED
    if any(pair.for_ >= standards[name] for name, pair in unless):
        return Verdict.CONTESTED
    return Verdict.MET


def _measures(rules: list[Rule], met: set[RuleId]) -> tuple[tuple[RuleId, MeasureKind], ...]:
    """5.2: a met rule that is itself overridden still overrides."""
    prevailed = {other for rule in rules if rule.id in met for other in (*rule.overrides, *rule.exempts)}
    return tuple(
        (rule.id, rule.measure.kind)
        for rule in rules
        if rule.id in met and rule.measure is not None and rule.id not in prevailed
    )


def _refers(rule: Rule, found: Verdict, met: set[RuleId]) -> bool:
    """5.4: whether a rule sends the subject to a person."""
    if rule.kind is RuleKind.EXEMPTION:
        return found is Verdict.CONTESTED and any(other in met for other in rule.exempts)
    unproven = found is Verdict.UNPROVEN and rule.on_unproven is OnUnproven.REFER
    return found is Verdict.CONTESTED or unproven
