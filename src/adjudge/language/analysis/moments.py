"""Instants that stand for all others: one for each stretch of a rule's time in which nothing dated changes.

Not a clock. What a condition says without facts changes only where an entry begins or ends, where the rule
does, and where `now` passes what it is compared with; so these instants, each a nanosecond before, at and
after, are enough.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from adjudge.basis.instant import AFTER_LAST, FIRST, Instant, start_of_day
from adjudge.language.analysis.fold import Folder, Moment
from adjudge.language.analysis.occurrence import all_parts, entries_in
from adjudge.language.core import Atom, Expr, ListEntry, Now, Operation, Operator, ParamEntry, leaves
from adjudge.language.operators import Concrete
from adjudge.language.package import Dated, Entry, Package, Rule

_COMPARISONS = {
    Operator.EQUAL,
    Operator.LESS,
    Operator.AT_MOST,
    Operator.GREATER,
    Operator.AT_LEAST,
}


class Calendar:
    """The entries of a package that one rule reads, by instant."""

    def __init__(self, package: Package, rule: Rule) -> None:
        """Only the names that the rule reads count."""
        read = [part for written in rule.conditions for part in entries_in(written.core)]
        self.taxonomies = package.vocabulary.taxonomies
        self.lists = _ordered(package.lists, {part.name for part in read if isinstance(part, ListEntry)})
        self.params = _ordered(package.params, {part.name for part in read if isinstance(part, ParamEntry)})
        self.start = rule.in_force.start or FIRST
        self.end = rule.in_force.end or AFTER_LAST

    def at(self, instant: Instant, *, knows_time: bool = True) -> Moment:
        """What is in force at an instant."""
        return Moment(
            now=instant if knows_time else None,
            lists=_in_force(self.lists, instant),
            params=_in_force(self.params, instant),
            taxonomies=self.taxonomies,
        )

    def changes(self) -> list[Instant]:
        """The rule's start and the instants at which an entry begins or ends; none if it has no time."""
        bounds = {
            bound
            for table in (self.lists, self.params)
            for entries in table.values()
            for entry in entries
            for bound in (entry.interval.start, entry.interval.end)
            if bound is not None and self.start < bound < self.end
        }
        return sorted({self.start, *bounds}) if self.start < self.end else []


def _ordered(table: Dated, names: set[str]) -> dict[str, list[Entry]]:
    return {
        name: sorted(
            (entry for entry in table[name] if _start(entry) < (entry.interval.end or AFTER_LAST)), key=_start
        )
        for name in names
    }


def _start(entry: Entry) -> Instant:
    return entry.interval.start or FIRST


def _in_force(table: dict[str, list[Entry]], at: Instant) -> dict[str, Concrete]:
    """By bisection; entries that overlap are refused by another check."""
    found: dict[str, Concrete] = {}
    for name, entries in table.items():
        index = bisect_right(entries, at, key=_start) - 1
        if index >= 0 and entries[index].interval.holds(at):
            found[name] = entries[index].value
    return found


def moments(calendar: Calendar, rule: Rule) -> Iterator[Moment]:
    """What is in force at each instant that stands for others, in the order of time."""
    changes = calendar.changes()
    cuts = {*changes, *_passed(calendar, changes, rule)}
    nearby = {Instant(cut.nanos + step) for cut in cuts for step in (-1, 0, 1)}
    for instant in sorted(nearby):
        if calendar.start <= instant < calendar.end:
            yield calendar.at(instant)


def _passed(calendar: Calendar, changes: Iterable[Instant], rule: Rule) -> Iterator[Instant]:
    """The instants with which `now` is compared, for every state of the entries."""
    sides = [side for written in rule.conditions for side in _sides(leaves(written.core))]
    for change in changes if sides else ():
        moment = calendar.at(change, knows_time=False)
        for side in sides:
            value = Folder(moment).value(side)
            if isinstance(value, Instant):
                yield value
            elif isinstance(value, dt.date):
                yield start_of_day(value)


def _sides(found: Iterable[object]) -> Iterator[Expr]:
    for leaf in found:
        if isinstance(leaf, Atom):
            side = compared_with_now(leaf.expr)
            if side is not None:
                yield side


def compared_with_now(expr: Expr) -> Expr | None:
    """The other side of a comparison of `now` with what does not read it; None for anything else."""
    if not isinstance(expr, Operation) or expr.operator not in _COMPARISONS:
        return None
    left, right = expr.arguments
    if isinstance(right, Now):
        left, right = right, left
    return right if isinstance(left, Now) and not reads_now(right) else None


def reads_now(expr: Expr) -> bool:
    """Whether a part depends on the valid time."""
    return any(isinstance(part, Now) for part in all_parts(expr))
