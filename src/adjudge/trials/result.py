"""What came of a test: for each case the outcomes, and everything in which they are not what was expected."""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.language.package import MeasureKind, Rule
from adjudge.outcome import Outcome, RuleOutcome, Verdict
from adjudge.reasons.absence import Absence
from adjudge.trials.model import Boundary, Expectation, ExpectedRule, Never, Trial, TrialFile


@dataclass(frozen=True, slots=True)
class WrongRule:
    """Another verdict, or other weights. `found` is None where the rule does not apply, and `absence` says why."""

    subject: SubjectId
    rule: Rule
    expected: ExpectedRule
    found: RuleOutcome | None
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class WrongMeasures:
    """Other rules have measures that apply than those that are named, or measures of another kind."""

    expectation: Expectation
    found: Mapping[RuleId, MeasureKind]


@dataclass(frozen=True, slots=True)
class WrongReferral:
    """A person must decide although none was expected to, or the other way round."""

    expectation: Expectation
    found: bool


@dataclass(frozen=True, slots=True)
class ShownNever:
    """A verdict that the tests say cannot occur."""

    subject: SubjectId
    rule: Rule
    never: Never
    found: RuleOutcome


@dataclass(frozen=True, slots=True)
class NoBoundary:
    """The one change between two cases makes no difference to what they both look at."""

    boundary: Boundary


Failing = WrongRule | WrongMeasures | WrongReferral | ShownNever | NoBoundary


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """One case with what was found. It passes where nothing failed."""

    trial: Trial
    outcomes: Mapping[SubjectId, Outcome]
    failing: tuple[Failing, ...]
    beside: "TrialResult | None" = None
    """What came of the case that this one stands beside."""

    @property
    def passes(self) -> bool:
        """Whether everything was as expected."""
        return not self.failing


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file with the results of the cases that were run."""

    file: TrialFile
    results: tuple[TrialResult, ...]

    @property
    def failed(self) -> int:
        """How many cases fail."""
        return sum(not result.passes for result in self.results)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A rule whose verdict differs between the two cases of a boundary. None where it does not apply."""

    subject: SubjectId
    rule: RuleId
    before: Verdict | None
    after: Verdict | None
