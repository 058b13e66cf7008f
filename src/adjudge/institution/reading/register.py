"""The public register: decisions that were issued and what became of them, without whom or what they are about.

It says what is done and by which rules, so that anybody sees how the policies are applied. What is withheld: ids and
names of advertisers, of what they advertise and of people, the matter, claims and documents, and every text that a
person wrote. Nothing of what was merely proposed.
"""

from collections.abc import Callable, Iterable, Sequence
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
        look = _Look(records, _versions(records), time_of(house))
        rows = sorted(rows, key=lambda row: row.id)[:most]
        return [look.gathered(row) if look.is_wanted(row, wanted) else row for row in rows]


def register_line(house: House, decision_id: str) -> Registered:
    """One decision. Raises NotFoundError for one that is not there or was not issued."""
    with house.records.reading() as records:
        row = records.get(DECISIONS, decision_id)
        if row is None or row.state not in ISSUED:
            raise not_found()
        return _Look(records, _versions(records), time_of(house)).gathered(row)


@dataclass(frozen=True, slots=True)
class _Look:
    """A look into the records. `named` has policy and version by the digest of a version."""

    records: Reading
    named: Callable[[str], tuple[str, str]]
    at: Instant

    def is_wanted(self, row: DecisionRow, wanted: Wanted) -> bool:
        if wanted.since is not None and (row.issued_at is None or row.issued_at < wanted.since):
            return False
        if wanted.rule and wanted.rule not in row.rules:
            return False
        if wanted.policy and self.named(row.package)[0] != wanted.policy:
            return False
        return not wanted.kind or any(item.kind == wanted.kind for item in self._measures(row))

    def gathered(self, row: DecisionRow) -> Registered:
        policy, version = self.named(row.package)
        return Registered(
            decision=row,
            policy=policy,
            version=version,
            measures=self._measures(row),
            appeals=tuple(_ended(self.records.find(APPEALS, decision=row.id))),
            superseded_by=self._later(row),
            at=self.at,
        )

    def _measures(self, row: DecisionRow) -> Sequence[MeasureRow]:
        return self.records.find(MEASURES, decision=row.id)

    def _later(self, row: DecisionRow) -> str:
        """The decision that took its place."""
        if row.state is not DecisionState.SUPERSEDED:
            return ""
        same = self.records.find(DECISIONS, subject=row.subject)
        return next((item.id for item in same if item.supersedes == row.id and item.state in ISSUED), "")


def _ended(rows: Iterable[AppealRow]) -> Iterable[AppealRow]:
    """Appeals of which it is known how they ended: by a decision, or by silence."""
    return (row for row in rows if row.kind is AppealKind.APPEAL and (row.outcome or row.state == "granted"))


def _versions(records: Reading) -> Callable[[str], tuple[str, str]]:
    """Policy and version by digest, each looked up once."""

    @cache
    def named(digest: str) -> tuple[str, str]:
        row = records.get(VERSIONS, digest)
        return (row.policy, row.version) if row is not None else ("", "")

    return named
