"""The check at serving time: same answers as the model, whatever is asked; nothing believed that was not sealed."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adjudge.enforcement import key
from adjudge.enforcement.layout import FOR_EVER, BadSnapshotError
from adjudge.enforcement.measure import Scope, Served, seen_at
from adjudge.ledger.signer import signer_of
from adjudge.serve import check, trust
from adjudge.serve.answer import UNKNOWN_SURFACE
from adjudge.serve.batch import Table, hashes_of
from adjudge.serve.check import Snapshot, open_snapshot, verified_digest
from tests.rooms.serve.folder import ORIGIN, replaced, signer, trusted, written
from tests.rooms.serve.model import HOSTS, SURFACES, TERRITORIES, Model, above, id_made_up, made_up

SIZES = [
    pytest.param(60, 4_000, id="4,000 questions"),
    pytest.param(400, 200_000, id="200,000", marks=pytest.mark.slow),
]


STOP = Scope(kind="suspend", reason="ads/1")


def opened(path: Path) -> Snapshot:
    return trust.open_trusted(path, [trusted()])


@pytest.mark.parametrize(("count", "questions"), SIZES)
def test_it_answers_as_the_model_does(tmp_path: Path, count: int, questions: int) -> None:
    model = made_up(count, count)
    written(tmp_path / "one.adj", model.held)
    snapshot = opened(tmp_path / "one.adj")
    chance = random.Random(questions)  # noqa: S311 - no secrets
    denied = 0
    for _ in range(questions):
        advertiser, asked_advertiser = id_made_up(chance, "adv", count // 2)
        ad, asked_ad = id_made_up(chance, "ad", 2 * count)
        host = chance.choice(("", *HOSTS, "elsewhere.com"))
        territory, surface = chance.choice((*TERRITORIES, "BR")), chance.choice((*SURFACES, "search"))
        at = chance.choice((100, 200, 250, 300, 350, 400, 500)) + chance.choice((-1, 0, 1))
        landing = chance.choice((host, f"https://user@{host.upper()}:443/path?x#y")) if host else ""
        answer = snapshot.check(
            asked_advertiser, asked_ad, landing, territory=territory, surface=surface, at=at
        )
        keys = [f"a:{advertiser}", f"c:{ad}", *(f"d:{name}" for name in above(host))]
        allow, named, until = model.answer(keys, territory, surface, at)
        assert answer.allow == allow, (keys, territory, surface, at)
        assert ((answer.reason_code, answer.decision_id) in named) if named else answer.reason_code == ""
        assert answer.until == until, (keys, territory, surface, at)
        denied += not allow
    assert denied > questions // 20


def test_the_same_measures_give_the_same_bytes(tmp_path: Path) -> None:
    model = made_up(5, 200)
    first, second = (written(tmp_path / name, model.held) for name in ("one", "two"))
    assert first == second
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_empty_snapshot_lets_everything_run(tmp_path: Path) -> None:
    written(tmp_path / "empty", Model().held)
    assert opened(tmp_path / "empty").check("a", "b", "c.example") == check.FREE


@pytest.mark.parametrize(
    "text", ["\ud800", "x" * 100_000, "\x00", "a:b", "é", "https://[::1]/", "..", "-", "xn--\ud800"]
)
def test_odd_names_are_in_no_table_and_break_nothing(tmp_path: Path, text: str) -> None:
    written(tmp_path / "one", made_up(1, 20).held)
    snapshot = opened(tmp_path / "one")
    assert snapshot.check(text, text, text, territory=text, at=1).allow
    assert snapshot.check(text, text, text, surface=text) == UNKNOWN_SURFACE


@pytest.mark.parametrize("at", [-(2**70), -(2**63) - 1, -(2**63), 0, 2**63 - 1, 2**63, 10**30])
def test_what_has_no_end_has_none_beyond_the_years_that_can_be_said_either(tmp_path: Path, at: int) -> None:
    measures = {
        "c:one": (Served(scope=STOP, decision="X-000001"),),
        "c:two": (Served(scope=STOP, decision="X-000001"), Served(scope=STOP, decision="X-000002", end=5)),
    }
    written(tmp_path / "one", measures)
    snapshot = opened(tmp_path / "one")
    for _ in range(2):  # what is remembered is the same
        answer = snapshot.check(ad="one", at=at)
        assert (answer.allow, answer.until) == (False, None)
        assert not snapshot.check(ad="two", at=at).allow
    table = Table(snapshot)
    handles = table.handles(hashes_of(["c:one", "c:two", "c:three"]))
    assert table.at("", "ads", at).allows(handles).tolist() == [False, False, True]


def test_a_key_of_very_many_accents_is_read_as_it_is_and_at_once() -> None:
    name = "c:a" + "\u0301\u0300" * 500_000
    before = time.perf_counter()
    assert key.written(name) == name.encode()
    assert time.perf_counter() - before < 1
    assert key.written("c:" + "e\u0301" * 200) == b"c:" + "\u00e9".encode() * 200


def test_what_began_and_what_is_over_is_no_news() -> None:
    scope = Scope(kind="suspend", reason="ads/1")
    held = Served(scope=scope, decision="X-000001", start=5, end=50, pauses=((6, 8), (9, 30)))
    seen = seen_at(held, 10)
    assert seen is not None
    assert seen.pauses == ((seen.start, 30),)
    assert seen_at(held, 50) is None
    assert seen_at(Served(scope=scope, decision="X-000001"), 10) == Served(scope=scope, decision="X-000001")
    assert Served(scope=scope, decision="X-000001").end == FOR_EVER


def test_no_byte_can_be_changed_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "one"
    written(path, made_up(2, 30).held)
    whole = path.read_bytes()
    chance = random.Random(1)  # noqa: S311 - no secrets
    for place in (*range(24), *chance.sample(range(len(whole)), 300), len(whole) - 1):
        replaced(path, whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        with pytest.raises(BadSnapshotError):
            opened(path)


@pytest.mark.parametrize("length", [0, 7, 8, 16, 100, 5_000, -1])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "one"
    written(path, made_up(3, 30).held)
    replaced(path, path.read_bytes()[:length])
    with pytest.raises(BadSnapshotError):
        opened(path)
    with pytest.raises(BadSnapshotError):
        open_snapshot(path)


def test_a_file_with_more_behind_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one"
    written(path, made_up(3, 30).held)
    replaced(path, path.read_bytes() + b"\x00")
    with pytest.raises(BadSnapshotError):
        verified_digest(path)


def test_a_seal_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one"
    written(path, made_up(4, 10).held)
    other = trust.read_trusted(str(signer_of(ORIGIN, bytes(32)).verifier))
    with pytest.raises(BadSnapshotError, match="not trusted"):
        trust.open_trusted(path, [other])
    forged = trust.TrustedKey(other.name, signer().verifier.id, other.public)
    with pytest.raises(BadSnapshotError, match="signature"):
        trust.open_trusted(path, [forged])


@pytest.mark.parametrize("text", ["", "a", "a+b+c", "adjudge.test+00000000+AAAA"])
def test_what_is_no_key_is_told_so(text: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        trust.read_trusted(text)


def test_asking_loads_next_to_nothing() -> None:
    script = (
        "import sys; before = set(sys.modules); import adjudge.serve.check;"
        "print(' '.join(sorted(name for name in set(sys.modules) - before if name.startswith('adjudge') or "
        "name.partition('.')[0] not in sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "adjudge",
        "adjudge.enforcement",
        "adjudge.enforcement.key",
        "adjudge.enforcement.layout",
        "adjudge.enforcement.measure",
        "adjudge.enforcement.name",
        "adjudge.enforcement.terms",
        "adjudge.serve",
        "adjudge.serve.answer",
        "adjudge.serve.asking",
        "adjudge.serve.check",
        "adjudge.serve.pattern",
        "adjudge.serve.reading",
    ]
