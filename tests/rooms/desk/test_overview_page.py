"""The page of the overview: true numbers in few questions, for all who work here, in both languages, escaped."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.institution.counting import glance as at_a_glance
from adjudge.institution.counting.counting import count_on
from adjudge.institution.counting.kept import keep, read_kept
from adjudge.mount.auditor import hold_to_log
from adjudge.records.rows import Outcome
from adjudge.records.shelf import CLAIMS, MATTERS
from tests.rooms.desk.test_pages import issued, text_of
from tests.sites import ROLES, Site

MOST_QUERIES = 40
LARGEST = 150_000
ROW = re.compile(r'<th scope="row">(.*?)</th>\s*((?:<td>[^<]*</td>\s*)+)', re.DOTALL)


def numbers(page: str, name: str) -> list[str]:
    """What stands in the row of a name."""
    for head, cells in ROW.findall(page):
        if name in head:
            return re.findall(r"<td>([^<]*)</td>", cells)
    raise AssertionError(name)


def test_the_page_tells_true_numbers(site: Site) -> None:
    issued(site)
    page = text_of(site.client("reviewer").get("/overview"))
    assert numbers(page, ">open<") == ["1"]
    assert numbers(page, "by nobody") == ["1"]
    assert numbers(page, "less than a week") == ["1"]
    assert numbers(page, "26 October 2026") == ["1", "0", "1"]
    assert numbers(page, "advertiser.acts_for_state_service") == ["1", "4"]
    assert "No appeal ended in this time." in page
    assert "No claim was discounted in this time." in page
    assert "Every rule" not in page
    assert '<a href="/clocks">' in page
    assert '<a href="/clocks">' not in text_of(site.client("author").get("/overview")).split("<main", 1)[1]


@pytest.mark.parametrize("who", sorted(ROLES))
def test_all_who_work_here_are_led_to_it(site: Site, who: str) -> None:
    page = text_of(site.client(who).get("/overview"))
    assert re.search(r'href="/overview"[^>]* aria-current="page">Overview', page)


def test_members_and_strangers_are_not(site: Site) -> None:
    for address in ("/overview", "/overview/figures.csv"):
        assert site.client("member").get(address).status_code == 404
        assert site.client().get(address).status_code == 302
    assert 'href="/overview"' not in text_of(site.client("member").get("/matters"))


def test_the_time_is_chosen_by_the_address_and_odd_ones_are_the_usual(site: Site) -> None:
    client = site.client("auditor")
    for asked, weeks in (("4", 4), ("52", 52), ("", 12), ("5", 12), ("x", 12), ("%00", 12)):
        page = text_of(client.get(f"/overview?weeks={asked}"))
        assert len(re.findall(r'<th scope="row">\d+ \w+ \d{4}</th>', page)) == weeks
        assert f'href="/overview?weeks={weeks}" aria-current="true"' in page


def test_in_french_all_of_it_is_french(site: Site) -> None:
    page = text_of(site.client("legal", language="fr").get("/overview"))
    assert numbers(page, "26 octobre 2026") == ["1", "0", "0"]
    for english in ("Overview", "Matters", " weeks", "Overdue", "Rule", "Sweeper", "not yet"):
        assert english not in page, english


def test_the_table_is_the_same_numbers(site: Site) -> None:
    response = site.client("publisher").get("/overview/figures.csv?weeks=4")
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    assert "matters,to_do,unassigned,1" in text_of(response)


def test_what_is_not_counted_yet_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_a_glance, "MOST_UNKEPT", 3)
    page = text_of(site.client("legal").get("/overview"))
    assert "The log was not counted yet" in page
    count_on(site.house, site.opened.settings.data)
    monkeypatch.setattr(at_a_glance, "MOST_FOLLOWED", 0)
    assert "The log was not counted yet" not in text_of(site.client("legal").get("/overview"))
    issued(site)
    assert "what happened by week is counted up to:" in text_of(site.client("legal").get("/overview"))


def test_health_tells_what_the_audit_found(site: Site) -> None:
    assert "not yet" in text_of(site.client("administrator").get("/overview"))
    hold_to_log(site.opened)
    count_on(site.house, site.opened.settings.data)
    page = text_of(site.client("administrator").get("/overview"))
    assert "0 findings" in page
    assert "has not been round for a while" not in page


def test_how_appeals_ended_is_told_by_rule_and_version(site: Site) -> None:
    folder = site.opened.settings.data
    count_on(site.house, folder)
    kept = read_kept(folder)
    for outcome, count in ((Outcome.REVERSED, 2), (Outcome.UPHELD, 1_000)):
        kept.tally.appeals["2026-10-26", "ads-standard", "2026.6", "alcohol", outcome.value] = count
    kept.tally.appeals["2026-10-26", "gone", "1", "<b>", Outcome.VARIED.value] = 1
    kept.tally.appeals["2025-10-26", "ads-standard", "2026.6", "tobacco", Outcome.VARIED.value] = 1
    keep(folder, kept)
    page = site.client("reviewer").get("/overview").content.decode()
    assert numbers(page, "<code>ads-standard/alcohol</code>") == ["2", "0", "1,000"]
    assert "version 2026.6: 2 of 1,002 appeals reversed" in page
    assert numbers(page, "<code>gone/&lt;b&gt;</code>") == ["0", "1", "0"]
    assert page.index("ads-standard/alcohol") < page.index("gone/&lt;b&gt;")
    assert "version 1: 0 of 1 appeal reversed" in page
    french = text_of(site.client("reviewer", language="fr").get("/overview"))
    assert "2 annulées sur 1\N{NARROW NO-BREAK SPACE}002 recours" in french


def test_names_from_outside_are_words(site: Site) -> None:
    with site.house.records.writing() as records:
        row = records.find(CLAIMS, advertiser=site.matter.advertiser)[0]
        for number, stance in enumerate(("asserts", "denies")):
            content = {**row.content, "fact": "<script>x</script>", "value": "y", "stance": stance}
            records.put(CLAIMS, replace(row, id=f"C-9{number}", content=content))
    page = site.client("reviewer").get("/overview").content.decode()
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page


def test_a_page_takes_as_few_questions_however_much_there_is_and_is_small(site: Site) -> None:
    client = site.client("appeals")
    count_on(site.house, site.opened.settings.data)
    client.get("/overview")
    with CaptureQueriesContext(connection) as few:
        client.get("/overview")
    with site.house.records.writing() as records:
        records.put_all(MATTERS, [replace(site.matter, id=f"M-9{number:05d}") for number in range(200)])
    with CaptureQueriesContext(connection) as many:
        response = client.get("/overview?weeks=52")
    assert len(many) <= len(few) <= MOST_QUERIES
    assert len(response.content) <= LARGEST
