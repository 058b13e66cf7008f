"""The sidecar's answers: those of the follower, as JSON; what is no question is told so, and how it stands is told."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adjudge.enforcement.layout import FOR_EVER
from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.answer import STALE, UNKNOWN_LANDING, UNKNOWN_SURFACE, Answer
from adjudge.serve.follow import Follower, Holding
from adjudge.serve.sidecar.asking import LONGEST_LANDING, MOST_QUESTIONS, Question, instant
from adjudge.serve.sidecar.board import OTHER, PLACE, place_of
from adjudge.serve.sidecar.exposition import METERS
from adjudge.serve.sidecar.service import Service
from tests.rooms.serve.beside import Beside, beside
from tests.rooms.serve.folder import Folder, trusted
from tests.rooms.serve.model import HOSTS, SURFACES, TERRITORIES, made_up
from tests.rooms.serve.test_follow import Clock

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "serving.md"
STOP = Scope(kind="suspend", reason="ads/1")
NOON = 1_700_000_000_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, now=time.time_ns() // 1_000_000, when_stale=(("suspend", "deny"),))


@pytest.fixture
def clock(folder: Folder) -> Clock:
    return Clock(folder.now)


@pytest.fixture
def follower(folder: Folder, clock: Clock) -> Follower:
    return Follower(
        folder.path, [trusted()], without="deny", clock=lambda: clock.wall, steady=lambda: clock.steady
    )


@pytest.fixture
def asked(follower: Follower) -> Iterator[Beside]:
    with beside(follower) as found:
        yield found


def stopped(number: int, end: int = FOR_EVER) -> tuple[Served, ...]:
    return (Served(scope=STOP, decision=f"X-{number:06d}", end=end),)


def test_an_answer_says_what_the_library_says(folder: Folder, follower: Follower, asked: Beside) -> None:
    folder.publish(1, {"c:one": stopped(1, NOON + 5), "d:shop.example": stopped(2)})
    follower.refresh()
    answer = asked.ask({"advertiser": "a", "ad": "one", "territory": "FR", "at": "2023-11-14T22:13:20Z"})
    assert (answer.status, answer.json) == (
        200,
        {
            "allow": False,
            "reason_code": "ads/1",
            "decision_id": "X-000001",
            "kind": "suspend",
            "until": "2023-11-14T22:13:20.000000005Z",
        },
    )
    assert "application/json" in answer.head
    assert "Date: " in answer.head
    several = asked.ask([{"ad": "two"}, {"landing": "https://www.shop.example/x?y"}])
    assert [item["allow"] for item in several.json] == [True, False]
    assert several.json[0] == {
        "allow": True, "reason_code": "", "decision_id": "", "kind": "", "until": None,
    }  # fmt: skip
    assert asked.ask([]).json == []


def test_answers_are_those_of_the_follower_on_a_world_that_was_made_up(
    folder: Folder, follower: Follower, asked: Beside
) -> None:
    model = made_up(5, 200)
    folder.publish(1, model.held)
    follower.refresh()
    chance = random.Random(8)  # noqa: S311 - no secrets
    questions = [
        {
            "advertiser": f"adv-{chance.randrange(60)}",
            "ad": f"ad-{chance.randrange(220)}",
            "landing": chance.choice(HOSTS),
            "territory": chance.choice(TERRITORIES),
            "surface": chance.choice(SURFACES),
        }
        for _ in range(1_000)
    ]
    whole = asked.ask(questions)
    found = [tuple(answer.values()) for answer in whole.json]
    for question, answer in zip(questions, found, strict=True):
        allow, reason, decision, until, kind = follower.check(**question)  # type: ignore[arg-type]  # all are texts
        assert answer == (allow, reason, decision, kind, None if until is None else instant(until))
    assert [tuple(asked.ask(question).json.values()) for question in questions[:50]] == found[:50]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "truncated"),
        (b"{", "truncated"),
        (b"nonsense", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b'{"ad": "\xff"}', "decode"),
        (b"17", "object"),
        (b"null", "object"),
        (b'"ad"', "object"),
        (b"{}", "names no advertiser"),
        (b'{"advertiser": "a", "version": "v"}', "a version of no ad"),
        (b'[{"ad": "a"}, {"landing": "x.example", "version": "v"}]', "$[1]"),
        (b'{"landing": "%s"}' % (b"x" * (LONGEST_LANDING + 1)), "$.landing"),
        (b'[{"ad": "a"}, {"landing": "%s"}]' % (b"x" * (LONGEST_LANDING + 1)), "$[1].landing"),
        (b'[{"ad": "a"}, {"territory": "FR"}]', "$[1]"),
        (b'[{"ad": "a"}, 5]', "$[1]"),
        (b'{"ad": "a", "teritory": "FR"}', "unknown field `teritory`"),
        (b'{"ad": 5}', "$.ad"),
        (b'{"ad": "a", "at": "2023-11-14T22:13:20"}', "timezone"),
        (b'{"ad": "a", "at": "yesterday"}', "$.at"),
        (b'{"ad": "a"} {"ad": "b"}', "trailing"),
        (b"[" * 100_000, "$[0]"),
        (b'{"ad":' * 100_000, "$.ad"),
        (b"9" * 100_000, "out of range"),
        (b"[" + b",".join([b'{"ad":"a"}'] * (MOST_QUESTIONS + 1)) + b"]", str(MOST_QUESTIONS)),
    ],
)
def test_what_is_no_question_is_told_so(asked: Beside, body: bytes, told: str) -> None:
    answer = asked.post(body)
    assert answer.status == 400
    assert answer.json["status"] == 400
    assert told in answer.json["detail"]
    assert "application/problem+json" in answer.head


def test_odd_texts_are_asked_for_as_they_are(folder: Folder, follower: Follower, asked: Beside) -> None:
    folder.publish(1, {"c:\u00fc\u4e2d\U0001f37a": stopped(1)})
    follower.refresh()
    odd = ["\u00fc\u4e2d\U0001f37a", "\x00", "a" * 100_000, "\u202e", "'; --"]
    assert [item["allow"] for item in asked.ask([{"ad": name} for name in odd]).json] == [False, *[True] * 4]


def test_the_largest_batch_is_answered_and_others_have_their_turn_meanwhile(
    folder: Folder, follower: Follower, asked: Beside
) -> None:
    folder.publish(1, {f"c:ad-{number}": stopped(number) for number in range(0, MOST_QUESTIONS, 2)})
    follower.refresh()
    questions = [{"ad": f"ad-{number}"} for number in range(MOST_QUESTIONS)]
    answer = asked.ask(questions)
    assert answer.status == 200
    assert [item["allow"] for item in answer.json] == [bool(number % 2) for number in range(MOST_QUESTIONS)]
    assert answer.json[4]["decision_id"] == "X-000004"


def test_long_addresses_are_answered_a_few_at_a_time(
    folder: Folder, follower: Follower, asked: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.publish(1, {"c:1": stopped(1), "d:shop.example": stopped(2)})
    follower.refresh()
    parts: list[int] = []
    batch = Service._batch  # noqa: SLF001 - which parts it is answered in

    def noted(self: Service, questions: list[Question], holding: Holding | Answer) -> bytes:
        parts.append(len(questions))
        return batch(self, questions, holding)

    monkeypatch.setattr(Service, "_batch", noted)
    address = "https://" + "%20" * 10_000 + "@shop.example/"
    led = [address, "", *[address] * 4, *["x.example"] * 300]
    answer = asked.ask([{"ad": str(place), "landing": landing} for place, landing in enumerate(led)])
    assert [item["allow"] for item in answer.json] == [
        place != 1 and landing != address for place, landing in enumerate(led)
    ]
    assert parts == [3, 2, 251 - 1, 51]
    assert asked.post(b'{"ad":"1","landing":"%s"}' % (b"x" * LONGEST_LANDING)).status == 200


def test_without_a_snapshot_what_was_said_holds_and_it_is_not_ready(
    asked: Beside, follower: Follower
) -> None:
    follower.refresh()
    assert asked.ask({"ad": "one"}).json["reason_code"] == "no-snapshot"
    assert not asked.ask({"ad": "one"}).json["allow"]
    ready, snapshot = asked.get("/ready"), asked.get("/v1/snapshot")
    assert (ready.status, snapshot.status) == (503, 503)
    assert failing(ready.json) == {"snapshot", "fresh"}
    assert "not there" in snapshot.json["detail"]
    assert asked.get("/health").status == 200


def failing(told: dict[str, list[dict[str, str]]]) -> set[str]:
    return {check["name"] for check in told["checks"] if check["state"] != "ok"}


def test_a_stale_snapshot_denies_where_that_was_declared_and_is_not_ready(
    folder: Folder, follower: Follower, clock: Clock, asked: Beside
) -> None:
    folder.publish(1, {})
    follower.refresh()
    assert asked.get("/ready").status == 200
    assert asked.ask({"ad": "one"}).json["allow"]
    clock.go(61_000)
    assert asked.ask({"ad": "one"}).json["reason_code"] == "stale"
    ready = asked.get("/ready")
    assert (ready.status, ready.json["stale"], failing(ready.json)) == (503, True, {"fresh"})
    assert asked.get("/v1/snapshot").json["age_ms"] == 61_000
    metrics = asked.get("/metrics").body.decode()
    assert "\nadjudge_serve_snapshot_stale 1\n" in metrics
    assert "\nadjudge_serve_snapshot_age_seconds 61.000\n" in metrics


def test_where_measures_go_on_a_stale_snapshot_is_ready(tmp_path: Path) -> None:
    folder = Folder(tmp_path, when_stale=(("suspend", "allow"),))
    clock = Clock(folder.now)
    follower = Follower(
        tmp_path, [trusted()], without="deny", clock=lambda: clock.wall, steady=lambda: clock.steady
    )
    folder.publish(1, {"c:one": stopped(1)})
    follower.refresh()
    with beside(follower) as asked:
        assert not asked.ask({"ad": "one"}).json["allow"]
        clock.go(61_000)
        assert asked.ask({"ad": "one"}).json["allow"]
        ready = asked.get("/ready")
        assert (ready.status, ready.json["stale"]) == (200, True)


def test_which_snapshot_it_asks_is_told(folder: Folder, follower: Follower, asked: Beside) -> None:
    base = folder.publish(1, {"c:one": stopped(1)})
    delta = folder.publish_delta(2, {"c:two": stopped(2)})
    follower.refresh()
    told = asked.get("/v1/snapshot?x=1").json
    assert (told["origin"], told["log_size"], told["stale"]) == ("adjudge.test", 2, False)
    assert (told["base"]["file"], told["delta"]["file"]) == (base, delta)
    assert told["base"]["digest"][7:19] in base
    assert (told["when_stale"], told["stale_after"]) == ({"suspend": "deny"}, 60)
    assert told["confirmed_at"] == instant(folder.now * 1_000_000)


@pytest.mark.parametrize(
    ("method", "target", "status", "allowed"),
    [
        ("GET", "/v1/check", 405, "Allow: POST"),
        ("PUT", "/v1/check", 405, "Allow: POST"),
        ("DELETE", "/v1/snapshot", 405, "Allow: GET, HEAD"),
        ("POST", "/metrics", 405, "Allow: GET, HEAD"),
        ("POST", "/v1/check/", 404, ""),
        ("GET", "/v1/check?x=1", 405, "Allow: POST"),
        ("POST", "/v1/checks?x=1", 404, ""),
        ("POST", "/v1/check?x=1", 400, ""),
        ("GET", "/", 404, ""),
        ("GET", "/%2e%2e/etc/passwd", 404, ""),
        ("OPTIONS", "*", 404, ""),
    ],
)
def test_other_methods_and_addresses_are_told_so(
    asked: Beside, method: str, target: str, status: int, allowed: str
) -> None:
    answer = asked.get(target, method)
    assert answer.status == status
    assert allowed in answer.head


def test_what_was_asked_and_answered_is_counted(folder: Folder, follower: Follower, asked: Beside) -> None:
    folder.publish(1, {"c:one": stopped(1)})
    follower.refresh()
    asked.ask({"ad": "one"})
    asked.ask([{"ad": "one"}, {"ad": "two"}])
    asked.ask({"adx": "one"})
    asked.get("/nothing")
    told = asked.get("/metrics").body.decode()
    for line in (
        'answers_total{answer="deny",by="suspend"} 2',
        'answers_total{answer="allow",by="nothing"} 1',
        'requests_total{route="check",status="200"} 2',
        'requests_total{route="check",status="400"} 1',
        'requests_total{route="other",status="404"} 1',
        'check_seconds_bucket{le="+Inf"} 2',
        "check_seconds_count 2",
    ):
        assert f"\nadjudge_serve_{line}\n" in told


def test_every_metric_is_in_the_guide_and_has_its_kind(asked: Beside) -> None:
    told = asked.get("/metrics").body.decode()
    guide = GUIDE.read_text(encoding="utf-8")
    for meter in METERS:
        if meter.name != "snapshot_age_seconds":  # there is no snapshot
            assert f"# TYPE adjudge_serve_{meter.name} {meter.kind}\n" in told
        assert f"`adjudge_serve_{meter.name}`" in guide, meter.name


def test_an_answer_of_a_new_kind_is_counted_as_another_one() -> None:
    assert place_of(Answer(allow=False, reason_code="new")) == PLACE["answers", "deny", OTHER]
    assert (
        place_of(Answer(allow=True, kind="label", reason_code="ads/1")) == PLACE["answers", "allow", "label"]
    )
    for answer in (STALE, UNKNOWN_LANDING, UNKNOWN_SURFACE):
        assert place_of(answer) == PLACE["answers", "deny", answer.reason_code]
    assert place_of(Answer(allow=True, until=5)) == PLACE["answers", "allow", "nothing"]


@pytest.mark.parametrize(
    ("nanos", "told"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1, "1970-01-01T00:00:00.000000001Z"),
        (1_700_000_000_120_000_000, "2023-11-14T22:13:20.12Z"),
        (2**63 - 1, "2262-04-11T23:47:16.854775807Z"),
        (-1, None),
        (10**21, None),
    ],
)
def test_instants_are_told_to_the_nanosecond(nanos: int, told: str | None) -> None:
    assert instant(nanos) == told


def test_a_worker_loads_next_to_nothing_beside_what_it_speaks_with() -> None:
    script = (
        "import sys; before = set(sys.modules); import adjudge.serve.sidecar.worker as w; w.quick_loop();"
        "print(' '.join(sorted({name if name.startswith('adjudge.') else name.partition('.')[0] for name in "
        "set(sys.modules) - before if name.startswith('adjudge.') or name.partition('.')[0] not in "
        "sys.stdlib_module_names})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found = done.stdout.split()
    others = {name for name in found if not name.startswith(("adjudge", "_", "cython"))}
    assert others - {"typing_extensions"} == {"cryptography", "httptools", "msgspec", "uvloop"}
    rooms = {".".join(name.split(".")[:2]) for name in found if name.startswith("adjudge.")}
    assert rooms == {"adjudge.serve", "adjudge.enforcement"}


def test_json_of_a_problem_is_json(asked: Beside) -> None:
    odd = '{"a\\"b\\\\\\n\\u0001": 1}'
    assert json.loads(asked.post(odd.encode()).body)["status"] == 400
