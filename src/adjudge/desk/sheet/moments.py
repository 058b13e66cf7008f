"""The as-of slider: the moments at which what is known changed, and the one that is asked for.

Without scripts it is a list from which a moment is chosen; a script makes a slider of the same list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.desk.frame.acting import moment
from adjudge.desk.frame.visit import Visit


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment that is asked for; None is now."""

    valid_at: Instant | None
    known_at: Instant | None

    @property
    def is_now(self) -> bool:
        """Whether the sheet shows the present."""
        return self.valid_at is None and self.known_at is None

    def query(self) -> str:
        """As a part of an address, for links that keep the moment."""
        parts = (("valid", self.valid_at), ("known", self.known_at))
        return "".join(f"&{name}={instant}" for name, instant in parts if instant is not None)


NOW = AsOf(None, None)


def as_of(visit: Visit) -> AsOf:
    """The moment in the address. Raises RefusedError for what is none."""
    return AsOf(
        valid_at=moment(visit.asked("valid"), say("the day")),
        known_at=moment(visit.asked("known"), say("the day")),
    )


def chosen(moments: Sequence[Instant], asked: AsOf) -> Instant | None:
    """The last moment of a list up to the one asked for; None for one before all."""
    if asked.known_at is None:
        return moments[-1] if moments else None
    before = [item for item in moments if item <= asked.known_at]
    return before[-1] if before else None
