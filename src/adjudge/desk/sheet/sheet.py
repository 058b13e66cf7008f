"""The page of the decision sheet: one subject of a matter, by parts, as of now or of any moment before."""

from functools import partial
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.answers.notices.examination import examination_view
from adjudge.answers.sheet.letter import letters_of, stating
from adjudge.answers.sheet.sheet import sheet_view
from adjudge.desk.frame.acting import FRESH, Forms
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.queue.passing import passing
from adjudge.desk.sheet.moments import NOW, AsOf, as_of, chosen
from adjudge.desk.words.page import DECISION_STATES, KIND_WORDS
from adjudge.desk.words.sheet import PARTS
from adjudge.errors import RefusedError
from adjudge.institution.reading.listing import names_of, titles
from adjudge.institution.reading.sheet import (
    Part,
    Preview,
    Sheet,
    issued_notice,
    preview,
    replies,
    sheet,
    timeline,
)
from adjudge.matters.states import ACTIVE
from adjudge.people.act import Act
from adjudge.records.rows import DecisionRow

ENTRIES = 100
"""Entries of the log that the timeline shows, the last ones."""
LONGEST_NAME = 200


def sheet_page(visit: Visit, matter_id: str, subject: str) -> HttpResponseBase:
    """A sheet; where what is asked for is no day, or one before all, the sheet of now, and why."""
    part = next((item for item in Part if item.value == visit.asked("part")), Part.REASON)
    ask = partial(sheet, visit.house, visit.actor, matter_id, subject, part=part)
    try:
        asked = as_of(visit)
        found = ask(valid_at=asked.valid_at, known_at=asked.known_at)
    except RefusedError as error:
        if not (visit.asked("valid") or visit.asked("known")):
            raise
        forms = Forms(sent="as-of", message=error.message, hint=error.hint, findings=error.findings)
        return _shown(visit, part, ask(), NOW, forms)
    return _shown(visit, part, found, asked, FRESH)


def _shown(visit: Visit, part: Part, found: Sheet, asked: AsOf, forms: Forms) -> HttpResponseBase:
    told = {**told_of(visit, found, asked), **_of_part(visit, part, found, asked)}
    return show(visit, "sheet/sheet.html", status=forms.status, forms=forms, part=part, **told)


def told_of(
    visit: Visit, found: Sheet, asked: AsOf = NOW, decision: DecisionRow | None = None
) -> dict[str, Any]:
    """What every part of a sheet is shown with. `decision` is the one whose sheet it is, where it is one's."""
    matter = found.matter
    stated = decision or (found.in_force if asked.is_now else None)
    sheet_at = reverse("sheet", args=[matter.id, found.subject.id])
    authors = [row.author for row in (found.in_force, found.proposed) if row is not None]
    view = sheet_view(
        found.answer,
        found.trees,
        visit.tongue,
        asked=visit.asked("rule")[:LONGEST_NAME],
        contrary=found.contrary,
        replies=replies(decision or found.proposed),
    )
    return {
        "parts": PARTS,
        "matter": matter,
        "passing": passing(visit, matter.id),
        "found": found,
        "sheet": view,
        "vocabulary": found.answer.package.vocabulary,
        "placed": _NOWHERE,
        "asked": asked,
        "asked_at": found.answer.asked,
        "moments": found.moments,
        "chosen": chosen(found.moments, asked),
        "numbers": stating(issued_notice(stated)),
        "states": DECISION_STATES,
        "names": names_of(visit.house, [matter.advertiser, matter.assignee, *authors]),
        "siblings": {row.id: titles(row) for row in found.siblings.rows},
        "sheet_at": sheet_at,
        "apart_at": f"{sheet_at}?",
        "is_active": matter.state in ACTIVE,
        "may_propose": visit.may(Act.PROPOSE, matter.advertiser) and asked.is_now,
        "answering": False,
    }


class _Nowhere:
    """Where rules stand that this page shows elsewhere: nowhere here, so that nothing links to them."""

    def at(self, rule: str) -> str:
        """No place."""
        del rule
        return ""


_NOWHERE = _Nowhere()


def _of_part(visit: Visit, part: Part, found: Sheet, asked: AsOf) -> dict[str, Any]:
    """What one part alone shows."""
    if part is Part.NOTICE and asked.is_now:
        return _told(visit, preview(visit.house, visit.actor, found))
    if part is Part.TIMELINE:
        return _happened(visit, found)
    return {}


def _happened(visit: Visit, found: Sheet) -> dict[str, Any]:
    told = timeline(visit.house, visit.actor, found)
    entries, matter = told.entries[:ENTRIES], found.matter
    actors = [entry.actor.removeprefix("person:") for entry in entries]
    return {
        "entries": entries,
        "entries_count": len(told.entries),
        "clocks": reckoning_of(visit).lines(told.clocks),
        "kinds": KIND_WORDS,
        "names": names_of(visit.house, [matter.advertiser, matter.assignee, *actors]),
    }


def _told(visit: Visit, drafted: Preview) -> dict[str, Any]:
    """The statement as it would be sent, with its examination; of a decision without measures none is."""
    ready = drafted.ready
    notice = ready.notice if ready is not None else None
    examination = ready.examination if ready is not None else None
    return {
        "preview": drafted,
        "letters": letters_of(notice) if notice is not None else (),
        "examined": examination_view(examination, visit.tongue) if examination is not None else None,
    }
