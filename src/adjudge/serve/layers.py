"""A base and a delta asked as one: for each key the delta answers where it has the key, and the base where not.

A key without measures in the delta is free again. Hosts are read by the rules of the base; what the institution
declared is taken from whichever is newer.
"""

import time
from binascii import crc32

from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.terms import ALLOW, DENY
from adjudge.serve.check import FREE, NO_KINDS, UNKNOWN_LANDING, Answer, Keys, Snapshot, severest


class Layers:
    """A snapshot with what changed since. It never changes; many threads may ask it at once."""

    __slots__ = ("base", "delta", "denies_when_stale", "lifted_when_stale", "strict", "terms")

    def __init__(self, base: Snapshot, delta: Snapshot | None = None) -> None:
        """Put one over the other. Raises BadSnapshotError where they do not belong together."""
        if base.terms.base:
            raise BadSnapshotError("the base is a delta itself")
        if delta is not None and (
            delta.terms.base != base.digest
            or delta.terms.origin != base.terms.origin
            or delta.log_size < base.log_size
        ):
            raise BadSnapshotError("the delta is that of another base")
        self.base, self.delta = base, delta
        self.terms = (delta or base).terms
        self.strict = self.terms.unknown_landing == DENY
        said = self.terms.when_stale
        self.denies_when_stale = any(what == DENY for _, what in said)
        self.lifted_when_stale = frozenset(kind for kind, what in said if what == ALLOW)

    def check(
        self,
        advertiser: str = "",
        ad: str = "",
        landing: str = "",
        *,
        territory: str = "",
        surface: str = "ads",
        at: int | None = None,
        lifted: frozenset[str] = NO_KINDS,
    ) -> Answer:
        """May it run? As a single snapshot answers; measures of `lifted` kinds have no effect."""
        if self.delta is None and not lifted:
            return self.base.check(advertiser, ad, landing, territory=territory, surface=surface, at=at)
        keys: Keys = self.base.keys_of(landing) if landing else ()
        unknown = self.strict and not keys and bool(landing or ad)
        if ad:
            key = b"c:" + ad.encode("utf-8", "replace")
            keys = ((key, crc32(key)), *keys)
        if advertiser:
            key = b"a:" + advertiser.encode("utf-8", "replace")
            keys = ((key, crc32(key)), *keys)
        found = self._found(keys)
        if not found:
            return UNKNOWN_LANDING if unknown else FREE
        now = time.time_ns() if at is None else at
        if len(found) == 1 and not lifted:
            snapshot, slot = found[0]
            answer = snapshot.answer_of((slot,), territory, surface, now)
        else:
            answer = severest(found, territory, surface, now, lifted)
        return UNKNOWN_LANDING if unknown and answer.allow else answer

    def _found(self, keys: Keys) -> list[tuple[Snapshot, int]]:
        """The handles of keys, each in the layer that answers for it."""
        base, delta = self.base, self.delta
        found: list[tuple[Snapshot, int]] = []
        for key, hashed in keys:
            if delta is not None and (slot := delta.slot_of(key, hashed)) >= 0:
                found.append((delta, slot))
            elif (slot := base.slot_of(key, hashed)) >= 0:
                found.append((base, slot))
        return found
