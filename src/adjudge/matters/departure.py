"""What is left of an outcome when a proposal departs from it: to the milder side only, within what rules allow."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from adjudge.answers.answer import SubjectAnswer
from adjudge.basis.ids import RuleId
from adjudge.basis.said import say
from adjudge.decisions.adjudicate import adjudicate
from adjudge.decisions.scope import Applied, combine
from adjudge.errors import Finding
from adjudge.language.package import Measure, Rule
from adjudge.matters.proposal import MILDER_KINDS, Milder, Proposal
from adjudge.reasons.explain import Explanation


def departed(found: SubjectAnswer, proposal: Proposal) -> SubjectAnswer:
    """What was found of a subject with the measures that the proposal would take in place of those that follow."""
    if not proposal.instead:
        return found
    explanations = tuple(_with(item, proposal) for item in found.explanations)
    rules = {item.rule.id: item.rule for item in explanations}
    measures = tuple(
        (rule, measure.kind)
        for rule, _ in found.outcome.measures
        if (rule not in proposal.instead or proposal.instead[rule] is not None)
        and (measure := rules[rule].measure) is not None
    )
    outcome = replace(found.outcome, measures=measures)
    return replace(
        found, outcome=outcome, explanations=explanations, decision=adjudicate(outcome, rules.values())
    )


def _with(item: Explanation, proposal: Proposal) -> Explanation:
    milder = proposal.instead.get(item.rule.id)
    if milder is None or item.rule.measure is None:
        return item
    return replace(item, rule=replace(item.rule, measure=_milder(item.rule.measure, milder)))


def _milder(measure: Measure, milder: Milder | None) -> Measure:
    if milder is None:
        return measure
    details = {"days": milder.days} if milder.days else {}
    return replace(measure, kind=milder.kind, details=details)


def measures_left(
    rules: Mapping[RuleId, Rule], applying: Iterable[RuleId], proposal: Proposal
) -> tuple[Applied, ...]:
    """The same measures by the names of their rules alone, where nothing is at hand of how they were found."""
    given = ((rule, rules[rule].measure) for rule in applying if rule in rules)
    return combine(
        (rule, _milder(measure, proposal.instead.get(rule)))
        for rule, measure in given
        if measure is not None and not (rule in proposal.instead and proposal.instead[rule] is None)
    )


def departing_findings(found: SubjectAnswer, proposal: Proposal) -> Iterable[Finding]:
    """What is wrong with how a proposal departs."""
    applying = dict(found.outcome.measures)
    for rule, milder in proposal.instead.items():
        if rule not in applying:
            message = say("the rule {rule} has no measure here", rule=rule)
            yield Finding("bad-departure", message, say("leave it out"))
        elif milder is not None and not _is_milder(rule, milder, found):
            message = say("{kind} is not milder than {old}", kind=milder.kind.value, old=applying[rule].value)
            kinds = tuple(sorted(kind.value for kind in MILDER_KINDS))
            hint = say(
                "choose a milder one of {kinds}, a suspension with its days, or no measure", kinds=kinds
            )
            yield Finding("bad-departure", message, hint)
    if proposal.instead and not proposal.why_departing.strip():
        message = say("it departs from the outcome and does not say why")
        yield Finding("unreasoned-departure", message, say("write why the outcome is not followed"))


def _is_milder(rule: RuleId, milder: Milder, found: SubjectAnswer) -> bool:
    kind = dict(found.outcome.measures)[rule]
    with_days = (milder.days > 0) == (milder.kind.value == "suspend")
    return milder.kind in MILDER_KINDS and with_days and milder.kind.severity < kind.severity
