"""The pack of a dispute as a letter to the body of settlement, to be printed: what its JSON form has, for people.

It names both sides by their names, and nobody who works for the platform. What others wrote is quoted as written.
"""

from collections.abc import Iterable, Iterator, Mapping

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.said import Said, say
from adjudge.clocks.calendar import Calendar
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.hearing.pack import Packed, gathered
from adjudge.institution.house import House
from adjudge.institution.notifying.wording.measures import measure_line
from adjudge.institution.notifying.wording.stated import stated
from adjudge.institution.notifying.wording.telling import cited, name_of, title_of
from adjudge.institution.notifying.wording.times import moment_in, until_in
from adjudge.institution.staff.settling import institution_row
from adjudge.letters.letter import PART, Block, Heading, Letter, Paragraph, Points, Quote
from adjudge.letters.statement import parted
from adjudge.people.actor import Actor
from adjudge.records.rows import AppealKind, AppealRow, ClockRow, MessageRow
from adjudge.records.shelf import SUBJECTS
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of

_SIDES: Mapping[str, Said] = {"advertiser": say("The advertiser"), "platform": say("The platform")}
_ENDED: Mapping[str, Said] = {
    "filed": say("It waits for somebody of the platform."),
    "acknowledged": say("It was acknowledged, and is not decided yet."),
    "answered": say("It was answered."),
    "withdrawn": say("It was withdrawn."),
    "granted": say("It succeeded by itself: the platform did not decide in time."),
}
_OUTCOMES: Mapping[str, Said] = {
    "upheld": say("The decision was upheld."),
    "varied": say("The decision was changed."),
    "reversed": say("The decision was reversed."),
}
_TIMES: Mapping[str, Said] = {
    "acknowledge": say("acknowledging it"),
    "answer": say("stating the reasons"),
    "decide": say("deciding the appeal"),
    "settle": say("settling the dispute"),
    "carry_out": say("answering the outcome of the dispute"),
}


def pack_letter(house: House, actor: Actor, dispute_id: str, language: str = "") -> Letter:
    """The pack of a dispute as a letter, for whoever may read it. Raises NotFoundError."""
    found = gathered(house, actor, dispute_id)
    with house.records.reading() as records:
        institution, calendar = institution_row(records), calendar_of(procedure_row(records))
        spoken = [code for code in (language, *institution.languages) if code in LANGUAGES]
        tongue = tongue_of(spoken[0] if spoken else LANGUAGES[0])
        names = (
            name_of(records, found.dispute.advertiser, tongue),
            cited(records, found.decision.subject, tongue),
        )
        title = title_of(records.get(SUBJECTS, found.decision.subject), tongue) or found.decision.subject
    day = start_of_day(calendar.day(found.at))
    return Letter(
        id=found.dispute.id,
        language=tongue.code,
        sender=tongue.text(institution.platform) or tongue("The platform"),
        addressee=(found.dispute.body,),
        references=tuple(_references(found, tongue, day)),
        day=day,
        title=tongue("File of the dispute about {subject}", subject=title),
        blocks=tuple(_blocks(found, tongue, calendar, names)),
    )


def _references(found: Packed, tongue: Tongue, day: Instant) -> Iterator[str]:
    yield tongue("Our reference: {dispute}", dispute=found.dispute.id)
    if found.dispute.reference:
        yield tongue("Your reference: {reference}", reference=found.dispute.reference)
    yield tongue("As of {day}", day=day)


def _blocks(found: Packed, tongue: Tongue, calendar: Calendar, names: tuple[str, str]) -> Iterator[Block]:
    yield from _dispute(found, tongue, calendar, names)
    yield from _decision(found, tongue, calendar)
    for row in found.appeals:
        yield from _appeal(found, row, tongue, calendar)
    yield from _listed(tongue("Documents"), _documents(found, tongue, calendar))
    yield from _listed(tongue("Times"), (_clock(row, tongue, calendar) for row in found.clocks))
    yield from _listed(tongue("Notices that were sent"), _notices(found, tongue, calendar))
    yield from _listed(tongue("Entries of the log"), _entries(found, tongue, calendar))
    text = found.decision.statement.get(tongue.code) or tongue.text(found.decision.statement)
    yield from stated(text, tongue, calendar) if text else ()


def _listed(title: str, lines: Iterable[str]) -> tuple[Block, ...]:
    items = tuple(lines)
    return (Heading(title), Points(items)) if items else ()


def _dispute(found: Packed, tongue: Tongue, calendar: Calendar, names: tuple[str, str]) -> Iterator[Block]:
    row = found.dispute
    yield Heading(tongue("The dispute"))
    yield Paragraph(
        tongue(
            "{advertiser} has brought the decision {decision} about {subject} before {body}, on {day}.",
            advertiser=names[0],
            decision=f"`{row.decision}`",
            subject=names[1],
            body=row.body,
            day=moment_in(tongue, calendar, row.referred_at),
        )
    )
    yield from _quoted(row.reason)
    if row.decided_at is not None:
        day = moment_in(tongue, calendar, row.decided_at)
        yield Paragraph(tongue("The outcome was recorded on {day}.", day=day))
        yield from _quoted(row.recommended)
    if row.result:
        yield Paragraph(tongue("It was carried out by the decision {decision}.", decision=f"`{row.result}`"))


def _decision(found: Packed, tongue: Tongue, calendar: Calendar) -> Iterator[Block]:
    yield Heading(tongue("The decision"))
    for row in (found.decision, *([found.result] if found.result is not None else [])):
        day = moment_in(tongue, calendar, row.issued_at) if row.issued_at is not None else ""
        parts = {"decision": f"`{row.id}`", "day": day}
        yield Paragraph(
            tongue("The decision {decision} was issued on {day}, by automation.", **parts)
            if row.automated
            else tongue("The decision {decision} was issued on {day}, by people.", **parts)
        )
        imposed = [item for item in found.measures if item.decision == row.id]
        measures = tuple(measure_line(item, tongue, calendar) for item in imposed)
        if measures:
            yield Points(measures)
        else:
            yield Paragraph(tongue("It has no measure."))
    lifted = [item.lifted_at for item in found.measures if item.decision == found.decision.id]
    if lifted and lifted[0] is not None and None not in lifted:
        day = moment_in(tongue, calendar, lifted[0])
        yield Paragraph(tongue("Its measures are lifted since {day}.", day=day))


def _appeal(found: Packed, row: AppealRow, tongue: Tongue, calendar: Calendar) -> Iterator[Block]:
    yield Heading(
        tongue("The request for reasons {appeal}", appeal=row.id)
        if row.kind is AppealKind.REASONS
        else tongue("The appeal {appeal}", appeal=row.id)
    )
    yield Paragraph(tongue("It was filed on {day}.", day=moment_in(tongue, calendar, row.filed_at)))
    if row.appellant != "advertiser":
        yield Paragraph(tongue("It reached the platform by another way, and was written down there."))
    for number, point in enumerate(row.points, 1):
        yield Heading(tongue("Point {number}", number=number), PART)
        yield from _quoted(point.text)
        if point.answer:
            yield Paragraph(tongue("The answer of the platform:"))
            yield from _quoted(point.answer)
    yield Paragraph(tongue.of(_OUTCOMES[row.outcome] if row.state == "decided" else _ENDED[row.state]))
    yield from _quoted(row.answer)
    for message in found.messages:
        if message.appeal == row.id:
            yield from _message(message, tongue, calendar)


def _message(row: MessageRow, tongue: Tongue, calendar: Calendar) -> Iterator[Block]:
    day = moment_in(tongue, calendar, row.at)
    yield Heading(tongue("{side} on {day}", side=_SIDES[row.side], day=day), PART)
    yield from _quoted(row.text)
    if row.documents:
        yield Paragraph(tongue("Attached: {documents}", documents=row.documents))


def _quoted(text: str) -> tuple[Block, ...]:
    texts = parted(text)
    return (Quote(texts),) if texts else ()


def _documents(found: Packed, tongue: Tongue, calendar: Calendar) -> Iterator[str]:
    for row in found.documents:
        if row.expunged_at is not None:
            day = moment_in(tongue, calendar, row.expunged_at)
            yield tongue("{document}: expunged on {day}", document=row.id, day=day)
        else:
            title = str(row.content.get("title") or row.file_name)
            yield tongue(
                "{document}: {title}; SHA-256 {digest}",
                document=row.id,
                title=title,
                digest=f"`{row.blob.removeprefix('sha256:')}`",
            )


def _clock(row: ClockRow, tongue: Tongue, calendar: Calendar) -> str:
    parts = {"of": row.of, "what": _TIMES[row.kind], "until": until_in(tongue, calendar, row.due_at)}
    match row.state:
        case "ran_out":
            return tongue("{of}, {what}: due by {until}, and not done by then", **parts)
        case "stopped":
            day = moment_in(tongue, calendar, row.ended_at) if row.ended_at is not None else ""
            return tongue("{of}, {what}: due by {until}, no longer owed since {day}", **parts, day=day)
        case _:
            return tongue("{of}, {what}: due by {until}", **parts)


def _notices(found: Packed, tongue: Tongue, calendar: Calendar) -> Iterator[str]:
    for row in found.notices:
        day = moment_in(tongue, calendar, row.made_at) if row.made_at is not None else ""
        yield tongue("{notice}, on {day}: {title}", notice=row.id, day=day, title=row.title)


def _entries(found: Packed, tongue: Tongue, calendar: Calendar) -> Iterator[str]:
    for entry in found.entries:
        yield tongue(
            "No. {seq}, {day}: {kind}, {subject}",
            seq=entry.seq,
            day=moment_in(tongue, calendar, entry.at),
            kind=f"`{entry.kind}`",
            subject=f"`{entry.subject}`",
        )
