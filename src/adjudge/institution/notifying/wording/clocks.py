"""Clocks in sentences: what is owed to the addressee, until when, and what follows by itself if we are late."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.clocks.term import ClockKind, Consequence
from adjudge.institution.binding.chain import what_follows
from adjudge.institution.notifying.wording.telling import Telling
from adjudge.institution.notifying.wording.times import until
from adjudge.letters.letter import Block, Points
from adjudge.records.rows import ClockRow, ClockState
from adjudge.records.shelf import CLOCKS

OWED: Mapping[str, Said] = {
    ClockKind.ACKNOWLEDGE: say("a first answer by a person, who says what happens next"),
    ClockKind.ANSWER: say("our answer to your request for reasons"),
    ClockKind.DECIDE: say("our decision on your appeal"),
    ClockKind.SETTLE: say("the outcome of the body of settlement"),
    ClockKind.CARRY_OUT: say("our answer to the outcome of the body of settlement"),
}
"""By kind of clock, what is owed before it runs out."""
LATE: Mapping[str, Said] = {
    Consequence.ESCALATE: say(
        "If that is not done by then, those who answer for it here are told, so are you, and it stays open: silence is "
        "no refusal."
    ),
    Consequence.SUSPEND_MEASURE: say(
        "If that is not done by then, the measures of the decision rest by themselves, without effect, until it "
        "is done."
    ),
    Consequence.REINSTATE: say(
        "If that is not done by then, the measures of the decision are lifted by themselves, and your appeal has "
        "succeeded."
    ),
}
"""By consequence, what follows by itself."""
LATE_AT_FIRST = say(
    "If that is not done by then, the measures of the decision rest by themselves, without effect, until what you "
    "brought before us is decided, answered or withdrawn."
)
"""The same of a first answer: what follows from silence is not taken back by one."""


def running(telling: Telling, of: str) -> tuple[ClockRow, ...]:
    """The clocks that run for an appeal or a dispute, in the order in which they are due."""
    rows = telling.records.find(CLOCKS, of=of, state=ClockState.RUNNING.value)
    return tuple(sorted(rows, key=lambda row: (row.due_at, row.id)))


def clock_lines(telling: Telling, of: str) -> tuple[Block, ...]:
    """What is owed and until when, a line for each clock; nothing where none runs."""
    lines = tuple(clock_line(telling, row) for row in running(telling, of))
    return (Points(lines),) if lines else ()


def clock_line(telling: Telling, row: ClockRow) -> str:
    """One clock."""
    tongue = telling.tongue
    due = tongue(
        "We owe you {thing}. The latest time for it: {until}.",
        thing=OWED[row.kind],
        until=until(telling, row.due_at),
    )
    if row.kind == ClockKind.SETTLE:
        return tongue(
            "The body of settlement decides. The latest time for it: {until}.",
            until=until(telling, row.due_at),
        )
    return f"{due} {late_line(telling, row)}"


def late_line(telling: Telling, row: ClockRow) -> str:
    """What follows if we are late: no more than can follow of what is in force now."""
    consequence = what_follows(telling.records, row, telling.at)
    if consequence is Consequence.SUSPEND_MEASURE and row.kind == ClockKind.ACKNOWLEDGE:
        return telling.tongue.of(LATE_AT_FIRST)
    return telling.tongue.of(LATE[consequence])
