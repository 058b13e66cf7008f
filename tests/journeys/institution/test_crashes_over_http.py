"""The API over a server that is killed, a database that goes away, a disk that is full: nothing is lost or doubled.

Whoever calls sends a request again under its key until an answer comes; nothing is done twice by that.
"""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from adjudge.client.client import Client
from adjudge.client.problem import ApiError
from tests.generators.institutions import PROPOSAL, ad
from tests.journeys.institution.places import Clerk, Place, small_disk
from tests.journeys.institution.served import Deciding, served
from tests.journeys.institution.servers import Server
from tests.journeys.institution.test_crashes import ACTS

SIZES = [
    pytest.param(8, 2, id="8 decisions"),
    pytest.param(100, 20, id="100 decisions", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("count", "kills"), SIZES)
def test_a_server_that_is_killed_loses_and_doubles_nothing(place: Place, count: int, kills: int) -> None:
    clerk = place.founded(count)
    chance = random.Random(f"{bool(place.url)} {count}")  # noqa: S311 - moments, not secrets
    with served(place) as server:
        server.start()
        deciding = Deciding(server.address, clerk.ask("keys"))
        threads = deciding.in_threads(range(count), 4)
        for number in range(kills):
            _wait_for(deciding, (number + 1) * 3 * count // (kills + 1))
            time.sleep(chance.random() / 20)
            server.kill()
            server.start()
        for thread in threads:
            thread.join(300)
        assert not any(thread.is_alive() for thread in threads)
        assert deciding.away, "nobody has noticed a kill"
    assert not deciding.refused
    _assert_each_once(clerk, deciding, count)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(Server.kill, id="killed"),
        pytest.param(Server.stop, id="stopped", marks=pytest.mark.slow),
    ],
)
def test_a_database_that_goes_away_is_told_and_waited_for(
    postgres: Server, postgresql: Place, end: Callable[[Server], None]
) -> None:
    count = 6
    clerk = postgresql.founded(count)
    keys = clerk.ask("keys")
    clerk.end()
    with served(postgresql) as server:
        server.start()
        deciding = Deciding(server.address, keys)
        threads = deciding.in_threads(range(count), 2)
        _wait_for(deciding, count)
        end(postgres)
        with Client(server.address, keys["author"], retries=0) as client, pytest.raises(ApiError) as told:
            next(iter(client.list_matters(limit=1)))
        assert (told.value.status, told.value.code) == (503, "unavailable")
        assert told.value.hint
        postgres.start()
        for thread in threads:
            thread.join(120)
        assert deciding.away
    assert not deciding.refused
    _assert_each_once(postgresql.clerk(), deciding, count)


def test_on_a_full_disk_a_request_is_refused_with_what_to_do_and_nothing_is_kept() -> None:
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        try:
            with small_disk(Path(folder) / "disk", "16m") as disk:
                _fill_and_free(Place(disk / "data"))
        except PermissionError as error:
            pytest.skip(f"allowed: this user may mount no disk ({error})")


def _fill_and_free(place: Place) -> None:
    clerk = place.founded(4)
    filler = place.folder.parent / "filler"
    with served(place) as server:
        server.start()
        deciding = Deciding(server.address, clerk.ask("keys"))
        deciding.decide(0)
        size = clerk.ask("size")
        with Client(server.address, deciding.keys["author"], retries=0) as author:
            matter = next(iter(author.list_matters(advertiser="brewer-00001")))
            _fill(filler)
            with pytest.raises(ApiError) as told:
                author.propose_decision(
                    matter.id, ad(1), reason=PROPOSAL.reason, milder=PROPOSAL.milder, rights=PROPOSAL.rights
                )
            assert (told.value.status, told.value.code) == (503, "unavailable")
            assert "disk" in told.value.hint
            assert author.read_matter(matter.id).id == matter.id, "what is there can be read meanwhile"
        assert clerk.ask("size") == size
        filler.unlink()
        for number in range(1, 4):
            deciding.decide(number)
    _assert_each_once(clerk, deciding, 4)
    place.close()


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for portion in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    file.write(bytes(portion))
            except OSError:
                continue


def _wait_for(deciding: Deciding, acts: int) -> None:
    end = time.monotonic() + 120
    while len(deciding.acks) < acts:
        assert time.monotonic() < end, deciding.refused[-3:] or "nothing is decided"
        time.sleep(0.002)


def _assert_each_once(clerk: Clerk, deciding: Deciding, count: int) -> None:
    checked = clerk.ask("check")
    assert checked["flaws"] == []
    told = Counter((kind, subject) for kind, subject in checked["entries"] if kind in ACTS)
    assert set(told.values()) == {1}
    assert Counter(kind for kind, _ in told) == dict.fromkeys(ACTS, count)
    assert set(deciding.acks) == set(told), "what was acknowledged and what was done are not the same"
