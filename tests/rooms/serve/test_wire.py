"""Peers that send too much, too slowly, or what is no HTTP: they are told so, cut off, and cost others nothing."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.follow import Follower
from adjudge.serve.sidecar.wire import Bounds
from tests.rooms.serve.beside import Beside, beside, connected, heard, is_ended, next_of, request, soon
from tests.rooms.serve.folder import Folder, trusted

STOP = Scope(kind="suspend", reason="ads/1")
BODY = b'{"ad":"one"}'
SHORT = Bounds(body=1_000, head=500, headers=10, connections=8, first=0.6, idle=1.2, whole=0.6, linger=0.2)
STAYS = ""
CHUNKED = b"POST /v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def follower(tmp_path: Path) -> Follower:
    folder = Folder(tmp_path, now=time.time_ns() // 1_000_000)
    folder.publish(1, {"c:one": (Served(scope=STOP, decision="X-000001"),)})
    found = Follower(tmp_path, [trusted()], without="deny")
    found.refresh()
    return found


@pytest.fixture
def asked(follower: Follower) -> Iterator[Beside]:
    with beside(follower, SHORT) as found:
        yield found
        # Whatever was done to it, it answers the next one.
        for _ in soon():
            if len(found.door.wires) < SHORT.connections:
                break
        assert not found.ask({"ad": "one"}).json["allow"]


def one(more: str = STAYS) -> bytes:
    return request("POST", "/v1/check", BODY, more)


def test_a_connection_is_kept_and_requests_in_one_piece_are_answered_in_their_order(asked: Beside) -> None:
    with connected(asked.address) as peer:
        for _ in range(3):
            peer.sendall(one())
            assert not heard(peer).json["allow"]
        peer.sendall(
            one() + request("GET", "/health", more=STAYS) + one() + request("GET", "/no", more=STAYS)
        )
        found, rest = [], b""
        for _ in range(4):
            answer, rest = next_of(peer, rest)
            found.append(answer)
        assert [answer.status for answer in found] == [200, 200, 200, 404]
        assert found[1].body == b"ok\n"


def test_a_request_in_single_bytes_is_one_request(asked: Beside) -> None:
    with connected(asked.address) as peer:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in one():
            peer.sendall(bytes([byte]))
        assert not heard(peer).json["allow"]


def test_a_body_in_chunks_is_one_body(asked: Beside) -> None:
    told = b"POST /v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connected(asked.address) as peer:
        peer.sendall(told + b'5\r\n{"ad"\r\n7\r\n:"one"}\r\n0\r\n\r\n')
        assert not heard(peer).json["allow"]
        assert not asked.ask({"ad": "one"}).json["allow"]


def test_whoever_waits_for_leave_to_send_gets_it(asked: Beside) -> None:
    head, _, body = one("Expect: 100-continue\r\n").partition(b"\r\n\r\n")
    with connected(asked.address) as peer:
        peer.sendall(head + b"\r\n\r\n")
        assert peer.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(body)
        assert not heard(peer).json["allow"]


def test_a_head_is_answered_without_a_body(asked: Beside) -> None:
    with connected(asked.address) as peer:
        peer.sendall(request("HEAD", "/health"))
        assert heard(peer, is_head=True).status == 200
        assert is_ended(peer)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20, 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400),
        (b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 6\r\n\r\nhello", 400),
        (b"POST /v1/check HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
        (b"POST /v1/check HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"POST /v1/check HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", 413),
        (b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999\r\n\r\n", 413),
        (CHUNKED + b"80\r\n" + b"a" * 128 + b"\r\n", 408),
        (CHUNKED + (b"80\r\n" + b"a" * 128 + b"\r\n") * 9, 413),
        (CHUNKED + b"1;" + b"x" * 4_000, 413),
        (b"GET /" + b"a" * 1_000 + b" HTTP/1.1\r\n\r\n", 431),
        (b"GET /health HTTP/1.1\r\nX: " + b"a" * 1_000 + b"\r\n\r\n", 431),
        (b"GET /health HTTP/1.1\r\nX: " + b"a" * 1_000, 431),
        (b"GET /health HTTP/1.1\r\n" + b"X: a\r\n" * 20 + b"\r\n", 431),
    ],
)  # fmt: skip
def test_what_is_too_much_or_no_http_is_told_so_and_cut_off(asked: Beside, told: bytes, status: int) -> None:
    with connected(asked.address) as peer:
        peer.sendall(told)
        answer = heard(peer)
        assert (answer.status, answer.json["status"]) == (status, status)
        assert "Connection: close" in answer.head
        assert is_ended(peer)


def test_whoever_sends_on_after_a_refusal_still_reads_it(asked: Beside) -> None:
    with connected(asked.address) as peer:
        peer.sendall(b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        try:
            for _ in range(100):
                peer.sendall(b"a" * 1_000)
        except OSError:
            pytest.fail("it was cut off before it had read why")
        assert heard(peer).status == 413


@pytest.mark.parametrize(
    ("told", "status"),
    [(b"", 0), (b"PO", 408), (one()[:-3], 408), (b"\r\n", 408)],
)
def test_half_a_request_is_given_up(asked: Beside, told: bytes, status: int) -> None:
    with connected(asked.address) as peer:
        peer.sendall(told)
        if status:
            assert heard(peer).status == status
        assert is_ended(peer)


def test_a_request_that_comes_a_byte_at_a_time_is_given_up_all_the_same(asked: Beside) -> None:
    start = time.monotonic()
    with connected(asked.address) as peer:
        peer.settimeout(0.05)
        for byte in b"GET /health HTTP/1.1\r\n" + b"X: a\r\n" * 100:
            try:
                peer.sendall(bytes([byte]))
                told = peer.recv(10)
            except TimeoutError:
                continue
            break
    assert told == b"HTTP/1.1 4"
    assert time.monotonic() - start < 3


def test_a_connection_that_is_kept_for_nothing_is_closed(asked: Beside) -> None:
    with connected(asked.address) as peer:
        peer.sendall(one())
        heard(peer)
        assert is_ended(peer)


def test_who_sends_no_more_and_listens_is_answered(asked: Beside) -> None:
    with connected(asked.address) as peer:
        peer.sendall(one())
        peer.shutdown(socket.SHUT_WR)
        assert not heard(peer).json["allow"]
        assert is_ended(peer)


def test_who_goes_away_in_the_middle_is_forgotten(asked: Beside) -> None:
    for cut in (1, 20, 60):
        with connected(asked.address) as peer:
            peer.sendall(one()[:cut])
    for _ in soon():
        if not asked.door.wires:
            break


def test_who_does_not_take_the_answers_is_cut_off(follower: Follower) -> None:
    questions = b"[" + b",".join([BODY] * 2_000) + b"]"
    with beside(follower, Bounds(whole=0.6)) as asked, connected(asked.address) as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        peer.settimeout(0.3)
        try:
            for _ in range(1_000):
                peer.sendall(request("POST", "/v1/check", questions, STAYS))
        except TimeoutError:
            pass  # nothing more is read from us
        except OSError:
            return  # we were cut off already
        else:
            pytest.fail("everything was read though nothing was taken")
        for _ in soon():
            if not asked.door.wires:
                break


def test_large_batches_in_one_piece_are_answered_in_their_order(follower: Follower) -> None:
    sizes = (700, 1, 1_200, 2, 300)
    with beside(follower) as asked, connected(asked.address) as peer:
        peer.sendall(
            b"".join(
                request("POST", "/v1/check", b"[" + b",".join([BODY] * size) + b"]", STAYS) for size in sizes
            )
            + b"nonsense\r\n\r\n"
        )
        found, rest = [], b""
        for _ in sizes:
            answer, rest = next_of(peer, rest)
            found.append(len(answer.json))
        assert tuple(found) == sizes
        assert is_ended(peer)


def test_many_who_only_come_leave_room_for_those_who_ask(asked: Beside) -> None:
    peers = []
    try:
        for _ in range(40):
            peer = socket.create_connection(asked.address)
            peers.append(peer)
        for _ in range(5):
            assert asked.ask({"ad": "one"}).status == 200
        assert asked.door.turned_away > 0
    finally:
        for peer in peers:
            peer.close()


def test_where_all_are_at_something_the_next_one_is_turned_away(asked: Beside) -> None:
    peers = [socket.create_connection(asked.address) for _ in range(SHORT.connections)]
    try:
        for peer in peers:
            peer.sendall(b"POST ")
        for _ in soon():
            if not any(wire.is_idle for wire in list(asked.door.wires)):
                break
        with connected(asked.address) as last:
            assert heard(last).status == 503
            assert is_ended(last)
    finally:
        for peer in peers:
            peer.close()


def test_it_is_asked_at_a_socket_of_the_file_system_too(follower: Follower, tmp_path: Path) -> None:
    with beside(follower, unix=tmp_path / "ask") as asked:
        assert not asked.ask({"ad": "one"}).json["allow"]
        assert asked.get("/health").status == 200


@pytest.mark.parametrize("fault", [lambda _: 1 / 0, None])
def test_a_fault_of_ours_is_told_and_ends_nothing(
    follower: Follower, fault: Callable[[object], object] | None, caplog: pytest.LogCaptureFixture
) -> None:
    async def later(_: object) -> object:
        return 1 / 0

    with beside(follower) as asked:
        answering = asked.door.answering
        asked.door.answering = fault or later  # type: ignore[assignment]  # that is the fault
        answer = asked.ask({"ad": "one"})
        assert (answer.status, answer.json["detail"]) == (500, "this failed here")
        assert "ZeroDivisionError" in caplog.text
        asked.door.answering = answering
        assert asked.ask({"ad": "one"}).status == 200
        told = asked.get("/metrics").body.decode()
        assert '\nadjudge_serve_requests_total{route="other",status="500"} 1\n' in told


LARGE = b"[" + b",".join([BODY] * 10_000) + b"]"


@pytest.mark.parametrize("way", ["told to close", "while it stops", "a part of a batch"])
def test_a_last_answer_may_be_taken_as_slowly_as_any_other(
    follower: Follower, tmp_path: Path, way: str
) -> None:
    more = "Connection: close\r\n" if way == "told to close" else STAYS
    bounds = Bounds(linger=0.2)
    with beside(follower, bounds, unix=tmp_path / "s") as asked, connected(asked.address) as peer:
        if way == "a part of a batch":  # of one that is answered at once, and less than is kept back
            questions = b"[" + b",".join([BODY] * 240) + b"]"
            peer.sendall(request("POST", "/v1/check", questions, STAYS) * 10 + one("Connection: close\r\n"))
            sizes = [240] * 10
        else:
            if way == "while it stops":
                for _ in soon():
                    if asked.door.wires:
                        break
                asked.door.is_closing = True
            peer.sendall(request("POST", "/v1/check", LARGE, more))
            sizes = [10_000]
        begun = peer.recv(100)
        time.sleep(1.2)
        for size in sizes:
            answer, begun = next_of(peer, begun)
            assert len(answer.json) == size
        for _ in soon():
            if not asked.door.wires:
                break
        asked.door.is_closing = False


def test_a_last_answer_that_nobody_takes_is_given_up(follower: Follower, tmp_path: Path) -> None:
    bounds = Bounds(whole=0.6, linger=0.2)
    with beside(follower, bounds, unix=tmp_path / "s") as asked, connected(asked.address) as peer:
        peer.sendall(request("POST", "/v1/check", LARGE, "Connection: close\r\n"))
        peer.recv(100)
        for _ in soon():
            if not asked.door.wires:
                break


def test_whoever_asks_for_another_protocol_behind_a_batch_gets_the_batch(follower: Follower) -> None:
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    with beside(follower) as asked, connected(asked.address) as peer:
        peer.sendall(
            request("POST", "/v1/check", LARGE, STAYS) + request("GET", "/health", more=upgrade) + b"more"
        )
        answer, rest = next_of(peer)
        assert len(answer.json) == 10_000
        assert next_of(peer, rest)[0].body == b"ok\n"
        assert is_ended(peer)


def test_what_is_under_way_ends_before_it_closes(follower: Follower) -> None:
    with beside(follower) as asked, connected(asked.address) as idle, connected(asked.address) as busy:
        idle.sendall(one())
        heard(idle)
        busy.sendall(one()[:-3])
        for _ in soon():
            if sum(not wire.is_idle for wire in list(asked.door.wires)) == 1:
                break
        asked.stopped.set()
        assert is_ended(idle)
        busy.sendall(one()[-3:])
        answer = heard(busy)
        assert not answer.json["allow"]
        assert "Connection: close" in answer.head
