"""How the rows of the queue say for whom a matter waits, and when: in texts that sort the same everywhere."""

from adjudge.people.role import Role
from adjudge.records.rows import QueueRow

ADVERTISER = "advertiser"
WAITERS = (
    str(Role.REVIEWER),
    str(Role.SECOND_REVIEWER),
    str(Role.LEGAL),
    str(Role.APPEALS),
    ADVERTISER,
)
"""Whom a matter can wait for."""
YES, NO = "1", ""
NEVER = "9" * 20
"""In the place of a time, where no clock runs."""


def digits_of(nanos: int) -> str:
    """A time as digits of one width."""
    return str(nanos).zfill(len(NEVER))


def waiting_on(row: QueueRow) -> tuple[str, ...]:
    """Whom a matter waits for."""
    return tuple(name for name in WAITERS if getattr(row, f"on_{name}") == YES)
