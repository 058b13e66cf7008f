"""A snapshot built from keys and their measures: the same keys, measures and settings give the same bytes.

Slots are filled in the order of the hashes, each at the place to which its hash leads or the next free one behind it
(linear probing over sorted keys), and what is shared is numbered anew, so that it does not matter in which order keys
came. Memory: some 30 bytes a key while they come, and 110 while the table is written.
"""

import os
import secrets
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rfc8785

from adjudge.basis.said import say
from adjudge.enforcement.current import keep_names, take_rights_to_write
from adjudge.enforcement.interned import DIGITS, MOST, PREFIX, Interned, Renumbered
from adjudge.enforcement.key import digest_of, filter_of, written
from adjudge.enforcement.layout import EMPTY, FIXED, LISTED, MAGIC, NAMED, SECTIONS, aligned
from adjudge.enforcement.measure import Served, in_order
from adjudge.enforcement.seal import SEAL
from adjudge.errors import BugError, UnavailableError
from adjudge.facts.codes import COUNTRIES

LOAD = (3, 4)
"""Of four slots three are taken: fuller ones would be smaller, and asked longer."""
FILTER_BITS_A_KEY = 16
"""At least so many: of keys that are not in the table, one in sixteen or fewer is searched for all the same."""
SMALLEST_FILTER = 10
_AT_ONCE = 1 << 18
_FILTER_AT_ONCE = 1 << 24
"""So many bits of the filter are made together: each is a byte until then."""
Words = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.uint32]
Seal = Callable[[str], bytes]
"""Signs the digest of the header, with as many bytes as a seal has."""


@dataclass(slots=True)
class Builder:
    """Keys as they come, and what they share. Each key comes once."""

    shared: Interned = field(default_factory=Interned)
    _hashes: bytearray = field(default_factory=bytearray)
    _filters: "array[int]" = field(default_factory=lambda: array("I"))
    _marks: "array[int]" = field(default_factory=lambda: array("I"))
    _decisions: "array[int]" = field(default_factory=lambda: array("I"))

    def add(self, key: str, measures: Sequence[Served]) -> None:
        """A key with its measures. Without any, it stands for itself: what an earlier snapshot had of it is over."""
        mark, decision = self.shared.marked(in_order(measures))
        self.add_marked(written(key), mark, decision)

    def add_marked(self, key: bytes, mark: int, decision: int) -> None:
        """A key with what was told already."""
        self._hashes += digest_of(key)
        self._filters.append(filter_of(key))
        self._marks.append(mark)
        self._decisions.append(decision)

    def sections(self, more: Mapping[str, bytes]) -> tuple[dict[str, bytes | memoryview], dict[str, int]]:
        """All sections, and the figures by which they are read."""
        count = len(self._marks)
        if count >= MOST or len(self.shared.patterns) >= MOST or len(self.shared.lists) >= MOST:
            raise BugError("the table is too large for its numbers")
        halves = np.frombuffer(self._hashes, np.uint64).reshape(-1, 2)
        shared, new = self.shared.in_order()
        marks, decisions = (np.frombuffer(told, np.uint32) for told in (self._marks, self._decisions))
        table, figures = _table(halves[:, 0], halves[:, 1], *_renumbered(marks, decisions, new))
        bits, log2 = _filter(np.frombuffer(self._filters, np.uint32))
        found: dict[str, bytes | memoryview] = {**table, "filter": bits, **shared.sections(), **more}
        return found, {**figures, "keys": count, "filter_bits": log2}


def _renumbered(marks: Halves, decisions: Halves, new: Renumbered) -> tuple[Halves, Halves]:
    """Marks and decisions with the numbers under which all is written."""
    marks, decisions = marks.copy(), decisions.copy()
    for start in range(0, len(marks), _AT_ONCE):
        part = marks[start : start + _AT_ONCE]
        _take(part, part & np.uint32(LISTED) == 0, new.patterns)
        _take(part, part & np.uint32(LISTED) != 0, new.lists, LISTED)
        told = decisions[start : start + _AT_ONCE]
        _take(told, told & np.uint32(NAMED) != 0, new.names, NAMED)
    return marks, decisions


def _take(numbers: Halves, which: npt.NDArray[np.bool_], new: "array[int]", bit: int = 0) -> None:
    """Put what became of them in the place of some numbers."""
    rows = np.flatnonzero(which)
    if len(rows):
        told = np.frombuffer(new, np.uint32).take(numbers.take(rows) & np.uint32(~bit & 0xFFFF_FFFF))
        numbers[rows] = told | np.uint32(bit)


def _table(
    firsts: Words, seconds: Words, marks: Halves, decisions: Halves
) -> tuple[dict[str, bytes | memoryview], dict[str, int]]:
    """The slots. Raises BugError where a key came twice."""
    count = len(firsts)
    wanted = max(8, count * LOAD[1] // LOAD[0] + 1)
    order = np.argsort(firsts)
    if bool(np.any(np.diff(firsts.take(order)) == 0)):  # one in 10^5 tables of ten million keys
        order = np.lexsort((seconds, firsts))
    firsts, seconds = firsts.take(order), seconds.take(order)
    if bool(np.any((np.diff(firsts) == 0) & (np.diff(seconds) == 0))):
        raise BugError("a key came twice, or two keys have one hash")
    steps = np.arange(count, dtype=np.int64)
    places = ((firsts >> np.uint64(32)) * np.uint64(wanted) >> np.uint64(32)).view(np.int64)
    places -= steps
    np.maximum.accumulate(places, out=places)
    places += steps
    slots = (
        max(wanted, int(places[-1]) + 1 if count else 0) + 1
    )  # the last one is empty, and ends every search
    prints = np.zeros(slots, np.uint64)
    tails, spread, decided = (np.zeros(slots, np.uint32) for _ in range(3))
    spread[:] = EMPTY
    prints[places], spread[places], decided[places] = seconds, marks[order], decisions[order]
    tails[places] = (firsts & np.uint64(0xFFFF_FFFF)).astype(np.uint32)
    sections: dict[str, bytes | memoryview] = {
        name: part.data.cast("B")
        for name, part in (("prints", prints), ("tails", tails), ("marks", spread), ("decisions", decided))
    }
    return sections, {"slots": slots, "spread": wanted}


def _filter(hashes: Halves) -> tuple[bytes, int]:
    """The bits, and how many of the upper bits of a hash name one."""
    log2 = min(32, max(SMALLEST_FILTER, (len(hashes) * FILTER_BITS_A_KEY - 1).bit_length()))
    places = np.sort(hashes >> np.uint32(32 - log2))
    size = min(1 << log2, _FILTER_AT_ONCE)
    bits = np.empty(1 << (log2 - 3), np.uint8)
    starts = np.arange(0, 1 << log2, size, dtype=np.uint32)
    bounds = [*np.searchsorted(places, starts).tolist(), len(places)]
    for start, (first, end) in zip(starts.tolist(), pairwise(bounds), strict=True):
        flags = np.zeros(size, np.bool_)
        flags[places[first:end] - np.uint32(start)] = True
        bits[start >> 3 : (start + size) >> 3] = np.packbits(flags, bitorder="little")
    return bits.tobytes(), log2


def write_snapshot(
    path: Path, builder: Builder, told: Mapping[str, Any], more: Mapping[str, bytes], seal: Seal | None
) -> str:
    """Write a snapshot whole or not at all; its digest. `told` stands in its header beside what the layout needs.

    Nobody may write to it. Without a seal nobody trusts it.

    Raises UnavailableError where the disk does not take it.
    """
    sections, figures = builder.sections(more)
    named = {"prefix": PREFIX, "digits": DIGITS, "countries": " ".join(sorted(COUNTRIES))}
    header, seal_bytes, digest = _header(sections, {**told, **figures, **named}, seal)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with new.open("xb") as file:
            file.write(MAGIC + len(header).to_bytes(4, "little") + len(seal_bytes).to_bytes(4, "little"))
            file.write(header)
            file.write(seal_bytes)
            for name in SECTIONS:
                file.write(bytes(aligned(file.tell()) - file.tell()))
                file.write(sections[name])
            file.flush()
            take_rights_to_write(file.fileno())
            os.fsync(file.fileno())
        new.replace(path)
        keep_names(path.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        message = say("the snapshot cannot be written: {reason}", reason=error.strerror or str(error))
        raise UnavailableError(
            message, hint=say("make room on the disk; the one before it stays in use")
        ) from error
    return digest


def _header(
    sections: Mapping[str, bytes | memoryview], told: Mapping[str, Any], seal: Seal | None
) -> tuple[bytes, bytes, str]:
    """The header, its seal, and its digest. It holds its own length: it is written until that is the right one."""
    digests = {name: f"sha256:{sha256(sections[name]).hexdigest()}" for name in SECTIONS}
    sealed, length = SEAL if seal is not None else 0, 0
    while True:
        placed: dict[str, Any] = {}
        at = FIXED + length + sealed
        for name in SECTIONS:
            placed[name] = [aligned(at), len(sections[name]), digests[name]]
            at = aligned(at) + len(sections[name])
        text = rfc8785.dumps({**told, "sections": placed, "size": at})
        if len(text) == length:
            digest = f"sha256:{sha256(text).hexdigest()}"
            return text, seal(digest) if seal is not None else b"", digest
        length = len(text)
