"""Batches answer as the single checks of a follower do, whatever stands."""

import random
from pathlib import Path

import pytest

from adjudge.enforcement.layout import FOR_EVER
from adjudge.enforcement.measure import SEVERITY, Served
from adjudge.serve.batch import Table, hashes_of
from adjudge.serve.batches import Batches, Names
from adjudge.serve.follow import Follower
from tests.rooms.serve.folder import Folder, trusted
from tests.rooms.serve.model import HOSTS, SURFACES, TERRITORIES, made_up, measures_made_up

MINUTE = 60_000_000_000
LANDINGS = ("", "", *HOSTS, "https://www.shop.example/x?y", "https://[::1]/", "no host")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, folder: Folder) -> None:
        self.now = folder.now * 1_000_000

    def __call__(self) -> int:
        return self.now


def followed(folder: Folder, clock: Clock, without: str = "deny") -> Follower:
    return Follower(
        folder.path, [trusted()], without="deny" if without == "deny" else "allow", clock=clock, steady=clock
    )


def same(follower: Follower, asking: Batches, chance: random.Random, at: int | None) -> set[str]:
    """Ask a batch and one by one; the reasons."""
    advertisers = [chance.choice(("", f"adv-{chance.randrange(30)}")) for _ in range(200)]
    ads = [chance.choice(("", f"ad-{chance.randrange(120)}")) for _ in range(200)]
    landings = [chance.choice(LANDINGS) for _ in range(200)]
    territory, surface = chance.choice(TERRITORIES), chance.choice((*SURFACES, *SURFACES, "nowhere"))
    asked = asking.check(advertisers, ads, landings, territory=territory, surface=surface, at=at)
    answers = asked.answers
    for row, question in enumerate(zip(advertisers, ads, landings, strict=True)):
        single = follower.check(*question, territory=territory, surface=surface, at=at)
        severity = 1 + SEVERITY.index(single.kind) if single.kind else 0
        said = bool(answers.allow[row]), int(answers.severity[row]), answers.reasons[answers.reason[row]]
        assert said == (single.allow, severity, single.reason_code), (question, single)
        assert not severity or asked.name_of(answers.decision[row]) == single.decision_id
    return {answers.reasons[reason] for reason in set(answers.reason.tolist())}


@pytest.mark.parametrize(
    "when_stale",
    [(), (("suspend", "allow"), ("exclude", "allow")), (("label", "deny"),)],
    ids=["kept", "lifted", "denied"],
)
@pytest.mark.parametrize("landing", ["allow", "deny"])
def test_they_answer_as_single_checks_do_fresh_and_stale(
    tmp_path: Path, when_stale: tuple[tuple[str, str], ...], landing: str
) -> None:
    folder = Folder(tmp_path, when_stale=when_stale, unknown_landing=landing)
    clock = Clock(folder)
    follower = followed(folder, clock)
    asking = Batches(follower)
    chance = random.Random(len(when_stale))  # noqa: S311 - no secrets
    assert same(follower, asking, chance, 5) == {"no-snapshot"}
    model = made_up(4, 80)
    # Names that are empty are not known, whatever stands under them.
    model.held |= {key: measures_made_up(chance, 7_000) for key in ("a:", "c:", "d:")}
    folder.publish(1, model.held)
    follower.refresh()
    reasons = same(follower, asking, chance, 310)
    assert ("unknown-landing" in reasons) == (landing == "deny")
    changed: dict[str, tuple[Served, ...]] = {
        key: measures_made_up(chance, 9_000) if chance.random() < 0.5 else ()
        for key in model.held
        if chance.random() < 0.4
    }
    folder.publish_delta(2, changed)
    follower.refresh()
    for at in (99, 250, 310, 499, None):
        same(follower, asking, chance, at)
    clock.now += 2 * MINUTE
    for at in (99, 250, 310, 499, None):
        stale = same(follower, asking, chance, at)
    assert (stale == {"stale"}) == (when_stale == (("label", "deny"),))


def test_columns_may_be_left_out(tmp_path: Path) -> None:
    folder = Folder(tmp_path, unknown_landing="deny")
    model = made_up(5, 80)
    folder.publish(1, model.held)
    follower = followed(folder, Clock(folder))
    follower.refresh()
    asking = Batches(follower)
    names = [f"ad-{number}" for number in range(100)]
    hashed = hashes_of(f"c:{name}" for name in names)
    ways: list[tuple[Names | None, Names | None, list[str] | None]] = [
        (names, None, None), (None, names, None), (None, hashed, None), (None, None, names), (names, hashed, names)
    ]  # fmt: skip
    for advertisers, ads, landings in ways:
        asked = asking.check(advertisers, ads, landings, at=310)
        expected = [
            follower.check(
                name if advertisers else "", name if ads is not None else "", name if landings else "", at=310
            )
            for name in names
        ]
        assert asked.answers.allow.tolist() == [answer.allow for answer in expected]
    for bad in ((None, None, None), (names, hashed, names[:5])):
        with pytest.raises(ValueError, match="different lengths"):
            asking.check(*bad)
    assert asking.check([], []).answers.allow.tolist() == []


def test_places_are_remembered_until_they_change_and_not_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path)
    folder.publish(1, made_up(4, 80).held)
    follower = followed(folder, Clock(folder))
    follower.refresh()
    asking = Batches(follower)
    made: list[tuple[object, ...]] = []
    before = Table.at

    def counted(self: Table, *told: object) -> object:
        made.append(told)
        return before(self, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(Table, "at", counted)
    chance = random.Random(4)  # noqa: S311 - no secrets
    for at in (120, 120, 130, 149, 150, 120):
        asking.check(ads=["ad-1"], territory="FR", at=at)
    assert [told[2] for told in made] == [120, 150, 120]
    for number in range(20):
        asking.check(ads=["ad-1"], territory=f"T{number}", at=120)
    assert len(asking._places) <= 8  # noqa: SLF001 - how much it is
    made.clear()
    asking.check(ads=["ad-1"], territory="T19", at=120)
    assert not made
    folder.publish(2, {})
    follower.refresh()
    same(follower, asking, chance, 120)
    assert asking.check(ads=["ad-1"], at=FOR_EVER - 1).answers.allow.tolist() == [True]
