"""No `unless` repeats the `when` of its rule. LANGUAGE.md 6.5."""

from collections.abc import Iterator

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import on_condition, warning
from adjudge.language.core import And, Condition, Or
from adjudge.language.package import Package, Written


def check_exceptions(package: Package) -> Iterator[Problem]:
    """Report exceptions whose condition is that of the rule: to prove the breach would be to excuse it."""
    for rule in package.rules:
        for item in rule.unless:
            if repeats(item.when, rule.when):
                message = say(
                    "the exception {exception} repeats the condition of {rule}",
                    exception=quoted(item.id),
                    rule=quoted(rule.id),
                )
                hint = say("state what excuses the breach, or remove the exception")
                yield warning("unless-repeats-when", message, on_condition(rule, item.when), hint)


def repeats(one: Written, other: Written) -> bool:
    """Whether two conditions are the same but for layout and the order of `&&` and `||`."""
    return one.core == other.core or _unordered(one.core) == _unordered(other.core)


def _unordered(condition: Condition) -> object:
    match condition:
        case And():
            return "and", frozenset(_unordered(operand) for operand in condition.operands)
        case Or():
            return "or", frozenset(_unordered(operand) for operand in condition.operands)
        case _:
            return condition
