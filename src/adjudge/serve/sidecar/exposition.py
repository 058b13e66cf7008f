"""What was counted, as Prometheus reads it (text format 0.0.4): of all processes, and how old what is asked is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adjudge.serve.follow import State
from adjudge.serve.sidecar.board import BUCKETS, CELLS, Board

_SECOND, _MILLISECOND, _MICROSECOND = 1_000_000_000, 1_000, 1_000_000
_PREFIX = "adjudge_serve_"


@dataclass(frozen=True, slots=True)
class Meter:
    """A metric: its name, its kind, what it means, and the names of its labels."""

    name: str
    kind: str
    meaning: str
    labels: tuple[str, ...] = ()


ANSWERS = Meter(
    "answers_total",
    "counter",
    "Questions that were answered, by the answer and what it rests on.",
    ("answer", "by"),
)
REQUESTS = Meter(
    "requests_total",
    "counter",
    "Requests, by what was asked for and the status of the answer.",
    ("route", "status"),
)
SECONDS = Meter(
    "check_seconds",
    "histogram",
    "How long requests for checks took, from the whole request to the whole answer.",
)
ALARMS = Meter(
    "alarms_total",
    "counter",
    "News in the folder that was refused, by why; every process looks for itself.",
    ("kind",),
)
COPIES = Meter(
    "copies_total", "counter", "Looks at the address that brought something new, or failed, by how.", ("end",)
)
SWAPS = Meter("swaps_total", "counter", "Snapshots that were taken, by process.", ("worker",))
SIZE = Meter(
    "log_size",
    "gauge",
    "Entries of the log that the snapshot tells of, by process; 0 without one.",
    ("worker",),
)
CONNECTIONS = Meter("connections", "gauge", "Connections that are open, over all processes.")
TURNED_AWAY = Meter(
    "connections_turned_away_total",
    "counter",
    "Connections for which there was no room, or for which another was let go of.",
)
AGE = Meter(
    "snapshot_age_seconds", "gauge", "Since when the snapshot was not confirmed; not there without one."
)
STALE = Meter(
    "snapshot_stale", "gauge", "1 where the snapshot was not confirmed for too long, or there is none."
)
METERS = (ANSWERS, REQUESTS, SECONDS, ALARMS, COPIES, SWAPS, SIZE, CONNECTIONS, TURNED_AWAY, AGE, STALE)
_COUNTED = {"answers": ANSWERS, "requests": REQUESTS, "alarms": ALARMS, "copies": COPIES}


def exposition(board: Board, state: State) -> bytes:
    """All of it, as text."""
    lines: list[str] = []
    for cell, meter in _COUNTED.items():
        lines += _family(meter, ((place[1:], board.total(*place)) for place in CELLS if place[0] == cell))
    lines += _histogram(board)
    workers = board.rows - 1
    for name, meter in (("swaps", SWAPS), ("log-size", SIZE)):
        each = board.each(name)[:workers]
        lines += _family(meter, (((str(number),), value) for number, value in enumerate(each)))
    lines += _family(CONNECTIONS, [((), board.total("connections"))])
    lines += _family(TURNED_AWAY, [((), board.total("turned-away"))])
    if state.age is not None:
        lines += _family(AGE, [((), f"{state.age // _MILLISECOND}.{state.age % _MILLISECOND:03d}")])
    lines += _family(STALE, [((), int(state.stale))])
    return "".join(f"{line}\n" for line in lines).encode()


def _family(
    meter: Meter, values: "Iterator[tuple[Sequence[str], object]] | Sequence[tuple[Sequence[str], object]]"
) -> list[str]:
    name = _PREFIX + meter.name
    lines = _head(meter)
    for labels, value in values:
        told = ",".join(f'{label}="{text}"' for label, text in zip(meter.labels, labels, strict=True))
        lines.append(f"{name}{{{told}}} {value}" if told else f"{name} {value}")
    return lines


def _head(meter: Meter) -> list[str]:
    name = _PREFIX + meter.name
    return [f"# HELP {name} {meter.meaning}", f"# TYPE {name} {meter.kind}"]


def _histogram(board: Board) -> list[str]:
    name, lines, below = _PREFIX + SECONDS.name, _head(SECONDS), 0
    for bound in BUCKETS:
        below += board.total("seconds", str(bound))
        lines.append(f'{name}_bucket{{le="{bound / _MICROSECOND:g}"}} {below}')
    count, total = board.total("seconds", "count"), board.total("seconds", "sum")
    lines.append(f'{name}_bucket{{le="+Inf"}} {count}')
    lines.append(f"{name}_sum {total // _SECOND}.{total % _SECOND:09d}")
    lines.append(f"{name}_count {count}")
    return lines
