"""A prohibition that turns on a protected fact has a ground in law. LANGUAGE.md 6.5.

An exception counts too: a ban that only some nationalities escape turns on nationality. Other kinds of rules
are warned of; a restriction may exclude as well as a prohibition does.
"""

from collections.abc import Iterator

from adjudge.basis.ids import FactName
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import in_condition, refused, rule_named, warning
from adjudge.language.analysis.occurrence import fact_places
from adjudge.language.package import Package, Rule, RuleKind


def check_protected(package: Package) -> Iterator[Problem]:
    """Report protected facts in rules that cite no law, once for each rule and fact."""
    protected = {name for name, fact in package.vocabulary.facts.items() if fact.protected}
    for rule in package.rules:
        if not rests_on_law(rule):
            yield from _of_rule(rule, protected)


def rests_on_law(rule: Rule) -> bool:
    """Whether a rule cites a law."""
    return rule.ground.source == "law" and bool(rule.ground.clause.strip())


def _of_rule(rule: Rule, protected: set[FactName]) -> Iterator[Problem]:
    make = refused if rule.kind is RuleKind.PROHIBITION else warning
    reported = set()
    for written in rule.conditions:
        for name, place in fact_places(written).items():
            if name in protected and name not in reported:
                reported.add(name)
                message = say(
                    "{rule} turns on the protected fact {fact}, but rests on no law",
                    rule=rule_named(rule),
                    fact=quoted(name),
                )
                hint = say("cite the law under `ground:`, or state the conduct that is meant")
                yield make("protected-fact", message, in_condition(rule, written, place), hint)
