"""What the cases that were run have shown of each version: verdicts, exceptions, boundaries, and what is left.

Counted is what a case names and finds as expected; that a rule happened to have a verdict in another case tests
nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import RuleId
from adjudge.basis.weight import Pair, outweighs
from adjudge.language.package import Package, Rule, Unless
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.trials.model import Never, TrialFile
from adjudge.trials.result import Crossing, FileResult, TrialResult, WrongRule
from adjudge.trials.run import crossings, is_boundary


class Showing(StrEnum):
    """How far an exception was shown, in a case in which its rule is shown to its standard."""

    ESTABLISHED = "established"
    CONTESTED = "contested"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class ExceptionCoverage:
    """How often an exception was seen in each way."""

    id: str
    counts: Mapping[Showing, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCoverage:
    """How often a rule was seen with each verdict; `never` are those that the tests say cannot occur."""

    rule: RuleId
    counts: Mapping[Verdict, int]
    never: frozenset[Verdict]
    exceptions: tuple[ExceptionCoverage, ...]

    @property
    def is_named(self) -> bool:
        """Whether a case names the rule at all."""
        return any(self.counts.values())

    @property
    def possible(self) -> tuple[Verdict, ...]:
        """The verdicts that a case could show; without an exception none is `excepted`."""
        return tuple(
            verdict
            for verdict in Verdict
            if verdict not in self.never and (verdict is not Verdict.EXCEPTED or self.exceptions)
        )

    @property
    def missing(self) -> tuple[Verdict, ...]:
        """The verdicts that no case shows, although they can occur."""
        return tuple(verdict for verdict in self.possible if not self.counts[verdict])

    @property
    def missing_exceptions(self) -> tuple[tuple[str, Showing], ...]:
        """The ways of exceptions that no case shows."""
        return tuple((item.id, way) for item in self.exceptions for way in Showing if not item.counts[way])


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pair of cases: the file, the later of the two, and the rules whose verdict differs."""

    file: str
    result: TrialResult
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCoverage:
    """One version under test."""

    package: Package
    cases: int
    rules: tuple[RuleCoverage, ...]
    pairings: tuple[Pairing, ...]

    @property
    def named(self) -> int:
        """How many rules some case names."""
        return sum(rule.is_named for rule in self.rules)

    @property
    def boundaries(self) -> int:
        """How many pairs of cases show a boundary."""
        return sum(is_boundary(pairing.result) for pairing in self.pairings)

    @property
    def possible(self) -> int:
        """How many verdicts there are to be shown."""
        return sum(len(rule.possible) for rule in self.rules)

    @property
    def shown(self) -> int:
        """How many of them are."""
        return self.possible - sum(len(rule.missing) for rule in self.rules)

    @property
    def ways(self) -> int:
        """How many ways of exceptions there are to be shown."""
        return sum(len(Showing) * len(rule.exceptions) for rule in self.rules)

    @property
    def ways_shown(self) -> int:
        """How many of them are."""
        return self.ways - sum(len(rule.missing_exceptions) for rule in self.rules)


def coverage_of(results: Sequence[FileResult]) -> tuple[VersionCoverage, ...]:
    """Each version that some case tests, the earliest published first."""
    by_version: dict[str, list[tuple[TrialFile, TrialResult]]] = defaultdict(list)
    packages: dict[str, Package] = {}
    for found in results:
        for result in found.results:
            package = result.trial.package
            packages[package.version] = package
            by_version[package.version].append((found.file, result))
    never = [entry for found in results for entry in found.file.never]
    ordered = sorted(packages.values(), key=lambda package: package.published_at)
    return tuple(_version(package, by_version[package.version], never) for package in ordered)


def _version(
    package: Package, cases: Sequence[tuple[TrialFile, TrialResult]], never: Iterable[Never]
) -> VersionCoverage:
    seen: dict[RuleId, list[RuleOutcome]] = defaultdict(list)
    for _, result in cases:
        for outcome in _confirmed(result):
            seen[outcome.rule].append(outcome)
    declared: dict[RuleId, set[Verdict]] = defaultdict(set)
    for entry in never:
        if entry.is_said_of(package.version):
            declared[entry.rule].add(entry.verdict)
    rules = sorted(package.rules, key=lambda rule: rule.id)
    pairings = (Pairing(file.name, result, crossings(result)) for file, result in cases if result.beside)
    return VersionCoverage(
        package=package,
        cases=len(cases),
        rules=tuple(_rule(rule, seen[rule.id], frozenset(declared[rule.id])) for rule in rules),
        pairings=tuple(pairings),
    )


def _confirmed(result: TrialResult) -> Iterable[RuleOutcome]:
    """The outcomes of the rules that a case names and that are as it expects."""
    wrong = {(item.subject, item.rule.id) for item in result.failing if isinstance(item, WrongRule)}
    for expectation in result.trial.expected:
        for expected in expectation.rules:
            found = result.outcomes[expectation.subject].of(expected.rule)
            if found is not None and (expectation.subject, expected.rule) not in wrong:
                yield found


def _rule(rule: Rule, seen: Sequence[RuleOutcome], never: frozenset[Verdict]) -> RuleCoverage:
    verdicts = Counter(outcome.verdict for outcome in seen)
    return RuleCoverage(
        rule=rule.id,
        counts={verdict: verdicts[verdict] for verdict in Verdict},
        never=never,
        exceptions=tuple(_exception(rule, item, seen) for item in rule.unless),
    )


def _exception(rule: Rule, unless: Unless, seen: Iterable[RuleOutcome]) -> ExceptionCoverage:
    """Asked only where `when` is shown: elsewhere the exception decides nothing. LANGUAGE.md 4.2."""
    shown = [outcome for outcome in seen if outweighs(outcome.pair, rule.standard)]
    ways = Counter(showing(dict(outcome.unless)[unless.id], unless.standard) for outcome in shown)
    return ExceptionCoverage(unless.id, {way: ways[way] for way in Showing})


def showing(pair: Pair, standard: int) -> Showing:
    """How far an exception is shown. LANGUAGE.md 4.2."""
    if outweighs(pair, standard):
        return Showing.ESTABLISHED
    return Showing.CONTESTED if pair.for_ >= standard else Showing.SHORT
