"""A comparison of packages for the terminal: what went and what came marked, each case as its claims.

Nothing is said by colour alone: without colour, marks stand round the words. Texts are printed as `Text`, never as
markup, since they come from outside.
"""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import NARROWEST, screen
from adjudge.answers.versions.changed import ChangeView
from adjudge.answers.versions.differences import DefinitionView, DifferenceView, RuleView
from adjudge.answers.versions.witnesses import WitnessView
from adjudge.changes.change import Status
from adjudge.changes.marking import Mark, Piece
from adjudge.tongues.tongue import Tongue

_STYLES = {Mark.KEPT: "", Mark.OUT: "red strike", Mark.IN: "bold green"}
_BRACKETS = {Mark.KEPT: ("", ""), Mark.OUT: ("[-", "-]"), Mark.IN: ("{+", "+}")}
_STATUSES = {
    Status.ADDED: "bold green",
    Status.REMOVED: "bold red",
    Status.CHANGED: "bold yellow",
    Status.TEXTS: "dim",
    Status.REWRITTEN: "yellow",
}


def differences_text(view: DifferenceView, tongue: Tongue, *, width: int, colour: bool) -> str:
    """The comparison as lines of at most `width` columns, with ANSI colours or none. `tongue` is that of the view."""
    return screen(_lines(view, tongue, width), width=width, colour=colour)


def _lines(view: DifferenceView, tongue: Tongue, width: int) -> Iterable[RenderableType]:
    yield _rows([(tongue("before"), _text(view.old)), (tongue("now"), _text(view.new))])
    for rule in view.rules:
        yield ""
        yield from _rule(rule, tongue, width)
    for definition in view.definitions:
        yield ""
        yield from _definition(definition, width)
    yield ""
    if view.verdict:
        yield _text(view.verdict)
    yield _text(view.summary, "bold")


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _rows(rows: Iterable[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim", overflow="fold")
    # What is longer than a line, as `ad.category.under('alcohol_1002')` may be, goes on in the next one.
    grid.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        grid.add_row(_text(label), text)
    return grid


def _indented(item: RenderableType, columns: int = 2) -> Padding:
    return Padding(item, (0, 0, 0, columns))


def _rule(rule: RuleView, tongue: Tongue, width: int) -> Iterable[RenderableType]:
    heading = _text(f"{rule.id}: ", "bold")
    heading.append_text(_text(rule.heading, _STATUSES[rule.status]))
    yield heading
    if rule.title:
        yield _indented(_text(rule.title, "dim"))
    yield from (_indented(item) for item in _changes(rule.changes, width))
    for witness in rule.witnesses:
        yield ""
        yield from (_indented(item) for item in _witness(witness, tongue))
    if rule.unshown:
        yield ""
        yield from (_indented(_text(line, "yellow")) for line in rule.unshown)


def _changes(changes: Iterable[ChangeView], width: int) -> Iterable[RenderableType]:
    """Each label on the line of its text, or above it where it would take more than half of the line."""
    for change in changes:
        if 2 * cell_len(change.label) > max(width, NARROWEST):
            yield _folded(_text(change.label, "dim"))
            yield _indented(_folded(_changed(change)))
        else:
            yield _rows([(change.label, _changed(change))])
        if change.note:
            yield _indented(_text(change.note, "dim"))


def _folded(text: Text) -> Text:
    text.overflow = "fold"
    return text


def _changed(change: ChangeView) -> Text:
    if change.pieces:
        return _marked(change.pieces)
    if change.old and change.new:
        return Text.assemble(_text(change.old), " → ", _text(change.new))
    return _text(change.new or change.old)


def _marked(pieces: Iterable[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        opening, closing = _BRACKETS[piece.mark]
        text.append(f"{opening}{harmless(piece.text)}{closing}", style=_STYLES[piece.mark])
    return text


def _witness(witness: WitnessView, tongue: Tongue) -> Iterable[RenderableType]:
    for line in witness.meaning:
        yield _text(line)
    if witness.shows:
        yield _text(witness.shows, "dim")
    rows = [(tongue("case"), _text(witness.question))]
    rows += [(tongue("claim"), _text(claim)) for claim in witness.claims]
    rows += [(tongue("before"), _text(witness.old)), (tongue("now"), _text(witness.new))]
    yield _indented(_rows(rows))
    for note in witness.notes:
        yield _indented(_text(note, "dim"))


def _definition(definition: DefinitionView, width: int) -> Iterable[RenderableType]:
    yield _text(definition.heading, "bold")
    yield from (_indented(item) for item in _changes([definition.change], width))
    if definition.read_by:
        yield _indented(_text(definition.read_by, "dim"))
