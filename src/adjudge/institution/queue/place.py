"""The place of a matter in the queue: its row, from the matter and what bears on it."""

from collections.abc import Iterator

from adjudge.institution.queue.bearing import Bearing
from adjudge.institution.queue.digits import ADVERTISER, NEVER, NO, WAITERS, YES, digits_of
from adjudge.matters.states import ACTIVE
from adjudge.people.role import Role
from adjudge.records.rows import MatterRow, QueueRow


def place_of(matter: MatterRow, bearing: Bearing, *, found: str, spend: str) -> QueueRow:
    """The row. `found` is the severity of what was found on record, `spend` as `spend_key` says it."""
    waits = set(_waits(matter, bearing))
    return QueueRow(
        id=matter.id,
        advertiser=matter.advertiser,
        policy=matter.policy,
        territory=matter.territory,
        state=matter.state.value,
        assignee=matter.assignee,
        live=YES if waits else NO,
        due=digits_of(min(bearing.dues)) if bearing.dues else NEVER,
        severity=max([found, *(item.severity for item in bearing.proposals)]),
        spend=spend,
        opened=digits_of(matter.opened_at.nanos),
        found=found,
        **{f"on_{name}": YES for name in WAITERS if name in waits},
    )


def _waits(matter: MatterRow, bearing: Bearing) -> Iterator[str]:
    """For whom it waits. A role that nobody can have is the reviewer's to deal with."""
    heard = {item.appeal for item in bearing.proposals}
    ours = [name for item in bearing.proposals for name in _next_hands(item.needs, item.appeal)]
    if set(bearing.appeals) - heard or bearing.disputes:
        ours.append(str(Role.APPEALS))
    if bearing.asked:
        yield ADVERTISER
    yield from ours
    if not ours and matter.state in ACTIVE:
        yield str(Role.REVIEWER)


def _next_hands(needs: tuple[str, ...], appeal: str) -> Iterator[str]:
    """Whose turn it is with a proposal: those who have not signed, else whoever issues it."""
    if not needs:
        yield str(Role.APPEALS) if appeal else str(Role.REVIEWER)
    for role in needs:
        yield role if role in WAITERS else str(Role.REVIEWER)
