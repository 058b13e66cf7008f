"""Notices about decisions themselves: a decision, a reminder, measures at rest or in effect again, changed ads."""

from adjudge.appeals.deadline import until as appealable
from adjudge.basis.instant import Instant
from adjudge.clocks.calendar import Calendar
from adjudge.enforcement.terms import HOLD, REVIEW, RUN
from adjudge.institution.binding.measures import CURED
from adjudge.institution.notifying.wording.measures import lifted_lines, measure_lines
from adjudge.institution.notifying.wording.telling import (
    Telling,
    Told,
    decision_of,
    fact,
    measures_of,
    own_words,
    short_name,
    subject_name,
)
from adjudge.institution.notifying.wording.times import day_of, moment, noted, until
from adjudge.letters.letter import Block, Heading, Paragraph
from adjudge.records.rows import DecisionRow, MeasureRow, Purpose


def decision_told(telling: Telling) -> Told:
    """A decision: its measures, or those that it lifts, and how to object."""
    tongue, row = telling.tongue, telling.decision
    if row is None:
        return Told(tongue("A decision"), ())
    before = decision_of(telling, row.supersedes)
    news: list[Block] = [Heading(tongue("What happened"))]
    if telling.measures:
        day = day_of(telling, row.issued_at or telling.at)
        news.append(
            Paragraph(
                tongue(
                    "On {day} we decided about {subject}. This follows from it:",
                    day=day,
                    subject=subject_name(telling),
                )
            )
        )
        news += measure_lines(telling, telling.measures)
        news += resting_lines(telling)
        news += _in_place_of(telling, before)
        return Told(
            tongue("Our decision: {subject}", subject=short_name(telling)),
            tuple(news),
            how_to_object(telling),
        )
    news.append(
        Paragraph(
            tongue(
                "On {day} we decided about {subject} that no measure applies any more.",
                day=day_of(telling, row.issued_at or telling.at),
                subject=subject_name(telling),
            )
        )
    )
    news += _lifted(telling, before)
    return Told(tongue("Measures lifted: {subject}", subject=short_name(telling)), tuple(news))


def resting_lines(telling: Telling) -> tuple[Block, ...]:
    """Which of the measures rest, since those in whose place they are rested; nothing where none does."""
    row = telling.decision
    resting = [
        item
        for item in telling.measures
        if row is not None and any(rest.end is None and rest.start == row.issued_at for rest in item.pauses)
    ]
    if not resting:
        return ()
    text = telling.tongue(
        "These rest, as those rested in whose place they are: they have no effect until you are told otherwise."
    )
    return (Paragraph(text), *measure_lines(telling, resting))


def _in_place_of(telling: Telling, before: DecisionRow | None) -> tuple[Block, ...]:
    if before is None:
        return ()
    text = telling.tongue(
        "It takes the place of the decision {decision} of {day}, whose measures are lifted.",
        decision=f"`{before.id}`",
        day=day_of(telling, before.issued_at or telling.at),
    )
    return (Paragraph(text), *lifted_lines(telling, measures_of(telling, before.id)))


def _lifted(telling: Telling, before: DecisionRow | None) -> tuple[Block, ...]:
    """Which measures a decision lifted, and that nothing is to be done about it."""
    if before is None:
        return ()
    tongue = telling.tongue
    opening = tongue(
        "It takes the place of the decision {decision} of {day}. What that one imposed is lifted:",
        decision=f"`{before.id}`",
        day=day_of(telling, before.issued_at or telling.at),
    )
    closing = tongue("You need not do anything for it.")
    return (
        Paragraph(opening),
        *lifted_lines(telling, measures_of(telling, before.id)),
        *why_nothing(telling),
        Paragraph(closing),
    )


def why_nothing(telling: Telling) -> tuple[Block, ...]:
    """Why no measure is left: what was said of it to be told, else that no rule calls for one."""
    proposal = telling.decision.proposal if telling.decision is not None else {}
    why = own_words(str(proposal.get("why_departing") or ""))
    if why:
        return (Paragraph(telling.tongue("The reason for it:")), *why)
    return (Paragraph(telling.tongue("By what is known now, no rule calls for a measure.")),)


def how_to_object(telling: Telling) -> tuple[Block, ...]:
    """How to appeal and to ask for reasons, and how long there is time for it at least."""
    tongue, row = telling.tongue, telling.decision
    if row is None:
        return ()
    return (
        Heading(tongue("What you can do")),
        Paragraph(
            tongue(
                "You can appeal, free of charge and in no set form. Somebody who took no part in this decision "
                "looks at it anew, and every point that you make is answered. You can also ask us to explain our "
                "reasons, at any time."
            )
        ),
        Paragraph(
            tongue(
                "For an appeal you have six months from the day on which you were informed, and in any case until "
                "{until}.",
                until=until(telling, _least(row.issued_at or telling.at, telling.calendar)),
            )
        ),
        *where_to(telling, f"decisions/{row.id}"),
    )


def _least(issued_at: Instant, calendar: Calendar) -> Instant:
    """When the time to appeal ends at the earliest: nobody is informed before the decision is issued."""
    return appealable(issued_at, issued_at, calendar)


def where_to(telling: Telling, page: str) -> tuple[Block, ...]:
    """Where it is done; the page that leads there, if the address of our pages is known."""
    tongue = telling.tongue
    if not telling.address:
        return (Paragraph(tongue("It is done on your page with us.")),)
    return (Paragraph(tongue("It is done on your page: {address}", address=f"{telling.address}/{page}")),)


def reminder_told(telling: Telling) -> Told:
    """That a measure begins soon, or that the time to appeal ends soon."""
    tongue, when = telling.tongue, noted(telling, "when")
    instant = when or telling.at
    if fact(telling, "what") == "complaint":
        title = tongue("Your time to appeal ends soon: {subject}", subject=short_name(telling))
        text = tongue(
            "You can still appeal against our decision about {subject}. Your time for it ends soon. The latest "
            "time for it: {until}.",
            subject=subject_name(telling),
            until=until(telling, instant),
        )
        return Told(title, (Heading(tongue("A reminder")), Paragraph(text)), _ways_open(telling))
    title = tongue("A measure begins soon: {subject}", subject=short_name(telling))
    text = tongue(
        "On {instant} a measure of our decision about {subject} begins, unless what it rests on has changed by then.",
        instant=moment(telling, instant),
        subject=subject_name(telling),
    )
    waiting = [row for row in telling.measures if row.start >= telling.at and row.lifted_at is None]
    news = (Heading(tongue("A reminder")), Paragraph(text), *measure_lines(telling, waiting))
    return Told(title, news, how_to_object(telling))


def _ways_open(telling: Telling) -> tuple[Block, ...]:
    """As `how_to_object`, where the day on which the time ends was told before it."""
    return tuple(block for at, block in enumerate(how_to_object(telling)) if at != _PLACE_OF_TIME)


_PLACE_OF_TIME = 2


def paused_told(telling: Telling) -> Told:
    """That measures rest, or have effect again, and why."""
    tongue, named = telling.tongue, telling.notice.facts.get("measures")
    wanted = named if isinstance(named, list) else []
    rows = [row for row in telling.measures if row.id in wanted] or list(telling.measures)
    back = fact(telling, "what") == "resumed"
    opening = (
        tongue(
            "These measures of our decision about {subject} have effect again:", subject=subject_name(telling)
        )
        if back
        else tongue(
            "These measures of our decision about {subject} rest: they have no effect until you are told otherwise.",
            subject=subject_name(telling),
        )
    )
    news = [
        Heading(tongue("What happened")),
        Paragraph(opening),
        *measure_lines(telling, rows),
        Paragraph(_since(telling, rows, back=back)),
        *_why(telling),
    ]
    title = (
        tongue("In effect again: {subject}", subject=short_name(telling))
        if back
        else tongue("Without effect for now: {subject}", subject=short_name(telling))
    )
    return Told(title, tuple(news))


def changed_told(telling: Telling) -> Told:
    """That an ad is not as it was approved, and what holds until it is decided anew."""
    tongue, row = telling.tongue, telling.decision
    opening = tongue(
        "On {day} we decided that no measure applies to {subject}. What it shows or the page to which it leads is "
        "another one since: our decision holds for what we saw then.",
        day=day_of(telling, row.issued_at if row is not None and row.issued_at else telling.at),
        subject=subject_name(telling),
    )
    meanwhile = {
        REVIEW: tongue("We look at it again. Until we have decided anew, it does not run as it is now."),
        HOLD: tongue("It does not run as it is now, unless we decide anew or it is as it was again."),
        RUN: tongue("We look at it again. Until we have decided anew, it runs."),
    }
    news = (
        Heading(tongue("What happened")),
        Paragraph(opening),
        Paragraph(meanwhile.get(fact(telling, "changed"), meanwhile[REVIEW])),
    )
    ways = (Heading(tongue("What you can do")), *where_to(telling, f"decisions/{telling.notice.about}"))
    return Told(tongue("Your ad was changed: {subject}", subject=short_name(telling)), news, ways)


def _since(telling: Telling, rows: list[MeasureRow], *, back: bool) -> str:
    """Since when, as the measures themselves say."""
    pauses = [pause for row in rows for pause in row.pauses]
    instants = [pause.end if back else pause.start for pause in pauses]
    since = max(
        (at for at in instants if at is not None and at <= telling.at), default=telling.notice.owed_at
    )
    return telling.tongue("Since: {instant}.", instant=moment(telling, since))


def _why(telling: Telling) -> tuple[Block, ...]:
    tongue, reason = telling.tongue, fact(telling, "reason")
    if fact(telling, "what") == CURED:
        text = tongue(
            "What they are about seems to have been put right in time. They do not begin, unless a person decides "
            "so anew."
        )
        return (Paragraph(text),)
    if telling.notice.facts.get("declared"):
        text = tongue(
            "We have declared that measures of this kind rest while an appeal against them is open."
        )
        return (Paragraph(text),)
    if reason:
        return (Paragraph(tongue("The reason for it:")), *own_words(reason))
    return ()


PURPOSES = {
    Purpose.DECISION: decision_told,
    Purpose.REMINDER: reminder_told,
    Purpose.PAUSED: paused_told,
    Purpose.CHANGED: changed_told,
}
"""What is written here."""
