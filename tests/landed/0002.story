"""What an institution did whose program knew the migrations 0001 and 0002. Run by that program: `tools/landed.py`."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from adjudge.basis.instant import Instant, parse_instant
from adjudge.institution.on_database import open_institution
from adjudge.settings.schema import Settings

opened = open_institution(Settings(data=Path(sys.argv[1]), origin="landed.test"), migrated=True)

from adjudge.institution import (
    case_folder, claims, decisions, documents, log, matters, packages, people, settling,
)
from adjudge.matters.proposal import Proposal
from adjudge.people.act import ACTS, Act
from adjudge.people.role import Role

TIME = [parse_instant("2026-10-01T08:00:00Z").nanos]


def clock():
    TIME[0] += 60_000_000_000
    return Instant(TIME[0])


house = replace(opened.house, clock=clock)
keys = {}


def joined(name, *roles, by=None, advertiser=""):
    invited = people.invite(house, by or people.FOUNDER, f"{name}@example.org", name.title(), roles, advertiser=advertiser)
    actor = people.actor_of(people.join(house, invited.secret))
    keys[name] = people.make_own_key(house, actor, "command line").secret
    return actor


administrator = joined("administrator", Role.ADMINISTRATOR)
staff = {role.value: joined(role.value, role, by=administrator) for role in Role if role not in {
    Role.ADMINISTRATOR, Role.MEMBER, Role.SERVICE}}
proposer = joined("proposer", Role.REVIEWER, by=administrator)
leaver = joined("leaver", Role.LEGAL, by=administrator)
reviewer = staff["reviewer"]
settling.settle_institution(
    house, administrator, platform={"en": "Platform", "fr": "Plateforme"}, complaint="https://example.org/complain",
    settlement="https://example.org/settle", review={}, languages=("en", "fr"), reason="set-up",
)
matter = case_folder.bring_case(house, administrator, reviewer, Path("examples/cases/kaspersky-2018"))
member = joined("member", Role.MEMBER, by=administrator, advertiser=matter.advertiser)
acts = [act for act, right in ACTS.items() if Role.SERVICE in right.roles]
keys["service"] = people.make_key(house, administrator, "a program", acts).secret
lost = people.make_key(house, administrator, "lost", [Act.RECORD_CLAIM])
people.revoke_key(house, administrator, lost.key.id, "lost")
matters.evaluate_matter(house, reviewer, matter.id)


def proposed(subject, **more):
    words = {"reason": "What is found of it is on record.", "milder": "A label would not stop it.",
             "rights": "The advertiser may trade; the ad may run where nothing forbids it.", **more}
    return decisions.propose(house, proposer, matter.id, subject, Proposal(**words))


def issued(subject):
    row = proposed(subject)
    for role in decisions.open_needs(house, reviewer, row.id):
        if role == "second_reviewer":
            decisions.confirm(house, staff[role], row.id, row.digest, "read and agreed")
        else:
            decisions.sign(house, staff[role], row.id, role, row.digest, reason="lawful")
    return decisions.issue(house, reviewer, row.id)


antivirus = issued("ad-antivirus")
returned = proposed("ad-antivirus")
decisions.give_back(house, reviewer, returned.id, "nothing has changed")
log.sign_now(house, opened.signer)
described = {"kind": "other", "title": "A letter", "publisher": "The advertiser", "language": "en",
             "precision": "unknown", "status": "primary", "sources": ["letter"], "summary": {"en": "A letter."}}
kept = documents.receive(house, reviewer, matter.advertiser, described,
                         documents.Upload(content=b"%PDF-1.4 a letter that stays", file_name="letter.pdf"))
gone = documents.receive(house, reviewer, matter.advertiser, described,
                         documents.Upload(content=b"%PDF-1.4 a letter that went", file_name="private.pdf"))
documents.expunge(house, administrator, gone.id, "it was asked for")
people.deactivate(house, administrator, leaver.person, "left")
claims.discount(house, reviewer, antivirus.grounds[0], 1, "there is doubt about the translation")
with house.records.reading() as records:
    reopened = matters.matter(records, matter.id)
matters.assign(house, reviewer, matter.id, reviewer.person, reason="it is mine", seen=reopened.seen)
waiting = proposed("ad-antivirus")
log.sign_now(house, opened.signer)
print(json.dumps({"keys": keys, "matter": matter.id, "advertiser": matter.advertiser, "decision": antivirus.id,
                  "waiting": waiting.id, "kept": kept.id, "gone": gone.id,
                  "at": str(Instant(TIME[0]))}))
