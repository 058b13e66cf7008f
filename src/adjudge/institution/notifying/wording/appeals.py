"""Notices in an appeal or a request for reasons: received, read, a message, the answer, the outcome.

The wording follows what the one who filed it was: an appeal that came by another way is not told as one's own writing.
"""

from adjudge.institution.notifying.wording.clocks import clock_lines
from adjudge.institution.notifying.wording.decisions import resting_lines, where_to, why_nothing
from adjudge.institution.notifying.wording.measures import lifted_lines, measure_lines
from adjudge.institution.notifying.wording.redress import further_ways
from adjudge.institution.notifying.wording.telling import (
    Telling,
    Told,
    appeal_of,
    fact,
    measures_of,
    own_words,
    short_name,
    subject_name,
)
from adjudge.institution.notifying.wording.times import day_of, moment
from adjudge.letters.letter import PART, Block, Heading, Paragraph, Quote
from adjudge.letters.statement import parted
from adjudge.records.rows import AppealKind, AppealRow, MessageRow, Outcome, Purpose
from adjudge.records.shelf import MESSAGES


def _nothing(telling: Telling) -> Told:
    """Where the appeal is not on record, which no program of ours brings about."""
    return Told(telling.tongue("Your appeal"), ())


def received_told(telling: Telling) -> Told:
    """What was received, and what is owed now."""
    tongue, row = telling.tongue, appeal_of(telling)
    if row is None:
        return _nothing(telling)
    title = (
        tongue("We have received your request for reasons: {subject}", subject=short_name(telling))
        if row.kind is AppealKind.REASONS
        else tongue("We have received your appeal: {subject}", subject=short_name(telling))
    )
    news = (
        Heading(tongue("What happened")),
        Paragraph(_filed(telling, row)),
        *_points(telling, row),
        *_documents(telling, row.documents),
        *_now(telling, (*_held(telling, row), *clock_lines(telling, row.id), *_meanwhile(telling, row))),
    )
    return Told(title, news, _where_to_write(telling, row))


def _filed(telling: Telling, row: AppealRow) -> str:
    """Who filed what, and when."""
    tongue = telling.tongue
    parts = {
        "day": day_of(telling, row.filed_at),
        "decision": f"`{row.decision}`",
        "subject": subject_name(telling),
    }
    if row.kind is AppealKind.REASONS:
        if row.appellant == "advertiser":
            return tongue(
                "On {day} you asked us to explain the decision {decision} about {subject}.", **parts
            )
        return tongue(
            "On {day} we wrote down here, from what reached us by another way, that you ask us to explain the decision "
            "{decision} about {subject}.",
            **parts,
        )
    if row.appellant == "advertiser":
        return tongue("On {day} you appealed against the decision {decision} about {subject}.", **parts)
    return tongue(
        "On {day} we wrote down here, from what reached us by another way, an appeal of yours against the decision "
        "{decision} about {subject}.",
        **parts,
    )


def _points(telling: Telling, row: AppealRow) -> tuple[Block, ...]:
    """The points as they were written."""
    blocks: list[Block] = []
    for number, point in enumerate(row.points, 1):
        blocks += [Heading(telling.tongue("Point {number}", number=number), PART), Quote(parted(point.text))]
    return tuple(blocks)


def _documents(telling: Telling, documents: tuple[str, ...]) -> tuple[Block, ...]:
    if not documents:
        return ()
    text = telling.tongue.plural(
        "{count} document came with it.", "{count} documents came with it.", len(documents)
    )
    return (Paragraph(text),)


def _now(telling: Telling, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What happens next, under its heading; nothing where all of it is over."""
    return (Heading(telling.tongue("What happens now")), *blocks) if blocks else ()


def _held(telling: Telling, row: AppealRow) -> tuple[Block, ...]:
    """That it is not handled before a day."""
    if row.held_until is None or row.held_until <= telling.at:
        return ()
    text = telling.tongue(
        "The handling of your appeals is suspended. What you have filed is kept, and it is handled from {instant} on: "
        "the times below begin then.",
        instant=moment(telling, row.held_until),
    )
    return (Paragraph(text),)


def _meanwhile(telling: Telling, row: AppealRow) -> tuple[Block, ...]:
    """Whether the decision has effect while it is looked at."""
    tongue = telling.tongue
    if row.kind is AppealKind.REASONS or not any(item.lifted_at is None for item in telling.measures):
        return ()
    if row.rests:
        return (
            Paragraph(
                tongue("While your appeal is open, measures of the decision rest. You are told of it.")
            ),
        )
    return (Paragraph(tongue("While your appeal is open, the decision stays in effect.")),)


def _where_to_write(telling: Telling, row: AppealRow) -> tuple[Block, ...]:
    """What can be done in it while it is open."""
    tongue = telling.tongue
    if row.ended_at is not None:
        return ()
    return (
        Heading(tongue("What you can do")),
        Paragraph(
            tongue("You can write to us about it, add documents, see where it stands, and withdraw it.")
        ),
        *where_to(telling, f"appeals/{row.id}"),
    )


def acknowledged_told(telling: Telling) -> Told:
    """That a person has read it, what that person writes, and what is still owed."""
    tongue, row = telling.tongue, appeal_of(telling)
    if row is None:
        return _nothing(telling)
    title = (
        tongue("Your request for reasons has been read: {subject}", subject=short_name(telling))
        if row.kind is AppealKind.REASONS
        else tongue("Your appeal has been read: {subject}", subject=short_name(telling))
    )
    opening = (
        tongue(
            "Somebody here has read your request for reasons {appeal}, and writes to you:",
            appeal=f"`{row.id}`",
        )
        if row.kind is AppealKind.REASONS
        else tongue("Somebody here has read your appeal {appeal}, and writes to you:", appeal=f"`{row.id}`")
    )
    news = (
        Heading(tongue("What happened")),
        Paragraph(opening),
        *_message(telling),
        *_now(telling, clock_lines(telling, row.id)),
    )
    return Told(title, news, _where_to_write(telling, row))


def message_told(telling: Telling) -> Told:
    """What the platform has written."""
    tongue, row = telling.tongue, appeal_of(telling)
    if row is None:
        return _nothing(telling)
    news = (
        Heading(tongue("Our message")),
        Paragraph(
            tongue("We write to you about what you brought before us, {appeal}:", appeal=f"`{row.id}`")
        ),
        *_message(telling),
    )
    title = tongue("A message for you: {subject}", subject=short_name(telling))
    return Told(title, news, _where_to_write(telling, row))


def _message(telling: Telling) -> tuple[Block, ...]:
    """The words of the message that a notice brings."""
    row: MessageRow | None = telling.records.get(MESSAGES, fact(telling, "message"))
    if row is None:
        return ()
    texts = parted(row.text)
    return (*((Quote(texts),) if texts else ()), *_documents(telling, row.documents))


def reasons_told(telling: Telling) -> Told:
    """The answer to a request for reasons."""
    tongue, row = telling.tongue, appeal_of(telling)
    if row is None:
        return _nothing(telling)
    asked = (Heading(tongue("What you asked")), Paragraph(_filed(telling, row)), *_points(telling, row))
    news = (*asked, Heading(tongue("Our answer")), *_again(telling), *own_words(row.answer))
    title = tongue("Our answer to your request for reasons: {subject}", subject=short_name(telling))
    return Told(title, news, _appeal_still(telling))


def _again(telling: Telling) -> tuple[Block, ...]:
    """That the same was asked before, where the answer is the one that was given then."""
    earlier = fact(telling, "again")
    if not earlier:
        return ()
    told = telling.tongue(
        "You asked the same before, in {appeal}. Our answer is still the one that we gave you then.",
        appeal=f"`{earlier}`",
    )
    return (Paragraph(told),)


def _appeal_still(telling: Telling) -> tuple[Block, ...]:
    """That the way to an appeal is open as before."""
    tongue = telling.tongue
    if telling.decision is None or not telling.measures:
        return ()
    return (
        Heading(tongue("What you can do")),
        Paragraph(
            tongue(
                "If you do not agree, you can appeal. Your time for it is what you were told with the decision."
            )
        ),
        *where_to(telling, f"decisions/{telling.decision.id}"),
    )


def outcome_told(telling: Telling) -> Told:
    """How an appeal ended: what applies now, each point with its answer, and the further ways."""
    row = appeal_of(telling)
    if row is None:
        return _nothing(telling)
    outcome = row.outcome or fact(telling, "outcome")
    tongue = telling.tongue
    news = (
        Heading(tongue("What happened")),
        Paragraph(_filed(telling, row)),
        Paragraph(tongue("People who took no part in that decision have decided about it anew.")),
        *_ended(telling, row, outcome),
        *_unfounded(telling, row),
        Heading(tongue("Your points, and our answers")),
        *_answered(telling, row),
    )
    ways = () if outcome == Outcome.REVERSED else further_ways(telling)
    return Told(_outcome_title(telling, outcome), news, ways)


def _outcome_title(telling: Telling, outcome: str) -> str:
    tongue, subject = telling.tongue, short_name(telling)
    match outcome:
        case Outcome.REVERSED:
            return tongue("Your appeal has succeeded: {subject}", subject=subject)
        case Outcome.VARIED:
            return tongue("The decision was changed on your appeal: {subject}", subject=subject)
        case _:
            return tongue("The decision was upheld on your appeal: {subject}", subject=subject)


def _ended(telling: Telling, row: AppealRow, outcome: str) -> tuple[Block, ...]:
    """What applies now, and what no longer does."""
    tongue = telling.tongue
    result = telling.decision.id if telling.decision is not None else ""
    lifted = lifted_lines(telling, measures_of(telling, _appealed(telling, row)))
    match outcome:
        case Outcome.REVERSED:
            return (
                Paragraph(
                    tongue(
                        "The decision is reversed, by the decision {result}. What it imposed is lifted:",
                        result=f"`{result}`",
                    )
                ),
                *lifted,
                *why_nothing(telling),
                Paragraph(tongue("You need not do anything for it.")),
            )
        case Outcome.VARIED:
            return (
                Paragraph(
                    tongue(
                        "The decision is changed, by the decision {result}. This applies now:",
                        result=f"`{result}`",
                    )
                ),
                *measure_lines(telling, telling.measures),
                *resting_lines(telling),
                Paragraph(tongue("What applied before is lifted:")),
                *lifted,
            )
        case _ if not telling.measures:
            text = tongue(
                "The decision is upheld, by the decision {result}: it imposed nothing, and imposes nothing.",
                result=f"`{result}`",
            )
            return (Paragraph(text),)
        case _:
            return (
                Paragraph(
                    tongue(
                        "The decision is upheld, by the decision {result}. This applies:",
                        result=f"`{result}`",
                    )
                ),
                *measure_lines(telling, telling.measures),
                *resting_lines(telling),
            )


def _appealed(telling: Telling, row: AppealRow) -> str:
    """The decision whose measures the new one lifted: the one before it, mostly the one that was appealed."""
    return telling.decision.supersedes if telling.decision is not None else row.decision


def _unfounded(telling: Telling, row: AppealRow) -> tuple[Block, ...]:
    if not row.unfounded:
        return ()
    text = telling.tongue(
        "Your appeal was found manifestly unfounded: anybody would see at once that it could not succeed. Who "
        "often files such appeals can be warned, and the handling of further ones can be suspended for a time "
        "after a warning."
    )
    return (Paragraph(text),)


def _answered(telling: Telling, row: AppealRow) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, point in enumerate(row.points, 1):
        blocks += [
            Heading(telling.tongue("Point {number}", number=number), PART),
            Quote(parted(point.text)),
            Paragraph(telling.tongue("Our answer:")),
            *own_words(point.answer),
        ]
    return tuple(blocks)


PURPOSES = {
    Purpose.RECEIVED: received_told,
    Purpose.ACKNOWLEDGED: acknowledged_told,
    Purpose.MESSAGE: message_told,
    Purpose.REASONS: reasons_told,
    Purpose.OUTCOME: outcome_told,
}
"""What is written here."""
