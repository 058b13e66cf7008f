"""Under every rule some subject has recourse. LANGUAGE.md 6.3, 6.5.

Decided without a population: recourse is possible where the advertiser can change a fact, prove an exception,
or answer with a document that can carry weight. Whether a given subject has one is computed with its claims,
elsewhere.
"""

from collections.abc import Iterator

from adjudge.basis.ids import FactName
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.facts.vocabulary import Changer
from adjudge.language.analysis.finding import on_condition, warning
from adjudge.language.core import facts_of
from adjudge.language.package import Package, Rule, RuleKind


def check_recourse(package: Package) -> Iterator[Problem]:
    """Report rules with a measure that nobody could lift from below."""
    for rule in package.rules:
        facts = facts_of(rule.when.core)
        # A rule without facts is refused for that; an exemption hits nobody.
        if rule.kind is RuleKind.EXEMPTION or not facts or _has_recourse(package, rule):
            continue
        message = say(
            "no advertiser can end what {rule} does: nothing it turns on can be changed or proven",
            rule=quoted(rule.id),
        )
        hint = say("add an `unless`, or give a fact of `when` its `proof:` or `changeable_by: advertiser`")
        yield warning("no-recourse", message, on_condition(rule, rule.when), hint)


def _has_recourse(package: Package, rule: Rule) -> bool:
    return any(
        _is_within_reach(package, name) for written in rule.conditions for name in facts_of(written.core)
    )


def _is_within_reach(package: Package, name: FactName) -> bool:
    """Whether the advertiser can change a fact, or some kind of document can speak of it."""
    fact = package.vocabulary.facts[name]
    return fact.changeable_by is Changer.ADVERTISER or bool(fact.proof)
