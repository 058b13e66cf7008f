"""Why one subject changes, for the terminal."""

from collections.abc import Iterator

from adjudge.answers.rules.tree_text import condition_lines, wrapped
from adjudge.backtest.forms.explained import ExplainedView
from adjudge.tongues.tongue import Tongue


def explained_text(view: ExplainedView, tongue: Tongue, width: int) -> str:
    """Before and after, then each rule with its tree."""
    return "\n".join(line.rstrip() for line in _lines(view, tongue, width)) + "\n"


def _lines(view: ExplainedView, tongue: Tongue, width: int) -> Iterator[str]:
    yield from wrapped(view.subject, width)
    for label, text in ((tongue("before"), view.before), (tongue("after"), view.after)):
        yield from _under(tongue("{label}: {text}", label=label, text=text), width)
    for rule in view.rules:
        yield ""
        yield from wrapped(tongue("{rule}: {title}", rule=rule.id, title=rule.title or rule.id), width)
        if rule.is_same:
            yield from _under(tongue("before and after: {text}", text=rule.after), width)
        else:
            yield from _under(tongue("{label}: {text}", label=tongue("before"), text=rule.before), width)
            yield from _under(tongue("{label}: {text}", label=tongue("after"), text=rule.after), width)
        for tree in rule.trees:
            if tree.heading:
                yield ""
                yield from wrapped(tree.heading, width)
            for condition in tree.conditions:
                yield ""
                yield from condition_lines(condition, tongue, width)
    if view.silent:
        yield ""
        yield from wrapped(
            tongue("Nothing speaks for these, before or after: {rules}", rules=tuple(view.silent)), width
        )


def _under(text: str, width: int) -> Iterator[str]:
    yield from (f"  {line}" for line in wrapped(text, width - 2))
