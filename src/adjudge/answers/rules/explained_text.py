"""An explained rule for the terminal."""

from collections.abc import Iterator

from adjudge.answers.rules.explained import ExplainedView
from adjudge.answers.rules.tree_text import condition_lines, wrapped
from adjudge.tongues.tongue import Tongue


def explained_text(view: ExplainedView, tongue: Tongue, width: int) -> str:
    """The verdict with its reason, then the trees, then the facts."""
    lines = [*_head(view, tongue, width)]
    for condition in view.conditions:
        lines += ["", *condition_lines(condition, tongue, width)]
    lines += ["", *wrapped(tongue("What the facts mean"), width)]
    for fact in view.facts:
        lines += [*wrapped(fact.name, width), *(f"  {line}" for line in wrapped(fact.definition, width - 2))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(view: ExplainedView, tongue: Tongue, width: int) -> Iterator[str]:
    yield from wrapped(tongue("{rule}: {title}", rule=view.rule, title=view.title), width)
    yield from wrapped(tongue("for {subject}, {question}", subject=view.subject, question=view.asked), width)
    yield ""
    yield from wrapped(tongue("{verdict} ({pair})", verdict=view.verdict_word, pair=view.pair), width)
    yield from (f"  {line}" for line in wrapped(view.row, width - 2))
