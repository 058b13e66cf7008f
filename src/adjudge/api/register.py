"""The public register over HTTP: for everybody, without a key, and slowly enough that nobody else waits."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from adjudge.api.caller import anybody
from adjudge.api.endpoint import reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.register import RegisteredShape, RegisterState, StatisticsShape
from adjudge.api.shapes.shape import Page, When
from adjudge.basis.instant import Instant, day_of
from adjudge.errors import BugError
from adjudge.institution.binding.measures import state_between
from adjudge.institution.house import time_of
from adjudge.institution.premises import premises
from adjudge.institution.published.asked import LONGEST_ASKED, Asked
from adjudge.institution.published.reading import Looked, register_decision, register_looked
from adjudge.institution.published.statistics import statistics
from adjudge.language.package import MeasureKind
from adjudge.redaction.counts import Figures, Line
from adjudge.redaction.public import PublicDecision, State, shown_form

router = Router(tags=["register"])
MOST_FOR_STRANGERS = 600
"""Decisions that one request of somebody unknown looks at."""
Text = Annotated[str, Query(max_length=LONGEST_ASKED)]

PublicName = Annotated[
    str,
    Query(
        max_length=LONGEST_ASKED,
        description="Of this advertiser only, by any of its names that is told, whole.",
    ),
]
FromDay = Annotated[When, Query(description="Issued on this day or later, as days are in UTC.")]
UntilDay = Annotated[When, Query(description="Issued on this day or earlier, as days are in UTC.")]


@reads(router, "/register", act=None, gives=Page[RegisteredShape], auth=[anybody])
def list_register(
    request: HttpRequest,
    *,
    text: Text = "",
    policy: Text = "",
    rule: Text = "",
    kind: MeasureKind | None = None,
    territory: Text = "",
    surface: Text = "",
    state: RegisterState | None = None,
    advertiser: PublicName = "",
    since: FromDay | None = None,
    until: UntilDay | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[RegisteredShape]:
    """List the decisions that were issued, and what became of them; for everybody, without a key.

    All that is shown passed one redaction: names of people, of advertisers that were not said to be legal persons, what
    ads show, documents, and every text that a person wrote but an advertiser's own reply are withheld, and `withheld`
    says so. `text` is sought in what is shown: all of its words, or, where
    nothing has them whole, words that begin so. Days count as they are in UTC.
    """
    house = premises().house
    at = time_of(house)
    asked = Asked(
        text=text,
        policy=policy,
        rule=rule,
        kind=kind.value if kind else "",
        territory=territory.upper(),
        surface=surface,
        state=state.value if state else "",
        advertiser=advertiser,
        since=_day(since),
        until=_day(until),
    )

    def found(after: str, most: int) -> Sequence[Looked]:
        return register_looked(house, asked, after, most)

    return page_of(
        request,
        Page[RegisteredShape],
        found,
        lambda item: _shown(item.decision, at),
        cursor=cursor,
        limit=limit,
        keeps=lambda item: item.decision is not None,
        most_looked_at=MOST_FOR_STRANGERS,
    )


def _day(at: Instant | None) -> str:
    return str(day_of(at)) if at is not None else ""


@reads(router, "/register/statistics", act=None, gives=StatisticsShape, auth=[anybody])
def read_register_statistics(request: HttpRequest) -> StatisticsShape:
    """Read the statistics of the register; small counts are withheld, and null. For everybody, without a key."""
    del request
    return _figures(statistics(premises().house, premises().settings.data))


@reads(router, "/register/{decision_id}", act=None, gives=RegisteredShape, auth=[anybody])
def read_registered(request: HttpRequest, decision_id: str) -> RegisteredShape:
    """Read one decision of the register; for everybody, without a key."""
    del request
    house = premises().house
    return _shown(register_decision(house, decision_id), time_of(house))


ISSUED = {State.SUPERSEDED: "superseded", State.REVERSED: "superseded", State.VARIED: "superseded"}
"""What the first form of this answer calls a state, where it is not `issued` or `lapsed`."""


def _shown(found: PublicDecision | None, at: Instant) -> RegisteredShape:
    if found is None:
        raise BugError("a decision was not gathered for the register")
    form = shown_form(found)
    now = str(at)
    form["measures"] = [
        {
            **item,
            "end": item["end"] or None,
            "lifted_at": item["lifted_at"] or None,
            "state": state_between(measure, now),
        }
        for item, measure in zip(form["measures"], found.measures, strict=True)
    ]
    form["appeals"] = [{**item, "ended_at": item["ended_at"] or None} for item in form["appeals"]]
    form["standing"] = found.state_at(now).value
    form["state"] = "lapsed" if found.state is State.LAPSED else ISSUED.get(found.state, "issued")
    form["grounds"] = form["rules"]
    form["rules"] = [rule.id for rule in found.rules]
    form["until"] = form["until"] or None
    return RegisteredShape.model_validate(form)


def _figures(found: Figures) -> StatisticsShape:
    tables = {name: [_line(line) for line in getattr(found, name)] for name in StatisticsShape.tables()}
    return StatisticsShape.model_validate({"total": found.total, "least": found.least, **tables})


def _line(line: Line) -> dict[str, object]:
    return {"key": [*line.key], "counts": [*line.counts]}
