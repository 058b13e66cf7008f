"""How the institution answers, as settled: calendar, clocks, relief, advance notice, misuse, what servers are told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from adjudge.basis.digest import Json
from adjudge.basis.instant import parse_date
from adjudge.basis.said import Said, say
from adjudge.clocks.calendar import Calendar, is_country, is_zone
from adjudge.clocks.term import ALLOWED, DECLARED, LONGEST, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.enforcement.terms import ALLOW, REVIEW
from adjudge.errors import RefusedError
from adjudge.institution.binding.register_terms import register_of
from adjudge.institution.binding.retention import retention_of
from adjudge.institution.binding.serving_terms import (
    ADS,
    STALE_AFTER,
    changed_of,
    stale_after_of,
    surfaces_of,
    unknown_landing_of,
    when_stale_of,
)
from adjudge.institution.house import House, doing, need, refused
from adjudge.language.package import MeasureKind
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import ProcedureRow
from adjudge.records.shelf import PROCEDURES

LONGEST_ADVANCE = 366
LINK_DAYS, LONGEST_LINK = 30, 180
"""Days for which a link lets its reader in: usually, and at most."""
MOST_CLOSED, CLOSED_YEARS = 400, range(1970, 2201)
"""Further days on which nobody works: so many at most, of these years. No term is counted over more of them."""
MISUSE_DEFAULTS: Mapping[str, str] = {"least_number": "5", "least_share": "75", "longest_days": "90"}
"""At least so many appeals found manifestly unfounded, so many per cent of those decided; at most so many days."""
MISUSE_BOUNDS: Mapping[str, tuple[int, int]] = {
    "least_number": (2, 10_000),
    "least_share": (1, 100),
    "longest_days": (1, 180),
}
"""What each of them can be: one appeal alone is not often, and a suspension is for a reasonable time. DSA Art. 23."""
LONGEST_TOLD = say("write 1 to 366 days, 260 business days or 12 months")
MOST_MEDIATORS, LONGEST_MEDIATOR = 20, 300
ADVANCE = 30
"""Days of advance notice that P2B Art. 4(2) asks for where all services of a business end."""


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
    link_days: int = LINK_DAYS
    mediators: Sequence[str] = ()
    misuse: Mapping[str, str] = field(default_factory=dict)
    retention: Mapping[str, str] = field(default_factory=dict)
    surfaces: Sequence[str] = (ADS,)
    when_stale: Mapping[str, str] = field(default_factory=dict)
    stale_after: int = STALE_AFTER
    unknown_landing: str = ALLOW
    changed: str = REVIEW
    public: Mapping[str, str] = field(default_factory=dict)


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
        link_days=settled.link_days,
        mediators=tuple(dict.fromkeys(settled.mediators)),
        misuse=dict(settled.misuse),
        retention=retention_of(settled.retention),
        surfaces=surfaces_of(settled.surfaces),
        when_stale=when_stale_of(settled.when_stale),
        stale_after=stale_after_of(settled.stale_after),
        unknown_landing=unknown_landing_of(settled.unknown_landing),
        changed=changed_of(settled.changed),
        public=register_of(settled.public),
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
        "link_days": str(row.link_days),
        "mediators": [*row.mediators],
        "misuse": {**row.misuse},
        "retention": {**row.retention},
        "surfaces": [*row.surfaces],
        "when_stale": {**row.when_stale},
        "stale_after": str(row.stale_after),
        "unknown_landing": row.unknown_landing,
        "changed": row.changed,
        "public": {**row.public},
    }


def read_procedure(house: House, actor: Actor) -> ProcedureRow:
    """What is settled, for whoever may see the clocks."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        return procedure_row(records)


def procedure_row(records: Reading) -> ProcedureRow:
    """What is settled; what the program declares where nothing was."""
    return records.get(PROCEDURES, "procedure") or ProcedureRow()


def suggested(row: ProcedureRow) -> ProcedureRow:
    """What to settle next: as it stands; where nothing was settled, with the advance notice that the law asks for."""
    return replace(row, advance_days=ADVANCE) if row == ProcedureRow() else row


def short_notice(row: ProcedureRow) -> Said | None:
    """What to say where fewer days of advance notice are settled than the law asks for, or none."""
    if row.advance_days >= ADVANCE:
        return None
    return say(
        "Advance notice of {count} days: where all advertising of a business user ends, Regulation (EU) 2019/1150, "
        "Art. 4(2), asks for {least}, with exceptions.",
        count=row.advance_days,
        least=ADVANCE,
    )


def calendar_of(row: ProcedureRow) -> Calendar:
    """The institution's calendar."""
    days = (parse_date(text) for text in row.closed)
    return Calendar(row.country, row.zone, frozenset(day for day in days if day is not None))


def clock_term(row: ProcedureRow, kind: ClockKind) -> ClockTerm:
    """A clock as it is declared; the measure rests where something was settled that this clock cannot have any more."""
    given = row.clocks.get(str(kind))
    if given is None:
        return next(item for item in DECLARED if item.kind is kind)
    term = Term(int(given["count"]), Unit(given["unit"]))
    consequence = Consequence(given["consequence"])
    return ClockTerm(kind, term, consequence if consequence in ALLOWED[kind] else Consequence.SUSPEND_MEASURE)


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
    if len(set(settled.closed)) > MOST_CLOSED:
        raise _odd(
            say("more than {most} days are closed", most=MOST_CLOSED), say("leave out those that are past")
        )
    for text in settled.closed:
        if parse_date(text) is None or dt.date.fromisoformat(text).year not in CLOSED_YEARS:
            raise _odd(say("{text} is no day", text=text[:100]), say("write it as 2026-12-24"))
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
    if not 0 <= settled.link_days <= LONGEST_LINK:
        raise _odd(say("write a number of days from 0 to {most}", most=LONGEST_LINK), "")
    for name, text in settled.misuse.items():
        least, most = MISUSE_BOUNDS.get(name, (1, 0))
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):  # noqa: PLR2004 - a limit
            message = say("{name} cannot be {text}", name=name[:100], text=text[:100])
            hint = say("write a number from {least} to {most}", least=least, most=most)
            raise _odd(message, hint if most else say("leave it out"))
    _check_mediators(settled.mediators)


def _check_mediators(mediators: Sequence[str]) -> None:
    if len(mediators) > MOST_MEDIATORS:
        raise _odd(say("more than {most} mediators are named", most=MOST_MEDIATORS), say("name fewer"))
    for text in mediators:
        need(text, say("the mediator"), most=LONGEST_MEDIATOR)


def _check_clock(item: ClockTerm) -> None:
    if not 1 <= item.term.count <= LONGEST[item.term.unit]:
        raise _odd(
            say("the clock {kind} cannot run for so long, or for nothing", kind=item.kind), LONGEST_TOLD
        )
    if item.consequence not in ALLOWED[item.kind]:
        message = say(
            "the clock {kind} cannot end in {consequence}", kind=item.kind, consequence=item.consequence
        )
        allowed = tuple(str(found) for found in Consequence if found in ALLOWED[item.kind])
        raise _odd(message, say("choose among: {kinds}", kinds=allowed))


def _odd(message: str, hint: str) -> RefusedError:
    return refused("bad-value", message, hint)
