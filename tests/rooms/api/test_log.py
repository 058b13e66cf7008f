"""The log over HTTP: its proofs hold by a few lines of anybody's, and the file that is taken out verifies."""

import base64
import hashlib
import io
from typing import Any
from urllib.parse import quote

import pytest

from adjudge.ledger.verify_log import verify_log
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.people.act import Act
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.rooms.desk.hearings import issued
from tests.sites import Site


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def bytes_of(texts: list[str]) -> list[bytes]:
    return [base64.b64decode(text) for text in texts]


def root_by(found: dict[str, Any]) -> bytes:
    """RFC 9162 2.1.3.2, written down once more."""
    place, last, hashed = found["entry"], found["size"] - 1, base64.b64decode(found["leaf"])
    for step in bytes_of(found["proof"]):
        if place % 2 or place == last:
            hashed = node(step, hashed)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            hashed = node(hashed, step)
        place, last = place // 2, last // 2
    assert last == 0
    return hashed


def roots_by(found: dict[str, Any]) -> tuple[bytes, bytes]:
    """RFC 9162 2.1.4.2, for an earlier tree that is neither empty nor the same."""
    steps, first = bytes_of(found["proof"]), found["first"]
    if first & (first - 1) == 0:
        steps.insert(0, base64.b64decode(found["first_root"]))
    place, last = first - 1, found["second"] - 1
    while place % 2:
        place, last = place // 2, last // 2
    older = newer = steps[0]
    for step in steps[1:]:
        if place % 2 or place == last:
            older, newer = node(step, older), node(step, newer)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            newer = node(newer, step)
        place, last = place // 2, last // 2
    assert last == 0
    return older, newer


def test_every_entry_is_proven_to_be_under_the_root_that_is_signed(site: Site) -> None:
    calls = calls_of(site, "auditor")
    signed = told(calls.send("/log/checkpoints"))
    root = base64.b64decode(signed["root"])
    state = told(calls.get("/log"))
    assert (state["size"], state["root"], state["checkpoint"]) == (signed["size"], signed["root"], signed)
    assert signed["note"].splitlines()[:3] == [signed["origin"], str(signed["size"]), signed["root"]]
    for item in told(calls.get("/log/entries?limit=500"))["items"]:
        found = told(calls.get(f"/log/proofs/inclusion?entry={item['seq']}&size={signed['size']}"))
        leaf = hashlib.sha256(b"\x00" + item["canonical"].encode()).digest()
        assert base64.b64decode(found["leaf"]) == leaf
        assert root_by(found) == root == base64.b64decode(found["root"])


def test_every_earlier_size_is_proven_to_have_grown_into_the_log_of_now(site: Site) -> None:
    calls = calls_of(site, "auditor")
    size = told(calls.get("/log"))["size"]
    for first in range(1, size):
        found = told(calls.get(f"/log/proofs/consistency?from={first}"))
        assert found["second"] == size
        roots = roots_by(found)
        assert roots == (base64.b64decode(found["first_root"]), base64.b64decode(found["second_root"]))
        before = told(calls.get(f"/log/proofs/inclusion?entry=0&size={first}"))
        assert before["root"] == found["first_root"]
    assert told(calls.get(f"/log/proofs/consistency?from=0&to={size}"))["proof"] == []


@pytest.mark.parametrize(
    "query",
    [
        "inclusion?entry=5&size=5",
        "inclusion?entry=0&size=9999999",
        "consistency?from=3&to=2",
        "consistency?from=9999999",
    ],
)
def test_what_is_not_in_the_log_is_not_proven(site: Site, query: str) -> None:
    answer = calls_of(site, "auditor").get(f"/log/proofs/{query}")
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-value")


def all_of(calls: Calls, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    mark = "&" if "?" in path else "?"
    cursor: str | None = ""
    while cursor is not None:
        page = told(calls.get(f"{path}{mark}cursor={quote(cursor)}" if cursor else path))
        found, cursor = [*found, *page["items"]], page["next"]
    return found


def test_entries_are_listed_in_order_in_parts_and_by_what_they_are(site: Site) -> None:
    issued(site)
    calls = calls_of(site, "auditor")
    entries = all_of(calls, "/log/entries?limit=7")
    assert [item["seq"] for item in entries] == list(range(site.size))
    later = all_of(calls, "/log/entries?from=10&limit=3&kind=person:joined")
    assert later == [item for item in entries if item["seq"] >= 10 and item["kind"] == "person:joined"]
    matter = all_of(calls, f"/log/entries?subject={site.matter.id}&limit=1")
    assert matter == [item for item in entries if item["subject"] == site.matter.id]
    assert told(calls.get("/log/entries/3")) == entries[3]
    for path in ("/log/entries/999999", "/log/entries/99999999999999999999999"):
        assert calls.get(path).status_code == 404
    assert calls.get("/log/entries?limit=501").status_code == 422
    assert calls.get("/log/entries?first=1").status_code == 422


def test_checkpoints_are_listed_and_one_of_a_size_is_enough(site: Site) -> None:
    calls = calls_of(site, "auditor")
    first = told(calls.send("/log/checkpoints"))
    assert told(calls.send("/log/checkpoints")) == first
    issued(site)
    second = told(calls.send("/log/checkpoints"))
    assert all_of(calls, "/log/checkpoints?limit=1")[-2:] == [first, second]


def test_the_whole_is_taken_out_and_verifies(site: Site) -> None:
    issued(site)
    calls = calls_of(site, "auditor")
    for path in ("/log/export", "/log/export/whole"):
        answer: Any = calls.get(path)
        content = b"".join(answer.streaming_content)
        assert answer["Content-Type"] == "application/jsonl"
        assert verify_log(io.BytesIO(content)).is_verified
        assert (b"adjudge-part/1" in content) == (path == "/log/export/whole")


def test_everything_is_held_to_the_log(site: Site) -> None:
    found = told(calls_of(site, "auditor").get("/log/check"))
    assert (found["findings"], found["entries"]) == ([], site.size)


def test_who_may_not_read_the_log_learns_nothing_of_it(site: Site) -> None:
    reviewer, member = calls_of(site, "reviewer"), calls_of(site, "member")
    for path in (
        "",
        "/entries",
        "/entries/0",
        "/checkpoints",
        "/proofs/inclusion?entry=0",
        "/export",
        "/check",
    ):
        assert reviewer.get(f"/log{path}").status_code == 404
        assert member.get(f"/log{path}").status_code == 404
    assert reviewer.send("/log/checkpoints").status_code == 404
    assert service(site, [Act.READ_LOG]).get("/log/entries").status_code == 200


def test_the_right_to_check_the_log_is_not_the_right_to_what_is_sealed_beside_it(site: Site) -> None:
    """Found by review: a key that may read the log alone had every address of staff and members by the export."""
    narrow, auditor = service(site, [Act.READ_LOG]), calls_of(site, "auditor")
    new = {"email": "new@example.org", "name": "New", "roles": ["legal"]}
    person = told(calls_of(site, "administrator").send("/people", new))["id"]
    answer: Any = narrow.get("/log/export")
    content = b"".join(answer.streaming_content)
    assert verify_log(io.BytesIO(content)).is_verified
    assert b"example.org" not in content
    assert narrow.get("/log/export/whole").status_code == 404
    receipt = narrow.get(f"/log/receipts/{person}")
    assert told(receipt)["parts"] == []
    assert verify_receipt(receipt.content).is_verified
    assert "new@example.org" in auditor.get(f"/log/receipts/{person}").content.decode()


def test_a_receipt_is_for_whoever_may_read_what_it_is_about(site: Site) -> None:
    row = issued(site)
    person = site.people["reviewer"].id
    reviewer, member, auditor = (calls_of(site, name) for name in ("reviewer", "member", "auditor"))
    for path, who in {f"/log/receipts/{row.id}": member, f"/log/receipts/{site.matter.id}": reviewer}.items():
        assert told(who.get(path))["format"] == "adjudge-receipt/1"
    assert reviewer.get(f"/log/receipts/{person}").status_code == 404
    assert auditor.get(f"/log/receipts/{person}").status_code == 200
    assert member.get(f"/log/receipts/{person}").status_code == 404
