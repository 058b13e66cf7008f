"""A base and a delta asked as one: for each key the delta answers where it has the key, and the base where not.

A key without measures in the delta is free again. Hosts are read by the rules of the base; what the institution
declared is taken from whichever is newer.
"""

from collections.abc import Collection, Sequence

from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.terms import ALLOW, DENY
from adjudge.serve.answer import NO_KINDS, Answer
from adjudge.serve.asking import ORGANIC, Asking
from adjudge.serve.check import Snapshot, severest


class Layers(Asking):
    """A snapshot with what changed since. It never changes; many threads may ask it at once."""

    __slots__ = ("base", "delta", "denies_when_stale", "lifted_when_stale", "over", "terms")

    def __init__(
        self, base: Snapshot, delta: Snapshot | None = None, others: Collection[str] = (ORGANIC,)
    ) -> None:
        """Put one over the other; `others` as for `Snapshot`. Raises BadSnapshotError where they do not fit."""
        if base.terms.base:
            raise BadSnapshotError("the base is a delta itself")
        if delta is not None and (
            delta.terms.base != base.digest
            or delta.terms.origin != base.terms.origin
            or delta.log_size < base.log_size
            or delta.naming != base.naming
        ):
            raise BadSnapshotError("the delta is that of another base")
        self.base, self.delta = base, delta
        # Handles of the delta lie behind those of the base.
        self.over = base.slots
        self.terms = (delta or base).terms
        super().__init__(self.terms, others)
        said = self.terms.when_stale
        self.denies_when_stale = any(what == DENY for _, what in said)
        self.lifted_when_stale = frozenset(kind for kind, what in said if what == ALLOW)

    def answer_of(
        self, found: Sequence[int], territory: str, surface: str, at: int, lifted: frozenset[str] = NO_KINDS
    ) -> Answer:
        """The answer for handles."""
        if len(found) == 1:
            snapshot, slot = self._place(found[0])
            return snapshot.answer_of((slot,), territory, surface, at, lifted)
        return severest(map(self._place, found), territory, surface, at, lifted)

    def slot_of(self, key: bytes, hashed: int) -> int:
        """The handle of a key in the layer that answers for it; -1 where it is in none."""
        if self.delta is not None and (slot := self.delta.slot_of(key, hashed)) >= 0:
            return self.over + slot
        return self.base.slot_of(key, hashed)

    def hosts_of(self, landing: str) -> tuple[bytes, ...]:
        """The keys of a landing page by the rules of the base; none where it is no host."""
        return self.base.hosts_of(landing)

    def _place(self, handle: int) -> tuple[Snapshot, int]:
        """Where a handle lies."""
        if self.delta is not None and handle >= self.over:
            return self.delta, handle - self.over
        return self.base, handle
