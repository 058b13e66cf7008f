"""States and transitions of appeals, disputes and procedures for misuse: the tables are the documentation.

Moves without an act are made by the institution, as a consequence of what a person did or of a clock that ran out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from adjudge.basis.said import Said, say
from adjudge.errors import Finding, RefusedError
from adjudge.people.act import ACTS, Act
from adjudge.records.rows import AppealState, DisputeState, MisuseState

S = TypeVar("S", bound=StrEnum)


class ByRule(StrEnum):
    """What moves something although nobody acts on it: the kind of the entry that the institution writes."""

    DECIDED = "appeal:decided"
    GRANTED = "appeal:granted"


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """By an act or a rule, from one of `before` (none: it comes into being) to `after`."""

    by: Act | ByRule
    before: tuple[S, ...]
    after: S
    because: Said


OPEN = frozenset({AppealState.FILED, AppealState.ACKNOWLEDGED})
"""Appeals that wait for somebody of the platform. There is no state in which one has been forgotten."""
WAITING = frozenset({DisputeState.REFERRED, DisputeState.DECIDED})
"""Disputes that wait: for the body, or for the platform to answer it."""
_OPEN = (AppealState.FILED, AppealState.ACKNOWLEDGED)

APPEALS: Sequence[Step[AppealState]] = (
    Step(Act.FILE, (), AppealState.FILED, say("received; its clocks run from this instant")),
    Step(
        Act.ACKNOWLEDGE,
        (AppealState.FILED,),
        AppealState.ACKNOWLEDGED,
        say("a person has read it and has told what happens next"),
    ),
    Step(
        Act.ASSIGN_APPEAL,
        (AppealState.FILED,),
        AppealState.FILED,
        say("to somebody who took no part in the decision"),
    ),
    Step(
        Act.ASSIGN_APPEAL,
        (AppealState.ACKNOWLEDGED,),
        AppealState.ACKNOWLEDGED,
        say("to somebody who took no part in the decision"),
    ),
    Step(
        Act.ANSWER,
        _OPEN,
        AppealState.ANSWERED,
        say("the reasons asked for are stated, with the statement of reasons anew"),
    ),
    Step(
        ByRule.DECIDED,
        _OPEN,
        AppealState.DECIDED,
        say("a new decision that answers every point is issued, by other people than the one before it"),
    ),
    Step(
        Act.WITHDRAW_APPEAL,
        _OPEN,
        AppealState.WITHDRAWN,
        say("by the advertiser; it may appeal again in time"),
    ),
    Step(
        ByRule.GRANTED,
        _OPEN,
        AppealState.GRANTED,
        say("a clock ran out whose declared consequence is to reinstate"),
    ),
)
DISPUTES: Sequence[Step[DisputeState]] = (
    Step(Act.REFER, (), DisputeState.REFERRED, say("before a certified body that the advertiser chose")),
    Step(
        Act.RECORD_OUTCOME,
        (DisputeState.REFERRED,),
        DisputeState.DECIDED,
        say("its outcome is recorded; it does not bind, and must be answered"),
    ),
    Step(
        Act.CARRY_OUT,
        (DisputeState.DECIDED,),
        DisputeState.CARRIED_OUT,
        say("by a decision that was issued since"),
    ),
    Step(
        Act.NOT_FOLLOW,
        (DisputeState.DECIDED,),
        DisputeState.NOT_FOLLOWED,
        say("with reasons, which are told"),
    ),
    Step(
        Act.END_DISPUTE,
        (DisputeState.REFERRED,),
        DisputeState.ENDED,
        say("withdrawn, or not taken by the body"),
    ),
)
MISUSES: Sequence[Step[MisuseState]] = (
    Step(Act.WARN, (), MisuseState.WARNED, say("with what was weighed, and what follows next time")),
    Step(
        Act.SUSPEND_HANDLING,
        (MisuseState.WARNED,),
        MisuseState.SUSPENDED,
        say("after the warning, by somebody else, until a day; what is filed meanwhile is kept"),
    ),
    Step(
        Act.END_MISUSE,
        (MisuseState.WARNED, MisuseState.SUSPENDED),
        MisuseState.ENDED,
        say("by a person, with reasons; a suspension also ends on its day by itself"),
    ),
)


def stepped(table: Sequence[Step[S]], by: Act | ByRule, state: S | None) -> S:
    """The state after a step. Raises RefusedError where the table has no such step."""
    for step in table:
        if step.by is by and (state in step.before if state is not None else not step.before):
            return step.after
    title = ACTS[by].title if isinstance(by, Act) else str(by)
    message = say("in the state {state} one cannot {act}", state=str(state or "–"), act=title)
    raise RefusedError(message, findings=(Finding("wrong-state", message),))
