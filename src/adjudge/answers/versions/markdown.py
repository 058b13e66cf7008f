"""A comparison of packages as Markdown, for reviews: what went struck through, what came in bold.

Every text from outside is escaped, so that none can become a heading, a link or HTML.
"""

from collections.abc import Iterable

from adjudge.answers.forms.escape import code, escaped
from adjudge.answers.versions.changed import ChangeView
from adjudge.answers.versions.differences import DefinitionView, DifferenceView, RuleView
from adjudge.answers.versions.witnesses import WitnessView
from adjudge.changes.marking import Mark, Piece
from adjudge.tongues.tongue import Tongue

_FENCES = {Mark.KEPT: "", Mark.OUT: "~~", Mark.IN: "**"}


def differences_markdown(view: DifferenceView, tongue: Tongue) -> str:
    """The comparison as Markdown. `tongue` is that of the view."""
    return "\n".join(_lines(view, tongue)).rstrip() + "\n"


def _lines(view: DifferenceView, tongue: Tongue) -> Iterable[str]:
    yield "# " + tongue("What differs in meaning")
    yield ""
    yield "- " + tongue("before: {package}", package=escaped(view.old))
    yield "- " + tongue("now: {package}", package=escaped(view.new))
    yield ""
    for rule in view.rules:
        yield from _rule(rule, tongue)
    for definition in view.definitions:
        yield from _definition(definition)
    if view.verdict:
        yield view.verdict
        yield ""
    yield f"**{view.summary}**"


def _rule(rule: RuleView, tongue: Tongue) -> Iterable[str]:
    yield "## " + tongue("{rule}: {title}", rule=escaped(rule.id), title=rule.heading)
    yield ""
    if rule.title:
        yield f"*{escaped(rule.title)}*"
        yield ""
    for change in rule.changes:
        yield f"- {escaped(change.label)}: {_changed(change)}".rstrip()
        if change.note:
            yield f"  {escaped(change.note)}"
    yield ""
    for witness in rule.witnesses:
        yield from _witness(witness, tongue)
    for line in rule.unshown:
        yield escaped(line)
        yield ""


def _changed(change: ChangeView) -> str:
    if change.pieces:
        return "".join(_piece(piece) for piece in change.pieces)
    if change.old and change.new:
        return f"{code(change.old)} → {code(change.new)}"
    return code(change.new or change.old) if change.new or change.old else ""


def _piece(piece: Piece) -> str:
    """Spaces stay outside of the marks, within which CommonMark does not take them."""
    text = escaped(piece.text)
    before = " " if piece.text[:1].isspace() else ""
    after = " " if piece.text[-1:].isspace() and text else ""
    fence = _FENCES[piece.mark] if text else ""
    return f"{before}{fence}{text}{fence}{after}"


def _witness(witness: WitnessView, tongue: Tongue) -> Iterable[str]:
    for line in witness.meaning:
        yield escaped(line)
    if witness.shows:
        yield escaped(witness.shows)
    yield ""
    yield f"- {tongue('case')}: {escaped(witness.question)}"
    yield from (f"- {tongue('claim')}: {code(claim)}" for claim in witness.claims)
    yield f"- {tongue('before')}: {escaped(witness.old)}"
    yield f"- {tongue('now')}: {escaped(witness.new)}"
    yield from (f"- {escaped(note)}" for note in witness.notes)
    yield ""


def _definition(definition: DefinitionView) -> Iterable[str]:
    yield f"## {escaped(definition.heading)}"
    yield ""
    yield f"- {escaped(definition.change.label)}: {_changed(definition.change)}"
    if definition.read_by:
        yield f"- {escaped(definition.read_by)}"
    yield ""
