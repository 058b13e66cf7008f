"""Approvals as they are served: what holds for an ad of which a version was approved, whichever version is shown.

An ad has a key for each version that was approved, and one for all others. Explicitly not measures: an approval lets
nothing run that a measure stops.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from adjudge.enforcement.key import AD, bound_key, version_key
from adjudge.enforcement.measure import APPROVED, CHANGED, HELD, Scope, Served
from adjudge.enforcement.terms import RUN
from adjudge.institution.binding.approvals import changed
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.serving.served import PAGE
from adjudge.records.ports import Reading
from adjudge.records.rows import Approval, DecisionState, SubjectRow
from adjudge.records.shelf import DECISIONS, SUBJECTS

Keys = dict[str, tuple[Served, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What was declared: what becomes of ads that are not as they were approved, and the surfaces."""

    changed: str
    surfaces: tuple[str, ...]

    def served(self, approval: Approval, *, is_as_approved: bool) -> Served:
        """An approval as it is served for a version."""
        kind = APPROVED if is_as_approved else CHANGED if self.changed == RUN else HELD
        scope = Scope(
            kind=kind,
            reason=APPROVED if is_as_approved else CHANGED,
            territories=(approval.territory,) if approval.territory else (),
            all_but=not approval.territory,
            surfaces=tuple(sorted(self.surfaces)),
            surfaces_all_but=False,
        )
        return Served(scope=scope, decision=approval.decision)

    def keys(self, row: SubjectRow, former: Iterable[str] = ()) -> Keys:
        """The keys of versions of an ad, of those too that were approved once; none where no version ever was."""
        versions = {*(item.version for item in row.approvals), *former}
        found: Keys = {}
        if versions:
            found[bound_key(row.id)] = self._of(row, "")
        for version in versions:
            found[version_key(row.id, version)] = self._of(row, version)
        return found

    def _of(self, row: SubjectRow, version: str) -> tuple[Served, ...]:
        return tuple(self.served(item, is_as_approved=item.version == version) for item in row.approvals)

    def on_ad(self, row: SubjectRow) -> tuple[Served, ...]:
        """What holds for an ad where nobody says which version is shown: it counts as the one that is on record."""
        return tuple(self.served(item, is_as_approved=False) for item in changed(row))


def rule_of(records: Reading, surfaces: Sequence[str]) -> Rule:
    """What is declared now."""
    return Rule(procedure_row(records).changed, tuple(surfaces))


def of_decided(records: Reading, rule: Rule) -> Iterator[Iterator[tuple[str, str, Served]]]:
    """Of all ads about which a decision is in force their keys, the decision, and what is served; in portions.

    Decisions lead there: of most ads there is none.
    """
    issued = DecisionState.ISSUED.value
    rows = records.listed(DECISIONS, state=issued, most=PAGE)
    while rows:
        subjects = list(dict.fromkeys(row["subject"] for row in rows))
        yield _told(records.get_many(SUBJECTS, subjects).values(), rule)
        rows = records.listed(DECISIONS, state=issued, after=rows[-1]["id"], most=PAGE)


def _told(rows: Iterable[SubjectRow], rule: Rule) -> Iterator[tuple[str, str, Served]]:
    for row in rows:
        if row.approvals:
            keys = {**rule.keys(row), AD + row.id: rule.on_ad(row)}
            yield from ((key, item.decision, item) for key, served in keys.items() for item in served)


def add_approvals(records: Reading, found: Keys, subjects: Collection[str], rule: Rule) -> None:
    """Add to keys that were looked at what follows from approvals: to all ads among them, and to these subjects."""
    former: dict[str, set[str]] = {}
    for decision in records.find_any(DECISIONS, "subject", sorted(subjects)):
        if decision.bound_to:
            former.setdefault(decision.subject, set()).add(decision.bound_to)
            found.setdefault(AD + decision.subject, ())
    ads = [key.removeprefix(AD) for key in found if key.startswith(AD)]
    for row in records.get_many(SUBJECTS, ads).values():
        found[AD + row.id] = (*found[AD + row.id], *rule.on_ad(row))
        if row.id in former:
            found |= rule.keys(row, former[row.id])
