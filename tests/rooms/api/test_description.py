"""The description of the API: whole, without names that mean two things, and with links that lead somewhere."""

import ast
import inspect
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from adjudge.api import site
from adjudge.api.spoken import EXAMPLES
from tests.rooms.api.operations import description, operations

API = Path(__file__).resolve().parents[3] / "src" / "adjudge" / "api"
NOTHING_LEADS_TO = {
    "automate_decision",
    "propose_decision",
    "read_options",
}
"""Two names are in their addresses, and a link knows of one."""


def test_no_two_forms_have_one_name() -> None:
    """The framework would describe the one by the fields of the other, and say nothing."""
    names = Counter(
        node.name
        for path in API.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.bases
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_operations_have_one_name() -> None:
    names = Counter(operation.name for operation in operations())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_operation_says_what_it_does_and_by_which_right() -> None:
    for operation in operations():
        assert operation.told["summary"], operation.name
        assert "x-act" in operation.told, operation.name
        assert operation.told["tags"], operation.name
        assert operation.act is not None or operation.public or operation.name == "read_myself", (
            operation.name
        )


def test_every_act_bears_a_key_under_which_it_is_done_once() -> None:
    for operation in operations():
        headers = {item["name"] for item in operation.told.get("parameters", ()) if item["in"] == "header"}
        assert "Idempotency-Key" in headers or not operation.writes, operation.name
        assert operation.method != "GET" or not headers, operation.name


def test_links_lead_to_operations_by_names_that_these_have() -> None:
    known = {operation.name: operation for operation in operations()}
    count = 0
    for operation in operations():
        for response in operation.told["responses"].values():
            for link in response.get("links", {}).values():
                to = known[link["operationId"]]
                paths = [
                    name.removeprefix("path.") for name in link["parameters"] if name.startswith("path.")
                ]
                assert paths == to.names
                assert to.matches is ("header.If-Match" in link["parameters"])
                count += 1
    assert count > len(known)


def test_what_can_be_done_to_a_thing_is_led_to_by_what_reads_it() -> None:
    """Where a thing is read at an address, all that is done below this address can be come to from there."""
    known = list(operations())
    for reader in known:
        if reader.method != "GET" or len(reader.names) != 1 or not reader.path.endswith("}"):
            continue
        below = {
            item.name
            for item in known
            if item.method != "GET" and item.path.startswith(f"{reader.path}/") and item.names == reader.names
        }
        links = {name for item in reader.told["responses"].values() for name in item.get("links", {})}
        assert below - NOTHING_LEADS_TO <= links, reader.name


def test_the_description_names_no_machine() -> None:
    assert "servers" not in description() or not description()["servers"]
    assert "localhost" not in str(description())


def described() -> list[dict[str, Any]]:
    """What the description says of each operation."""
    return [told for paths in description()["paths"].values() for told in paths.values()]


def test_every_part_of_an_address_is_told_of() -> None:
    """Found by review: of 121 parts nothing was said."""
    silent = [
        (told["operationId"], item["name"])
        for told in described()
        for item in told.get("parameters", ())
        if item["in"] != "path" and not item.get("description")
    ]
    assert silent == []


def test_every_header_of_an_answer_is_told_of_and_a_tag_is_promised_for_forms_alone() -> None:
    for told in described():
        for status in ("200", "201"):
            answer = told["responses"].get(status)
            if answer is None:
                continue
            names = set(answer["headers"])
            assert {"RateLimit", "X-Request-Id"} <= names <= set(description()["components"]["headers"])
            form = answer["content"].get("application/json", {}).get("schema")
            assert ("ETag" in names) is bool(form)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_bodies_that_the_forms_take(name: str) -> None:
    (operation,) = [item for item in described() if item["operationId"] == name]
    content = operation["requestBody"]["content"]["application/json"]
    assert content["example"] == EXAMPLES[name]
    view = next(
        found.view_func
        for router in site._ROUTERS  # noqa: SLF001 - the framework gives no way from a name to a view
        for paths in router.path_operations.values()
        for found in paths.operations
        if found.operation_id == name
    )
    form = inspect.signature(view, eval_str=True).parameters["body"].annotation
    form.model_validate_json(json.dumps(EXAMPLES[name]))
