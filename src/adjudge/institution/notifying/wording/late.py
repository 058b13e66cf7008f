"""Notices of clocks: that one ran out and what followed by itself, or that more time is taken, and why."""

from adjudge.clocks.term import ClockKind, Consequence
from adjudge.institution.notifying.wording.clocks import OWED, late_line
from adjudge.institution.notifying.wording.decisions import where_to
from adjudge.institution.notifying.wording.measures import lifted_lines, measure_lines
from adjudge.institution.notifying.wording.telling import (
    Telling,
    Told,
    fact,
    own_words,
    short_name,
    subject_name,
)
from adjudge.institution.notifying.wording.times import moment, noted, until
from adjudge.letters.letter import Block, Heading, Paragraph
from adjudge.records.rows import ClockRow, MeasureRow, Purpose
from adjudge.records.shelf import APPEALS, CLOCKS


def ran_out_told(telling: Telling) -> Told:
    """That we were late, and what came of it."""
    tongue, row = telling.tongue, telling.records.get(CLOCKS, telling.notice.of)
    if row is None:
        return Told(tongue("A time ran out"), ())
    happened = fact(telling, "consequence") or row.consequence
    title = (
        tongue("Your appeal has succeeded, since we were late: {subject}", subject=short_name(telling))
        if happened == Consequence.REINSTATE
        else tongue("A time ran out: {subject}", subject=short_name(telling))
    )
    news = (
        Heading(tongue("What happened")),
        Paragraph(_missed(telling, row)),
        *_came_of_it(telling, row, happened),
    )
    return Told(title, news, _page(telling, row, happened))


def _missed(telling: Telling, row: ClockRow) -> str:
    tongue, latest = telling.tongue, until(telling, row.due_at)
    if row.kind == ClockKind.SETTLE:
        return tongue(
            "The body of settlement was to decide about {subject}, and no outcome is on record here. The latest "
            "time for it was: {until}.",
            subject=subject_name(telling),
            until=latest,
        )
    return tongue(
        "About {subject} we owed you {thing}, and did not give it in time. The latest time for it was: {until}.",
        subject=subject_name(telling),
        thing=OWED[row.kind],
        until=latest,
    )


def _came_of_it(telling: Telling, row: ClockRow, happened: str) -> tuple[Block, ...]:
    tongue = telling.tongue
    match happened:
        case Consequence.REINSTATE:
            text = tongue(
                "As it was declared, this follows by itself: your appeal has succeeded, and the measures of the "
                "decision {decision} are lifted.",
                decision=f"`{telling.notice.about}`",
            )
            closing = tongue("You need not do anything for it.")
            return (Paragraph(text), *lifted_lines(telling, telling.measures), Paragraph(closing))
        case Consequence.SUSPEND_MEASURE:
            return (Paragraph(_rest(telling, row)), *measure_lines(telling, _resting(telling)))
        case _:
            text = tongue(
                "Those who answer for it here have been told. It stays open, and is still owed: silence is no refusal."
            )
            return (*_not_as_declared(telling, row), Paragraph(text))


def _rest(telling: Telling, row: ClockRow) -> str:
    """That measures rest, and until when: a first answer that is late does not end it."""
    tongue, decision = telling.tongue, f"`{telling.notice.about}`"
    instant = moment(telling, row.ended_at or telling.at)
    if row.kind == ClockKind.ACKNOWLEDGE:
        return tongue(
            "As it was declared, this follows by itself: the measures of the decision {decision} rest since "
            "{instant}, without effect, until what you brought before us is decided, answered or withdrawn.",
            decision=decision,
            instant=instant,
        )
    return tongue(
        "As it was declared, this follows by itself: the measures of the decision {decision} rest since "
        "{instant}, without effect, until it is done.",
        decision=decision,
        instant=instant,
    )


def _not_as_declared(telling: Telling, row: ClockRow) -> tuple[Block, ...]:
    """Why what was declared did not follow."""
    if row.consequence == Consequence.ESCALATE:
        return ()
    text = telling.tongue(
        "What was declared for this could not follow, since no measure of the decision {decision} is in force any "
        "more.",
        decision=f"`{row.decision}`",
    )
    return (Paragraph(text),)


def _resting(telling: Telling) -> list[MeasureRow]:
    return [row for row in telling.measures if any(pause.end is None for pause in row.pauses)]


def _page(telling: Telling, row: ClockRow, happened: str) -> tuple[Block, ...]:
    """Where it goes on."""
    appeal = telling.records.get(APPEALS, row.of)
    if happened == Consequence.REINSTATE or appeal is None or appeal.ended_at is not None:
        return ()
    tongue = telling.tongue
    heading = Heading(tongue("What you can do"))
    return (
        heading,
        Paragraph(tongue("You can write to us about it, and see where it stands.")),
        *where_to(telling, f"appeals/{row.of}"),
    )


def extended_told(telling: Telling) -> Told:
    """That more time is taken, until when, and why."""
    tongue, row = telling.tongue, telling.records.get(CLOCKS, telling.notice.of)
    if row is None:
        return Told(tongue("More time"), ())
    before, due = noted(telling, "before") or row.due_at, noted(telling, "due_at") or row.due_at
    news: list[Block] = [
        Heading(tongue("What happened")),
        Paragraph(
            tongue(
                "More time is needed for this, about {subject}: {thing}.",
                subject=subject_name(telling),
                thing=OWED[row.kind],
            )
        ),
        Paragraph(tongue("The latest time for it was: {until}.", until=until(telling, before))),
        Paragraph(tongue("The latest time for it is now: {until}.", until=until(telling, due))),
        Paragraph(tongue("The reason for it:")),
        *own_words(fact(telling, "reason")),
    ]
    if row.kind != ClockKind.SETTLE:
        news.append(Paragraph(late_line(telling, row)))
    return Told(
        tongue("More time is needed: {subject}", subject=short_name(telling)),
        tuple(news),
        _page(telling, row, ""),
    )


PURPOSES = {Purpose.RAN_OUT: ran_out_told, Purpose.EXTENDED: extended_told}
"""What is written here."""
