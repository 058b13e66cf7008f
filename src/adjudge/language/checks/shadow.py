"""No rule stands in another's shadow: reached wherever it is reached, and no milder. LANGUAGE.md 6.5.

A rule is shadowed where another about the same kind of subject, in force and in place wherever it is, is met
whenever it is met, and does at least as much. Where they differ in anything that could let the second act
alone (an override of the first only, another certificate asked for, a referral of its own), nothing is said.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.basis.instant import AFTER_LAST, FIRST
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import on_rule, warning, with_line
from adjudge.language.core import And, Condition, Or
from adjudge.language.package import (
    Measure,
    MeasureKind,
    OnUnproven,
    Package,
    Rule,
    RuleKind,
    Territory,
)

_MOST_ALTERNATIVES = 32
"""A condition with more alternatives is compared as one part: pairs of alternatives are looked at."""

Conjuncts = frozenset[Condition]


@dataclass(frozen=True, slots=True)
class _Alternatives:
    """A condition as an OR of ANDs, as far as its text goes."""

    rule: Rule
    found: tuple[Conjuncts, ...]


def check_shadow(package: Package) -> Iterator[Problem]:
    """Report each shadowed rule once; of two that shadow each other the later."""
    known = [_Alternatives(rule, _alternatives(rule.when.core)) for rule in package.rules]
    index: dict[Condition, list[int]] = defaultdict(list)
    for position, item in enumerate(known):
        for conjuncts in item.found:
            index[next(iter(conjuncts))].append(position)
    prevails = _prevails(package)
    for position, item in enumerate(known):
        # What covers a rule covers its first alternative, and so has an alternative made of conjuncts of
        # that.
        candidates = sorted({other for part in item.found[0] for other in index.get(part, ())})
        for other in candidates:
            if other != position and _shadows(known[other], item, prevails):
                if other > position and _shadows(item, known[other], prevails):
                    continue
                yield _problem(known[other].rule, item.rule)
                break


def _problem(above: Rule, below: Rule) -> Problem:
    message = say(
        "{rule} stands in the shadow of {above}, which reaches all that it reaches",
        rule=quoted(below.id),
        above=quoted(above.id),
    )
    hint = say("remove it, or make it differ from {above}", above=quoted(above.id))
    return warning("shadowed-rule", message, on_rule(below), with_line(hint, above.span))


def _alternatives(condition: Condition) -> tuple[Conjuncts, ...]:
    if isinstance(condition, Or) and len(condition.operands) <= _MOST_ALTERNATIVES:
        return tuple(_conjuncts(operand) for operand in condition.operands)
    return (_conjuncts(condition),)


def _conjuncts(condition: Condition) -> Conjuncts:
    return frozenset(condition.operands) if isinstance(condition, And) else frozenset({condition})


def _prevails(package: Package) -> dict[str, frozenset[str]]:
    """The rules that override or exempt a rule, by its id."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in package.rules:
        for other in (*rule.overrides, *rule.exempts):
            found[other].add(rule.id)
    return {rule: frozenset(others) for rule, others in found.items()}


def _shadows(above: _Alternatives, below: _Alternatives, prevails: dict[str, frozenset[str]]) -> bool:
    one, other = above.rule, below.rule
    return (
        one.subject is other.subject
        and _covers_place(one.territory, other.territory)
        and _covers_time(one, other)
        and _is_met_with(above, below)
        and _does_as_much(one, other)
        and prevails.get(one.id, frozenset()) <= prevails.get(other.id, frozenset())
        and set(other.overrides) <= set(one.overrides)
        and other.on_unproven in {OnUnproven.NOTHING, one.on_unproven}
    )


def _covers_place(one: Territory, other: Territory) -> bool:
    return one is None or (other is not None and other <= one)


def _covers_time(one: Rule, other: Rule) -> bool:
    starts = (one.in_force.start or FIRST) <= (other.in_force.start or FIRST)
    return starts and (one.in_force.end or AFTER_LAST) >= (other.in_force.end or AFTER_LAST)


def _is_met_with(above: _Alternatives, below: _Alternatives) -> bool:
    """Whether `above` is met whenever `below` is.

    Fewer conjuncts and more alternatives make f no less and a no greater (LANGUAGE.md 2.2), so that f >= s
    and f > a carry over to a standard that is not higher. An exception of `above` that `below` has too, at a
    standard that is not higher, was not shown for `below` and so is not for `above`.
    """
    one, other = above.rule, below.rule
    covers = all(any(wide <= narrow for wide in above.found) for narrow in below.found)
    return (
        covers
        and one.standard <= other.standard
        and all(
            any(
                mine.when.core == theirs.when.core and theirs.standard <= mine.standard
                for theirs in other.unless
            )
            for mine in one.unless
        )
    )


def _does_as_much(one: Rule, other: Rule) -> bool:
    if RuleKind.EXEMPTION in {one.kind, other.kind}:
        return one.kind is other.kind and set(other.exempts) <= set(one.exempts)
    if one.measure is None or other.measure is None:
        return False
    return (
        _is_as_severe(one.measure, other.measure)
        and _covers_place(one.measure.territory, other.measure.territory)
        and _covers_surfaces(one.measure, other.measure)
    )


def _is_as_severe(one: Measure, other: Measure) -> bool:
    """The severer wins (LANGUAGE.md 5.3); of one kind the details must agree."""
    if one.kind is not other.kind:
        return one.kind.severity > other.kind.severity
    if one.kind is MeasureKind.SUSPEND:
        return _days(one) >= _days(other)
    return dict(one.details) == dict(other.details)


def _days(measure: Measure) -> int:
    days = measure.details.get("days")
    return days if isinstance(days, int) else 0


def _covers_surfaces(one: Measure, other: Measure) -> bool:
    return one.surfaces is None or (other.surfaces is not None and other.surfaces <= one.surfaces)
