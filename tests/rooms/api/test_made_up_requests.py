"""Requests made up from the description, good and bad ones, of every operation: what comes back is as described.

No answer is a fault of ours (5xx); its status, type, headers and form are those of the description; and what the
description does not allow is refused. Also in sequences that follow the links from one operation to the next.
"""

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
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NOT_SET
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks as of_openapi

from adjudge.people.role import Role
from tests.rooms.api.everybody import SERVING, Somebody, everybody, forgotten, prepared, program, world
from tests.rooms.api.examples import EXAMPLES
from tests.rooms.api.operations import description, operations
from tests.rooms.institution.world import World

__all__ = ["everybody", "world"]
OPERATIONS = {operation.name: operation for operation in operations()}
FEW, MANY = 4, 150
"""Requests of each kind for one operation."""
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
def described(world: World) -> Iterator[BaseSchema]:
    """Give the description as requests are made up from it, with the program in this process to send them to."""
    assert world
    load_all_checks()
    config = SchemathesisConfig.from_dict({"generation": {"database": "none"}})
    schema = schemathesis.openapi.from_dict(description(), config=config)
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


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) & set(EXAMPLES)))
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
                body=NOT_SET if example.body is None else example.body,
                media_type=None if example.body is None else "application/json",
            )
            answered(case, who)
    kinds = [
        told.as_strategy(GenerationMode.POSITIVE, path_parameters=there, headers=tag),
        told.as_strategy(GenerationMode.NEGATIVE),
    ]
    for kind in kinds:

        @settings(SETTLED, max_examples=count)
        @given(case=kind, who=st.sampled_from(callers))
        def asked(case: schemathesis.Case, who: Somebody) -> None:
            answered(case, who)

        asked()


def answered(case: schemathesis.Case, who: Somebody) -> None:
    """Send a request, hold the answer to the description, and forget what was done."""
    headers = {"Authorization": f"Bearer {who.secret}"}
    with forgotten():
        response = case.call(headers=headers)
    case.validate_response(response, checks=list(CONFORMING), headers=headers)


@pytest.mark.parametrize("size", [pytest.param((12, 6)), pytest.param((400, 12), marks=pytest.mark.slow)])
def test_what_links_lead_to_is_answered_as_described(
    world: World, described: BaseSchema, callers: list[Somebody], size: tuple[int, int]
) -> None:
    """Sequences along the links, by whoever may do most: what is made is read, and what was read is acted on."""
    for example in (EXAMPLES["read_appeal"], EXAMPLES["read_dispute"]):
        with forgotten():
            example(prepared(world))
    EXAMPLES["withdraw_claim"](prepared(world))
    count, steps = size
    for who in callers[1:]:
        run_state_machine_as_test(
            _machine(described, who),
            settings=settings(SETTLED, max_examples=count, stateful_step_count=steps),
        )


def _machine(described: BaseSchema, who: Somebody) -> Any:  # noqa: ANN401 - made of the description
    class Following(described.as_state_machine()):  # type: ignore[misc]  # a class that is made when it runs
        """One sequence, forgotten at its end."""

        def setup(self) -> None:
            self.within = forgotten()
            self.within.__enter__()

        def teardown(self) -> None:
            self.within.__exit__(None, None, None)

        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
            assert case
            return {"headers": {"Authorization": f"Bearer {who.secret}"}}

        def validate_response(self, response: Any, case: schemathesis.Case, **kwargs: Any) -> None:  # noqa: ANN401 - as declared
            case.validate_response(response, checks=list(CONFORMING[:5]), transport_kwargs=kwargs)

    return Following
