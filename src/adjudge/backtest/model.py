"""What a backtest found, as values: counts with money, each with the name of the list behind it.

Not sentences: `adjudge.answers.backtests` says these values. A `Cell` is a filter over the rows that are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from adjudge.backtest.question import Question
from adjudge.basis.ids import FactName, RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind
from adjudge.outcome import Verdict

NONE = "none"
"""Where a kind of measure would stand and none applies."""
Spend = tuple[tuple[str, Decimal], ...]
"""Exact sums by currency, sorted by it. Two currencies are never added."""


class Change(StrEnum):
    """What becomes of a subject's measures. The severest kind counts; `OTHERWISE` keeps it by other rules or kinds."""

    RESTRICTED = "restricted"
    SEVERER = "severer"
    OTHERWISE = "otherwise"
    MILDER = "milder"
    RELEASED = "released"
    SAME = "same"


class Owed(StrEnum):
    """Which notice a change would call for."""

    MEASURE = "measure"
    ALTERED = "altered"
    LIFTING = "lifting"


class Way(StrEnum):
    """What recourse a subject has under the new version, at best."""

    OWN = "own"
    """A release that the advertiser can reach by itself."""
    PERSON = "person"
    """No more than a person's decision."""
    OTHERS = "others"
    """A release, but only if somebody else changes a fact."""
    NONE = "none"
    UNSETTLED = "unsettled"
    """A limit of the search was hit before a way was found."""
    UNSEARCHED = "unsearched"
    """A limit of the backtest was hit before it was searched."""


WITHOUT_RECOURSE = (Way.NONE, Way.OTHERS)
"""None within the advertiser's power. LANGUAGE.md 6.3."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The rows for which every column has its value; a column of lists, holds it."""

    where: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """As it is named on the command line."""
        return ",".join(f"{column}={_plain(value)}" for column, value in self.where)


def _plain(value: str) -> str:
    return value.replace("%", "%25").replace(",", "%2C").replace("=", "%3D")


def cell(**where: str) -> Cell:
    """A cell by its columns."""
    return Cell(tuple(where.items()))


@dataclass(frozen=True, slots=True)
class Count:
    """How many subjects, what they spent, and the cell of those."""

    subjects: int
    spend: Spend
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One cell of the matrix: the severest kind before and after."""

    kind: Kind
    old: str
    new: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Who goes to a person: before and after, for one kind of subject."""

    kind: Kind
    old: bool
    new: bool
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Those of one kind that change in one way, in one class of a dimension."""

    kind: Kind
    value: str
    change: Change
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """Those whom one rule alone newly reaches: nothing applied before, and nothing else applies now."""

    rule: RuleId
    kind: Kind
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class WayCount:
    """Those newly or otherwise measured, by the recourse that they have."""

    kind: Kind
    way: Way
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class RecourseFound:
    """Recourse, searched once for each distinct evidence. `newly` are those that had a way before, or needed none."""

    counts: tuple[WayCount, ...]
    newly: tuple[WayCount, ...]
    turning: tuple[tuple[FactName, int], ...]
    """Facts on which it turns where there is no way, with how many subjects."""
    signatures: int
    searched: int
    subjects: int
    subjects_left: int
    stopped_by_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Work for reviewers.

    `weeks` counts those newly referred by the week in which their latest claim was recorded, the last week at the end;
    `earlier` came before, `undated` rest on no claim.
    """

    newly: tuple[Count, ...]
    no_longer: tuple[Count, ...]
    weeks: tuple[int, ...]
    earlier: int
    undated: int

    @property
    def backlog(self) -> int:
        """All that would be there on the first day."""
        return sum(self.weeks) + self.earlier + self.undated


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeGroup:
    """Subjects that a rule cannot tell apart, of which some are treated otherwise than others."""

    number: int
    rule: RuleId
    members: int
    old: int
    """How many of them the rule's measure applies to under the old version."""
    new: int
    recorded_with: int
    """How many have a measure by the rule on record; `recorded_without` a decision in force without one."""
    recorded_without: int
    changed: int
    cell: Cell

    @property
    def apart_in_new(self) -> bool:
        """Whether the new version treats them differently."""
        return 0 < self.new < self.members

    @property
    def apart_in_old(self) -> bool:
        """Whether the old one does."""
        return 0 < self.old < self.members

    @property
    def apart_on_record(self) -> bool:
        """Whether they were treated differently."""
        return self.recorded_with > 0 and self.recorded_without > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCount:
    """Notices of one kind: one for each subject.

    `letters` if each advertiser is written to once, and how many of those letters are about several subjects.
    """

    owed: Owed
    advertisers: Count
    ads: Count
    letters: int
    about_several: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Spend of those who change in one way, each row of it once: an advertiser's, and that of its ads."""

    change: Change
    spend: Spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """The bounds of the size classes for one kind and currency: the half, nine tenths, ninety-nine hundredths."""

    kind: Kind
    currency: str
    bounds: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One rule of one version for one subject."""

    rule: RuleId
    verdict: Verdict
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One subject whose outcome changes."""

    subject: SubjectId
    kind: Kind
    advertiser: SubjectId
    old: str
    new: str
    change: Change
    old_rules: tuple[RuleId, ...]
    new_rules: tuple[RuleId, ...]
    old_referred: bool
    new_referred: bool
    country: str
    size: str
    way: str
    spend: Spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that was found."""

    question: Question
    data: str
    """The digest of the tables."""
    subjects: Mapping[Kind, int]
    spend: Mapping[Kind, Spend]
    spend_from: Instant
    country_fact: str
    bands: tuple[Bands, ...]
    changes: tuple[Share, ...]
    touched: tuple[Touched, ...]
    matrix: tuple[Flow, ...]
    referrals: tuple[Referral, ...]
    categories: tuple[Share, ...]
    countries: tuple[Share, ...]
    sizes: tuple[Share, ...]
    alone: tuple[Alone, ...]
    recourse: RecourseFound
    load: Load
    alike: tuple[LikeGroup, ...]
    alike_left: int
    notices: tuple[NoticeCount, ...]

    def count(self, kind: Kind, change: Change) -> Count:
        """Those of a kind that change in one way."""
        found = next(
            (item.count for item in self.changes if (item.kind, item.change) == (kind, change)), None
        )
        return found or Count(0, (), cell(kind=kind.value, change=change.value))


SEVEREST_FIRST = tuple(kind.value for kind in reversed(MeasureKind))
