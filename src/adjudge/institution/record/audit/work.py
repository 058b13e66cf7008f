"""What entries tell of matters, of decisions from proposal to issue, and of the measures in force by them."""

from collections.abc import Mapping

from adjudge.basis.digest import Json, digest_of
from adjudge.basis.said import say
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.audit.followed import FOLLOWS
from adjudge.institution.record.audit.told import Told, items, text
from adjudge.ledger.entry import Entry
from adjudge.records.rows import DecisionState, MatterState
from adjudge.records.shelf import DECISIONS, MATTERS, MEASURES, SUBJECTS

ISSUED = frozenset({"decision:issued", "decision:automated"})

_FELL = "ground"
_NOTE = 2
"""The place of the part that holds the reason of a proposal."""


def opened(told: Told, entry: Entry) -> None:
    """A matter comes into being."""
    names = ("advertiser", "policy", "territory", "source", "detection", "notified", "reason")
    fields = {name: entry.body.get(name) for name in names}
    state = {"state": MatterState.OPEN.value, "opened_at": entry.at, "assignee": "", "seen": 0}
    told.put(MATTERS, entry.subject, entry, {**fields, **state})


def assigned(told: Told, entry: Entry) -> None:
    """A matter has somebody to look after it."""
    _moved(told, entry, {"assignee": text(entry, "assignee")})


def closed(told: Told, entry: Entry) -> None:
    """Nothing is left to decide."""
    _moved(told, entry, {"state": MatterState.CLOSED.value, "reason": text(entry, "reason")})


def reopened(told: Told, entry: Entry) -> None:
    """By somebody with reasons, or by the institution since a ground fell away."""
    reason, lost = text(entry, "reason"), entry.body.get("fell_away")
    if reason == _FELL and isinstance(lost, list):  # the first words for it, of which the row had more
        reason = f"{text(entry, 'decision')}: {', '.join(map(str, lost))}"
    _moved(told, entry, {"state": MatterState.REOPENED.value, "reason": reason})


def _moved(told: Told, entry: Entry, fields: dict[str, object]) -> None:
    seen = told.seen[entry.subject] = told.seen.get(entry.subject, 0) + 1
    told.put(MATTERS, entry.subject, entry, {**fields, "seen": seen})


# --- decisions ---


def proposed(told: Told, entry: Entry) -> None:
    """A proposal with the digest that signatures are bound to."""
    fields: dict[str, object] = {
        **_names(entry),
        "state": DecisionState.PROPOSED.value,
        "author": told.person(entry),
        "proposed_at": entry.at,
        "digest": text(entry, "digest"),
        "outcome": {"outcome": entry.body.get("outcome")},
        "signatures": [],
        "issued_at": None,
        "automated": False,
        "statement": {},
    }
    content = told.content(entry)
    if content is not None:
        fields |= {"proposal": content, "appeal": content.get("appeal") or ""}
    told.put(DECISIONS, entry.subject, entry, fields)


def _names(entry: Entry) -> dict[str, object]:
    return {name: text(entry, name) for name in ("matter", "subject", "advertiser")}


def signed(told: Told, entry: Entry) -> None:
    """One more signature, or the confirmation of a second person."""
    signatures = told.lists.setdefault(entry.subject, [])
    signature: dict[str, Json] = {
        "role": text(entry, "role"),
        "person": told.person(entry),
        "at": str(entry.at),
        "reason": text(entry, "reason"),
    }
    signatures.append(signature)
    told.put(DECISIONS, entry.subject, entry, {"signatures": signatures})


def returned(told: Told, entry: Entry) -> None:
    """A proposal given back."""
    fields = {"state": DecisionState.RETURNED.value, "reason": text(entry, "reason")}
    told.put(DECISIONS, entry.subject, entry, fields)


def issued(told: Told, entry: Entry) -> None:
    """A decision issued by people."""
    _issued(told, entry)


def automated(told: Told, entry: Entry) -> None:
    """A decision issued by automation, which is its proposal too."""
    fields = {"author": told.person(entry), "proposed_at": entry.at, "signatures": []}
    told.put(DECISIONS, entry.subject, entry, fields)
    _issued(told, entry)


def _issued(told: Told, entry: Entry) -> None:
    body, reasons = entry.body, items(entry.body.get("reasons"))
    fields: dict[str, object] = {
        **_names(entry),
        "state": DecisionState.ISSUED.value,
        "package": text(entry, "package"),
        "digest": text(entry, "proposal"),
        "outcome": {"outcome": body.get("outcome")},
        "valid_at": text(entry, "valid_at"),
        "known_at": text(entry, "known_at"),
        "issued_at": entry.at,
        "automated": body.get("automated"),
        **_heard(told, entry),
        "grounds": _once(reasons, "claims"),
        "contrary": _once(reasons, "contrary"),
        "rules": [reason.get("rule") for reason in reasons],
        "supersedes": text(entry, "supersedes"),
        "entry": entry.seq,
        "bound_to": text(entry, "bound_to"),
    }
    _approve(told, entry)
    content, others = told.content(entry), told.content(entry, 1)
    if content is not None:
        fields |= {
            "statement": content.get("statement"),
            "notice": {"yaml": content.get("notice")},
            **_proposal(told, entry, content.get("proposal")),
        }
        answer = content.get("answer")
        if isinstance(answer, dict) and others is not None:
            fields["answer"] = {**answer, **others}
    told.put(DECISIONS, entry.subject, entry, fields)
    _supersede(told, entry, text(entry, "supersedes"))
    _measures(told, entry)


def _approve(told: Told, entry: Entry) -> None:
    """Which decisions approve the subject now: the one before it no longer, this one where it puts no measure on it."""
    subject, before, bound_to = (text(entry, name) for name in ("subject", "supersedes", "bound_to"))
    approvals = told.lists.setdefault(f"approvals {subject}", [])
    others = [item for item in approvals if isinstance(item, dict) and item["decision"] != before]
    new = {"decision": entry.subject, "version": bound_to, "territory": text(entry, "territory")}
    if bound_to or len(others) < len(approvals):
        approvals[:] = [*others, *([dict[str, Json](new)] if bound_to else [])]
        told.put(SUBJECTS, subject, entry, {"approvals": approvals})


def _proposal(told: Told, entry: Entry, told_openly: Json) -> dict[str, object]:
    """The proposal, its reason from a part of its own; older entries have all of it in the first one."""
    if len(entry.private) <= _NOTE:
        return {"proposal": told_openly}
    note = told.content(entry, _NOTE)
    return {"proposal": {**told_openly, **note}} if note is not None and isinstance(told_openly, dict) else {}


def _heard(told: Told, entry: Entry) -> dict[str, object]:
    """The appeal that it decides, and who issued it. Entries of before this was noted do not speak of appeals."""
    if "appeal" not in entry.body:
        return {}
    by_people = entry.body.get("automated") is not True
    return {"appeal": text(entry, "appeal"), "issued_by": told.person(entry) if by_people else ""}


def _once(reasons: list[dict[str, Json]], key: str) -> list[Json]:
    """The claims of all reasons, each once and in order."""
    lists = [item for reason in reasons if isinstance(item := reason.get(key), list)]
    return [*dict.fromkeys(str(claim) for found in lists for claim in found)]


def _supersede(told: Told, entry: Entry, before: str) -> None:
    """The decision before it is over; its measures too, which newer entries tell under `follows`."""
    if not before:
        return
    if before not in told.lapsed:
        told.put(DECISIONS, before, entry, {"state": DecisionState.SUPERSEDED.value})
    for measure in told.measures.pop(before, ()) if FOLLOWS not in entry.body else ():
        told.put(MEASURES, measure, entry, {"lifted_at": entry.at})


def _measures(told: Told, entry: Entry) -> None:
    for number, measure in enumerate(items(entry.body.get("measures")), 1):
        key = f"{entry.subject}-{number:02d}"
        told.measures.setdefault(entry.subject, []).append(key)
        fields: dict[str, object] = {
            **measure,
            "end": measure.get("end") or None,
            "decision": entry.subject,
            "subject": text(entry, "subject"),
            "advertiser": text(entry, "advertiser"),
            "lifted_at": None,
            "pauses": [],
        }
        if len(entry.private) > 1:  # before others were sealed apart, rows did not note it
            fields["issued_at"] = entry.at
        told.put(MEASURES, key, entry, fields)


def says_otherwise(entry: Entry, statement: Mapping[str, str]) -> bool:
    """Whether a statement is not the one whose digests stand in the entry by which it was issued."""
    written = {language: digest_of(words) for language, words in statement.items()}
    return entry.body.get("statement") != written


def another_statement(entry: Entry) -> Discrepancy:
    """What is said of a statement that was changed after it was issued."""
    seq = str(entry.seq)
    message = say("the statement that is kept is not the one that was issued by entry {entry}", entry=seq)
    return Discrepancy(where=f"decision {entry.subject}", message=message, entry=entry.seq)
