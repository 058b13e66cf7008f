"""Many questions at once with NumPy: handles from hashes of keys, and codes of answers from handles.

The answers are those of single checks (`adjudge.serve.check`, `adjudge.serve.layers`) as numbers. Explicitly not which
snapshot is asked, nor whether it is stale: `adjudge.serve.batches` asks whatever a follower has.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, SupportsInt

import numpy as np
import numpy.typing as npt

from adjudge.enforcement.key import keys_of_version
from adjudge.enforcement.layout import EMPTY, FOR_EVER, NAMED
from adjudge.enforcement.measure import SEVERITY, STOPPING
from adjudge.serve.answer import NO_KINDS, UNKNOWN_LANDING
from adjudge.serve.check import Snapshot
from adjudge.serve.columns import FREE, Codes, Columns, Halves, Handles, Hashes, Moment, column, hashes_of
from adjudge.serve.layers import Layers

Flags = npt.NDArray[np.bool_]
STOPS_FROM = 1 + min(map(SEVERITY.index, STOPPING))
"""Codes of severity: none, then the kinds of measure in rising severity; from this one on nothing runs."""


class Answers(NamedTuple):
    """Codes, one for each question: may it run, how severe, which reason (in `reasons`), which decision.

    Where nothing takes effect, the severity is 0, and the decision tells nothing; the reason is 0 (the empty one), or
    says why nothing runs without a measure. `name_of` of the table names a decision.
    """

    allow: Flags
    severity: Codes
    reason: Halves
    decision: Halves
    reasons: tuple[str, ...]


class Led(NamedTuple):
    """Where addresses lead: columns of handles, and whether each leads to a host at all."""

    columns: tuple[Handles, ...]
    known: Flags

    def take(self, rows: Any) -> "Led":  # noqa: ANN401 - a column
        """Those of some rows, in their order: for addresses that are written once and named by numbers."""
        places = column(rows, np.int64)
        return Led(tuple(each.take(places) for each in self.columns), self.known.take(places))


class Table:
    """A snapshot, or a base with its delta, for batches. Handles are those of single questions to the same one."""

    __slots__ = ("_base", "_delta", "asked")

    def __init__(self, asked: Snapshot | Layers) -> None:
        """Look at the sections of what is open; nothing is copied."""
        self.asked = asked
        base, delta = (asked.base, asked.delta) if isinstance(asked, Layers) else (asked, None)
        self._base = Columns(base)
        self._delta = None if delta is None else Columns(delta)

    def handles(self, hashes: Hashes) -> Handles:
        """The handle of each key; -1 where it is not in the table."""
        whole = Hashes(
            column(hashes.firsts, np.uint64),
            column(hashes.seconds, np.uint64),
            column(hashes.filters, np.uint32),
        )
        if not len(whole.firsts) == len(whole.seconds) == len(whole.filters):
            raise ValueError("the columns have different lengths")
        found = self._base.handles(whole)
        if self._delta is not None:
            over = self._delta.handles(whole)
            np.copyto(found, over + len(self._base.marks), where=over >= 0)
        return found

    def versions(self, ads: Sequence[str], versions: Sequence[str]) -> Handles:
        """The handle of the version of each ad that is shown; -1 where none is told, or none was ever approved.

        A further column for `Place`, as that of the ads is. Raises ValueError for columns of different lengths.
        """
        told = np.fromiter(map(bool, versions), np.bool_, len(versions))
        pairs = [keys_of_version(*pair) for pair in zip(ads, versions, strict=True)]
        found, bound = (self.handles(hashes_of(pair[place] for pair in pairs)) for place in (0, 1))
        return np.where(told, np.where(found >= 0, found, bound), -1)

    def led(self, addresses: Iterable[str]) -> Led:
        """Where addresses lead, one after the other; their hosts are remembered as those of single questions are."""
        led = [self.asked.led_to(address) for address in addresses]
        width = max((len(handles) for handles, _ in led), default=0)
        told = np.full((width, len(led)), -1, np.int64)
        for row, (handles, _) in enumerate(led):
            told[: len(handles), row] = handles
        return Led(tuple(told), np.fromiter((known for _, known in led), np.bool_, len(led)))

    def at(self, territory: str, surface: str, at: int, lifted: frozenset[str] = NO_KINDS) -> "Place":
        """What holds at a place and an instant; measures of `lifted` kinds have no effect.

        Made once, and asked often: it is right from that instant up to its `until`. Raises ValueError where nobody
        declared the surface: nothing runs there.
        """
        if surface not in self.asked.surfaces:
            raise ValueError(f"nobody declared the surface {surface!r}")
        numbers = {"": 0}
        layers = [self._base] if self._delta is None else [self._base, self._delta]
        moments = [Moment(each, (territory, surface), at, lifted, numbers) for each in layers]
        return Place(
            moments,
            [each.snapshot.names for each in layers],
            numbers,
            strict=self.asked.strict and surface in self.asked.declared,
        )

    def name_of(self, decision: SupportsInt) -> str:
        """The id of a decision from its number in answers."""
        number = int(decision)
        place, names = number & ~NAMED, self._base.snapshot.names
        if number & NAMED and place >= names and self._delta is not None:
            return self._delta.snapshot.name_of(NAMED | place - names)
        return self._base.snapshot.name_of(number)


class Place:
    """What every handle means at one place, until an instant (FOR_EVER without one). -1: nothing is known."""

    __slots__ = ("_base", "_delta", "_names", "_numbers", "_severity", "_strict", "until")

    def __init__(
        self, moments: list[Moment], names: list[int], numbers: dict[str, int], *, strict: bool
    ) -> None:
        """Put layers over each other."""
        self._base, self._delta = moments[0], moments[1] if len(moments) > 1 else None
        self._names, self._numbers, self._strict = names, numbers, strict
        parts = [each.severity for each in moments]
        self._severity: Codes = parts[0] if len(parts) == 1 else np.concatenate(parts)
        self.until = min([FOR_EVER, *(each.until for each in moments)])

    def severities(self, *handles: Any) -> Codes:  # noqa: ANN401 - columns
        """The severest code of each row of columns of handles; at least one column."""
        first, *more = (column(each, np.int64) for each in handles)
        # The last slot is empty: -1 leads there by itself.
        found: Codes = self._severity[first]
        for each in more:
            np.maximum(found, self._severity[each], out=found)
        return found

    def allows(self, *handles: Any, known: Any = None) -> Flags:  # noqa: ANN401 - columns
        """Whether each row may run. See `answers`."""
        runs: Flags = self.severities(*handles) < STOPS_FROM
        unknown = self._unknown(known)
        return runs if unknown is None else runs & ~unknown

    def answers(self, *handles: Any, known: Any = None) -> Answers:  # noqa: ANN401 - columns
        """Codes of whole answers; of columns that are alike severe, the first one answers.

        `known` says of each row whether it is known where it leads, or no ad is asked for; it is needed where the
        institution declared that other ads do not run. Raises ValueError without.
        """
        first, *more = (column(each, np.int64) for each in handles)
        answering, severity = first, self._severity[first]
        for each in more:
            other = self._severity[each]
            worse = other > severity
            answering, severity = np.where(worse, each, answering), np.where(worse, other, severity)
        reason, decision = self._told(answering)
        allow = severity < STOPS_FROM
        reasons = [*self._numbers]
        unknown = self._unknown(known)
        if unknown is not None:
            rows = np.flatnonzero(allow & unknown)
            allow[rows], severity[rows], decision[rows] = False, FREE, 0
            reason[rows] = len(reasons)
            reasons.append(UNKNOWN_LANDING.reason_code)
        return Answers(allow, severity, reason, decision, tuple(reasons))

    def _told(self, handles: Handles) -> tuple[Halves, Halves]:
        """Of each handle the reason and the decision; named ones of the delta stand behind those of the base."""
        if self._delta is None:
            return self._base.told(handles)
        under = len(self._base.severity)
        reason, decision = self._base.told(np.where(handles < under, handles, -1))
        rows = np.flatnonzero(handles >= under)
        reason[rows], over = self._delta.told(handles.take(rows) - under)
        below, own = self._names
        named = np.flatnonzero(over & np.uint32(NAMED))
        places = over.take(named) & np.uint32(NAMED - 1)
        over[named] = np.where(places < own, over.take(named) + np.uint32(below), np.uint32(EMPTY))
        decision[rows] = over
        return reason, decision

    def _unknown(self, known: Any) -> Flags | None:  # noqa: ANN401 - a column
        if not self._strict:
            return None
        if known is None:
            raise ValueError("ads of which nobody knows where they lead do not run: say which are known")
        return ~column(known, np.bool_)


__all__ = ["FREE", "STOPS_FROM", "Answers", "Hashes", "Led", "Place", "Table", "column", "hashes_of"]
