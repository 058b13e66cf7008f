"""Runs the cases of tests: evaluates each twice, compares what was found with what is expected.

Pure. The point engine evaluates, and the spec evaluates again: a test that passes on an engine that errs proves
nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.engines.point.engine import PointEngine
from adjudge.errors import BugError
from adjudge.facts.settle import live, settle
from adjudge.language.package import MeasureKind, Package, Rule
from adjudge.outcome import Outcome, RuleOutcome, Verdict, agree
from adjudge.reasons.absence import Absence, absence_of
from adjudge.reasons.explain import Reader
from adjudge.reasons.tree import RuleTree, rule_tree
from adjudge.spec.resolve import outcomes as by_spec
from adjudge.spec.resolve import surroundings
from adjudge.trials.model import Expectation, ExpectedRule, Never, Trial, TrialFile
from adjudge.trials.result import (
    Crossing,
    Failing,
    FileResult,
    NoBoundary,
    ShownNever,
    TrialResult,
    WrongMeasures,
    WrongReferral,
    WrongRule,
)

REPORT = "please report this with the test; its result is not shown"
Chosen = Callable[[Trial], bool]


def run_files(files: Sequence[TrialFile], chosen: Chosen = lambda _: True) -> tuple[FileResult, ...]:
    """Run the chosen cases of some files. What one of them says can never occur is held against all."""
    runner = _Runner(tuple(entry for file in files for entry in file.never))
    return tuple(runner.file(file, chosen) for file in files)


@dataclass(slots=True)
class _Runner:
    """Keeps a compiled engine for each version."""

    never: tuple[Never, ...]
    engines: dict[int, PointEngine] = field(default_factory=dict)

    def file(self, file: TrialFile, chosen: Chosen) -> FileResult:
        """The chosen cases, and silently those that they stand beside."""
        needed = _needed(file.trials, chosen)
        found: dict[_Key, TrialResult] = {}
        for trial in file.trials:
            if _key(trial) in needed:
                found[_key(trial)] = self.trial(trial, found)
        return FileResult(file, tuple(found[_key(trial)] for trial in file.trials if chosen(trial)))

    def trial(self, trial: Trial, earlier: "dict[_Key, TrialResult]") -> TrialResult:
        """One case."""
        outcomes = {outcome.subject: outcome for outcome in self.outcomes(trial)}
        beside = earlier[trial.boundary.beside, trial.listed] if trial.boundary else None
        failing = [
            *(item for expectation in trial.expected for item in _compared(trial, expectation, outcomes)),
            *self.shown_never(trial, outcomes.values()),
        ]
        result = TrialResult(trial=trial, outcomes=outcomes, failing=tuple(failing), beside=beside)
        if trial.boundary is None or is_boundary(result):
            return result
        failing.append(NoBoundary(trial.boundary))
        return TrialResult(trial=trial, outcomes=outcomes, failing=tuple(failing), beside=beside)

    def outcomes(self, trial: Trial) -> list[Outcome]:
        """By the engine; raises BugError where the spec finds something else."""
        engine = self.engine(trial.package)
        valid_at, known_at, territory = trial.valid_at, trial.known_at, trial.territory
        found = engine.outcomes(
            trial.claims, trial.subjects, valid_at=valid_at, known_at=known_at, territory=territory
        )
        spec = by_spec(
            trial.package,
            trial.claims,
            trial.subjects,
            valid_at=valid_at,
            known_at=known_at,
            territory=territory,
        )
        if len(found) != len(spec) or not all(map(agree, found, spec)):
            message = f"the engine and the spec differ on the case {trial.id}: {found} against {spec}"
            raise BugError(message, hint=REPORT)
        return found

    def engine(self, package: Package) -> PointEngine:
        """The compiled package."""
        key = id(package)
        if key not in self.engines:
            self.engines[key] = PointEngine(package)
        return self.engines[key]

    def shown_never(self, trial: Trial, outcomes: Iterable[Outcome]) -> Iterable[Failing]:
        """What occurs although it cannot."""
        impossible = {
            (entry.rule, entry.verdict): entry
            for entry in self.never
            if entry.is_said_of(trial.package.version)
        }
        for outcome in outcomes:
            for item in outcome.rules:
                entry = impossible.get((item.rule, item.verdict))
                if entry is not None:
                    yield ShownNever(outcome.subject, rule_of(trial, item.rule), entry, item)


_Key = tuple[str, str | None]
"""What one run of a case is found by in its file: the case's name, and the version where the file lists several."""


def _key(trial: Trial) -> _Key:
    return trial.id, trial.listed


def _needed(trials: Iterable[Trial], chosen: Chosen) -> set[_Key]:
    """The chosen cases and all that they stand beside, at any remove."""
    by_key = {_key(trial): trial for trial in trials}
    needed: set[_Key] = set()
    for trial in by_key.values():
        current: Trial | None = trial if chosen(trial) else None
        while current is not None and _key(current) not in needed:
            needed.add(_key(current))
            current = by_key[current.boundary.beside, current.listed] if current.boundary else None
    return needed


def rule_of(trial: Trial, rule: RuleId) -> Rule:
    """A rule of the version under test; names were checked when the file was read."""
    return next(item for item in trial.package.rules if item.id == rule)


def _compared(
    trial: Trial, expectation: Expectation, outcomes: dict[SubjectId, Outcome]
) -> Iterable[Failing]:
    outcome = outcomes[expectation.subject]
    for expected in expectation.rules:
        found = outcome.of(expected.rule)
        if not _is_as_expected(expected, found):
            rule = rule_of(trial, expected.rule)
            yield WrongRule(expectation.subject, rule, expected, found, _absence(trial, rule))
    measures = dict(outcome.measures)
    if expectation.measures is not None and not _are_as_expected(expectation.measures, measures):
        yield WrongMeasures(expectation, measures)
    if expectation.referred is not None and outcome.referred is not expectation.referred:
        yield WrongReferral(expectation, outcome.referred)


def _absence(trial: Trial, rule: Rule) -> Absence | None:
    return absence_of(
        trial.package,
        rule,
        valid_at=trial.valid_at,
        known_at=trial.known_at,
        territory=trial.territory,
    )


def _are_as_expected(
    expected: Mapping[RuleId, MeasureKind | None], found: Mapping[RuleId, MeasureKind]
) -> bool:
    """Whether exactly these rules have measures, each of the kind that is asked for."""
    return expected.keys() == found.keys() and all(
        kind in {None, found[rule]} for rule, kind in expected.items()
    )


def _is_as_expected(expected: ExpectedRule, found: RuleOutcome | None) -> bool:
    if found is None or expected.verdict is None:
        return found is None and expected.verdict is None
    unless = dict(found.unless)
    return (
        found.verdict is expected.verdict
        and expected.for_ in {None, found.pair.for_}
        and expected.against in {None, found.pair.against}
        and all(unless[name] == pair for name, pair in expected.unless.items())
    )


def tree_of(trial: Trial, subject: SubjectId, rule: Rule) -> RuleTree:
    """The tree of a rule in a case, to show why it has the verdict that it has."""
    claims = live(trial.claims, trial.valid_at, trial.known_at)
    reader = Reader(claims, settle(claims), surroundings(trial.package, trial.valid_at))
    return rule_tree(rule, next(item for item in trial.subjects if item.id == subject), reader)


def is_boundary(result: TrialResult) -> bool:
    """Whether the one change makes a difference to something that the two cases look at."""
    return bool(crossings(result)) or _has_other_effects(result)


def crossings(result: TrialResult) -> tuple[Crossing, ...]:
    """The rules that both cases name and that have another verdict in each."""
    if result.beside is None:
        return ()
    named = {(e.subject, item.rule) for e in result.beside.trial.expected for item in e.rules}
    found = []
    for subject, rule in ((e.subject, item.rule) for e in result.trial.expected for item in e.rules):
        before, after = _verdict(result.beside, subject, rule), _verdict(result, subject, rule)
        if (subject, rule) in named and before is not after:
            found.append(Crossing(subject, rule, before, after))
    return tuple(found)


def _verdict(result: TrialResult, subject: SubjectId, rule: RuleId) -> Verdict | None:
    found = result.outcomes[subject].of(rule)
    return found.verdict if found is not None else None


def _has_other_effects(result: TrialResult) -> bool:
    """Whether measures or referral differ of a subject that both name, and of which one of them expects these."""
    if result.beside is None:
        return False
    before = {expectation.subject: expectation for expectation in result.beside.trial.expected}
    for after in result.trial.expected:
        other = before.get(after.subject)
        if other is None:
            continue
        one, two = result.beside.outcomes[after.subject], result.outcomes[after.subject]
        looks_at_measures = other.measures is not None or after.measures is not None
        looks_at_referral = other.referred is not None or after.referred is not None
        if (looks_at_measures and one.measures != two.measures) or (
            looks_at_referral and one.referred is not two.referred
        ):
            return True
    return False
