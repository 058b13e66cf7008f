"""The first steps: offered once to staff, read from the records where these tell, left and taken up again."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adjudge.desk.frame.steps import STEPS
from adjudge.errors import NotFoundError
from adjudge.institution.deciding.matters import assign
from adjudge.institution.reading.founding_case import AD, ADVERTISER, founding_case
from adjudge.records.shelf import MATTERS
from adjudge.storage.first_runs import Progress, leave_steps, mark_step, progress_of
from tests.rooms.desk.test_pages import issued, proposed, text_of
from tests.sites import Site

OFFER = "New here? Ten steps on the founding case show how a decision is made."
MARKED = [step.name for step in STEPS if step.shown is None]


def done(page: str) -> list[int]:
    """The numbers of the steps that a page says to be done."""
    found = re.findall(r'step-number">(\d+)</span>.*?<span class="tag[^>]*>([^<]+)<', page, re.DOTALL)
    assert len(found) == 10
    return [int(number) for number, word in found if word == "done"]


def test_there_are_ten_steps_and_each_name_is_one(site: Site) -> None:
    assert len({step.name for step in STEPS}) == len(STEPS) == 10
    assert done(text_of(site.client("reviewer").get("/first-run"))) == []


def test_staff_are_offered_them_where_they_begin_until_they_leave_them(site: Site) -> None:
    for name, begins in (("reviewer", "/matters"), ("administrator", "/clocks")):
        client = site.client(name)
        assert client.get("/", follow=True).request["PATH_INFO"] == begins
        assert OFFER in text_of(client.get(begins))
        assert OFFER not in text_of(client.get("/help"))
        assert client.post("/first-run/leave", {"leave": "yes"}).headers["Location"] == "/"
        assert OFFER not in text_of(client.get(begins))
        assert 'href="/first-run"' in text_of(client.get(begins))  # the menu leads there all the same
    assert OFFER in text_of(site.client("legal").get("/matters"))  # of each their own


def test_members_are_not_offered_them_and_find_no_page(site: Site) -> None:
    client = site.client("member")
    assert OFFER not in text_of(client.get("/"))
    assert "/first-run" not in text_of(client.get("/"))
    assert client.get("/first-run").status_code == 404
    for address in ("/first-run/leave", "/first-run/matter/done"):
        assert client.post(address, {"done": "yes"}).status_code == 404
    assert progress_of(site.people["member"].id) == Progress()


def test_a_step_is_marked_and_unmarked_and_the_next_one_stands_open(site: Site) -> None:
    client = site.client("reviewer")
    assert client.post("/first-run/matter/done", {"done": "yes"}).headers["Location"] == "/first-run"
    page = text_of(client.get("/first-run"))
    assert done(page) == [1]
    assert "1 of 10 steps are done." in page
    assert re.findall(r'<details open>\n<summary><span class="step-number">(\d+)<', page) == ["2"]
    assert "You have begun the first steps." in text_of(client.get("/matters"))
    client.post("/first-run/matter/done", {"done": "no"})
    assert done(text_of(client.get("/first-run"))) == []


def test_left_steps_keep_what_was_marked_and_are_taken_up_again(site: Site) -> None:
    client, person = site.client("reviewer"), site.people["reviewer"].id
    for name in MARKED:
        client.post(f"/first-run/{name}/done", {"done": "yes"})
    client.post("/first-run/leave", {"leave": "yes"})
    assert progress_of(person) == Progress(marked=frozenset(MARKED), is_left=True, has_begun=True)
    assert "Take them up again" in text_of(client.get("/first-run"))
    assert client.post("/first-run/leave", {"leave": "no"}).headers["Location"] == "/first-run"
    assert progress_of(person) == Progress(marked=frozenset(MARKED), is_left=False, has_begun=True)
    assert done(text_of(client.get("/first-run"))) == [1, 2, 3, 4, 5, 6]


def test_what_the_records_tell_is_read_there_and_nobody_can_mark_it(site: Site) -> None:
    client = site.client("reviewer")
    for step in STEPS:
        if step.shown is not None:
            assert client.post(f"/first-run/{step.name}/done", {"done": "yes"}).status_code == 404
    before = site.size
    assign(
        site.house, site.actor("reviewer"), site.matter.id, site.people["reviewer"].id, reason="mine", seen=0
    )
    assert site.size == before + 1
    assert done(text_of(client.get("/first-run"))) == [7]
    proposed(site)
    assert done(text_of(client.get("/first-run"))) == [7, 8]
    assert done(text_of(site.client("auditor").get("/first-run"))) == [7, 8]


def test_what_was_issued_was_proposed_and_signed(site: Site) -> None:
    row = issued(site)
    page = text_of(site.client("reviewer").get("/first-run"))
    assert set(done(page)) >= {8, 9, 10}
    assert f'href="/decisions/{row.id}"' in page


def test_every_step_leads_to_a_page_that_is_there(site: Site) -> None:
    client = site.client("reviewer")
    found = founding_case(site.house, site.actor("reviewer"))
    assert found is not None
    assert found.matter.id == site.matter.id
    for step in STEPS:
        address, _, anchor = step.address(found).partition("#")
        page = client.get(address)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in text_of(page)
    assert AD in step.address(found)  # nothing is proposed yet: the last step leads to where one proposes


def test_whoever_reads_no_matters_reads_the_steps_and_learns_nothing_of_them(site: Site) -> None:
    issued(site)
    page = text_of(site.client("administrator").get("/first-run"))
    assert done(page) == []
    assert site.matter.id not in page
    assert "Your roles read no matters." in page
    assert founding_case(site.house, site.actor("administrator")) is None


def test_without_the_case_the_page_says_how_to_practise(site: Site) -> None:
    with site.house.records.writing() as records:
        for row in records.find(MATTERS, advertiser=ADVERTISER):
            records.put(MATTERS, replace(row, reason="another"))
    page = text_of(site.client("reviewer").get("/first-run"))
    assert "The founding case is not on record here." in page
    assert "adjudge up --data practice --port 8412" in page
    assert "/matters/M-" not in page


def test_nothing_is_changed_by_looking(site: Site) -> None:
    client, before = site.client("reviewer"), site.size
    for address in ("/first-run/leave", "/first-run/matter/done"):
        assert client.get(address).status_code == 405
    assert client.post("/first-run/nothing/done", {"done": "yes"}).status_code == 404
    assert progress_of(site.people["reviewer"].id) == Progress()
    assert site.size == before


@pytest.mark.parametrize(
    "act", [lambda: mark_step("nobody", "matter", done=True), lambda: leave_steps("nobody", leave=True)]
)
@pytest.mark.usefixtures("site")
def test_who_has_no_account_has_no_steps(act: Callable[[], object]) -> None:
    with pytest.raises(NotFoundError):
        act()


def asked_of_the_database(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


def test_the_page_and_the_offer_ask_the_database_little(site: Site) -> None:
    client = site.client("reviewer")
    client.get("/first-run")
    issued(site)
    assert len(asked_of_the_database(client, "/first-run")) <= 20
    assert len(asked_of_the_database(client, "/help")) <= 20
    offered = asked_of_the_database(client, "/matters")
    client.post("/first-run/leave", {"leave": "yes"})
    assert len(offered) == len(asked_of_the_database(client, "/matters"))
    assert len([sql for sql in offered if "adjudge_first_run" in sql]) == 1
