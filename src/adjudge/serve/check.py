"""May this run, here and now? A snapshot, a lookup, an answer that carries the decision.

Imports the standard library and the layout of the table. Not the checking of signatures (`adjudge.serve.trust`), not
NumPy (`adjudge.serve.batch`), and nothing that follows a snapshot as it is replaced (`adjudge.serve.follow`). Many
threads may ask one snapshot at once; it never changes.
"""

import mmap
import re
import time
from binascii import crc32
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from adjudge.enforcement.layout import (
    EMPTY,
    FOR_EVER,
    FROM_EVER,
    LISTED,
    NAMED,
    PATTERN_SIZE,
    BadSnapshotError,
    Header,
)
from adjudge.enforcement.name import Names
from adjudge.enforcement.terms import DENY, number, terms_of
from adjudge.serve.pattern import Pattern, Scope, read_pattern, read_scope
from adjudge.serve.reading import json_of, list_of, mapped, section, verify

_LOG2 = 32
_HALVES = Struct("<QQ").unpack
_MOST_REMEMBERED = 100_000
_LONGEST_REMEMBERED = 300
_MOST_DIGITS = 18
# An address with nothing odd about it, of which only the host matters.
_COMMON = re.compile(r"https?://([A-Za-z0-9.-]+)(?:[/?#]|\Z)", re.ASCII).match
Keys = tuple[tuple[bytes, int], ...]
"""Keys with their hashes in filters."""


class Answer(NamedTuple):
    """Whether it may run, and why not, or under which condition.

    `until` is the next instant (nanoseconds since 1970) at which a measure that was looked at begins or ends, so that
    the answer of this snapshot holds until then; None where there is none. `kind` is that of the severest measure that
    takes effect, empty without one; where it allows, the ad runs as that measure says (`limit`, `require`, `label`,
    `notify`).
    """

    allow: bool
    reason_code: str = ""
    decision_id: str = ""
    until: int | None = None
    kind: str = ""


FREE = Answer(allow=True)
"""Nothing is known against it."""
UNKNOWN_LANDING = Answer(allow=False, reason_code="unknown-landing")
"""It is not known where the ad leads, and the institution declared that such ads do not run."""
NO_KINDS: frozenset[str] = frozenset()

_new = tuple.__new__

_Known = tuple[int, int, int | None, Scope | None]
"""From when and until when it is known, what is told as `until`, and what takes effect."""


class Snapshot:
    """A snapshot that is open. `digest` names it; `told` is its header, `terms` what the institution declared."""

    __slots__ = (
        "_bits",
        "_decisions",
        "_file",
        "_format",
        "_keys",
        "_known",
        "_lists",
        "_marks",
        "_names",
        "_patterns",
        "_pauses",
        "_prints",
        "_remembered",
        "_scopes",
        "_shift",
        "_spread",
        "_strict",
        "_tails",
        "_told_names",
        "digest",
        "header",
        "log_size",
        "terms",
        "told",
    )

    def __init__(self, file: "mmap.mmap | bytes", header: Header) -> None:
        """Take the sections; what is decoded is decoded when it is asked for. Raises BadSnapshotError."""
        told = header.told
        self.header, self.told, self.digest = header, told, header.digest
        self.terms = terms_of(told)
        self.log_size = self.terms.log_size
        self._strict = self.terms.unknown_landing == DENY
        self._file = file
        view = memoryview(file)
        self._bits = section(view, header, "filter", "B")
        self._prints = section(view, header, "prints", "Q")
        self._tails = section(view, header, "tails", "I")
        self._marks = section(view, header, "marks", "I")
        self._decisions = section(view, header, "decisions", "I")
        self._lists = section(view, header, "lists", "I")
        self._patterns = section(view, header, "patterns", "B")
        self._pauses = section(view, header, "pauses", "B")
        self._take_sizes(told)
        self._scopes = tuple(map(read_scope, list_of(view, header, "scopes")))
        self._told_names = tuple(map(str, list_of(view, header, "names")))
        self._format = _format(told)
        self._remembered: dict[int, Pattern] = {}
        self._known: dict[tuple[int, str, str], _Known] = {}
        self._keys: dict[str, Keys] = {}
        self._names = Names(
            lambda: bytes(section(view, header, "suffixes", "B")).decode("ascii", "replace"),
            lambda: _or_nothing(view, header, "idn"),
        )

    def _take_sizes(self, told: dict[str, Any]) -> None:
        slots, self._spread = number(told, "slots"), number(told, "spread")
        self._shift = _LOG2 - number(told, "filter_bits")
        sizes = {len(part) for part in (self._prints, self._tails, self._marks, self._decisions)}
        # The last slot is empty, which ends every search.
        if sizes != {slots} or not 0 < self._spread < slots or self._marks[slots - 1] != EMPTY:
            raise BadSnapshotError("the table does not have the size that its header says")
        if not 0 <= self._shift <= _LOG2 - 3 or len(self._bits) != 1 << (_LOG2 - 3 - self._shift):
            raise BadSnapshotError("the filter does not have the size that its header says")

    def check(
        self,
        advertiser: str = "",
        ad: str = "",
        landing: str = "",
        *,
        territory: str = "",
        surface: str = "ads",
        at: int | None = None,
    ) -> Answer:
        """May this ad of this advertiser, which leads there, run in a territory on a surface at an instant (now)?

        Parts that are not known are left out. `landing` is a host or an address; where it is no host, or an ad is
        asked for without one, it is unknown where it leads, and what was declared for that holds. A territory that is
        not known counts as one that no measure names. The severest measure that takes effect answers. Raises nothing
        on odd input: what is no name is in no table.
        """
        bits, shift = self._bits, self._shift
        slots: tuple[int, ...] = ()
        unknown = False
        # The filter is asked here and not by a function: nearly every question ends with it. What holds half of a
        # character is in no table, and asked for all the same.
        if advertiser:
            key = b"a:" + advertiser.encode("utf-8", "replace")
            place = crc32(key) >> shift
            if bits[place >> 3] >> (place & 7) & 1 and (slot := self.find(key)) >= 0:
                slots = (slot,)
        if ad:
            key = b"c:" + ad.encode("utf-8", "replace")
            place = crc32(key) >> shift
            if bits[place >> 3] >> (place & 7) & 1 and (slot := self.find(key)) >= 0:
                slots += (slot,)
        if landing:
            common = _COMMON(landing)
            keys = self._keys.get(common[1] if common else landing) or self.keys_of(landing)
            for key, hashed in keys:
                place = hashed >> shift
                if bits[place >> 3] >> (place & 7) & 1 and (slot := self.find(key)) >= 0:
                    slots += (slot,)
            unknown = self._strict and not keys
        elif ad:
            unknown = self._strict
        if not slots:
            return UNKNOWN_LANDING if unknown else FREE
        answer = self.answer_of(slots, territory, surface, time.time_ns() if at is None else at)
        return UNKNOWN_LANDING if unknown and answer.allow else answer

    def keys_of(self, landing: str) -> Keys:
        """The keys of a landing page; remembered by hosts, since few hosts are most of them."""
        common = _COMMON(landing)
        host = common[1] if common else landing
        keys = self._keys.get(host)
        if keys is None:
            keys = tuple((key, crc32(key)) for key in self._names.keys_of(landing))
            if len(self._keys) >= _MOST_REMEMBERED:
                self._keys.clear()
            if len(host) <= _LONGEST_REMEMBERED:
                self._keys[host] = keys
        return keys

    def slot(self, key: str) -> int:
        """The handle of a key (`a:ID`, `c:ID`, `d:HOST`) in this snapshot; -1 where it is not in the table."""
        told = key.encode("utf-8", "replace")
        return self.slot_of(told, crc32(told))

    def slot_of(self, key: bytes, hashed: int) -> int:
        """The handle of a key with its hash in filters; -1 where it is not in the table."""
        place = hashed >> self._shift
        return self.find(key) if self._bits[place >> 3] >> (place & 7) & 1 else -1

    def find(self, key: bytes) -> int:
        """The handle of a key, without asking the filter."""
        halves: tuple[int, int] = _HALVES(blake2b(key, digest_size=16).digest())
        first, second = halves
        slot: int = (first >> 32) * self._spread >> 32
        tail, prints, tails, marks = first & 0xFFFF_FFFF, self._prints, self._tails, self._marks
        while marks[slot] != EMPTY:
            if prints[slot] == second and tails[slot] == tail:
                return slot
            slot += 1
        return -1

    def answer_of(self, slots: Sequence[int], territory: str, surface: str, at: int) -> Answer:
        """The answer for handles of this snapshot (those of keys that are in the table)."""
        if len(slots) == 1 and not (mark := self._marks[slots[0]]) & LISTED:
            # What one pattern means at a place holds until it next begins or ends.
            key = (mark, territory, surface)
            known = self._known.get(key)
            if known is None or not known[0] <= at < known[1]:
                known = self._learned(key, at)
            _, _, until, scope = known
            if scope is None:
                return FREE if until is None else Answer(True, until=until)  # noqa: FBT003 - named it costs time
            kind, _, reason, _, _, allows = scope
            decision = self._decisions[slots[0]]
            name = self.name_of(decision) if decision & NAMED else self._format % decision
            # As the class does it for itself, in half the time.
            return _new(Answer, (allows, reason, name, until, kind))
        return severest(((self, slot) for slot in slots), territory, surface, at)

    def _learned(self, key: tuple[int, str, str], at: int) -> _Known:
        mark, territory, surface = key
        pattern = self.pattern(mark)
        if pattern.scope.covers(territory, surface):
            bound, takes_effect = pattern.now(at)
            known = at, bound, None if bound == FOR_EVER else bound, pattern.scope if takes_effect else None
        else:
            known = FROM_EVER, FOR_EVER, None, None
        if len(territory) + len(surface) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = known
        return known

    def measures(self, slot: int) -> list[tuple[int, int]]:
        """The numbers of patterns and of decisions of a handle."""
        mark = self._marks[slot]
        if not mark & LISTED:
            return [(mark, self._decisions[slot])]
        place, lists = mark & ~LISTED, self._lists
        try:
            return [(lists[at], lists[at + 1]) for at in range(place + 1, place + 1 + 2 * lists[place], 2)]
        except IndexError:
            return [(EMPTY, EMPTY)]  # a pattern and a name that are not there

    def pattern(self, number: int) -> Pattern:
        """A pattern by its number."""
        found = self._remembered.get(number)
        if found is None:
            found = read_pattern(self._patterns, self._pauses, self._scopes, number)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[number] = found
        return found

    @property
    def patterns(self) -> int:
        """How many patterns there are; those of other numbers cannot be read."""
        return len(self._patterns) // PATTERN_SIZE

    def table(self) -> tuple[dict[str, memoryview], int]:
        """The sections of keys, and over how many slots they are spread; for batches."""
        sections = {
            "filter": self._bits,
            "prints": self._prints,
            "tails": self._tails,
            "marks": self._marks,
            "decisions": self._decisions,
        }
        return sections, self._spread

    def name_of(self, decision: int) -> str:
        """The id of a decision from its number in the table."""
        if decision & NAMED:
            place = decision & ~NAMED
            return self._told_names[place] if place < len(self._told_names) else ""
        return self._format % decision


def severest(
    found: Iterable[tuple[Snapshot, int]],
    territory: str,
    surface: str,
    at: int,
    lifted: frozenset[str] = NO_KINDS,
) -> Answer:
    """The answer of all measures of some handles, but for kinds that have no effect now."""
    first: tuple[Snapshot, Scope, int] | None = None
    bound = FOR_EVER
    for snapshot, slot in found:
        for place, decision in snapshot.measures(slot):
            pattern = snapshot.pattern(place)
            scope = pattern.scope
            if scope.kind in lifted or not scope.covers(territory, surface):
                continue
            ends, takes_effect = pattern.now(at)
            bound = min(bound, ends)
            if takes_effect and (first is None or scope.severity > first[1].severity):
                first = snapshot, scope, decision
    until = None if bound == FOR_EVER else bound
    if first is None:
        return FREE if until is None else Answer(allow=True, until=until)
    snapshot, scope, decision = first
    return Answer(scope.allows, scope.reason, snapshot.name_of(decision), until, scope.kind)


def _format(told: dict[str, Any]) -> str:
    """How ids are made of numbers. Raises BadSnapshotError."""
    prefix, digits = told.get("prefix"), number(told, "digits")
    if not isinstance(prefix, str) or digits > _MOST_DIGITS:
        raise BadSnapshotError("the header does not say how decisions are named")
    return f"{prefix.replace('%', '%%')}%0{digits}d"


def _or_nothing(view: memoryview, header: Header, name: str) -> Any:  # noqa: ANN401 - JSON
    """What a section says that is read when it is needed; an open snapshot raises nothing."""
    try:
        return json_of(view, header, name)
    except BadSnapshotError:
        return None


def open_snapshot(path: Path | str, judge: Callable[[Header], object] | None = None) -> Snapshot:
    """Open a snapshot. Raises BadSnapshotError, OSError, and what `judge` raises.

    By its header alone, in time that does not grow with it, which is for files that were verified before. With a
    judge of headers (whose seal is it?) every byte is held to the header that it accepts.
    """
    file, header = mapped(path)
    if judge is not None:
        judge(header)
        verify(file, header)
    return Snapshot(file, header)


def verified_digest(path: Path | str) -> Header:
    """The header of a file every byte of which is what the header says. Raises BadSnapshotError, OSError."""
    file, header = mapped(path)
    with file:
        verify(file, header)
    return header


__all__ = ["FREE", "FROM_EVER", "Answer", "BadSnapshotError", "Snapshot", "open_snapshot", "verified_digest"]
