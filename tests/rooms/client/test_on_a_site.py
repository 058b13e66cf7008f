"""The client on a real site: served by threads of this process, over the same database as the tests of pages."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler

from adjudge.client import ApiError, Client, Upload
from adjudge.client.wire import Broken, Received, Sent, Wire
from adjudge.institution.staff.keys import make_own_key
from tests.sites import Site, founded, site

__all__ = ["founded", "site"]
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "api.md"


class Silent(WSGIRequestHandler):
    """One that writes no line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name where it is declared
        del format, args


@contextmanager
def served() -> Iterator[str]:
    """Give the address of the site."""
    with make_server("localhost", 0, WSGIHandler(), handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def client_of(site: Site) -> Iterator[Callable[[str], Client]]:
    """Give what makes a client for somebody."""
    clients: list[Client] = []

    with served() as address:

        def made(name: str) -> Client:
            key = make_own_key(site.house, site.actor(name), "tests").secret if name else ""
            clients.append(Client(address, key, language="fr"))
            return clients[-1]

        yield made
        for client in clients:
            client.close()


def test_a_matter_is_worked_on(site: Site, client_of: Callable[[str], Client]) -> None:
    client = client_of("reviewer")
    (matter,) = client.list_matters(state="open", limit=1)
    assert matter.id == site.matter.id
    seen = client.read_matter(matter.id)
    assert seen == matter
    assigned = client.assign_matter(seen.id, person=site.people["other"].id, reason="Free.", seen=seen)
    assert assigned.assignee == site.people["other"].id
    with pytest.raises(ApiError) as raised:
        client.close_matter(seen.id, reason="Done.", seen=seen)
    assert (raised.value.status, raised.value.code) == (412, "changed-since")
    assert [change.kind for change in raised.value.changed] == ["matter:assigned"]
    assert client.close_matter(seen.id, reason="Done.", seen=assigned).state == "closed"


def test_an_act_under_a_key_of_ones_own_is_done_once(site: Site, client_of: Callable[[str], Client]) -> None:
    client, size = client_of("reviewer"), site.size + 1  # the key's own entry is one
    seen = client.read_matter(site.matter.id)
    first = client.close_matter(seen.id, reason="Done.", seen=seen, once="closing-M")
    again = client.close_matter(seen.id, reason="Done.", seen=seen, once="closing-M")
    assert first == again
    assert site.size == size


def test_a_secret_whose_answer_was_lost_is_an_error_and_never_an_empty_secret(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = Wire._once  # noqa: SLF001 - where answers are lost
    lost: list[Sent] = []

    def losing(wire: Wire, sent: Sent) -> Received:
        received = answered(wire, sent)
        if not lost:
            lost.append(sent)
            raise Broken(OSError("lost"))
        return received

    client = client_of("administrator")
    monkeypatch.setattr(Wire, "_once", losing)
    with pytest.raises(ApiError) as raised:
        client.invite_person(email="guest@example.org", name="A Guest", roles=["legal"])
    assert (raised.value.status, raised.value.code) == (409, "secret-told-already")
    assert raised.value.hint


def test_lists_are_gone_through_in_parts_of_any_size(client_of: Callable[[str], Client]) -> None:
    client = client_of("reviewer")
    whole = [item.id for item in client.list_claims()]
    assert len(whole) > 5
    assert [item.id for item in client.list_claims(limit=2)] == whole


def test_files_go_there_and_back(site: Site, client_of: Callable[[str], Client], tmp_path: Path) -> None:
    client = client_of("reviewer")
    description = {
        "kind": "party_statement",
        "title": "What it wrote",
        "publisher": "somebody",
        "language": "en",
        "precision": "unknown",
        "status": "primary",
        "sources": ["by post"],
        "summary": {},
    }
    sent = Upload(b"%PDF-1.7\n\x00\xff", 'Lettre "é".pdf', "application/pdf")
    row = client.receive_document(
        about=site.matter.advertiser, description=json.dumps(description), file=sent
    )
    assert row.size == len(sent.content)
    had = client.fetch_document(row.id)
    assert (had.content, had.media_type) == (sent.content, "application/pdf")
    with (tmp_path / "letter.pdf").open("wb") as stream:
        assert client.fetch_document(row.id, into=stream).content == b""
    assert (tmp_path / "letter.pdf").read_bytes() == sent.content


def test_a_refusal_is_told_in_the_language_asked_for(site: Site, client_of: Callable[[str], Client]) -> None:
    with pytest.raises(ApiError) as raised:
        client_of("member").close_matter(site.matter.id, reason="Mine.", seen="*")
    assert (raised.value.status, raised.value.code) == (404, "not-found")
    assert raised.value.detail != "there is nothing of this name here"


def test_what_is_public_needs_no_key(client_of: Callable[[str], Client]) -> None:
    assert list(client_of("").list_register()) == []
    with pytest.raises(ApiError) as raised:
        client_of("").read_myself()
    assert raised.value.status == 401


def test_the_guides_program_runs(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(
        r"^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    program = program.replace("P-000006", site.people["other"].id)
    monkeypatch.setenv("ADJUDGE_KEY", make_own_key(site.house, site.actor("reviewer"), "tests").secret)
    with served() as address:
        exec(compile(program.replace("https://adjudge.example", address), "api.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.splitlines() == [
        f"{site.matter.id} {site.matter.advertiser}",
        "['matter:assigned']",
    ]
    assert site.matter.state == "closed"
