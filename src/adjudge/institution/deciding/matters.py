"""Matters: opened for an advertiser under a policy, assigned, evaluated on record, closed, reopened."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from adjudge.appeals.states import OPEN
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.evidence.notice import Automation, Source
from adjudge.institution.house import Doing, House, doing, need, now, refused
from adjudge.institution.material.subjects import subject_row
from adjudge.institution.material.view import outcomes_form, outcomes_on_record
from adjudge.institution.plain import textual
from adjudge.institution.staff.people import actor_of
from adjudge.institution.versions import package_of, version_at
from adjudge.matters.states import ACTIVE, MATTERS, moved
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealKind, DecisionState, MatterRow, VersionState
from adjudge.records.shelf import APPEALS, DECISIONS, PEOPLE, VERSIONS
from adjudge.records.shelf import MATTERS as MATTER_SHELF

MOST_IN_ENTRY = 100
"""Subjects whose outcomes stand in the entry of an evaluation; of more there are counts, and portions sealed."""


def open_matter(
    house: House,
    actor: Actor,
    advertiser: str,
    policy: str,
    *,
    reason: str,
    territory: str = "",
    source: Source = Source.OWN_INITIATIVE,
    detection: Automation = Automation.NOT,
    notified: Sequence[str] = (),
    title: Mapping[str, str] | None = None,
) -> MatterRow:
    """Open a matter. An advertiser has one matter at a time under a policy: what is new joins it."""
    with house.records.reading() as records:
        owner = subject_row(records, advertiser).advertiser
    with doing(house, actor, Act.OPEN, owner) as act:
        if version_at(act.records, policy, act.at) is None:
            message = say("no version of {policy} is in force", policy=policy)
            raise refused("unknown-package", message, say("put a version in force first"))
        for other in act.records.find(MATTER_SHELF, advertiser=owner):
            if other.policy == policy and other.state in ACTIVE:
                message = say("the matter {matter} of this advertiser is open", matter=other.id)
                raise ConflictError(message, hint=say("go on there"))
        row = MatterRow(
            id=act.mint("M"),
            advertiser=owner,
            policy=policy,
            territory=territory,
            state=moved(MATTERS, Act.OPEN, None),
            opened_at=act.at,
            source=source.value,
            detection=detection.value,
            notified=tuple(notified),
            reason=need(reason, say("the reason")),
            title=dict(title or {}),
        )
        act.records.put(MATTER_SHELF, row)
        act.write(
            row.id,
            {
                "advertiser": owner,
                "policy": policy,
                "territory": territory,
                "source": row.source,
                "detection": row.detection,
                "notified": [*row.notified],
                "reason": row.reason,
            },
        )
    return row


def assign(
    house: House, actor: Actor, matter_id: str, person_id: str, *, reason: str, seen: int
) -> MatterRow:
    """Assign a matter to somebody who may work on it."""
    with _on(house, actor, Act.ASSIGN, matter_id) as act:
        row = current(act, matter_id, seen)
        refuse_unable(act.records, person_id, row.advertiser)
        return change(
            act, row, {"assignee": person_id, "reason": need(reason, say("the reason"))}, assignee=person_id
        )


def refuse_unable(records: Reading, person_id: str, advertiser: str) -> None:
    """Raise RefusedError for somebody who may not work on the matters of an advertiser."""
    person = records.get(PEOPLE, person_id)
    if person is None or not may(actor_of(person), Act.EVALUATE, advertiser):
        message = say("this person does not work on matters")
        raise refused("unknown-person", message, say("choose a reviewer"))


def evaluate_matter(house: House, actor: Actor, matter_id: str) -> Mapping[str, Any]:
    """Evaluate a matter now, on record, with every version of its policy that runs in the shadow beside it."""
    with house.records.reading() as records:
        row = matter(records, matter_id)
        permit(actor, Act.EVALUATE, row.advertiser)
        # An advertiser may have very many ads: they are evaluated before others are kept from writing.
        size, at = records.size(), now(house, records)
        found = _evaluated(records, row, at)
    with _on(house, actor, Act.EVALUATE, matter_id) as act:
        row = matter(act.records, matter_id)
        if any(entry.at <= at for entry in act.records.entries(size)):  # it was known by then, and not read
            at = act.at
            found = _evaluated(act.records, row, at)
        body = {"advertiser": row.advertiser, "at": str(at), "package": found["package"]}
        whole = {name: found[name] for name in ("outcomes", "shadow")}
        if len(found["outcomes"]) <= MOST_IN_ENTRY:
            act.write(row.id, _tree({**body, **whole}))
        else:
            told = {**body, "outcomes": [], "shadow": {}, "counts": counted(found["outcomes"])}
            act.write(row.id, _tree(told), further=[act.seal(_tree(part)) for part in _portions(found)])
    return found


def _portions(found: Mapping[str, Any]) -> Iterator[Mapping[str, object]]:
    """All outcomes in portions, since no sealed part is endless: of the version that applies, then of the others."""
    for start in range(0, len(found["outcomes"]), MOST_IN_ENTRY):
        yield {"outcomes": found["outcomes"][start : start + MOST_IN_ENTRY]}
    for digest, outcomes in found["shadow"].items():
        for start in range(0, len(outcomes), MOST_IN_ENTRY):
            yield {"shadow": {digest: outcomes[start : start + MOST_IN_ENTRY]}}


def _evaluated(records: Reading, row: MatterRow, at: Instant) -> dict[str, Any]:
    """What is found of a matter at an instant."""
    digest, outcomes = outcomes_on_record(records, row, at)
    shadows = {
        shadow.id: outcomes_form(outcomes_on_record(records, row, at, package_of(shadow.text))[1])
        for shadow in records.find(VERSIONS, policy=row.policy, state=VersionState.SHADOW.value)
    }
    return {"package": digest, "outcomes": outcomes_form(outcomes), "shadow": shadows}


def counted(outcomes: Sequence[Mapping[str, object]]) -> Mapping[str, int]:
    """How many subjects were looked at, on how many a measure follows, and about how many a person must decide."""
    return {
        "subjects": len(outcomes),
        "measures": sum(bool(item["measures"]) for item in outcomes),
        "referred": sum(bool(item["referred"]) for item in outcomes),
    }


def close(house: House, actor: Actor, matter_id: str, *, reason: str, seen: int) -> MatterRow:
    """Close a matter in which nothing waits for anybody."""
    with _on(house, actor, Act.CLOSE, matter_id) as act:
        row = current(act, matter_id, seen)
        state = moved(MATTERS, Act.CLOSE, row.state)
        if act.records.find(DECISIONS, matter=row.id, state=DecisionState.PROPOSED.value):
            message = say("a proposal waits in this matter")
            raise refused("proposal-waits", message, say("issue it or return it first"))
        for appeal in act.records.find(APPEALS, matter=row.id, kind=AppealKind.APPEAL.value):
            if appeal.state in OPEN:
                message = say("the appeal {appeal} waits in this matter", appeal=appeal.id)
                raise refused("appeal-waits", message, say("decide it first"))
        told = need(reason, say("the reason"))
        return change(act, row, {"reason": told}, state=state, reason=told)


def reopen(house: House, actor: Actor, matter_id: str, *, reason: str, seen: int) -> MatterRow:
    """Reopen a matter, with reasons."""
    with _on(house, actor, Act.REOPEN, matter_id) as act:
        row = current(act, matter_id, seen)
        for other in act.records.find(MATTER_SHELF, advertiser=row.advertiser):
            if other.id != row.id and other.policy == row.policy and other.state in ACTIVE:
                message = say("the matter {matter} of this advertiser is open", matter=other.id)
                raise ConflictError(message, hint=say("go on there"))
        told = need(reason, say("the reason"))
        return change(act, row, {"reason": told}, state=moved(MATTERS, Act.REOPEN, row.state), reason=told)


def change(act: Doing, row: MatterRow, body: Mapping[str, object], **changes: object) -> MatterRow:
    """Keep a changed matter and write the entry."""
    changed = replace(row, seen=row.seen + 1, **changes)  # type: ignore[arg-type]  # fields of the row
    act.records.put(MATTER_SHELF, changed)
    act.write(row.id, {"advertiser": row.advertiser, **_tree(body)})
    return changed


def _tree(body: Mapping[str, object]) -> dict[str, Json]:
    found = textual(body)
    return found if isinstance(found, dict) else {}


def _on(house: House, actor: Actor, act: Act, matter_id: str) -> AbstractContextManager[Doing]:
    """An act on a matter, whose advertiser says whose it is."""
    with house.records.reading() as records:
        row = matter(records, matter_id)
    return doing(house, actor, act, row.advertiser)


def current(act: Doing, matter_id: str, seen: int) -> MatterRow:
    """A matter as the actor saw it. Raises ConflictError where somebody changed it since."""
    row = matter(act.records, matter_id)
    if row.seen != seen:
        entries = act.records.entries_of(row.id)
        message = say(
            "the matter was changed meanwhile: {kind} by {actor}",
            kind=entries[-1].kind,
            actor=entries[-1].actor,
        )
        raise ConflictError(message, hint=say("look at it again, and decide anew"))
    return row


def matter(records: Reading, matter_id: str) -> MatterRow:
    """A matter. Raises NotFoundError."""
    row = records.get(MATTER_SHELF, matter_id)
    if row is None:
        raise not_found()
    return row


def read_matter(house: House, actor: Actor, matter_id: str) -> MatterRow:
    """A matter for somebody who may read it. Raises NotFoundError."""
    with house.records.reading() as records:
        row = matter(records, matter_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    return row
