"""Who else, for the terminal: lines of an answer.

Texts are printed as `Text`, never as markup, since they come from outside.
"""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.decision.others import NamesView, OthersView, ReasonView, RuleOthersView
from adjudge.answers.forms.harmless import harmless
from adjudge.tongues.tongue import Tongue


def others_lines(view: OthersView, tongue: Tongue) -> Iterable[RenderableType]:
    """Each rule with whom it reaches and who is alike; with nobody to compare with, only that."""
    if not view.population:
        yield from (_text(note, "dim") for note in view.notes)
        return
    yield _text(tongue("Who else"), "bold")
    yield _indented(_text(tongue("compared with {population}", population=view.population), "dim"), 2)
    for rule in view.rules:
        yield from _rule(rule, tongue)
    yield from (_indented(_text(note, "dim"), 2) for note in view.notes)


def brief_others(view: OthersView, tongue: Tongue) -> Iterable[RenderableType]:
    """How many, and how many are alike, for each rule."""
    if not view.population:
        yield from (_text(note, "dim") for note in view.notes)
        return
    yield _text(tongue("Who else"), "bold")
    for rule in view.rules:
        yield _indented(_text(tongue("{rule}: {title}", rule=rule.id, title=rule.title)), 2)
        yield from (_indented(_bullet(text), 4) for text in (rule.reaches, rule.alike))
    yield from (_indented(_text(note, "dim"), 2) for note in view.notes)


def reason_lines(view: ReasonView, tongue: Tongue) -> Iterable[RenderableType]:
    """The stated reason below the notice that states it."""
    yield _indented(_text(tongue("The reason that was stated, as a condition")), 2)
    yield _indented(_text(view.condition), 4)
    if view.population:
        yield _indented(_text(tongue("asked of {population}", population=view.population), "dim"), 4)
    yield from (_indented(_text(text), 4) for text in (view.reaches, *view.treated))
    for item in view.lists:
        yield from (_indented(line, 4) for line in _names(item))


def brief_reason(view: ReasonView, tongue: Tongue) -> Iterable[RenderableType]:
    """The condition, and how many it reaches."""
    yield _text(tongue("The reason that was stated, as a condition"), "bold underline")
    yield _text(view.condition)
    yield _text(view.reaches)


def _rule(rule: RuleOthersView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _indented(_text(tongue("{rule}: {title}", rule=rule.id, title=rule.title)), 2)
    yield from (_indented(_text(text), 4) for text in (rule.reaches, *rule.treated, rule.alike))
    for item in rule.lists:
        yield from (_indented(line, 4) for line in _names(item))


def _names(item: NamesView) -> Iterable[RenderableType]:
    yield _text(item.heading, "dim")
    yield from (_indented(_bullet(name), 2) for name in item.names)
    if item.more:
        yield _indented(_text(item.more, "dim"), 2)


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _indented(item: RenderableType, columns: int) -> Padding:
    return Padding(item, (0, 0, 0, columns))


def _bullet(text: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1)
    grid.add_row("-", _text(text))
    return grid
