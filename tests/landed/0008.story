"""What an institution did whose program knew the migrations up to 0008. Run by that program: `tools/landed.py`."""

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from adjudge.basis.instant import Instant, parse_instant
from adjudge.institution.on_database import open_institution
from adjudge.settings.schema import Settings

opened = open_institution(
    Settings(data=Path(sys.argv[1]), origin="landed.test", public_url="https://landed.test"), migrated=True
)

from adjudge.institution.data import case_folder
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.material import claims, documents
from adjudge.institution.published import replying
from adjudge.institution.record import log
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.hearing import filing, handling, relief, settlement, talking
from adjudge.institution.notifying import contacts, delivering, links, making
from adjudge.institution.notifying import reading as notices
from adjudge.institution.staff import keys as making_keys
from adjudge.institution.staff import people, settling
from adjudge.post.attempt import Delivered
from adjudge.post.post import Post
from adjudge.matters.proposal import Proposal
from adjudge.people.act import ACTS, Act
from adjudge.people.role import STAFF, Role

TIME = [parse_instant("2026-10-01T08:00:00Z").nanos]


def clock():
    TIME[0] += 60_000_000_000
    return Instant(TIME[0])


house = replace(opened.house, clock=clock)
keys = {}


def joined(name, *roles, by=None, advertiser=""):
    invited = people.invite(house, by or people.FOUNDER, f"{name}@example.org", name.title(), roles, advertiser=advertiser)
    actor = people.actor_of(people.join(house, invited.secret))
    keys[name] = making_keys.make_own_key(house, actor, "command line").secret
    return actor


administrator = joined("administrator", Role.ADMINISTRATOR)
staff = {role.value: joined(role.value, role, by=administrator) for role in Role if role in STAFF - {
    Role.ADMINISTRATOR}}
proposer = joined("proposer", Role.REVIEWER, by=administrator)
leaver = joined("leaver", Role.LEGAL, by=administrator)
reviewer = staff["reviewer"]
settling.settle_institution(
    house, administrator, platform={"en": "Platform", "fr": "Plateforme"}, complaint="https://example.org/complain",
    settlement="https://example.org/settle", review={}, languages=("en", "fr"), reason="set-up",
)
settle_procedure(house, administrator, ProcedureSettled(country="FR", zone="Europe/Paris", advance_days=30,
                 relief=("suspend",), misuse={"least_number": "2"}, link_days=20,
                 public={"least": "3", "facts": "advertiser.founder_name_reported"}), reason="set-up")
# Names that say whose they are (`person`) came with this program, and notices that a reply was refused. The one before,
# which is tried on this state, can read neither (docs/guides/deploying.md): so there is none of both here.
with tempfile.TemporaryDirectory() as folder:
    for part in ("examples", "policies"):
        shutil.copytree(part, Path(folder) / part)
    case = Path(folder) / "examples/cases/kaspersky-2018"
    told = (case / "case.yaml").read_text(encoding="utf-8")
    (case / "case.yaml").write_text(told.replace(", person: legal", ""), encoding="utf-8")
    matter = case_folder.bring_case(house, administrator, reviewer, case)
owner = joined("owner", Role.OWNER, by=administrator, advertiser=matter.advertiser)
member = joined("member", Role.MEMBER, by=owner, advertiser=matter.advertiser)
reader = joined("reader", Role.READER, by=owner, advertiser=matter.advertiser)
guest = people.invite(house, owner, "guest@example.org", "Guest", [Role.READER], advertiser=matter.advertiser)
acts = [act for act, right in ACTS.items() if Role.SERVICE in right.roles]
keys["service"] = making_keys.make_key(house, administrator, "a program", acts).secret
lost = making_keys.make_key(house, administrator, "lost", [Act.RECORD_CLAIM])
making_keys.revoke_key(house, administrator, lost.key.id, "lost")
matters.evaluate_matter(house, reviewer, matter.id)


def proposed(subject, *, by=proposer, **more):
    words = {"reason": "What is found of it is on record.", "milder": "A label would not stop it.",
             "rights": "The advertiser may trade; the ad may run where nothing forbids it.", **more}
    return decisions.propose(house, by, matter.id, subject, Proposal(**words))


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


class Taken:
    def __init__(self):
        self.links = []

    def send(self, what):
        self.links.append(getattr(what, "link", ""))
        return Delivered("250 taken")


mailer = Taken()


contacts.settle_contact(house, member, matter.advertiser, language="fr", emails=["post@example.org", "legal@example.org"],
                        webhook="https://example.org/hook", reason="to be reached")
making.make_owed(house)
delivering.deliver_due(house, Post(mailer=mailer, webhooks=Taken()))
notices.open_notice(house, member, notices.notices_of(house, member)[0].id)
used, unused = (item.rpartition("/")[2] for item in (mailer.links[0], mailer.links[-1]))
links.use(house, used)
replying.give_reply(house, member, antivirus.id, "We sell no such thing.", language="en")
replying.withdraw_reply(house, member, antivirus.id)
replying.give_reply(house, owner, antivirus.id, "Nous ne vendons rien de tel : demandez à M. Untel.", language="fr")
appeal = filing.file_appeal(house, member, antivirus.id, ["We have a licence.", "It is clear."])
handling.acknowledge(house, staff["appeals"], appeal.id, "It is looked at until Friday.")
talking.write(house, member, appeal.id, "One thing more.")
relief.pause(house, staff["appeals"], appeal.id, "it is not clear yet")
relief.resume(house, staff["appeals"], appeal.id, "it is clear now")
judge = joined("judge", Role.APPEALS, by=administrator)
handling.assign(house, staff["appeals"], appeal.id, judge.person, "took no part")
asked = filing.file_appeal(house, member, antivirus.id, [], kind=filing.AppealKind.REASONS)
dispute = settlement.refer(house, member, antivirus.id, "A body", "B-1", "we disagree")
log.sign_now(house, opened.signer)
described = {"kind": "other", "title": "A letter", "publisher": "The advertiser", "language": "en",
             "precision": "unknown", "status": "primary", "sources": ["letter"], "summary": {"en": "A letter."}}
kept = documents.receive(house, member, matter.advertiser, described,
                         documents.Upload(content=b"%PDF-1.4 a letter that stays", file_name="letter.pdf"))
gone = documents.receive(house, member, matter.advertiser, described,
                         documents.Upload(content=b"%PDF-1.4 a letter that went", file_name="private.pdf"))
documents.expunge(house, administrator, gone.id, "it was asked for")
people.deactivate(house, administrator, leaver.person, "left")
people.expunge_person(house, administrator, leaver.person, "it was asked for")
spent = [{"id": f"spend-{month}", "subject": "ad-antivirus", "from": f"2026-0{month}-01", "to": f"2026-0{month + 1}-01",
          "amount": "1250.40", "currency": "EUR"} for month in (6, 7, 8)]
bring_in(house, administrator, Brought(spend=spent), None, "invoices")
claims.discount(house, reviewer, antivirus.grounds[0], 1, "there is doubt about the translation")
with house.records.reading() as records:
    reopened = matters.matter(records, matter.id)
matters.assign(house, reviewer, matter.id, reviewer.person, reason="it is mine", seen=reopened.seen)
waiting = proposed("ad-antivirus", by=judge, appeal=appeal.id,
                   replies={point.id: "The letter says otherwise." for point in appeal.points})
log.sign_now(house, opened.signer)

from adjudge.storage.first_runs import leave_steps, mark_step
from adjudge.storage.models import Account
from adjudge.storage.saved_views import save_view

account = Account(person=reviewer.person, email="reviewer@example.org", is_active=True)
account.set_unusable_password()
account.save()
save_view(reviewer.person, "overdue", "view=overdue")
mark_step(reviewer.person, "matter", done=True)
leave_steps(reviewer.person, leave=True)
print(json.dumps({"keys": keys, "matter": matter.id, "advertiser": matter.advertiser, "decision": antivirus.id,
                  "waiting": waiting.id, "appeal": appeal.id, "asked": asked.id, "dispute": dispute.id, "kept": kept.id, "gone": gone.id, "leaver": leaver.person, "guest": guest.person.id, "used": used, "unused": unused,
                  "at": str(Instant(TIME[0]))}))
