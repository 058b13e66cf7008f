"""What entries tell of hooks. How far a program has come, and whether it answers, is told by none."""

from adjudge.institution.record.audit.told import Told, text
from adjudge.ledger.entry import Entry
from adjudge.records.shelf import HOOKS


def settled(told: Told, entry: Entry) -> None:
    """A program that is told of what happens, or settled anew."""
    content = told.content(entry)
    if not told.has(HOOKS, entry.subject):
        told.put(HOOKS, entry.subject, entry, {"made_by": told.person(entry), "made_at": entry.at})
    fields: dict[str, object] = {
        "name": text(entry, "name"),
        "kinds": entry.body.get("kinds"),
        "ended_at": None,
    }
    if content is not None:
        fields["url"] = content.get("url")
    told.put(HOOKS, entry.subject, entry, {**fields, "gone": False})


def ended(told: Told, entry: Entry) -> None:
    """It is told of nothing more: by a person, or by the institution where nobody is there any more."""
    told.put(HOOKS, entry.subject, entry, {"ended_at": entry.at, "gone": "why" in entry.body})
