"""A snapshot built from keys and their measures: the same keys, measures and settings give the same bytes.

Slots are filled in the order of the hashes, each at the place to which its hash leads or the next free one behind it
(linear probing over sorted keys), so that it does not matter in which order keys came. Memory: some 60 bytes a key.
"""

import os
import secrets
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rfc8785

from adjudge.basis.said import say
from adjudge.enforcement.interned import DIGITS, MOST, PREFIX, Interned
from adjudge.enforcement.key import filter_of, hash_of
from adjudge.enforcement.layout import EMPTY, FIXED, MAGIC, SECTIONS, aligned
from adjudge.enforcement.measure import Served, in_order
from adjudge.errors import BugError, UnavailableError

LOAD = (3, 4)
"""Of four slots three are taken: fuller ones would be smaller, and asked longer."""
FILTER_BITS_A_KEY = 16
"""At least so many: of keys that are not in the table, one in sixteen or fewer is searched for all the same."""
SMALLEST_FILTER = 10
Words = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.uint32]
Seal = Callable[[str], bytes]
"""Signs the digest of the header; empty bytes where nobody signs."""


@dataclass(slots=True)
class Builder:
    """Keys as they come, and what they share. Each key comes once."""

    shared: Interned = field(default_factory=Interned)
    _firsts: "array[int]" = field(default_factory=lambda: array("Q"))
    _seconds: "array[int]" = field(default_factory=lambda: array("Q"))
    _filters: "array[int]" = field(default_factory=lambda: array("I"))
    _marks: "array[int]" = field(default_factory=lambda: array("I"))
    _decisions: "array[int]" = field(default_factory=lambda: array("I"))

    def add(self, key: str, measures: Sequence[Served]) -> None:
        """A key with its measures. Without any, it stands for itself: what an earlier snapshot had of it is over."""
        mark, decision = self.shared.marked(in_order(measures))
        self.add_marked(key.encode(), mark, decision)

    def add_marked(self, key: bytes, mark: int, decision: int) -> None:
        """A key with what was told already."""
        first, second = hash_of(key)
        self._firsts.append(first)
        self._seconds.append(second)
        self._filters.append(filter_of(key))
        self._marks.append(mark)
        self._decisions.append(decision)

    def sections(self, more: Mapping[str, bytes]) -> tuple[dict[str, bytes | memoryview], dict[str, int]]:
        """All sections, and the figures by which they are read."""
        count = len(self._firsts)
        if count >= MOST or len(self.shared.patterns) >= MOST or len(self.shared.lists) >= MOST:
            raise BugError("the table is too large for its numbers")
        table, figures = _table(
            np.frombuffer(self._firsts, np.uint64),
            np.frombuffer(self._seconds, np.uint64),
            np.frombuffer(self._marks, np.uint32),
            np.frombuffer(self._decisions, np.uint32),
        )
        bits, log2 = _filter(np.frombuffer(self._filters, np.uint32))
        found: dict[str, bytes | memoryview] = {**table, "filter": bits, **self.shared.sections(), **more}
        return found, {**figures, "keys": count, "filter_bits": log2}


def _table(
    firsts: Words, seconds: Words, marks: Halves, decisions: Halves
) -> tuple[dict[str, bytes | memoryview], dict[str, int]]:
    """The slots. Raises BugError where a key came twice."""
    count = len(firsts)
    wanted = max(8, count * LOAD[1] // LOAD[0] + 1)
    order = np.lexsort((seconds, firsts))
    firsts, seconds = firsts[order], seconds[order]
    if count > 1 and bool(np.any((firsts[1:] == firsts[:-1]) & (seconds[1:] == seconds[:-1]))):
        raise BugError("a key came twice, or two keys have one hash")
    ideal = ((firsts >> np.uint64(32)) * np.uint64(wanted) >> np.uint64(32)).astype(np.int64)
    steps = np.arange(count, dtype=np.int64)
    places = np.maximum.accumulate(ideal - steps) + steps
    slots = (
        max(wanted, int(places[-1]) + 1 if count else 0) + 1
    )  # the last one is empty, and ends every search
    prints = np.zeros(slots, np.uint64)
    tails, spread, decided = (np.zeros(slots, np.uint32) for _ in range(3))
    spread[:] = EMPTY
    prints[places], spread[places], decided[places] = seconds, marks[order], decisions[order]
    tails[places] = (firsts & np.uint64(0xFFFF_FFFF)).astype(np.uint32)
    sections: dict[str, bytes | memoryview] = {
        "prints": prints.tobytes(),
        "tails": tails.tobytes(),
        "marks": spread.tobytes(),
        "decisions": decided.tobytes(),
    }
    return sections, {"slots": slots, "spread": wanted}


def _filter(hashes: Halves) -> tuple[bytes, int]:
    """The bits, and how many of the upper bits of a hash name one."""
    log2 = min(32, max(SMALLEST_FILTER, (len(hashes) * FILTER_BITS_A_KEY - 1).bit_length()))
    places = np.unique(hashes >> np.uint32(32 - log2))
    bits = np.zeros(1 << (log2 - 3), np.uint8)
    np.bitwise_or.at(bits, places >> np.uint32(3), np.left_shift(1, places & np.uint32(7)).astype(np.uint8))
    return bits.tobytes(), log2


def write_snapshot(
    path: Path, builder: Builder, told: Mapping[str, Any], more: Mapping[str, bytes], seal: Seal
) -> str:
    """Write a snapshot whole or not at all; its digest. `told` stands in its header beside what the layout needs.

    Raises UnavailableError where the disk does not take it.
    """
    sections, figures = builder.sections(more)
    header, seal_bytes, digest = _header(
        sections, {**told, **figures, "prefix": PREFIX, "digits": DIGITS}, seal
    )
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
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        message = say("the snapshot cannot be written: {reason}", reason=error.strerror or str(error))
        raise UnavailableError(
            message, hint=say("make room on the disk; the one before it stays in use")
        ) from error
    return digest


def _header(
    sections: Mapping[str, bytes | memoryview], told: Mapping[str, Any], seal: Seal
) -> tuple[bytes, bytes, str]:
    """The header, its seal, and its digest. It holds its own length: it is written until that is the right one."""
    digests = {name: f"sha256:{sha256(sections[name]).hexdigest()}" for name in SECTIONS}
    sealed = len(seal(""))
    length = 0
    while True:
        placed: dict[str, Any] = {}
        at = FIXED + length + sealed
        for name in SECTIONS:
            placed[name] = [aligned(at), len(sections[name]), digests[name]]
            at = aligned(at) + len(sections[name])
        text = rfc8785.dumps({**told, "sections": placed, "size": at})
        if len(text) == length:
            digest = f"sha256:{sha256(text).hexdigest()}"
            return text, seal(digest), digest
        length = len(text)
