"""The founding case among all the others: decided, proposed again, appealed, with a document in which one reads."""

from collections.abc import Mapping

from adjudge.basis.reading.json_text import Plain
from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import acknowledge
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.notifying.making import make_owed
from adjudge.matters.proposal import Proposal
from adjudge.records.shelf import NOTICES, VERSIONS
from tests.sites import Site

PROPOSAL = Proposal(
    reason="The determination prohibits the sale.",
    milder="A label would not stop a prohibited sale.",
    rights="Freedom to conduct a business; the ad may run elsewhere.",
)
DESCRIBED: dict[str, Plain] = {
    "kind": "press_report",
    "title": "What the platform told the press",
    "publisher": "A newspaper",
    "language": "en",
    "precision": "unknown",
    "status": "secondary",
    "sources": ["https://newspaper.example/2018"],
    "summary": {"en": "On the reasons for the measure."},
}


def decided(site: Site) -> Mapping[str, str]:
    """Decide it; the ids of what came of it, by which addresses name it."""
    house, matter = site.house, site.matter
    first = propose(house, site.actor("reviewer"), matter.id, "ad-antivirus", PROPOSAL)
    confirm(house, site.actor("second"), first.id, first.digest, "I have read it")
    sign(house, site.actor("legal"), first.id, "legal", first.digest, reason="lawful")
    issue(house, site.actor("reviewer"), first.id)
    second = propose(house, site.actor("reviewer"), matter.id, "ad-antivirus", PROPOSAL)
    appeal = file_appeal(house, site.actor("member"), first.id, ["The ad was another one."])
    acknowledge(house, site.actor("hearer"), appeal.id, "We look at your point this week.")
    upload = Upload(content=b"The company was founded by four. " * 200, file_name="report.txt")
    document = receive(house, site.actor("reviewer"), matter.advertiser, DESCRIBED, upload)
    make_owed(house)
    with house.records.reading() as records:
        notice = next(row for row in records.find(NOTICES, about=first.id) if row.purpose == "decision")
        version = records.listed(VERSIONS)[0]["id"]
    return {
        "matter": matter.id,
        "issued": first.id,
        "waiting": second.id,
        "appeal": appeal.id,
        "document": document.id,
        "notice": notice.id,
        "version": version,
    }
