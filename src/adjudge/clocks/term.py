"""A term: so many days, business days or months, and what follows at its end. What may be written, and no more.

Counted as Regulation (EEC, Euratom) No 1182/71, Art. 3, counts: the day of the event is not counted, and the last day
counts whole. A period that binds the platform is not prolonged because its last day is a holiday, unless it is counted
in business days: that would be at the expense of whoever waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

LONGEST_SETTLEMENT = 180
"""Days from the referral in which a body of settlement decides at the latest: DSA Art. 21(4)."""


class Unit(StrEnum):
    """In what a term is counted."""

    DAYS = "days"
    """Calendar days, holidays included."""
    BUSINESS_DAYS = "business_days"
    """Days on which business is done: no weekend, no public holiday of the institution's country."""
    MONTHS = "months"
    """Calendar months."""


LONGEST: Mapping[Unit, int] = MappingProxyType({Unit.DAYS: 366, Unit.BUSINESS_DAYS: 260, Unit.MONTHS: 12})
"""The longest term, a year: nobody is to wait for longer, however it is counted."""


class Consequence(StrEnum):
    """What happens by itself when a clock has run out. Silence is never a rejection."""

    ESCALATE = "escalate"
    """It is told to those who answer for it, and stays open."""
    SUSPEND_MEASURE = "suspend_measure"
    """The measure has no effect until it is decided."""
    REINSTATE = "reinstate"
    """The measure is lifted, and the appeal has succeeded."""


@dataclass(frozen=True, slots=True)
class Term:
    """So many of a unit, at least one."""

    count: int
    unit: Unit = Unit.DAYS


class ClockKind(StrEnum):
    """What is owed before a clock runs out."""

    ACKNOWLEDGE = "acknowledge"
    """An appeal or a request for reasons is acknowledged by a person, who says what happens next."""
    ANSWER = "answer"
    """A request for reasons is answered."""
    DECIDE = "decide"
    """An appeal is decided."""
    SETTLE = "settle"
    """A body of out-of-court settlement decides: DSA Art. 21(4). It binds that body, so that it only reminds us."""
    CARRY_OUT = "carry_out"
    """The outcome of a settlement out of court is answered: carried out, or refused with reasons."""


def longest(kind: ClockKind, term: Term) -> Term:
    """How long a clock runs at most, with every extension: twice its term; before a body of settlement 180 days."""
    if kind is ClockKind.SETTLE:
        return Term(LONGEST_SETTLEMENT, Unit.DAYS)
    return Term(2 * term.count, term.unit)


@dataclass(frozen=True, slots=True)
class ClockTerm:
    """A clock as it is declared: its term, and its consequence."""

    kind: ClockKind
    term: Term
    consequence: Consequence


DECLARED: tuple[ClockTerm, ...] = (
    ClockTerm(ClockKind.ACKNOWLEDGE, Term(2, Unit.BUSINESS_DAYS), Consequence.ESCALATE),
    ClockTerm(ClockKind.ANSWER, Term(7, Unit.DAYS), Consequence.SUSPEND_MEASURE),
    ClockTerm(ClockKind.DECIDE, Term(14, Unit.DAYS), Consequence.REINSTATE),
    ClockTerm(ClockKind.SETTLE, Term(90, Unit.DAYS), Consequence.ESCALATE),
    ClockTerm(ClockKind.CARRY_OUT, Term(10, Unit.BUSINESS_DAYS), Consequence.ESCALATE),
)
"""What applies where nothing else was settled. DSA Art. 20(4) asks for an answer in good time and names no number."""

ALLOWED: dict[ClockKind, frozenset[Consequence]] = {
    ClockKind.ACKNOWLEDGE: frozenset(Consequence),
    ClockKind.ANSWER: frozenset({Consequence.ESCALATE, Consequence.SUSPEND_MEASURE}),
    ClockKind.DECIDE: frozenset(Consequence),
    ClockKind.SETTLE: frozenset({Consequence.ESCALATE}),
    ClockKind.CARRY_OUT: frozenset({Consequence.ESCALATE, Consequence.SUSPEND_MEASURE}),
}
"""Consequences that a clock can have: that another body is late is no reason to lift a measure.

Nor does a request for reasons ask for it: there is no appeal that could succeed.
"""
