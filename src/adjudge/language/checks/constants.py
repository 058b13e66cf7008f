"""No part without facts that can only fail when it is evaluated. LANGUAGE.md 3.7, 3.8, 6.5.

An atom with such a part is (0,0) for ever, and every decision would report an error. What depends on a list
or parameter is tried with each of its entries that is in force while the rule is.
"""

from collections.abc import Iterator

from adjudge.basis.instant import FIRST, Instant
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import Said, say
from adjudge.language.analysis.finding import in_condition, refused, source_of, with_line
from adjudge.language.analysis.fold import Folder
from adjudge.language.analysis.moments import Calendar
from adjudge.language.analysis.occurrence import all_parts, entry_name, expressions
from adjudge.language.core import Expr, ListEntry, ParamEntry
from adjudge.language.package import Package, Rule, Written


def check_constants(package: Package) -> Iterator[Problem]:
    """Report the innermost part that fails, once for each place."""
    for rule in package.rules:
        calendar = Calendar(package, rule)
        changes = calendar.changes()
        for written in rule.conditions:
            yield from _of_condition(package, rule, written, calendar, changes)


def _of_condition(
    package: Package, rule: Rule, written: Written, calendar: Calendar, changes: list[Instant]
) -> Iterator[Problem]:
    reported = set()
    for expr, _ in expressions(written.core):
        dated = any(isinstance(part, ListEntry | ParamEntry) for part in all_parts(expr))
        for at in changes if dated else changes[:1]:
            folder = Folder(calendar.at(at, knows_time=False))
            folder.value(expr)
            for part, reason in folder.failures:
                if part.place not in reported:
                    reported.add(part.place)
                    yield _problem(package, rule, written, (part, reason), at)


def _problem(
    package: Package, rule: Rule, written: Written, failure: tuple[Expr, Said], at: Instant
) -> Problem:
    part, reason = failure
    read = [item for item in all_parts(part) if isinstance(item, ListEntry | ParamEntry)]
    shown = source_of(written, part.place)
    message = say("{part} can only fail: {reason}", part=shown, reason=reason)
    hint = say("correct it, so that it has a value")
    if read:
        table = package.lists if isinstance(read[0], ListEntry) else package.params
        entry = package.entry(table, read[0].name, at)
        message = _fails(shown, reason, at)
        hint = say("correct the entry of {name}", name=quoted(entry_name(read[0])))
        hint = with_line(hint, entry.span if entry else None)
    return refused("constant-error", message, in_condition(rule, written, part.place), hint)


def _fails(part: str, reason: Said, at: Instant) -> Said:
    """What fails with an entry of a list or parameter, from where that is in force."""
    if at == FIRST:
        return say("{part} fails: {reason}", part=part, reason=reason)
    day = str(at).removesuffix("T00:00:00Z")
    return say("{part} fails from {date}: {reason}", part=part, date=day, reason=reason)
