"""Who else, as Markdown: lines of an answer, every text from outside escaped."""

from collections.abc import Iterable, Iterator

from adjudge.answers.decision.others import NamesView, OthersView, ReasonView, RuleOthersView
from adjudge.answers.forms.escape import code, escaped, prose
from adjudge.tongues.tongue import Tongue


def others_lines(view: OthersView, tongue: Tongue) -> Iterator[str]:
    """Each rule with whom it reaches and who is alike."""
    yield "### " + tongue("Who else")
    yield ""
    if view.population:
        yield tongue("compared with {population}", population=escaped(view.population))
        yield ""
    for rule in view.rules:
        yield from _rule(rule, tongue)
    for note in view.notes:
        yield prose(note)
        yield ""


def reason_lines(view: ReasonView, tongue: Tongue) -> Iterator[str]:
    """The stated reason below the notice that states it."""
    yield "### " + tongue("The reason that was stated, as a condition")
    yield ""
    yield code(view.condition)
    yield ""
    if view.population:
        yield tongue("asked of {population}", population=escaped(view.population))
        yield ""
    yield from _sentences((view.reaches, *view.treated))
    yield from _lists(view.lists)


def _rule(rule: RuleOthersView, tongue: Tongue) -> Iterator[str]:
    yield "#### " + tongue("{rule}: {title}", rule=escaped(rule.id), title=escaped(rule.title))
    yield ""
    yield from _sentences((rule.reaches, *rule.treated, rule.alike))
    yield from _lists(rule.lists)


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    """Each a paragraph of its own."""
    for text in texts:
        yield prose(text)
        yield ""


def _lists(lists: Iterable[NamesView]) -> Iterator[str]:
    for item in lists:
        yield f"- {escaped(item.heading)}"
        yield from (f"  - {escaped(name)}" for name in item.names)
        if item.more:
            yield f"  - {prose(item.more)}"
    yield ""
