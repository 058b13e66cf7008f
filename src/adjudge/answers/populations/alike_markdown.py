"""Like cases as Markdown. Every text from outside is escaped."""

from collections.abc import Iterable

from adjudge.answers.forms.escape import escaped, prose
from adjudge.answers.populations.alike import AlikeView, GroupView
from adjudge.answers.populations.words import labelled
from adjudge.tongues.tongue import Tongue


def alike_markdown(view: AlikeView, tongue: Tongue) -> str:
    """The answer as Markdown. `tongue` is that of the view."""
    return "\n".join(_lines(view, tongue)).rstrip() + "\n"


def _lines(view: AlikeView, tongue: Tongue) -> Iterable[str]:
    yield "# " + tongue("Like cases")
    yield ""
    head = [
        (tongue("population"), view.population),
        (tongue("as of"), view.when),
        (tongue("package"), view.package),
    ]
    if view.subject:
        head.append((tongue("subject"), view.subject))
    yield from (f"- {labelled(label, escaped(text), tongue)}" for label, text in head)
    yield from ("", f"**{escaped(view.headline)}**", "", escaped(view.known))
    for group in view.groups:
        yield from _group(group, tongue)
    if view.more:
        yield from ("", prose(view.more))


def _group(group: GroupView, tongue: Tongue) -> Iterable[str]:
    yield from ("", f"## {escaped(group.heading)}", "", escaped(group.verdict))
    for note in group.notes:
        yield from ("", escaped(note))
    for treated in group.treated:
        yield from ("", f"**{escaped(treated.treatment)}**", "")
        yield from (f"- {prose(member)}" for member in treated.members)
    for rates in group.rates:
        yield from ("", f"### {escaped(rates.heading)}", "")
        yield from (f"- {labelled(escaped(name), escaped(count), tongue)}" for name, count in rates.rows)
        if rates.note:
            yield from ("", escaped(rates.note))
