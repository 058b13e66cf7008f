"""How the institution answers: its calendar, its clocks, relief, advance notice and misuse, as settled."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.basis.digest import Json
from adjudge.basis.instant import parse_date
from adjudge.basis.said import say
from adjudge.clocks.calendar import Calendar, is_country, is_zone
from adjudge.clocks.term import ALLOWED, DECLARED, LONGEST, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.errors import RefusedError
from adjudge.institution.house import House, doing, need, refused
from adjudge.language.package import MeasureKind
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import ProcedureRow
from adjudge.records.shelf import PROCEDURES

LONGEST_ADVANCE = 366
MISUSE_DEFAULTS: Mapping[str, str] = {"least_number": "5", "least_share": "75", "longest_days": "90"}
"""At least so many appeals found manifestly unfounded, so many per cent of those decided; at most so many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureSettled:
    """What an administrator settles. Clocks that are not named keep what the program declares."""

    country: str = ""
    zone: str = "UTC"
    closed: Sequence[str] = ()
    clocks: Sequence[ClockTerm] = ()
    relief: Sequence[str] = ()
    advance_days: int = 0
    reminder_days: int = 7
    mediators: Sequence[str] = ()
    misuse: Mapping[str, str] = field(default_factory=dict)


def settle_procedure(house: House, actor: Actor, settled: ProcedureSettled, *, reason: str) -> ProcedureRow:
    """Settle it anew. Clocks that run keep their term: no clock slides. Raises RefusedError for what cannot be."""
    _check(settled)
    row = ProcedureRow(
        country=settled.country,
        zone=settled.zone,
        closed=tuple(sorted(set(settled.closed))),
        clocks={str(item.kind): _clock_form(item) for item in settled.clocks},
        relief=tuple(sorted(set(settled.relief))),
        advance_days=settled.advance_days,
        reminder_days=settled.reminder_days,
        mediators=tuple(dict.fromkeys(settled.mediators)),
        misuse=dict(settled.misuse),
    )
    with doing(house, actor, Act.SETTLE_PROCEDURE) as act:
        act.records.put(PROCEDURES, row)
        act.write(row.id, {**procedure_form(row), "reason": need(reason, say("the reason"))})
    return row


def procedure_form(row: ProcedureRow) -> dict[str, Json]:
    """As the log tells it."""
    return {
        "country": row.country,
        "zone": row.zone,
        "closed": [*row.closed],
        "clocks": {kind: {**given} for kind, given in row.clocks.items()},
        "relief": [*row.relief],
        "advance_days": str(row.advance_days),
        "reminder_days": str(row.reminder_days),
        "mediators": [*row.mediators],
        "misuse": {**row.misuse},
    }


def read_procedure(house: House, actor: Actor) -> ProcedureRow:
    """What is settled, for whoever may see the clocks."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        return procedure_row(records)


def procedure_row(records: Reading) -> ProcedureRow:
    """What is settled; what the program declares where nothing was."""
    return records.get(PROCEDURES, "procedure") or ProcedureRow()


def calendar_of(row: ProcedureRow) -> Calendar:
    """The institution's calendar."""
    days = (parse_date(text) for text in row.closed)
    return Calendar(row.country, row.zone, frozenset(day for day in days if day is not None))


def clock_term(row: ProcedureRow, kind: ClockKind) -> ClockTerm:
    """A clock as it is declared."""
    given = row.clocks.get(str(kind))
    if given is None:
        return next(item for item in DECLARED if item.kind is kind)
    term = Term(int(given["count"]), Unit(given["unit"]))
    return ClockTerm(kind, term, Consequence(given["consequence"]))


def misuse_terms(row: ProcedureRow) -> dict[str, int]:
    """By what misuse is measured, with what was not settled as the program declares it."""
    return {name: int(row.misuse.get(name, text)) for name, text in MISUSE_DEFAULTS.items()}


def _clock_form(item: ClockTerm) -> dict[str, str]:
    return {"count": str(item.term.count), "unit": str(item.term.unit), "consequence": str(item.consequence)}


def _check(settled: ProcedureSettled) -> None:
    if not is_zone(settled.zone):
        raise _odd(say("there is no time zone {zone}", zone=settled.zone), say("write one as Europe/Paris"))
    if not is_country(settled.country):
        message = say("no holidays are known of the country {country}", country=settled.country)
        raise _odd(message, say("write a code of two letters, as FR, or leave it empty"))
    for text in settled.closed:
        if parse_date(text) is None or dt.date.fromisoformat(text).year < 1970:  # noqa: PLR2004 - an epoch
            raise _odd(say("{text} is no day", text=text), say("write it as 2026-12-24"))
    for item in settled.clocks:
        _check_clock(item)
    _check_rest(settled)


def _check_rest(settled: ProcedureSettled) -> None:
    kinds = {str(kind) for kind in MeasureKind}
    for kind in settled.relief:
        if kind not in kinds:
            raise _odd(
                say("there is no measure {kind}", kind=kind),
                say("choose among: {kinds}", kinds=tuple(sorted(kinds))),
            )
    if not 0 <= settled.advance_days <= LONGEST_ADVANCE or not 0 <= settled.reminder_days <= LONGEST_ADVANCE:
        raise _odd(say("write a number of days from 0 to {most}", most=LONGEST_ADVANCE), "")
    for name, text in settled.misuse.items():
        if name not in MISUSE_DEFAULTS or not (
            text.isascii() and text.isdigit() and 0 < int(text[:6]) <= LONGEST
        ):
            raise _odd(say("{name} cannot be {text}", name=name, text=text), say("write a number above 0"))


def _check_clock(item: ClockTerm) -> None:
    if not 1 <= item.term.count <= LONGEST:
        raise _odd(say("a clock runs for {least} to {most} units", least=1, most=LONGEST), "")
    if item.consequence not in ALLOWED[item.kind]:
        message = say(
            "the clock {kind} cannot end in {consequence}", kind=item.kind, consequence=item.consequence
        )
        allowed = tuple(str(found) for found in Consequence if found in ALLOWED[item.kind])
        raise _odd(message, say("choose among: {kinds}", kinds=allowed))


def _odd(message: str, hint: str) -> RefusedError:
    return refused("bad-value", message, hint)
