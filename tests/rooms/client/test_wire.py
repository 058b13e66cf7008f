"""What the client does where answers are late, lost, cut off or refused."""

import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from adjudge.client import ApiError, Client, NoAnswerError
from adjudge.client.wire import Received, Sent, Wire
from adjudge.errors import UnavailableError
from tests.rooms.client.scripted import CLOSE, SILENT, Scripted, answer, scripted

MATTER = {
    "id": "M1",
    "advertiser": "example",
    "policy": "ads",
    "territory": "",
    "state": "open",
    "opened_at": "2026-11-01T00:00:00Z",
    "source": "complaint",
    "detection": "",
    "notified": [],
    "assignee": "",
    "reason": "",
    "title": {"en": "A matter"},
}
READ = answer(200, json.dumps(MATTER).encode(), ETag='"abc.7"')


def read_from(server: Scripted) -> str:
    with Client(server.address) as client:
        return client.read_matter("M1").id


@contextmanager
def wire(server: Scripted, pauses: list[float]) -> Iterator[Wire]:
    line = Wire(server.address, timeout=30, retries=3, pause=pauses.append)
    try:
        yield line
    finally:
        line.close()


def exchanged(server: Scripted, pauses: list[float], into: io.BytesIO | None = None) -> Received:
    with wire(server, pauses) as line:
        return line.exchange(Sent(method="GET", target="/", into=into))


def test_a_connection_is_kept_for_further_requests() -> None:
    with scripted([READ, READ]) as server, Client(server.address, "secret") as client:
        assert client.read_matter("M1") == client.read_matter("M1")
        assert len(server.requests) == 2
        assert server.header(1, "Authorization") == "Bearer secret"


def test_a_connection_that_was_closed_meanwhile_is_opened_again_at_once() -> None:
    pauses: list[float] = []
    with scripted([READ], [READ]) as server, wire(server, pauses) as line:
        for _ in range(2):
            assert line.exchange(Sent(method="GET", target="/")).status == 200
    assert pauses == []


def test_a_lost_answer_to_an_act_is_asked_for_again_with_the_same_key() -> None:
    with scripted([CLOSE], [READ]) as server, Client(server.address, "secret") as client:
        client.open_matter(advertiser="example", policy="ads", reason="A complaint.")
        first, second = (server.header(number, "Idempotency-Key") for number in range(2))
        assert first == second != ""
        assert server.requests[0].partition(b"\r\n\r\n")[2] == server.requests[1].partition(b"\r\n\r\n")[2]


def test_each_act_has_a_key_of_its_own_unless_one_is_given() -> None:
    with scripted([READ, READ, READ]) as server, Client(server.address) as client:
        for once in ("", "", "mine"):
            client.open_matter(advertiser="example", policy="ads", reason="Why.", once=once)
        keys = [server.header(number, "Idempotency-Key") for number in range(3)]
    assert len(set(keys)) == 3
    assert keys[2] == "mine"


@pytest.mark.parametrize("status", [429, 503])
def test_who_is_told_to_come_again_later_does_so(status: int) -> None:
    pauses: list[float] = []
    with scripted([answer(status, Retry_After="3"), READ]) as server:
        assert exchanged(server, pauses).status == 200
    assert pauses == [3.0]


def test_who_is_told_to_wait_too_long_is_told_so_at_once() -> None:
    pauses: list[float] = []
    with scripted([answer(429, Retry_After="3600")]) as server, pytest.raises(ApiError) as raised:
        exchanged(server, pauses)
    assert (raised.value.status, pauses) == (429, [])


@pytest.mark.parametrize("told", ["0000000009999999", "1" + "0" * 5_000, "0000000003"])
def test_a_time_to_wait_with_too_many_digits_is_none_that_is_waited_for(told: str) -> None:
    pauses: list[float] = []
    with scripted([answer(429, Retry_After=told)]) as server, pytest.raises(ApiError):
        exchanged(server, pauses)
    assert pauses == []


def test_an_act_to_which_nobody_answered_is_called_again_with_the_key_in_the_error() -> None:
    """A fresh key would be another act."""
    with scripted([CLOSE], [CLOSE], [READ]) as server:
        with Client(server.address, retries=1) as client, pytest.raises(NoAnswerError) as raised:
            client.open_matter(advertiser="example", policy="ads", reason="Why.")
        error = raised.value
        assert f"once={error.once}" in error.hint
        with Client(server.address) as client:
            client.open_matter(advertiser="example", policy="ads", reason="Why.", once=error.once)
        assert {server.header(number, "Idempotency-Key") for number in range(3)} == {error.once}


def test_behind_the_page_of_a_proxy_an_act_may_have_been_done() -> None:
    with scripted([answer(502, b"<html>")]) as server, Client(server.address, retries=0) as client:
        with pytest.raises(ApiError) as raised:
            client.open_matter(advertiser="example", policy="ads", reason="Why.")
        assert raised.value.once == server.header(0, "Idempotency-Key") != ""
        assert f"once={raised.value.once}" in raised.value.hint


def test_of_what_only_reads_it_is_said_that_it_changed_nothing() -> None:
    with scripted(*([CLOSE],) * 4) as server, pytest.raises(NoAnswerError) as raised:
        exchanged(server, [])
    assert (raised.value.once, raised.value.hint) == ("", "nothing is changed by it: ask again")


@pytest.mark.parametrize("seq", ['"seven"', "1e999", "[]", "null"])
def test_a_number_that_is_none_is_not_read(seq: str) -> None:
    told = b'{"code": "changed-since", "changed": [{"seq": %s, "kind": "matter:closed"}]}' % seq.encode()
    with scripted([answer(412, told)]) as server, pytest.raises(ApiError) as raised:
        read_from(server)
    assert [item.seq for item in raised.value.changed] == [0]


def test_it_is_not_tried_for_ever() -> None:
    pauses: list[float] = []
    with scripted(*([CLOSE],) * 4) as server, pytest.raises(UnavailableError) as raised:
        exchanged(server, pauses)
    assert pauses == [0.1, 0.2, 0.4]
    assert "127.0.0.1" in raised.value.message


def test_a_refusal_is_not_tried_again_and_says_all_that_was_told() -> None:
    told = {
        "code": "changed-since",
        "detail": "It was changed.",
        "hint": "Look again.",
        "findings": [{"code": "why", "message": "Because.", "hint": "Mend it.", "where": "body.reason"}],
        "changed": [{"seq": 7, "at": "2026-11-01T00:00:00Z", "kind": "matter:closed", "by": "person:P1"}],
        "request": "R1",
    }
    with scripted([answer(412, json.dumps(told).encode())]) as server, pytest.raises(ApiError) as raised:
        read_from(server)
    error = raised.value
    assert (error.status, error.code, error.detail, error.hint) == (
        412,
        "changed-since",
        "It was changed.",
        "Look again.",
    )
    assert (error.findings[0].where, error.changed[0].kind, error.request) == (
        "body.reason",
        "matter:closed",
        "R1",
    )
    assert error.diagnostics() == "It was changed.\n  Look again.\n  - Because. (Mend it.)"


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"{}", b"\xff", b'{"code": 7, "findings": 1, "changed": [2]}']
)
def test_an_answer_of_somebody_in_between_is_an_error_too(body: bytes) -> None:
    with scripted([answer(500, body)]) as server, pytest.raises(ApiError) as raised:
        read_from(server)
    assert raised.value.status == 500


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    pauses: list[float] = []
    with scripted([answer(200, b"{}", Content_Length="9")], [READ]) as server:
        assert exchanged(server, pauses).content.startswith(b'{"id"')
    assert pauses == [0.1]


def test_a_file_that_breaks_off_is_told_and_not_begun_anew_behind_its_first_part() -> None:
    into = io.BytesIO()
    with scripted([answer(200, b"begun", Content_Length="9")]) as server, pytest.raises(UnavailableError):
        exchanged(server, [], into)
    assert into.getvalue() == b"begun"


@contextmanager
def impatient(server: Scripted, pauses: list[float]) -> Iterator[Wire]:
    line = Wire(server.address, timeout=0.2, retries=2, pause=pauses.append)
    try:
        yield line
    finally:
        line.close()


def test_what_takes_too_long_to_be_asked_is_not_asked_once_more() -> None:
    """Found by review: a slow question was computed six times at once, since nobody stops the first."""
    pauses: list[float] = []
    with scripted([SILENT], [READ]) as server, impatient(server, pauses) as line:
        with pytest.raises(UnavailableError) as raised:
            line.exchange(Sent(method="POST", target="/evaluations", body=b"{}"))
        assert "timeout" in raised.value.diagnostics()
        assert (len(server.requests), pauses) == (1, [])


def test_an_act_that_takes_long_is_sent_again_with_its_key_after_growing_pauses() -> None:
    pauses: list[float] = []
    act = Sent(method="POST", target="/matters", headers={"Idempotency-Key": "once"})
    with scripted([SILENT], [SILENT], [READ]) as server, impatient(server, pauses) as line:
        assert line.exchange(act).status == 200
        assert [server.header(number, "Idempotency-Key") for number in range(3)] == ["once"] * 3
    assert pauses == [1, 2]


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"id": "M1"}'])
def test_a_good_answer_of_somebody_else_is_an_error_of_the_call_and_no_bug(body: bytes) -> None:
    """Found by review: the page of a proxy was told as a broken promise of ours, which nobody catches."""
    with scripted([answer(200, body)]) as server, pytest.raises(ApiError) as raised:
        read_from(server)
    assert (raised.value.status, raised.value.code) == (200, "no-form-told")
    listed = answer(200, b'{"items": null}')
    with scripted([listed]) as server, Client(server.address) as client:
        with pytest.raises(ApiError) as raised:
            list(client.list_matters())
        assert raised.value.code == "no-form-told"


def test_where_an_answer_sends_elsewhere_it_is_said_where() -> None:
    moved = answer(301, b"", Location="https://elsewhere.example/")
    with scripted([moved]) as server, pytest.raises(ApiError) as raised:
        read_from(server)
    assert raised.value.code == "no-problem-told"
    assert "https://elsewhere.example/" in raised.value.diagnostics()
    assert len(server.requests) == 1


def test_a_refusal_is_never_written_where_a_file_is_wanted() -> None:
    into = io.BytesIO()
    with scripted([answer(404)]) as server, pytest.raises(ApiError):
        exchanged(server, [], into)
    assert into.getvalue() == b""


def test_what_was_seen_is_sent_with_a_change() -> None:
    with scripted([READ, READ]) as server, Client(server.address) as client:
        seen = client.read_matter("M1")
        client.close_matter("M1", reason="Done.", seen=seen)
        assert server.header(1, "If-Match") == '"abc.7"'


def test_what_was_only_listed_cannot_be_said_to_have_been_seen() -> None:
    page = answer(200, json.dumps({"items": [MATTER], "next": None}).encode())
    with scripted([page]) as server, Client(server.address) as client:
        (listed,) = client.list_matters()
        with pytest.raises(ValueError, match="read it by itself"):
            client.close_matter("M1", reason="Done.", seen=listed)


def test_a_list_is_gone_through_part_by_part_with_its_filters() -> None:
    parts = [
        answer(200, json.dumps({"items": items, "next": cursor}).encode())
        for items, cursor in (([MATTER], "one"), ([], "two"), ([MATTER], None))
    ]
    with scripted(parts) as server, Client(server.address) as client:
        assert [item.id for item in client.list_matters(state="open", limit=1)] == ["M1", "M1"]
        targets = [request.split(b" ")[1].decode() for request in server.requests]
    assert targets == [
        f"/api/v1/matters?state=open&limit=1{more}" for more in ("", "&cursor=one", "&cursor=two")
    ]


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_an_empty_name_is_no_address(name: str) -> None:
    with pytest.raises(ValueError, match="matter_id"):
        Client("http://127.0.0.1:1").read_matter(name)


def test_a_name_with_slashes_and_letters_stays_one_name() -> None:
    with scripted([READ]) as server, Client(server.address + "/under/") as client:
        client.read_matter("a/b ?é")
        assert server.requests[0].split(b" ")[1] == b"/under/api/v1/matters/a%2Fb%20%3F%C3%A9"


@pytest.mark.parametrize("address", ["adjudge.example", "ftp://adjudge.example", "https://", "http://x/?y"])
def test_what_is_no_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="an address such as"):
        Client(address)


def test_several_threads_use_one_client_at_once() -> None:
    """The second request is answered while the first one waits: they have connections of their own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = Client(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=30)
        found: list[str] = []
        threads = [
            threading.Thread(target=lambda: found.append(client.read_matter("M1").id)) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        both = [listener.accept()[0] for _ in range(2)]
        for connection in both:
            with connection:
                connection.recv(65_536)
                connection.sendall(READ)
        for thread in threads:
            thread.join()
        client.close()
    assert found == ["M1", "M1"]
