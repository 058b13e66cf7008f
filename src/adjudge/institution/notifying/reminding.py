"""Reminders: that a measure begins soon, and that the time for complaining ends soon. Each is owed once.

Nobody acts when a reminder falls due, so that it is looked for. One that was missed is owed as long as it is of use.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from adjudge.appeals.deadline import appealable_until
from adjudge.basis.digest import Json
from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.measures import is_live, is_paused
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.house import House, now, write_by_institution
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealKind, DecisionRow, DecisionState, MeasureRow, NoticeRow, Purpose
from adjudge.records.shelf import APPEALS, DECISIONS, MEASURES, NOTICES

OWED = "notice:owed"
_DAY = 86_400 * NANOS
_FEWEST_DAYS = 181
"""In six months: before then no time for complaining ends, so that nothing need be read."""


class About(StrEnum):
    """What is reminded of: `what` among the facts of the notice."""

    BEGINS = "measure"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class _Due:
    """A reminder that is due now. `when` is the instant of which it reminds."""

    decision: str
    what: About
    when: Instant

    @property
    def facts(self) -> dict[str, str]:
        return {"what": self.what.value, "when": str(self.when)}

    def was_told(self, told: Collection[Mapping[str, Any]]) -> bool:
        """Each start is reminded of; the time for complaining once, though proof may yet move its end."""
        if self.what is About.COMPLAINT:
            return any(facts.get("what") == self.what.value for facts in told)
        return self.facts in told


def remind(house: House) -> tuple[NoticeRow, ...]:
    """Owe every reminder that is due and was not owed yet; those that are owed now."""
    with house.records.reading() as records:
        at = now(house, records)
        found = [item for decision in _near(records, at) for item in _due(records, decision, at)]
    owed = (_owed(house, item) for item in found)
    return tuple(row for row in owed if row is not None)


def _near(records: Reading, at: Instant) -> list[str]:
    """The decisions with measures that may soon begin, or of which the time for complaining may soon end."""
    days = procedure_row(records).reminder_days
    rows = records.find(MEASURES) if days else ()
    return list(
        dict.fromkeys(row.decision for row in rows if row.lifted_at is None and _is_near(row, at, days))
    )


def _is_near(row: MeasureRow, at: Instant, days: int) -> bool:
    if row.issued_at is None:
        return False
    begins_soon = at < row.start and _before(row.start, days) <= at
    return begins_soon or at.nanos >= row.issued_at.nanos + (_FEWEST_DAYS - days) * _DAY


def _before(when: Instant, days: int) -> Instant:
    return Instant(when.nanos - days * _DAY)


def _due(records: Reading, decision_id: str, at: Instant) -> Iterator[_Due]:
    """What is to be told of a decision in force now and was not yet."""
    decision, days = records.get(DECISIONS, decision_id), procedure_row(records).reminder_days
    if decision is None or decision.state is not DecisionState.ISSUED or not days:
        return
    told = [row.facts for row in records.find(NOTICES, about=decision_id, purpose=Purpose.REMINDER.value)]
    for item in (*_beginning(records, decision_id, at), *_ending(records, decision, at)):
        # Whoever was told less than so many days ahead was told with the decision itself.
        falls_due = _before(item.when, days)
        is_told = decision.issued_at is None or falls_due <= decision.issued_at or item.was_told(told)
        if falls_due <= at < item.when and not is_told:
            yield item


def _beginning(records: Reading, decision_id: str, at: Instant) -> Iterable[_Due]:
    """The starts of its measures that lie ahead, each once; not of those at rest."""
    rows = records.find(MEASURES, decision=decision_id)
    starts = {row.start for row in rows if at < row.start and is_live(row, at) and not is_paused(row)}
    return [_Due(decision_id, About.BEGINS, start) for start in sorted(starts)]


def _ending(records: Reading, decision: DecisionRow, at: Instant) -> Iterator[_Due]:
    """The end of the time for complaining, where nobody has; while nothing proves that it began, it has no end."""
    if records.find(APPEALS, decision=decision.id, kind=AppealKind.APPEAL.value):
        return
    until = appealable_until(records, decision, calendar_of(procedure_row(records)))
    if until is not None and at < until:
        yield _Due(decision.id, About.COMPLAINT, until)


def _owed(house: House, due: _Due) -> NoticeRow | None:
    """Owe one, if it is still due: of two that remind at once one finds it owed."""
    with house.records.writing() as records:
        at, decision = now(house, records), records.get(DECISIONS, due.decision)
        if decision is None or due not in _due(records, due.decision, at):
            return None
        following = Following(records, at)
        row = following.owe(Purpose.REMINDER, decision.advertiser, decision.id, facts=due.facts)
        body: dict[str, Json] = {
            "advertiser": decision.advertiser,
            "decision": decision.id,
            "what": due.what.value,
            "when": str(due.when),
            "follows": following.form,
        }
        write_by_institution(records, at, OWED, row.id, body)
    return row
