"""The public register as pages and files: what everybody sees without an account, and what nobody does."""

import csv
import io
import json
import re
from dataclasses import replace
from itertools import count
from xml.dom.minidom import parseString

import duckdb
import pytest
from django.db import connections

from adjudge.desk.register import opening
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.premises import occupy
from adjudge.institution.published import reading, table
from adjudge.institution.published.replying import give_reply, refuse_reply, withdraw_reply
from tests.rooms.api.test_register import reversed_on_appeal
from tests.rooms.desk.hearings import HOSTILE, issued
from tests.sites import Answered, Site

NAME = "Kaspersky Lab"
PAGES = (
    "/register",
    "/register/statistics",
    "/register/policies",
    "/register/log",
    "/register/{id}",
    "/register/{id}/embed",
)
_HOSTS = count()
FILES = (
    "/register.csv",
    "/register.json",
    "/register.parquet",
    "/register.atom",
    "/register/statistics.csv",
    "/register/{id}/badge.svg",
    "/register/oembed?url=http://localhost/register/{id}",
)


def got(site: Site, address: str, *, language: str = "en", host: str = "") -> Answered:
    """An answer to somebody who asks from an address of their own, unless it is said from which."""
    return site.client(language=language).get(address, REMOTE_ADDR=host or f"192.0.2.{next(_HOSTS) % 250}")


def body(answer: Answered) -> bytes:
    pieces = getattr(answer, "streaming_content", None)
    return b"".join(pieces) if pieces is not None else answer.content


def settled(site: Site, **terms: str) -> None:
    settle_procedure(
        site.house, site.actor("administrator"), ProcedureSettled(public=terms), reason="to try it"
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_and_file_is_there_without_an_account(site: Site, language: str) -> None:
    row = issued(site)
    for address in (*PAGES, *FILES):
        answer = got(site, address.format(id=row.id), language=language)
        assert answer.status_code == 200, (address, body(answer)[:2_000])
        assert body(answer)


def test_a_decision_says_what_became_of_it(site: Site) -> None:
    before, after = reversed_on_appeal(site)
    page = got(site, f"/register/{before}").content.decode()
    assert "This decision was reversed on appeal" in page
    assert f'href="/register/{after}"' in page
    assert "reversed on appeal" in got(site, f"/register/{before}/badge.svg").content.decode()
    assert NAME in page


def test_what_is_not_public_is_answered_like_what_is_not_there(site: Site) -> None:
    row = issued(site)
    absent = [got(site, f"/register/{name}") for name in ("X-999999", "x", "..", site.matter.id)]
    settled(site, rules=" ".join(row.rules))
    hidden = got(site, f"/register/{row.id}")
    assert {answer.status_code for answer in (*absent, hidden)} == {404}
    assert row.id not in body(got(site, "/register.json")).decode()
    assert row.id not in got(site, "/register").content.decode()
    settled(site, open="no")
    for address in (*PAGES, *FILES):
        assert got(site, address.format(id=row.id)).status_code == 404, address


def test_a_name_that_is_not_told_any_more_is_nowhere_at_once(site: Site) -> None:
    row = issued(site)
    assert NAME in got(site, "/register?text=kaspersky").content.decode()
    settled(site, names="none")
    for address in (*PAGES, *FILES, "/register?text=Kaspersky", "/register?advertiser=Kaspersky%20Lab"):
        told = body(got(site, address.format(id=row.id))).decode("utf-8", "replace")
        assert NAME not in told.replace('value="Kaspersky Lab"', ""), address
    assert row.id not in got(site, "/register?text=kaspersky").content.decode()


def test_a_decision_is_shown_when_its_days_are_over(site: Site) -> None:
    row = issued(site)
    settled(site, after_days="2")
    assert got(site, f"/register/{row.id}").status_code == 404
    assert row.id not in body(got(site, "/register.csv")).decode()
    assert row.id not in got(site, "/register.atom").content.decode()


def test_what_is_asked_for_is_what_is_found_in_every_form(site: Site) -> None:
    before, after = reversed_on_appeal(site)
    for query, found in {
        "": {before, after},
        "text=antivirus": set(),
        "state=reversed": {before},
        "state=no_measure": {after},
        "state=in_force": set(),
        "outcome=reversed": {before},
        "kind=exclude": {before},
        "advertiser=Kaspersky+Lab": {before, after},
        "since=2026-11-01": {before, after},
        "since=2027-01-01": set(),
        "until=2020-01-01": set(),
        "text=kasp": {before, after},
        "text=KASPERSKY%20lab": {before, after},
        "text=%22%20OR%20*": set(),
        "text=!!!": set(),
    }.items():
        page = got(site, f"/register?{query}").content.decode()
        assert {name for name in (before, after) if f'href="/register/{name}"' in page} == found, query
        listed = json.loads(body(got(site, f"/register.json?{query}")))
        assert {item["id"] for item in listed} == found, query


def test_files_have_the_same_decisions_in_the_same_columns(site: Site) -> None:
    issued(site)
    rows = list(csv.DictReader(io.StringIO(body(got(site, "/register.csv")).decode())))
    content = body(got(site, "/register.parquet"))
    path = site.opened.settings.data / "r.parquet"
    path.write_bytes(content)
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    assert [item[0] for item in found.description or ()] == list(rows[0])
    assert [record[0] for record in found.fetchall()] == [row["id"] for row in rows]
    path.unlink()
    assert not [item for item in site.opened.settings.data.iterdir() if item.name.startswith("register-")]


def test_a_hostile_reply_is_text_everywhere(site: Site) -> None:
    row = issued(site)
    give_reply(site.house, site.actor("member"), row.id, f"=cmd() {HOSTILE}")
    page = got(site, f"/register/{row.id}").content.decode()
    assert "<script>alert(1)" not in page
    assert "\u202e" not in page
    (cells,) = csv.DictReader(io.StringIO(body(got(site, "/register.csv")).decode()))
    assert cells["reply"].startswith("'=cmd()")
    parseString(got(site, "/register.atom").content)  # noqa: S318 - our own
    parseString(got(site, f"/register/{row.id}/badge.svg").content)  # noqa: S318 - our own


def test_a_reply_is_shown_and_taken_back_as_its_author_chooses(site: Site) -> None:
    row, words = issued(site), "We sell software to everybody."
    give_reply(site.house, site.actor("member"), row.id, words)
    assert words in got(site, f"/register/{row.id}").content.decode()
    assert f'href="/register/{row.id}"' in got(site, "/register?text=everybody").content.decode()
    refuse_reply(site.house, site.actor("legal"), row.id, "others", "It names a neighbour.")
    page = got(site, f"/register/{row.id}").content.decode()
    assert words not in page
    assert "It names a neighbour" not in page
    assert "A reply was refused" in page
    withdraw_reply(site.house, site.actor("member"), row.id)
    page = got(site, f"/register/{row.id}").content.decode()
    assert "The advertiser has not replied here." in page


def test_only_the_preview_may_be_framed_by_others(site: Site) -> None:
    row = issued(site)
    for address in (*PAGES, *FILES):
        answer = got(site, address.format(id=row.id))
        assert body(answer)
        is_preview = address.endswith("/embed")
        assert ("X-Frame-Options" not in answer.headers) == is_preview, address
        assert ("frame-ancestors *" in answer["Content-Security-Policy"]) == is_preview, address
    preview = got(site, f"/register/{row.id}/embed")
    assert b"<form" not in preview.content
    assert b"csrf" not in preview.content
    assert b"<script" not in preview.content
    assert not getattr(preview, "cookies", None)


def test_a_preview_is_found_by_the_address_of_the_decision(site: Site) -> None:
    row = issued(site)
    found = json.loads(got(site, f"/register/oembed?url=http://localhost/register/{row.id}").content)
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert f"/register/{row.id}/embed" in found["html"]
    for address in ("http://localhost/matters", "javascript:alert(1)", "", "http://[", "/register/X-1"):
        assert got(site, f"/register/oembed?url={address}").status_code == 404


def test_who_scrapes_is_told_to_wait(site: Site) -> None:
    answers = []
    for _ in range(14):
        answers.append(got(site, "/register.csv", host="198.51.100.7"))
        body(answers[-1])  # or enough of them would be under way
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0]["Retry-After"]) > 0
    assert "requests in a minute" in refused[-1].content.decode(), refused[-1].content.decode()


def test_who_is_too_fast_at_the_door_is_not_sent_to_the_register(site: Site) -> None:
    told = [got(site, "/link/x.y", host="198.51.100.8") for _ in range(60)][-1]
    assert told.status_code == 429
    page = told.content.decode()
    assert "and try again" in page
    assert "as one file" not in page


def test_where_it_is_closed_nothing_of_it_is_there(site: Site) -> None:
    row = issued(site)
    found = re.findall(r'"(/register/policies/[^"?]+)"', got(site, "/register/policies").content.decode())
    assert found
    assert {got(site, address).status_code for address in found} == {200}
    settled(site, open="no")
    addresses = [address.format(id=row.id) for address in (*PAGES, *FILES)] + found
    assert {got(site, address).status_code for address in addresses} == {404}


def test_what_may_be_kept_is_kept_by_language(site: Site) -> None:
    row = issued(site)
    for address in FILES:
        answer = got(site, address.format(id=row.id))
        body(answer)
        varied = {name.strip() for name in answer["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= varied, address
        assert (
            "public" in answer["Cache-Control"]
            or "csv" in address
            or "json" in address
            or "parquet" in address
        )


def test_behind_a_proxy_each_visitor_is_counted_and_none_chooses_as_whom(site: Site) -> None:
    settings = replace(site.opened.settings, proxies=1)
    occupy(replace(site.opened, settings=settings))

    def asked(*told: str) -> int:
        visitor = site.client()
        answer = visitor.get("/register.json", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=", ".join(told))
        body(answer)
        return answer.status_code

    # What stands before the last address was written by whoever asks, and counts for nothing.
    assert {asked(f"203.0.113.{number}", "198.51.100.9") for number in range(14)} == {200, 429}
    assert asked("203.0.113.200", "198.51.100.9") == 429
    assert asked("198.51.100.10") == 200


def test_small_counts_are_withheld(site: Site) -> None:
    issued(site)
    page = got(site, "/register/statistics").content.decode()
    assert "withheld" in page
    rows = list(csv.DictReader(io.StringIO(got(site, "/register/statistics.csv").content.decode())))
    assert {row["count"] for row in rows} <= {"withheld", "0"}


def test_the_policy_of_a_day_is_told_and_no_draft(site: Site) -> None:
    issued(site)
    page = got(site, "/register/policies").content.decode()
    assert "ads-standard" in page
    assert "No policy was in force" in got(site, "/register/policies?on=1999-01-01").content.decode()
    for odd in ("x", "9999-99-99", "0001-01-01", "9999-12-31"):
        assert got(site, f"/register/policies?on={odd}").status_code == 200


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_whoever_leaves_gives_the_place_back(site: Site, ending: str) -> None:
    issued(site)
    for number in range(3 * opening.AT_ONCE):
        answer = got(site, f"/register.{ending}")
        assert answer.status_code == 200
        if number % 2:
            next(iter(getattr(answer, "streaming_content")))  # noqa: B009 - of one of two kinds of answers
        getattr(answer, "close")()  # noqa: B009 - as a server does it, whose line was cut
    assert not [item for item in site.opened.settings.data.iterdir() if item.name.startswith("register-")]


def test_more_files_at_once_than_are_handed_out_are_refused_in_clear_words(site: Site) -> None:
    issued(site)
    open_ones = [got(site, "/register.csv") for _ in range(opening.AT_ONCE)]
    refused = got(site, "/register.csv")
    assert (refused.status_code, refused["Retry-After"]) == (429, "5")
    assert "others fetch the whole register just now" in refused.content.decode()
    assert got(site, "/register").status_code == 200
    assert [len(body(answer).splitlines()) for answer in open_ones] == [2] * opening.AT_ONCE
    assert got(site, "/register.csv").status_code == 200


def test_a_file_that_is_not_taken_in_its_time_is_cut_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    issued(site)
    monkeypatch.setattr(opening, "LONGEST", -1)
    for _ in range(opening.AT_ONCE + 1):
        with pytest.raises(BrokenPipeError):
            body(got(site, "/register.csv"))


def test_a_file_that_is_taken_slowly_holds_nothing_of_the_database(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = reversed_on_appeal(site)
    monkeypatch.setattr(table, "PORTION", 1)
    monkeypatch.setattr(reading, "PORTION", 1)
    pieces = iter(getattr(got(site, "/register.csv"), "streaming_content"))  # noqa: B009 - of one of two kinds
    first = next(pieces)
    assert before in first.decode()
    assert not connections["default"].connection.in_transaction
    give_reply(site.house, site.actor("member"), after, "Written while somebody reads slowly.")
    assert "Written while somebody reads slowly." in b"".join(pieces).decode()
