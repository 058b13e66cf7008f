"""Programs for tests of many processes: one that publishes states, and ones that follow the folder and ask.

In the state n, one ad alone is stopped, by the decision n, and so is `all`: any mixture of two states is seen.
"""

import json
import random
import sys
import time
from pathlib import Path

from adjudge.enforcement.current import CURRENT, read_current
from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.follow import Follower
from tests.rooms.serve.folder import Folder, trusted

ADS = 7
EVERY = 10
"""After so many states a new base is written."""
PATIENCE = 120
STOP = Scope(kind="suspend", reason="ads/1")
Held = dict[str, tuple[Served, ...]]


def state(number: int) -> Held:
    """What is stopped in a state."""
    measures = (Served(scope=STOP, decision=f"X-{number:06d}"),)
    return {f"c:ad-{number % ADS}": measures, "c:all": measures}


def say(told: object) -> None:
    """A line for whoever started this."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def publish(path: Path, last: int) -> None:
    """Publish what is not published yet, up to a state. Whoever is killed is followed by another one."""
    folder = Folder(path, now=time.time_ns() // 1_000_000)
    found = path / CURRENT
    first = 1 + (read_current(found.read_bytes())[0].log_size if found.exists() else 0)
    base = 0
    for number in range(first, last + 1):
        folder.now = max(folder.now + 1, time.time_ns() // 1_000_000)
        if number % EVERY == 0 or not base:
            base = number
            folder.publish(number, state(number))
        else:
            folder.publish_delta(number, {f"c:ad-{base % ADS}": ()} | state(number))
        say(number)


def follow(path: Path, last: int) -> None:
    """Ask until the last state stands; say what was seen."""
    follower = Follower(path, [trusted()], without="deny")
    follower.start(every=2)
    chance = random.Random(last)  # noqa: S311 - no secrets
    latest, asked, seen = 0, 0, set()
    wrong: list[object] = []
    end = time.monotonic() + PATIENCE
    while latest < last and not wrong and time.monotonic() < end:
        standing = follower.standing
        assert standing is not None
        number, ad = standing.current.log_size, chance.randrange(ADS)
        expected = f"X-{number:06d}" if ad == number % ADS else ""
        answers = [standing.layers.check(ad=f"ad-{ad}").decision_id, follower.check(ad="all").decision_id]
        told = int(answers[1].removeprefix("X-") or -1)
        if answers[0] != expected or not latest <= told <= last or number < latest:
            wrong.append((number, ad, answers, latest))
        latest = max(told, number, latest)
        seen.add(number)
        asked += 1
        time.sleep(0.0005)
    follower.close()
    alarms = dict(follower.state().alarms)
    say({"asked": asked, "states": len(seen), "wrong": wrong, "alarms": alarms, "last": latest})


if __name__ == "__main__":
    {"publish": publish, "follow": follow}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
