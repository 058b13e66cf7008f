"""What entries tell of how appeals are heard: appeals, messages, clocks, disputes, misuse, and how that is settled."""

from adjudge.institution.record.audit.told import Told, text
from adjudge.ledger.entry import Entry
from adjudge.records.rows import AppealState, ClockState, DecisionState
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, PROCEDURES

_NUMBERS = ("advance_days", "reminder_days")


def procedure_settled(told: Told, entry: Entry) -> None:
    """Calendar, clocks, relief, notice in advance and misuse."""
    names = ("country", "zone", "closed", "clocks", "relief", "mediators", "misuse")
    fields: dict[str, object] = {name: entry.body.get(name) for name in names}
    told.put(
        PROCEDURES, entry.subject, entry, {**fields, **{name: int(text(entry, name)) for name in _NUMBERS}}
    )


# --- clocks ---


def ran_out(told: Told, entry: Entry) -> None:
    """A clock's time is over; what came of it stands under `follows`, and in the entry that grants an appeal."""
    told.put(CLOCKS, entry.subject, entry, {"state": ClockState.RAN_OUT.value, "ended_at": entry.at})


def extended(told: Told, entry: Entry) -> None:
    """More time for a clock."""
    extensions = told.lists.setdefault(entry.subject, [])
    due_at = text(entry, "due_at")
    by, reason = told.person(entry), text(entry, "reason")
    extensions.append({"due_at": due_at, "at": str(entry.at), "by": by, "reason": reason})
    told.put(CLOCKS, entry.subject, entry, {"due_at": due_at, "extensions": extensions})


def granted(told: Told, entry: Entry) -> None:
    """An appeal has succeeded since a clock ran out: the decision lapses."""
    seen = told.seen[entry.subject] = told.seen.get(entry.subject, 0) + 1
    told.put(
        APPEALS,
        entry.subject,
        entry,
        {
            "state": AppealState.GRANTED.value,
            "ended_at": entry.at,
            "outcome": text(entry, "outcome"),
            "seen": seen,
        },
    )
    told.put(DECISIONS, text(entry, "decision"), entry, {"state": DecisionState.LAPSED.value})
