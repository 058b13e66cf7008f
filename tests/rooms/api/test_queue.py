"""The list of matters as the queue has it: the rows of the page in its order, in parts, by the same rights."""

from dataclasses import replace

from adjudge.records.rows import MatterState
from adjudge.records.shelf import MATTERS
from tests.rooms.api.calls import calls_of, told
from tests.sites import Site


def several(site: Site, count: int = 7) -> None:
    first = site.matter
    with site.house.records.writing() as records:
        for number in range(count):
            opened = replace(first.opened_at, nanos=first.opened_at.nanos + number * 10**12)
            records.put(
                MATTERS,
                replace(
                    first,
                    id=f"M-8{number:05d}",
                    advertiser=f"advertiser-{number}",
                    state=MatterState.CLOSED if number % 3 == 0 else MatterState.OPEN,
                    assignee=site.people["other"].id if number % 2 else "",
                    territory="FR" if number > 3 else "",
                    opened_at=opened,
                ),
            )


def listed(site: Site, query: str, who: str = "reviewer") -> list[str]:
    """The ids of all parts together."""
    calls, found, cursor = calls_of(site, who), list[str](), ""
    while True:
        part = told(calls.get(f"/matters?limit=2&{query}{cursor and f'&cursor={cursor}'}"))
        found += [item["id"] for item in part["items"]]
        if part["next"] is None:
            return found
        cursor = part["next"]


def test_matters_come_in_the_order_that_is_asked_for_in_parts(site: Site) -> None:
    several(site)
    first = site.matter.id
    newest = listed(site, "sort=newest")
    assert newest == [*(f"M-8{number:05d}" for number in reversed(range(7))), first]
    assert listed(site, "sort=oldest") == newest[::-1]
    assert listed(site, "view=unassigned&sort=oldest") == [first, "M-800002", "M-800004"]
    assert listed(site, "waiting=reviewer&sort=newest") == [
        "M-800005",
        "M-800004",
        "M-800002",
        "M-800001",
        first,
    ]
    assert listed(site, "territory=FR&state=closed") == ["M-800006"]
    assert listed(site, f"sort=oldest&assignee={site.people['other'].id}") == [
        "M-800001",
        "M-800003",
        "M-800005",
    ]
    assert listed(site, "view=overdue") == listed(site, "waiting=legal") == []
    assert set(listed(site, "")) == set(newest)


def test_whoever_asks_for_what_there_is_not_is_told(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    for query in ("view=none", "sort=x", "waiting=publisher"):
        assert calls.get(f"/matters?{query}").status_code == 422


def test_members_have_their_own_and_find_nothing_out_by_asking(site: Site) -> None:
    several(site)
    mine = [site.matter.id]
    assert listed(site, "sort=severity&view=unassigned", "member") == mine
    assert listed(site, "waiting=legal", "member") == mine
    assert listed(site, f"sort=newest&assignee={site.people['other'].id}", "member") == []
    assert calls_of(site, "member").get("/matters?sort=newest&advertiser=advertiser-1").status_code == 404
    assert calls_of(site, "author").get("/matters?sort=newest").status_code == 404
