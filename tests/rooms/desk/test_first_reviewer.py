"""Whoever has never seen the desk: guided through the first steps, told who is missing, and what comes next."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.desk.frame.guide import GUIDED
from adjudge.desk.frame.steps import STEPS
from adjudge.errors import NotFoundError
from adjudge.institution.reading.staffing import nobody_is, who_can_sign
from adjudge.institution.staff.people import deactivate, invite
from adjudge.people.role import Role
from adjudge.records.shelf import PEOPLE
from adjudge.storage.first_runs import progress_of
from tests.rooms.desk.test_pages import issued, proposed, text_of
from tests.sites import Answered, Site

GUIDE = re.compile(r'class="first-steps" aria-label="First steps">.*?<strong>([^<]*)</strong>', re.DOTALL)
SIGNERS = (Role.SECOND_REVIEWER.value, Role.LEGAL.value)


def guide(response: Answered) -> str:
    """What a page tells of the next step; nothing where it tells of none."""
    found = GUIDE.search(text_of(response))
    return found[1] if found else ""


def signs(row: str, word: str, page: str) -> bool:
    """Whether a page names who can sign for a role."""
    return f"<div><dt>{row}</dt><dd>{word}" in page


def without(site: Site, *names: str) -> None:
    """Shut people out, so that nobody has their role."""
    for name in names:
        deactivate(site.house, site.actor("administrator"), site.people[name].id, "has left")


# --- the guide ---


def test_who_has_not_opened_the_first_steps_is_not_guided_and_nothing_is_asked_for_it(site: Site) -> None:
    client, address = site.client("reviewer"), f"/matters/{site.matter.id}"
    with CaptureQueriesContext(connection) as queries:
        assert guide(client.get(address)) == ""
    assert [query["sql"] for query in queries.captured_queries if "adjudge_first_run" in query["sql"]] == []


def test_the_guide_leads_from_step_to_step_on_the_pages_themselves(site: Site) -> None:
    client, matter = site.client("reviewer"), f"/matters/{site.matter.id}"
    client.get("/first-run")
    assert guide(client.get(matter)) == "Step 1 of 10: Open the matter."
    looked = [step for step in STEPS if step.shown is None]
    for number, step in enumerate(looked, start=1):
        sent = client.post(f"/first-run/{step.name}/done", {"done": "yes", "go": "yes"})
        page = client.get(sent["Location"])
        assert guide(page) == f"Step {number + 1} of 10: {STEPS[number].title.template}."
        assert ("on to the next step" in text_of(page)) == (number < len(looked))
    assert guide(client.get(f"{matter}/sheet/ad-antivirus")).startswith("Step 7 of 10: Take the matter")
    client.post(f"{matter}/take", {"seen": site.matter.seen})
    assert guide(client.get(matter)).startswith("Step 8 of 10: Propose the decision")


def test_the_guide_stands_on_pages_of_the_founding_case_alone_and_ends_when_it_is_left(site: Site) -> None:
    client, matter = site.client("reviewer"), f"/matters/{site.matter.id}"
    client.get("/first-run")
    for address in ("/matters", "/appeals", "/help", "/matters/open"):
        assert guide(client.get(address)) == ""
    client.post("/first-run/leave", {"leave": "yes"})
    assert guide(client.get(matter)) == ""
    assert GUIDED not in client.session
    client.post("/first-run/leave", {"leave": "no"})
    client.get("/first-run")
    assert guide(client.get(matter)) != ""


def test_another_page_offers_to_go_where_the_step_is_taken(site: Site) -> None:
    client, matter = site.client("reviewer"), f"/matters/{site.matter.id}"
    client.get("/first-run")
    page = text_of(client.get(f"{matter}/sheet/kaspersky-lab"))
    assert f'<a class="button" href="{matter}">Go there' in page
    assert "on to the next step" not in page


def test_whoever_has_done_all_is_told_and_has_left_them(site: Site) -> None:
    client, person = site.client("reviewer"), site.people["reviewer"].id
    client.get("/first-run")
    client.post(f"/matters/{site.matter.id}/take", {"seen": site.matter.seen})
    row = issued(site)
    for step in STEPS:
        if step.shown is None:
            client.post(f"/first-run/{step.name}/done", {"done": "yes"})
    assert guide(client.get(f"/decisions/{row.id}")) == "All 10 first steps are done."
    assert not progress_of(person).is_left
    assert "You have seen how a decision is made." in text_of(client.get("/first-run"))
    assert progress_of(person).is_left
    assert guide(client.get(f"/decisions/{row.id}")) == ""
    assert "You have begun the first steps." not in text_of(client.get("/matters"))


# --- who is missing ---


def test_the_first_steps_name_the_roles_that_nobody_has(site: Site) -> None:
    assert "Nobody has joined yet as" not in text_of(site.client("reviewer").get("/first-run"))
    without(site, "second", "third", "legal")
    invite(site.house, site.actor("administrator"), "l@example.org", "Lea", (Role.LEGAL,))
    page = text_of(site.client("reviewer").get("/first-run"))
    assert "Nobody has joined yet as: second reviewer and legal." in page  # who is invited has not joined
    assert "Ask an administrator" in page
    assert 'href="/people"' in text_of(site.client("administrator").get("/first-run"))


def test_a_proposal_names_who_can_sign_it_and_never_its_author(site: Site) -> None:
    row = proposed(site)
    page = text_of(site.client("reviewer").get(f"/decisions/{row.id}"))
    assert signs("second reviewer", "<bdi>Second and Third</bdi>", page)
    assert signs("legal", "<bdi>Legal</bdi>", page)
    assert "This waits for you." not in page
    assert "This waits for you." in text_of(site.client("legal").get(f"/decisions/{row.id}"))
    told = who_can_sign(
        site.house,
        site.actor("reviewer"),
        SIGNERS,
        advertiser=row.advertiser,
        author=site.people["legal"].id,
    )
    assert told == {"second_reviewer": ["Second", "Third"], "legal": []}


def test_where_nobody_can_sign_the_form_and_the_proposal_say_so(site: Site) -> None:
    without(site, "legal")
    form = f"/matters/{site.matter.id}/proposal/ad-antivirus"
    assert "Nobody has joined yet as: legal." in text_of(site.client("reviewer").get(form))
    row = proposed(site)
    page = text_of(site.client("reviewer").get(f"/decisions/{row.id}"))
    assert signs("legal", "Nobody has joined with this role yet.", page)


def test_members_learn_nothing_of_who_works_here(site: Site) -> None:
    member = site.actor("member")
    assert nobody_is(site.house, member, tuple(Role)) == ()
    assert who_can_sign(site.house, member, SIGNERS, advertiser=member.advertiser, author="") == {}
    with pytest.raises(NotFoundError):
        who_can_sign(site.house, member, SIGNERS, advertiser="another", author="")


# --- what comes next ---


def test_a_matter_that_nobody_has_is_taken_where_it_says_so(site: Site) -> None:
    client, address = site.client("reviewer"), f"/matters/{site.matter.id}"
    button = f'action="{address}/take"'
    assert button in text_of(client.get(address))
    sent = client.post(f"{address}/take", {"seen": site.matter.seen})
    assert sent["Location"].startswith(address)
    assert button not in text_of(client.get(address))
    assert button not in text_of(site.client("auditor").get(address))


def test_a_proposal_that_waits_is_led_to_and_a_decided_matter_offers_to_be_closed(site: Site) -> None:
    client, address = site.client("reviewer"), f"/matters/{site.matter.id}"
    closing = "What calls for a decision here is decided."
    assert closing not in text_of(client.get(address))
    row = proposed(site)
    page = text_of(client.get(address))
    assert (
        f'A proposal waits to be confirmed, signed or issued:</strong> <a href="/decisions/{row.id}">' in page
    )
    assert closing not in page
    site_after_issue(site, row.id, row.digest)
    assert closing in text_of(client.get(address))
    assert closing not in text_of(site.client("member").get(address))


def site_after_issue(site: Site, decision: str, digest: str) -> None:
    """Have a proposal confirmed, signed and issued, and look at what the pages say on the way."""
    sent = {"digest": digest, "reason": "I have read it"}
    site.client("second").post(f"/decisions/{decision}/confirm", sent)
    legal = site.client("legal")
    legal.post(f"/decisions/{decision}/sign", {**sent, "role": "legal"})
    assert "A reviewer can issue it now." in text_of(legal.get(f"/decisions/{decision}"))
    page = text_of(site.client("reviewer").get(f"/decisions/{decision}"))
    assert "A reviewer can issue it now." not in page
    assert "From then on its measures have effect" in page
    site.client("reviewer").post(f"/decisions/{decision}/issue")


def test_the_queue_says_which_matters_wait_for_a_role_of_yours(site: Site) -> None:
    assert "(your role)" in text_of(site.client("reviewer").get("/matters"))
    assert "(your role)" not in text_of(site.client("second").get("/matters"))
    proposed(site)
    assert "(your role)" not in text_of(site.client("reviewer").get("/matters"))
    assert "(your role)" in text_of(site.client("second").get("/matters"))


# --- joining and inviting ---


def test_the_rules_for_a_password_are_told_before_one_is_chosen(site: Site) -> None:
    secret = invite(site.house, site.actor("administrator"), "n@example.org", "Nina", (Role.LEGAL,)).secret
    assert "at least 12 characters" in text_of(site.client().get(f"/join/{secret}"))
    french = site.client(language="fr")
    assert "au minimum 12 caractères" in text_of(french.get(f"/join/{secret}"))


def test_who_needs_no_second_factor_is_told_the_way_on(site: Site) -> None:
    onward = "Go on without one for now"
    client = site.client("reviewer")
    assert onward in text_of(client.get("/account/second-factor/", follow=True))
    assert onward not in text_of(client.get("/account/password", follow=True))


def test_a_link_says_for_whom_it_is_and_who_was_invited_has_not_joined(site: Site) -> None:
    client = site.client("administrator")
    invited = {"name": "Nina", "email": "nina@example.org", "roles": ["legal"]}
    page = text_of(client.post("/people/invite", invited))
    assert "Link for Nina:" in page
    assert "no mail is sent" in page
    assert re.search(r"<bdi>Nina</bdi> <span class=\"tag tag-closed\">invited<", page)
    assert re.search(r"<bdi>Legal</bdi> <span class=\"tag\">active<", page)
    with site.house.records.reading() as records:
        (nina,) = records.find(PEOPLE, email="nina@example.org")
    assert "Link for Nina:" in text_of(client.post(f"/people/{nina.id}/again"))
    refused = client.post(f"/people/{site.people['legal'].id}/again")
    assert refused.status_code == 422
    assert "Link for Legal:" not in text_of(refused)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_address_of_a_form_opened_as_a_page_says_so(site: Site, language: str) -> None:
    answer = site.client("administrator", language=language).get("/people/invite")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    words = {"en": "takes what a form sends, and is no page", "fr": "n'est pas une page"}
    assert words[language] in text_of(answer)
    assert 'href="/"' in text_of(answer)
