"""States and transitions of versions, matters and decisions: these tables are both the code and the documentation.

An act that has no row from the present state is refused. Every move is made by an act of `adjudge.people.act`, or by
the institution as the consequence of one, and leaves an entry with its reason, its actor and its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from adjudge.basis.said import Said, say
from adjudge.errors import Finding, RefusedError
from adjudge.people.act import ACTS, Act
from adjudge.records.rows import DecisionState, MatterState, VersionState

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """By `act`, from one of `before` (none: it comes into being) to `after`. `because` says what it means."""

    act: Act
    before: tuple[S, ...]
    after: S
    because: Said


VERSIONS: Sequence[Move[VersionState]] = (
    Move(Act.DRAFT, (), VersionState.DRAFT, say("a version is handed in, sealed")),
    Move(
        Act.DRAFT,
        (VersionState.REJECTED,),
        VersionState.DRAFT,
        say("the same bytes are handed in again; what was approved before is forgotten"),
    ),
    Move(
        Act.SHADOW,
        (VersionState.DRAFT,),
        VersionState.SHADOW,
        say("it is evaluated with every matter, and has no effect"),
    ),
    Move(
        Act.APPROVE,
        (VersionState.DRAFT,),
        VersionState.DRAFT,
        say("somebody else approves exactly these bytes"),
    ),
    Move(
        Act.APPROVE,
        (VersionState.SHADOW,),
        VersionState.SHADOW,
        say("somebody else approves exactly these bytes"),
    ),
    Move(
        Act.REJECT,
        (VersionState.DRAFT, VersionState.SHADOW),
        VersionState.REJECTED,
        say("whoever could approve it says why it is not to be; it is no longer evaluated"),
    ),
    Move(
        Act.PUBLISH,
        (VersionState.DRAFT, VersionState.SHADOW),
        VersionState.IN_FORCE,
        say("an approved version applies from a date; the one before it is superseded then"),
    ),
    Move(
        Act.ROLL_BACK,
        (VersionState.IN_FORCE,),
        VersionState.ROLLED_BACK,
        say("the version before it applies again"),
    ),
)
MATTERS: Sequence[Move[MatterState]] = (
    Move(Act.OPEN, (), MatterState.OPEN, say("an advertiser and its ads are looked at under one policy")),
    Move(
        Act.CLOSE,
        (MatterState.OPEN, MatterState.REOPENED),
        MatterState.CLOSED,
        say("nothing is left to decide; no proposal is waiting"),
    ),
    Move(
        Act.REOPEN,
        (MatterState.CLOSED, MatterState.OPEN, MatterState.REOPENED),
        MatterState.REOPENED,
        say("something that a decision rested on fell away, or somebody asks for it with reasons"),
    ),
)
DECISIONS: Sequence[Move[DecisionState]] = (
    Move(Act.PROPOSE, (), DecisionState.PROPOSED, say("held until all who must take part have done so")),
    Move(
        Act.RETURN,
        (DecisionState.PROPOSED,),
        DecisionState.RETURNED,
        say("with reasons; a new proposal takes its place"),
    ),
    Move(
        Act.CONFIRM,
        (DecisionState.PROPOSED,),
        DecisionState.PROPOSED,
        say("a second person stands for it, who is not its author"),
    ),
    Move(
        Act.SIGN,
        (DecisionState.PROPOSED,),
        DecisionState.PROPOSED,
        say("a role that a rule asks for has signed, by a person who is not its author"),
    ),
    Move(
        Act.ISSUE,
        (DecisionState.PROPOSED,),
        DecisionState.ISSUED,
        say("its statement of reasons is complete; the decision before it on the same subject is superseded"),
    ),
    Move(
        Act.AUTOMATE,
        (),
        DecisionState.ISSUED,
        say("every rule that it applies leaves the decision to automation"),
    ),
)
ACTIVE = frozenset({MatterState.OPEN, MatterState.REOPENED})
"""Matters in which there is something to decide."""


def moved(table: Sequence[Move[S]], act: Act, state: S | None) -> S:
    """The state after an act. Raises RefusedError where the table has no such move."""
    for move in table:
        if move.act is act and (state in move.before if state is not None else not move.before):
            return move.after
    allowed = [str(item) for move in table if move.act is act for item in move.before]
    message = say("in the state {state} one cannot {act}", state=str(state or "–"), act=ACTS[act].title)
    hint = say("it can be done in: {states}", states=tuple(allowed)) if allowed else ""
    raise RefusedError(message, hint=hint, findings=(Finding("wrong-state", message, hint),))
