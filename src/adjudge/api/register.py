"""The public register over HTTP: for everybody, without a key, and slowly enough that nobody else waits."""

from collections.abc import Sequence

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import anybody
from adjudge.api.endpoint import reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.register import RegisteredAppeal, RegisteredMeasure, RegisteredShape
from adjudge.api.shapes.shape import Page, When
from adjudge.errors import BugError
from adjudge.institution.binding.measures import state_at
from adjudge.institution.premises import premises
from adjudge.institution.reading.register import Registered, Wanted, register_line, register_part
from adjudge.language.package import MeasureKind
from adjudge.records.rows import AppealRow, DecisionRow, MeasureRow

router = Router(tags=["register"])
MOST_FOR_STRANGERS = 600
"""Decisions that one request of somebody unknown looks at."""


@reads(router, "/register", act=None, gives=Page[RegisteredShape], auth=[anybody])
def list_register(
    request: HttpRequest,
    *,
    policy: str = "",
    rule: str = "",
    kind: MeasureKind | None = None,
    since: When | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[RegisteredShape]:
    """List the decisions that were issued, and what became of them; for everybody, without a key.

    Withheld are ids and names of advertisers, of what they advertise and of people, and every text that a person wrote,
    since an advertiser is not to be put in the pillory, and nobody's name is needed to see how rules are applied.
    """
    house = premises().house
    wanted = Wanted(policy=policy, rule=rule, kind=kind.value if kind else "", since=since)

    def found(after: str, most: int) -> Sequence[DecisionRow | Registered]:
        return register_part(house, after, most, wanted)

    return page_of(
        request,
        Page[RegisteredShape],
        found,
        _shown,
        cursor=cursor,
        limit=limit,
        keeps=lambda item: isinstance(item, Registered),
        most_looked_at=MOST_FOR_STRANGERS,
    )


@reads(router, "/register/{decision_id}", act=None, gives=RegisteredShape, auth=[anybody])
def read_registered(request: HttpRequest, decision_id: str) -> RegisteredShape:
    """Read one decision of the register; for everybody, without a key."""
    del request
    return _shown(register_line(premises().house, decision_id))


def _shown(item: DecisionRow | Registered) -> RegisteredShape:
    if not isinstance(item, Registered):
        raise BugError("a decision was not gathered for the register")
    row = item.decision
    return RegisteredShape.model_validate(
        {
            **{name: getattr(row, name) for name in _OPEN},
            "policy": item.policy,
            "version": item.version,
            "measures": [_measure(measure, item) for measure in item.measures],
            "superseded_by": item.superseded_by,
            "appeals": [_appeal(appeal) for appeal in item.appeals],
        }
    )


_OPEN = ("id", "package", "issued_at", "automated", "state", "rules", "supersedes")
"""Of the decision's own fields those that everybody may see; a new one is not."""
_OPEN_OF_MEASURE = ("rule", "kind", "territories", "all_but", "start", "end", "lifted_at")


def _measure(row: MeasureRow, item: Registered) -> RegisteredMeasure:
    told = {name: getattr(row, name) for name in _OPEN_OF_MEASURE}
    return RegisteredMeasure.model_validate({**told, "state": state_at(row, item.at)})


def _appeal(row: AppealRow) -> RegisteredAppeal:
    outcome = row.outcome or row.state.value
    return RegisteredAppeal.model_validate(
        {"outcome": outcome, "ended_at": row.ended_at, "decision": row.result}
    )
