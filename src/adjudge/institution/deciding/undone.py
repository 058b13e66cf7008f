"""What silence or an appeal has undone is not imposed again on the same grounds, by whatever name the decision goes.

Not what an appeal is decided on: only that its success lasts until something is new.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from adjudge.answers.answer import SubjectAnswer
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.institution.house import refused
from adjudge.institution.versions import version
from adjudge.language.package import Measure, MeasureKind
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow, DecisionRow, DecisionState, MeasureRow
from adjudge.records.shelf import CLAIMS, DECISIONS, MEASURES

_DAY = 86_400 * 1_000_000_000
_ENDLESS = 1 << 80
_NOTHING = (-1, 0)
_Weight = tuple[int, int]
"""How severe a measure is: its kind, then how long it lasts."""


@dataclass(frozen=True, slots=True)
class _Undone:
    """A decision whose measures were undone: what was left of them by rule, on which version, and what was known then.

    `known_at` is when people decided that; where silence did, which weighs no claim, when the decision was issued.
    """

    decision: DecisionRow
    rules: Mapping[str, _Weight]
    package: str
    known_at: Instant


def refuse_undoing(
    records: Reading,
    subject: str,
    policy: str,
    left: SubjectAnswer,
    *,
    package: str,
    grounds: Iterable[str],
    automated: bool = False,
) -> None:
    """Refuse what would impose again what was undone, without a new claim or another version; automation always."""
    wanted, known = _weights((item.rule, _asked(item.measure)) for item in left.decision.measures), {*grounds}
    for undone in _undone(records, subject, policy):
        if not any(wanted.get(rule, _NOTHING) > kept for rule, kept in undone.rules.items()):
            continue
        if automated:
            message = say(
                "what the decision {decision} imposed was undone: automation does not impose it again",
                decision=undone.decision.id,
            )
            raise refused("undone", message, say("a person must decide here"))
        if package == undone.package and not _something_new(records, undone, known):
            message = say(
                "what the decision {decision} imposed was undone, and nothing is new since",
                decision=undone.decision.id,
            )
            hint = say("record the claims that are new, or leave the measure out, with reasons")
            raise refused("undone", message, hint)


def _undone(records: Reading, subject: str, policy: str) -> Iterator[_Undone]:
    """All on a subject that was ever undone under a policy: what came between does not wash it away."""
    issued = [row for row in records.find(DECISIONS, subject=subject) if row.issued_at is not None]
    rows = {row.id: row for row in issued if version(records, row.package).policy == policy}
    after = {row.supersedes: row for row in rows.values() if row.supersedes}
    for row in rows.values():
        measures, later = records.find(MEASURES, decision=row.id), after.get(row.id)
        kept = [item for item in measures if not _lifted_by_silence(item, row, later)]
        yield from _of(row, measures, kept, row)
        if later is not None and later.appeal:
            yield from _of(row, measures, records.find(MEASURES, decision=later.id), later)


def _of(
    row: DecisionRow, before: Iterable[MeasureRow], after: Iterable[MeasureRow], last: DecisionRow
) -> Iterator[_Undone]:
    """The rules of which less was left than there was; `last` is the decision that weighed the claims last."""
    then = _weights((item.rule, _kept(item)) for item in before)
    now = _weights((item.rule, _kept(item)) for item in after)
    less = {rule: now.get(rule, _NOTHING) for rule, was in then.items() if now.get(rule, _NOTHING) < was}
    if less:
        yield _Undone(row, less, last.package, last.issued_at or last.proposed_at)


def _lifted_by_silence(measure: MeasureRow, row: DecisionRow, later: DecisionRow | None) -> bool:
    """Lifted while its decision was the last one, and so by no other decision."""
    if measure.lifted_at is None:
        return False
    before = later is None or later.issued_at is None or measure.lifted_at < later.issued_at
    return row.state is DecisionState.LAPSED or before


def _something_new(records: Reading, undone: _Undone, grounds: set[str]) -> bool:
    """Whether a claim that was not known then supports it, be it needed or not; one weighed anew is no new one."""
    rows = [row for claim in sorted(grounds) if (row := records.get(CLAIMS, claim)) is not None]
    alike = (
        item
        for row in rows
        for item in records.find(CLAIMS, subject=row.subject)
        if item.withdrawn_at is None and _says(item) == _says(row)
    )
    return any(_is_new(row, records, undone) for row in (*rows, *alike))


def _says(row: ClaimRow) -> tuple[object, ...]:
    return tuple(row.content.get(name) for name in ("fact", "value", "stance"))


def _is_new(row: ClaimRow | None, records: Reading, undone: _Undone) -> bool:
    while row is not None and row.replaces:
        row = records.get(CLAIMS, row.replaces)
    return row is not None and row.id not in undone.decision.grounds and row.recorded_at > undone.known_at


def _weights(items: Iterable[tuple[str, _Weight]]) -> dict[str, _Weight]:
    """The severest of each rule."""
    found: dict[str, _Weight] = {}
    for rule, weight in items:
        found[str(rule)] = max(weight, found.get(str(rule), _NOTHING))
    return found


def _asked(measure: Measure) -> _Weight:
    days = measure.details.get("days")
    return measure.kind.severity, int(str(days)) * _DAY if days is not None else _ENDLESS


def _kept(row: MeasureRow) -> _Weight:
    lasts = row.end.nanos - (row.since or row.start).nanos if row.end is not None else _ENDLESS
    return MeasureKind(row.kind).severity, lasts
