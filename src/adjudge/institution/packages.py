"""Versions of policies in the institution: drafted, in the shadow, approved by somebody else or rejected, in force.

A version is its sealed bytes, and its id their digest: an approval holds for these bytes and for no other.
"""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.consequences import reopen_what_fell
from adjudge.institution.held_roles import has_role
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.material.subjects import finding_of
from adjudge.institution.staff.people import refuse_own
from adjudge.institution.versions import version, version_at
from adjudge.language.package import Package
from adjudge.language.seal import seal
from adjudge.matters.states import VERSIONS, moved
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import EnactmentRow, VersionRow, VersionState
from adjudge.records.shelf import ENACTMENTS
from adjudge.records.shelf import VERSIONS as VERSION_SHELF

ALGORITHM = "sha256:"
PUBLISHED = frozenset({VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.ROLLED_BACK})
"""Versions that are or were in force, or will be from a day on: those whom they bind may read them (P2B Art. 3)."""


def draft(house: House, actor: Actor, package: Package, reason: str) -> VersionRow:
    """Hand in a version. Raises RefusedError with every finding of lint that refuses it.

    One that was rejected can be handed in again, and begins anew: nobody has approved it yet.
    """
    log = ProblemLog()
    sealed = seal(package, log)
    if sealed is None:
        findings = tuple(map(finding_of, log.problems))
        raise RefusedError(say("the version cannot be sealed"), findings=findings)
    check_review(package)
    with doing(house, actor, Act.DRAFT) as act:
        before = act.records.get(VERSION_SHELF, sealed.digest)
        if before is not None and before.state is not VersionState.REJECTED:
            raise ConflictError(say("exactly this version was handed in already"))
        for other in act.records.find(VERSION_SHELF, policy=package.id):
            if other.version == package.version and other.state in PUBLISHED:
                message = say("a version of this name was in force already, with other words")
                raise refused("duplicate-version", message, say("give it a new name"))
        row = VersionRow(
            id=sealed.digest,
            policy=package.id,
            version=package.version,
            text=sealed.text,
            state=moved(VERSIONS, Act.DRAFT, before.state if before is not None else None),
            author=actor.person,
            drafted_at=act.at,
            published_at=package.published_at,
        )
        act.records.put(VERSION_SHELF, row)
        told = need(reason, say("the reason"))
        act.write(
            row.id, {"policy": row.policy, "version": row.version, "reason": told}, {"text": sealed.text}
        )
    return row


def check_review(package: Package) -> None:
    """Every role whose signature a rule asks for is one that can sign here, or its decisions would wait for ever."""
    able = ACTS[Act.SIGN].roles
    unknown = sorted({role for rule in package.rules for role in rule.review} - able)
    if unknown:
        message = say("nobody here can sign as: {roles}", roles=tuple(unknown))
        hint = say("ask for the signature of: {roles}", roles=tuple(sorted(able)))
        raise refused("unknown-role", message, hint)


def shadow(house: House, actor: Actor, digest: str, reason: str) -> VersionRow:
    """Evaluate a version with every matter from now on, without effect."""
    with doing(house, actor, Act.SHADOW) as act:
        row = version(act.records, digest)
        changed = replace(row, state=moved(VERSIONS, Act.SHADOW, row.state))
        act.records.put(VERSION_SHELF, changed)
        act.write(row.id, {"policy": row.policy, "reason": need(reason, say("the reason"))})
    return changed


def approve(house: House, actor: Actor, digest: str, reason: str) -> VersionRow:
    """Approve exactly these bytes, as somebody who did not draft them."""
    with doing(house, actor, Act.APPROVE) as act:
        row = version(act.records, digest)
        refuse_own(act, row.author)
        if actor.person in row.approved_by:
            raise ConflictError(say("you have approved it already"))
        state = moved(VERSIONS, Act.APPROVE, row.state)
        changed = replace(row, state=state, approved_by=(*row.approved_by, actor.person))
        act.records.put(VERSION_SHELF, changed)
        act.write(row.id, {"policy": row.policy, "reason": need(reason, say("the reason"))})
    return changed


def reject(house: House, actor: Actor, digest: str, reason: str) -> VersionRow:
    """Reject a version that waits, as somebody who could approve it; a publisher may so withdraw an own one too."""
    with doing(house, actor, Act.REJECT) as act:
        row = version(act.records, digest)
        told = need(reason, say("the reason"))
        changed = replace(row, state=moved(VERSIONS, Act.REJECT, row.state), reason=told)
        act.records.put(VERSION_SHELF, changed)
        act.write(row.id, {"policy": row.policy, "reason": told})
    return changed


def publish(house: House, actor: Actor, digest: str, start: Instant | None, reason: str) -> VersionRow:
    """Put an approved version in force from an instant on, not before now; from now on where none is named."""
    with doing(house, actor, Act.PUBLISH) as act:
        start = act.at if start is None else start
        row = version(act.records, digest)
        state = moved(VERSIONS, Act.PUBLISH, row.state)
        if not any(
            item != row.author and has_role(act.records, item, Role.PUBLISHER) for item in row.approved_by
        ):
            message = say("nobody but its author has approved this version")
            raise refused("not-approved", message, say("ask somebody else to approve it"))
        if start < act.at:
            message = say("a version cannot apply from before it is put in force")
            raise refused("too-early", message, say("name now or a later time"))
        if start < row.published_at:
            message = say("the version says that it is published on {day}", day=row.published_at)
            raise refused("too-early", message, say("put it in force from then on, or later"))
        before = version_at(act.records, row.policy, start)
        act.records.put(VERSION_SHELF, replace(row, state=state))
        # Until a later start both are in force, each in its time: `version_at` says which.
        if before is not None and start <= act.at:
            act.records.put(VERSION_SHELF, replace(before, state=VersionState.SUPERSEDED))
        _enact(act, row, start)
        told = need(reason, say("the reason"))
        act.write(
            row.id,
            {
                "policy": row.policy,
                "start": str(start),
                "reason": told,
                "supersedes": before.id if before else "",
            },
        )
        reopen_what_fell(act, row.policy)
    return replace(row, state=state)


def roll_back(house: House, actor: Actor, digest: str, reason: str) -> VersionRow:
    """Roll a version back: from now on the one before it applies again."""
    with doing(house, actor, Act.ROLL_BACK) as act:
        row = version(act.records, digest)
        state = moved(VERSIONS, Act.ROLL_BACK, row.state)
        before = _before(act.records, row)
        if before is None:
            message = say("there is no version before it to go back to")
            raise refused("no-version-before", message, say("publish another version instead"))
        act.records.put(VERSION_SHELF, replace(row, state=state))
        act.records.put(VERSION_SHELF, replace(before, state=VersionState.IN_FORCE))
        _enact(act, before, act.at, rolls_back=row.id)
        told = need(reason, say("the reason"))
        act.write(row.id, {"policy": row.policy, "back_to": before.id, "reason": told})
        reopen_what_fell(act, row.policy)
    return replace(row, state=state)


def _enact(act: Doing, row: VersionRow, start: Instant, *, rolls_back: str = "") -> None:
    enactment = EnactmentRow(
        id=act.mint("E"),
        policy=row.policy,
        digest=row.id,
        start=start,
        recorded_at=act.at,
        rolls_back=rolls_back,
    )
    act.records.put(ENACTMENTS, enactment)


def _before(records: Reading, row: VersionRow) -> VersionRow | None:
    """The version that applied before this one: the last enactment of another one that was not rolled back."""
    rolled = {item.rolls_back for item in records.find(ENACTMENTS, policy=row.policy)} | {row.id}
    kept = [item for item in records.find(ENACTMENTS, policy=row.policy) if item.digest not in rolled]
    last = max(kept, key=lambda item: (item.start, item.recorded_at, item.id), default=None)
    return version(records, last.digest) if last is not None else None


# --- reading ---

SHORTEST = 6
"""Hexadecimal digits by which a version can be named."""


def list_versions(house: House, actor: Actor, *, policy: str = "") -> Sequence[VersionRow]:
    """The versions of a policy, or of all, by policy and by when they were drafted; of members those published.

    Members are told what binds them, and neither what is drafted or tried nor who here wrote and approved it.
    """
    permit(actor, Act.READ_PACKAGES)
    with house.records.reading() as records:
        found = records.find(VERSION_SHELF, policy=policy) if policy else records.find(VERSION_SHELF)
    told = [version_as_told(row, actor) for row in found if may_see_version(row, actor)]
    return sorted(told, key=lambda row: (row.policy, row.drafted_at, row.published_at))


def may_see_version(row: VersionRow, actor: Actor) -> bool:
    """Whether a version is for its reader: members see those that are or were published."""
    return not actor.advertiser or row.state in PUBLISHED


def version_as_told(row: VersionRow, actor: Actor) -> VersionRow:
    """A version as its reader may have it: members are not told who here wrote and approved it."""
    return replace(row, author="", approved_by=(), reason="") if actor.advertiser else row


def read_version(house: House, actor: Actor, name: str) -> VersionRow:
    """A version by its digest, the beginning of it, or `policy@version`. Raises RefusedError for one of several."""
    found = _by_digest(house, actor, name) or [
        row for row in list_versions(house, actor) if _is_named(row, name)
    ]
    if not found:
        raise not_found()
    if len(found) > 1:
        message = say("{name} is the name of {count} versions", name=name, count=len(found))
        hint = say("name one by its digest: {digests}", digests=tuple(row.id for row in found))
        raise refused("ambiguous-version", message, hint)
    return found[0]


def _by_digest(house: House, actor: Actor, name: str) -> Sequence[VersionRow]:
    """The version of a whole digest, of all others none is read; nothing where none that its reader may see has it."""
    permit(actor, Act.READ_PACKAGES)
    with house.records.reading() as records:
        row = records.get(VERSION_SHELF, name)
    return [version_as_told(row, actor)] if row is not None and may_see_version(row, actor) else []


def _is_named(row: VersionRow, name: str) -> bool:
    digits = name.removeprefix(ALGORITHM)
    if name == f"{row.policy}@{row.version}":
        return True
    return len(digits) >= SHORTEST and row.id.removeprefix(ALGORITHM).startswith(digits)


def enactments_of(house: House, actor: Actor, policy: str) -> Sequence[EnactmentRow]:
    """From when on each version of a policy applies, in the order in which that was recorded."""
    permit(actor, Act.READ_PACKAGES)
    with house.records.reading() as records:
        found = records.find(ENACTMENTS, policy=policy)
    return sorted(found, key=lambda row: (row.recorded_at, row.id))
