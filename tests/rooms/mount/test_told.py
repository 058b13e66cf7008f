"""What the program tells of itself: one form for all, a line for each request, and nothing about anybody."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from adjudge.errors import NotFoundError
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.staff.keys import make_own_key
from adjudge.mount.requests import HEADER, MOST_CODES, problem_code
from adjudge.mount.site import site_settings
from adjudge.mount.telling.form import formatter
from adjudge.mount.telling.traces import trace_of
from adjudge.records.shelf import APPEALS, DECISIONS
from tests.rooms.desk.hearings import SUBJECT
from tests.sites import PASSWORD, Site

MARKS = ("Zebulon", "zebulon@hidden.example", "a marked sentence", "Quuxville", "marked-advertiser")
CHANCE = "0123456789abcdef-0123"


class Told:
    """All that was told while something was done."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == "adjudge.requests"]


@contextmanager
def telling(form: str = "json") -> Iterator[Told]:
    """Hear everything, down to the least."""
    told, root, own = Told(), logging.getLogger(), logging.getLogger("adjudge")
    handler = logging.StreamHandler(told.stream)
    handler.setFormatter(formatter(form))
    levels = [(logger, logger.level) for logger in (root, own, logging.getLogger("django"))]
    for logger, _ in levels:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    try:
        yield told
    finally:
        root.removeHandler(handler)
        for logger, level in levels:
            logger.setLevel(level)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    # Of codes only so many are told by name in one process: those that other tests made up are not to count here.
    monkeypatch.setattr("adjudge.mount.requests._CODES", set())
    with telling() as found:
        yield found


def test_a_request_is_one_line_by_template_status_and_id(site: Site, told: Told) -> None:
    answer = site.client("reviewer").get(f"/matters/{site.matter.id}?q=x", headers={HEADER: CHANCE})
    assert answer.status_code == 200
    (line,) = told.requests
    assert set(line) == {
        "time",
        "level",
        "logger",
        "event",
        "route",
        "method",
        "status",
        "micros",
        "who",
        "request",
    }
    assert (line["route"], line["method"], line["status"]) == ("/matters/<str:matter_id>", "GET", 200)
    assert line["who"] == f"person:{site.people['reviewer'].id}"
    assert isinstance(line["micros"], int)
    assert line["request"] == answer[HEADER] == CHANCE


@pytest.mark.parametrize(
    "given", ["", "short", "Zebulon-0123456789abcdef", "0" * 65, "0123456789abcdef\u00e9"]
)
def test_an_id_of_a_request_that_could_say_something_is_replaced(site: Site, told: Told, given: str) -> None:
    answer = site.client().get("/account/login", headers={HEADER: given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer[HEADER])
    assert told.requests[0]["request"] == answer[HEADER]


def test_a_key_is_told_by_its_id(site: Site, told: Told) -> None:
    made = make_own_key(site.house, site.actor("reviewer"), "mine")
    bearer = {"authorization": f"Bearer {made.secret}"}
    assert site.client().get("/api/v1/matters", headers=bearer).status_code == 200
    assert told.requests[0]["who"] == site_actor_name(site, made.key.id)
    assert made.secret not in told.text
    assert site.client().get("/api/v1/matters").status_code == 401
    assert (told.requests[1]["code"], told.requests[1]["who"]) == ("no-key", "")


def site_actor_name(site: Site, key: str) -> str:
    assert site.people
    return f"key:{key}"


def test_probes_and_style_sheets_are_told_only_where_they_fail(site: Site, told: Told) -> None:
    client = site.client()
    for address in ("/health", "/static/desk/desk.css"):
        client.get(address).close()
    assert {line["level"] for line in told.requests} == {"debug"}
    assert client.get("/ready").status_code == 503
    assert (told.requests[-1]["level"], told.requests[-1]["route"]) == ("warning", "/ready")
    assert client.get("/metrics").status_code == 404
    assert told.requests[-1]["level"] == "info"


def test_nothing_of_a_story_stands_in_the_log(site: Site, told: Told) -> None:
    """People invited, words written, documents handed in, things asked for that are not there: only ids are told."""
    administrator, member = site.client("administrator"), site.client("member")
    invited = administrator.post(
        "/people/invite", {"name": MARKS[0], "email": MARKS[1], "roles": ["reviewer"], "advertiser": ""}
    )
    assert invited.status_code in {200, 302}
    link = re.search(r"/join/([0-9a-f]{48})", invited.content.decode())
    if link is not None:
        assert site.client().get(link[0]).status_code == 200
    site.client().get(f"/join/{'5' * 48}")
    site.client().post("/account/login", {"login": MARKS[1], "password": MARKS[2]})
    signed_in = Client(headers={"host": "localhost"})
    signed_in.post("/account/login", {"login": "reviewer@example.org", "password": PASSWORD})
    site.client("reviewer").post(
        f"/matters/{site.matter.id}/documents",
        {
            "file": SimpleUploadedFile(f"{MARKS[3]}.txt", MARKS[2].encode()),
            "title": MARKS[2],
            "publisher": MARKS[0],
            "reason": MARKS[2],
        },
    )
    site.client("reviewer").post(f"/matters/{site.matter.id}/close", {"reason": MARKS[2]})
    member.post("/contact", {"emails": MARKS[1], "language": "en", "reason": MARKS[2]})
    decision = issued_by_pages(site)
    filed = member.post(f"/decisions/{decision}/appeal", {"points": f"{MARKS[0]}. {MARKS[2]}"})
    assert filed.status_code == 302
    with site.house.records.reading() as records:
        appeal = records.find(APPEALS)[0].id
    wrote = member.post(f"/appeals/{appeal}/write", {"text": MARKS[2], "before": "0"})
    assert wrote.status_code == 302
    assert MARKS[2] in site.client("appeals").get(f"/appeals/{appeal}").content.decode()
    site.client("appeals").get(f"/contact/{MARKS[4]}")
    member.get(f"/matters?q={MARKS[3]}")
    member.get(f"/{MARKS[3]}/{MARKS[1]}")
    site.client().get("/account/login", headers={"host": f"{MARKS[3]}.example"})
    site.client(enforce=True).post(f"/language?next={MARKS[3]}", {"language": MARKS[0]})
    with pytest.raises(NotFoundError):
        file_appeal(site.house, site.actor("member"), MARKS[4], [MARKS[2]])
    assert len(told.requests) >= 12
    hidden = [
        *MARKS,
        "5" * 48,
        link[1] if link is not None else MARKS[0],
        PASSWORD,
        "127.0.0.1",
        *(person.email for person in site.people.values()),
    ]
    for word in hidden:
        assert word not in told.text, word
    assert any(line["logger"].startswith("django.security") for line in told.lines)


def issued_by_pages(site: Site) -> str:
    """A decision with marks in all that people wrote."""
    reviewer, second, legal = (site.client(name) for name in ("reviewer", "second", "legal"))
    words = {"reason": MARKS[2], "milder": MARKS[0], "rights": MARKS[3]}
    assert reviewer.post(f"/matters/{site.matter.id}/propose/{SUBJECT}", words).status_code == 302
    with site.house.records.reading() as records:
        row = records.find(DECISIONS)[-1]
    sent = {"digest": row.digest, "reason": MARKS[2], "role": "legal"}
    assert second.post(f"/decisions/{row.id}/confirm", sent).status_code == 302
    assert legal.post(f"/decisions/{row.id}/sign", sent).status_code == 302
    assert reviewer.post(f"/decisions/{row.id}/issue").status_code == 302
    return row.id


def failing(_request: HttpRequest, name: str) -> HttpResponse:
    local = name.upper()
    raise ValueError(local + MARKS[2])


class Failing:
    """Addresses of which one fails."""

    urlpatterns = (path("fail/<str:name>", failing), path("", include("adjudge.mount.urls")))
    handler500 = "adjudge.desk.frame.failing.failed"


def test_a_page_that_fails_is_told_with_its_place_and_no_value(
    site: Site, told: Told, settings_urls: None
) -> None:
    assert settings_urls is None
    client = site.client()
    client.raise_request_exception = False
    answer = client.get(f"/fail/{MARKS[0]}?x={MARKS[3]}")
    assert answer.status_code == 500
    (failed,) = [line for line in told.lines if line["logger"] == "django.request"]
    assert failed["request"] == answer[HEADER]
    assert failed["event"] == "a page could not be answered (status 500)"
    assert "in failing: raise ValueError(local + MARKS[2])" in failed["trace"]
    assert failed["trace"].endswith("ValueError")
    assert told.requests[0]["level"] == "warning"
    for word in MARKS:
        assert word not in told.text
        assert word.upper() not in told.text


@pytest.fixture
def settings_urls() -> Iterator[None]:
    from django.test import override_settings
    from django.urls import clear_url_caches

    with override_settings(ROOT_URLCONF=Failing):
        clear_url_caches()
        yield
    clear_url_caches()


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause  # noqa: TRY301 - to be caught with the way to here
    except BaseException as found:  # noqa: BLE001 - it was made to be caught
        return found


def test_kinds_of_errors_that_speak_of_code_keep_their_words() -> None:
    cause = raised(IntegrityError("DETAIL: Key (email)=(zebulon@hidden.example) already exists"))
    trace = trace_of(raised(OperationalError("database is locked"), cause))
    assert trace.index("IntegrityError") < trace.index("OperationalError: database is locked")
    assert "zebulon" not in trace
    assert trace_of(raised(FileNotFoundError(2, "No such file", "/home/zebulon"))).endswith(
        "FileNotFoundError: No such file"
    )
    assert trace_of(raised(KeyError("zebulon"))).endswith("KeyError")
    assert trace_of(raised(TypeError("an int was wanted"))).endswith("TypeError: an int was wanted")


@pytest.mark.parametrize(
    ("logger", "message", "arguments", "wanted"),
    [
        ("adjudge.mount.x", "%s waits for z@example.org", (3,), "3 waits for …"),
        ("gunicorn.error", "Worker (pid:%s) was sent %s!", (12, "zebulon"), "Worker (pid:12) was sent …!"),
        ("gunicorn.error", "Invalid request from ip=10.0.0.7: zebulon", (), "a request could not be read"),
        ("gunicorn.error", "Error handling request %s", ("/join/zebulon",), "Error handling request …"),
        ("some.library", "from 10.0.0.7 and fe80::1 for 'zebulon'", (), "from … and … for …"),
        ("some.library", "%.2r at %d", ("zebulon", 4), "'… at 4"),
        ("some.library", "100% of it", (), "100% of it"),
    ],
)
def test_of_strangers_words_their_own_are_kept(
    told: Told, logger: str, message: str, arguments: tuple[object, ...], wanted: str
) -> None:
    found = logging.getLogger(logger)
    record = found.makeRecord(logger, logging.ERROR, "", 0, message, arguments, None)
    logging.getLogger().handle(record)
    assert told.lines[-1]["event"] == wanted


@pytest.mark.parametrize("name", ["adjudge.mount.publisher", "__main__"])
def test_our_own_words_are_kept_also_where_a_module_is_run_as_a_program(name: str) -> None:
    with telling() as told:
        logging.getLogger(name).warning("%s", "the disk is full")
    assert [line["event"] for line in told.lines] == ["the disk is full"]


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (DisallowedHost("zebulon.example"), "which `ADJUDGE_HOSTS` does not name"),
        (SuspiciousOperation("zebulon"), "a request was refused: SuspiciousOperation"),
    ],
)
def test_what_strangers_send_is_a_line_without_a_trace(told: Told, error: Exception, wanted: str) -> None:
    try:
        raise error
    except SuspiciousOperation:
        logging.getLogger("django.security.X").error("zebulon", exc_info=sys.exc_info())  # noqa: G201 - as Django does
    (line,) = told.lines
    assert wanted.removeprefix("which ") in line["event"]
    assert "trace" not in line
    assert "zebulon" not in told.text


def test_text_is_one_line_that_drives_no_terminal() -> None:
    with telling("text") as told:
        logging.getLogger("adjudge.x").warning("one\ntwo \x1b[31m%s", "é" * 5_000)
    (line,) = told.text.splitlines()
    assert line.isascii()
    assert line.isprintable()
    assert " warning adjudge.x: one | two " in line
    assert len(line) < 9_000


def test_the_level_that_is_set_is_that_of_our_lines(site: Site) -> None:
    from dataclasses import replace

    for level, own, strangers in (
        ("debug", "DEBUG", "WARNING"),
        ("info", "INFO", "WARNING"),
        ("error", "ERROR", "ERROR"),
    ):
        found = site_settings(replace(site.opened.settings, log_level=level, log_format="json"))["LOGGING"]
        assert found["loggers"]["adjudge"]["level"] == own
        assert found["root"]["level"] == strangers
        assert found["formatters"]["line"]["form"] == "json"


def test_codes_of_problems_are_bounded() -> None:
    def answered(text: str) -> HttpResponse:
        return HttpResponse(text, status=422, content_type="application/problem+json")

    assert problem_code(answered('{"code": "not-found"}')) == "not-found"
    assert problem_code(answered('{"code": "A b"}')) == "OTHER"
    assert problem_code(answered('{"other": 1}')) == ""
    assert problem_code(answered("no json")) == ""
    assert problem_code(HttpResponse('{"code": "not-found"}')) == ""
    codes = {
        problem_code(answered(json.dumps({"code": f"code-{number}"}))) for number in range(MOST_CODES + 9)
    }
    assert len(codes) <= MOST_CODES + 1
    assert "OTHER" in codes
