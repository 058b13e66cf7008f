"""The page of the first steps: where one stands, what comes next, and what the records show to be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.help.steps import STEPS, Step
from adjudge.institution.reading.founding_case import ADVERTISER, Founding, founding_case
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.people.role import STAFF
from adjudge.storage.first_runs import Progress, leave_steps, mark_step, progress_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step on the page. `is_shown` is whether the records tell that it is done; `may_do` whether it is for you."""

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


def first_run_page(visit: Visit) -> HttpResponseBase:
    """The page, for staff."""
    _for_staff(visit)
    found, progress = founding_case(visit.house, visit.actor), progress_of(visit.person.id)
    lines = _lines(visit, found, progress)
    return show(
        visit,
        "help/first_run.html",
        lines=lines,
        progress=progress,
        told=visit.tongue(
            "{done} of {all} steps are done.",
            done=visit.tongue.number(sum(line.is_done for line in lines)),
            all=visit.tongue.number(len(lines)),
        ),
        is_on_record=found is not None,
        may_read=visit.may(Act.READ_MATTER, ADVERTISER),
    )


def marking_step(visit: Visit, name: str) -> HttpResponseBase:
    """Mark a step as done or not done. Raises NotFoundError for one that is none, or that the records tell."""
    if not any(step.name == name and step.shown is None for step in STEPS):
        raise not_found()
    return _changed(visit, lambda person: mark_step(person, name, done=visit.sent("done") == "yes"))


def leaving_steps(visit: Visit) -> HttpResponseBase:
    """Leave the first steps, or take them up again."""
    leave = visit.sent("leave") == "yes"
    return _changed(visit, lambda person: leave_steps(person, leave=leave), "home" if leave else "first_run")


def _changed(visit: Visit, change: Callable[[str], Progress], to: str = "first_run") -> HttpResponseBase:
    _for_staff(visit)
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    change(visit.person.id)
    return redirect(to)


def _for_staff(visit: Visit) -> None:
    if not visit.actor.roles & STAFF:
        raise not_found()


def _lines(visit: Visit, found: Founding | None, progress: Progress) -> Sequence[StepLine]:
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


def _is_done(step: Step, found: Founding | None, progress: Progress) -> bool:
    if step.shown is None:
        return step.name in progress.marked
    return found is not None and step.shown(found)
