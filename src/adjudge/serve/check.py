"""May this run, here and now? A snapshot, a lookup, an answer that carries the decision.

Imports the standard library and the layout of the table. Not the checking of signatures (`adjudge.serve.trust`), not
NumPy (`adjudge.serve.batch`), and nothing that follows a snapshot as it is replaced (`adjudge.serve.follow`). Many
threads may ask one snapshot at once; it never changes.
"""

import json
import mmap
import os
import sys
import time
from binascii import crc32
from collections.abc import Sequence
from hashlib import blake2b, sha256
from pathlib import Path
from struct import Struct
from typing import Any, Literal, NamedTuple

from adjudge.enforcement.layout import (
    ALIGNED,
    EMPTY,
    FIXED,
    FOR_EVER,
    FROM_EVER,
    LISTED,
    LONGEST_HEADER,
    NAMED,
    PATTERN,
    PATTERN_SIZE,
    SECTIONS,
    BadSnapshotError,
    Header,
    read_header,
)
from adjudge.enforcement.measure import SEVERITY, STOPPING
from adjudge.enforcement.name import Names

CHUNK = 1 << 20
_LOG2 = 32
_PATTERN = Struct(PATTERN)
_PAUSE = Struct("<qq")
_HALVES = Struct("<QQ").unpack
_MOST_REMEMBERED = 100_000
_LONGEST_REMEMBERED = 500


class Answer(NamedTuple):
    """Whether it may run, and why not, or under which condition.

    `until` is the next instant (nanoseconds since 1970) at which a measure that was looked at begins or ends, so that
    the answer holds until then; None where there is none. `kind` is that of the severest measure that takes effect,
    empty without one; where it allows, the ad runs as that measure says (`limit`, `require`, `label`, `notify`).
    """

    allow: bool
    reason_code: str = ""
    decision_id: str = ""
    until: int | None = None
    kind: str = ""


FREE = Answer(allow=True)
"""Nothing is known against it."""


class _Extent(NamedTuple):
    """Names, or all but those."""

    names: frozenset[str]
    all_but: bool

    def holds(self, name: str) -> bool:
        return (name in self.names) != self.all_but


class _Scope(NamedTuple):
    kind: str
    severity: int
    reason: str
    territories: _Extent
    surfaces: _Extent

    allows: bool


_Known = tuple[int, int, int | None, _Scope | None]
"""From when and until when it is known, what is told as `until`, and what takes effect."""


class _Pattern(NamedTuple):
    """A scope over time."""

    scope: _Scope
    start: int
    end: int
    pauses: tuple[tuple[int, int], ...]


class Snapshot:
    """A snapshot that is open. `digest` names it; `told` is its header."""

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
        "_tails",
        "_told_names",
        "digest",
        "header",
        "told",
    )

    def __init__(self, file: "mmap.mmap | bytes", header: Header) -> None:
        """Take the sections; what is decoded is decoded when it is asked for."""
        told = header.told
        self.header, self.told, self.digest = header, told, header.digest
        self._file = file
        view = memoryview(file)
        self._bits = _section(view, header, "filter", "B")
        self._prints = _section(view, header, "prints", "Q")
        self._tails = _section(view, header, "tails", "I")
        self._marks = _section(view, header, "marks", "I")
        self._decisions = _section(view, header, "decisions", "I")
        self._lists = _section(view, header, "lists", "I")
        self._patterns = _section(view, header, "patterns", "B")
        self._pauses = _section(view, header, "pauses", "B")
        self._spread = _number(told, "spread")
        self._shift = _LOG2 - _number(told, "filter_bits")
        slots = _number(told, "slots")
        sizes = {len(part) for part in (self._prints, self._tails, self._marks, self._decisions)}
        if sizes != {slots} or not 0 < self._spread < slots or self._marks[slots - 1] != EMPTY:
            raise BadSnapshotError("the table does not have the size that its header says")
        if not 0 <= self._shift <= _LOG2 - 3 or len(self._bits) != 1 << (_LOG2 - 3 - self._shift):
            raise BadSnapshotError("the filter does not have the size that its header says")
        self._scopes = tuple(map(_scope, _json(view, header, "scopes")))
        self._told_names = tuple(map(str, _json(view, header, "names")))
        self._format = f"{told.get('prefix', '')}%0{_number(told, 'digits')}d"
        self._remembered: dict[int, _Pattern] = {}
        self._known: dict[tuple[int, str, str], _Known] = {}
        self._keys: dict[str, tuple[tuple[bytes, int], ...]] = {}
        self._names = Names(
            lambda: bytes(_section(view, header, "suffixes", "B")).decode(),
            lambda: _json(view, header, "idn"),
        )

    @property
    def log_size(self) -> int:
        """How many entries the log had of which it tells."""
        return _number(self.told, "log_size")

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

        Parts that are not known are left out. `landing` is a host or an address. A territory that is not known counts
        as one that no measure names. The severest measure that takes effect answers. Raises nothing on odd input: what
        is no name is in no table.
        """
        bits, shift = self._bits, self._shift
        slots: tuple[int, ...] = ()
        # The filter is asked here and not by a function: nearly every question ends with it.
        if advertiser:
            key = b"a:" + _bytes(advertiser)
            place = crc32(key) >> shift
            if bits[place >> 3] >> (place & 7) & 1 and (slot := self._find(key)) >= 0:
                slots = (slot,)
        if ad:
            key = b"c:" + _bytes(ad)
            place = crc32(key) >> shift
            if bits[place >> 3] >> (place & 7) & 1 and (slot := self._find(key)) >= 0:
                slots += (slot,)
        if landing:
            for key, place in self._keys.get(landing) or self._keys_of(landing):
                if bits[place >> 3] >> (place & 7) & 1 and (slot := self._find(key)) >= 0:
                    slots += (slot,)
        if not slots:
            return FREE
        return self.answer_of(slots, territory, surface, time.time_ns() if at is None else at)

    def _keys_of(self, landing: str) -> tuple[tuple[bytes, int], ...]:
        """The keys of a landing page with their places in the filter; remembered, since few hosts are most of them."""
        if len(self._keys) >= _MOST_REMEMBERED:
            self._keys.clear()
        found = tuple((key, crc32(key) >> self._shift) for key in self._names.keys_of(landing))
        if len(landing) <= _LONGEST_REMEMBERED:
            self._keys[landing] = found
        return found

    def slot(self, key: str) -> int:
        """The handle of a key (`a:ID`, `c:ID`, `d:HOST`) in this snapshot; -1 where it is not in the table."""
        told = _bytes(key)
        place = crc32(told) >> self._shift
        return self._find(told) if self._bits[place >> 3] >> (place & 7) & 1 else -1

    def _find(self, key: bytes) -> int:
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
            return Answer(
                scope.allows, scope.reason, self._name(self._decisions[slots[0]]), until, scope.kind
            )
        return self._severest(slots, territory, surface, at)

    def _learned(self, key: tuple[int, str, str], at: int) -> _Known:
        mark, territory, surface = key
        pattern = self._pattern(mark)
        scope = pattern.scope
        if scope.territories.holds(territory) and scope.surfaces.holds(surface):
            bound, takes_effect = _now(pattern, at)
            known = at, bound, None if bound == FOR_EVER else bound, scope if takes_effect else None
        else:
            known = FROM_EVER, FOR_EVER, None, None
        if len(self._known) < _MOST_REMEMBERED:
            self._known[key] = known
        return known

    def _severest(self, slots: Sequence[int], territory: str, surface: str, at: int) -> Answer:
        found: tuple[_Scope, int] | None = None
        bound = FOR_EVER
        for slot in slots:
            for number, decision in self._measures(slot):
                pattern = self._pattern(number)
                scope = pattern.scope
                if not (scope.territories.holds(territory) and scope.surfaces.holds(surface)):
                    continue
                ends, takes_effect = _now(pattern, at)
                bound = min(bound, ends)
                if takes_effect and (found is None or scope.severity > found[0].severity):
                    found = scope, decision
        until = None if bound == FOR_EVER else bound
        if found is None:
            return FREE if until is None else Answer(allow=True, until=until)
        return Answer(found[0].allows, found[0].reason, self._name(found[1]), until, found[0].kind)

    def _measures(self, slot: int) -> list[tuple[int, int]]:
        """The numbers of patterns and of decisions of a slot."""
        mark = self._marks[slot]
        if not mark & LISTED:
            return [(mark, self._decisions[slot])]
        place, lists = mark & ~LISTED, self._lists
        return [(lists[at], lists[at + 1]) for at in range(place + 1, place + 1 + 2 * lists[place], 2)]

    def _pattern(self, number: int) -> _Pattern:
        found = self._remembered.get(number)
        if found is None:
            scope, _, start, end, first, count = _PATTERN.unpack_from(self._patterns, number * PATTERN_SIZE)
            pauses = tuple(
                _PAUSE.unpack_from(self._pauses, (first + place) * _PAUSE.size) for place in range(count)
            )
            found = _Pattern(self._scopes[scope], start, end, pauses)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[number] = found
        return found

    def _name(self, decision: int) -> str:
        if decision & NAMED:
            return self._told_names[decision & ~NAMED]
        return self._format % decision


def _bytes(text: str) -> bytes:
    """A name in UTF-8; what holds half of a character is in no table, and asked for all the same."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _now(pattern: _Pattern, at: int) -> tuple[int, bool]:
    """When a measure next begins or ends to take effect after an instant, and whether it does at it."""
    if at >= pattern.end:
        return FOR_EVER, False
    if at < pattern.start:
        return _first_after(pattern, pattern.start), False
    for begin, end in pattern.pauses:
        if begin <= at < end:
            return _first_after(pattern, end), False
    return min([pattern.end, *(begin for begin, _ in pattern.pauses if begin > at)]), True


def _first_after(pattern: _Pattern, at: int) -> int:
    """The first instant from `at` on at which a measure takes effect; pauses may meet one another."""
    for begin, end in pattern.pauses:
        if begin <= at < end:
            at = end
    return at if at < pattern.end else FOR_EVER


def open_snapshot(path: Path | str) -> Snapshot:
    """Open a snapshot by its header alone, in time that does not grow with it. Raises BadSnapshotError, OSError.

    For files that were verified before: see `verified_digest`, and `adjudge.serve.trust` for whose they are.
    """
    if sys.byteorder != "little":
        raise BadSnapshotError("this machine reads numbers the other way round")
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(FIXED + 2 * LONGEST_HEADER)
        header = read_header(head, size)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return Snapshot(mapped, header)


def verified_digest(path: Path | str) -> Header:
    """The header of a file every byte of which is what the header says. Raises BadSnapshotError, OSError.

    Reads the whole file once. Bytes between sections are nothing, and must be nothing.
    """
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        header = read_header(file.read(FIXED + 2 * LONGEST_HEADER), size)
        at = FIXED + len(header.seal) + int.from_bytes(_at(file, 8, 4), "little")
        for name in SECTIONS:
            section = header.sections[name]
            if any(_at(file, at, section.offset - at)) or section.offset - at >= ALIGNED:
                raise BadSnapshotError("there are bytes between the sections")
            whole = sha256()
            file.seek(section.offset)
            left = section.length
            while left:
                part = file.read(min(CHUNK, left))
                if not part:
                    raise BadSnapshotError("the file is cut off")
                whole.update(part)
                left -= len(part)
            if f"sha256:{whole.hexdigest()}" != section.digest:
                raise BadSnapshotError(f"the section {name} is not what was sealed")
            at = section.offset + section.length
        if at != size:
            raise BadSnapshotError("there are bytes behind the last section")
    return header


def _at(file: Any, place: int, count: int) -> bytes:  # noqa: ANN401 - a file that is open
    if count < 0:
        raise BadSnapshotError("sections lie over one another")
    file.seek(place)
    found: bytes = file.read(min(count, CHUNK))
    return found


def _section(view: memoryview, header: Header, name: str, kind: Literal["B", "I", "Q"]) -> "memoryview[int]":
    section = header.sections[name]
    part = view[section.offset : section.offset + section.length]
    try:
        return part.cast(kind)
    except TypeError as error:
        raise BadSnapshotError(f"the section {name} has a length that does not fit it") from error


def _json(view: memoryview, header: Header, name: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(bytes(_section(view, header, name, "B")))
    except ValueError as error:
        raise BadSnapshotError(f"the section {name} cannot be read") from error


def _scope(told: Any) -> _Scope:  # noqa: ANN401 - JSON
    try:
        kind, reason, territories, all_but, surfaces, surfaces_all_but = told
        return _Scope(
            str(kind),
            SEVERITY.index(kind),
            str(reason),
            _Extent(frozenset(territories), bool(all_but)),
            _Extent(frozenset(surfaces), bool(surfaces_all_but)),
            kind not in STOPPING,
        )
    except (ValueError, TypeError) as error:
        raise BadSnapshotError("a scope cannot be read") from error


def _number(told: dict[str, Any], name: str) -> int:
    found = told.get(name)
    if type(found) is not int or found < 0:
        raise BadSnapshotError(f"the header has no number {name}")
    return found


__all__ = ["FROM_EVER", "Answer", "BadSnapshotError", "Snapshot", "open_snapshot", "verified_digest"]
