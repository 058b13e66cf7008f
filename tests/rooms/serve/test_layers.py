"""A base and its delta answer as the measures of both do in the model, fresh or stale."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.measure import SEVERITY, Served
from adjudge.enforcement.terms import Terms
from adjudge.serve.check import FREE, Answer, Snapshot
from adjudge.serve.layers import Layers
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import ORIGIN, parts, resealed, trusted, written
from tests.rooms.serve.model import HOSTS, SURFACES, TERRITORIES, Model, above, made_up, measures_made_up

SIZES = [
    pytest.param(60, 5_000, id="5,000 questions"),
    pytest.param(400, 200_000, id="200,000", marks=pytest.mark.slow),
]


def snapshot(path: Path, held: dict[str, tuple[Served, ...]], terms: Terms) -> Snapshot:
    written(path, held, terms)
    return open_trusted(path, [trusted()])


def changed(chance: random.Random, held: dict[str, tuple[Served, ...]]) -> dict[str, tuple[Served, ...]]:
    """What a delta says: measures that ended, others instead, and new ones."""
    found: dict[str, tuple[Served, ...]] = {key: () for key in held if chance.random() < 0.1}
    found |= {key: measures_made_up(chance, 5_000) for key in held if chance.random() < 0.1}
    return found | {f"c:new-{number}": measures_made_up(chance, 6_000 + number) for number in range(20)}


@pytest.mark.parametrize(("count", "questions"), SIZES)
def test_they_answer_as_the_model_does(tmp_path: Path, count: int, questions: int) -> None:
    chance = random.Random(questions + 1)  # noqa: S311 - no secrets
    base = made_up(count, count)
    delta = changed(chance, base.held)
    below = snapshot(tmp_path / "base", base.held, Terms(origin=ORIGIN, log_size=7))
    over = snapshot(tmp_path / "delta", delta, Terms(origin=ORIGIN, log_size=9, base=below.digest))
    layers = Layers(below, over)
    model = Model(base.held | delta)
    denied = 0
    for _ in range(questions):
        advertiser = chance.choice(("", f"adv-{chance.randrange(count // 2)}"))
        ad = chance.choice((f"ad-{chance.randrange(2 * count)}", f"new-{chance.randrange(30)}", ""))
        host = chance.choice(("", *HOSTS, "elsewhere.com"))
        territory, surface = chance.choice((*TERRITORIES, "BR")), chance.choice((*SURFACES, "search"))
        at = chance.choice((100, 200, 250, 300, 350, 400, 500)) + chance.choice((-1, 0, 1))
        lifted = frozenset(chance.sample(SEVERITY, chance.choice((0, 0, 1, 3))))
        answer = layers.check(
            advertiser, ad, host, territory=territory, surface=surface, at=at, lifted=lifted
        )
        keys = [f"a:{advertiser}", f"c:{ad}", *(f"d:{name}" for name in above(host))]
        allow, named, until = model.answer(keys, territory, surface, at, lifted)
        assert answer.allow == allow, (keys, territory, surface, at)
        assert ((answer.reason_code, answer.decision_id) in named) if named else answer.reason_code == ""
        assert answer.until == until, (keys, territory, surface, at)
        denied += not allow
    assert denied > questions // 50


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (("adv", "ad", "known.example"), ""),
        (("adv", "ad", "https://[::1]/"), "unknown-landing"),
        (("adv", "ad", ""), "unknown-landing"),
        (("adv", "", ""), ""),
        (("", "", "not a host"), "unknown-landing"),
        (("", "", ""), ""),
    ],
)
@pytest.mark.parametrize("kind", ["one", "layers"])
def test_an_ad_of_which_nobody_knows_where_it_leads_runs_where_that_was_declared(
    tmp_path: Path, question: tuple[str, str, str], reason: str, kind: str
) -> None:
    terms = Terms(origin=ORIGIN, log_size=7, unknown_landing="deny")
    below = snapshot(tmp_path / "base", {}, terms)
    asked: Snapshot | Layers = below
    if kind == "layers":
        delta = Terms(origin=ORIGIN, log_size=7, unknown_landing="deny", base=below.digest)
        asked = Layers(below, snapshot(tmp_path / "delta", {}, delta))
    assert asked.check(*question) == (Answer(allow=False, reason_code=reason) if reason else FREE)
    lenient = snapshot(tmp_path / "lenient", {}, Terms(origin=ORIGIN, log_size=7))
    assert lenient.check(*question) == FREE


def test_a_measure_says_more_than_an_unknown_landing_page(tmp_path: Path) -> None:
    model = made_up(8, 60)
    strict = snapshot(tmp_path / "one", model.held, Terms(origin=ORIGIN, log_size=7, unknown_landing="deny"))
    reasons = {strict.check(ad=f"ad-{number}", territory="FR", at=310).reason_code for number in range(80)}
    assert "unknown-landing" in reasons
    assert {reason for reason in reasons if reason.startswith("ads/")}


def test_layers_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    first = snapshot(tmp_path / "1", {}, Terms(origin=ORIGIN, log_size=7))
    second = snapshot(tmp_path / "2", {}, Terms(origin=ORIGIN, log_size=8))
    of_first = snapshot(tmp_path / "3", {}, Terms(origin=ORIGIN, log_size=9, base=first.digest))
    older = snapshot(tmp_path / "4", {}, Terms(origin=ORIGIN, log_size=3, base=first.digest))
    Layers(first, of_first)
    for base, delta in ((second, of_first), (first, older), (first, second), (of_first, None)):
        with pytest.raises(BadSnapshotError):
            Layers(base, delta)


def test_pauses_that_meet_are_one(tmp_path: Path) -> None:
    model = made_up(11, 200)
    one = snapshot(tmp_path / "one", model.held, Terms(origin=ORIGIN, log_size=7))
    patterns = [one.pattern(number) for number in range(one.patterns)]
    assert any(len(each) for each in (pattern.pauses for pattern in patterns))
    for pattern in patterns:
        assert all(ends < begins for (_, ends), (begins, _) in pairwise(pattern.pauses))


def test_a_delta_that_names_decisions_otherwise_is_refused(tmp_path: Path) -> None:
    first = snapshot(tmp_path / "1", {}, Terms(origin=ORIGIN, log_size=7))
    second = snapshot(tmp_path / "2", {}, Terms(origin=ORIGIN, log_size=9, base=first.digest))
    told, sections = parts(tmp_path / "2")
    other = open_trusted(resealed(tmp_path / "3", {**told, "prefix": "D-"}, sections), [trusted()])
    Layers(first, second)
    with pytest.raises(BadSnapshotError, match="another base"):
        Layers(first, other)
