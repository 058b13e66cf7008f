"""The page of the first steps: where one stands, what comes next, and what the records show to be done."""

from collections.abc import Callable, Sequence

from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.guide import GUIDED, StepLine, lines_of
from adjudge.desk.frame.steps import STEPS
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import role_text
from adjudge.institution.reading.founding_case import ADVERTISER, founding_case
from adjudge.institution.reading.staffing import nobody_is
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.people.role import STAFF, Role
from adjudge.storage.first_runs import Progress, leave_steps, mark_step, progress_of

NEEDED = (Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL)
"""Who takes the steps that make entries."""


def first_run_page(visit: Visit) -> HttpResponseBase:
    """The page, for staff."""
    _for_staff(visit)
    found, progress = founding_case(visit.house, visit.actor), progress_of(visit.person.id)
    lines = lines_of(visit, found, progress)
    _guide(visit, progress, lines)
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
        is_over=all(line.is_done for line in lines),
        missing=[role_text(role, visit.tongue) for role in nobody_is(visit.house, visit.actor, NEEDED)],
        may_invite=visit.may(Act.INVITE),
        is_on_record=found is not None,
        may_read=visit.may(Act.READ_MATTER, ADVERTISER),
    )


def _guide(visit: Visit, progress: Progress, lines: Sequence[StepLine]) -> None:
    """Whoever looks at the steps is guided from then on, until they are left; who has done all has left them."""
    is_over = all(line.is_done for line in lines)
    if is_over and not progress.is_left:
        leave_steps(visit.person.id, leave=True)
    guided = not progress.is_left and not is_over
    if guided != bool(visit.request.session.get(GUIDED)):
        visit.request.session[GUIDED] = guided


def marking_step(visit: Visit, name: str) -> HttpResponseBase:
    """Mark a step as done or not done. Raises NotFoundError for one that is none, or that the records tell."""
    if not any(step.name == name and step.shown is None for step in STEPS):
        raise not_found()
    to = _following if visit.sent("go") == "yes" else _steps
    return _changed(visit, lambda person: mark_step(person, name, done=visit.sent("done") == "yes"), to)


def leaving_steps(visit: Visit) -> HttpResponseBase:
    """Leave the first steps, or take them up again."""
    leave = visit.sent("leave") == "yes"
    return _changed(visit, lambda person: leave_steps(person, leave=leave), _home if leave else _steps)


def _steps(visit: Visit, progress: Progress) -> str:  # noqa: ARG001 - as the others
    return reverse("first_run")


def _home(visit: Visit, progress: Progress) -> str:  # noqa: ARG001 - as the others
    visit.request.session.pop(GUIDED, None)
    return reverse("home")


def _following(visit: Visit, progress: Progress) -> str:
    """Where the next step is taken; the steps where there is none, or nothing to take it on."""
    lines = lines_of(visit, founding_case(visit.house, visit.actor), progress)
    return next((line.address for line in lines if line.is_next and line.address), "") or reverse("first_run")


def _changed(
    visit: Visit, change: Callable[[str], Progress], to: Callable[[Visit, Progress], str]
) -> HttpResponseBase:
    _for_staff(visit)
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return redirect(to(visit, change(visit.person.id)))


def _for_staff(visit: Visit) -> None:
    if not visit.actor.roles & STAFF:
        raise not_found()
