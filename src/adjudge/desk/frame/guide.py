"""How far somebody has come with the first steps, and the step that comes next, told on the pages on which it is taken.

Whoever has opened the first steps is guided while signed in: a mark in the session, so that nobody else's pages ask
the records for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from adjudge.desk.frame.steps import STEPS, Step
from adjudge.desk.frame.visit import Visit
from adjudge.institution.reading.founding_case import ADVERTISER, Founding, founding_case
from adjudge.storage.first_runs import Progress, progress_of

GUIDED = "first_steps"
"""The mark in the session of whoever is guided."""
PAGES = frozenset({"matter", "sheet", "propose", "decision"})
"""Where the next step is told, if they are of the founding case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step on a page. `is_shown` is whether the records tell that it is done; `may_do` whether it is for you."""

    number: int
    step: Step
    title: str
    look: str
    why: str
    address: str
    is_done: bool
    is_shown: bool
    may_do: bool
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What a page of the founding case tells: the next step, and whether it is taken here; none when all are done."""

    heading: str
    line: StepLine | None
    is_here: bool


def lines_of(visit: Visit, found: Founding | None, progress: Progress) -> Sequence[StepLine]:
    """All steps, as far as somebody has come."""
    done = [_is_done(step, found, progress) for step in STEPS]
    following = done.index(False) if False in done else len(done)
    return [
        StepLine(
            number=place + 1,
            step=step,
            title=visit.tongue.of(step.title),
            look=visit.tongue.of(step.look),
            why=visit.tongue.of(step.why),
            address=step.address(found) if found is not None else "",
            is_done=done[place],
            is_shown=step.shown is not None,
            may_do=visit.may(step.act, ADVERTISER),
            is_next=place == following,
        )
        for place, step in enumerate(STEPS)
    ]


def guide_on(visit: Visit, page: str) -> Guide | None:
    """The guide on a page, for whoever is guided and where it is one of the founding case."""
    if page not in PAGES or not visit.request.session.get(GUIDED):
        return None
    found = founding_case(visit.house, visit.actor)
    if found is None or not _is_of(found, visit.request.path):
        return None
    lines = lines_of(visit, found, progress_of(visit.person.id))
    line = next((item for item in lines if item.is_next), None)
    return Guide(heading=_heading(visit, line, len(lines)), line=line, is_here=_is_here(visit, line))


def _heading(visit: Visit, line: StepLine | None, count: int) -> str:
    tongue = visit.tongue
    if line is None:
        return tongue("All {count} first steps are done.", count=tongue.number(count))
    number, every = tongue.number(line.number), tongue.number(count)
    return tongue("Step {number} of {all}: {title}.", number=number, all=every, title=line.title)


def _is_of(found: Founding, path: str) -> bool:
    """Whether a page is of the founding case: its matter, what lies below it, and its decisions."""
    matter = reverse("matter", args=[found.matter.id])
    below = path.startswith(f"{matter}/")
    return path == matter or below or path in {reverse("decision", args=[row.id]) for row in found.decisions}


def _is_here(visit: Visit, line: StepLine | None) -> bool:
    """Whether the page is the one to which the step leads."""
    if line is None:
        return False
    address, _, asked = line.address.partition("#")[0].partition("?")
    return visit.request.path == address and asked in visit.request.META["QUERY_STRING"]


def _is_done(step: Step, found: Founding | None, progress: Progress) -> bool:
    if step.shown is None:
        return step.name in progress.marked
    return found is not None and step.shown(found)
