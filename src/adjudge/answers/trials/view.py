"""Tests of a policy as people read them: what a case expected, what was found, why, and where it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from adjudge.answers.claims import says_text
from adjudge.answers.rules.absences import absence_said
from adjudge.answers.rules.trees import ConditionView, rule_views
from adjudge.answers.words import VERDICTS, pair_text, weight_text
from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.span import Span
from adjudge.basis.weight import Pair
from adjudge.decisions.words import MEASURES, VERDICT_WORDS
from adjudge.facts.claim import Claim
from adjudge.language.package import MeasureKind, Rule
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.tongues.tongue import Tongue
from adjudge.trials.model import Change, ClaimChange, ExpectedRule, Setting, SettingChange, Trial
from adjudge.trials.result import (
    Failing,
    NoBoundary,
    ShownNever,
    TrialResult,
    WrongMeasures,
    WrongReferral,
    WrongRule,
)
from adjudge.trials.run import tree_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingView:
    """One thing that is not as expected. `trees` show the rule, where it is about one that applies."""

    place: str
    about: str
    expected: str
    found: str
    why: str = ""
    trees: tuple[ConditionView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """One case: its name, where it stands, what it asks, and in what it fails."""

    id: str
    title: str
    place: str
    asked: str
    failing: tuple[FailingView, ...]


def trial_view(result: TrialResult, tongue: Tongue) -> TrialView:
    """What to show of a case."""
    return TrialView(
        id=result.trial.name,
        title=tongue.text(result.trial.title),
        place=place_text(result.trial.span),
        asked=asked_text(result.trial, tongue),
        failing=tuple(_failing(item, result, tongue) for item in result.failing),
    )


def place_text(span: Span | None) -> str:
    """File and line, as editors and terminals jump to."""
    return f"{span.source.name}:{span.line}" if span is not None else ""


def asked_text(trial: Trial, tongue: Tongue) -> str:
    """When, where, and of which version a case asks."""
    return tongue(
        "asked of version {version} as of {day}, with what was known at {known}, {territory}",
        version=trial.package.version,
        day=tongue.day(trial.valid_at),
        known=tongue.day(trial.known_at),
        territory=territory_text(trial.territory, tongue),
    )


def territory_text(territory: str | None, tongue: Tongue) -> str:
    """Where."""
    return tongue("without a territory") if territory is None else tongue.country(territory)


def change_text(change: Change, tongue: Tongue) -> str:
    """The one change between two cases."""
    match change:
        case SettingChange():
            return tongue(
                "{setting}: {old} becomes {new}",
                setting=change.setting.value,
                old=_setting_text(change.setting, change.old, tongue),
                new=_setting_text(change.setting, change.new, tongue),
            )
        case ClaimChange(old=None, new=Claim() as new):
            return tongue("with the claim {claim}", claim=claim_text(new, tongue))
        case ClaimChange(old=Claim() as old, new=Claim() as new):
            return tongue(
                "the claim {old} becomes {new}", old=claim_text(old, tongue), new=_replacing(old, new, tongue)
            )
        case ClaimChange(old=Claim() as old):
            return tongue("without the claim {claim}", claim=claim_text(old, tongue))
        case _:
            return ""


def _setting_text(setting: Setting, value: Instant | str | None, tongue: Tongue) -> str:
    if isinstance(value, Instant):
        return tongue.day(value)
    return territory_text(value, tongue) if setting is Setting.TERRITORY else str(value)


def claim_text(claim: Claim, tongue: Tongue) -> str:
    """A claim on one line."""
    return tongue(
        "{id} ({fact} {says}, weight {weight})",
        id=claim.id,
        fact=claim.fact,
        says=says_text(claim, tongue),
        weight=weight_text(claim.weight, tongue),
    )


def _replacing(old: Claim, new: Claim, tongue: Tongue) -> str:
    """The claim in its place; with its dates, where nothing else tells them apart."""
    text = claim_text(new, tongue)
    if text != claim_text(old, tongue):
        return text
    return tongue("one of other dates, stance or origin")


def _failing(failing: Failing, result: TrialResult, tongue: Tongue) -> FailingView:
    trial = result.trial
    match failing:
        case WrongRule():
            return _wrong_rule(failing, trial, tongue)
        case WrongMeasures():
            return FailingView(
                place=place_text(failing.expectation.measures_span),
                about=tongue("measures for {subject}", subject=failing.expectation.subject),
                expected=_measures_text(failing.expectation.measures or {}, tongue),
                found=_measures_text(failing.found, tongue),
            )
        case WrongReferral():
            return FailingView(
                place=place_text(failing.expectation.referred_span),
                about=tongue("referral of {subject}", subject=failing.expectation.subject),
                expected=_referral_text(referred=bool(failing.expectation.referred), tongue=tongue),
                found=_referral_text(referred=failing.found, tongue=tongue),
            )
        case ShownNever():
            return FailingView(
                place=place_text(failing.never.span),
                about=about_text(failing.subject, failing.rule.id, tongue),
                expected=tongue(
                    "never {verdict}, since {why}",
                    verdict=VERDICT_WORDS[failing.never.verdict],
                    why=tongue.text(failing.never.why),
                ),
                found=_found_text(failing.found, tongue),
                trees=()
                if _is_shown(failing, result)
                else _trees(trial, failing.subject, failing.rule, tongue),
            )
        case NoBoundary():
            return FailingView(
                place=place_text(failing.boundary.span),
                about=tongue(
                    "is no boundary: the one change to {beside} changes nothing",
                    beside=failing.boundary.beside,
                ),
                expected=tongue(
                    "another verdict of a rule that both cases name, or other measures or referral"
                ),
                found=tongue(
                    "the same in both; the change: {change}",
                    change=change_text(failing.boundary.change, tongue),
                ),
            )


def _is_shown(failing: ShownNever, result: TrialResult) -> bool:
    """Whether the case shows the same tree already, since the rule is not as expected either."""
    wrong = (item for item in result.failing if isinstance(item, WrongRule))
    return any(item.rule is failing.rule and item.subject == failing.subject for item in wrong)


def _wrong_rule(failing: WrongRule, trial: Trial, tongue: Tongue) -> FailingView:
    why = ""
    if failing.absence is not None:
        why = tongue.of(absence_said(failing.absence, trial.package, failing.rule))
    elif failing.found is not None:
        why = tongue.of(VERDICTS[failing.found.verdict])
    return FailingView(
        place=place_text(failing.expected.span),
        about=about_text(failing.subject, failing.rule.id, tongue),
        expected=_expected_text(failing.expected, tongue),
        found=_found_text(failing.found, tongue),
        why=why,
        trees=_trees(trial, failing.subject, failing.rule, tongue) if failing.found is not None else (),
    )


def about_text(subject: SubjectId, rule: RuleId, tongue: Tongue) -> str:
    """Of which rule, for whom."""
    return tongue("{rule} for {subject}", rule=rule, subject=subject)


def _trees(trial: Trial, subject: SubjectId, rule: Rule, tongue: Tongue) -> tuple[ConditionView, ...]:
    return rule_views(tree_of(trial, subject, rule), tongue)


def verdict_text(verdict: Verdict | None, tongue: Tongue) -> str:
    """A verdict, or that the rule does not apply."""
    return tongue("does not apply") if verdict is None else tongue.of(VERDICT_WORDS[verdict])


def _expected_text(expected: ExpectedRule, tongue: Tongue) -> str:
    """The verdict with the weights that were asked for; what was not asked shows as `any`."""
    found = [verdict_text(expected.verdict, tongue)]
    if expected.for_ is not None:
        found.append(tongue("for {weight}", weight=expected.for_))
    if expected.against is not None:
        found.append(tongue("against {weight}", weight=expected.against))
    return ", ".join([*found, *_unless_texts(expected.unless.items(), tongue)])


def _found_text(found: RuleOutcome | None, tongue: Tongue) -> str:
    if found is None:
        return verdict_text(None, tongue)
    weighed = [verdict_text(found.verdict, tongue), pair_text(found.pair, tongue)]
    return ", ".join([*weighed, *_unless_texts(found.unless, tongue)])


def _unless_texts(pairs: Iterable[tuple[str, Pair]], tongue: Tongue) -> list[str]:
    return [tongue("unless {id}: {pair}", id=name, pair=pair_text(pair, tongue)) for name, pair in pairs]


def _measures_text(measures: Mapping[RuleId, MeasureKind | None], tongue: Tongue) -> str:
    """Rules, each with the kind of its measure where that is known."""
    named = [
        tongue("{rule} ({measure})", rule=rule, measure=MEASURES[kind]) if kind is not None else rule
        for rule, kind in sorted(measures.items())
    ]
    return tongue("those of {rules}", rules=tongue.listed(named)) if named else tongue("none")


def _referral_text(*, referred: bool, tongue: Tongue) -> str:
    return tongue("a person must decide") if referred else tongue("nobody needs to decide")
