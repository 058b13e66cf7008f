"""Misuse of appeals: warned by a person with reasons, suspended by another one later, ended by its day or by a person.

What is filed meanwhile is kept, and its clocks begin when the suspension ends. Requests for reasons are never held.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from adjudge.appeals.misuse import NOTICE, PERIOD, WRITTEN, Figures, counted, is_again
from adjudge.appeals.states import MISUSES as TABLE
from adjudge.appeals.states import OPEN, stepped
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.clocks.term import Term, Unit
from adjudge.errors import ConflictError
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import calendar_of, misuse_terms, procedure_row
from adjudge.institution.hearing.appeal import is_member
from adjudge.institution.hearing.relief import LONGEST_REASON
from adjudge.institution.hearing.suspended import has_ended, standing
from adjudge.institution.house import Doing, House, doing, need, now, refused
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, ClockState, MisuseRow, Purpose
from adjudge.records.shelf import APPEALS, CLOCKS, MISUSES, SUBJECTS


def figures(records: Reading, advertiser: str, at: Instant) -> Figures:
    """What the record says of an advertiser's appeals in the year up to an instant."""
    return counted(records.find(APPEALS, advertiser=advertiser), at)


def figures_of(house: House, actor: Actor, advertiser: str) -> Figures:
    """As `figures`, now, for whoever may read the appeals of the advertiser. Raises NotFoundError."""
    permit(actor, Act.READ_APPEAL, advertiser)
    with house.records.reading() as records:
        return figures(records, _advertiser(records, advertiser), now(house, records))


def misuses_of(house: House, actor: Actor, *, advertiser: str = "", state: str = "") -> Sequence[MisuseRow]:
    """Procedures for misuse: of an advertiser its own, of those who work here all. Staff is not named to members."""
    wanted = actor.advertiser if is_member(actor) else advertiser
    permit(actor, Act.READ_APPEAL, advertiser or wanted)
    asked = {name: text for name, text in (("advertiser", wanted), ("state", state)) if text}
    with house.records.reading() as records:
        found = records.find(MISUSES, most=None, **asked)
    return tuple(_as_read(row, actor) for row in found)


def read_misuse(house: House, actor: Actor, misuse_id: str) -> MisuseRow:
    """A procedure. Raises NotFoundError."""
    with house.records.reading() as records:
        row = _misuse(records, misuse_id)
    permit(actor, Act.READ_APPEAL, row.advertiser)
    return _as_read(row, actor)


def warn(house: House, actor: Actor, advertiser: str, criteria: Mapping[str, str], reason: str) -> MisuseRow:
    """Warn an advertiser. `criteria` says of `gravity` and `intention` what was weighed; the rest is counted."""
    with doing(house, actor, Act.WARN, advertiser) as act:
        whom, told = (
            _advertiser(act.records, advertiser),
            need(reason, say("the reason"), most=LONGEST_REASON),
        )
        weighed = _weighed(criteria)
        for row in standing(act.records, whom, act.at):
            message = say("the procedure {misuse} for misuse is not over", misuse=row.id)
            raise ConflictError(message, hint=say("go on there, or end it"))
        counts = _often(act, whom)
        row = MisuseRow(
            id=act.mint("U"),
            state=stepped(TABLE, Act.WARN, None),
            advertiser=whom,
            author=actor.person,
            warned_at=act.at,
            criteria={"number": str(counts.unfounded), "share": str(counts.share), **weighed},
            reason=told,
        )
        act.records.put(MISUSES, row)
        following = Following(act.records, act.at)
        following.owe(Purpose.MISUSE, whom, "", of=row.id, facts={"what": "warned"})
        body: dict[str, Json] = {
            "advertiser": whom,
            "criteria": {**row.criteria},
            "figures": {**counts.form},
            "reason": told,
        }
        body["follows"] = following.form
        act.write(row.id, body)
    return row


def suspend(house: House, actor: Actor, misuse_id: str, until: Instant, reason: str) -> MisuseRow:
    """Suspend the handling of an advertiser's appeals until a day, after a warning by somebody else went unheeded."""
    with _on(house, actor, Act.SUSPEND_HANDLING, misuse_id) as act:
        row, told = _misuse(act.records, misuse_id), need(reason, say("the reason"), most=LONGEST_REASON)
        state = stepped(TABLE, Act.SUSPEND_HANDLING, row.state)
        _refuse_early(act, row)
        _refuse_long(act, until)
        counts = _often(act, row.advertiser)
        kept = replace(
            row, state=state, suspended_at=act.at, until=until, confirmed_by=actor.person, reason=told
        )
        act.records.put(MISUSES, kept)
        following = Following(act.records, act.at)
        facts = {"what": "suspended", "until": str(until)}
        following.owe(Purpose.MISUSE, row.advertiser, "", of=row.id, facts=facts)
        body: dict[str, Json] = {
            "advertiser": row.advertiser,
            "until": str(until),
            "figures": {**counts.form},
            "reason": told,
        }
        body["follows"] = following.form
        act.write(row.id, body)
    return kept


def end_misuse(house: House, actor: Actor, misuse_id: str, reason: str) -> MisuseRow:
    """End a procedure before its day. Appeals that were held are handled from now on: their clocks begin now."""
    with _on(house, actor, Act.END_MISUSE, misuse_id) as act:
        row, told = _misuse(act.records, misuse_id), need(reason, say("the reason"), most=LONGEST_REASON)
        state = stepped(TABLE, Act.END_MISUSE, row.state)
        if has_ended(row, act.at):
            message = say("the suspension {misuse} ended on its day", misuse=row.id)
            raise refused("misuse-over", message, say("nothing is to be done"))
        kept = replace(row, state=state, ended_at=act.at)
        act.records.put(MISUSES, kept)
        following = Following(act.records, act.at)
        released = [_released(following, item) for item in _held(act.records, row.advertiser, act.at)]
        facts = {"what": "ended", "released": released}
        following.owe(Purpose.MISUSE, row.advertiser, "", of=row.id, facts=facts)
        body: dict[str, Json] = {"advertiser": row.advertiser, "released": [*released], "reason": told}
        body["follows"] = following.form
        act.write(row.id, body)
    return kept


# --- parts ---


def _held(records: Reading, advertiser: str, at: Instant) -> Sequence[AppealRow]:
    rows = records.find(APPEALS, advertiser=advertiser)
    return [row for row in rows if row.state in OPEN and row.held_until is not None and at < row.held_until]


def _released(following: Following, row: AppealRow) -> str:
    """Handle an appeal from now on: the clocks that wait for the end of the suspension begin now."""
    for clock in following.records.find(CLOCKS, of=row.id, state=ClockState.RUNNING.value):
        following.begin_now(clock)
    following.records.put(APPEALS, replace(row, held_until=following.at, seen=row.seen + 1))
    return row.id


def _often(act: Doing, advertiser: str) -> Figures:
    """The figures, which must reach what the institution settled. Raises RefusedError."""
    found, terms = figures(act.records, advertiser, act.at), misuse_terms(procedure_row(act.records))
    if not found.reach(terms):
        message = say(
            "{number} appeals were manifestly unfounded in a year, {share} of a hundred that were decided",
            number=found.unfounded,
            share=found.share,
        )
        hint = say(
            "that is misuse from {number} appeals and {share} of a hundred on",
            number=terms["least_number"],
            share=terms["least_share"],
        )
        raise refused("not-often", message, hint)
    return found


def _refuse_early(act: Doing, row: MisuseRow) -> None:
    """By somebody else than who warned, when the warning had time to be heeded, and was not."""
    if act.actor.person == row.author:
        message = say("who warned does not suspend")
        raise refused("own-proposal", message, say("ask somebody else"))
    since = act.at.nanos - row.warned_at.nanos
    if since < NOTICE.nanos:
        message = say("the warning has not stood for {days} days", days=NOTICE.nanos // _DAY)
        raise refused("too-early", message, say("there must be time to heed it"))
    if since > PERIOD.nanos:
        message = say("the warning is older than a year")
        raise refused("too-late", message, say("end this procedure, and warn again"))
    rows = act.records.find(APPEALS, advertiser=row.advertiser)
    if not any(is_again(item, row.warned_at) for item in rows):
        message = say("no appeal that was filed after the warning was manifestly unfounded")
        raise refused("heeded", message, say("the warning was heeded"))


def _refuse_long(act: Doing, until: Instant) -> None:
    procedure = procedure_row(act.records)
    days = misuse_terms(procedure)["longest_days"]
    last = calendar_of(procedure).after(act.at, Term(days, Unit.DAYS))
    if not act.at < until <= last:
        message = say("handling can be suspended until {instant} at the latest", instant=str(last))
        raise refused("bad-value", message, say("write a later instant than now, and none beyond it"))


def _weighed(criteria: Mapping[str, str]) -> dict[str, str]:
    for name in sorted(set(criteria) - {*WRITTEN}):
        message = say("{name} is not written by anybody", name=name[:100])
        raise refused("bad-value", message, say("write of gravity and intention; the others are counted"))
    return {
        name: need(criteria.get(name, ""), say("the criterion {name}", name=name), most=LONGEST_REASON)
        for name in WRITTEN
    }


def _advertiser(records: Reading, advertiser: str) -> str:
    row = records.get(SUBJECTS, advertiser)
    if row is None or row.advertiser != row.id:
        raise not_found()
    return row.id


def _misuse(records: Reading, misuse_id: str) -> MisuseRow:
    row = records.get(MISUSES, misuse_id)
    if row is None:
        raise not_found()
    return row


def _on(house: House, actor: Actor, act: Act, misuse_id: str) -> AbstractContextManager[Doing]:
    with house.records.reading() as records:
        advertiser = _misuse(records, misuse_id).advertiser
    return doing(house, actor, act, advertiser)


def _as_read(row: MisuseRow, actor: Actor) -> MisuseRow:
    return replace(row, author="", confirmed_by="") if is_member(actor) else row


_DAY = 86_400 * 1_000_000_000
