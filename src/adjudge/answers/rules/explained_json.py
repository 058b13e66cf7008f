"""An explained rule for programs: pairs as numbers, ISO dates, words of machines; texts for people in one language."""

import json

from adjudge.answers.answer import Answer
from adjudge.answers.rules.explained import ExplainedView
from adjudge.answers.rules.tree_json import JsonTree, rule_tree_form
from adjudge.outcome import RuleOutcome
from adjudge.reasons.tree import RuleTree
from adjudge.tongues.tongue import Tongue

FORMAT = "adjudge-explanation/1"


def explained_json(
    view: ExplainedView, answer: Answer, outcome: RuleOutcome, tree: RuleTree, tongue: Tongue
) -> str:
    """The whole as one JSON text."""
    form: JsonTree = {
        "format": FORMAT,
        "language": tongue.code,
        "case": answer.case.file.id,
        "policy": answer.package.id,
        "version": answer.package.version,
        "digest": str(answer.digest),
        "valid_at": str(answer.asked.valid_at),
        "known_at": str(answer.asked.known_at),
        "territory": answer.asked.territory,
        "subject": view.subject,
        "rule": view.rule,
        "title": view.title,
        "verdict": outcome.verdict.value,
        "for": outcome.pair.for_,
        "against": outcome.pair.against,
        "reason": view.row,
        **rule_tree_form(tree, tongue),
        "facts": {fact.name: fact.definition for fact in view.facts},
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"
