"""What a measure does where and when, as it is decoded from a snapshot: scopes, and patterns of them in time.

Explicitly without exceptions once a snapshot is open: what the table says of a measure and cannot be read denies, since
somebody sealed that there is one.
"""

import struct
from collections.abc import Iterable
from typing import NamedTuple

from adjudge.enforcement.layout import FOR_EVER, FROM_EVER, PATTERN, PATTERN_SIZE, BadSnapshotError
from adjudge.enforcement.measure import SEVERITY, STOPPING

_PATTERN = struct.Struct(PATTERN)
_PAUSE = struct.Struct("<qq")


class Extent(NamedTuple):
    """Names, or all but those."""

    names: frozenset[str]
    all_but: bool

    def holds(self, name: str) -> bool:
        """Whether a name is among them."""
        return (name in self.names) != self.all_but


class Scope(NamedTuple):
    """What is done where. `countries` are the codes that there are, in upper case, and the empty one."""

    kind: str
    severity: int
    reason: str
    territories: Extent
    surfaces: Extent
    allows: bool
    countries: frozenset[str]

    def covers(self, territory: str, surface: str) -> bool:
        """Whether a place is in it. What is no code of a country is in all: whoever misspelt one stops too much."""
        if not self.surfaces.holds(surface):
            return False
        code = territory.upper() if territory.isascii() else territory
        return code not in self.countries or self.territories.holds(code)


class Pattern(NamedTuple):
    """A scope over time. Pauses are in their order and do not meet."""

    scope: Scope
    start: int
    end: int
    pauses: tuple[tuple[int, int], ...]

    def now(self, at: int) -> tuple[int, bool]:
        """When it next begins or ends to take effect after an instant, and whether it does at it.

        Beyond the years that a snapshot can say it is as in the last one, or in the first.
        """
        if not FROM_EVER <= at < FOR_EVER:
            at = FROM_EVER if at < FROM_EVER else FOR_EVER - 1
        if at >= self.end:
            return FOR_EVER, False
        if at < self.start:
            return self._first_after(self.start), False
        for begin, end in self.pauses:
            if begin <= at < end:
                return self._first_after(end), False
        return min([self.end, *(begin for begin, _ in self.pauses if begin > at)]), True

    def _first_after(self, at: int) -> int:
        for begin, end in self.pauses:
            if begin <= at < end:
                at = end
        return at if at < self.end else FOR_EVER


_EVERYWHERE = Extent(frozenset(), all_but=True)
UNREADABLE = Pattern(
    Scope(
        "exclude",
        SEVERITY.index("exclude"),
        "unreadable",
        _EVERYWHERE,
        _EVERYWHERE,
        allows=False,
        countries=frozenset(),
    ),
    FROM_EVER,
    FOR_EVER,
    (),
)


def read_pattern(patterns: memoryview, pauses: memoryview, scopes: tuple[Scope, ...], number: int) -> Pattern:
    """A pattern by its number; UNREADABLE where it is none."""
    try:
        scope, _, start, end, first, count = _PATTERN.unpack_from(patterns, number * PATTERN_SIZE)
        rests = (_PAUSE.unpack_from(pauses, (first + place) * _PAUSE.size) for place in range(count))
        return Pattern(scopes[scope], start, end, _apart(rests))
    except (IndexError, struct.error):
        return UNREADABLE


def _apart(pauses: Iterable[tuple[int, ...]]) -> tuple[tuple[int, int], ...]:
    """Pauses in their order; those that meet are one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(pauses):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif begin < end:
            found.append((begin, end))
    return tuple(found)


def read_countries(told: object) -> frozenset[str]:
    """The codes of countries that a header lists, and the empty one. Raises BadSnapshotError."""
    if not isinstance(told, str):
        raise BadSnapshotError("the header does not list the countries")
    return frozenset(("", *told.split()))


def read_scope(told: object, countries: frozenset[str]) -> Scope:
    """A scope from its JSON. Raises BadSnapshotError."""
    if not (
        isinstance(told, list)
        and [type(item) for item in told] == [str, str, list, bool, list, bool]
        and told[0] in SEVERITY
        and all(isinstance(name, str) for name in (*told[2], *told[4]))
    ):
        raise BadSnapshotError("a scope cannot be read")
    kind, reason, territories, all_but, surfaces, surfaces_all_but = told
    return Scope(
        kind,
        SEVERITY.index(kind),
        reason,
        Extent(frozenset(territories), all_but),
        Extent(frozenset(surfaces), surfaces_all_but),
        kind not in STOPPING,
        countries,
    )
