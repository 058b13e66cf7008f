"""Why one subject changes, for programs; format `adjudge-backtest-subject/1`."""

import json

from adjudge.answers.rules.tree_json import rule_tree_form
from adjudge.backtest.explaining import Explained, Sided
from adjudge.backtest.question import Question
from adjudge.outcome import exchange_form
from adjudge.tongues.tongue import Tongue

FORMAT = "adjudge-backtest-subject/1"


def explained_json(found: Explained, question: Question, tongue: Tongue) -> str:
    """As indented JSON; `language` is that of the titles."""
    form = {
        "format": FORMAT,
        "language": tongue.code,
        "subject": found.subject.id,
        "kind": found.subject.kind.value,
        "valid_at": str(question.valid_at),
        "known_at": str(question.known_at),
        "territory": question.territory,
        "old": {"version": question.old.name, "outcome": exchange_form(found.old)},
        "new": {"version": question.new.name, "outcome": exchange_form(found.new)},
        "rules": [
            {
                "rule": item.id,
                "same": item.is_same,
                "old": _side(item.old, tongue),
                "new": _side(item.new, tongue),
            }
            for item in found.rules
        ],
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def _side(side: Sided | None, tongue: Tongue) -> dict[str, object] | None:
    if side is None:
        return None
    verdict = side.verdict.value if side.verdict is not None else None
    return {"verdict": verdict, "measure_applies": side.applies, **rule_tree_form(side.tree, tongue)}
