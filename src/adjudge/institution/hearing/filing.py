"""Appeals and requests for reasons as they come in: free, without form, each with its clocks from the first instant.

And withdrawn again by whoever filed. Nothing here weighs an appeal: that is done by a decision on it.
"""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.appeals.deadline import appealable_until
from adjudge.appeals.points import LONGEST, MOST, points_of
from adjudge.appeals.states import APPEALS as TABLE
from adjudge.appeals.states import OPEN, stepped
from adjudge.appeals.whose import ADVERTISER, is_own
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import ClockKind
from adjudge.errors import ConflictError
from adjudge.facts.codes import canonical_language
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.deciding.running_out import doing_in_time
from adjudge.institution.hearing.appeal import (
    STAFF,
    appeal_row,
    decided,
    is_member,
    on_appeal,
)
from adjudge.institution.hearing.attached import own_documents
from adjudge.institution.hearing.relief import begin_relief, let_go
from adjudge.institution.hearing.reopening import matter_for, reopen_for
from adjudge.institution.hearing.suspended import suspended_until
from adjudge.institution.house import Doing, House, fitting, need, now, refused
from adjudge.institution.staff.settling import institution_row
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealKind, AppealRow, AppealState, DecisionRow, Point, Purpose
from adjudge.records.shelf import APPEALS, CONTACTS

CLOCKS = {
    AppealKind.APPEAL: (ClockKind.ACKNOWLEDGE, ClockKind.DECIDE),
    AppealKind.REASONS: (ClockKind.ACKNOWLEDGE, ClockKind.ANSWER),
}
"""What is owed to whoever files, and when: these clocks begin with the filing."""


def file_appeal(
    house: House,
    actor: Actor,
    decision_id: str,
    points: Sequence[str],
    *,
    kind: AppealKind = AppealKind.APPEAL,
    documents: Sequence[str] = (),
    language: str = "",
) -> AppealRow:
    """File an appeal against a decision, or ask for its reasons; of one text, the paragraphs are the points.

    Raises NotFoundError, ConflictError where one is open already, RefusedError where it is too late.
    """
    with house.records.reading() as records:
        advertiser = decided(records, decision_id).advertiser
    with doing_in_time(house, actor, Act.FILE, advertiser) as act:
        decision, told = decided(act.records, decision_id), _told(points, kind)
        calendar = calendar_of(procedure_row(act.records))
        _refuse_second(act.records, decision, kind, by_member=is_member(actor))
        _refuse_late(act.records, decision, calendar, kind, act.at)
        row = AppealRow(
            id=act.mint("A"),
            kind=kind,
            state=stepped(TABLE, Act.FILE, None),
            decision=decision.id,
            matter=matter_for(act.records, decision).id,
            advertiser=decision.advertiser,
            filed_by=actor.person,
            filed_at=act.at,
            appellant=ADVERTISER if is_member(actor) else STAFF,
            language=_language(act.records, language, decision.advertiser),
            points=told,
            documents=own_documents(act.records, decision.advertiser, documents),
            held_until=suspended_until(act.records, decision.advertiser, act.at)
            if kind is AppealKind.APPEAL
            else None,
        )
        row = _kept(act, row)
        if kind is AppealKind.APPEAL:
            reopen_for(act, row)
    return row


def refuse_filing(
    house: House,
    actor: Actor,
    decision_id: str,
    points: Sequence[str],
    kind: AppealKind = AppealKind.APPEAL,
) -> None:
    """Raise what `file_appeal` would raise now, and file nothing: before documents are kept that come with it."""
    with house.records.reading() as records:
        decision = decided(records, decision_id)
        permit(actor, Act.FILE, decision.advertiser)
        _told(points, kind)
        _refuse_second(records, decision, kind, by_member=is_member(actor))
        _refuse_late(records, decision, calendar_of(procedure_row(records)), kind, now(house, records))


def _kept(act: Doing, row: AppealRow) -> AppealRow:
    """Keep a filing, with all that follows from it: its clocks, relief where declared, the receipt that is owed."""
    following = Following(act.records, act.at)
    clocks = [
        following.start(kind, row.id, row.decision, row.advertiser, since=row.held_until)
        for kind in CLOCKS[row.kind]
    ]
    due = {clock.kind: str(clock.due_at) for clock in clocks}
    following.owe(Purpose.RECEIVED, row.advertiser, row.decision, of=row.id, facts={"due": due})
    rests = begin_relief(following, row)
    part = act.seal({"points": {point.id: point.text for point in row.points}})
    kept = replace(row, rests=rests, part=part.digest)
    act.records.put(APPEALS, kept)
    body: dict[str, Json] = {
        "advertiser": kept.advertiser,
        "decision": kept.decision,
        "matter": kept.matter,
        "kind": str(kept.kind),
        "appellant": kept.appellant,
        "language": kept.language,
        "documents": [*kept.documents],
        "held_until": str(kept.held_until or ""),
        "rests": [*kept.rests],
        "follows": following.form,
    }
    act.write(kept.id, body, further=[part])
    return kept


def bars(row: AppealRow, *, is_member: bool) -> bool:
    """Whether an appeal that ended leaves no further one against its decision, to a member or to others.

    What others filed for an advertiser leaves it one of its own, unless that was granted by silence.
    """
    if row.state is AppealState.DECIDED:
        return is_own(row) or not is_member
    return row.state is AppealState.GRANTED


def withdraw(house: House, actor: Actor, appeal_id: str, reason: str) -> AppealRow:
    """Withdraw one's own appeal or request. Clocks stop; measures that rested by it have effect again."""
    with on_appeal(house, actor, Act.WITHDRAW_APPEAL, appeal_id) as act:
        row = appeal_row(act.records, appeal_id)
        state = stepped(TABLE, Act.WITHDRAW_APPEAL, row.state)
        told = fitting(reason.strip(), say("the reason"), most=LONGEST)
        following = Following(act.records, act.at)
        following.stop(row.id)
        gone = replace(row, state=state, ended_at=act.at, rests=(), seen=row.seen + 1)
        act.records.put(APPEALS, gone)
        let_go(following, row.id, row.decision)
        body: dict[str, Json] = {
            "advertiser": row.advertiser,
            "decision": row.decision,
            "follows": following.form,
        }
        act.write(row.id, body, {"reason": told})
    return gone


def appeal_until(house: House, actor: Actor, decision_id: str) -> Instant | None:
    """The first instant at which an appeal against a decision is too late; None while nothing proves it was told of.

    For whoever could read appeals against it. Raises NotFoundError.
    """
    with house.records.reading() as records:
        decision = decided(records, decision_id)
        found = appealable_until(records, decision, calendar_of(procedure_row(records)))
    permit(actor, Act.READ_APPEAL, decision.advertiser)
    return found


def _told(points: Sequence[str], kind: AppealKind) -> tuple[Point, ...]:
    """What was written, as points. A request for reasons needs no words at all."""
    found = points_of([fitting(text, say("the appeal"), most=MOST * LONGEST) for text in points])
    if not found and kind is AppealKind.APPEAL:
        raise refused(
            "missing-text",
            say("the appeal says nothing"),
            say("write in your own words what you want to be looked at again"),
        )
    if len(found) > MOST:
        message = say("the appeal has more than {most} points", most=MOST)
        raise refused("too-many", message, say("write it as one text; its paragraphs are its points"))
    for point in found:
        need(point.text, say("the point {point} of the appeal", point=point.id), most=LONGEST)
    return found


def _language(records: Reading, language: str, advertiser: str) -> str:
    """The language in which it is written: as given, else the advertiser's, else the institution's first."""
    if language:
        found = canonical_language(language)
        if found is None:
            message = say("{text} is no language", text=language[:100])
            raise refused("bad-value", message, say("write it as fr or zh-Hant"))
        return found
    contact = records.get(CONTACTS, advertiser)
    return contact.language if contact is not None else institution_row(records).languages[0]


def _refuse_second(records: Reading, decision: DecisionRow, kind: AppealKind, *, by_member: bool) -> None:
    """One at a time, so that nothing is answered twice; an appeal that was decided led to another decision."""
    for row in records.find(APPEALS, decision=decision.id, kind=kind.value):
        if row.state in OPEN:
            message = say("{appeal} about this decision is open already", appeal=row.id)
            raise ConflictError(message, hint=say("write there instead"))
        if kind is AppealKind.APPEAL and bars(row, is_member=by_member):
            message = say("the appeal {appeal} against this decision was decided", appeal=row.id)
            hint = say("appeal against the decision {decision} that ended it", decision=row.result)
            raise refused("appeal-over", message, hint if row.result else "")


def _refuse_late(
    records: Reading, decision: DecisionRow, calendar: Calendar, kind: AppealKind, at: Instant
) -> None:
    """Told to the day. Reasons can be asked for at any time: a decision never grows too old to be understood."""
    if kind is AppealKind.REASONS:
        return
    end = appealable_until(records, decision, calendar)
    if end is not None and at >= end:
        last = calendar.day(Instant(end.nanos - 1))
        message = say("this decision could be appealed until {day}", day=last.isoformat())
        raise refused("too-late", message, say("a body of settlement or a court can still be asked"))
