"""What entries tell of settlement out of court, and of procedures for misuse of appeals."""

from adjudge.institution.record.audit.hearing import extended, released
from adjudge.institution.record.audit.told import Told, items, text
from adjudge.ledger.entry import Entry
from adjudge.records.rows import DisputeState, MisuseState
from adjudge.records.shelf import DISPUTES, MISUSES


def referred(told: Told, entry: Entry) -> None:
    """A dispute before a body; its time is that of the clock which the entry starts."""
    fields: dict[str, object] = {
        "state": DisputeState.REFERRED.value,
        "decision": text(entry, "decision"),
        "appeal": text(entry, "appeal"),
        "advertiser": text(entry, "advertiser"),
        "referred_at": entry.at,
        "outcome": "",
        "recommended": "",
        "decided_at": None,
        "recorded_by": "",
        "documents": [],
        "ended_at": None,
        "result": "",
    }
    follows = entry.body.get("follows")
    for clock in items(follows.get("clocks")) if isinstance(follows, dict) else ():
        fields["due_at"] = clock.get("due_at")
    content = told.content(entry)
    if content is not None:
        fields |= {name: content.get(name) for name in ("body", "reference", "reason")}
    told.put(DISPUTES, entry.subject, entry, fields)


def outcome_recorded(told: Told, entry: Entry) -> None:
    """What the body found."""
    fields: dict[str, object] = {
        "state": DisputeState.DECIDED.value,
        "outcome": text(entry, "outcome"),
        "decided_at": entry.at,
        "recorded_by": text(entry, "by"),
        "documents": _named(entry),
    }
    content = told.content(entry)
    if content is not None:
        fields["recommended"] = content.get("recommended")
    told.put(DISPUTES, entry.subject, entry, fields)


def _named(entry: Entry) -> list[str]:
    """The documents that an entry names; none where that was before they were."""
    found = entry.body.get("documents")
    return [str(name) for name in found] if isinstance(found, list) else []


def carried_out(told: Told, entry: Entry) -> None:
    """An outcome carried out, by a decision."""
    _ended(told, entry, DisputeState.CARRIED_OUT)


def not_followed(told: Told, entry: Entry) -> None:
    """An outcome that is not followed, with reasons."""
    _ended(told, entry, DisputeState.NOT_FOLLOWED)


def ended(told: Told, entry: Entry) -> None:
    """A dispute that ended without an outcome."""
    _ended(told, entry, DisputeState.ENDED)


def _ended(told: Told, entry: Entry, state: DisputeState) -> None:
    fields: dict[str, object] = {
        "state": state.value,
        "ended_at": entry.at,
        "result": text(entry, "result"),
    }
    content = told.content(entry)
    if content is not None:
        fields["reason"] = content.get("reason")
    told.put(DISPUTES, entry.subject, entry, fields)


def clock_extended(told: Told, entry: Entry) -> None:
    """More time for a clock; where a body of settlement has it, the dispute says so too."""
    extended(told, entry)
    if text(entry, "clock") == "settle":
        told.put(DISPUTES, text(entry, "of"), entry, {"due_at": text(entry, "due_at")})


# --- misuse ---


def warned(told: Told, entry: Entry) -> None:
    """A warning, with what was weighed."""
    told.put(
        MISUSES,
        entry.subject,
        entry,
        {
            "state": MisuseState.WARNED.value,
            "advertiser": text(entry, "advertiser"),
            "author": told.person(entry),
            "warned_at": entry.at,
            "criteria": entry.body.get("criteria"),
            "reason": text(entry, "reason"),
            "suspended_at": None,
            "until": None,
            "confirmed_by": "",
            "ended_at": None,
        },
    )


def suspended(told: Told, entry: Entry) -> None:
    """A suspension until a day, by another person."""
    told.put(
        MISUSES,
        entry.subject,
        entry,
        {
            "state": MisuseState.SUSPENDED.value,
            "suspended_at": entry.at,
            "until": text(entry, "until"),
            "confirmed_by": told.person(entry),
            "reason": text(entry, "reason"),
        },
    )


def misuse_ended(told: Told, entry: Entry) -> None:
    """The end of a procedure; appeals that were held are handled from now on."""
    told.put(MISUSES, entry.subject, entry, {"state": MisuseState.ENDED.value, "ended_at": entry.at})
    names = entry.body.get("released")
    for appeal in names if isinstance(names, list) else ():
        released(told, entry, str(appeal))
