"""The description of the API: whole, without names that mean two things, and with links that lead somewhere."""

import ast
from collections import Counter
from pathlib import Path

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
