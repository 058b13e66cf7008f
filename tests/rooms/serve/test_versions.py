"""Ads asked about with the version that is shown: as the model says, singly and in batches, asked before or not."""

import json
import random
from pathlib import Path

import pytest

from adjudge.enforcement.key import version_of
from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.measure import APPROVED, CHANGED, HELD, SEVERITY, Scope, Served
from adjudge.enforcement.terms import Terms, terms_of
from adjudge.serve.answer import FREE, Answer
from adjudge.serve.batch import Table
from adjudge.serve.batches import Batches
from adjudge.serve.check import Snapshot
from adjudge.serve.follow import Follower, Holding
from adjudge.serve.layers import Layers
from adjudge.serve.sidecar.asking import answered, answered_by, read_questions
from adjudge.serve.sidecar.board import CELLS, place_of
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import ORIGIN, Folder, trusted, written
from tests.rooms.serve.model import TERRITORIES, Model, made_up, measures_made_up

FIRST, SECOND, THIRD = (version_of(f"sha256:{letter * 64}", "") for letter in "abc")
VERSIONS = (FIRST, SECOND, THIRD)
Held = dict[str, tuple[Served, ...]]


def as_approved(kind: str, decision: str = "X-000007") -> tuple[Served, ...]:
    reason = APPROVED if kind == APPROVED else CHANGED
    return (Served(scope=Scope(kind=kind, reason=reason), decision=decision),)


def opened(path: Path, held: Held, base: str = "") -> Snapshot:
    written(path, held, Terms(origin=ORIGIN, log_size=9 if base else 7, base=base))
    return open_trusted(path, [trusted()])


@pytest.mark.parametrize("kind", [HELD, CHANGED])
def test_a_version_that_was_not_approved_is_answered_as_declared(tmp_path: Path, kind: str) -> None:
    held = {"v:ad": as_approved(kind), f"w:{FIRST}:ad": as_approved(APPROVED)}
    snapshot = opened(tmp_path / "one", held)
    for asked in (snapshot, Layers(snapshot)):
        for _ in range(2):  # the second time it is remembered
            assert asked.check("adv", "ad", version=FIRST) == Answer(
                allow=True, reason_code="approved", decision_id="X-000007", kind="approved"
            )
            assert asked.check("adv", "ad", version=SECOND) == Answer(
                allow=kind == CHANGED, reason_code="changed", decision_id="X-000007", kind=kind
            )
            assert asked.check("adv", "ad") == FREE, "nobody says which version is shown"
            assert asked.check("adv", "other", version=SECOND) == FREE, "no version of it was ever approved"
            assert asked.check("adv", version=SECOND) == FREE, "no ad is asked for"


def test_a_measure_stops_what_was_approved(tmp_path: Path) -> None:
    stop = (Served(scope=Scope(kind="exclude", reason="ads/1"), decision="X-000009"),)
    limit = (Served(scope=Scope(kind="limit", reason="ads/2"), decision="X-000010"),)
    approval = {f"w:{FIRST}:ad": as_approved(APPROVED), "v:ad": as_approved(HELD)}
    stopped = opened(tmp_path / "one", {**approval, "a:adv": stop})
    for version in VERSIONS:
        assert stopped.check("adv", "ad", version=version).decision_id == "X-000009"
    limited = opened(tmp_path / "two", {**approval, "c:ad": limit})
    assert limited.check("adv", "ad", version=FIRST).kind == "limit"
    assert limited.check("adv", "ad", version=SECOND).reason_code == "changed"


def test_what_is_no_version_is_no_part_of_another_ads_key(tmp_path: Path) -> None:
    held = {
        f"w:{FIRST}:foo:bar": as_approved(APPROVED),
        "v:foo:bar": as_approved(HELD),
        "v:bar": as_approved(HELD),
    }
    snapshot = opened(tmp_path / "one", held)
    table = Table(snapshot)
    for version in (f"{FIRST}:foo", FIRST.upper(), f"{FIRST}0", "odd"):
        assert snapshot.check(ad="bar", version=version).kind == HELD
        assert table.versions(["bar"], [version]).tolist() == [snapshot.slot("v:bar")]
    assert snapshot.check(ad="foo:bar", version=FIRST).kind == APPROVED


def test_an_ad_and_its_version_are_found_however_accents_are_written(tmp_path: Path) -> None:
    kept, apart = "caf\u00e9", "cafe\u0301"
    held = {f"w:{FIRST}:{kept}": as_approved(APPROVED), f"v:{kept}": as_approved(HELD)}
    snapshot = opened(tmp_path / "one", held)
    for version, kind in ((FIRST, APPROVED), (SECOND, HELD)):
        assert snapshot.check(ad=apart, version=version).kind == kind
        assert Table(snapshot).versions([apart], [version]).tolist() != [-1]
    assert snapshot.slot(f"v:{apart}") == snapshot.slot(f"v:{kept}") >= 0


def versions_of(chance: random.Random, count: int) -> Held:
    """What holds for versions of some ads: anything that a table can say."""
    found: Held = {}
    for number in range(count):
        if chance.random() < 0.6:
            found[f"v:ad-{number}"] = measures_made_up(chance, 7_000 + number)
            for version in chance.sample(VERSIONS, chance.randrange(3)):
                found[f"w:{version}:ad-{number}"] = measures_made_up(chance, 8_000 + number)
    return found


@pytest.mark.parametrize(
    "questions", [4_000, pytest.param(200_000, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_versions_answer_as_the_model_does(tmp_path: Path, questions: int) -> None:
    chance = random.Random(questions)  # noqa: S311 - no secrets
    folder = Folder(tmp_path)
    base = {**made_up(3, 60).held, **versions_of(chance, 60)}
    delta = {key: measures_made_up(chance, 9_000) if chance.random() < 0.5 else () for key in base}
    delta = {key: measures for key, measures in delta.items() if chance.random() < 0.2}
    delta |= {key: measures for key, measures in versions_of(chance, 90).items() if chance.random() < 0.3}
    folder.publish(1, base)
    folder.publish_delta(2, delta)
    follower = Follower(tmp_path, [trusted()], without="deny", clock=lambda: folder.now * 1_000_000)
    follower.refresh()
    model, batches = Model(base | delta), Batches(follower)
    kinds = set()
    for _ in range(questions // 100):
        ads = [chance.choice(("", f"ad-{chance.randrange(100)}")) for _ in range(100)]
        versions = [chance.choice((*VERSIONS, "", "odd")) for _ in range(100)]
        territory, at = (
            chance.choice(TERRITORIES),
            chance.choice((100, 250, 300, 400)) + chance.choice((-1, 0)),
        )
        asked = batches.check([""] * 100, ads, versions=versions, territory=territory, at=at)
        for row, (ad, version) in enumerate(zip(ads, versions, strict=True)):
            single = follower.check("", ad, version=version, territory=territory, at=at)
            keys = [f"c:{ad}"] if ad else []
            if ad and version:
                own = f"w:{version}:{ad}"
                keys.append(own if own in model.held else f"v:{ad}")
            allow, named, until = model.answer(keys, territory, "ads", at)
            assert (single.allow, single.until) == (allow, until), (keys, territory, at)
            assert not named or (single.reason_code, single.decision_id) in named
            severity = 1 + SEVERITY.index(single.kind) if single.kind else 0
            answers = asked.answers
            assert (bool(answers.allow[row]), int(answers.severity[row])) == (allow, severity)
            assert not severity or asked.name_of(int(answers.decision[row])) == single.decision_id
            kinds.add(single.kind)
    assert {APPROVED, CHANGED, HELD} <= kinds


def test_versions_are_told_of_ads_by_name(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.publish(1, {"v:ad": as_approved(HELD), f"w:{FIRST}:ad": as_approved(APPROVED)})
    follower = Follower(tmp_path, [trusted()], without="deny", clock=lambda: folder.now * 1_000_000)
    follower.refresh()
    batches = Batches(follower)
    asked = batches.check(ads=["ad", "ad", "ad", "other"], versions=[FIRST, SECOND, "", SECOND]).answers
    assert asked.allow.tolist() == [True, False, True, True]
    for wrong in ({"versions": [FIRST]}, {"ads": ["ad"], "versions": [FIRST, FIRST]}):
        with pytest.raises(ValueError, match=r"columns|versions"):
            batches.check(**wrong)  # type: ignore[arg-type]  # as somebody may call it


def test_a_sidecar_is_asked_with_versions(tmp_path: Path) -> None:
    layers = Layers(
        opened(tmp_path / "one", {"v:ad": as_approved(HELD), f"w:{FIRST}:ad": as_approved(APPROVED)})
    )
    body = [{"ad": "ad", "version": version} for version in (FIRST, SECOND, "")]
    questions = read_questions(json.dumps(body).encode())
    assert isinstance(questions, list)
    answers = answered_by(questions, Holding(layers, 5))
    assert [(item.kind, item.allow) for item in answers] == [("approved", True), ("held", False), ("", True)]
    assert [answered(question, layers.check) for question in questions] == answers
    cells = [CELLS[place_of(answer)] for answer in answers]
    assert cells == [
        ("answers", "allow", "approved"),
        ("answers", "deny", "held"),
        ("answers", "allow", "nothing"),
    ]


def test_a_version_turns_on_both_digests_and_on_their_order() -> None:
    one, two = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"
    pairs = [(one, two), (two, one), (one, ""), ("", one), (one, one)]
    found = {version_of(*pair) for pair in pairs}
    assert len(found) == len(pairs)
    assert version_of("", "") == ""
    # printf 'adjudge ad v1\n%s\n%s\n' sha256:11… sha256:22… | sha256sum
    told = "440cd474f0e9eb9b6f78cd59695af227efce9511b702fb83ba51e7dd537528fc"
    assert version_of(one, two) == f"sha256:{told}"


@pytest.mark.parametrize("what", ["forget", 7, None, ""])
def test_what_a_header_declares_of_changed_ads_is_read_or_refused(what: object) -> None:
    told = Terms(origin=ORIGIN, log_size=7, changed="run").told()
    assert terms_of(told).changed == "run"
    with pytest.raises(BadSnapshotError):
        terms_of({**told, "changed": what})
