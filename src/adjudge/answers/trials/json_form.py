"""Results of tests for programs: every case, what failed and why, what is covered. Words of machines, ISO dates."""

from collections.abc import Mapping, Sequence

from adjudge.answers.rules.tree_json import JsonTree, claim_form, rule_tree_form
from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.span import Span
from adjudge.language.package import MeasureKind, Rule
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.tongues.tongue import Tongue
from adjudge.trials.coverage import Pairing, RuleCoverage, VersionCoverage
from adjudge.trials.model import INAPPLICABLE, Change, ExpectedRule, SettingChange, Trial
from adjudge.trials.result import (
    Failing,
    FileResult,
    NoBoundary,
    ShownNever,
    TrialResult,
    WrongMeasures,
    WrongReferral,
    WrongRule,
)
from adjudge.trials.run import tree_of

FORMAT = "adjudge-tests/1"


def trials_form(
    results: Sequence[FileResult], coverage: Sequence[VersionCoverage], tongue: Tongue
) -> JsonTree:
    """Everything that was run. `language` is that of the texts for people."""
    cases = sum(len(result.results) for result in results)
    failed = sum(result.failed for result in results)
    return {
        "format": FORMAT,
        "language": tongue.code,
        "cases": cases,
        "failed": failed,
        "files": [
            {"file": result.file.name, "cases": [_trial(item, tongue) for item in result.results]}
            for result in results
        ],
        "coverage": [_version(version) for version in coverage],
    }


def _trial(result: TrialResult, tongue: Tongue) -> JsonTree:
    trial = result.trial
    return {
        "case": trial.id,
        "title": tongue.text(trial.title),
        **_place(trial.span),
        "version": trial.package.version,
        "valid_at": str(trial.valid_at),
        "known_at": str(trial.known_at),
        "territory": trial.territory,
        "passes": result.passes,
        "failing": [_failing(item, trial, tongue) for item in result.failing],
    }


def _place(span: Span | None) -> JsonTree:
    return {"file": span.source.name, "line": span.line} if span is not None else {}


def _failing(failing: Failing, trial: Trial, tongue: Tongue) -> JsonTree:
    match failing:
        case WrongRule():
            return {
                "kind": "rule",
                **_place(failing.expected.span),
                "subject": failing.subject,
                "rule": failing.rule.id,
                "expected": _expected(failing.expected),
                "found": _found(failing.found),
                "absence": failing.absence.value if failing.absence is not None else None,
                "tree": _tree(trial, failing.subject, failing.rule, tongue) if failing.found else None,
            }
        case WrongMeasures():
            return {
                "kind": "measures",
                **_place(failing.expectation.measures_span),
                "subject": failing.expectation.subject,
                "expected": _measures(failing.expectation.measures or {}),
                "found": _measures(failing.found),
            }
        case WrongReferral():
            return {
                "kind": "referred",
                **_place(failing.expectation.referred_span),
                "subject": failing.expectation.subject,
                "expected": failing.expectation.referred,
                "found": failing.found,
            }
        case ShownNever():
            return {
                "kind": "never",
                **_place(failing.never.span),
                "subject": failing.subject,
                "rule": failing.rule.id,
                "verdict": failing.never.verdict.value,
                "why": tongue.text(failing.never.why),
                "found": _found(failing.found),
                "tree": _tree(trial, failing.subject, failing.rule, tongue),
            }
        case NoBoundary():
            boundary = failing.boundary
            change = change_form(boundary.change)
            return {"kind": "boundary", **_place(boundary.span), "beside": boundary.beside, "change": change}


def _measures(measures: Mapping[RuleId, MeasureKind | None]) -> JsonTree:
    """Rules with the kinds of their measures; null where no kind is asked for."""
    return {rule: kind.value if kind is not None else None for rule, kind in sorted(measures.items())}


def _tree(trial: Trial, subject: SubjectId, rule: Rule, tongue: Tongue) -> JsonTree:
    return rule_tree_form(tree_of(trial, subject, rule), tongue)


def _expected(expected: ExpectedRule) -> JsonTree:
    return {
        "verdict": _verdict(expected.verdict),
        "for": expected.for_,
        "against": expected.against,
        "unless": {name: list(pair) for name, pair in expected.unless.items()},
    }


def _found(found: RuleOutcome | None) -> JsonTree:
    if found is None:
        return {"verdict": INAPPLICABLE}
    return {
        "verdict": found.verdict.value,
        "for": found.pair.for_,
        "against": found.pair.against,
        "unless": {name: list(pair) for name, pair in found.unless},
    }


def _verdict(verdict: Verdict | None) -> str:
    return verdict.value if verdict is not None else INAPPLICABLE


def change_form(change: Change) -> JsonTree:
    """The one change of a boundary."""
    if isinstance(change, SettingChange):
        old = None if change.old is None else str(change.old)
        return {"setting": change.setting.value, "old": old, "new": str(change.new)}
    return {
        "claim": {
            "old": claim_form(change.old) if change.old is not None else None,
            "new": claim_form(change.new) if change.new is not None else None,
        }
    }


def _version(version: VersionCoverage) -> JsonTree:
    return {
        "version": version.package.version,
        "cases": version.cases,
        "rules": [_rule(rule) for rule in version.rules],
        "boundaries": [_pairing(pairing) for pairing in version.pairings],
    }


def _rule(rule: RuleCoverage) -> JsonTree:
    return {
        "rule": rule.rule,
        "named": rule.is_named,
        "verdicts": {verdict.value: count for verdict, count in rule.counts.items()},
        "never": sorted(verdict.value for verdict in rule.never),
        "missing": [verdict.value for verdict in rule.missing],
        "exceptions": [
            {"id": item.id, **{way.value: count for way, count in item.counts.items()}}
            for item in rule.exceptions
        ],
    }


def _pairing(pairing: Pairing) -> JsonTree:
    trial, boundary = pairing.result.trial, pairing.result.trial.boundary
    return {
        "case": trial.id,
        "beside": boundary.beside if boundary else None,
        **_place(trial.span),
        "change": change_form(boundary.change) if boundary else None,
        "crossings": [
            {
                "subject": item.subject,
                "rule": item.rule,
                "before": _verdict(item.before),
                "after": _verdict(item.after),
            }
            for item in pairing.crossings
        ],
    }
