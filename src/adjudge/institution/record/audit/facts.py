"""What entries tell of subjects, claims, documents and spend, by themselves or brought in together."""

from collections.abc import Mapping

from adjudge.basis.digest import Json
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.shape import Shape
from adjudge.facts.value import decimal_text, normal_text
from adjudge.institution.expunging import EXPUNGED
from adjudge.institution.material.subjects import party_of
from adjudge.institution.plain import from_text
from adjudge.institution.record.audit.people import enact, enacted_elsewhere
from adjudge.institution.record.audit.told import Told, named, text, words
from adjudge.institution.versions import package_of
from adjudge.interchange.incoming.spend import read_spend
from adjudge.ledger.entry import Entry
from adjudge.records.rows import VersionState
from adjudge.records.shelf import (
    CLAIMS,
    CONTACTS,
    DELIVERIES,
    DOCUMENTS,
    MESSAGES,
    PEOPLE,
    REPLIES,
    SPEND,
    SUBJECTS,
    VERSIONS,
)


def subject_recorded(told: Told, entry: Entry) -> None:
    """A subject, or the same with other words."""
    told.owners[entry.subject] = text(entry, "advertiser")
    fields: dict[str, object] = {
        "kind": text(entry, "kind"),
        "advertiser": text(entry, "advertiser"),
        "recorded_at": entry.at,
    }
    content = words(told.content(entry), "subject")
    if content is not None:
        fields["content"] = named(content)
    told.put(SUBJECTS, entry.subject, entry, fields)


def claim_recorded(told: Told, entry: Entry) -> None:
    """A claim in its words."""
    content = words(told.content(entry), "claim")
    if content is not None:
        fields = {**_claim(content, text(entry, "advertiser")), "content": content}
        told.put(CLAIMS, entry.subject, entry, {**fields, "replaces": "", "reason": ""})


def claim_withdrawn(told: Told, entry: Entry) -> None:
    """The end of a claim's known time."""
    told.put(CLAIMS, entry.subject, entry, {"withdrawn_at": entry.at, "reason": text(entry, "reason")})


def claim_discounted(told: Told, entry: Entry) -> None:
    """A claim withdrawn, and another one in its place."""
    claim_withdrawn(told, entry)
    content = words(told.content(entry), "claim")
    if content is not None:
        fields = {**_claim(content, text(entry, "advertiser")), "content": content}
        why = {"replaces": entry.subject, "reason": text(entry, "reason")}
        told.put(CLAIMS, text(entry, "by"), entry, {**fields, **why})


def _claim(content: Mapping[str, Plain], advertiser: str) -> dict[str, object]:
    return {
        "subject": normal_text(str(content.get("subject"))),
        "advertiser": advertiser,
        "weight": content.get("weight"),
        "document": normal_text(str(content.get("document") or "")),
        "recorded_at": _instant(content.get("recorded_at")),
        "withdrawn_at": _instant(content.get("withdrawn_at")),
    }


def _instant(value: Plain) -> str | None:
    found = parse_instant(str(value)) if value else None
    return str(found) if found is not None else None


# --- documents ---


def document_received(told: Told, entry: Entry) -> None:
    """A document with what its sealed part says of it."""
    size = text(entry, "size")
    fields: dict[str, object] = {
        "advertiser": text(entry, "advertiser"),
        "media_type": text(entry, "media_type"),
        "size": int(size) if size.isdecimal() else 0,
        "part": entry.private[0] if entry.private else "",
    }
    if "blob" in entry.body:  # before the digest of the bytes was sealed, and the row named its part
        fields["part"] = ""
    _document(told, entry, entry.subject, 0, fields)


def _document(told: Told, entry: Entry, key: str, place: int, fields: dict[str, object]) -> None:
    found = {**fields, "received_at": entry.at, "expunged_at": None}
    told.sealed[entry.private[place]] = (DOCUMENTS.name, key)
    content = told.content(entry, place)
    described = words(content, "document")
    if content is not None and described is not None:
        found |= {"content": described}
        found |= {name: content.get(name) or text(entry, name) for name in ("file_name", "blob")}
    told.put(DOCUMENTS, key, entry, found)


def expunged(told: Told, entry: Entry) -> None:
    """A part is gone, and so is what the row said of it."""
    shelf, key = told.sealed.get(entry.subject, ("", ""))  # type: ignore[call-overload]  # a subject that is a digest
    if shelf == PEOPLE.name:
        gone = {"email": f"{key}@expunged.invalid", "name": "expunged"}
        told.put(PEOPLE, key, entry, gone)
    if shelf == DOCUMENTS.name:
        # Its part is gone, so that nothing tells any more which of its words stay; what went is told.
        told.forget(DOCUMENTS, key, "content", "blob")
        told.put(DOCUMENTS, key, entry, {"file_name": "", "expunged_at": entry.at})
    if shelf == MESSAGES.name:
        told.put(MESSAGES, key, entry, {"text": EXPUNGED})
    if shelf == REPLIES.name:
        told.put(REPLIES, key, entry, {"text": ""})
    if shelf == CONTACTS.name:
        told.put(CONTACTS, key, entry, {"emails": [], "webhook": ""})
    for delivery in told.addresses.get(entry.subject, ()):  # type: ignore[call-overload]  # as above
        told.forget(DELIVERIES, delivery, "proof", "last_error")
        told.put(DELIVERIES, delivery, entry, {"address": EXPUNGED})


# --- data brought in ---


def imported(told: Told, entry: Entry) -> None:
    """Subjects, claims, documents, spend and versions, all by one entry."""
    content = told.content(entry)
    if content is None:
        return
    for sealed in _texts(content.get("subjects")):
        _subject(told, entry, sealed)
    abouts: dict[str, set[str]] = {}
    for sealed in _texts(content.get("claims")):
        owner = told.owners.get(normal_text(str(sealed.get("subject"))), "")
        _imported_claim(told, entry, sealed, owner)
        abouts.setdefault(str(sealed.get("document")), set()).add(owner)
    for sealed in _texts(content.get("spend")):
        _spend(told, entry, sealed)
    _versions(told, entry, _texts(content.get("versions")))
    for place in range(1, len(entry.private)):
        _imported_document(told, entry, place, abouts)
    for described in _texts(content.get("documents")):  # before each of them was sealed by itself
        _described(told, entry, described, abouts)


def _texts(tree: Json) -> list[dict[str, Plain]]:
    return [from_text(str(item)) for item in tree] if isinstance(tree, list) else []


def _subject(told: Told, entry: Entry, content: dict[str, Plain]) -> None:
    given = (
        content if content.get("kind") == "ad" else {k: v for k, v in content.items() if k != "advertiser"}
    )
    subject = party_of(given).subject
    owner = told.owners[str(subject.id)] = str(subject.advertiser or subject.id)
    fields = {"kind": subject.kind.value, "advertiser": owner, "recorded_at": entry.at}
    told.put(SUBJECTS, str(subject.id), entry, {**fields, "content": named(content)})


def _imported_claim(told: Told, entry: Entry, content: dict[str, Plain], owner: str) -> None:
    kept = {name: value for name, value in content.items() if name != "withdrawn_at"}
    fields = {**_claim(content, owner), "content": kept, "replaces": "", "reason": ""}
    told.put(CLAIMS, normal_text(str(content.get("id"))), entry, fields)


def _imported_document(told: Told, entry: Entry, place: int, abouts: dict[str, set[str]]) -> None:
    part = told.part_of(entry.private[place])
    content = part.content if part is not None and isinstance(part.content, dict) else None
    described = words(content, "document")
    fields: dict[str, object] = {"part": entry.private[place], "media_type": "", "size": 0}
    if described is None:  # its id went with its part: the row is known by the part that it names
        told.silent += 1
        told.sealed[entry.private[place]] = (DOCUMENTS.name, entry.private[place])
        told.put(
            DOCUMENTS, entry.private[place], entry, {**fields, "received_at": entry.at, "expunged_at": None}
        )
        return
    key = str(described["id"])
    _document(told, entry, key, place, {**fields, "advertiser": _only(abouts, key)})


def _described(told: Told, entry: Entry, content: dict[str, Plain], abouts: dict[str, set[str]]) -> None:
    key = str(content["id"])
    fields = {"received_at": entry.at, "expunged_at": None, "part": "", "blob": "", "file_name": ""}
    told.put(DOCUMENTS, key, entry, {**fields, "content": content, "advertiser": _only(abouts, key)})


def _only(abouts: dict[str, set[str]], key: str) -> str:
    """The one advertiser about which claims read in a document are; empty where there are several."""
    several = abouts.get(key, set())
    return next(iter(several)) if len(several) == 1 else ""


def _spend(told: Told, entry: Entry, content: dict[str, Plain]) -> None:
    item = read_spend(Shape(ProblemLog()), node_of(content, "spend"))
    if item is None:
        return
    told.put(
        SPEND,
        item.id,
        entry,
        {
            "subject": item.subject,
            "advertiser": told.owners.get(str(item.subject), ""),
            "start": item.start,
            "end": item.end,
            "amount": decimal_text(item.amount),
            "currency": item.currency,
            "recorded_at": item.recorded_at or entry.at,
        },
    )


def _versions(told: Told, entry: Entry, sealed: list[dict[str, Plain]]) -> None:
    """Each in force from its publication; the last of a policy is the one that still is."""
    ordered = sorted(sealed, key=lambda item: package_of(str(item["text"])).published_at)
    last = {package_of(str(item["text"])).id: str(item["digest"]) for item in ordered}
    for item in ordered:
        digest, words_of = str(item["digest"]), str(item["text"])
        package = package_of(words_of)
        state = VersionState.IN_FORCE if last[package.id] == digest else VersionState.SUPERSEDED
        told.put(
            VERSIONS,
            digest,
            entry,
            {
                "policy": package.id,
                "version": package.version,
                "text": words_of,
                "state": state.value,
                "author": told.person(entry),
                "drafted_at": entry.at,
                "published_at": package.published_at,
                "approved_by": [],
            },
        )
        enact(told, entry, enacted_elsewhere(entry, digest, words_of))
