"""Like cases as Markdown. Every text from outside is escaped."""

from collections.abc import Iterable

from adjudge.answers.alike import AlikeView, GroupView
from adjudge.answers.forms.escape import escaped
from adjudge.tongues.tongue import Tongue


def alike_markdown(view: AlikeView, tongue: Tongue) -> str:
    """The answer as Markdown. `tongue` is that of the view."""
    return "\n".join(_lines(view, tongue)).rstrip() + "\n"


def _lines(view: AlikeView, tongue: Tongue) -> Iterable[str]:
    yield "# " + tongue("Like cases")
    yield ""
    yield f"- {tongue('population')}: {escaped(view.population)}"
    yield f"- {tongue('as of')}: {escaped(view.when)}"
    yield f"- {tongue('package')}: {escaped(view.package)}"
    if view.subject:
        yield f"- {tongue('subject')}: {escaped(view.subject)}"
    yield from ("", f"**{escaped(view.headline)}**", "", escaped(view.known))
    for group in view.groups:
        yield from _group(group)
    if view.more:
        yield from ("", escaped(view.more))


def _group(group: GroupView) -> Iterable[str]:
    yield from ("", f"## {escaped(group.heading)}", "", escaped(group.verdict))
    for note in group.notes:
        yield from ("", escaped(note))
    for treated in group.treated:
        yield from ("", f"**{escaped(treated.treatment)}**", "")
        yield from (f"- {escaped(member)}" for member in treated.members)
    for rates in group.rates:
        yield from ("", f"### {escaped(rates.heading)}", "")
        yield from (f"- {escaped(name)}: {escaped(count)}" for name, count in rates.rows)
        if rates.note:
            yield from ("", escaped(rates.note))
