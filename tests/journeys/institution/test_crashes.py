"""An institution whose processes are killed in the middle: nothing acknowledged is lost, and nothing is done twice."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.journeys.institution.places import Clerk, Place
from tests.journeys.institution.servers import Server
from tests.journeys.institution.soundness import CONFIRMED, ISSUED, PROPOSED

ACTS = (PROPOSED, CONFIRMED, ISSUED)
SIZES = [
    pytest.param(40, 5, id="40 decisions"),
    pytest.param(200, 25, id="200 decisions", marks=pytest.mark.slow),
]


class Heard:
    """What clerks at work have said, by threads that listen. A line is an act that was acknowledged, or trouble."""

    def __init__(self) -> None:
        self.acks: list[tuple[str, str]] = []
        self.away: list[str] = []
        self.outrun: list[str] = []
        self.done = 0

    def listen(self, clerk: Clerk) -> threading.Thread:
        """Listen to a clerk until it is done or dead."""
        thread = threading.Thread(target=self._listen, args=(clerk,))
        thread.start()
        return thread

    def _listen(self, clerk: Clerk) -> None:
        for line in clerk.lines():
            if "outrun" in line:
                self.outrun.append(line["outrun"])
            if "ack" in line:
                self.acks.append((line["ack"][0], line["ack"][1]))
            if "away" in line:
                self.away.append(line["hint"])
            if isinstance(line.get("done"), int):
                self.done += 1
                return

    def wait(self, acts: int) -> None:
        """Wait until so many acts are acknowledged, or all is done."""
        end = time.monotonic() + 120
        while len(self.acks) < acts and not self.done:
            assert time.monotonic() < end, self.outrun[-3:] or "the clerks do not work"
            time.sleep(0.001)

    def notice(self) -> None:
        """Wait until somebody has noticed that the database is away."""
        end = time.monotonic() + 120
        while not self.away:
            assert time.monotonic() < end, "the clerk has noticed nothing"
            time.sleep(0.001)


@pytest.mark.parametrize(("count", "kills"), SIZES)
def test_killed_while_it_decides_an_institution_loses_and_doubles_nothing(
    place: Place, count: int, kills: int
) -> None:
    place.founded(count)
    chance = random.Random(f"{bool(place.url)} {count}")  # noqa: S311 - moments, not secrets
    heard = Heard()
    for _ in range(kills):
        # Two at once, as a server has two workers: from both ends, so that they meet.
        clerks = [place.start(), place.start()]
        listeners = [heard.listen(clerk) for clerk in clerks]
        acts = len(heard.acks)
        clerks[0].tell("work", list(range(count)))
        clerks[1].tell("work", list(reversed(range(count))))
        heard.wait(acts + chance.randrange(1, 3 * count // (kills + 1)))
        time.sleep(chance.random() / 20)
        for clerk in clerks:
            clerk.kill()
        for listener in listeners:
            listener.join()
    assert not heard.done, "the work was over before the last kill"
    last = place.clerk()
    heard.listen(last.tell("work", list(range(count)))).join()
    assert not heard.away
    _assert_each_once(last, count, heard)


@pytest.mark.parametrize(
    ("end", "away"),
    [
        pytest.param(Server.kill, 1, id="killed"),
        pytest.param(Server.stop, 3, id="stopped"),
        pytest.param(Server.stop, 60, id="away for a minute", marks=pytest.mark.slow),
    ],
)
def test_a_database_that_goes_away_is_waited_for(
    postgres: Server, postgresql: Place, end: Callable[[Server], None], away: float
) -> None:
    count, heard = 20, Heard()
    clerk = postgresql.founded(count)
    listener = heard.listen(clerk.tell("work", list(range(count))))
    heard.wait(count)
    end(postgres)
    time.sleep(away)
    heard.notice()
    postgres.start()
    listener.join()
    assert all(heard.away), "who is told that it does not answer is told what to do"
    assert not heard.outrun, "one clerk alone was told that somebody else was first"
    _assert_each_once(clerk, count, heard)


def _assert_each_once(clerk: Clerk, count: int, heard: Heard) -> None:
    """Everything fits together; each matter was decided once, and what was acknowledged is there.

    An act may be there that nobody heard acknowledged: it was done, and its answer was lost on the way.
    """
    checked = clerk.ask("check")
    assert checked["flaws"] == []
    told = Counter((kind, subject) for kind, subject in checked["entries"] if kind in ACTS)
    assert set(told.values()) == {1}
    assert Counter(kind for kind, _ in told) == dict.fromkeys(ACTS, count)
    assert len(heard.acks) == len(set(heard.acks)), "an act was acknowledged twice"
    assert not set(heard.acks) - set(told), "an act was acknowledged and is lost"
