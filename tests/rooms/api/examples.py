"""One example for each operation of the API: an object made ready, and the request that is tried on it by everybody.

What makes things ready is what tests of the procedures use. Objects are those of ACME, of which `member` is one, and
not `stranger`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from adjudge.basis.instant import Instant, day_of
from adjudge.institution.hearing import talking
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.staff import people
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.role import STAFF, Role
from adjudge.records.rows import AppealKind
from adjudge.records.shelf import CLAIMS, CLOCKS, DECISIONS, NOTICES
from tests.rooms.institution import drivers_heard as heard_drivers
from tests.rooms.institution.drivers import DRIVERS, drafted
from tests.rooms.institution.drivers_hooks import URL, hooked
from tests.rooms.institution.drivers_replies import replied
from tests.rooms.institution.heard import excluded, filed, made_notice, somebody
from tests.rooms.institution.world import ACME, EXCLUDING, POLICY, World, claim, document, subject

WHY = {"reason": "It is so."}
PDF = b"%PDF-1.7 words"
VOCABULARY = """
vocabulary: ads
version: 1
facts:
  ad:
    beer: {type: bool, definition: {en: Whether the ad offers beer.}}
"""
PACKAGE = """
package: small
version: '1'
language: 1
vocabulary: ads
published_at: 2026-01-01
rules:
  - id: beer
    title: {en: Beer}
    subject: ad
    kind: restriction
    ground: {terms: Clause 1 on beer, url: "https://example.org/terms#1"}
    territory: worldwide
    when: ad.beer
    standard: corroborated
    measure: {exclude: {}}
    decided_by: person
    explanation: {en: An ad for beer does not run.}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A request: the names in the address in their order, what stands behind `?`, a body or a form with a file.

    `whose` is the advertiser that the object concerns, empty where it is the institution's own, None where each asks
    for what is one's own. `of` gives another body to some, and `own` another object: what is one's own.
    """

    at: tuple[str, ...] = ()
    query: str = ""
    body: Mapping[str, Any] | None = None
    form: Mapping[str, Any] | None = None
    whose: str | None = ACME
    of: Callable[[Actor], Mapping[str, Any]] | None = field(default=None)
    own: Callable[[Actor], tuple[str, ...]] | None = field(default=None)


Making = Callable[[World], Example]


def done_to(act: Act, body: Mapping[str, Any] | None = None, *more: str) -> Making:
    """The example of an act, on the object that its driver makes ready."""
    return lambda world: Example(at=(DRIVERS[act](world, ACME)[0], *more), body=body)


def mine(_world: World) -> Example:
    """A list without a filter: each is given what is one's own."""
    return Example(whose=None)


def listed(world: World) -> Example:
    """A list of what is ACME's."""
    excluded(world, "ad")
    return Example(query=f"advertiser={ACME}")


def whole(query: str = "") -> Making:
    """Something of the institution's own."""
    return lambda _: Example(query=query, whose="")


def _subject(world: World) -> Example:
    world.ad("ad")
    return Example(at=("ad",))


def _rows(world: World) -> dict[str, Any]:
    del world
    text = "account,kind\na-brewer,advertiser\n"
    mapping = "mapping: adjudge-mapping/1\nkind: subjects\nfields:\n  id: account\n  kind: kind\n"
    return {"file": SimpleUploadedFile("subjects.csv", text.encode()), "mapping": mapping}


def _claim(world: World) -> Example:
    world.ad("ad", beer=True)
    with world.house.records.reading() as records:
        return Example(at=(records.find(CLAIMS, subject="ad")[0].id,))


def _new_claim(world: World) -> Example:
    world.ad("ad")
    return Example(body={"policy": POLICY, "claim": claim("ad", "beer")})


def _described() -> dict[str, Any]:
    return {"about": ACME, "description": json.dumps(document()), "file": SimpleUploadedFile("a.pdf", PDF)}


def _document(world: World) -> Example:
    return Example(at=(DRIVERS[Act.EXPUNGE](world, ACME)[0],))


def _version(world: World) -> Example:
    return Example(at=(drafted(world),), whose="")


def _staged(act: Act) -> Making:
    return lambda world: Example(at=(DRIVERS[act](world, ACME)[0],), body=WHY, whose="")


def _decision(world: World) -> Example:
    return Example(at=(excluded(world, "ad").id,))


def _digest(act: Act, **more: str) -> Making:
    """A signature on a proposal, which names what was read."""

    def making(world: World) -> Example:
        name, _ = DRIVERS[act](world, ACME)
        with world.house.records.reading() as records:
            row = records.get(DECISIONS, name)
        assert row is not None
        body = {"digest": row.digest, **WHY, **more}
        return Example(at=(name,), body=body, of=lambda actor: {**body, **_role(actor)} if more else body)

    return making


def _role(actor: Actor) -> dict[str, str]:
    own = [role for role in actor.roles if role in STAFF]
    return {"role": (own or [Role.LEGAL])[0].value}


def _subject_of_matter(body: Mapping[str, Any] | None = None, fact: str = "beer") -> Making:
    def making(world: World) -> Example:
        world.ad("ad", **{fact: True})
        return Example(at=(world.matter().id, "ad"), body=body)

    return making


def _made(world: World) -> Example:
    """A notice that was really made, with its entry."""
    decision = excluded(world, "ad")
    make_owed(world.house)
    with world.house.records.reading() as records:
        return Example(at=(records.find(NOTICES, about=decision.id)[0].id,))


def _notice(world: World) -> Example:
    return Example(at=(made_notice(world, excluded(world, "ad")).id,))


def _appeal(world: World) -> Example:
    return Example(at=(filed(world, excluded(world, "ad")).id,))


def _appealed(**body: Any) -> Making:  # noqa: ANN401 - JSON
    return lambda world: Example(body={"decision": excluded(world, "ad").id, **body})


def _message(world: World) -> Example:
    appeal = filed(world, excluded(world, "ad"))
    talking.write(world.house, world.who(Role.MEMBER), appeal.id, "One thing more.")
    return Example(at=(appeal.id,))


def _attached(world: World) -> Example:
    appeal = filed(world, excluded(world, "ad"))
    return Example(at=(appeal.id,), form={"title": "A letter", "file": SimpleUploadedFile("a.pdf", PDF)})


def _assigned_to(world: World) -> Example:
    name, _ = DRIVERS[Act.ASSIGN_APPEAL](world, ACME)
    return Example(at=(name,), body={"person": somebody(world, "judge", Role.APPEALS).person, **WHY})


def _request(world: World) -> Example:
    row = filed(world, excluded(world, "ad"), AppealKind.REASONS)
    return Example(at=(row.id,), body={"text": heard_drivers.ANSWER})


def _dispute(world: World) -> Example:
    return Example(at=(DRIVERS[Act.END_DISPUTE](world, ACME)[0],))


def _outcome(world: World) -> Example:
    name, _ = DRIVERS[Act.RECORD_OUTCOME](world, ACME)
    return Example(at=(name,), body={"outcome": "partly", "text": "What the body says."})


def _carried_out(world: World) -> Example:
    name, _ = DRIVERS[Act.CARRY_OUT](world, ACME)
    with world.house.records.reading() as records:
        decision = records.find(DECISIONS, subject="ad")[0].id
    return Example(at=(name,), body={"decision": decision, **WHY})


def _clock(world: World) -> Example:
    return Example(at=(DRIVERS[Act.EXTEND](world, ACME)[0],), whose="")


def _extended(world: World) -> Example:
    name, _ = DRIVERS[Act.EXTEND](world, ACME)
    with world.house.records.reading() as records:
        clock = records.get(CLOCKS, name)
    assert clock is not None
    later = Instant(clock.due_at.nanos + heard_drivers.DAY)
    return Example(at=(name,), body={"until": str(day_of(later)), **WHY})


def _misuse(world: World) -> Example:
    return Example(at=(DRIVERS[Act.END_MISUSE](world, ACME)[0],))


def _warned(world: World) -> Example:
    DRIVERS[Act.WARN](world, ACME)
    return Example(body={"advertiser": ACME, **heard_drivers.WEIGHED, **WHY})


def _suspended(world: World) -> Example:
    row, until = heard_drivers.unheeded(world, ACME)
    return Example(at=(row.id,), body={"until": str(day_of(until)), **WHY})


def _assigned_matter(world: World) -> Example:
    return Example(at=(world.matter().id,), body={"person": world.who(Role.REVIEWER).person, **WHY})


def _registered(world: World) -> Example:
    return Example(at=(excluded(world, "ad").id,), whose="")


def _replied(world: World) -> Example:
    return Example(at=(replied(world).id,))


def _somebody(world: World) -> Example:
    return Example(at=(world.who("colleague").person,))


def _shut_out(world: World) -> Example:
    person = world.join("gone", Role.LEGAL).person
    people.deactivate(world.house, world.who(Role.ADMINISTRATOR), person, "left")
    return Example(at=(person,), body=WHY, whose="")


def _to_person(body: Mapping[str, Any] | None) -> Making:
    return lambda world: Example(at=(world.who("colleague").person,), body=body)


def _invited_again(world: World) -> Example:
    administrator = world.who(Role.ADMINISTRATOR)
    invited = people.invite(
        world.house, administrator, "late@example.org", "Late", (Role.READER,), advertiser=ACME
    )
    return Example(at=(invited.person.id,))


def _own_key(body: Mapping[str, Any]) -> Making:
    """A key does so to itself."""
    return lambda world: Example(
        at=(str(world.who("service").key),), body=body, whose="", own=lambda actor: (str(actor.key),)
    )


def _hook(body: Mapping[str, Any] | None = None) -> Making:
    return lambda world: Example(at=(hooked(world).hook.id,), body=body, whose="")


INVITED = {"email": "new@example.org", "name": "New", "roles": ["reader"], "advertiser": ACME}
HOOK = {"name": "another", "url": URL, **WHY}
PLATFORM = {
    "platform": {"en": "Platform", "fr": "Plateforme"},
    "complaint": "https://example.org/complain",
    "settlement": "https://example.org/settle",
    "languages": ["en", "fr"],
    **WHY,
}
EXAMPLES: Mapping[str, Making] = {
    "read_myself": mine,
    # people and keys
    "list_people": mine,
    "read_person": _somebody,
    "invite_person": lambda _: Example(body=INVITED),
    "invite_person_again": _invited_again,
    "change_roles": _to_person({"roles": ["member"], "advertiser": ACME, **WHY}),
    "deactivate_person": _to_person(WHY),
    "expunge_person": _shut_out,
    "list_keys": whole(),
    "list_own_keys": whole(),
    "revoke_own_key": _own_key(WHY),
    "revoke_key": lambda world: Example(at=(str(world.who("service").key),), body=WHY, whose=""),
    "rotate_key": _own_key({}),
    # the institution itself, and programs that are told of what happens
    "read_institution": whole(),
    "settle_institution": lambda _: Example(body=PLATFORM, whose=""),
    "list_hooks": whole(),
    "read_hook": _hook(),
    "settle_hook": lambda _: Example(body=HOOK, whose=""),
    "settle_hook_anew": _hook(HOOK),
    "make_hook_secret": _hook(WHY),
    "replay_hook": _hook({"since": 0, **WHY}),
    "end_hook": _hook(WHY),
    "send_trial": _hook(),
    "export_own": lambda _: Example(at=(ACME,)),
    # retention
    "list_due": whole(),
    "list_holds": whole(),
    "make_hold": lambda world: Example(body={"of": world.matter().id, **WHY}),
    "release_hold": done_to(Act.RELEASE, WHY),
    # data
    "check_rows": lambda world: Example(form=_rows(world), whose=""),
    "import_rows": lambda world: Example(form={**_rows(world), **WHY}, whose=""),
    "export_data": whole(),
    # material
    "list_subjects": listed,
    "record_subject": lambda _: Example(body={"subject": subject("new-ad", ACME)}),
    "read_subject": _subject,
    "list_claims": listed,
    "record_claim": _new_claim,
    "withdraw_claim": done_to(Act.WITHDRAW_CLAIM, WHY),
    "discount_claim": done_to(Act.DISCOUNT, {"weight": 1, **WHY}),
    "read_claim": _claim,
    "list_documents": listed,
    "receive_document": lambda _: Example(form=_described()),
    "fetch_document": _document,
    "expunge_document": done_to(Act.EXPUNGE, WHY),
    "read_document": _document,
    # policies
    "list_policies": whole(),
    "list_versions": lambda _: Example(at=(POLICY,), whose=""),
    "list_enactments": lambda _: Example(at=(POLICY,), whose=""),
    "draft_version": lambda _: Example(body={"text": PACKAGE, "vocabulary": VOCABULARY, **WHY}, whose=""),
    "shadow_version": _staged(Act.SHADOW),
    "approve_version": _staged(Act.APPROVE),
    "reject_version": _staged(Act.REJECT),
    "publish_version": _staged(Act.PUBLISH),
    "roll_back_version": _staged(Act.ROLL_BACK),
    "read_version": lambda _: Example(at=(f"{POLICY}@1",), whose=""),
    # matters
    "list_matters": listed,
    "open_matter": lambda _: Example(body={"advertiser": ACME, "policy": POLICY, **WHY}),
    "read_matter": done_to(Act.READ_MATTER),
    "assign_matter": _assigned_matter,
    "close_matter": done_to(Act.CLOSE, WHY),
    "reopen_matter": done_to(Act.REOPEN, WHY),
    "ask_question": lambda _: Example(body={"policy": POLICY}, whose=""),
    "ask_questions": lambda _: Example(body={"questions": [{"policy": POLICY}]}, whose=""),
    "evaluate_matter": done_to(Act.EVALUATE),
    "view_matter": done_to(Act.READ_MATTER),
    # decisions
    "list_decisions": listed,
    "read_decision": _decision,
    "replay_decision": done_to(Act.REPLAY),
    "read_receipt_of_decision": _decision,
    "list_measures": listed,
    "read_options": _subject_of_matter(),
    "propose_decision": _subject_of_matter(
        {"reason": EXCLUDING.reason, "milder": EXCLUDING.milder, "rights": EXCLUDING.rights}
    ),
    "automate_decision": _subject_of_matter(fact="loud"),
    "return_decision": done_to(Act.RETURN, WHY),
    "confirm_decision": _digest(Act.CONFIRM),
    "sign_decision": _digest(Act.SIGN, role="legal"),
    "issue_decision": done_to(Act.ISSUE),
    # notices
    "list_notices": listed,
    "read_notice": _notice,
    "read_notice_content": _notice,
    "list_deliveries": _notice,
    "read_notice_receipt": _made,
    "open_notice": done_to(Act.OPEN_NOTICE),
    "resend_notice": done_to(Act.RESEND, WHY),
    "correct_notice": done_to(Act.CORRECT, WHY),
    "preview_notice": _decision,
    # appeals
    "list_appeals": listed,
    "file_appeal": _appealed(points=["It is wrong."]),
    "list_queue": mine,
    "count_queue": mine,
    "read_appeal": _appeal,
    "read_time_to_appeal": _decision,
    "withdraw_appeal": done_to(Act.WITHDRAW_APPEAL, WHY),
    "list_assignable": _appeal,
    "acknowledge_appeal": done_to(Act.ACKNOWLEDGE, {"text": "Somebody reads it."}),
    "assign_appeal": _assigned_to,
    "answer_request": _request,
    "pause_measures": done_to(Act.PAUSE, WHY),
    "resume_measures": done_to(Act.RESUME, WHY),
    "list_messages": _message,
    "write_message": done_to(Act.WRITE, {"text": "One thing more."}),
    "attach_document": _attached,
    # disputes
    "list_disputes": listed,
    "refer_dispute": _appealed(body="A body", reference="12/26", reason="It was told so."),
    "read_dispute": _dispute,
    "read_pack": _dispute,
    "record_outcome": _outcome,
    "carry_out_outcome": _carried_out,
    "not_follow_outcome": done_to(Act.NOT_FOLLOW, WHY),
    "end_dispute": done_to(Act.END_DISPUTE, WHY),
    # clocks
    "list_clocks": whole(),
    "read_clock": _clock,
    "extend_clock": _extended,
    "read_calendar": lambda _: Example(at=("2026",), whose=""),
    # misuse
    "read_misuse_figures": lambda _: Example(at=(ACME,)),
    "list_misuse_procedures": listed,
    "warn_of_misuse": _warned,
    "read_misuse_procedure": _misuse,
    "suspend_handling": _suspended,
    "end_misuse_procedure": done_to(Act.END_MISUSE, WHY),
    # how the institution answers
    "read_contact": lambda _: Example(at=(ACME,)),
    "settle_contact": lambda _: Example(
        at=(ACME,), body={"language": "fr", "emails": ["post@example.org"], **WHY}
    ),
    "read_procedure": whole(),
    "settle_procedure": lambda _: Example(body=WHY, whose=""),
    "read_overview": whole(),
    # the log
    "read_log": whole(),
    "list_entries": whole(),
    "read_entry": lambda _: Example(at=("0",), whose=""),
    "list_checkpoints": whole(),
    "sign_checkpoint": whole(),
    "prove_inclusion": whole("entry=0&size=2"),
    "prove_consistency": whole("from=1&to=2"),
    "export_log": whole(),
    "export_whole_log": whole(),
    "check_everything": whole(),
    "read_receipt": _decision,
    "list_register": whole(),
    "read_register_statistics": whole(),
    "read_reply": _replied,
    "give_reply": done_to(Act.REPLY, {"text": "We sell beer without alcohol."}),
    "withdraw_reply": done_to(Act.WITHDRAW_REPLY),
    "refuse_reply": done_to(Act.REFUSE_REPLY, {"ground": "others", **WHY}),
    "answer_refusal": done_to(Act.ANSWER_REFUSAL, {"text": "The neighbour is a firm."}),
    "restore_reply": done_to(Act.RESTORE_REPLY, WHY),
    "read_registered": _registered,
}
"""By the operation's name."""
