"""What stands in the way of letting anything of an advertiser go, each said for people; nothing where nothing does."""

from collections.abc import Iterator

from adjudge.appeals.states import OPEN, WAITING
from adjudge.basis.instant import Instant
from adjudge.basis.said import Said, say
from adjudge.institution.binding.holds import holds_of
from adjudge.institution.binding.measures import is_live
from adjudge.institution.consequences import may_be_complained_of
from adjudge.institution.hearing.suspended import suspended_until
from adjudge.institution.notifying.forgetting import is_on_its_way
from adjudge.matters.states import ACTIVE
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockState, DecisionState
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, DISPUTES, MATTERS, MEASURES

_TOLD = (DecisionState.ISSUED, DecisionState.SUPERSEDED, DecisionState.LAPSED)


def standing(records: Reading, advertiser: str, at: Instant) -> Iterator[Said]:
    """All of it, what is quickly found first."""
    held = holds_of(records, advertiser)
    if held:
        yield say("a legal hold stands: {held}", held=held)
    active = _in(records, advertiser, ((MATTERS, "state", tuple(ACTIVE)),))
    if active:
        yield say("matters are open: {matters}", matters=active)
    if records.count(CLOCKS, advertiser=advertiser, state=ClockState.RUNNING.value):
        yield say("a clock of the platform runs")
    heard = _in(records, advertiser, ((APPEALS, "state", tuple(OPEN)), (DISPUTES, "state", tuple(WAITING))))
    if heard:
        yield say("appeals or disputes are open: {heard}", heard=heard)
    if records.count(DECISIONS, advertiser=advertiser, state=DecisionState.PROPOSED.value):
        yield say("a proposal waits")
    if suspended_until(records, advertiser, at) is not None:
        yield say("the handling of its appeals is suspended")
    if is_on_its_way(records, advertiser):
        yield say("a notice is on its way")
    if any(is_live(row, at) for row in records.find(MEASURES, advertiser=advertiser)):
        yield say("a measure is in force")
    fresh = tuple(
        row.id
        for state in _TOLD
        for row in records.find(DECISIONS, advertiser=advertiser, state=state.value)
        if may_be_complained_of(records, row, at)
    )
    if fresh:
        yield say("one may still complain of decisions: {decisions}", decisions=fresh)


def _in(
    records: Reading, advertiser: str, asked: tuple[tuple[object, str, tuple[object, ...]], ...]
) -> tuple[str, ...]:
    """The ids of what is in one of some states."""
    return tuple(
        item["id"]
        for shelf, name, states in asked
        for state in sorted(map(str, states))
        for item in records.listed(shelf, **{"advertiser": advertiser, name: state})  # type: ignore[arg-type]
    )
