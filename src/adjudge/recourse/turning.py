"""The facts on which a decision turns and which the advertiser cannot change. LANGUAGE.md 6.3.

Not a reproach to the rule: a fact may stand in it for good reason. Who is told that nothing can be done is told why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from adjudge.basis.ids import FactName, RuleId
from adjudge.facts.settle import settle
from adjudge.facts.vocabulary import Changer
from adjudge.language.package import Rule
from adjudge.outcome import Verdict
from adjudge.reasons.roles import read_facts
from adjudge.recourse.question import Question
from adjudge.recourse.way import Turning
from adjudge.spec.resolve import rule_outcome


def turning_points(question: Question, lifted: Iterable[RuleId]) -> tuple[Turning, ...]:
    """For each rule to be lifted the facts without which it would not be met."""
    by_id = {rule.id: rule for rule in question.rules}
    return tuple(found for name in lifted for found in _of_rule(question, by_id[name]))


def _of_rule(question: Question, rule: Rule) -> Iterator[Turning]:
    for name in read_facts(rule.conditions):
        fact = question.facts[name]
        fixed = fact.protected or fact.changeable_by is not Changer.ADVERTISER
        if fixed and not _is_met_without(question, rule, name):
            yield Turning(rule=rule.id, fact=name, protected=fact.protected)


def _is_met_without(question: Question, rule: Rule, name: FactName) -> bool:
    """Whether a rule is met where nothing is known of a fact, not even by a complete record."""
    holder = question.holder(name)
    claims = [claim for claim in question.live if not (claim.fact == name and claim.subject == holder)]
    vocabulary = question.around.vocabulary
    unknown = replace(vocabulary.facts[name], complete=False)
    around = replace(
        question.around, vocabulary=replace(vocabulary, facts={**vocabulary.facts, name: unknown})
    )
    return rule_outcome(rule, question.subject, settle(claims), around).verdict is Verdict.MET
