"""The overview: how the institution stands, and how it went in the last weeks; the same as a table of numbers."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.answers.plots import lines
from adjudge.answers.plots.bars import sign
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.overview import tables
from adjudge.desk.words.overview import COMINGS
from adjudge.desk.words.page import words_of_desk
from adjudge.institution.counting.glance import PERIODS, USUAL, Glance, glance, week_begins
from adjudge.institution.counting.table import csv_text
from adjudge.people.act import Act
from adjudge.tongues.tongue import Tongue

DRAWN = tuple(COMINGS)[:3]


def overview_page(visit: Visit) -> HttpResponseBase:
    """The page, for as many weeks as are asked for."""
    found, words = _found(visit), words_of_desk(visit.tongue)
    tongue = visit.tongue
    return show(
        visit,
        "overview/overview.html",
        found=found,
        periods=[(weeks, tongue.plural("{count} week", "{count} weeks", weeks)) for weeks in PERIODS],
        taken=tables.taken(found, words, tongue),
        ages=tables.ages(found, words, tongue),
        states=tables.states(found, words, tongue),
        plots=_plots(found, words, tongue),
        keys=[(lines.key(place), tongue.of(COMINGS[name])) for place, name in enumerate(DRAWN)],
        comings=COMINGS,
        drawn=DRAWN,
        week_begins=week_begins,
        clocks=tables.clocks(found, words, tongue),
        appealed=tables.appealed(found, words, tongue),
        contested=tables.contested(found, words, tongue),
        discounted=tables.discounted(found, words, tongue),
        idle=tables.idle(found, words, tongue),
        sign=sign,
        signed=tongue(
            "{signed} of {entries} entries", signed=found.health.signed, entries=found.health.entries
        ),
        findings=tongue.plural("{count} finding", "{count} findings", found.health.findings),
        may_read_clocks=visit.may(Act.READ_CLOCKS),
        table_at=f"{reverse('overview_table')}?weeks={found.weeks}",
    )


def overview_table(visit: Visit) -> HttpResponse:
    """All figures as CSV."""
    response = HttpResponse(csv_text(_found(visit)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="overview.csv"'
    return response


def _found(visit: Visit) -> Glance:
    weeks = {str(number): number for number in PERIODS}.get(visit.asked("weeks"), USUAL)
    return glance(visit.house, visit.actor, visit.opened.settings.data, weeks)


def _plots(found: Glance, words: dict[str, str], tongue: Tongue) -> tuple[str, str]:
    """What came and went, on wide paper and on narrow."""
    weeks = found.comings
    drawn = lines.Lines(
        first=tongue.day(week_begins(weeks[0])),
        last=tongue.day(week_begins(weeks[-1])),
        counts=[[week.counts[name] for week in weeks] for name in DRAWN],
    )
    return lines.wide(drawn, words["by_week"], tongue), lines.narrow(drawn, words["by_week"], tongue)
