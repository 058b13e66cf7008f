"""Legal holds: nothing of a matter, or of an advertiser, is expunged until somebody ends the hold, with reasons.

A hold is told by the log alone: the last entry about it on the matter, or on the advertiser, says whether it stands.
"""

from collections.abc import Sequence

from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.house import House, doing, need, refused
from adjudge.ledger.entry import Entry
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.shelf import MATTERS, SUBJECTS

HELD, RELEASED = ACTS[Act.HOLD].writes, ACTS[Act.RELEASE].writes


def hold(house: House, actor: Actor, held_id: str, reason: str) -> Entry:
    """Hold what is kept of a matter, or of an advertiser with all its matters. Raises ConflictError where it is."""
    return _written(house, actor, Act.HOLD, held_id, reason)


def release(house: House, actor: Actor, held_id: str, reason: str) -> Entry:
    """End a hold. Raises ConflictError where none stands."""
    return _written(house, actor, Act.RELEASE, held_id, reason)


def _written(house: House, actor: Actor, act_: Act, held_id: str, reason: str) -> Entry:
    with house.records.reading() as records:
        owner = _owner(records, held_id)
    with doing(house, actor, act_, owner) as act:
        stands = hold_on(act.records, held_id) is not None
        if act_ is Act.HOLD and stands:
            raise ConflictError(say("a legal hold stands on {id} already", id=held_id))
        if act_ is Act.RELEASE and not stands:
            raise ConflictError(say("no legal hold stands on {id}", id=held_id))
        told = need(reason, say("the reason"))
        return act.write(held_id, {"advertiser": owner}, {"reason": told})


def hold_on(records: Reading, held_id: str) -> Entry | None:
    """The entry of the hold that stands on a matter or an advertiser itself."""
    told = [entry for entry in records.entries_of(held_id) if entry.kind in {HELD, RELEASED}]
    return told[-1] if told and told[-1].kind == HELD else None


def list_holds(house: House, actor: Actor) -> Sequence[Entry]:
    """The entries of all holds that stand, by what is held."""
    permit(actor, Act.READ_HOLDS)
    with house.records.reading() as records:
        told = [*records.entries_of_kind(HELD), *records.entries_of_kind(RELEASED)]
    last = {entry.subject: entry for entry in sorted(told, key=lambda entry: entry.seq)}
    return [last[name] for name in sorted(last) if last[name].kind == HELD]


def holds_of(records: Reading, advertiser: str) -> tuple[str, ...]:
    """What is held of an advertiser: itself, or matters of it."""
    if not advertiser:
        return ()
    matters = [item["id"] for item in records.listed(MATTERS, advertiser=advertiser)]
    return tuple(name for name in (advertiser, *matters) if hold_on(records, name) is not None)


def refuse_held(records: Reading, *advertisers: str) -> None:
    """Raise RefusedError where a hold stands on any: who asks for erasure has to wait. GDPR Art. 17(3)(e)."""
    held = tuple(name for advertiser in advertisers for name in holds_of(records, advertiser))
    if held:
        message = say("a legal hold stands: {held}", held=held)
        raise refused("still-needed", message, say("it can go when the hold is ended"))


def _owner(records: Reading, held_id: str) -> str:
    matter = records.get(MATTERS, held_id)
    subject = records.get(SUBJECTS, held_id) if matter is None else None
    if matter is not None:
        return matter.advertiser
    if subject is None or subject.advertiser != subject.id:
        raise not_found()
    return subject.id
