"""The overview over HTTP: the numbers of the page, as JSON or as a table, by the same right."""

from adjudge.people.act import Act
from tests.rooms.api.calls import calls_of, service, told
from tests.rooms.desk.test_pages import issued
from tests.sites import Site


def test_the_numbers_are_told_as_json(site: Site) -> None:
    row = issued(site)
    found = told(calls_of(site, "auditor").get("/overview?weeks=2"))
    assert found["weeks"] == 2
    assert [week["start"] for week in found["comings"]] == ["2026-10-19", "2026-10-26"]
    assert found["comings"][-1]["counts"]["issued"] == 1
    assert found["load"]["states"] == {"open": 1}
    assert (found["load"]["live"], found["load"]["unassigned"]) == (1, 1)
    assert {row["kind"] for row in found["clocks"]} == {
        "acknowledge",
        "answer",
        "decide",
        "settle",
        "carry_out",
    }
    assert row.rules
    assert not set(row.rules) & {item["rule"] for item in found["idle"]}
    assert found["health"]["swept_at"] is None
    assert not found["is_behind"]


def test_and_as_a_table_where_that_is_asked_for(site: Site) -> None:
    calls = calls_of(site, "author")
    answer = calls.get("/overview", accept="text/csv")
    assert answer["Content-Type"] == "text/csv"
    assert "Accept" in answer["Vary"].split(", ")
    assert answer.content.decode().splitlines()[0] == "part,of,what,number"
    assert calls.get("/overview", accept="image/png").status_code == 406


def test_a_tag_tells_whether_anything_changed_but_the_time(site: Site) -> None:
    calls = calls_of(site, "legal")
    one, other = calls.get("/overview"), calls.get("/overview")
    assert told(one)["at"] != told(other)["at"]
    assert one["ETag"].split(".")[0] == other["ETag"].split(".")[0]
    issued(site)
    assert calls.get("/overview")["ETag"].split(".")[0] != one["ETag"].split(".")[0]


def test_who_does_not_work_here_is_told_of_nothing(site: Site) -> None:
    assert calls_of(site, "member").get("/overview").status_code == 404
    assert service(site, [Act.READ_METRICS]).get("/overview").status_code == 404


def test_weeks_that_there_are_not_are_refused(site: Site) -> None:
    calls = calls_of(site, "legal")
    for weeks in ("0", "53", "x", "4.5", ""):
        assert calls.get(f"/overview?weeks={weeks}").status_code == 422
