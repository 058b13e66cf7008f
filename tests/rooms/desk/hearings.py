"""A site on which something is to be heard: a decision in force on the founding case, its notices, an appeal."""

from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import assign
from adjudge.institution.notifying.making import make_owed
from adjudge.matters.proposal import Proposal
from adjudge.records.rows import AppealKind, AppealRow, DecisionRow, NoticeRow
from adjudge.records.shelf import APPEALS, DECISIONS, NOTICES
from tests.sites import Site

SUBJECT = "ad-antivirus"
OWNER = "kaspersky"
PROPOSAL = Proposal(
    reason="The determination prohibits the sale.",
    milder="A label would not stop a prohibited sale.",
    rights="Freedom to conduct a business; the ad may run elsewhere.",
)
HOSTILE = "<script>alert(1)</script> \u202eevil\u202c 'quoted\" שלום"


def issued(site: Site) -> DecisionRow:
    """A decision in force, by three people, none of whom decides appeals; its notice is made."""
    house = site.house
    row = propose(house, site.actor("reviewer"), site.matter.id, SUBJECT, PROPOSAL)
    confirm(house, site.actor("second"), row.id, row.digest, "I have read it")
    sign(house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
    found = issue(house, site.actor("reviewer"), row.id)
    make_owed(house)
    return found


def filed(site: Site, kind: AppealKind = AppealKind.APPEAL, text: str = "First.\n\nSecond.") -> AppealRow:
    """An appeal by the member, with two points."""
    row = file_appeal(site.house, site.actor("member"), issued(site).id, [text], kind=kind)
    make_owed(site.house)
    return row


def assigned(site: Site) -> AppealRow:
    """An appeal that is assigned to somebody who took no part."""
    row = filed(site)
    return assign(site.house, site.actor("hearer"), row.id, site.people["appeals"].id, "took no part")


def appeal_of(site: Site) -> AppealRow:
    """The last appeal."""
    with site.house.records.reading() as records:
        return max(records.find(APPEALS), key=lambda row: row.filed_at)


def decision_of(site: Site, key: str) -> DecisionRow:
    """A decision as it is now."""
    with site.house.records.reading() as records:
        found = records.get(DECISIONS, key)
    assert found is not None
    return found


def notices(site: Site) -> list[NoticeRow]:
    """All notices."""
    with site.house.records.reading() as records:
        return list(records.find(NOTICES))
