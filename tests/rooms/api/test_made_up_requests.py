"""Requests made up from the description, good and bad ones, of every operation: what comes back is as described.

No answer is a fault of ours (5xx); its status, type, headers and form are those of the description; and what the
description does not allow is refused. Also in sequences that follow the links from one operation to the next.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case as AnyCase
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NOT_SET
from schemathesis.core.transport import Response
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks as of_openapi

from adjudge.institution.hearing.settlement import refer
from adjudge.institution.notifying.making import make_owed
from adjudge.people.role import Role
from tests.rooms.api.everybody import SERVING, Somebody, everybody, forgotten, prepared, program, world
from tests.rooms.api.examples import EXAMPLES
from tests.rooms.api.operations import Operation, description, operations
from tests.rooms.institution.drivers_hooks import hooked
from tests.rooms.institution.heard import excluded, filed
from tests.rooms.institution.world import World
from tests.turns import some_of

__all__ = ["everybody", "world"]
Case = AnyCase[Any]
Given = dict[str, dict[str, str]]
"""What a link hands on, by where it goes (`path`, `header`) and its name there."""
OPERATIONS = {operation.name: operation for operation in operations()}
FEW, MANY = 2, 60
"""Requests of each kind for one operation."""
STEPS = 6
"""Requests of a walk along the links."""
ACTS_MORE_OFTEN = 4
LEAST_FOLLOWED = 12
"""Operations on something that was made or listed before, to which walks have to come."""
CALLERS = (Role.ADMINISTRATOR, Role.REVIEWER, Role.APPEALS, Role.MEMBER)
CONFORMING: tuple[CheckFunction, ...] = (
    schemathesis.checks.not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.negative_data_rejection,
)
SETTLED = settings(
    database=None,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described() -> Iterator[BaseSchema]:
    """Give the description as requests are made up from it, with the program in this process to send them to."""
    load_all_checks()
    told = {"generation": {"database": "none", "with-security-parameters": False}}
    schema = schemathesis.openapi.from_dict(description(), config=SchemathesisConfig.from_dict(told))
    schema.app = WSGIHandler()
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)  # it would end the transaction in which all is forgotten
    yield schema
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def callers(world: World, everybody: list[Somebody]) -> Iterator[list[Somebody]]:
    """Give some of everybody, and a program that may do what programs may; all they do is forgotten."""
    with forgotten():
        tried = prepared(world)
        found = [item for item in everybody if item.name in CALLERS]
        yield [*found, program(tried, "a program", SERVING)]


@pytest.mark.parametrize("name", some_of(sorted(set(OPERATIONS) & set(EXAMPLES)), one_in=2))
def test_what_is_asked_is_answered_as_described(
    world: World, described: BaseSchema, callers: list[Somebody], name: str
) -> None:
    tried(world, described, callers, name, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(OPERATIONS) & set(EXAMPLES)))
def test_what_is_asked_is_answered_as_described_however_often(
    world: World, described: BaseSchema, callers: list[Somebody], name: str
) -> None:
    tried(world, described, callers, name, MANY)


def tried(world: World, described: BaseSchema, callers: list[Somebody], name: str, count: int) -> None:
    """Make up requests of one operation, good and bad ones, about what is there and about what is not."""
    operation = OPERATIONS[name]
    example = EXAMPLES[name](prepared(world))
    told = described[operation.path][operation.method]
    there = dict(zip(operation.names, example.at, strict=True))
    tag = {"If-Match": "*"} if operation.matches else None
    if example.form is None:
        for who in callers:
            case = told.Case(
                path_parameters=there,
                query=dict(parse_qsl(example.query)),
                headers=tag,
                body=NOT_SET if example.body is None else dict(example.body),
                media_type=None if example.body is None else "application/json",
            )
            with forgotten():
                answered(case, who)
    kinds = [told.as_strategy(GenerationMode.POSITIVE, path_parameters=there, headers=tag)]
    if "requestBody" in operation.told or len(operation.told.get("parameters", ())) > len(operation.names):
        kinds.append(told.as_strategy(GenerationMode.NEGATIVE))  # an id alone cannot be a wrong one
    for kind in kinds:

        @settings(SETTLED, max_examples=count, derandomize=count == FEW)
        @given(case=kind, who=st.sampled_from(callers))
        def asked(case: Case, who: Somebody) -> None:
            with forgotten():
                answered(case, who)

        asked()


def answered(case: Case, who: Somebody) -> Response:
    """Send a request, and hold the answer to the description."""
    headers = {"Authorization": f"Bearer {who.secret}"}
    response = case.call(headers=headers, buffered=True)
    case.validate_response(response, checks=list(CONFORMING), headers=headers)
    return response


@pytest.mark.parametrize("count", [60, pytest.param(3_000, marks=pytest.mark.slow)])
def test_what_links_lead_to_is_answered_as_described(
    world: World, described: BaseSchema, callers: list[Somebody], count: int
) -> None:
    """Walks along the links: what is listed is read, and what was read is acted on, with the tag that was seen."""
    eventful(prepared(world))
    lists = [
        item for item in OPERATIONS.values() if item.method == "GET" and not item.names and links_of(item)
    ]
    done: Counter[str] = Counter()

    @settings(SETTLED, max_examples=count)
    @given(data=st.data(), start=st.sampled_from(lists), who=st.sampled_from(callers))
    def walked(data: st.DataObject, start: Operation, who: Somebody) -> None:
        with forgotten():
            step, given = start, Given()
            for _ in range(STEPS):
                answer = answered(data.draw(led_to(described, step, given)), who)
                done[step.name] += answer.status_code < 400
                further = next_steps(step, answer)
                step, given = data.draw(st.sampled_from(further)) if further else (start, {})

    walked()
    followed = {name for name, number in done.items() if number and OPERATIONS[name].names}
    assert len(followed) >= LEAST_FOLLOWED, sorted(followed)


def eventful(world: World) -> None:
    """Have something of every kind: a decision with its notice, an appeal, a dispute, and a proposal that waits."""
    filed(world, excluded(world, "ad"))
    refer(
        world.house, world.who(Role.APPEALS), excluded(world, "sued").id, "A body", "12/26", "It was told so."
    )
    world.ad("waiting", beer=True)
    world.proposed("waiting")
    hooked(world)
    make_owed(world.house)


def links_of(operation: Operation) -> dict[str, Any]:
    """The links of an operation's good answer."""
    responses = operation.told["responses"]
    return next((item.get("links", {}) for status, item in responses.items() if status.startswith("2")), {})


def led_to(described: BaseSchema, step: Operation, given: Given) -> st.SearchStrategy[Case]:
    """A request of an operation, with what a link gives it; what is read is read whole."""
    told = described[step.path][step.method]
    if step.method == "GET":
        return st.just(told.Case(path_parameters=given.get("path", {}), headers=given.get("header")))
    found: st.SearchStrategy[Case] = told.as_strategy(
        GenerationMode.POSITIVE, path_parameters=given.get("path"), headers=given.get("header", {})
    )
    return found


def next_steps(step: Operation, answer: Response) -> list[tuple[Operation, Given]]:
    """Where the links of an answer lead, each with what it hands on; nowhere after a refusal."""
    if answer.status_code >= 400 or "json" not in answer.headers.get("content-type", [""])[0]:
        return []
    found, body = [], answer.json()
    count = len(body["items"]) if isinstance(body, dict) and "items" in body else 1
    for link in links_of(step).values():
        for number in range(count):
            given: Given = {}
            for name, expression in link["parameters"].items():
                where, _, parameter = name.partition(".")
                value = said_by(expression.replace("/items/0/", f"/items/{number}/"), body, answer)
                given.setdefault(where, {}).update({parameter: value} if value is not None else {})
            if sum(map(len, given.values())) == len(link["parameters"]):
                to = OPERATIONS[link["operationId"]]
                found += [(to, given)] * (1 if to.method == "GET" else ACTS_MORE_OFTEN)
    return found


def said_by(expression: str, body: Any, answer: Response) -> str | None:  # noqa: ANN401 - JSON
    """What an expression of a link stands for; None where the answer has none."""
    if expression == "$response.header.ETag":
        return answer.headers.get("etag", [None])[0]
    found = body
    for part in expression.removeprefix("$response.body#/").split("/"):
        if isinstance(found, list):
            found = found[int(part)] if int(part) < len(found) else None
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return found if isinstance(found, str) and found else None
