"""Every metric: its name, its labels, its meaning. The reference page of metrics is made from these.

Labels are templates of addresses, methods, codes and states: never an id, a name or a text. Not how they are read.
"""

import os
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

from adjudge.mount.watching.files import take_room

HAS_ROOM = take_room(os.getpid())
"""Taken before the first metric is made, at which the library opens its files. Without room it is to open none."""
if not HAS_ROOM:
    values.ValueClass = values.MutexValue

LOCAL = CollectorRegistry()
"""What this process measured; where there are several, their folder is read instead."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
LONG_SECONDS = (0.025, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)


@dataclass(frozen=True, slots=True)
class Meter:
    """A metric as the reference page has it."""

    name: str
    kind: str
    meaning: str
    labels: tuple[str, ...] = ()


METERS: list[Meter] = []


def _noted(name: str, kind: str, meaning: str, labels: tuple[str, ...]) -> str:
    METERS.append(Meter(name, kind, meaning, labels))
    return meaning


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(name, _noted(name, "counter", meaning, labels), labels, registry=LOCAL)


def _histogram(name: str, meaning: str, *labels: str) -> Histogram:
    told = _noted(name, "histogram", meaning, labels)
    return Histogram(name, told, labels, registry=LOCAL, buckets=SECONDS)


def _long_histogram(name: str, meaning: str, *labels: str) -> Histogram:
    """Of what takes minutes where there is much of it."""
    told = _noted(name, "histogram", meaning, labels)
    return Histogram(name, told, labels, registry=LOCAL, buckets=LONG_SECONDS)


def _sum(name: str, meaning: str, *labels: str) -> Gauge:
    """Over the processes that live."""
    told = _noted(name, "gauge", meaning, labels)
    return Gauge(name, told, labels, registry=LOCAL, multiprocess_mode="livesum")


def _newest(name: str, meaning: str, *labels: str) -> Gauge:
    """That of whichever process said it last."""
    told = _noted(name, "gauge", meaning, labels)
    return Gauge(name, told, labels, registry=LOCAL, multiprocess_mode="mostrecent")


def _asked(name: str, meaning: str, *labels: str) -> Meter:
    """What is not measured but counted in the records whenever somebody asks."""
    _noted(name, "gauge", meaning, labels)
    return METERS[-1]


# --- requests ---

REQUESTS = _counter(
    "adjudge_requests_total",
    "Requests that were answered, by the template of their address, their method and the status of the answer.",
    "route",
    "method",
    "status",
)
REQUEST_SECONDS = _histogram(
    "adjudge_request_seconds",
    "How long requests took until their answer began, by template and method.",
    "route",
    "method",
)
IN_FLIGHT = _sum("adjudge_requests_in_flight", "Requests under way, over all processes.")
PROBLEMS = _counter(
    "adjudge_problems_total",
    "Answers of the API that told of a problem, by its code (see the reference page of problems).",
    "code",
)

# --- what is done ---

ACTS = _counter(
    "adjudge_acts_total",
    "Acts that write an entry, by their name and how they ended: `done`, `refused` (a rule, a right or a conflict), "
    "`failed` (the machine, or a fault of ours).",
    "act",
    "end",
)
EVALUATION_SECONDS = _histogram(
    "adjudge_evaluation_seconds",
    "Evaluations of matters, and how long each took: settled, decided, held to the spec.",
)

# --- what is due ---

ROUNDS = _counter(
    "adjudge_sweeper_rounds_total", "Rounds of the sweeper, by how they ended: `done` or `failed`.", "end"
)
ROUND_AT = _newest(
    "adjudge_sweeper_round_timestamp_seconds", "When the sweeper last ended a round that did its work."
)
SIGNED_AT = _newest(
    "adjudge_log_signed_timestamp_seconds",
    "When the log was last signed, or found signed up to its end: the age of the last checkpoint is counted from it.",
)
SIGNED_SIZE = _newest("adjudge_log_signed_entries", "Entries that the last checkpoint of the log covers.")
AUDITED_AT = _newest("adjudge_audit_timestamp_seconds", "When all that is kept was last held to the log.")
FINDINGS = _newest("adjudge_audit_findings", "What did not fit then. Anything but 0 needs a person at once.")
OVERDUE = _newest(
    "adjudge_clocks_overdue",
    "Clocks whose time is over and whose thing was not done, by kind; looked at once a minute.",
    "kind",
)
NEXT_DUE = _newest(
    "adjudge_clocks_next_due_timestamp_seconds",
    "When the next clock that runs is due; 0 where none runs. Looked at once a minute.",
)
REVERSALS = _newest(
    "adjudge_appeals_ended",
    "Appeals that were decided or granted, by their outcome: `upheld`, `varied`, `reversed`. Looked at once a minute.",
    "outcome",
)
MEASURES = _newest(
    "adjudge_measures_in_force",
    "Measures that have effect, by kind: begun, neither over nor lifted, not at rest. Looked at once a minute.",
    "kind",
)

# --- what servers of ads are told ---

PUBLISHED_AT = _newest(
    "adjudge_serving_confirmed_timestamp_seconds",
    "When the folder for servers of ads was last confirmed: the age of what they ask is counted from it.",
)
BEHIND = _newest(
    "adjudge_serving_behind_entries",
    "Entries of the log that the folder does not take into account yet. Anything but 0 lasts a moment.",
)
KEYS = _newest(
    "adjudge_serving_keys",
    "Keys of the snapshot that is offered, by its kind: `base`, or `delta` for those looked at since.",
    "kind",
)
BUILDS = _counter(
    "adjudge_serving_builds_total",
    "Snapshots that were built, by kind (`base`, `delta`) and how that ended: `done` or `failed`.",
    "kind",
    "end",
)
BUILD_SECONDS = _long_histogram(
    "adjudge_serving_build_seconds",
    "How long building them took, by kind, until they were in the folder.",
    "kind",
)
NOT_PUBLISHED = _counter(
    "adjudge_serving_faults_total",
    "Looks at the log after which nothing could be published: the disk, the database, or a fault of ours.",
)

# --- the records, counted when somebody asks ---

ENTRIES = _asked("adjudge_log_entries", "Entries of the log.")
MATTERS = _asked("adjudge_matters", "Matters, by state; those not closed are open.", "state")
DECISIONS = _asked("adjudge_decisions", "Decisions, by state.", "state")
APPEALS = _asked("adjudge_appeals", "Appeals and requests for reasons, by kind and state.", "kind", "state")
CLOCKS = _asked("adjudge_clocks", "Clocks, by kind and state: those that run are open.", "kind", "state")
DISPUTES = _asked("adjudge_disputes", "Disputes before bodies of settlement, by state.", "state")
NOTICES = _asked("adjudge_notices", "Notices, by state: those owed are still to be made.", "state")
DELIVERIES = _asked("adjudge_deliveries", "Deliveries of notices, by channel and state.", "channel", "state")
