"""What is lifted after a base was built is free, whenever it began or was to begin: bases between the acts."""

from pathlib import Path

import pytest

from adjudge.basis.instant import NANOS
from adjudge.institution.hearing import relief
from adjudge.institution.material import claims
from adjudge.institution.serving import publishing
from adjudge.institution.ticking.tick import tick
from adjudge.people.role import Role
from tests.rooms.institution.begun import service_in
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.serving.asked import Folder, answers, offered, published, told
from tests.rooms.institution.test_approvals import FINE
from tests.rooms.institution.world import ACME, OTHER, PLAIN, World

HOUR = 3_600 * NANOS


def agrees(world: World, folder: Folder, fresh: Path) -> None:
    """The folder says what the rows say, and so does a base that is built from all of it."""
    with world.house.records.reading() as records:
        fresh /= str(records.size())
    with published(world.house, fresh), world.house.records.reading() as records:
        assert answers(folder.looked().path, records) == told(records)
        assert (answers(fresh, records), offered(fresh).delta) == (told(records), "")


@pytest.mark.parametrize(("about", "fact"), [("ad", "beer"), (ACME, "unpaid")], ids=["ad", "advertiser"])
def test_what_is_lifted_before_it_begins_never_begins(
    quick_world: World, tmp_path: Path, about: str, fact: str
) -> None:
    service = service_in(quick_world)
    claim = service.claim(about, fact)
    service.issued(about)
    with published(quick_world.house, tmp_path / "served") as folder:
        quick_world.clock.nanos += HOUR
        claims.withdraw_claim(quick_world.house, quick_world.who(Role.REVIEWER), claim.id, "another one")
        service.issued(about, FINE)
        agrees(quick_world, folder, tmp_path / "fresh")
        assert folder.current.delta


def test_what_is_lifted_while_the_clock_lies_behind_is_free(quick_world: World, tmp_path: Path) -> None:
    """Acts have the time of the last entry then: that of the base."""
    quick_world.ad("a", ACME)
    claim = quick_world.claim("a", "beer")
    quick_world.issued("a")
    with published(quick_world.house, tmp_path / "served") as folder:
        quick_world.clock.nanos -= HOUR
        claims.withdraw_claim(quick_world.house, quick_world.who(Role.REVIEWER), claim.id, "another ad")
        quick_world.issued("a", FINE)
        agrees(quick_world, folder, tmp_path / "fresh")
        assert folder.current.delta


def test_a_base_between_each_two_acts_changes_no_answer(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, clerk = quick_world, quick_world.who(Role.APPEALS)
    with published(world.house, tmp_path / "served") as folder:

        def told_of(act: str) -> None:
            assert folder.current.delta == "", f"all before {act} is in a base"
            agrees(world, folder, tmp_path / "fresh")
            with monkeypatch.context() as patch:
                patch.setattr(publishing, "FARTHEST", 0)
                folder.looked()

        decision = excluded(world, "a")
        told_of("the decision")
        world.ad("b", OTHER, lottery=True)
        world.issued("b", PLAIN)
        told_of("the second")
        appeal = filed(world, decision)
        relief.pause(world.house, clerk, appeal.id, "it is not clear yet")
        told_of("the pause")
        relief.resume(world.house, clerk, appeal.id, "it is clear now")
        told_of("the end of the pause")
        upheld(world, appeal)
        told_of("the appeal")
        world.clock.nanos += 40 * 86_400 * NANOS
        tick(world.house)
        told_of("the months after")
