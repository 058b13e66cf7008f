"""Callers of an address, by turns of one kind of request: many at once, each of whom waits for its answer (locust).

Run as a program of its own, since locust puts its own waiting in place of Python's. What is to be asked comes in as one
JSON object, and what came of it goes out as one; `benchmarks.api` starts it.
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any

import gevent
from locust import FastHttpUser, constant
from locust.env import Environment

LONGEST = 30
"""Seconds for which an answer is waited for, also when time is up: what was begun is counted."""


@dataclass(slots=True)
class Turns:
    """Whose turn it is: each kind of request in turn, for so many seconds, so that a busy moment meets all of them."""

    plan: dict[str, Any]
    start: float = 0.0
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    def now(self) -> dict[str, Any]:
        """The kind whose turn it is."""
        turn = int((perf_counter() - self.start) / self.plan["turn"])
        kinds: list[dict[str, Any]] = self.plan["kinds"]
        return kinds[turn % len(kinds)]

    def note(self, name: str, response_time: float, exception: object = None, **_: object) -> None:
        """Note an answer, or that there was none."""
        self.taken[name].append(response_time)
        if exception is not None:
            self.errors.append(f"{name}: {exception}")


def callers(turns: Turns) -> type[FastHttpUser]:
    """Those who call: without a pause, and each only when it has its answer."""

    def call(caller: Any) -> None:  # noqa: ANN401 - of a kind that is not typed everywhere
        """Send what is in turn."""
        kind, number = turns.now(), next(turns.numbers)
        asked = kind["asked"][number % len(kind["asked"])]
        headers = {**turns.plan["headers"]}
        if kind["once"]:
            headers["Idempotency-Key"] = f"{turns.plan['run']}-{number}"
        body = None if asked["body"] is None else json.dumps(asked["body"])
        caller.client.request(asked["method"], asked["path"], name=kind["name"], data=body, headers=headers)

    class Caller(FastHttpUser):  # type: ignore[misc]  # not everybody has it installed, and is told its types
        host = turns.plan["address"]
        wait_time = constant(0)
        connection_timeout = network_timeout = LONGEST
        tasks = (call,)

    return Caller


def main() -> None:
    """Call for as long as was said, and tell how long each answer took."""
    plan = json.load(sys.stdin)
    turns = Turns(plan)
    environment = Environment(user_classes=[callers(turns)], stop_timeout=LONGEST)
    environment.events.request.add_listener(turns.note)
    runner = environment.create_local_runner()
    turns.start = perf_counter()
    runner.start(plan["users"], spawn_rate=plan["users"])
    gevent.sleep(plan["seconds"])
    runner.quit()
    json.dump({"taken": turns.taken, "errors": turns.errors}, sys.stdout)


if __name__ == "__main__":
    main()
