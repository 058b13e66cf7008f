"""Instants, biased to the edges of intervals: a bound often lies exactly at V or K, or a nanosecond beside."""

from dataclasses import dataclass

from tests.generators.chooser import Chooser
from tests.generators.plan import Json

_MOMENTS: dict[str, tuple[str, ...]] = {
    # The same instant twice, then what lies around it.
    "2019-06-01": (
        "2019-06-01",
        "2019-06-01T02:00:00+02:00",
        "2019-05-31T23:59:59.999999999Z",
        "2019-06-01T00:00:00.000000001Z",
        "2019-01-01",
        "2020-01-01",
    ),
    "2019-06-15T12:00:00Z": (
        "2019-06-15T12:00:00Z",
        "2019-06-15T07:00:00-05:00",
        "2019-06-15T11:59:59.999999999Z",
        "2019-06-15T12:00:00.000000001Z",
        "2019-06-15",
        "2019-06-16",
    ),
}
_BASES = tuple(_MOMENTS)


@dataclass(frozen=True)
class Times:
    """The valid and the known time of a question, and instants around them."""

    V: str
    K: str

    @property
    def around_valid(self) -> tuple[str, ...]:
        return _MOMENTS[self.V]

    @property
    def around_known(self) -> tuple[str, ...]:
        return _MOMENTS[self.K]


def times(chooser: Chooser) -> Times:
    """V and K, in either order."""
    return Times(chooser.pick(_BASES), chooser.pick(_BASES))


def bounds(chooser: Chooser, when: Times, start: str, end: str) -> dict[str, Json]:
    """Bounds of an interval round V, either of which may be missing, and never reversed."""
    ranks = {0: 1, 1: 1, 2: 0, 3: 2, 4: -1, 5: 3}
    first, second = chooser.below(6), chooser.below(6)
    # An edge exactly at V half of the time.
    if chooser.chance(50):
        first = 0
    if chooser.chance(40):
        second = 0
    if ranks[first] > ranks[second]:
        first, second = second, first
    found: dict[str, Json] = {}
    if chooser.chance(70):
        found[start] = when.around_valid[first]
    if chooser.chance(60):
        found[end] = when.around_valid[second]
    return found
