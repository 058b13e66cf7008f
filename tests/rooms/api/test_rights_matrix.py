"""Who may do what over HTTP: every operation by everybody, on an object of one's own advertiser and of another one.

Made from the description: the act that an operation names, and the table of acts, say what everybody must be answered.
Whoever lacks the right is told what is told of a thing that is not there, and nothing is written.
"""

from collections import deque

import pytest
from django.test import Client

from adjudge.people.act import Act
from adjudge.people.permission import may
from tests.rooms.api.calls import Calls, told
from tests.rooms.api.everybody import (
    SERVING,
    Somebody,
    everybody,
    forgotten,
    prepared,
    program,
    size_of,
    world,
)
from tests.rooms.api.examples import EXAMPLES, Example
from tests.rooms.api.operations import Operation, operations
from tests.rooms.institution.world import World
from tests.sites import Answered

__all__ = ["everybody", "world"]

NOT_OVER_HTTP = {
    Act.JOIN: "by the link of an invitation, with a password of one's own; there is no key yet",
    Act.MAKE_KEY: "no key makes keys",
    Act.MAKE_OWN_KEY: "no key makes keys",
    Act.READ_METRICS: "measured of the program, at `/metrics`",
    Act.READ_SNAPSHOT: "files, at `/serving/`",
}
"""Acts that no operation does, with the reason."""
OPERATIONS = {operation.name: operation for operation in operations()}
BARRED = {401, 404}


def test_every_operation_has_an_example_and_no_example_is_of_none() -> None:
    assert sorted(set(OPERATIONS) - set(EXAMPLES)) == []
    assert sorted(set(EXAMPLES) - set(OPERATIONS)) == []


def test_every_act_is_done_by_an_operation_or_there_is_a_reason_that_none_does_it() -> None:
    reached = {operation.act for operation in OPERATIONS.values() if operation.act is not None}
    assert sorted(set(Act) - reached - set(NOT_OVER_HTTP)) == []
    assert sorted(reached & set(NOT_OVER_HTTP)) == []


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) & set(EXAMPLES)))
def test_an_operation_answers_everybody_as_the_table_of_acts_says(
    world: World, everybody: list[Somebody], name: str
) -> None:
    operation = OPERATIONS[name]
    with forgotten():
        tried = prepared(world)
        example = EXAMPLES[name](tried)
        services = _services(tried, operation.act)
        wrong, done = [], set()
        for who in [*everybody, *services]:
            size = size_of(tried)
            with forgotten():
                answer = _asked(operation, example, who)
                status, written = answer.status_code, size_of(tried) - size
                deque(getattr(answer, "streaming_content", ()), maxlen=0)  # what is not taken is not closed
            if not _as_expected(operation, example, who, status):
                wrong.append((who.name, status, told(answer) if status >= 400 else ""))
            if status in BARRED and written:
                wrong.append((who.name, status, "something was written"))
            done.add(status < 400)
    assert wrong == []
    assert True in done, "nobody could do it: the example is none"


def _as_expected(operation: Operation, example: Example, who: Somebody, status: int) -> bool:
    """Whether the answer is what the table of acts says of whoever asks."""
    if operation.public:
        return status not in BARRED and status < 500
    if who.actor is None:
        return status == 401
    if operation.act is None:
        return status == 200
    whose = who.actor.advertiser if example.whose is None else example.whose
    if may(who.actor, operation.act, whose):
        return status not in BARRED and status != 403 and status < 500
    return status == 404


def _services(world: World, act: Act | None) -> list[Somebody]:
    """A program that may do exactly this act, where a program may, and one that may do everything but it."""
    wanted = {"service for this": SERVING & {act}, "service for all but this": SERVING - {act}}
    return [program(world, name, frozenset(acts)) for name, acts in wanted.items() if acts]


def _asked(operation: Operation, example: Example, who: Somebody) -> Answered:
    path = operation.path.removeprefix("/api/v1")
    at = example.own(who.actor) if example.own and who.actor else example.at
    for name, value in zip(operation.names, at, strict=True):
        path = path.replace(f"{{{name}}}", value)
    path += f"?{example.query}" if example.query else ""
    calls = Calls(Client(), who.secret)
    if operation.method == "GET":
        return calls.get(path)
    headers = {"if_match": "*"} if operation.matches else {}
    if example.form is not None:
        for item in example.form.values():
            if hasattr(item, "seek"):
                item.seek(0)
        return calls.upload(path, dict(example.form), **headers)
    body = example.of(who.actor) if example.of and who.actor else example.body
    return calls.send(path, body, method=operation.method, **headers)
