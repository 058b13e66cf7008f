"""What entries tell of people, keys, the institution itself, and versions of policies with their enactments."""

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.institution.record.audit.told import Told, text, texts
from adjudge.institution.staff.people import WEEK, after
from adjudge.institution.versions import package_of
from adjudge.ledger.entry import Entry
from adjudge.records.rows import EnactmentRow, VersionState
from adjudge.records.shelf import ENACTMENTS, INSTITUTIONS, KEYS, PEOPLE, VERSIONS


def invited(told: Told, entry: Entry) -> None:
    """Somebody invited, or invited again: the digest of the link is not told."""
    key = entry.subject
    if not told.has(PEOPLE, key):
        told.put(PEOPLE, key, entry, {"active": True, "joined_at": None})
        content = told.content(entry)
        if content is not None:
            told.put(PEOPLE, key, entry, {"email": content.get("email"), "name": content.get("name")})
        for digest in entry.private:
            told.sealed[digest] = (PEOPLE.name, key)
    told.forget(PEOPLE, key, "invitation")
    until = {"invited_until": after(entry.at, WEEK)}
    told.put(PEOPLE, key, entry, {**_roles(entry), **until})


def joined(told: Told, entry: Entry) -> None:
    """Somebody joined: the link is used up."""
    told.put(PEOPLE, entry.subject, entry, {"joined_at": entry.at, "invitation": "", "invited_until": None})


def changed(told: Told, entry: Entry) -> None:
    """Somebody has other roles."""
    told.put(PEOPLE, entry.subject, entry, _roles(entry))


def _roles(entry: Entry) -> dict[str, object]:
    return {"roles": entry.body.get("roles"), "advertiser": text(entry, "advertiser")}


def deactivated(told: Told, entry: Entry) -> None:
    """Somebody was shut out."""
    told.put(PEOPLE, entry.subject, entry, {"active": False, "invitation": "", "invited_until": None})


def key_made(told: Told, entry: Entry) -> None:
    """A key: whoever made it answers for it, or the person for whom it was made on the machine."""
    _key(told, entry, entry.subject, text(entry, "person") or told.person(entry))


def key_rotated(told: Told, entry: Entry) -> None:
    """A key in the place of another one, which ends soon after; what was made in its place before is over."""
    _key(told, entry, text(entry, "by"), text(entry, "person"), replaces=entry.subject)
    told.put(KEYS, entry.subject, entry, {"expires_at": text(entry, "ends_at")})
    _over(told, entry, "instead_of")


def _key(told: Told, entry: Entry, key: str, person: str, *, replaces: str = "") -> None:
    told.people[key] = person
    told.put(
        KEYS,
        key,
        entry,
        {
            "name": text(entry, "name"),
            "person": person,
            "acts": entry.body.get("acts") or [],
            "own": entry.body.get("own") is True,
            "made_at": entry.at,
            "expires_at": text(entry, "expires_at") or None,
            "revoked_at": None,
            "replaces": replaces,
        },
    )


def key_revoked(told: Told, entry: Entry) -> None:
    """A key is over, and what came in its place with it."""
    told.put(KEYS, entry.subject, entry, {"revoked_at": entry.at})
    _over(told, entry, "also")


def _over(told: Told, entry: Entry, name: str) -> None:
    """The keys that an entry names are over."""
    for key in texts(entry.body.get(name)):
        told.put(KEYS, key, entry, {"revoked_at": entry.at})


def settled(told: Told, entry: Entry) -> None:
    """What statements say of the platform."""
    names = ("platform", "complaint", "settlement", "review", "languages")
    told.put(INSTITUTIONS, entry.subject, entry, {name: entry.body.get(name) for name in names})


# --- versions ---


def drafted(told: Told, entry: Entry) -> None:
    """A version handed in."""
    content = told.content(entry)
    fields: dict[str, object] = {
        "policy": text(entry, "policy"),
        "version": text(entry, "version"),
        "author": told.person(entry),
        "drafted_at": entry.at,
        "state": VersionState.DRAFT.value,
        "approved_by": [],
        "reason": "",
    }
    told.lists.pop(entry.subject, None)  # of one handed in again: approvals of before count no more
    if content is not None:
        sealed = str(content.get("text"))
        fields |= {"text": sealed, "published_at": package_of(sealed).published_at}
    told.put(VERSIONS, entry.subject, entry, fields)


def shadowed(told: Told, entry: Entry) -> None:
    """A version in the shadow."""
    told.put(VERSIONS, entry.subject, entry, {"state": VersionState.SHADOW.value})


def approved(told: Told, entry: Entry) -> None:
    """One more approval."""
    approvals = told.lists.setdefault(entry.subject, [])
    approvals.append(told.person(entry))
    told.put(VERSIONS, entry.subject, entry, {"approved_by": approvals})


def rejected(told: Told, entry: Entry) -> None:
    """A version rejected, with the reason."""
    fields = {"state": VersionState.REJECTED.value, "reason": text(entry, "reason")}
    told.put(VERSIONS, entry.subject, entry, fields)


def published(told: Told, entry: Entry) -> None:
    """A version in force; the one before it is superseded where it begins at once."""
    told.put(VERSIONS, entry.subject, entry, {"state": VersionState.IN_FORCE.value})
    before, start = text(entry, "supersedes"), _start(entry)
    if before and start <= entry.at:
        told.put(VERSIONS, before, entry, {"state": VersionState.SUPERSEDED.value})
    enact(told, entry, enacted(entry))


def rolled_back(told: Told, entry: Entry) -> None:
    """A version rolled back: the one before it applies again."""
    told.put(VERSIONS, entry.subject, entry, {"state": VersionState.ROLLED_BACK.value})
    told.put(VERSIONS, text(entry, "back_to"), entry, {"state": VersionState.IN_FORCE.value})
    enact(told, entry, enacted(entry))


def enact(told: Told, entry: Entry, row: EnactmentRow) -> None:
    """An enactment, all of which the entry tells."""
    told.put(
        ENACTMENTS,
        row.id,
        entry,
        {
            "policy": row.policy,
            "digest": row.digest,
            "start": row.start,
            "recorded_at": row.recorded_at,
            "rolls_back": row.rolls_back,
        },
    )


def enacted(entry: Entry) -> EnactmentRow:
    """The enactment that follows from a version put in force, or rolled back."""
    back_to = text(entry, "back_to")
    return EnactmentRow(
        id=f"E-{entry.seq + 1:06d}",
        policy=text(entry, "policy"),
        digest=back_to or entry.subject,
        start=entry.at if back_to else _start(entry),
        recorded_at=entry.at,
        rolls_back=entry.subject if back_to else "",
    )


def enacted_elsewhere(entry: Entry, digest: str, sealed: str) -> EnactmentRow:
    """The enactment of a version that was brought in: from its publication on."""
    package = package_of(sealed)
    return EnactmentRow(
        id=f"E-{entry.seq + 1:06d}-{package.version}",
        policy=package.id,
        digest=digest,
        start=package.published_at,
        recorded_at=package.published_at,
    )


def _start(entry: Entry) -> Instant:
    return parse_timestamp(text(entry, "start")) or entry.at
