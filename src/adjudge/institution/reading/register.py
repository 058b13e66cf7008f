"""The public register: decisions that were issued and what became of them, without whom or what they are about.

It says what is done and by which rules, so that anybody sees how the policies are applied. What is withheld: ids and
names of advertisers, of what they advertise and of people, the matter, claims and documents, and every text that a
person wrote. Nothing of what was merely proposed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from adjudge.basis.instant import Instant
from adjudge.institution.house import House, time_of
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealKind, AppealRow, DecisionRow, DecisionState, MeasureRow
from adjudge.records.shelf import APPEALS, DECISIONS, MEASURES, VERSIONS

ISSUED = (DecisionState.ISSUED, DecisionState.SUPERSEDED, DecisionState.LAPSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A decision as the register has it. `superseded_by` is empty while it stands."""

    decision: DecisionRow
    policy: str
    version: str
    measures: Sequence[MeasureRow]
    appeals: Sequence[AppealRow]
    superseded_by: str
    at: Instant

    @property
    def id(self) -> str:
        """The decision's id, which bears no more than its place in the log."""
        return self.decision.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the register is asked for; empty is all."""

    policy: str = ""
    rule: str = ""
    kind: str = ""
    since: Instant | None = None


def register_part(house: House, after: str, most: int, wanted: Wanted) -> Sequence[DecisionRow | Registered]:
    """Issued decisions behind an id, at most so many: those that are wanted gathered, the others as they are."""
    with house.records.reading() as records:
        rows = [
            row
            for state in ISSUED
            for row in records.find(DECISIONS, after=after, most=most, state=state.value)
        ]
        rows = sorted(rows, key=lambda row: row.id)[:most]
        named = _versions(records)
        gathered = _gathered(
            records, named, time_of(house), [row for row in rows if _is_wanted(row, wanted, named)]
        )
        found = {item.id: item for item in gathered if _is_of_kind(item, wanted.kind)}
        return [found.get(row.id, row) for row in rows]


def register_line(house: House, decision_id: str) -> Registered:
    """One decision. Raises NotFoundError for one that is not there or was not issued."""
    with house.records.reading() as records:
        row = records.get(DECISIONS, decision_id)
        if row is None or row.state not in ISSUED:
            raise not_found()
        return _gathered(records, _versions(records), time_of(house), [row])[0]


Named = Callable[[str], tuple[str, str]]
"""Policy and version by the digest of a version."""


def _is_wanted(row: DecisionRow, wanted: Wanted, named: Named) -> bool:
    if wanted.since is not None and (row.issued_at is None or row.issued_at < wanted.since):
        return False
    if wanted.rule and wanted.rule not in row.rules:
        return False
    return not wanted.policy or named(row.package)[0] == wanted.policy


def _is_of_kind(item: Registered, kind: str) -> bool:
    return not kind or any(measure.kind == kind for measure in item.measures)


def _gathered(
    records: Reading, named: Named, at: Instant, rows: Sequence[DecisionRow]
) -> Sequence[Registered]:
    """Decisions with what became of them, by one question each for all: strangers ask, and nobody is to wait."""
    ids = [row.id for row in rows]
    measures, appeals = defaultdict(list), defaultdict(list)
    for measure in records.find_any(MEASURES, "decision", ids):
        measures[measure.decision].append(measure)
    for appeal in _ended(records.find_any(APPEALS, "decision", ids)):
        appeals[appeal.decision].append(appeal)
    later = _later(records, rows)
    return [
        Registered(
            decision=row,
            policy=named(row.package)[0],
            version=named(row.package)[1],
            measures=measures[row.id],
            appeals=appeals[row.id],
            superseded_by=later.get(row.id, ""),
            at=at,
        )
        for row in rows
    ]


def _later(records: Reading, rows: Sequence[DecisionRow]) -> Mapping[str, str]:
    """By decision the one that took its place."""
    over = [row.subject for row in rows if row.state is DecisionState.SUPERSEDED]
    same = records.find_any(DECISIONS, "subject", over)
    return {item.supersedes: item.id for item in reversed(same) if item.supersedes and item.state in ISSUED}


def _ended(rows: Iterable[AppealRow]) -> Iterable[AppealRow]:
    """Appeals of which it is known how they ended: by a decision, or by silence."""
    return (row for row in rows if row.kind is AppealKind.APPEAL and (row.outcome or row.state == "granted"))


def _versions(records: Reading) -> Named:
    """Policy and version by digest, each looked up once."""

    @cache
    def named(digest: str) -> tuple[str, str]:
        row = records.get(VERSIONS, digest)
        return (row.policy, row.version) if row is not None else ("", "")

    return named
