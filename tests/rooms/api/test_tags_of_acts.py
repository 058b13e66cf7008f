"""The tag of each act's answer: that of reading what it left, which the next change of the same thing wants.

Apart from other tests of tags, since one institution serves all of these.
"""

import pytest
from django.test import Client

from tests.rooms.api.calls import Calls, told
from tests.rooms.api.everybody import Somebody, everybody, forgotten, prepared, world
from tests.rooms.api.examples import EXAMPLES
from tests.rooms.api.operations import Operation, operations
from tests.rooms.institution.world import World

__all__ = ["everybody", "world"]

CHANGING = {operation.name: operation for operation in operations() if operation.matches}
"""Of all but one an answer bears a tag: a correction answers with another notice than the one it corrects."""
READING = {operation.path: operation for operation in operations() if operation.method == "GET"}


def read_at(operation: Operation) -> str:
    """The address at which what an operation changes is read: its own, or that in front of its last word."""
    return operation.path if operation.path in READING else operation.path.rpartition("/")[0]


def placed(path: str, names: list[str], at: tuple[str, ...]) -> str:
    for name, value in zip(names, at, strict=False):
        path = path.replace(f"{{{name}}}", value)
    return path.removeprefix("/api/v1")


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_the_tag_of_an_act_is_that_of_reading_what_it_left(
    world: World, everybody: list[Somebody], name: str
) -> None:
    operation = CHANGING[name]
    compared = done = 0
    with forgotten():
        tried = prepared(world)
        example = EXAMPLES[name](tried)
        for who in (item for item in everybody if item.actor is not None):
            calls = Calls(Client(), who.secret)
            at = example.own(who.actor) if example.own and who.actor else example.at
            body = example.of(who.actor) if example.of and who.actor else example.body
            with forgotten():
                path = placed(operation.path, operation.names, at)
                answer = calls.send(
                    path, body, method=operation.method, if_match="*", idempotency_key="a-key"
                )
                if answer.status_code >= 400:
                    continue
                done += 1
                found = told(answer).get("id")
                where = placed(read_at(operation), operation.names, at)
                if at and found not in {None, at[0]} and "@" not in at[0]:
                    where = where.replace(at[0], str(found))
                now = calls.get(where)
                if "ETag" in answer.headers and now.status_code == 200:
                    assert answer["ETag"] == now["ETag"], who.name
                    compared += 1
    assert done, "nobody could do it: the example is none"
    assert compared or name == "correct_notice", "no answer bore a tag"
