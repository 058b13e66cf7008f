"""Entries of a list or parameter do not overlap, and leave no gap that nobody meant. LANGUAGE.md 3.8, 6.5."""

from collections.abc import Iterable, Iterator

from adjudge.basis.instant import AFTER_LAST, FIRST, Instant
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import Said, say
from adjudge.language.analysis.finding import on_entry, refused, warning
from adjudge.language.analysis.occurrence import readers, tables
from adjudge.language.package import Entry, Package, Rule

Stretch = tuple[Instant, Instant]
"""Half-open; unbounded sides are the ends of time."""


def check_dates(package: Package) -> Iterator[Problem]:
    """Report overlapping entries (refused) and gaps in what a rule reads while it is in force (warned)."""
    read = readers(package)
    for root, table in tables(package):
        for name, entries in table.items():
            full_name = f"{root}.{name}"
            ordered = sorted((entry for entry in entries if _lasts(entry)), key=_start)
            yield from _overlaps(full_name, ordered)
            yield from _gaps(package, full_name, ordered, read.get(full_name, []))


def _lasts(entry: Entry) -> bool:
    """An entry that ends when it starts is never in force."""
    return _start(entry) < _end(entry)


def _start(entry: Entry) -> Instant:
    return entry.interval.start or FIRST


def _end(entry: Entry) -> Instant:
    return entry.interval.end or AFTER_LAST


def _overlaps(name: str, ordered: list[Entry]) -> Iterator[Problem]:
    """Each entry that begins while an earlier one is still in force."""
    latest: Entry | None = None
    for entry in ordered:
        if latest is not None and _start(entry) < _end(latest):
            since = _period(max(_start(entry), FIRST), AFTER_LAST)
            message = say("two entries of {name} are in force {since}", name=quoted(name), since=since)
            hint = say("end one where the other begins: `to` is the first day on which it no longer holds")
            yield refused("overlapping-entries", message, on_entry(name, entry), hint)
        if latest is None or _end(entry) > _end(latest):
            latest = entry


def _gaps(package: Package, name: str, ordered: list[Entry], rules: list[Rule]) -> Iterator[Problem]:
    """Every stretch in which some reading rule is in force and no entry is."""
    earliest = min([package.published_at, *(_start(entry) for entry in ordered[:1])])
    windows = _merged(_window(rule, earliest) for rule in rules)
    covered = _merged((_start(entry), _end(entry)) for entry in ordered)
    for start, end in _without(windows, covered):
        rule = next(rule for rule in rules if _window(rule, earliest)[0] < end and _touches(rule, start))
        before = next((entry for entry in reversed(ordered) if _end(entry) <= start), None)
        spot = on_entry(name, before or next(iter(ordered), None))
        message = say(
            "no entry of {name} is in force {period}, while {rule} reads it",
            name=quoted(name),
            period=_period(start, end),
            rule=quoted(rule.id),
        )
        hint = say(
            "close the gap, or leave out the bound; without an entry every atom that reads it is unknown"
        )
        yield warning("gap-in-entries", message, spot, hint)


def _window(rule: Rule, earliest: Instant) -> Stretch:
    """When a rule reads; one without a start is not asked about the time before all entries."""
    return rule.in_force.start or earliest, rule.in_force.end or AFTER_LAST


def _touches(rule: Rule, at: Instant) -> bool:
    return rule.in_force.end is None or at < rule.in_force.end


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted, and those that touch made one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without(windows: list[Stretch], covered: list[Stretch]) -> Iterator[Stretch]:
    """What remains of the windows."""
    for start, end in windows:
        at = start
        for cover_start, cover_end in covered:
            if cover_end <= at or cover_start >= end:
                continue
            if cover_start > at:
                yield at, cover_start
            at = max(at, cover_end)
        if at < end:
            yield at, end


def _period(start: Instant, end: Instant) -> Said:
    if start == FIRST and end == AFTER_LAST:
        return say("from the beginning")
    if start == FIRST:
        return say("from the beginning until {end}", end=_shown(end))
    if end == AFTER_LAST:
        return say("from {start}", start=_shown(start))
    return say("from {start} until {end}", start=_shown(start), end=_shown(end))


def _shown(at: Instant) -> str:
    """A day where it is one."""
    return str(at).removesuffix("T00:00:00Z")
