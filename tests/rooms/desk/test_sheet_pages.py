"""The decision sheet on its page: every part in both languages, for those who work here, as of any moment."""

import pytest

from adjudge.desk.words.sheet import PARTS
from adjudge.institution.material.claims import withdraw_claim
from adjudge.institution.reading.sheet import Part
from adjudge.tongues.tongue import tongue_of
from tests.rooms.desk.test_pages import PROPOSAL, SUBJECT, follow, issued, proposed, text_of
from tests.sites import Site

ROLES = ("reviewer", "second", "legal", "appeals", "auditor")


def address(site: Site, part: str = "") -> str:
    asked = f"?part={part}" if part else ""
    return f"/matters/{site.matter.id}/sheet/{SUBJECT}{asked}"


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_part_is_there_in_both_languages(site: Site, part: Part, language: str) -> None:
    proposed(site)
    response = site.client("reviewer", language=language).get(address(site, part.value))
    assert response.status_code == 200
    page = text_of(response)
    word = tongue_of(language).of(PARTS[part])
    assert f'aria-current="page">{word}</a>' in page


def test_a_clause_names_its_claims_and_a_claim_its_clauses(site: Site) -> None:
    page = text_of(site.client("reviewer").get(address(site)))
    assert 'id="clause-1-1"' in page
    assert 'data-lights="clause-1-1"' in page
    assert "against 0, for 4" in page
    assert "reaches the standard" in page
    assert 'id="evidence-1-1"' in page
    assert 'data-lights="evidence-1-1"' in page


def test_clauses_of_what_is_in_force_bear_the_numbers_of_its_notice(site: Site) -> None:
    assert "in the notice, clause" not in text_of(site.client("reviewer").get(address(site)))
    issued(site)
    assert "in the notice, clause" in text_of(site.client("reviewer").get(address(site)))


def test_the_notice_is_shown_with_its_examination_before_anybody_has_proposed(site: Site) -> None:
    client = site.client("reviewer")
    page = text_of(client.get(address(site, "notice")))
    assert "Nobody has proposed anything yet" in page
    assert "DSA-17.3b" in page
    proposed(site)
    page = text_of(client.get(address(site, "notice")))
    assert "As the proposal would be sent now" in page
    assert PROPOSAL["milder"] in page


def test_a_moment_before_shows_what_was_known_then(site: Site) -> None:
    client = site.client("reviewer")
    row = issued(site)
    before = site.opened.house.clock()
    for claim in row.grounds:
        withdraw_claim(site.house, site.actor("reviewer"), claim, "mistaken")
    now = text_of(client.get(address(site)))
    assert "A measure would follow" not in now
    then = text_of(client.get(f"{address(site)}?known={before}&valid={before}"))
    assert "A measure would follow" in then
    assert "Back to now" in then
    assert "Propose a decision" not in then  # nobody decides in the past
    assert f"&valid={before}&known={before}" in then  # the parts keep the moment


@pytest.mark.parametrize("asked", ["known=yesterday", "valid=x", "known=1999-01-01", "known=%00"])
def test_what_is_no_moment_is_told_beside_the_sheet_of_now(site: Site, asked: str) -> None:
    response = site.client("reviewer").get(f"{address(site)}?{asked}")
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert 'id="clause-1-1"' in response.content.decode()


def test_a_rule_that_is_not_met_is_taken_apart_on_request(site: Site) -> None:
    client = site.client("reviewer")
    page = text_of(client.get(address(site)))
    assert "Rules that are not met" in page
    assert 'id="clause-2-1"' not in page
    rule = page.split("?rule=")[1].split('"')[0]
    assert 'id="clause-2-1"' in text_of(client.get(f"{address(site)}?rule={rule}"))
    assert client.get(f"{address(site)}?rule=<script>").status_code == 200


@pytest.mark.parametrize("name", ROLES)
def test_whoever_works_here_and_reads_matters_sees_the_sheet(site: Site, name: str) -> None:
    assert site.client(name).get(address(site)).status_code == 200


def test_a_member_and_whoever_may_read_no_matter_find_no_sheet(site: Site) -> None:
    for name in ("member", "administrator"):
        for part in Part:
            assert site.client(name).get(address(site, part.value)).status_code == 404
    assert site.client("reviewer").get(f"/matters/{site.matter.id}/sheet/nobody").status_code == 404
    assert site.client("reviewer").get(f"/matters/M-999999/sheet/{SUBJECT}").status_code == 404


# --- nothing that was typed is lost ---


def sent_late(site: Site) -> str:
    client = site.client("reviewer", enforce=True)
    client.logout()
    found = f"/matters/{site.matter.id}/propose/{SUBJECT}"
    client.get("/account/login")
    token = client.cookies["csrftoken"].value
    typed = {**PROPOSAL, "reason": "A long reason.\r\n" * 30, "csrfmiddlewaretoken": token}
    response = client.post(found, typed, headers={"origin": "http://localhost"})
    return f"{response.status_code} {text_of(response)}"


def test_a_form_that_is_sent_signed_out_is_shown_to_be_sent_again(site: Site) -> None:
    before = site.size
    told = sent_late(site)
    assert told.startswith("401 ")
    assert "A long reason.\nA long reason." in told
    assert PROPOSAL["milder"] in told
    assert f'action="/matters/{site.matter.id}/propose/{SUBJECT}"' in told
    assert site.size == before


def test_what_another_site_sends_is_not_offered_to_be_sent_again(site: Site) -> None:
    client = site.client("reviewer", enforce=True)
    found = f"/matters/{site.matter.id}/propose/{SUBJECT}"
    response = client.post(found, PROPOSAL, headers={"origin": "https://elsewhere.example"})
    assert response.status_code == 403
    assert PROPOSAL["milder"] not in text_of(response)


def test_a_form_from_a_page_too_old_keeps_what_was_typed(site: Site) -> None:
    client = site.client("reviewer", enforce=True)
    found = f"/matters/{site.matter.id}/propose/{SUBJECT}"
    response = client.post(
        found, {**PROPOSAL, "csrfmiddlewaretoken": "x" * 64}, headers={"origin": "http://localhost"}
    )
    assert response.status_code == 403
    page = text_of(response)
    assert PROPOSAL["milder"] in page
    fresh = page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    again = client.post(
        found, {**PROPOSAL, "csrfmiddlewaretoken": fresh}, headers={"origin": "http://localhost"}
    )
    assert again.status_code == 302
    assert "The decision is proposed." in follow(client, again)
