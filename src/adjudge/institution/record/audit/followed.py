"""What entries tell under `follows`: notices owed, clocks started and stopped, measures at rest, resumed and lifted."""

from collections.abc import Iterator

from adjudge.basis.digest import Json
from adjudge.institution.record.audit.told import Told, items
from adjudge.ledger.entry import Entry
from adjudge.records.rows import ClockState, NoticeState
from adjudge.records.shelf import CLOCKS, MEASURES, NOTICES

FOLLOWS = "follows"


def followed(told: Told, entry: Entry) -> None:
    """Take over what follows from an entry. Whoever lets measures rest by another cause ends the first rest before."""
    follows = entry.body.get(FOLLOWS)
    if not isinstance(follows, dict):
        return
    for form in items(follows.get("notices")):
        _owed(told, entry, form)
    for form in items(follows.get("clocks")):
        _started(told, entry, form)
    for clock in _names(follows.get("stopped")):
        told.put(CLOCKS, clock, entry, {"state": ClockState.STOPPED.value, "ended_at": entry.at})
    for measure in _names(follows.get("resumed")):
        _resumed(told, entry, measure)
    for form in items(follows.get("paused")):
        _paused(told, entry, str(form.get("id")), str(form.get("by")))
    for measure in _names(follows.get("lifted")):
        _resumed(told, entry, measure)
        told.put(MEASURES, measure, entry, {"lifted_at": entry.at})


def _names(value: Json) -> Iterator[str]:
    return (item for item in value if isinstance(item, str)) if isinstance(value, list) else iter(())


def _owed(told: Told, entry: Entry, form: dict[str, Json]) -> None:
    names = ("purpose", "advertiser", "about", "of", "facts", "replaces")
    fields: dict[str, object] = {name: form.get(name) for name in names}
    state: dict[str, object] = {
        "state": NoticeState.OWED.value,
        "owed_at": entry.at,
        "made_at": None,
        "opened_at": None,
        "forms": {},
    }
    sealed = list(_names(form.get("sealed")))
    if sealed:
        words, facts = told.content(entry), fields.pop("facts")
        if words is not None and isinstance(facts, dict):
            fields["facts"] = {**facts, **{name: words.get(name) for name in sealed}}
    told.put(NOTICES, str(form.get("id")), entry, {**fields, **state})


def _started(told: Told, entry: Entry, form: dict[str, Json]) -> None:
    names = (
        "kind",
        "of",
        "decision",
        "advertiser",
        "started_at",
        "unit",
        "consequence",
        "due_at",
        "latest_at",
    )
    fields: dict[str, object] = {name: form.get(name) for name in names}
    state: dict[str, object] = {"state": ClockState.RUNNING.value, "ended_at": None, "extensions": []}
    told.lists.pop(str(form.get("id")), None)
    count = str(form.get("count"))
    told.put(
        CLOCKS, str(form.get("id")), entry, {**fields, **state, "count": int(count) if count.isdigit() else 0}
    )


# --- measures at rest ---


def _paused(told: Told, entry: Entry, measure: str, by: str) -> None:
    pauses = _pauses(told, measure)
    pauses.append({"start": str(entry.at), "end": None, "by": by})
    told.put(MEASURES, measure, entry, {"pauses": pauses})


def _resumed(told: Told, entry: Entry, measure: str) -> None:
    """The rest that has no end yet ends; of a measure that does not rest nothing is told."""
    pauses = _pauses(told, measure)
    ended = [{**item, "end": item["end"] or str(entry.at)} for item in items(pauses)]
    if ended != pauses:
        pauses[:] = ended
        told.put(MEASURES, measure, entry, {"pauses": pauses})


def _pauses(told: Told, measure: str) -> list[Json]:
    return told.lists.setdefault(f"pauses {measure}", [])
