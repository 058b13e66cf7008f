"""Measures that do not begin, since what they are about was put right in time: a cure that succeeded prevents them.

It is looked for shortly before a measure begins and when it has begun, as of that instant; with the cure of a rule and
with an advance notice alike. It lifts nothing: the measure rests until a person decides anew, and the matter is open.
"""

from collections.abc import Iterable, Iterator

from adjudge.basis.digest import Json
from adjudge.basis.instant import NANOS, Duration, Instant
from adjudge.errors import RefusedError
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.measures import CURED, is_live
from adjudge.institution.consequences import reopen_by_rule
from adjudge.institution.house import House, now, write_by_institution
from adjudge.institution.material.view import evaluate
from adjudge.institution.own_words import NO_LONGER_MET, PUT_RIGHT
from adjudge.outcome import Verdict
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, DecisionState, MeasureRow, Purpose
from adjudge.records.shelf import DECISIONS, MATTERS, MEASURES

AHEAD = Duration(150 * NANOS)
"""Longer than from one sweep to the next, so that one comes between: what is cured then never has effect."""
PAUSED = "measure:paused"


def keep_from_beginning(house: House, since: Instant | None) -> tuple[str, ...]:
    """Let the measures rest that begin about now and whose rules are no longer met; their ids.

    `since` is when one looked last: what began before that was looked at then. None looks at all that ever began.
    """
    with house.records.reading() as records:
        at = now(house, records)
        decisions = _concerned(records, since, at)
    return tuple(rests for decision in decisions for rests in _kept_from(house, decision, since))


def _concerned(records: Reading, since: Instant | None, at: Instant) -> list[str]:
    """The decisions that have such measures, in the order in which these begin."""
    rows = sorted(_beginning(records.find(MEASURES), since, at), key=lambda row: (row.start, row.decision))
    return list(dict.fromkeys(row.decision for row in rows))


def _beginning(rows: Iterable[MeasureRow], since: Instant | None, at: Instant) -> Iterator[MeasureRow]:
    """Those that were told before they begin, and begin about now."""
    for row in rows:
        told_before = row.issued_at is not None and row.issued_at < row.start
        is_about = (since is None or since < row.start) and row.start.nanos <= at.nanos + AHEAD.nanos
        if told_before and is_about and is_live(row, at) and all(rest.by != CURED for rest in row.pauses):
            yield row


def _kept_from(house: House, decision_id: str, since: Instant | None) -> tuple[str, ...]:
    """Look at one decision under the lock."""
    with house.records.writing() as records:
        at, decision = now(house, records), records.get(DECISIONS, decision_id)
        if decision is None or decision.state is not DecisionState.ISSUED:
            return ()
        rows = list(_beginning(records.find(MEASURES, decision=decision_id), since, at))
        cured = [row for row in rows if row.rule not in _met(records, decision, min(row.start, at))]
        if not cured:
            return ()
        lost = tuple(dict.fromkeys(row.rule for row in cured))
        following = Following(records, at)
        names = {row.id for row in cured}
        following.resume(decision_id, only=names)  # of another rest, which may end before a person decides
        following.pause(decision_id, CURED, only=names)
        facts = {"what": CURED, "measures": sorted(names)}
        following.owe(Purpose.PAUSED, decision.advertiser, decision.id, facts=facts)
        body: dict[str, Json] = {
            "advertiser": decision.advertiser,
            "decision": decision.id,
            "reason": str(PUT_RIGHT),
            "fell_away": list[Json](lost),
            "follows": following.form,
        }
        write_by_institution(records, at, PAUSED, decision.id, body)
        reopen_by_rule(records, decision, lost, at, NO_LONGER_MET)
    return tuple(sorted(names))


def _met(records: Reading, decision: DecisionRow, at: Instant) -> frozenset[str]:
    """The rules that the subject of a decision met at an instant; none where no version applied."""
    matter = records.get(MATTERS, decision.matter)
    try:
        answer = evaluate(records, matter, at, at, about={decision.subject}) if matter is not None else None
    except RefusedError:
        return frozenset()
    found = (
        next((item for item in answer.subjects if item.outcome.subject == decision.subject), None)
        if answer
        else None
    )
    rules = found.outcome.rules if found is not None else ()
    return frozenset(str(item.rule) for item in rules if item.verdict is Verdict.MET)
