"""What entries tell of appeals and requests for reasons, what is said in them, and the clocks that run for them."""

from adjudge.basis.digest import Json
from adjudge.institution.record.audit.told import Told, items, text
from adjudge.ledger.entry import Entry
from adjudge.records.rows import AppealState, ClockState, DecisionState, ProcedureRow
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MESSAGES, PROCEDURES

_NUMBERS = ("advance_days", "reminder_days")
PLATFORM = "platform"


def procedure_settled(told: Told, entry: Entry) -> None:
    """Calendar, clocks, relief, notice in advance and misuse."""
    names = ("country", "zone", "closed", "clocks", "relief", "mediators", "misuse")
    fields: dict[str, object] = {name: entry.body.get(name) for name in names}
    numbers = {name: int(text(entry, name)) for name in _NUMBERS}
    fields["retention"] = (
        entry.body.get("retention") or {}
    )  # before there were rules of it, everything was kept
    fields["link_days"] = int(text(entry, "link_days") or ProcedureRow().link_days)
    fields["public"] = entry.body.get("public") or {}
    told.put(PROCEDURES, entry.subject, entry, {**fields, **numbers, **_served(entry)})


def _served(entry: Entry) -> dict[str, object]:
    """What is declared for servers of ads; what held by itself before it could be."""
    changed = text(entry, "changed") or ProcedureRow().changed
    if "stale_after" not in entry.body:
        names = ("surfaces", "when_stale", "stale_after", "unknown_landing")
        return {"changed": changed, **{name: getattr(ProcedureRow(), name) for name in names}}
    return {
        "changed": changed,
        "surfaces": entry.body.get("surfaces"),
        "when_stale": entry.body.get("when_stale"),
        "stale_after": int(text(entry, "stale_after")),
        "unknown_landing": text(entry, "unknown_landing"),
    }


# --- appeals ---


def filed(told: Told, entry: Entry) -> None:
    """An appeal as it came in."""
    names = ("decision", "matter", "advertiser", "kind", "appellant", "language", "documents", "rests")
    fields: dict[str, object] = {
        **{name: entry.body.get(name) for name in names},
        "state": AppealState.FILED.value,
        "filed_by": told.person(entry),
        "filed_at": entry.at,
        "assignee": "",
        "acknowledged_at": None,
        "ended_at": None,
        "outcome": "",
        "result": "",
        "answer": "",
        "held_until": text(entry, "held_until") or None,
        "unfounded": False,
        "part": entry.private[0] if entry.private else "",
        "seen": 0,
    }
    points = _points(told, entry)
    told.put(APPEALS, entry.subject, entry, fields if points is None else {**fields, "points": points})


def _points(told: Told, entry: Entry) -> list[Json] | None:
    """The points of an appeal in order; None where its words are gone. `p10` comes after `p9`."""
    content = told.content(entry)
    words = content.get("points") if content is not None else None
    if not isinstance(words, dict):
        return None
    found = told.lists.setdefault(f"points {entry.subject}", [])
    found += [
        {"id": name, "text": words[name], "answer": ""}
        for name in sorted(words, key=lambda name: (len(name), name))
    ]
    return found


def acknowledged(told: Told, entry: Entry) -> None:
    """A person has read it, and wrote what happens next."""
    state = AppealState.ACKNOWLEDGED.value
    _moved(told, entry, {"state": state, "acknowledged_at": entry.at})
    _message(told, entry, PLATFORM, [])


def assigned(told: Told, entry: Entry) -> None:
    """An appeal has somebody to decide it."""
    _moved(told, entry, {"assignee": text(entry, "assignee")})


def answered(told: Told, entry: Entry) -> None:
    """A request for reasons is answered."""
    fields = {"state": AppealState.ANSWERED.value, "result": text(entry, "result"), "rests": []}
    content = told.content(entry)
    answer = {"answer": content.get("answer")} if content is not None else {}
    _moved(told, entry, {**fields, **answer, "ended_at": entry.at})


def withdrawn(told: Told, entry: Entry) -> None:
    """By whoever filed it."""
    _moved(told, entry, {"state": AppealState.WITHDRAWN.value, "ended_at": entry.at, "rests": []})


def decided(told: Told, entry: Entry) -> None:
    """An appeal is decided, by the decision that was issued just before."""
    fields: dict[str, object] = {
        "state": AppealState.DECIDED.value,
        "ended_at": entry.at,
        "outcome": text(entry, "outcome"),
        "result": text(entry, "result"),
        "unfounded": entry.body.get("unfounded") is True,
    }
    content = told.content(entry)
    points = told.lists.get(f"points {entry.subject}")
    if content is not None:
        answers = content.get("answers")
        if points is not None and isinstance(answers, dict):
            points[:] = [
                {**item, "answer": answers.get(str(item["id"]), "")}
                for item in points
                if isinstance(item, dict)
            ]
            fields["points"] = points
    else:
        told.forget(APPEALS, entry.subject, "points")
    _moved(told, entry, fields)


def granted(told: Told, entry: Entry) -> None:
    """An appeal has succeeded since a clock ran out: the decision in force lapses, if nothing is left of it."""
    state, outcome = AppealState.GRANTED.value, text(entry, "outcome")
    _moved(told, entry, {"state": state, "ended_at": entry.at, "outcome": outcome, "rests": []})
    # Before a decision that had taken the place of another one could lapse, it was always the one appealed.
    lapsed = text(entry, "lapsed" if "lapsed" in entry.body else "decision")
    if lapsed:
        told.lapsed.add(lapsed)
        told.put(DECISIONS, lapsed, entry, {"state": DecisionState.LAPSED.value})


def rested(told: Told, entry: Entry) -> None:
    """Measures rest, or have effect again, by a person's word in an appeal; elsewhere what follows tells all of it."""
    if told.has(APPEALS, entry.subject):
        _moved(told, entry, {"rests": entry.body.get("rests")})


def released(told: Told, entry: Entry, appeal: str) -> None:
    """An appeal that was held is handled from now on."""
    told.put(APPEALS, appeal, entry, {"held_until": entry.at, "seen": _seen(told, appeal)})


def _moved(told: Told, entry: Entry, fields: dict[str, object]) -> None:
    told.put(APPEALS, entry.subject, entry, {**fields, "seen": _seen(told, entry.subject)})


def _seen(told: Told, appeal: str) -> int:
    told.seen[appeal] = told.seen.get(appeal, 0) + 1
    return told.seen[appeal]


# --- what is said ---


def written(told: Told, entry: Entry) -> None:
    """A message, by either side."""
    _moved(told, entry, {})
    _message(told, entry, text(entry, "side"), entry.body.get("documents"))


def _message(told: Told, entry: Entry, side: str, documents: Json) -> None:
    fields: dict[str, object] = {
        "appeal": entry.subject,
        "advertiser": text(entry, "advertiser"),
        "side": side,
        "author": told.person(entry),
        "at": entry.at,
        "documents": documents,
        "part": entry.private[0] if entry.private else "",
    }
    for digest in entry.private[:1]:
        told.sealed[digest] = (MESSAGES.name, text(entry, "message"))
    content = told.content(entry)
    words = {"text": content.get("text")} if content is not None else {}
    told.put(MESSAGES, text(entry, "message"), entry, {**fields, **words})


# --- clocks ---


def ran_out(told: Told, entry: Entry) -> None:
    """A clock's time is over; what came of it stands under `follows`, and in the entry that grants an appeal."""
    told.put(CLOCKS, entry.subject, entry, {"state": ClockState.RAN_OUT.value, "ended_at": entry.at})


def extended(told: Told, entry: Entry) -> None:
    """More time for a clock."""
    extensions = told.lists.setdefault(entry.subject, [])
    due_at = text(entry, "due_at")
    words = told.content(entry) if entry.private else dict(entry.body)
    reason = words.get("reason") if words is not None else None
    extensions.append({"due_at": due_at, "at": str(entry.at), "by": told.person(entry), "reason": reason})
    told.put(CLOCKS, entry.subject, entry, {"due_at": due_at, "extensions": extensions})
    if None in (item["reason"] for item in items(extensions)):  # a part is gone, and with it what it told
        told.forget(CLOCKS, entry.subject, "extensions")
