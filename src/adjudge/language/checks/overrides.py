"""Overrides have no circle, name rules that exist, and stay within one kind of subject. LANGUAGE.md 5.2.

Refused already on reading, since a circle has no meaning that an engine could compute.
"""

from collections.abc import Iterable, Mapping

from adjudge.basis.ids import RuleId
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.shape import Shape
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
        hint = "remove one of the overrides or exemptions"
        message = f"these rules prevail in a circle: {_path(circle)}"
        shape.log.add("override-circle", message, rule.span, hint=hint)


def _path(circle: tuple[RuleId, ...]) -> str:
    """The rules of a circle, back to the first; of a long one the first and how many more there are."""
    shown = " over ".join(quoted(rule_id) for rule_id in circle[:_MOST_SHOWN])
    more = len(circle) - _MOST_SHOWN
    return f"{shown} over {quoted(circle[0])}" if more <= 0 else f"{shown} and {more} more"


def _check_named(shape: Shape, rule: Rule, other: RuleId, kinds: Mapping[RuleId, Kind]) -> None:
    kind = kinds.get(other)
    if kind is None and shape.log.is_spent:
        # The hint compares with every rule's name, and nobody would read it.
        shape.log.left_out += 1
    elif kind is None:
        hint = did_you_mean(other, [str(rule_id) for rule_id in kinds])
        message = f"{quoted(rule.id)} names {quoted(other)}, which the package does not have"
        shape.log.add("unknown-rule", message, rule.span, hint=hint)
    elif kind is not rule.subject:
        message = f"{quoted(rule.id)} is about an {rule.subject.value}, {quoted(other)} about an {kind.value}"
        hint = "a rule overrides or exempts rules about the same kind of subject"
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
