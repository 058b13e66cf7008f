"""What is counted, in memory that all processes of a sidecar share: each writes to a row of its own, anybody reads all.

A row outlives its process: the one that is started in its place counts on.
"""

import mmap
import os
import tempfile
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.enforcement.measure import SEVERITY, STOPPING
from adjudge.serve.answer import NO_SNAPSHOT, STALE, UNKNOWN_LANDING, UNKNOWN_SURFACE, Answer

OTHER = "other"
ALLOWED_BY = (
    "nothing",
    *(kind for kind in SEVERITY if kind not in STOPPING),
    NO_SNAPSHOT,
    OTHER,
)
DENIED_BY = (
    *STOPPING,
    *(answer.reason_code for answer in (UNKNOWN_LANDING, UNKNOWN_SURFACE, STALE)),
    NO_SNAPSHOT,
    OTHER,
)
ROUTES = ("check", "snapshot", "health", "ready", "metrics", OTHER)
STATUSES = (200, 400, 404, 405, 408, 413, 431, 500, 503)
ALARMS = ("damaged", "untrusted", "older", "missing", "unreadable", "fault", OTHER)
"""Why news in the folder was refused."""
COPIES = ("copied", "away", "refused", "damaged", "untrusted", "older", "unwritable", OTHER)
"""What became of looks at an address: something new, or why not."""
BUCKETS = (25, 50, 100, 250, 1_000, 10_000, 100_000)
"""Upper bounds of the histogram, in microseconds."""
CELLS: tuple[tuple[str, ...], ...] = (
    *(("answers", "allow", by) for by in ALLOWED_BY),
    *(("answers", "deny", by) for by in DENIED_BY),
    *(("requests", route, str(status)) for route in ROUTES for status in STATUSES),
    *(("seconds", str(bound)) for bound in BUCKETS),
    ("seconds", "sum"),
    ("seconds", "count"),
    *(("alarms", kind) for kind in ALARMS),
    *(("copies", kind) for kind in COPIES),
    ("connections",),
    ("turned-away",),
    ("swaps",),
    ("log-size",),
    ("alive",),
    ("stopping",),
)
PLACE = {cell: place for place, cell in enumerate(CELLS)}
_WIDTH = 8
_ANSWERS: dict[tuple[bool, str], int] = {}


@dataclass(frozen=True, slots=True)
class Board:
    """The rows: one for each worker, and the last one for whoever started them."""

    file: int
    rows: int
    shared: mmap.mmap

    def row(self, number: int) -> "memoryview[int]":
        """A row, to be written to by one process."""
        whole = memoryview(self.shared).cast("Q")
        return whole[number * len(CELLS) : (number + 1) * len(CELLS)]

    def total(self, *cell: str) -> int:
        """What all rows say of a cell together."""
        return sum(self.each(*cell))

    def each(self, *cell: str) -> list[int]:
        """What each row says of a cell."""
        whole, place = memoryview(self.shared).cast("Q"), PLACE[cell]
        return [whole[number * len(CELLS) + place] for number in range(self.rows)]


class Tally:
    """A row as its process counts in it: in a list, which is quicker, and written to the board from time to time."""

    __slots__ = ("_row", "counts")

    def __init__(self, row: "memoryview[int]") -> None:
        """Count on from what the row says."""
        self._row = row
        self.counts: list[int] = row.tolist()

    def flush(self) -> None:
        """Let all others see it."""
        self._row[:] = memoryview(array("Q", self.counts))


def new_board(rows: int) -> Board:
    """A board of zeroes, whose file children inherit."""
    with tempfile.TemporaryFile(prefix="adjudge-serve-") as file:
        file.truncate(rows * len(CELLS) * _WIDTH)
        return board_of(os.dup(file.fileno()), rows)


def board_of(file: int, rows: int) -> Board:
    """The board of a file that is open."""
    return Board(file, rows, mmap.mmap(file, rows * len(CELLS) * _WIDTH))


def place_of(answer: Answer) -> int:
    """The cell in which an answer is counted."""
    by = answer.kind or answer.reason_code
    return _ANSWERS.get((answer.allow, by)) or _placed(answer.allow, by)


def _placed(allow: bool, by: str) -> int:  # noqa: FBT001 - as an answer has it
    known: Iterable[str] = ALLOWED_BY if allow else DENIED_BY
    told = (by if by in known else OTHER) if by else "nothing" if allow else OTHER
    place = PLACE["answers", "allow" if allow else "deny", told]
    if told != OTHER:
        _ANSWERS[allow, by] = place
    return place
