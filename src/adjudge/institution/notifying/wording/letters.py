"""A notice as a whole letter: who, to whom, what is new, what can be done, and the statement of reasons in full.

Every notice about a decision has the whole statement of it, with the same numbers, after what is new.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from adjudge.basis.instant import Instant, start_of_day
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.notifying.contacts import contact_of
from adjudge.institution.notifying.wording import appeals, decisions, late, proceedings, replies
from adjudge.institution.notifying.wording.stated import stated
from adjudge.institution.notifying.wording.telling import Telling, Told, fact, own_words, title_of
from adjudge.institution.notifying.wording.times import day_of
from adjudge.institution.staff.settling import institution_row
from adjudge.letters.letter import Block, Heading, Letter, Paragraph
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    DecisionRow,
    DecisionState,
    MeasureRow,
    NoticeRow,
    Purpose,
)
from adjudge.records.shelf import CLOCKS, DECISIONS, MEASURES, NOTICES, SUBJECTS
from adjudge.tongues.tongue import LANGUAGES, tongue_of

Writer = Callable[[Telling], Told]
WRITERS: Mapping[Purpose, Writer] = {
    **decisions.PURPOSES,
    **appeals.PURPOSES,
    **late.PURPOSES,
    **proceedings.PURPOSES,
    **replies.PURPOSES,
}
"""Who writes what; a correction is written by whoever wrote what it corrects."""


def written(
    records: Reading,
    notice: NoticeRow,
    at: Instant,
    address: str,
    *,
    proposed: tuple[DecisionRow, tuple[MeasureRow, ...]] | None = None,
) -> Letter:
    """The letter of a notice as of now, in the notice's language or the addressee's.

    `proposed` is a decision that is not issued yet, with what would be its measures, where one looks ahead.
    """
    decision, measures = proposed or _decided(records, notice)
    telling = Telling(
        records=records,
        notice=notice,
        at=at,
        tongue=tongue_of(notice.language or language_for(records, notice.advertiser, decision)),
        calendar=calendar_of(procedure_row(records)),
        address=address,
        decision=decision,
        measures=measures,
    )
    told = _told(telling)
    return Letter(
        id=notice.id,
        language=telling.tongue.code,
        sender=telling.tongue.text(institution_row(records).platform) or telling.tongue("The platform"),
        addressee=_addressee(telling),
        references=_references(telling),
        day=start_of_day(telling.calendar.day(at)),
        title=told.title,
        blocks=(*told.news, *_standing(telling), *told.ways, *_statement(telling)),
    )


def language_for(records: Reading, advertiser: str, decision: DecisionRow | None) -> str:
    """The addressee's language; where the statement was not issued in it, one in which it was: a letter has one."""
    wanted = contact_of(records, advertiser).language
    issued = decision.statement if decision is not None else {}
    if not issued or wanted in issued:
        return wanted if wanted in LANGUAGES else LANGUAGES[0]
    return next((language for language in LANGUAGES if language in issued), LANGUAGES[0])


def _decided(records: Reading, notice: NoticeRow) -> tuple[DecisionRow | None, tuple[MeasureRow, ...]]:
    decision = records.get(DECISIONS, notice.about) if notice.about else None
    return decision, tuple(records.find(MEASURES, decision=decision.id)) if decision is not None else ()


def _told(telling: Telling) -> Told:
    notice = telling.notice
    if notice.purpose is not Purpose.CORRECTION:
        return WRITERS[notice.purpose](telling)
    purpose = Purpose(fact(telling, "purpose") or Purpose.DECISION)
    told = WRITERS[purpose](replace(telling, notice=replace(notice, purpose=purpose)))
    title = telling.tongue("Correction: {title}", title=told.title)
    return Told(title, (*_corrected(telling), *told.news), told.ways)


def _corrected(telling: Telling) -> tuple[Block, ...]:
    """Which notice has no force any more, and what was wrong in it."""
    tongue, before = telling.tongue, telling.records.get(NOTICES, telling.notice.replaces)
    when = (before.made_at or before.owed_at) if before is not None else telling.notice.owed_at
    text = tongue(
        "This notice takes the place of our notice {notice} of {day}. What was wrong in that one:",
        notice=f"`{telling.notice.replaces}`",
        day=day_of(telling, when),
    )
    return (Heading(tongue("A correction")), Paragraph(text), *own_words(fact(telling, "wrong")))


def _addressee(telling: Telling) -> tuple[str, ...]:
    """By name and by id."""
    owner = telling.notice.advertiser
    title = title_of(telling.records.get(SUBJECTS, owner), telling.tongue)
    return (title, owner) if title else (owner,)


def _references(telling: Telling) -> tuple[str, ...]:
    """What one cites in an answer, a line each."""
    tongue, notice = telling.tongue, telling.notice
    lines = [
        tongue("Date: {day}", day=day_of(telling, telling.at)),
        tongue("Notice: {id}", id=notice.id),
    ]
    if notice.about:
        lines.append(tongue("Decision: {id}", id=notice.about))
    if notice.of:
        clock = telling.records.get(CLOCKS, notice.of)
        lines.append(tongue("Reference: {id}", id=clock.of if clock is not None else notice.of))
    return tuple(lines)


def _standing(telling: Telling) -> tuple[Block, ...]:
    """Where the decision is no longer in force, that it is not: a notice that comes late misleads nobody."""
    text = _no_longer(telling)
    return (Heading(telling.tongue("What applies now")), Paragraph(text)) if text else ()


def _no_longer(telling: Telling) -> str:
    row, tongue = telling.decision, telling.tongue
    if row is None or row.state not in {DecisionState.LAPSED, DecisionState.SUPERSEDED}:
        return ""
    if row.state is DecisionState.LAPSED:
        return tongue(
            "The decision {decision} has lapsed: it imposes nothing any more.", decision=f"`{row.id}`"
        )
    same = telling.records.find(DECISIONS, subject=row.subject)
    later = next((item for item in same if item.supersedes == row.id and item.issued_at is not None), None)
    if later is None:
        return tongue("The decision {decision} is no longer in force.", decision=f"`{row.id}`")
    return tongue(
        "A newer decision has taken the place of the decision {decision}: the decision {later}, of {day}. It is told "
        "in a notice of its own.",
        decision=f"`{row.id}`",
        later=f"`{later.id}`",
        day=day_of(telling, later.issued_at or telling.at),
    )


def _statement(telling: Telling) -> tuple[Block, ...]:
    """The statement of reasons as it was issued, whole; nothing where no measure was left to state reasons for."""
    row, tongue = telling.decision, telling.tongue
    if row is None or not row.statement:
        return ()
    text = row.statement.get(tongue.code) or next(iter(row.statement.values()))
    return stated(text, tongue, telling.calendar)
