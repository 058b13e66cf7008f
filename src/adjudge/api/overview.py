"""The overview over HTTP: how the institution stands, in numbers, as JSON or as a table."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from adjudge.api.caller import caller_of
from adjudge.api.choosing import as_file, chosen
from adjudge.api.endpoint import reads
from adjudge.api.shapes.overview import (
    AppealedShape,
    ContestedShape,
    DiscountedShape,
    HealthShape,
    IdleShape,
    LoadShape,
    OverviewShape,
    RiskShape,
    WeekShape,
)
from adjudge.basis.instant import Instant
from adjudge.institution.counting.glance import PERIODS, USUAL, Glance, glance
from adjudge.institution.counting.table import csv_text
from adjudge.letters.forms import JSON
from adjudge.people.act import Act

router = Router(tags=["institution"])
CSV = "text/csv"
LONGEST = max(PERIODS)


@reads(router, "/overview", act=Act.READ_OVERVIEW, gives=OverviewShape, media=(CSV,))
def read_overview(
    request: HttpRequest, *, weeks: Annotated[int, Query(ge=1, le=LONGEST)] = USUAL
) -> OverviewShape | HttpResponse:
    """Read how the institution stands: as JSON, or as CSV where `Accept` asks for it."""
    caller = caller_of(request)
    found = glance(caller.house, caller.actor, caller.opened.settings.data, weeks)
    if chosen(request, (JSON, CSV)) == CSV:
        return as_file(csv_text(found).encode(), CSV, "overview.csv")
    return _shown(found)


def _shown(found: Glance) -> OverviewShape:
    return OverviewShape(
        at=str(found.at),
        weeks=found.weeks,
        counted_to=_time(found.counted_to),
        is_behind=found.is_behind,
        load=LoadShape.model_validate(found.load),
        comings=[WeekShape.model_validate(week) for week in found.comings],
        clocks=[RiskShape.model_validate(row) for row in found.clocks],
        appealed=[AppealedShape.model_validate(row) for row in found.appealed],
        contested=[ContestedShape.model_validate(row) for row in found.contested],
        contested_at=_time(found.contested_at),
        discounted=[DiscountedShape(fact=fact, claims=count) for fact, count in found.discounted],
        idle=[IdleShape.model_validate(row) for row in found.idle],
        health=HealthShape.model_validate(found.health),
    )


def _time(at: Instant | None) -> str | None:
    return str(at) if at is not None else None
