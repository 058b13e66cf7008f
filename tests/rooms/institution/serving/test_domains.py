"""Landing domains: declared by subjects, stopped with their advertiser, free again when they are declared no longer."""

from pathlib import Path

import pytest

from adjudge.basis.reading.json_text import Plain
from adjudge.errors import RefusedError
from adjudge.institution.deciding import matters
from adjudge.institution.material import claims
from adjudge.institution.material.subjects import record_subject
from adjudge.institution.record.audit.check import check_now
from adjudge.people.role import Role
from adjudge.records.shelf import SUBJECTS
from tests.rooms.institution.begun import POLICY, Service, service_in
from tests.rooms.institution.serving.asked import SIGNER, answers, layers, published, told
from tests.rooms.institution.world import ACME, OTHER, World, claim, subject

SHOP, SHARED, BOOKS = "shop.example", "shared.example", "xn--bcher-kva.example"
HOSTS = (SHOP, SHARED, BOOKS)


def declare(world: World, subject_id: str, *domains: str, advertiser: str = "") -> None:
    content: dict[str, Plain] = {**subject(subject_id, advertiser), "domains": list(domains)}
    record_subject(world.house, world.who(Role.REVIEWER), content)


def owners(world: World) -> dict[str, set[str]]:
    """Who declares what, as the rows have it."""
    found: dict[str, set[str]] = {host: set() for host in HOSTS}
    written = {"Bücher.example": BOOKS, "SHOP.example.": SHOP}
    with world.house.records.reading() as records:
        for row in records.find(SUBJECTS):
            for text in row.content.get("domains", ()):
                found[written.get(text, text)].add(row.advertiser)
    return found


def agrees(world: World, path: Path, fresh: Path) -> None:
    declared = owners(world)
    with published(world.house, fresh), world.house.records.reading() as records:
        wanted = told(records, lambda host: tuple(declared[host]), HOSTS)
        assert answers(path, records, HOSTS) == wanted
        assert answers(fresh, records, HOSTS) == wanted


def test_hosts_are_stopped_with_their_advertisers(world: World, tmp_path: Path) -> None:
    service = service_in(world)
    second = matters.open_matter(world.house, world.who(Role.REVIEWER), OTHER, POLICY, reason="seen too")
    others = Service(world, second)
    with published(world.house, tmp_path / "served") as folder:

        def agreed() -> None:
            folder.looked()
            agrees(world, folder.path, tmp_path / "fresh")

        declare(world, ACME, "SHOP.example.", SHARED)
        declare(world, "ad", "Bücher.example", advertiser=ACME)
        declare(world, OTHER, SHARED)
        agreed()
        service.claim(ACME, "fraud")
        service.issued(ACME)
        agreed()
        claim_on_other(world)
        others.issued(OTHER)
        agreed()
        before = folder.current.base
        declare(world, ACME, SHARED)
        agreed()
        assert folder.current.base == before, "a key that is gone is one without measures"
        declare(world, OTHER, SHARED, SHOP)
        agreed()
    assert check_now(world.house, SIGNER.verifier).findings == ()


def claim_on_other(world: World) -> None:
    content = {**claim(OTHER, "fraud"), "fact": "advertiser.fraud"}
    claims.record_claim(world.house, world.who(Role.REVIEWER), POLICY, content)


def test_an_ad_that_is_stopped_stops_no_host(quick_world: World, tmp_path: Path) -> None:
    service = service_in(quick_world)
    declare(quick_world, "ad", SHOP, advertiser=ACME)
    service.claim("ad", "beer")
    service.issued("ad")
    with published(quick_world.house, tmp_path):
        found = layers(tmp_path)[0]
        assert found.slot("c:ad") >= 0
        assert found.slot(f"d:{SHOP}") < 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two words",
        "https://shop.example/a",
        "a..b",
        "x" * 64 + ".example",
        "a.example,b.example",
        "shop.example;x",
        "*.shop.example",
    ],
)
def test_what_is_no_host_is_refused(quick_world: World, text: str) -> None:
    """Nothing that a browser opens would meet a pattern, or several names in one."""
    with pytest.raises(RefusedError) as refusal:
        declare(quick_world, ACME, text)
    if "*" in text:
        assert "stops all names below it" in str(refusal.value.findings[0].hint)


@pytest.mark.parametrize(
    "text", ["shop_1.example", "Bücher.example", "SHOP.example.", "192.0.2.1", "a-b.example"]
)
def test_what_is_a_host_is_taken(quick_world: World, text: str) -> None:
    declare(quick_world, ACME, text)
