"""A test of a policy as it was written: cases, what each expects, and the one change between two of them.

Not what came of it: that is in `adjudge.trials.result`. Everything that is written with a case and was inherited by it
(the background, the case that it stands beside) has been filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.span import Span
from adjudge.basis.weight import Pair
from adjudge.facts.claim import Claim, Subject
from adjudge.language.package import MeasureKind, Package
from adjudge.outcome import Verdict

INAPPLICABLE = "inapplicable"
"""What a case writes in the place of a verdict for a rule that does not apply. LANGUAGE.md 4.4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRule:
    """What a case expects of one rule. `verdict` is None where it should not apply; weights of None are not asked."""

    rule: RuleId
    verdict: Verdict | None
    for_: int | None = None
    against: int | None = None
    unless: Mapping[str, Pair] = field(default_factory=dict)
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a case expects for one subject. What is None is not checked, nor the kind of a measure that is None."""

    subject: SubjectId
    rules: tuple[ExpectedRule, ...] = ()
    measures: Mapping[RuleId, MeasureKind | None] | None = None
    referred: bool | None = None
    span: Span | None = field(default=None, compare=False)
    measures_span: Span | None = field(default=None, compare=False)
    referred_span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim added (no `old`), dropped (no `new`) or replaced."""

    old: Claim | None
    new: Claim | None


class Setting(StrEnum):
    """What can be changed of the question that a case asks."""

    AT = "at"
    KNOWN_AT = "known_at"
    TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """Another instant or another territory."""

    setting: Setting
    old: Instant | str | None
    new: Instant | str


Change = ClaimChange | SettingChange


@dataclass(frozen=True, slots=True)
class Boundary:
    """That a case is as another one but for one change."""

    beside: str
    change: Change
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One case, whole: the question that it asks, of which version, on which claims, and what it expects.

    A file that lists several versions has each case once for each of them; `listed` is then the one of this run.
    """

    id: str
    title: Mapping[str, str]
    package: Package
    subjects: tuple[Subject, ...]
    claims: tuple[Claim, ...]
    valid_at: Instant
    known_at: Instant
    territory: str | None
    expected: tuple[Expectation, ...]
    boundary: Boundary | None = None
    listed: str | None = None
    span: Span | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The case's own name, with the version where the file lists several."""
        return self.id if self.listed is None else f"{self.id}@{self.listed}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """A verdict that cannot occur, and why. `versions` is None where that is said of every version."""

    rule: RuleId
    verdict: Verdict
    why: Mapping[str, str]
    versions: frozenset[str] | None = None
    span: Span | None = field(default=None, compare=False)

    def is_said_of(self, version: str) -> bool:
        """Whether it is said of a version."""
        return self.versions is None or version in self.versions


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFile:
    """One file of tests."""

    name: str
    policy: str
    trials: tuple[Trial, ...]
    never: tuple[Never, ...]
