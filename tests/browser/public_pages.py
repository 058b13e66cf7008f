"""Pages of the register and of the advertiser that tests in a browser look at, and what is prepared for them to show.

Not a test. What was decided before was reversed on appeal; the advertiser replies in public; its file has an owner and
a reader beside the member; and links have gone out by mail, of which one was used and one is over.
"""

from dataclasses import replace

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.basis.reading.json_text import Plain
from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import assign
from adjudge.institution.house import House
from adjudge.institution.material.claims import record_claim
from adjudge.institution.notifying.delivering import deliver_due
from adjudge.institution.notifying.links import use
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.published.replying import give_reply, refuse_reply
from adjudge.institution.staff.people import FOUNDER, invite, join
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.post.outgoing import Mail
from adjudge.records.shelf import DELIVERIES
from tests.rooms.institution.sent import Answering, post_to
from tests.sites import Site, joined_to

SUBJECT = "ad-antivirus"
EMAIL = "legal@example.org"
PROPOSAL = Proposal(
    reason="The determination prohibits the sale.",
    milder="A label would not stop a prohibited sale.",
    rights="Freedom to conduct a business; the ad may run elsewhere.",
)
REPLY = (
    "We sell the same software that everybody in this industry sells. We were not asked before you decided."
)
AD_AS_KEPT: dict[str, Plain] = {
    "subject": SUBJECT,
    "fact": "ad.product",
    "value": "antivirus",
    "stance": "asserts",
    "weight": 2,
    "origin": "question-as-put",
    "document": "question-as-put",
    "place": "the ad, as it was handed in",
}
"""Without something new, what an appeal took back is not imposed again."""
EARLIER_REPLY = "This was about our neighbour, and not about us."
REGISTER_PAGES = {
    "register": ("", "/register"),
    "register, searched": ("", "/register?text=antivirus&state=in_force"),
    "register without a match": ("", "/register?text=xylophone&state=over"),
    "register of staff": ("reviewer", "/register"),
    "public decision": ("", "/register/{issued}"),
    "public decision of staff": ("reviewer", "/register/{issued}"),
    "public decision, reversed": ("", "/register/{reversed}"),
    "public decision without a measure": ("", "/register/{taken_back}"),
    "public statistics": ("", "/register/statistics"),
    "public policies": ("", "/register/policies"),
    "public policies before all": ("", "/register/policies?on=1999-01-01"),
    "public log": ("", "/register/log"),
}
OWN_PAGES = {
    "home of a reader": ("reader", "/"),
    "decision of a reader": ("reader", "/decisions/{issued}"),
    "decision taken back, of a member": ("member", "/decisions/{reversed}"),
    "notice of a member": ("member", "/notices/{notice}"),
    "request of a member": ("member", "/appeals/{request}"),
    "dispute of a member": ("member", "/disputes/{dispute}"),
    "reply of a member": ("member", "/decisions/{issued}/reply"),
    "reply that was refused": ("member", "/decisions/{reversed}/reply"),
    "reply before staff": ("legal", "/decisions/{issued}/reply"),
    "team": ("owner", "/team"),
    "contact of an owner": ("owner", "/contact"),
    "a link": ("", "/link/{link}"),
    "a link that was used": ("", "/link/{link_used}"),
    "a link that is over": ("", "/link/{link_over}"),
}


def decided_before(site: Site) -> dict[str, str]:
    """A decision that was reversed on appeal, with a reply that was refused, and the one that took it back."""
    house, member = site.house, site.actor("member")
    row = in_force(site)
    give_reply(house, member, row, EARLIER_REPLY, language="en")
    refuse_reply(house, site.actor("legal"), row, "others", "It tells of a neighbour, who is not concerned.")
    appeal = file_appeal(house, member, row, ["Nobody had shown us the determination."])
    assign(house, site.actor("hearer"), appeal.id, site.people["former"].id, "took no part")
    back = Proposal(
        reason="The determination had not been shown to the advertiser.",
        instead={RuleId("prohibited-sale"): None},
        why_departing="The advertiser has to be heard on it first.",
        appeal=appeal.id,
        replies={point.id: "You are right: it was not shown to you." for point in appeal.points},
    )
    made = propose(house, site.actor("former"), appeal.matter, SUBJECT, back)
    confirm(house, site.actor("third"), made.id, made.digest, "I have read it")
    after = issue(house, site.actor("former"), made.id).id
    record_claim(house, site.actor("reviewer"), "ads-standard", AD_AS_KEPT)
    return {"reversed": row, "taken_back": after}


def in_force(site: Site) -> str:
    """Exclude the ad; the id of the decision."""
    house = site.house
    row = propose(house, site.actor("reviewer"), site.matter.id, SUBJECT, PROPOSAL)
    confirm(house, site.actor("second"), row.id, row.digest, "I have read it")
    sign(house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
    return issue(house, site.actor("reviewer"), row.id).id


def replied(site: Site, decision: str) -> None:
    """The advertiser's reply beside a decision."""
    give_reply(site.house, site.actor("member"), decision, REPLY, language="en")


def peopled(site: Site) -> None:
    """An owner and a reader of the advertiser's file, somebody not joined yet, and who heard the first appeal."""
    house, own = site.house, site.matter.advertiser
    for name, role in (("owner", Role.OWNER), ("reader", Role.READER)):
        invited = invite(house, FOUNDER, f"{name}@example.org", name.title(), [role], advertiser=own)
        site.people[name] = joined_to(join(house, invited.secret))
    invited = invite(house, FOUNDER, "former@example.org", "Former", [Role.APPEALS])
    site.people["former"] = joined_to(join(house, invited.secret))
    invite(house, FOUNDER, "agency@example.org", "Agency", [Role.MEMBER], advertiser=own)


def linked(house: House, address: str) -> dict[str, str]:
    """What went out by mail: a link that works, one that was used and one that is over."""
    make_owed(house)
    mailer = Answering()
    deliver_due(replace(house, address=address), post_to(mailer))
    tokens = [item.link.rpartition("/")[2] for item in mailer.sent if isinstance(item, Mail) and item.link]
    ready, used, over, *_ = tokens
    use(house, used)
    name = over.rpartition(".")[0]
    with house.records.writing() as records:
        row = records.get(DELIVERIES, name)
        assert row is not None
        ended = tuple(
            replace(link, until=Instant(link.until.nanos - 90 * 86_400 * 10**9)) for link in row.links
        )
        records.put(DELIVERIES, replace(row, links=ended))
    return {"link": ready, "link_used": used, "link_over": over}
