"""The pages of the queue: parts, orders, what an address asks for, taking, assigning many, views that were saved."""

import html
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.people.role import Role
from adjudge.records.rows import MatterRow, MatterState
from adjudge.records.shelf import MATTERS
from adjudge.storage.models import SavedView
from tests.rooms.desk.test_pages import follow, proposed, text_of
from tests.sites import Site

LIST = re.compile(r"data-item><bdi>([^<]*)</bdi>")
MOST_QUERIES = 40
LARGEST = 150_000


def titles(text: str) -> list[str]:
    return LIST.findall(text)


def several(site: Site, count: int) -> list[MatterRow]:
    """Matters beside the one that there is."""
    first = site.matter
    made = [
        replace(
            first,
            id=f"M-8{number:05d}",
            advertiser=f"advertiser-{number}",
            policy="town" if number % 2 else first.policy,
            state=MatterState.CLOSED if number % 3 == 0 else MatterState.OPEN,
            assignee=site.people["other"].id if number % 4 == 0 else "",
            title={"en": f"Matter {number}", "fr": f"Dossier {number}"},
        )
        for number in range(count)
    ]
    with site.house.records.writing() as records:
        records.put_all(MATTERS, made)
    return made


def test_parts_of_the_queue_have_true_counts_and_addresses_of_their_own(site: Site) -> None:
    several(site, 12)
    client = site.client("other")
    page = text_of(client.get("/matters"))
    counts = dict(re.findall(r'/matters[^"]*"[^>]*>([a-z ]+) <span class="count">(\d+)</span>', page))
    assert counts == {
        "to do": "9",
        "mine": "2",
        "unassigned": "7",
        "waiting on": "9",
        "overdue": "0",
        "all": "13",
    }
    assert len(titles(page)) == 9
    assert "built-in" not in page, "a word of the page is none of Python's"
    assert titles(text_of(client.get("/matters?view=mine"))) == ["Matter 4", "Matter 8"]
    assert "Nothing is overdue." in text_of(client.get("/matters?view=overdue"))
    assert "Nothing waits for them." in text_of(client.get("/matters?view=waiting&on=legal"))
    assert len(titles(text_of(client.get("/matters?view=all&state=closed&policy=town")))) == 2
    assert titles(text_of(client.get("/matters?view=all&advertiser=advertiser-5"))) == ["Matter 5"]
    assert (
        titles(text_of(client.get("/matters?view=all&order=newest")))[-1]
        == titles(text_of(client.get("/matters?view=all&order=oldest")))[0]
    )
    french = text_of(site.client("other", language="fr").get("/matters?view=mine"))
    assert titles(french) == ["Dossier 4", "Dossier 8"]


def test_what_waits_for_whom_is_told_beside_each(site: Site) -> None:
    proposed(site)
    page = text_of(site.client("second").get("/matters?view=waiting"))
    assert re.search(
        r"<dt>Waiting on</dt><dd>second reviewer(?: and legal)? <strong>\(your role\)</strong></dd>", page
    )
    assert re.search(r"<dt>Severest measure</dt><dd>exclude</dd>", page)
    assert len(titles(page)) == 1


@pytest.mark.parametrize(
    "odd", ["view=none", "order=%00", "after=x", "after=.", "before=%ff.%ff", "on=x&state=y"]
)
def test_an_address_that_asks_for_what_there_is_not_is_answered(site: Site, odd: str) -> None:
    assert site.client("reviewer").get(f"/matters?{odd}").status_code == 200


def test_names_from_outside_are_words_in_addresses_and_pages(site: Site) -> None:
    hostile = 'x"><script>alert(1)</script>&order=newest'
    with site.house.records.writing() as records:
        records.put(MATTERS, replace(site.matter, id="M-900000", advertiser=hostile, policy="<b>"))
    page = text_of_raw(site, "/matters?view=all")
    assert "<script>alert" not in page
    assert "policy=<b>" not in page
    link = re.search(r'href="(/matters\?[^"]*advertiser=x[^"]*)"', page)
    assert link is not None
    narrowed = text_of(site.client("reviewer").get(html.unescape(link[1])))
    assert len(titles(narrowed)) == 1


def text_of_raw(site: Site, address: str) -> str:
    return site.client("reviewer").get(address).content.decode()


def test_a_page_takes_as_few_questions_however_many_rows_and_is_small(site: Site) -> None:
    client = site.client("reviewer")
    several(site, 1)
    with CaptureQueriesContext(connection) as few:
        client.get("/matters?view=all")
    several(site, 60)
    with CaptureQueriesContext(connection) as many:
        response = client.get("/matters?view=all")
    assert len(titles(text_of(response))) == 50
    assert len(many) <= len(few) + 1 <= MOST_QUERIES
    assert len(response.content) <= LARGEST


# --- taking and assigning ---


def test_who_takes_a_matter_is_led_to_it_and_to_the_next_one_from_there(site: Site) -> None:
    with site.house.records.writing() as records:
        records.put(MATTERS, replace(site.matter, id="M-800001"))
    client = site.client("reviewer")
    page = text_of(client.get("/matters?view=unassigned&order=newest"))
    assert f'action="/matters/{site.matter.id}/take"' in page
    sent = {"seen": str(site.matter.seen), "back": "view=unassigned&order=newest"}
    response = client.post(f"/matters/{site.matter.id}/take", sent)
    assert response["Location"].startswith(f"/matters/{site.matter.id}?from=view%3Dunassigned")
    assert site.matter.assignee == site.people["reviewer"].id
    told = text_of(client.get(response["Location"]))
    assert "The matter is yours." in told
    assert 'href="/matters?view=unassigned&order=newest"' in told
    following = re.search(r'href="(/matters/[^"?]+\?from=[^"]+)" rel="(?:next|prev)"', told)
    assert following is not None
    assert client.get(following[1]).status_code == 200
    second = site.client("other").post(f"/matters/{site.matter.id}/take", sent)
    assert second.status_code == 409
    assert "already taken by Reviewer" in text_of(second)
    assert 'aria-current="true">unassigned' in text_of(second)


def test_the_queue_goes_along_from_part_to_part_of_a_sheet(site: Site) -> None:
    client, sheet = site.client("reviewer"), f"/matters/{site.matter.id}/sheet/ad-antivirus"
    asked = "from=view%3Dall%26order%3Dspend"
    told = text_of(client.get(f"{sheet}?{asked}&known=2018-01-31"))
    assert '<input type="hidden" name="from" value="view=all&order=spend">' in told
    own = [link for link in re.findall(r'href="([^"#]+)"', told) if link.startswith(f"{sheet}?")]
    assert len(own) > 5
    assert [link for link in own if asked not in link] == []
    now = text_of(client.get(f"{sheet}?{asked}"))
    assert f'href="/matters/{site.matter.id}/proposal/ad-antivirus?{asked}"' in now


def test_a_page_without_a_queue_behind_it_passes_on_to_nothing(site: Site) -> None:
    client = site.client("reviewer")
    assert 'rel="next"' not in text_of(client.get(f"/matters/{site.matter.id}"))
    odd = f"/matters/{site.matter.id}?from=%26%26view%3D%00"
    assert client.get(odd).status_code == 200


def test_several_are_assigned_and_each_says_what_came_of_it(site: Site) -> None:
    made = several(site, 3)
    client, before = site.client("reviewer"), site.size
    chosen = [f"{made[1].id}:0", f"{site.matter.id}:7", "M-999999:0"]
    sent = {
        "matter": chosen,
        "person": site.people["other"].id,
        "reason": "knows the field",
        "back": "view=all",
    }
    page = text_of(client.post("/matters/assign", sent))
    assert "1 of those chosen is assigned." in page
    assert page.count("not assigned") == 2
    assert "changed meanwhile" in page
    assert "There is nothing of this name here" in page
    assert 'href="/matters?view=all"' in page
    assert site.size == before + 1
    for lacking, said in ({"matter": []}, "No matter is chosen"), ({"reason": " "}, "The reason is missing"):
        refused = client.post("/matters/assign", {**sent, **lacking})
        assert refused.status_code == 422
        assert said in text_of(refused)
    kept = text_of(client.post("/matters/assign", {**sent, "matter": [f"{made[2].id}:0"], "reason": ""}))
    assert re.search(rf'value="{made[2].id}:0" checked', kept)
    assert site.client("auditor").get("/matters").status_code == 200
    hidden = text_of(site.client("auditor").post("/matters/assign", sent))
    assert "0 of those chosen are assigned." in hidden


# --- views that were saved ---


def test_a_view_is_saved_found_again_renamed_and_deleted(site: Site) -> None:
    client, before = site.client("reviewer"), site.size
    query = "view=waiting&on=legal&order=spend"
    response = client.post("/matters/views", {"name": " Legal,  dear ", "back": query})
    assert response["Location"] == f"/matters?{query}"
    page = follow(client, response)
    assert "The view is saved." in page
    assert "Legal, dear" in page
    (row,) = SavedView.objects.all()
    assert (row.name, row.query) == ("Legal, dear", query)
    assert "Legal, dear" not in text_of(site.client("other").get("/matters"))
    for act in ("rename", "delete"):
        assert site.client("other").post(f"/matters/views/{row.pk}/{act}", {"name": "x"}).status_code == 404
    client.post("/matters/views", {"name": "second", "back": "view=mine&x=1"})
    taken = client.post(f"/matters/views/{row.pk}/rename", {"name": "second", "back": query})
    assert taken.status_code == 409
    follow(client, client.post(f"/matters/views/{row.pk}/rename", {"name": "dear", "back": query}))
    client.post("/matters/views", {"name": "dear", "back": "view=overdue"})
    assert set(SavedView.objects.values_list("name", "query")) == {
        ("dear", "view=overdue"),
        ("second", "view=mine"),
    }
    follow(client, client.post(f"/matters/views/{row.pk}/delete", {"back": query}))
    assert SavedView.objects.count() == 1
    assert client.post("/matters/views", {"name": " ", "back": query}).status_code == 422
    assert client.post("/matters/views", {"name": "x" * 101, "back": query}).status_code == 422
    assert site.size == before, "nothing is decided by it"


def test_views_are_not_endlessly_many(site: Site) -> None:
    client = site.client("reviewer")
    for number in range(30):
        assert client.post("/matters/views", {"name": f"view {number}", "back": ""}).status_code == 302
    assert client.post("/matters/views", {"name": "one more", "back": ""}).status_code == 422
    assert client.post("/matters/views", {"name": "view 3", "back": "view=mine"}).status_code == 302


# --- who sees what ---


def test_members_see_their_own_without_who_works_on_it(site: Site) -> None:
    several(site, 4)
    with site.house.records.writing() as records:
        records.put(MATTERS, replace(site.matter, assignee=site.people["reviewer"].id))
    page = text_of(site.client("member").get("/matters?view=mine&advertiser=advertiser-1&order=severity"))
    assert len(titles(page)) == 1
    for word in ("Reviewer", "Assigned to", "Waiting on", "Severest", "/take", 'name="matter"', "unassigned"):
        assert word not in page, word
    assert site.client("author").get("/matters").status_code == 404
    assert Role.AUDITOR in site.actor("auditor").roles
    assert "/take" not in text_of(site.client("auditor").get("/matters"))
