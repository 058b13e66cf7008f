"""The values that conditions name: constants, entries in force, whatever can be worked out without a fact.

Not the values of facts: those are made from these in `values`.
"""

from collections.abc import Iterable, Iterator

from adjudge.basis.instant import Instant
from adjudge.facts.value import Record
from adjudge.language.analysis.fold import Folder, Moment, Unsettled
from adjudge.language.analysis.moments import Calendar
from adjudge.language.analysis.occurrence import all_parts, expressions
from adjudge.language.core import Condition
from adjudge.language.operators import Concrete
from adjudge.language.package import Package, Rule

Sided = tuple[Package, Rule]
"""A rule and the package in which it stands."""

MOST_MENTIONS = 200
"""Values of one condition that are kept: a list may have thousands of members."""


def mentioned(sides: Iterable[Sided], at: Instant) -> list[Concrete]:
    """What the conditions of rules name at an instant: first what one side alone names, each value once."""
    found: list[dict[tuple[str, str], Concrete]] = []
    for package, rule in sides:
        values = _of_rule(package, rule, at)
        found.append({(type(value).__name__, repr(value)): value for value in values})
    merged: dict[tuple[str, str], Concrete] = {}
    for named in found:
        merged |= named
    # Sorting is stable: what several sides name keeps its order behind the rest.
    ordered = sorted(merged, key=lambda key: sum(key in named for named in found) > 1)
    return [merged[key] for key in ordered[:MOST_MENTIONS]]


def _of_rule(package: Package, rule: Rule, at: Instant) -> Iterator[Concrete]:
    moment = Calendar(package, rule).at(at)
    for written in rule.conditions:
        yield from named_in(written.core, moment)


def named_in(condition: Condition, moment: Moment) -> Iterator[Concrete]:
    """What one condition names, in the order of its text."""
    folder = Folder(moment)
    for expr, _ in expressions(condition):
        for part in all_parts(expr):
            value = folder.value(part)
            if not isinstance(value, Unsettled):
                yield from _flat(value)


def _flat(value: Concrete) -> Iterator[Concrete]:
    """The members of lists and records, and every other value itself."""
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, Record):
        yield value
        for _, inner in value.fields:
            yield from _flat(inner)
    elif not isinstance(value, dict):
        yield value
