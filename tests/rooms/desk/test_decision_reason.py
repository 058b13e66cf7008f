"""What a decision rests on: the clauses and the evidence of the sheet, as they were known when it was decided."""

import re

from adjudge.institution.deciding.decisions import confirm, give_back, issue, propose, sign
from adjudge.institution.material.claims import discount
from adjudge.matters.proposal import Proposal
from adjudge.records.rows import DecisionRow
from adjudge.records.shelf import CLAIMS
from tests.sites import MEMBER, Answered, Site

PROPOSAL = Proposal(reason="so", milder="a label would not stop it", rights="weighed")
CLAUSE = "m11-licensing"
"""A claim on which the decision rests."""


def text_of(response: Answered) -> str:
    assert response.status_code == 200
    return bytes(response.content).decode()


def proposed(site: Site) -> DecisionRow:
    return propose(site.house, site.actor("reviewer"), site.matter.id, "ad-antivirus", PROPOSAL)


def issued(site: Site) -> str:
    row = proposed(site)
    confirm(site.house, site.actor("second"), row.id, row.digest, "read")
    sign(site.house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
    issue(site.house, site.actor("reviewer"), row.id)
    return row.id


def discounted(site: Site) -> str:
    """The weight of what the decision rests on is lowered; the claim that stands in its place."""
    with site.house.records.reading() as records:
        claim = records.get(CLAIMS, CLAUSE)
    assert claim is not None
    return discount(site.house, site.actor("reviewer"), claim.id, 1, "it is hearsay").id


def test_an_issued_decision_shows_what_was_known_then_and_the_clauses_that_state_it(site: Site) -> None:
    address = f"/decisions/{issued(site)}?part=reason"
    later = discounted(site)
    page = text_of(site.client("reviewer").get(address))
    assert "As it was known when it was decided" in page
    assert CLAUSE in page
    assert later not in page
    assert re.search(r"in the notice, clause \d+", page)
    assert 'id="clause-1-1"' in page
    assert f'href="/matters/{site.matter.id}/sheet/ad-antivirus"' in page
    apart = re.search(r'href="(/decisions/[^"]*rule=[^"]+)"', page)
    assert apart is not None
    assert 'id="reason-2"' in text_of(site.client("reviewer").get(apart[1].replace("&amp;", "&")))


def test_a_proposal_shows_what_is_known_now(site: Site) -> None:
    row = proposed(site)
    later = discounted(site)
    page = text_of(site.client("second").get(f"/decisions/{row.id}?part=reason"))
    assert "As it is known now" in page
    assert later in page


def test_one_that_was_returned_shows_what_was_known_when_it_was_proposed(site: Site) -> None:
    row = proposed(site)
    give_back(site.house, site.actor("second"), row.id, "weigh it again")
    later = discounted(site)
    page = text_of(site.client("second").get(f"/decisions/{row.id}?part=reason"))
    assert CLAUSE in page
    assert later not in page


def test_a_member_has_its_own_page_of_the_decision_and_not_what_is_on_record_of_it(site: Site) -> None:
    decision = issued(site)
    page = text_of(site.client(MEMBER).get(f"/decisions/{decision}?part=reason"))
    assert 'class="tabs"' not in page
    assert f'href="/matters/{site.matter.id}' not in page
    assert 'id="answer"' in page


def test_the_statement_has_its_numbers_and_lies_open_in_the_language_of_the_page(site: Site) -> None:
    decision = issued(site)
    for language, other in (("en", "fr"), ("fr", "en")):
        page = text_of(site.client("reviewer", language=language).get(f"/decisions/{decision}"))
        opened = re.findall(r'<details class="more letter-language" open>\s*<summary lang="(\w+)">', page)
        assert opened == [language]
        assert f'id="notice-{other}-1"' in page


def test_whoever_may_not_read_it_is_told_that_there_is_nothing(site: Site) -> None:
    assert site.client("reviewer").get("/decisions/X-999999?part=reason").status_code == 404
