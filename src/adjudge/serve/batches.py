"""Batches of questions to whatever a follower has: names in, codes of answers out.

The answers are those of its single checks at one instant (`adjudge.serve.follow`). Explicitly not kept: handles, which
another snapshot makes worthless. Hashes of keys may be kept by whoever asks again.
"""

from collections.abc import Sequence
from typing import NamedTuple, SupportsInt

import numpy as np

from adjudge.serve.answer import STALE, UNKNOWN_SURFACE, Answer
from adjudge.serve.batch import FREE, Answers, Flags, Place, Table
from adjudge.serve.columns import Handles, Hashes, hashes_of
from adjudge.serve.follow import Follower, Holding
from adjudge.serve.layers import Layers

_MOST_PLACES = 8
"""Of places that are remembered: each takes a byte for every slot of the table."""
Names = Sequence[str] | Hashes
"""Names, empty where they are not known; or the hashes of keys, which all are."""


class Asked(NamedTuple):
    """Codes of answers, and who names their decisions."""

    answers: Answers
    table: Table | None

    def name_of(self, decision: SupportsInt) -> str:
        """The id of a decision from its number."""
        return "" if self.table is None else self.table.name_of(decision)


class Batches:
    """A follower asked in batches. Not for several threads at once."""

    __slots__ = ("_follower", "_places", "_table")

    def __init__(self, follower: Follower) -> None:
        """Ask a follower, whoever renews it."""
        self._follower = follower
        self._table: Table | None = None
        self._places: dict[tuple[str, str, frozenset[str]], tuple[int, Place]] = {}

    def check(
        self,
        advertisers: Names | None = None,
        ads: Names | None = None,
        landings: Sequence[str] | None = None,
        *,
        versions: Sequence[str] | None = None,
        territory: str = "",
        surface: str = "ads",
        at: int | None = None,
    ) -> Asked:
        """May these run, row for row? Columns that are not known are left out; see `Snapshot.check`.

        Raises ValueError where columns have different lengths, or versions are told of ads that have no names.
        """
        lengths = {_length(each) for each in (advertisers, ads, landings, versions) if each is not None}
        if versions is not None and (ads is None or isinstance(ads, Hashes)):
            raise ValueError("versions are told of no ads")
        if len(lengths) != 1:
            raise ValueError("the columns have different lengths")
        length, holding = lengths.pop(), self._follower.holding()
        if isinstance(holding, Answer):
            return Asked(_always(holding, length), None)
        if surface in holding.stale:
            return Asked(_always(STALE, length), None)
        if surface not in holding.layers.surfaces:
            return Asked(_always(UNKNOWN_SURFACE, length), None)
        table = self._table_of(holding.layers)
        columns = [
            _handles(table, kind, names)
            for kind, names in (("a:", advertisers), ("c:", ads))
            if names is not None
        ]
        if versions is not None and ads is not None and not isinstance(ads, Hashes):
            columns.append(table.versions(ads, versions))
        known = ~_given(ads, length)
        if landings is not None:
            led = table.led(landings)
            columns += led.columns
            known = np.where(_given(landings, length), led.known, known)
        place = self._place(table, holding, territory, surface, holding.at if at is None else at)
        return Asked(place.answers(*(columns or [np.full(length, -1, np.int64)]), known=known), table)

    def _table_of(self, layers: Layers) -> Table:
        """What is asked, as a table; made once."""
        if self._table is None or self._table.asked is not layers:
            self._places.clear()
            self._table = Table(layers)
        return self._table

    def _place(self, table: Table, holding: Holding, territory: str, surface: str, at: int) -> Place:
        """What holds at a place, remembered until it changes."""
        key = territory, surface, holding.lifted
        since, place = self._places.pop(key, (0, None))
        if place is None or not since <= at < place.until:
            since, place = at, table.at(territory, surface, at, holding.lifted)
        while len(self._places) >= _MOST_PLACES:
            del self._places[next(iter(self._places))]  # the one that was asked for longest ago
        self._places[key] = since, place
        return place


def _length(names: Names) -> int:
    return len(names.firsts) if isinstance(names, Hashes) else len(names)


def _given(names: Names | None, length: int) -> Flags:
    """Which names are known."""
    if names is None or isinstance(names, Hashes):
        return np.full(length, names is not None)
    return np.fromiter(map(bool, names), np.bool_, length)


def _handles(table: Table, kind: str, names: Names) -> Handles:
    if isinstance(names, Hashes):
        return table.handles(names)
    handles = table.handles(hashes_of(kind + name for name in names))
    handles[~_given(names, len(names))] = -1
    return handles


def _always(answer: Answer, length: int) -> Answers:
    """One answer to everything."""
    return Answers(
        np.full(length, answer.allow),
        np.full(length, FREE, np.uint8),
        np.full(length, 1, np.uint32),
        np.zeros(length, np.uint32),
        ("", answer.reason_code),
    )
