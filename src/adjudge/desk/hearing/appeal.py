"""The page of one appeal: what was appealed against, its points with their answers, what was written, what runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponseBase

from adjudge.answers.decision.page import page_of
from adjudge.answers.decision.view import view_of
from adjudge.appeals.states import OPEN
from adjudge.decisions.words import MEASURES
from adjudge.desk.frame.acting import FRESH, Forms
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.hearing.measure_lines import measure_lines
from adjudge.desk.words.hearing import APPEAL_KINDS, APPEAL_STATES, OUTCOMES, PURPOSES, SIDES
from adjudge.errors import RefusedError
from adjudge.institution.binding.measures import is_paused
from adjudge.institution.reading.hearing import AppealOverview, appeal_overview
from adjudge.institution.reading.listing import names_of
from adjudge.institution.reading.overview import matter_overview
from adjudge.institution.reading.portion import Shown
from adjudge.people.act import Act
from adjudge.records.rows import AppealKind, AppealState


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What can be done on the page by whoever looks; doing it asks again."""

    write: bool
    withdraw: bool
    acknowledge: bool
    assign: bool
    answer: bool
    pause: bool
    resume: bool
    extend: bool
    propose: bool


def appeal_page(visit: Visit, appeal_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """An appeal as somebody may see it."""
    found = appeal_overview(visit.house, visit.actor, appeal_id)
    row, is_member = found.appeal, bool(visit.actor.advertiser)
    people = [row.assignee, row.filed_by, *(item.author for item in found.messages)]
    reckoning = reckoning_of(visit)
    return show(
        visit,
        "hearing/appeal.html",
        status=forms.status,
        forms=forms,
        row=row,
        is_open=row.state in OPEN,
        is_appeal=row.kind is AppealKind.APPEAL,
        is_member=is_member,
        decision=found.decision,
        measures=measure_lines(found.measures, reckoning.at, visit.tongue),
        measure_words={kind.value: word for kind, word in MEASURES.items()},
        clocks=reckoning.lines(found.clocks),
        messages=found.messages,
        own_side="advertiser" if is_member else "platform",
        documents=found.documents,
        notices=found.notices,
        waiting=found.waiting,
        able=found.able,
        offered=_offered(visit, found),
        found_now=_found_now(visit, found) if not is_member and row.state in OPEN else None,
        kinds=APPEAL_KINDS,
        states=APPEAL_STATES,
        outcomes={item.value: word for item, word in OUTCOMES.items()},
        purposes=PURPOSES,
        sides=SIDES,
        names=names_of(visit.house, [row.advertiser, found.decision.subject, *people]),
    )


def _offered(visit: Visit, found: AppealOverview) -> Offered:
    row = found.appeal
    is_open, is_appeal = row.state in OPEN, row.kind is AppealKind.APPEAL

    def may(act: Act) -> bool:
        return is_open and visit.may(act, row.advertiser)

    has_effect = any(not is_paused(item) for item in found.measures)
    is_own = row.assignee == visit.actor.person
    return Offered(
        write=may(Act.WRITE),
        withdraw=may(Act.WITHDRAW_APPEAL),
        acknowledge=row.state is AppealState.FILED and may(Act.ACKNOWLEDGE),
        assign=may(Act.ASSIGN_APPEAL),
        answer=not is_appeal and may(Act.ANSWER),
        pause=has_effect and may(Act.PAUSE),
        resume=bool(row.rests) and may(Act.RESUME),
        extend=not is_own and may(Act.EXTEND),
        propose=is_appeal and found.waiting is None and may(Act.PROPOSE),
    )


def _found_now(visit: Visit, found: AppealOverview) -> Mapping[str, object] | None:
    """What the engine finds now of the subject, with all that came in since; None where it cannot be asked."""
    try:
        matter = matter_overview(
            visit.house,
            visit.actor,
            found.appeal.matter,
            helped=bool(visit.actor.advertiser),  # who works here finds that on the sheets
            drafted=False,
            shown=Shown(subjects=1, rows=0, entries=0, only=found.decision.subject),
        )
    except RefusedError:
        return None
    page = page_of(view_of(matter.answer, visit.tongue))
    placed = next((item for item in page.subjects if item.subject.id == found.decision.subject), None)
    held = matter.in_force.get(found.decision.subject)
    return {"placed": placed, "departs": held is not None and held.departs} if placed else None
