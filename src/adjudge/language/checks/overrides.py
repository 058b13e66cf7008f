"""Overrides have no circle, name rules that exist, and stay within one kind of subject. LANGUAGE.md 5.2.

Refused already on reading, since a circle has no meaning that an engine could compute.
"""

from collections.abc import Iterable, Mapping
from functools import reduce

from adjudge.basis.ids import RuleId
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import Said, say, verbatim
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Rule

_MOST_SHOWN = 6


def check_overrides(shape: Shape, rules: Iterable[Rule], kinds: Mapping[RuleId, Kind]) -> None:
    """Report unknown names, other kinds and circles. `kinds` holds every rule that was named, read or not."""
    above = {rule.id: (*rule.overrides, *rule.exempts) for rule in rules}
    by_id = {rule.id: rule for rule in rules}
    for rule in by_id.values():
        for other in above[rule.id]:
            _check_named(shape, rule, other, kinds)
    for circle in _circles(above):
        rule = by_id[circle[0]]
        hint = say("remove one of the overrides or exemptions")
        message = say("these rules prevail in a circle: {path}", path=_path(circle))
        shape.log.add("override-circle", message, rule.span, hint=hint)


def _path(circle: tuple[RuleId, ...]) -> Said:
    """The rules of a circle, back to the first; of a long one the first and how many more there are."""
    named = [verbatim(quoted(rule_id)) for rule_id in circle[:_MOST_SHOWN]]
    more = len(circle) - _MOST_SHOWN
    if more <= 0:
        return reduce(_over, [*named, named[0]])
    return say("{path} and {count} more", path=reduce(_over, named), count=more)


def _over(above: Said, below: Said) -> Said:
    return say("{above} over {below}", above=above, below=below)


def _check_named(shape: Shape, rule: Rule, other: RuleId, kinds: Mapping[RuleId, Kind]) -> None:
    kind = kinds.get(other)
    if kind is None and shape.log.is_spent:
        # The hint compares with every rule's name, and nobody would read it.
        shape.log.left_out += 1
    elif kind is None:
        hint = did_you_mean(other, [str(rule_id) for rule_id in kinds])
        message = say(
            "{rule} names {other}, which the package does not have", rule=quoted(rule.id), other=quoted(other)
        )
        shape.log.add("unknown-rule", message, rule.span, hint=hint)
    elif kind is not rule.subject:
        one, two = quoted(rule.id), quoted(other)
        if rule.subject is Kind.AD:
            message = say("{rule} is about an ad, {other} about an advertiser", rule=one, other=two)
        else:
            message = say("{rule} is about an advertiser, {other} about an ad", rule=one, other=two)
        hint = say("a rule overrides or exempts rules about the same kind of subject")
        shape.log.add("override-across-kinds", message, rule.span, hint=hint)


def _circles(above: Mapping[RuleId, tuple[RuleId, ...]]) -> list[tuple[RuleId, ...]]:
    """Each circle once, by depth-first search with an explicit stack, since packages come from outside."""
    found: list[tuple[RuleId, ...]] = []
    done: set[RuleId] = set()
    for start in sorted(above):
        path: list[RuleId] = []
        on_path: set[RuleId] = set()
        stack: list[tuple[RuleId, bool]] = [(start, False)]
        while stack:
            rule, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(rule)
            elif rule in on_path:
                found.append(tuple(path[path.index(rule) :]))
            elif rule not in done and rule in above:
                path.append(rule)
                on_path.add(rule)
                stack.append((rule, True))
                stack.extend((other, False) for other in above[rule])
    return found
