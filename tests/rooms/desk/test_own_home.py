"""Where an advertiser begins, however many measures are in force against it."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.desk.advertiser.home import MOST_SHOWN
from adjudge.institution.house import time_of
from adjudge.institution.queue.keeping import queued
from adjudge.institution.staff.settling import settle_institution
from adjudge.records.shelf import DECISIONS, MEASURES, SUBJECTS
from tests.rooms.desk.hearings import issued
from tests.rooms.desk.test_pages import text_of
from tests.sites import Site

MANY = 300


def filled(site: Site) -> None:
    """Many ads, each with a decision and a measure of its own, as a first one has them; fifty were lifted since."""
    row = issued(site)
    at = time_of(site.house)
    with queued(site.house.records).kept.writing() as records:
        subject = records.get(SUBJECTS, row.subject)
        measure = records.find(MEASURES, decision=row.id)[0]
        assert subject is not None
        for number in range(MANY):
            ad, decision = f"ad-{number:03d}", f"X-9{number:05d}"
            content = {
                **subject.content,
                "id": ad,
                "title": {"en": f"Offer {number}", "fr": f"Offre {number}"},
            }
            records.put(SUBJECTS, replace(subject, id=ad, kind="ad", content=content))
            records.put(DECISIONS, replace(row, id=decision, subject=ad, entry=1_000 + number))
            records.put(
                MEASURES,
                replace(
                    measure,
                    id=f"{decision}-1",
                    decision=decision,
                    subject=ad,
                    lifted_at=at if number < 50 else None,
                ),
            )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_shows_some_says_how_many_and_finds_each(site: Site, language: str) -> None:
    filled(site)
    client = site.client("member", language=language)
    page = text_of(client.get("/"))
    in_force = MANY - 50 + 1
    assert f'<span class="count">{in_force}</span>' in page
    assert page.count('class="facts"') == MOST_SHOWN
    assert page.count("can run again" if language == "en" else "peut de nouveau être diffusé") <= MOST_SHOWN
    assert '<span class="count">50</span>' in page, "what runs again is counted whole"
    assert len(page) < 60_000
    seen = set[str]()
    for number in range(1, -(-in_force // MOST_SHOWN) + 1):
        seen |= set(re.findall(r'"/decisions/(X-9\d+)"', text_of(client.get(f"/?page={number}"))))
    assert {f"X-9{number:05d}" for number in range(50, MANY)} <= seen
    found = text_of(client.get("/?named=ffer+77" if language == "en" else "/?named=ffre+77"))
    assert "X-900077" in found
    assert "X-900078" not in found
    nothing = client.get("/?named=there+is+none")
    assert nothing.status_code == 200
    assert 'class="empty"' in nothing.content.decode()


def test_a_search_of_two_hundred_is_paged_and_keeps_its_words(site: Site) -> None:
    filled(site)
    page = text_of(site.client("member").get("/?named=Offer&page=2"))
    assert re.search(r"named=Offer&(amp;)?page=3", page)
    assert page.count('class="facts"') == MOST_SHOWN


def test_the_questions_to_the_database_do_not_grow_with_them(site: Site) -> None:
    row, client = issued(site), site.client("member")
    assert row.id
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    site2 = site
    filled_more(site2)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) <= len(few) + 5


def filled_more(site: Site) -> None:
    """As `filled`, where something was issued already."""
    with site.house.records.reading() as reading:
        row = reading.find(DECISIONS)[0]
        measure = reading.find(MEASURES, decision=row.id)[0]
    with queued(site.house.records).kept.writing() as records:
        for number in range(MANY):
            decision = f"X-9{number:05d}"
            records.put(DECISIONS, replace(row, id=decision, entry=1_000 + number))
            records.put(MEASURES, replace(measure, id=f"{decision}-1", decision=decision))


def test_to_those_outside_the_pages_are_the_platforms(site: Site) -> None:
    settle_institution(
        site.house,
        site.actor("administrator"),
        platform={"en": "Example & <Ads>", "fr": "Exemple"},
        complaint="https://ads.example/complain",
        settlement="a body of settlement",
        review={"en": "By somebody else."},
        languages=["en", "fr"],
        reason="its name",
    )
    for name, address in (("member", "/"), ("", "/register")):
        shown = site.client(name).get(address).content.decode()
        assert "<bdi>Example &amp; &lt;Ads&gt;</bdi>" in shown
        assert "– Example &amp; &lt;Ads&gt;</title>" in shown
    assert "<bdi>Exemple</bdi>" in text_of(site.client("member", language="fr").get("/"))
    assert "<bdi>Adjudge</bdi>" in text_of(site.client("reviewer").get("/matters"))
