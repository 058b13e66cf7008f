"""Approvals as they are published: before the next question, an ad that was edited is answered as it was declared."""

from pathlib import Path

import pytest

from adjudge.enforcement.key import version_of
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import matters
from adjudge.institution.material.subjects import record_subject
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionState, MeasureRow
from adjudge.records.shelf import DECISIONS, MEASURES, SUBJECTS
from adjudge.serve.answer import Answer
from adjudge.serve.layers import Layers
from tests.rooms.institution.serving.asked import Folder, layers, published
from tests.rooms.institution.test_approvals import FINE, approved, declared, digest, recorded, shown
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, POLICY, World, subject

ADS = ("ad", "second", "third")
VERSIONS = ("", *(version_of(digest(letter), digest("b")) for letter in "acd"))
Said = dict[tuple[str, str], tuple[bool, str]]


def open_layers(path: Path) -> Layers:
    *delta, base = layers(path)
    return Layers(base, delta[0] if delta else None)


def answers(path: Path, at: int) -> Said:
    """What is said of each version of each ad."""
    table = open_layers(path)
    found = {}
    for ad in ADS:
        for version in VERSIONS:
            answer = table.check(ACME, ad, version=version, territory="FR", at=at)
            found[ad, version] = (answer.allow, "changed" if answer.reason_code == "changed" else "")
    return found


def told(records: Reading, rule: str) -> Said:
    """The same from decisions, measures and what is on record."""
    found = {}
    for ad in ADS:
        row = records.get(SUBJECTS, ad)
        content = row.content if row is not None else {}
        now = version_of(str(content.get("creative", "")), str(content.get("landing", "")))
        decided = records.find(DECISIONS, subject=ad, state=DecisionState.ISSUED.value)
        bound = {item.bound_to for item in decided if item.bound_to}
        stopped = any(_stops(item) for item in records.find(MEASURES, subject=ad))
        for version in VERSIONS:
            other = bound - {now} or (bool(version) and bound - {version})
            runs = not stopped and not (other and rule != "run")
            found[ad, version] = (runs, "changed" if other and not stopped else "")
    return found


def _stops(row: MeasureRow) -> bool:
    return row.lifted_at is None and row.kind in {"exclude", "suspend"}


def agrees(world: World, folder: Folder, fresh: Path, rule: str = "review") -> Said:
    """The folder says what the rows say, and so does a base that is built from all of it."""
    now = world.clock.last.nanos
    with published(world.house, fresh), world.house.records.reading() as records:
        wanted = told(records, rule)
        assert answers(folder.looked().path, now) == wanted
        assert answers(fresh, now) == wanted
    return wanted


def test_what_was_approved_and_edited_is_published_as_the_rows_say(world: World, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    with published(world.house, tmp_path / "served") as folder:
        base = folder.current.base
        approved(world)
        found = agrees(world, folder, fresh)
        assert found["ad", VERSIONS[1]] == found["ad", ""] == (True, "")
        assert found["ad", VERSIONS[2]] == (False, "changed"), "before anybody has recorded it"
        recorded(world, "ad", "c")
        assert agrees(world, folder, fresh)["ad", ""] == (False, "changed")
        recorded(world, "ad")
        assert agrees(world, folder, fresh)["ad", ""] == (True, "")
        recorded(world, "ad", "c")
        world.issued("ad", FINE)
        found = agrees(world, folder, fresh)
        assert found["ad", VERSIONS[2]] == (True, "")
        assert found["ad", VERSIONS[1]] == (False, "changed"), "what was approved before is over"
        approved(world, "second")
        world.claim("ad", "beer")
        world.issued("ad", EXCLUDING)
        agrees(world, folder, fresh)
        brought = Brought(subjects=[shown("second", "c"), shown("third")])
        bring_in(world.house, world.who(Role.ADMINISTRATOR), brought, None, "moved in")
        assert agrees(world, folder, fresh)["second", ""] == (False, "changed")
        assert folder.current.base == base, "all of it as a delta"


@pytest.mark.parametrize("rule", ["review", "hold", "run"])
def test_what_is_declared_of_changed_ads_is_published(quick_world: World, tmp_path: Path, rule: str) -> None:
    world, fresh = quick_world, tmp_path / "fresh"
    with published(world.house, tmp_path / "served") as folder:
        approved(world)
        recorded(world, "ad", "c")
        agrees(world, folder, fresh)
        declared(world, rule)
        agrees(world, folder, fresh, rule)
        answer = open_layers(folder.path).check(ACME, "ad")
        assert (answer.allow, answer.reason_code) == (rule == "run", "changed")
        assert open_layers(folder.path).terms.changed == rule
        recorded(world, "ad", "d")
        agrees(world, folder, fresh, rule)


def test_other_ads_of_the_same_advertiser_do_not_let_it_run(quick_world: World, tmp_path: Path) -> None:
    """What is published of an advertiser's other ads leaves what holds for the changed one as it is."""
    world, fresh = quick_world, tmp_path / "fresh"
    approved(world)
    recorded(world, "ad", "c")
    with published(world.house, tmp_path / "served") as folder:
        agrees(world, folder, fresh)
        world.ad("second", ACME, beer=True)
        world.issued("second", EXCLUDING)
        world.ad("third", ACME, beer=True)
        world.claim("ad", "beer")
        assert agrees(world, folder, fresh)["ad", ""] == (False, "changed")


def test_an_approval_is_named_and_holds_where_its_matter_does(quick_world: World, tmp_path: Path) -> None:
    world = quick_world
    reviewer = world.who(Role.REVIEWER)
    matters.open_matter(world.house, reviewer, OTHER, POLICY, reason="seen", territory="FR")
    content = {**subject("foreign", OTHER), "creative": digest("a"), "landing": digest("b")}
    record_subject(world.house, reviewer, content)
    row = world.issued("foreign", FINE)
    settled = ProcedureSettled(surfaces=("ads", "offers"))
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="two")
    with published(world.house, tmp_path) as folder:
        table = open_layers(folder.path)
    told = {
        (territory, surface, version): table.check(
            OTHER, "foreign", version=version, territory=territory, surface=surface
        )
        for territory in ("FR", "US")
        for surface in ("offers", "organic")
        for version in VERSIONS[1:3]
    }
    named = Answer(allow=True, reason_code="approved", decision_id=row.id, kind="approved")
    assert told.pop(("FR", "offers", VERSIONS[1])) == named
    other = told.pop(("FR", "offers", VERSIONS[2]))
    assert (other.allow, other.reason_code, other.decision_id) == (False, "changed", row.id)
    assert set(told.values()) == {Answer(allow=True)}, "nowhere else is anything approved"


def test_ads_that_were_never_approved_take_no_room(quick_world: World, tmp_path: Path) -> None:
    world = quick_world
    with published(world.house, tmp_path) as folder:
        keys = layers(folder.path)[0].told["keys"]
        for letter in "abc":
            recorded(world, f"ad-{letter}")
            recorded(world, f"ad-{letter}", "d")
        assert layers(folder.looked().path)[0].told["keys"] == keys
