"""Who may open and send what: every address of the desk by somebody of each role, against the table of acts.

The same table that the API is held to. Whoever lacks the right opens nothing, is told what is told of a thing that
is not there, and writes nothing; whoever has it is never told so. Of a form without the right to it nobody
learns what would be wrong in it.
"""

import re
import shutil
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.urls import URLPattern

from adjudge.basis.reading.json_text import Plain
from adjudge.desk.frame.steps import STEPS
from adjudge.desk.urls import ADDRESSES
from adjudge.institution.hearing.settlement import refer
from adjudge.institution.material.claims import record_claim
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.premises import occupy
from adjudge.institution.published.replying import give_reply
from adjudge.institution.staff import keys
from adjudge.institution.staff.people import FOUNDER, actor_of, invite, join
from adjudge.people.act import ACTS, About, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may
from adjudge.people.role import STAFF, Role
from adjudge.records.shelf import CLOCKS, HOOKS, PEOPLE, VERSIONS
from adjudge.storage.models import Account
from tests.rooms.desk.hearings import SUBJECT, filed, notices
from tests.sites import Site, founded, opened_in, pointed_to, quick_passwords

__all__ = ["founded"]

READ = {
    "overview": Act.READ_OVERVIEW,
    "overview_table": Act.READ_OVERVIEW,
    "matters": Act.READ_MATTER,
    "open": Act.OPEN,
    "matter": Act.READ_MATTER,
    "sheet": Act.READ_MATTER,
    "propose": Act.PROPOSE,
    "read_document": Act.READ_MATTER,
    "document_file": Act.READ_MATTER,
    "decision": Act.READ_MATTER,
    "receipt_file": Act.READ_MATTER,
    "notices": Act.READ_MATTER,
    "notice": Act.READ_MATTER,
    "notice_receipt": Act.READ_MATTER,
    "notice_file": Act.READ_MATTER,
    "appeals": Act.READ_APPEAL,
    "appeal": Act.READ_APPEAL,
    "dispute": Act.READ_APPEAL,
    "pack_file": Act.READ_APPEAL,
    "clocks": Act.READ_CLOCKS,
    "misuse": Act.READ_APPEAL,
    "reply": Act.READ_MATTER,
    "team": Act.READ_PEOPLE,
    "contact_of": Act.SETTLE_CONTACT,
    "procedure": Act.SETTLE_PROCEDURE,
    "data_of": Act.EXPORT_OWN,
    "people": Act.READ_PEOPLE,
    "keys": Act.MAKE_OWN_KEY,
    "hooks": Act.READ_HOOKS,
    "policies": Act.READ_PACKAGES,
    "version": Act.READ_PACKAGES,
    "institution": Act.SETTLE,
    "log": Act.READ_LOG,
    "log_file": Act.READ_PARTS,
}
"""What is opened, by the right that it needs."""
SENT = {
    "open": Act.OPEN,
    "assign": Act.ASSIGN,
    "take": Act.ASSIGN,
    "evaluate": Act.EVALUATE,
    "close": Act.CLOSE,
    "reopen": Act.REOPEN,
    "receive": Act.RECEIVE_DOCUMENT,
    "discount": Act.DISCOUNT,
    "withdraw": Act.WITHDRAW_CLAIM,
    "proposing": Act.PROPOSE,
    "claim_in": Act.RECORD_CLAIM,
    "discount_in": Act.DISCOUNT,
    "withdraw_in": Act.WITHDRAW_CLAIM,
    "confirm": Act.CONFIRM,
    "sign": Act.SIGN,
    "return": Act.RETURN,
    "issue": Act.ISSUE,
    "answer_decision": Act.FILE,
    "file_appeal": Act.FILE,
    "ask_reasons": Act.FILE,
    "refer": Act.REFER,
    "resend": Act.RESEND,
    "correct": Act.CORRECT,
    "write": Act.WRITE,
    "withdraw_appeal": Act.WITHDRAW_APPEAL,
    "acknowledge": Act.ACKNOWLEDGE,
    "assign_appeal": Act.ASSIGN_APPEAL,
    "answer": Act.ANSWER,
    "pause": Act.PAUSE,
    "resume": Act.RESUME,
    "extend_appeal": Act.EXTEND,
    "record_outcome": Act.RECORD_OUTCOME,
    "carry_out": Act.CARRY_OUT,
    "not_follow": Act.NOT_FOLLOW,
    "end_dispute": Act.END_DISPUTE,
    "extend_dispute": Act.EXTEND,
    "warn": Act.WARN,
    "reply": Act.REPLY,
    "withdraw_reply": Act.WITHDRAW_REPLY,
    "refuse_reply": Act.REFUSE_REPLY,
    "answer_refusal": Act.ANSWER_REFUSAL,
    "restore_reply": Act.RESTORE_REPLY,
    "invite_own": Act.INVITE,
    "invite_own_again": Act.INVITE,
    "change_own": Act.CHANGE_ROLES,
    "take_out": Act.DEACTIVATE,
    "contact_of": Act.SETTLE_CONTACT,
    "procedure": Act.SETTLE_PROCEDURE,
    "invite": Act.INVITE,
    "invite_again": Act.INVITE,
    "change_roles": Act.CHANGE_ROLES,
    "deactivate": Act.DEACTIVATE,
    "make_key": Act.MAKE_KEY,
    "revoke_key": Act.REVOKE_KEY,
    "rotate_key": Act.REVOKE_KEY,
    "keys": Act.MAKE_OWN_KEY,
    "hooks": Act.SETTLE_HOOK,
    "change_hook": Act.SETTLE_HOOK,
    "hook_secret": Act.SETTLE_HOOK,
    "replay_hook": Act.REPLAY_HOOK,
    "end_hook": Act.END_HOOK,
    "shadow": Act.SHADOW,
    "approve": Act.APPROVE,
    "reject": Act.REJECT,
    "publish": Act.PUBLISH,
    "roll_back": Act.ROLL_BACK,
    "institution": Act.SETTLE,
    "checkpoint": Act.CHECKPOINT,
}
"""What is sent, by the right that it needs."""
STAFF_ALONE = frozenset({"sheet", "misuse", "people", "invite", "invite_again", "change_roles", "deactivate"})
"""Pages of work: what weighs, who misuses and who works here is shown to staff, whoever has the right elsewhere."""
OWN_ALONE = frozenset({"answer_decision", "team", "invite_own", "invite_own_again", "change_own", "take_out"})
"""Pages of an advertiser's people, whoever else may do the same elsewhere."""
FURTHER = {
    "answer_decision": {"kind": "reasons"},
    "reply": {"text": "It is not so."},
    "refuse_reply": {"ground": "elsewhere"},
    "answer_refusal": {"answer": "It is so."},
    "invite_own": {"email": "colleague@example.org", "name": "A colleague", "part": "reader"},
    "change_own": {"part": "reader"},
}
"""What single forms ask for beside what every one is sent."""
FOR_STAFF = {"first_run", "leave_steps", "mark_step", "design", "design_schemes"}
"""What whoever works here has, and members have not; no act of the institution."""
ELSEWHERE = {
    "alive": "for everybody",
    "answers_style": "for everybody",
    "set_language": "for everybody",
    "codes": "for everybody",
    "code": "for everybody",
    "join": "by the link of an invitation",
    "ask_link": "for everybody",
    "link": "by the link of a notice",
    "leave_link": "by the link of a notice",
    "check_receipt": "for everybody",
    "register": "for everybody, where there is one",
    "register_badge": "for everybody, where there is one",
    "register_checkpoint": "for everybody, where there is one",
    "register_embed": "for everybody, where there is one",
    "register_feed": "for everybody, where there is one",
    "register_figures": "for everybody, where there is one",
    "register_file": "for everybody, where there is one",
    "register_log": "for everybody, where there is one",
    "register_oembed": "for everybody, where there is one",
    "register_policies": "for everybody, where there is one",
    "register_policy_text": "for everybody, where there is one",
    "register_robots": "for everybody: what programs of search engines are told",
    "register_sitemap": "for everybody, where it is declared",
    "register_statistics": "for everybody, where there is one",
    "registered": "for everybody, where there is one",
    "home": "leads to what one may open",
    "help": "for whoever is signed in",
    "own_data": "a member's own",
    "contact": "a member's own",
    "assign_many": "each of its lines asks for itself",
    "save_view": "one's own",
    "rename_view": "one's own",
    "delete_view": "one's own",
    "revoke_own_key": "one's own",
    "rotate_own_key": "one's own",
    "suspend": "after many appeals: tried where misuse is",
    "end_misuse": "after many appeals: tried where misuse is",
}
"""Addresses that no single act stands for, with the reason; and those of signing in."""
HOOK = {
    "name": "a program",
    "url": "https://program.example/in",
    "kinds": "",
    "since": "0",
    "reason": "it asks",
}
BARRED, FAILED = 404, 500
DESCRIBED: dict[str, Plain] = {
    "kind": "press_report",
    "title": "A letter",
    "publisher": "A newspaper",
    "language": "en",
    "precision": "unknown",
    "status": "secondary",
    "sources": ["https://newspaper.example/2018"],
    "summary": {"en": "What it says."},
}


@dataclass
class Prepared:
    """A site with something behind every address, and who asks."""

    site: Site
    parts: dict[str, str]
    people: dict[str, tuple[Account, Actor]] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    """What every form holds, as far as it asks for it."""


@pytest.fixture(scope="module")
def prepared(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Give one site for all: what is done on it is forgotten."""
    folder = tmp_path_factory.mktemp("rights") / "site"
    shutil.copytree(founded, folder)
    pointed_to(folder)
    opened = opened_in(folder, hour=13)
    occupy(opened)
    with opened.house.records.reading() as records:
        people = {row.email.split("@")[0]: row for row in records.find(PEOPLE)}
    with quick_passwords():
        yield filled_in(Site(opened, people))
    connections["default"].close()


def filled_in(site: Site) -> Prepared:
    """A site with an appeal, a dispute, a notice, a program and keys, and a member of another advertiser."""
    appeal = filed(site)
    dispute = refer(site.house, site.actor("member"), appeal.decision, "A body", "2026/17", "")
    key = keys.make_key(site.house, site.actor("administrator"), "a program", [Act.READ_LOG]).key
    site.client("administrator").post("/hooks", HOOK)
    upload = Upload(content=b"What it says.", file_name="letter.txt")
    document = receive(site.house, site.actor("reviewer"), site.matter.advertiser, DESCRIBED, upload)
    claim = record_claim(site.house, site.actor("reviewer"), "ads-standard", read_in(document.id, site))
    give_reply(site.house, site.actor("member"), appeal.decision, "We sell no such thing.")
    own = site.matter.advertiser
    colleague = invite(
        site.house, FOUNDER, "invited@example.org", "Invited", (Role.READER,), advertiser=own
    ).person
    joined = {
        "owner": _joined(site, "owner", Role.OWNER, own),
        "reader": _joined(site, "reader", Role.READER, own),
        "stranger": _joined(site, "stranger", Role.MEMBER, "another-advertiser"),
        "strange_owner": _joined(site, "strange_owner", Role.OWNER, "another-advertiser"),
    }
    with site.house.records.reading() as records:
        clock = {row.of: row.id for row in records.find(CLOCKS)}
        parts = {
            "matter_id": site.matter.id,
            "subject": SUBJECT,
            "claim_id": claim.id,
            "document_id": document.id,
            "decision_id": appeal.decision,
            "notice_id": notices(site)[0].id,
            "appeal_id": appeal.id,
            "dispute_id": dispute.id,
            "clock_id": clock[appeal.id],
            "advertiser": site.matter.advertiser,
            "person_id": site.people["other"].id,
            "colleague": colleague.id,
            "key_id": key.id,
            "hook_id": records.find(HOOKS)[0].id,
            "digest": records.find(VERSIONS)[0].id,
            "name": next(step.name for step in STEPS if step.shown is None),
            "ending": "json",
        }
    people = {name: (site.account(name), site.actor(name)) for name in site.people}
    people |= joined
    sent = {
        "seen": "0",
        "reason": "It is so.",
        "person": site.people["other"].id,
        "advertiser": site.matter.advertiser,
        "claim": parts["claim_id"],
        "role": "legal",
        "weight": "1",
        "since": "0",
    }
    return Prepared(site, parts, people, sent)


def _joined(site: Site, name: str, role: Role, advertiser: str) -> tuple[Account, Actor]:
    """Somebody of an advertiser, who can sign in."""
    invited = invite(site.house, FOUNDER, f"{name}@example.org", name, (role,), advertiser=advertiser)
    person = join(site.house, invited.secret)
    return Account.objects.create(email=person.email, person=person.id), actor_of(person)


def read_in(document: str, site: Site) -> dict[str, Plain]:
    """A claim that was read in the document."""
    return {
        "subject": site.matter.advertiser,
        "fact": "advertiser.founder_name_reported",
        "value": "E. Kaspersky",
        "stance": "asserts",
        "weight": 2,
        "origin": "a-letter",
        "document": document,
        "place": "What it says.",
    }


def addresses() -> dict[str, str]:
    """Every address of the desk by its name, but those of signing in."""
    found = [item for item in ADDRESSES if isinstance(item, URLPattern)]
    return {str(item.name): str(item.pattern) for item in found if not str(item.name).startswith("account_")}


def filled(prepared: Prepared, name: str) -> str:
    """The address of what there is."""
    ending = {"notice_file": "txt", "pack_file": "json"}
    parts = {**prepared.parts, "ending": ending.get(name, "json")}
    if name in OWN_ALONE:
        parts["person_id"] = parts["colleague"]
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: parts[found[1]], addresses()[name])


def test_every_address_is_under_an_act_or_there_is_a_reason_that_it_is_not() -> None:
    told = {*READ, *SENT, *FOR_STAFF, *ELSEWHERE}
    assert sorted(set(addresses()) ^ told) == []


@pytest.mark.parametrize("name", sorted(READ))
def test_a_page_is_opened_by_those_whom_the_table_of_acts_names(prepared: Prepared, name: str) -> None:
    assert _differing(prepared, name, READ[name], "get") == []


@pytest.mark.parametrize("name", sorted(SENT))
def test_a_form_is_taken_from_those_whom_the_table_of_acts_names(prepared: Prepared, name: str) -> None:
    assert _differing(prepared, name, SENT[name], "post") == []


@pytest.mark.parametrize("name", sorted(FOR_STAFF))
def test_what_is_for_staff_is_for_nobody_else(prepared: Prepared, name: str) -> None:
    method = "post" if name in {"leave_steps", "mark_step"} else "get"
    for who, (_, actor) in prepared.people.items():
        status, written = _asked(prepared, name, who, method)
        assert (status == BARRED) is not bool(actor.roles & STAFF), who
        assert written == 0


def _differing(prepared: Prepared, name: str, act: Act, method: str) -> list[tuple[str, int, int]]:
    """Who was answered otherwise than the table of acts says."""
    wrong, let_in = [], 0
    barred = {BARRED}
    for who, (_, actor) in prepared.people.items():
        status, written = _asked(prepared, name, who, method)
        is_right = _may(prepared, actor, act, name)
        let_in += is_right
        as_told = status != BARRED and status < FAILED if is_right else status in barred and not written
        if not as_told:
            wrong.append((who, status, written))
    assert let_in, "nobody may: the example is none"
    return wrong


def _may(prepared: Prepared, actor: Actor, act: Act, name: str) -> bool:
    """What the table says: of what concerns an advertiser, of the one whose thing stands behind the address."""
    if (name in STAFF_ALONE and not actor.roles & STAFF) or (name in OWN_ALONE and not actor.advertiser):
        return False
    if name == "sign" and Role.LEGAL not in actor.roles:  # the form signs for the legal department
        return False
    listed = "<" not in addresses()[name] and name not in {"open", "warn"}  # a list shows one's own
    whose = actor.advertiser if listed else prepared.site.matter.advertiser
    return may(actor, act, whose if ACTS[act].about is About.ADVERTISER else "")


def _asked(prepared: Prepared, name: str, who: str, method: str) -> tuple[int, int]:
    """The status, and how many entries were written, which are forgotten."""
    client = prepared.site.client()
    client.force_login(prepared.people[who][0])
    client.raise_request_exception = False
    size = prepared.site.size
    with transaction.atomic():
        address = filled(prepared, name)
        answer = (
            client.post(address, prepared.sent | FURTHER.get(name, {}))
            if method == "post"
            else client.get(address)
        )
        deque(getattr(answer, "streaming_content", ()), maxlen=0)
        written = prepared.site.size - size
        transaction.set_rollback(True)
    return answer.status_code, written
