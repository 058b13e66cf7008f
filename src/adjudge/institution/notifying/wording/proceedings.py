"""Notices of procedures beside appeals: misuse (DSA Art. 23), and settlement out of court (DSA Art. 21)."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.institution.notifying.wording.clocks import clock_lines
from adjudge.institution.notifying.wording.decisions import where_to
from adjudge.institution.notifying.wording.telling import (
    Telling,
    Told,
    fact,
    own_words,
    short_name,
    subject_name,
)
from adjudge.institution.notifying.wording.times import day_of, noted, until
from adjudge.letters.letter import Block, Heading, Paragraph, Points, Quote
from adjudge.letters.statement import parted
from adjudge.records.rows import DisputeRow, DisputeState, MisuseRow, MisuseState, Purpose
from adjudge.records.shelf import DISPUTES, MISUSES

CRITERIA: Mapping[str, Said] = {
    "number": say("how many were manifestly unfounded"),
    "share": say("their share of all that you filed"),
    "gravity": say("how grave it is, and what followed from it"),
    "intention": say("what was meant by it, where that can be known"),
}
"""What is weighed, by its name. DSA Art. 23(3)."""
SETTLED: Mapping[str, Said] = {
    "for_advertiser": say("It found for you."),
    "partly": say("It found for you in part."),
    "for_platform": say("It found for us."),
}
"""How a body of settlement decided."""


def misuse_told(telling: Telling) -> Told:
    """A warning, a suspension, or its end."""
    tongue, row = telling.tongue, telling.records.get(MISUSES, telling.notice.of)
    if row is None:
        return Told(tongue("Misuse of appeals"), ())
    state = fact(telling, "what") or row.state.value
    match state:
        case MisuseState.SUSPENDED:
            return _suspended(telling, row)
        case MisuseState.ENDED:
            text = tongue(
                "The procedure {misuse} for misuse of appeals is ended. Your appeals are handled as all others are.",
                misuse=f"`{row.id}`",
            )
            title = tongue("The procedure for misuse of appeals is ended")
            return Told(title, (Heading(tongue("What happened")), Paragraph(text), *_released(telling)))
        case _:
            return _warned(telling, row)


def _released(telling: Telling) -> tuple[Block, ...]:
    """The appeals that were held and are handled from now on, each with the days of its clocks."""
    names = telling.notice.facts.get("released")
    found: list[Block] = []
    for name in names if isinstance(names, (list, tuple)) else ():
        lines = clock_lines(telling, str(name))
        if lines:
            text = telling.tongue("Your appeal {appeal} is handled from now on:", appeal=f"`{name}`")
            found += (Paragraph(text), *lines)
    return tuple(found)


def _warned(telling: Telling, row: MisuseRow) -> Told:
    tongue = telling.tongue
    text = tongue(
        "Appeals of yours were found manifestly unfounded, time and again. This is a warning, of {day}: if that "
        "goes on, the handling of your appeals can be suspended for a time, by somebody else than who warns you.",
        day=day_of(telling, row.warned_at),
    )
    news = (
        Heading(tongue("What happened")),
        Paragraph(text),
        Paragraph(tongue("The reason for it:")),
        *own_words(row.reason),
        *_weighed(telling, row),
        *_kept_open(telling),
    )
    return Told(tongue("A warning: misuse of appeals"), news)


def _suspended(telling: Telling, row: MisuseRow) -> Told:
    tongue = telling.tongue
    text = tongue(
        "After our warning of {day}, the handling of your appeals is suspended. Its end: {until}. It ends then by "
        "itself.",
        day=day_of(telling, row.warned_at),
        until=until(telling, noted(telling, "until") or row.until or telling.at),
    )
    kept = tongue("What you file until then is kept, and its times begin when the suspension ends.")
    news = (
        Heading(tongue("What happened")),
        Paragraph(text),
        Paragraph(tongue("The reason for it:")),
        *own_words(row.reason),
        *_weighed(telling, row),
        Paragraph(kept),
        *_kept_open(telling),
    )
    return Told(tongue("The handling of your appeals is suspended"), news)


def _weighed(telling: Telling, row: MisuseRow) -> tuple[Block, ...]:
    """What was weighed, criterion by criterion."""
    tongue = telling.tongue
    lines = tuple(
        tongue("{criterion}: {share} per cent", criterion=said, share=row.criteria[name])
        if name == "share"
        else tongue("{criterion}: {text}", criterion=said, text=row.criteria[name])
        for name, said in CRITERIA.items()
        if row.criteria.get(name)
    )
    return (Paragraph(tongue("This was weighed:")), Points(lines)) if lines else ()


def _kept_open(telling: Telling) -> tuple[Block, ...]:
    text = telling.tongue(
        "You can still ask for reasons, which are always answered, turn to a body of out-of-court settlement, and "
        "go to court. You keep access to all that we hold about you."
    )
    return (Heading(telling.tongue("What you can do")), Paragraph(text))


def settlement_told(telling: Telling) -> Told:
    """Where a dispute before a body of settlement stands."""
    tongue, row = telling.tongue, telling.records.get(DISPUTES, telling.notice.of)
    if row is None:
        return Told(tongue("Settlement out of court"), ())
    news = (
        Heading(tongue("What happened")),
        Paragraph(
            tongue(
                "Our decision about {subject} was brought before {body}, on {day}.",
                subject=subject_name(telling),
                body=row.body,
                day=day_of(telling, row.referred_at),
            )
        ),
        *_outcome(telling, row),
        *_answer(telling, row),
        *clock_lines(telling, row.id),
    )
    court = Paragraph(tongue("You can also go to court at any time."))
    ways = (Heading(tongue("What you can do")), court, *where_to(telling, f"decisions/{row.decision}"))
    return Told(tongue("Settlement out of court: {subject}", subject=short_name(telling)), news, ways)


def _outcome(telling: Telling, row: DisputeRow) -> tuple[Block, ...]:
    """What the body found, in its own words."""
    if not row.outcome:
        return ()
    tongue, words = telling.tongue, parted(row.recommended)
    quote = (Paragraph(tongue("In its own words:")), Quote(words)) if words else ()
    return (Paragraph(tongue.of(SETTLED.get(row.outcome, row.outcome))), *quote)


def _answer(telling: Telling, row: DisputeRow) -> tuple[Block, ...]:
    """What was done about it."""
    tongue = telling.tongue
    match row.state:
        case DisputeState.CARRIED_OUT:
            text = tongue("Its outcome is carried out, by our decision {result}.", result=f"`{row.result}`")
            return (Paragraph(text),)
        case DisputeState.NOT_FOLLOWED:
            text = tongue("We do not follow its outcome, which does not bind us.")
            return (Paragraph(text), Paragraph(tongue("The reason for it:")), *own_words(row.reason))
        case DisputeState.ENDED:
            ended = Paragraph(tongue("It ended there without an outcome."))
            return (ended, Paragraph(tongue("The reason for it:")), *own_words(row.reason))
        case _:
            return ()


PURPOSES = {Purpose.MISUSE: misuse_told, Purpose.SETTLEMENT: settlement_told}
"""What is written here."""
