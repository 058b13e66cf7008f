"""One rule for one subject, explained: the verdict by its row of the table, the tree, and what its facts mean.

Not a form: the terminal, Markdown and JSON each set these values in their own way.
"""

from dataclasses import dataclass

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.dates import instant_text
from adjudge.answers.rules.trees import ConditionView, rule_views
from adjudge.answers.words import pair_text, weight_text
from adjudge.basis.weight import outweighs
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.language.package import Rule
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.reasons.roles import read_facts
from adjudge.reasons.tree import RuleTree
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that the rule reads, with what it takes to observe it."""

    name: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedView:
    """Everything that is shown. `row` is the line of LANGUAGE.md 4.2 that gave the verdict, in words."""

    title: str
    rule: str
    subject: str
    asked: str
    verdict: Verdict
    verdict_word: str
    pair: str
    row: str
    conditions: tuple[ConditionView, ...]
    facts: tuple[FactView, ...]


def explained_view(
    answer: Answer, subject: SubjectAnswer, outcome: RuleOutcome, tree: RuleTree, tongue: Tongue
) -> ExplainedView:
    """What to show."""
    rule = tree.rule
    return ExplainedView(
        title=tongue.text(rule.title) or str(rule.id),
        rule=rule.id,
        subject=subject.party.subject.id,
        asked=_asked_text(answer, tongue),
        verdict=outcome.verdict,
        verdict_word=tongue.of(VERDICT_WORDS[outcome.verdict]),
        pair=pair_text(outcome.pair, tongue),
        row=row_text(rule, outcome, tongue),
        conditions=rule_views(tree, tongue, answer.case.documents),
        facts=_facts(rule, answer, tongue),
    )


def _asked_text(answer: Answer, tongue: Tongue) -> str:
    asked = answer.asked
    where = tongue("without a territory") if asked.territory is None else tongue.country(asked.territory)
    return tongue(
        "as of {as_of}, with what was known at {known_at}, {territory}; version {version} of the policy",
        as_of=instant_text(asked.valid_at, tongue),
        known_at=instant_text(asked.known_at, tongue),
        territory=where,
        version=answer.package.version,
    )


def _facts(rule: Rule, answer: Answer, tongue: Tongue) -> tuple[FactView, ...]:
    facts = answer.package.vocabulary.facts
    return tuple(
        FactView(name, tongue.text(facts[name].definition) or tongue("the vocabulary does not define it"))
        for name in read_facts(rule.conditions)
    )


def row_text(rule: Rule, outcome: RuleOutcome, tongue: Tongue) -> str:
    """Why the rule has its verdict: the row of the table that fits, with its numbers. LANGUAGE.md 4.2."""
    parts = {
        "for_": outcome.pair.for_,
        "against": outcome.pair.against,
        "standard": weight_text(rule.standard, tongue),
    }
    match outcome.verdict:
        case Verdict.UNKNOWN:
            return tongue("nothing weighs for the condition and nothing against it")
        case Verdict.REFUTED:
            return tongue(
                "the weight for the condition, {for_}, is below the standard, {standard}, and the weight against it, "
                "{against}, is no less",
                **parts,
            )
        case Verdict.UNPROVEN:
            return tongue(
                "the weight for the condition, {for_}, is greater than the weight against it, {against}, but below the "
                "standard, {standard}",
                **parts,
            )
        case Verdict.EXCEPTED:
            return tongue(
                "the condition is shown to its standard, {standard}, but an exception is established: {exceptions}",
                exceptions=_exceptions_text(rule, outcome, tongue),
                **parts,
            )
        case Verdict.MET if rule.unless:
            return tongue(
                "the weight for the condition, {for_}, reaches the standard, {standard}, and is greater than the "
                "weight against it, {against}; no exception reaches its own standard",
                **parts,
            )
        case Verdict.MET:
            return tongue(
                "the weight for the condition, {for_}, reaches the standard, {standard}, and is greater than the "
                "weight against it, {against}",
                **parts,
            )
        case Verdict.CONTESTED if outweighs(outcome.pair, rule.standard):
            return tongue(
                "the condition is shown to its standard, {standard}; no exception is established, but one is disputed: "
                "{exceptions}",
                exceptions=_exceptions_text(rule, outcome, tongue),
                **parts,
            )
        case Verdict.CONTESTED:
            return tongue(
                "the weight for the condition, {for_}, reaches the standard, {standard}, but the weight against it, "
                "{against}, is no less",
                **parts,
            )


def _exceptions_text(rule: Rule, outcome: RuleOutcome, tongue: Tongue) -> str:
    """The exceptions on which the verdict turns, each with its pair and its standard."""
    pairs = dict(outcome.unless)
    reaching = [item for item in rule.unless if pairs[item.id].for_ >= item.standard]
    if outcome.verdict is Verdict.EXCEPTED:
        reaching = [item for item in reaching if outweighs(pairs[item.id], item.standard)]
    return tongue.listed(
        tongue(
            "{id} ({pair}; standard {standard})",
            id=item.id,
            pair=pair_text(pairs[item.id], tongue),
            standard=weight_text(item.standard, tongue),
        )
        for item in reaching
    )
