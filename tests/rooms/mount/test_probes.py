"""Whether the program serves and can do its work, and what is measured of it: for those who may know."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from adjudge.errors import UnavailableError
from adjudge.institution import watched
from adjudge.institution.staff.keys import make_key, make_own_key, revoke_key
from adjudge.mount import readiness
from adjudge.mount.heart import LONGEST_STEP, Heart
from adjudge.mount.readiness import Readiness
from adjudge.mount.run_folder import beat, beat_age, fresh, is_stopping, say_stopping
from adjudge.mount.watching import exposition, measuring
from adjudge.mount.watching.exposition import Figures
from adjudge.people.act import Act
from adjudge.settings.schema import Settings
from adjudge.settings.web import database_of
from adjudge.storage.records import DatabaseRecords
from tests.sites import Answered, Site


@pytest.fixture
def living(site: Site) -> Site:
    """Give a site with all that a running one has."""
    data = site.opened.settings.data
    fresh(data)
    beat(data)
    for name in ("secret.key", "log.key"):
        (data / name).write_text("key", encoding="ascii")
    return site


def ready(site: Site) -> tuple[int, set[str]]:
    """The status, and what does not hold."""
    answer: Answered = site.client().get("/ready")
    form = json.loads(answer.content)
    assert form["ready"] == (answer.status_code == 200)
    return answer.status_code, {item["name"] for item in form["checks"] if item["state"] != "ok"}


def test_health_touches_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DatabaseRecords, "reading", None)
    client = site.client("reviewer")
    with CaptureQueriesContext(connections["default"]) as queries:
        answer = client.get("/health", headers={"host": "10.0.0.7:8411"})  # a probe comes by number
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not queries.captured_queries
    assert "Set-Cookie" not in answer
    assert client.post("/health").status_code == 405


def test_a_site_in_good_order_is_ready(living: Site) -> None:
    assert ready(living) == (200, set())


def test_each_check_fails_by_itself(living: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    data = living.opened.settings.data
    checks = Readiness(living.opened, clock=iter(range(0, 1_000, 10)).__next__)
    assert failing(checks) == set()

    (data / "log.key").unlink()
    assert failing(checks) == {"keys"}
    (data / "log.key").write_text("key", encoding="ascii")

    late = time.time() - 60
    os.utime(data / "run" / "sweeper", (late, late))
    assert failing(checks) == {"sweeper"}
    fresh(data)
    assert failing(checks) == {"sweeper"}
    beat(data)

    say_stopping(data)
    assert failing(checks) == {"serving"}
    fresh(data)
    beat(data)

    with monkeypatch.context() as patch:
        patch.setattr(readiness, "room", lambda _folder: 1_000)
        assert failing(checks) == {"data_folder"}
    with monkeypatch.context() as patch:
        patch.setattr(DatabaseRecords, "reading", away)
        assert failing(checks) == {"database"}
    with monkeypatch.context() as patch:
        patch.setattr(readiness, "behind", lambda: True)
        assert failing(checks) == set()  # they were complete before, and nobody takes one back
        assert failing(Readiness(living.opened)) == {"migrations"}
    assert failing(checks) == set()


def away(_records: DatabaseRecords) -> None:
    raise UnavailableError("away: secret-host")


def failing(checks: Readiness) -> set[str]:
    return {name for name, holds in checks.checks().items() if not holds}


def test_an_answer_is_given_again_for_a_second(living: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 0.5, 0.9, 1.1])
    checks = Readiness(living.opened, clock=times.__next__)
    assert failing(checks) == set()
    monkeypatch.setattr(DatabaseRecords, "reading", away)
    assert failing(checks) == set()
    assert failing(checks) == set()
    assert failing(checks) == {"database"}


def test_while_a_database_hangs_nobody_waits_for_another_who_asks(
    living: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, hangs, asked = [100.0], threading.Event(), threading.Event()
    checks, figures = Readiness(living.opened, clock=lambda: now[0]), Figures(living.house, lambda: now[0])
    assert failing(checks) == set()
    before = figures.now()
    assert before is not None

    def hanging(_records: DatabaseRecords) -> None:
        asked.set()
        hangs.wait(20)
        raise UnavailableError("away")

    def held_up(ask: Callable[[], object]) -> threading.Thread:
        asked.clear()
        first = threading.Thread(target=ask)
        first.start()
        assert asked.wait(20)
        return first

    monkeypatch.setattr(DatabaseRecords, "reading", hanging)
    now[0] += 20
    waiting = [held_up(lambda: failing(checks)), held_up(figures.now)]
    assert failing(checks) == {"database"}  # the last answer is old, and this is where it hangs
    assert figures.now() is before
    assert failing(Readiness(living.opened, clock=lambda: now[0], lock=taken())) == set(readiness.CHECKS)
    now[0] += 60
    assert figures.now() is None
    hangs.set()
    for thread in waiting:
        thread.join(20)
    assert failing(checks) == {"database"}


def taken() -> threading.Lock:
    """A lock that somebody else holds."""
    lock = threading.Lock()
    lock.acquire()
    return lock


def test_a_machine_that_does_not_answer_counts_as_away_after_a_while(tmp_path: Path) -> None:
    found = database_of(Settings(data=tmp_path, database_url="postgresql://x@y/z?connect_timeout=3"))
    assert found["OPTIONS"] == {"connect_timeout": 3, "tcp_user_timeout": 30_000}
    assert "OPTIONS" in database_of(Settings(data=tmp_path))


def test_what_is_wrong_is_named_and_not_told(living: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DatabaseRecords, "reading", away)
    answer = living.client().get("/ready")
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "secret-host" not in text
    assert str(living.opened.settings.data) not in text


def test_the_sweeper_leaves_its_sign_while_it_moves(tmp_path: Path) -> None:
    now = [0.0]
    heart = Heart(tmp_path, clock=lambda: now[0])
    heart.moved()
    assert beat_age(tmp_path) is None
    assert heart.beat()
    age = beat_age(tmp_path)
    assert age is not None
    assert age < 30
    now[0] = LONGEST_STEP + 1
    assert not heart.beat()
    heart.moved()
    assert heart.beat()
    assert not is_stopping(tmp_path)


# --- metrics ---


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have this process measure what it does."""
    monkeypatch.setattr(measuring, "_READY", [])
    measuring.begin()
    watched.tell(measuring.measured)
    yield
    watched.tell()


def key_for(site: Site, act: Act) -> str:
    return make_key(site.house, site.actor("administrator"), "a program", [act]).secret


def metrics(site: Site, secret: str) -> Any:  # noqa: ANN401 - Django's answer
    return site.client().get("/metrics", headers={"authorization": f"Bearer {secret}"})


def test_metrics_are_for_keys_that_may_read_them_and_hidden_from_all_others(site: Site) -> None:
    assert metrics(site, key_for(site, Act.READ_METRICS)).status_code == 200
    assert metrics(site, own_key(site, "auditor")).status_code == 200
    nowhere = site.client().get("/nothing")
    strangers = [
        site.client().get("/metrics"),
        site.client("administrator").get("/metrics"),  # a key is asked for, and no page
        metrics(site, "0" * 48),
        metrics(site, key_for(site, Act.OPEN)),
        metrics(site, own_key(site, "reviewer")),
        metrics(site, own_key(site, "member")),
    ]
    for answer in strangers:
        assert answer.status_code == nowhere.status_code == 404
        assert "There is nothing of this name here" in answer.content.decode()
    assert metrics(site, revoked_key(site)).status_code == 404


def own_key(site: Site, name: str) -> str:
    return make_own_key(site.house, site.actor(name), "mine").secret


def revoked_key(site: Site) -> str:
    made = make_key(site.house, site.actor("administrator"), "a program", [Act.READ_METRICS])
    revoke_key(site.house, site.actor("administrator"), made.key.id, "no longer needed")
    return made.secret


@pytest.mark.usefixtures("measured")
def test_what_happens_is_measured_by_templates(site: Site) -> None:
    secret, matter = key_for(site, Act.READ_METRICS), site.matter.id
    client = site.client("reviewer")
    before = metrics(site, secret).content.decode()
    assert client.get(f"/matters/{matter}?words=hush-hush").status_code == 200
    assert client.get("/nothing/of/this/name").status_code == 404
    assert client.get("/api/v1/matters").status_code == 401
    client.generic("BREW", "/")
    client.put(f"/matters/{matter}")  # as anybody may ask of any address
    assert client.patch("/api/v1/matters").status_code == 405
    text = metrics(site, secret).content.decode()
    route = 'route="/matters/<str:matter_id>"'
    assert grown(before, text, f'adjudge_requests_total{{method="GET",{route},status="200"}}') == 1
    assert grown(before, text, f'adjudge_request_seconds_count{{method="GET",{route}}}') == 1
    assert grown(before, text, 'adjudge_requests_total{method="GET",route="(none)",status="404"}') == 1
    assert grown(before, text, 'adjudge_problems_total{code="no-key"}') == 1
    assert f'adjudge_requests_total{{method="OTHER",{route},status="200"}}' in text
    assert 'adjudge_requests_total{method="OTHER",route="/api/v1/matters",status="405"}' in text
    assert f'method="PUT",{route}' not in text
    assert 'method="PATCH",route="/api/v1/matters"' not in text
    assert "adjudge_requests_in_flight 1.0" in text  # the one that asks
    for hidden in (matter, "hush-hush", "nothing/of", "BREW", site.people["reviewer"].id):
        assert hidden not in text


@pytest.mark.usefixtures("measured")
def test_acts_and_evaluations_are_measured(site: Site) -> None:
    secret = key_for(site, Act.READ_METRICS)
    before = metrics(site, secret).content.decode()
    done = site.client("reviewer").post(f"/matters/{site.matter.id}/evaluate")
    assert done.status_code == 302
    revoke_twice(site)
    text = metrics(site, secret).content.decode()
    assert grown(before, text, 'adjudge_acts_total{act="matter.evaluate",end="done"}') == 1
    assert grown(before, text, 'adjudge_acts_total{act="key.revoke_own",end="refused"}') == 1
    assert grown(before, text, "adjudge_evaluation_seconds_count") >= 1


def revoke_twice(site: Site) -> None:
    actor = site.actor("administrator")
    made = make_key(site.house, actor, "a program", [Act.READ_METRICS])
    revoke_key(site.house, actor, made.key.id, "no longer needed")
    with pytest.raises(Exception, match="revoked already"):
        revoke_key(site.house, actor, made.key.id, "again")


def grown(before: str, text: str, series: str) -> float:
    return value(text, series) - value(before, series)


def value(text: str, series: str) -> float:
    found = [line for line in text.splitlines() if line.startswith(f"{series} ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_figures_are_counted_in_few_questions_and_kept_for_ten_seconds(site: Site) -> None:
    now = [100.0]
    figures = Figures(site.house, clock=lambda: now[0])
    with CaptureQueriesContext(connections["default"]) as queries:
        found = figures.now()
    assert found is not None
    assert len(queries.captured_queries) == 8
    assert found.matters == {("open",): 1}
    with CaptureQueriesContext(connections["default"]) as queries:
        now[0] += 9
        assert figures.now() is found
        now[0] += 2
        assert figures.now() is not found
    assert len(queries.captured_queries) == 8


def test_where_the_database_is_away_what_was_measured_is_told_all_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = key_for(site, Act.READ_METRICS)
    figures = Figures(site.house)
    monkeypatch.setattr(DatabaseRecords, "reading", away)
    text = exposition.exposition(figures).decode()
    assert "adjudge_requests_total" in text
    assert "adjudge_log_entries " not in text
    assert metrics(site, secret).status_code == 503  # nobody can say whose key it is


@pytest.mark.parametrize("table", ["matter", "decision"])
def test_the_long_tables_are_counted_by_their_index_alone(site: Site, table: str) -> None:
    assert site.size
    with connections["default"].cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN SELECT state, COUNT(id) FROM adjudge_{table} GROUP BY state")  # noqa: S608 - no input
        assert "INDEX" in str(cursor.fetchall())
