"""Misuse of appeals over HTTP: counted, warned, suspended by somebody else, ended; what its advertiser sees of it."""

from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.people.act import Act
from adjudge.records.rows import AppealKind, AppealRow, AppealState, MisuseRow
from adjudge.records.shelf import APPEALS, MISUSES
from tests.rooms.api.calls import calls_of, service, told
from tests.sites import Site

DAY = 86_400 * 1_000_000_000


def unfounded(site: Site, *, days_ago: int, count: int) -> None:
    """Keep appeals that were found manifestly unfounded: how they came to be so is another test's matter."""
    at = Instant(site.house.clock().nanos - days_ago * DAY)
    with site.house.records.writing() as records:
        for number in range(count):
            row = AppealRow(
                id=f"A-9{days_ago:03d}{number:02d}",
                kind=AppealKind.APPEAL,
                state=AppealState.DECIDED,
                decision="X-1",
                matter=site.matter.id,
                advertiser=site.matter.advertiser,
                filed_by=site.people["member"].id,
                filed_at=at,
                appellant="advertiser",
                language="en",
                points=(),
                ended_at=at,
                unfounded=True,
            )
            records.put(APPEALS, row)


def long_warned(site: Site, misuse: str) -> None:
    """Let a warning have been given three weeks earlier."""
    with site.house.records.writing() as records:
        row = records.get(MISUSES, misuse)
        assert isinstance(row, MisuseRow)
        records.put(MISUSES, replace(row, warned_at=Instant(row.warned_at.nanos - 21 * DAY)))


def test_misuse_is_warned_of_suspended_and_ended(site: Site) -> None:
    owner, member = site.matter.advertiser, calls_of(site, "member")
    one, other = calls_of(site, "appeals"), calls_of(site, "hearer")
    unfounded(site, days_ago=100, count=5)
    warning = {"advertiser": owner, "gravity": "Threats.", "intention": "Said so.", "reason": "Often."}
    assert told(one.get(f"/advertisers/{owner}/misuse-figures"))["share"] == 100
    made = one.send("/misuse", warning)
    assert made.status_code == 201, made.content
    path = f"/misuse/{told(made)['id']}"
    assert told(one.send("/misuse", warning))["code"] == "conflict"
    suspension = {"until": "2026-12-01", "reason": "It went on."}
    (finding,) = told(one.send(f"{path}/suspend", {**suspension, "until": "2026-12-01T12:00:00Z"}))[
        "findings"
    ]
    assert (finding["code"], finding["hint"]) == ("bad-value", "write `2026-12-24`")
    assert told(one.send(f"{path}/suspend", suspension))["code"] == "own-proposal"
    assert told(other.send(f"{path}/suspend", suspension))["code"] == "too-early"
    long_warned(site, told(made)["id"])
    assert told(other.send(f"{path}/suspend", suspension))["code"] == "heeded"
    unfounded(site, days_ago=2, count=1)
    late = other.send(f"{path}/suspend", {**suspension, "until": "2027-12-01"})
    assert told(late)["code"] == "bad-value"
    seen = other.get(path)["ETag"]
    done = other.send(f"{path}/suspend", suspension, if_match=seen)
    assert (done.status_code, told(done)["until"]) == (200, "2026-12-02T00:00:00Z")
    # Its advertiser is told all of it but who did it.
    shown = told(member.get(path))
    assert (shown["state"], shown["author"], shown["confirmed_by"]) == ("suspended", "", "")
    assert [item["id"] for item in told(member.get("/misuse"))["items"]] == [shown["id"]]
    assert member.send(f"{path}/end", {"reason": "Enough."}).status_code == 404
    stale = one.send(f"{path}/end", {"reason": "They wrote to us."}, if_match=seen)
    assert stale.status_code == 412
    assert told(one.send(f"{path}/end", {"reason": "They wrote to us."}))["state"] == "ended"
    assert told(one.send(f"{path}/end", {"reason": "Again."}))["code"] == "wrong-state"


def test_figures_alone_are_not_enough_for_a_warning(site: Site) -> None:
    owner, calls = site.matter.advertiser, calls_of(site, "appeals")
    unfounded(site, days_ago=10, count=4)
    body = {"advertiser": owner, "gravity": "Some.", "intention": "None.", "reason": "Often."}
    refusal = calls.send("/misuse", body)
    assert (refusal.status_code, [item["code"] for item in told(refusal)["findings"]]) == (422, ["not-often"])
    assert "from 5 appeals" in told(refusal)["hint"]
    assert told(calls.send("/misuse", {**body, "gravity": " "}))["code"] == "missing-text"
    assert calls.send("/misuse", {**body, "advertiser": "nobody"}).status_code == 404
    assert calls_of(site, "member").send("/misuse", body).status_code == 404
    assert service(site, [Act.READ_APPEAL]).get("/misuse/U-000001").status_code == 404
