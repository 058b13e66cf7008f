"""Measures in a line each: what, from when until when, and where. The statement of reasons says the rest."""

from collections.abc import Mapping, Sequence

from adjudge.basis.said import Country, Said, say
from adjudge.clocks.calendar import Calendar
from adjudge.institution.notifying.wording.telling import Telling
from adjudge.institution.notifying.wording.times import moment, moment_in
from adjudge.letters.letter import Block, Points
from adjudge.records.rows import MeasureRow
from adjudge.tongues.tongue import Tongue

KINDS: Mapping[str, Said] = {
    "notify": say("Word of what was found; nothing is restricted by it"),
    "label": say("A label with which ads run"),
    "require": say("Something that must be shown before ads run"),
    "limit": say("Limits within which ads run"),
    "suspend": say("Suspension from our advertising service"),
    "exclude": say("Exclusion from our advertising service"),
}
"""By kind of measure; one that is not here is shown as it is."""


def measure_lines(telling: Telling, rows: Sequence[MeasureRow]) -> tuple[Block, ...]:
    """A list of measures; nothing where there are none."""
    lines = tuple(measure_line(row, telling.tongue, telling.calendar) for row in rows)
    return (Points(lines),) if lines else ()


def measure_line(row: MeasureRow, tongue: Tongue, calendar: Calendar) -> str:
    """One measure."""
    what, where = KINDS.get(row.kind, row.kind), _where(row, tongue)
    if row.kind == "notify":
        return tongue("{measure}. Where: {where}.", measure=what, where=where)
    if row.end is None:
        return tongue(
            "{measure}, from {start} until it is lifted. Where: {where}.",
            measure=what,
            start=moment_in(tongue, calendar, row.start),
            where=where,
        )
    return tongue(
        "{measure}, from {start} until {end}. Where: {where}.",
        measure=what,
        start=moment_in(tongue, calendar, row.start),
        end=moment_in(tongue, calendar, row.end),
        where=where,
    )


def lifted_lines(telling: Telling, rows: Sequence[MeasureRow]) -> tuple[Block, ...]:
    """A list of measures that were lifted, and since when."""
    lines = tuple(
        telling.tongue(
            "{measure}: lifted, without effect since {instant}.",
            measure=KINDS.get(row.kind, row.kind),
            instant=moment(telling, row.lifted_at),
        )
        for row in rows
        if row.lifted_at is not None
    )
    return (Points(lines),) if lines else ()


def _where(row: MeasureRow, tongue: Tongue) -> str:
    names = tuple(Country(name) for name in row.territories)
    if not row.all_but:
        return tongue.listed(tongue.country(name) for name in names)
    return tongue("worldwide, except {countries}", countries=names) if names else tongue("worldwide")
