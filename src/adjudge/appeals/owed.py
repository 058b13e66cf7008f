"""What clocks are for: by their kind, in which states of an appeal or a dispute it is still to be done."""

from collections.abc import Iterable, Mapping

from adjudge.appeals.states import OPEN
from adjudge.clocks.term import ClockKind
from adjudge.records.rows import AppealState, ClockRow, DisputeState

OWED: Mapping[ClockKind, frozenset[str]] = {
    ClockKind.ACKNOWLEDGE: frozenset({AppealState.FILED.value}),
    ClockKind.ANSWER: frozenset(state.value for state in OPEN),
    ClockKind.DECIDE: frozenset(state.value for state in OPEN),
    ClockKind.SETTLE: frozenset({DisputeState.REFERRED.value}),
    ClockKind.CARRY_OUT: frozenset({DisputeState.DECIDED.value}),
}
"""By kind of clock, the states of its appeal or dispute in which what it is for has not been done."""


def is_owed(row: ClockRow, state: str) -> bool:
    """Whether what a clock is for is still to be done, its appeal or dispute being in a state."""
    return state in OWED[ClockKind(row.kind)]


def owed_names(states: Mapping[str, str]) -> Iterable[str]:
    """The ids of the clocks of what is still to be done, by the states of appeals and disputes."""
    return (clock_name(of, kind) for of, state in states.items() for kind in OWED if state in OWED[kind])


def clock_name(of: str, kind: ClockKind) -> str:
    """The id of a clock: there is one of a kind for each appeal or dispute."""
    return f"{of}-{kind}"
