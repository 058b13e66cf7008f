"""Clocks that run out while processes are killed and race: each consequence once, and none forgotten."""

import random
import time
from collections import Counter

from tests.journeys.institution.places import Clerk, Place

COUNT = 8
LATE = 60
"""Days after which every clock of an appeal is due."""
KILLS = 2


def _ran_out(clerk: Clerk) -> Counter[str]:
    """How often each clock ran out and each appeal was granted; everything fits together."""
    checked = clerk.ask("check")
    assert checked["flaws"] == []
    return Counter(
        subject for kind, subject in checked["entries"] if kind in {"clock:ran_out", "appeal:granted"}
    )


def test_killed_while_clocks_run_out_and_two_at_once_each_runs_out_once(place: Place) -> None:
    first = place.founded(COUNT)
    first.ask("work", list(range(COUNT)))
    appeals = first.ask("file", list(range(COUNT)))
    chance = random.Random(bool(place.url))  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        clerks = [place.clerk(), place.clerk()]
        for clerk in clerks:
            clerk.tell("tick", LATE)
        time.sleep(chance.random() / 10)
        for clerk in clerks:
            clerk.kill()
    other = place.clerk()
    rest = [clerk.tell("tick", LATE) for clerk in (first, other)]
    done = [item for clerk in rest for item in clerk.answer()["done"]]
    assert len(done) == len(set(done))
    clocks = [f"{appeal}-{kind}" for appeal in appeals for kind in ("acknowledge", "decide")]
    assert _ran_out(first) == Counter([*clocks, *appeals])
    assert first.ask("tick", 2 * LATE) == []
