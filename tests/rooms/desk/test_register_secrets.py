"""Secrets planted in every field of everything that is kept: no public face shows any of them (PEERS T15).

What may be shown is planted too, by other words: that the search finds those says that it would find the others.
"""

import argparse
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import quote

import duckdb
import pytest
from django.urls import URLPattern

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.cli import session as cli_session
from adjudge.cli.main import parser
from adjudge.cli.session import Session
from adjudge.clocks.term import ClockKind
from adjudge.desk.urls import ADDRESSES
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.talking import write
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.published.replying import answer_refusal, give_reply, refuse_reply
from adjudge.institution.register import lines
from adjudge.institution.register.mending import mend_register
from adjudge.records.rows import ClockRow, ClockState
from adjudge.records.shelf import (
    CLAIMS,
    CLOCKS,
    ENACTMENTS,
    PROCEDURES,
    QUEUE,
    REGISTER,
    REPLIES,
    SHELVES,
    SUBJECTS,
    VERSIONS,
)
from adjudge.redaction import redact
from adjudge.redaction.public import PublicDecision
from adjudge.redaction.redact import Material
from adjudge.redaction.terms import Terms
from adjudge.tongues.tongue import tongue_of
from tests.rooms.api.test_register import reversed_on_appeal
from tests.rooms.desk.test_register_pages import FILES, PAGES, body, got
from tests.rooms.institution.world import document
from tests.sites import Site

MARK = "zqsecret"
SHOWN = "zqshown"
"""What stands in a name of a legal person, in a reply, in a policy: these may be told."""
LINKS: Mapping[str, frozenset[str]] = {
    shelf: frozenset(names.split())
    for shelf, names in {
        "decision": "id matter subject advertiser package state rules grounds contrary supersedes",
        "claim": "id subject advertiser document",
        "document": "id advertiser",
        "subject": "id kind advertiser",
        "matter": "id advertiser policy state",
        "measure": "id decision kind",
        "appeal": "id decision state kind outcome",
        "clock": "id decision state",
        "reply": "id advertiser state",
        "version": "id policy state version text",
        "enactment": "id policy digest",
        "person": "id email",
        "contact": "id",
        "notice": "id",
        "message": "id",
        "delivery": "id",
        "institution": "id platform",  # whose pages these are, which they say
        "spend": "id",
        "key": "id",
        "dispute": "id",
        "misuse": "id",
        "hook": "id",
    }.items()
}
"""By which rows are found and belong together, and their states: the only fields in which none stands."""
KEPT_KEYS = frozenset({"fact", "stance", "kind", "person", "status", "names"})
"""Keys of trees that say what a text is. Their texts are as they were where something is told because of them."""
WHOLE = frozenset({"instead"})
"""Trees that name rules and measures, and nothing else."""
FURTHER = (
    "/register/log/checkpoint",
    "/register/policies/{digest}",
    "/register/policies?on=2026-11-22",
    "/receipt",
    "/robots.txt",
    "/register/sitemap.xml",
    "/link",
    "/link/N-000001-1-1.0",
    "/join/0",
    "/problems",
    "/problems/not-found",
    "/account/login",
    "/nothing",
    "/matters",
    "/api/v1/nothing",
)
"""Faces beside those of the register, and what is said of what is not there."""
NOT_PLANTED = (QUEUE, REGISTER, PROCEDURES)


class Planter:
    """Plants a secret of its own in each place, and remembers where."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def secret(self, place: str) -> str:
        word = f"{MARK}{len(self.places):05d}"
        self.places[word] = place
        return f"{word}@example.org +33 1 {len(self.places):08d}"

    def row(self, shelf: str, row: Any) -> Any:  # noqa: ANN401 - of any shelf
        hints = get_type_hints(type(row))
        planted = {
            item.name: self.filled(f"{shelf}.{item.name}", getattr(row, item.name), hints[item.name])
            for item in fields(row)
            if item.name not in LINKS[shelf]
        }
        return replace(row, **planted)

    def filled(self, place: str, value: Any, hint: Any) -> Any:  # noqa: ANN401 - of any type
        """A value with its secrets; and with one where there was nothing, but could be words."""
        if value is None and str in get_args(hint):
            return self.secret(place)
        if value == () and get_origin(hint) is tuple:
            return (self.new(place, get_args(hint)[0]),)
        return self.value(place, value)

    def new(self, place: str, hint: Any) -> Any:  # noqa: ANN401 - of any type
        """A value of a type, with secrets wherever words can stand."""
        if hint is str:
            return self.secret(place)
        if hint is Instant or Instant in get_args(hint):
            return parse_timestamp("2026-11-22T00:00:00Z")
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint))
        if get_origin(hint) is dict:
            return {self.secret(f"{place}, a key"): self.secret(place)}
        if get_origin(hint) is tuple:
            return (self.new(place, get_args(hint)[0]),)
        if is_dataclass(hint):
            return self.made(place, hint)
        return hint() if hint in {int, bool} else None

    def made(self, place: str, kind: Any) -> Any:  # noqa: ANN401 - of any type
        """A row, or a part of one, of which the story has none."""
        hints, links = get_type_hints(kind), LINKS.get(place, frozenset())
        told = {item.name: self.new(f"{place}.{item.name}", hints[item.name]) for item in fields(kind)}
        return kind(**{name: f"{place}-1" if name in links else value for name, value in told.items()})

    def value(self, place: str, value: Any, key: str = "") -> Any:  # noqa: ANN401 - of any type
        if key in WHOLE:
            return value
        match value:
            case Enum() | Instant() | bool() | int() | None:
                return value
            case str():
                return value if key in KEPT_KEYS else self.secret(place)
            case Mapping():
                planted = {name: self.value(f"{place}.{name}", item, name) for name, item in value.items()}
                return {**planted, self.secret(f"{place}, a key"): self.secret(place)}
            case tuple() | list():
                return type(value)(
                    [*(self.value(place, item, key) for item in value), *self.more(place, value)]
                )
            case _ if is_dataclass(value) and not isinstance(value, type):
                return replace(
                    value,
                    **{
                        item.name: self.value(f"{place}.{item.name}", getattr(value, item.name))
                        for item in fields(value)
                    },
                )
            case _:
                return value

    def more(self, place: str, value: Any) -> list[str]:  # noqa: ANN401 - of any type
        return [self.secret(place)] if value and all(isinstance(item, str) for item in value) else []


def lived(site: Site) -> list[str]:
    """Everything that the institution can keep, with words in it; the decisions."""
    house, member = site.house, site.actor("member")
    before, after = reversed_on_appeal(site)
    owner = site.matter.advertiser
    receive(
        house,
        member,
        owner,
        {**document(), "title": "Passport"},
        Upload(content=b"%PDF-1.7 words", file_name="p.pdf"),
    )
    settle_contact(house, member, owner, language="fr", emails=["post@example.org"], reason="asked for")
    appeal = file_appeal(house, member, after, ["Not enough."])
    write(house, member, appeal.id, "A word more.")
    give_reply(house, member, before, "We sell software.")
    give_reply(house, member, after, "Somebody's name.")
    refuse_reply(house, site.actor("legal"), after, "others", "It names a neighbour.")
    answer_refusal(house, member, after, "The neighbour is a firm.")
    make_owed(house)
    at = house.clock()
    with house.records.writing() as records:
        records.put(
            CLOCKS,
            ClockRow(
                id="clock",
                kind=str(ClockKind.DECIDE),
                state=ClockState.RAN_OUT,
                of=appeal.id,
                decision=before,
                advertiser=owner,
                started_at=at,
                count=1,
                unit="days",
                consequence="escalate",
                due_at=at,
            ),
        )
    return [before, after]


def planted(site: Site) -> Planter:
    """A secret in every field of every row."""
    planter = Planter()
    records = site.house.records
    kept = getattr(records, "kept", records)
    for shelf in SHELVES:
        if shelf in NOT_PLANTED:
            continue
        with kept.reading() as reading:
            rows = reading.find(shelf)
        rows = rows or [planter.made(shelf.name, shelf.row)]
        with kept.writing() as writing:
            writing.put_all(shelf, [told(shelf.name, planter, row) for row in rows])
    assert mend_register(records)
    assert mend_register(records) == 0
    return planter


def told(shelf: str, planter: Planter, row: Any) -> Any:  # noqa: ANN401 - of any shelf
    """A row with its secrets, and with what may be told by another word."""
    if shelf == ENACTMENTS.name:
        return row
    found = planter.row(shelf, row)
    if shelf == SUBJECTS.name and row.id == row.advertiser:
        name = {
            "text": f"{SHOWN} Ltd",
            "script": "Latn",
            "language": "en",
            "status": "verified",
            "person": "legal",
        }
        unverified = {**name, "text": planter.secret("an unverified name"), "status": "unverified"}
        unsaid = {**name, "text": planter.secret("a name of nobody knows whom"), "person": None}
        return replace(found, content={**found.content, "names": [name, unverified, unsaid]})
    if shelf == REPLIES.name and row.state == "shown":
        return replace(found, text=f"{SHOWN}reply")
    if shelf == CLAIMS.name:
        return replace(found, content={**found.content, "fact": row.content.get("fact")})
    return found


@pytest.fixture
def full(site: Site) -> tuple[Site, list[str], Planter]:
    """Give a site in which a secret stands everywhere, and its decisions."""
    decisions = lived(site)
    return site, decisions, planted(site)


def holds_words(hint: Any) -> bool:  # noqa: ANN401 - of any type
    """Whether words can stand in a value of a type: an enumeration has its own, and no others."""
    if isinstance(hint, type) and is_dataclass(hint):
        return any(map(holds_words, get_type_hints(hint).values()))
    if isinstance(hint, type):
        return hint in {str, object, dict} or not issubclass(hint, Enum | Instant | int | type(None))
    return hint is Any or any(holds_words(item) for item in get_args(hint) if item is not Ellipsis)


def test_every_field_of_every_row_that_can_hold_words_holds_a_secret(
    full: tuple[Site, list[str], Planter],
) -> None:
    """A field that is new is planted too, or it is said here why no secret stands in it."""
    site, _, _ = full
    bare = set()
    with site.house.records.reading() as records:
        for shelf in SHELVES:
            if shelf in (*NOT_PLANTED, ENACTMENTS):
                continue
            texts = [json.loads(shelf.write(row)) for row in records.find(shelf)]
            assert texts, shelf.name
            for name, hint in get_type_hints(shelf.row).items():
                if name in LINKS[shelf.name] or not holds_words(hint):
                    continue
                if not any(MARK in json.dumps(text.get(name)) for text in texts):
                    bare.add(f"{shelf.name}.{name}")
    assert bare == set()


def test_every_public_address_is_among_the_faces() -> None:
    known = [address.partition("?")[0] for address in (*PAGES, *FILES, *FURTHER)]
    public = [
        str(item.pattern)
        for item in ADDRESSES
        if isinstance(item, URLPattern) and str(item.name).startswith("register")
    ]
    for pattern in public:
        wanted = re.compile("/" + re.sub(r"<str:\w+>", "[^/]+", pattern.replace(".", r"\.")))
        assert any(wanted.fullmatch(address) for address in known), pattern


def faces(site: Site, decisions: list[str], words: list[str]) -> Iterator[tuple[str, bytes]]:
    """Everything that anybody is told without an account: each address, with what is answered."""
    addresses = [address.format(id=name) for address in (*PAGES, *FILES) for name in decisions]
    addresses += [f"/api/v1/register/{name}" for name in decisions]
    with site.house.records.reading() as records:
        digest = records.find(VERSIONS)[0].id
    addresses += [address.format(digest=digest) for address in FURTHER]
    addresses += ["/api/v1/register", "/api/v1/register/statistics", "/register/log/checkpoint"]
    addresses += ["/register?state=in_force", "/register?state=over", "/register.atom?text=the"]
    for word in words:
        for address in (
            "/register?text={}",
            "/register.json?text={}",
            "/register.atom?text={}",
            "/api/v1/register?text={}",
        ):
            addresses.append(address.format(quote(word)))
    addresses += [f"/register/{name}" for name in ("X-999999", site.matter.id, site.matter.advertiser)]
    addresses += ["/register?kind=nothing", "/api/v1/register?kind=nothing", "/api/v1/register?cursor=none"]
    for language in ("en", "fr"):
        for address in dict.fromkeys(addresses):
            answer = got(site, address, language=language)
            content = body(answer)
            assert answer.status_code in {200, 302, 401, 404, 422}, (address, content)
            yield address, content
            yield f"{address}, its headers", repr(sorted(answer.headers.items())).encode()
            if content[:4] == b"PAR1":
                yield address, parquet_text(site, content)


def parquet_text(site: Site, content: bytes) -> bytes:
    """What stands in a file of columns, which are packed."""
    path = site.opened.settings.data / "found.parquet"
    path.write_bytes(content)
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    path.unlink()
    return repr(found).encode()


def test_no_public_face_shows_a_secret(full: tuple[Site, list[str], Planter]) -> None:
    site, decisions, planter = full
    assert len(planter.places) > 500
    some = list(planter.places)[:: len(planter.places) // 8]
    seen = set[str]()
    for address, content in faces(site, decisions, some):
        text = content.decode("utf-8", "replace")
        asked = address.partition("text=")[2]
        leaked = {word: place for word, place in planter.places.items() if word in text and word != asked}
        assert not leaked, (address, leaked)
        if asked in planter.places:
            assert decisions[0] not in text, (address, "a secret is not found by, either")
        seen |= {word for word in (f"{SHOWN} Ltd", f"{SHOWN}reply") if word in text}
    assert seen == {f"{SHOWN} Ltd", f"{SHOWN}reply"}, (
        "what may be told is told: the search sees what there is"
    )


COMMANDS = ("list", "list --text {word}", "show {id}", "export {folder}/all.{ending}", "figures")


def commands(decisions: list[str], word: str, folder: Path) -> Iterator[list[str]]:
    """Commands of the register that anybody with a key may give, in each form and language."""
    lines = dict.fromkeys(
        command.format(id=name, word=word, folder=folder, ending=ending)
        for command in COMMANDS
        for name in decisions
        for ending in ("csv", "json", "parquet")
    )
    for line in lines:
        for form in ("text", "json"):
            for language in ("en", "fr"):
                yield ["register", *line.split(), "--format", form, "--lang", language]


def test_no_command_of_the_register_shows_a_secret(
    full: tuple[Site, list[str], Planter],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site, decisions, planter = full
    session = Session(
        house=site.house,
        actor=site.actor("author"),
        signer=site.opened.signer,
        tongue=tongue_of("en"),
        as_json=False,
        settings=site.opened.settings,
    )

    def in_this_one(asked: argparse.Namespace, do: Callable[[Session], int]) -> int:
        return do(replace(session, tongue=tongue_of(asked.lang), as_json=asked.format == "json"))

    monkeypatch.setattr(cli_session, "in_session", in_this_one)
    told = ""
    for given in commands(decisions, f"{SHOWN}reply", tmp_path):
        asked = parser().parse_args(given)
        assert asked.run(asked) == 0, given
        told += capsys.readouterr().out
    for file in tmp_path.glob("all.*"):
        content = file.read_bytes()
        told += parquet_text(site, content).decode() if file.suffix == ".parquet" else content.decode()
    assert not {word: place for word, place in planter.places.items() if word in told}
    assert f"{SHOWN}reply" in told
    assert f"{SHOWN} Ltd" in told


LEAKS: Mapping[str, Callable[[Any], str]] = {
    "the name of an advertiser": lambda found: found.advertiser.content["names"][1]["text"],
    "a statement": lambda found: next(iter(found.decision.statement.values()), ""),
    "what a person wrote": lambda found: found.decision.proposal["reason"],
    "what was written in an appeal": lambda found: found.appeals[0].points[0].text if found.appeals else "",
    "a document": lambda found: (
        next(iter(found.documents.values())).content["title"] if found.documents else ""
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_is_seen(
    full: tuple[Site, list[str], Planter], leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search is tried: where the redaction lets one thing through, secrets are found on the faces."""
    site, decisions, planter = full
    redacted = redact.redacted

    def leaking(found: Material, terms: Terms) -> PublicDecision | None:
        public = redacted(found, terms)
        return replace(public, policy=f"{public.policy} {LEAKS[leak](found)}") if public is not None else None

    monkeypatch.setattr(lines, "redacted", leaking)
    mend_register(site.house.records)
    found = [
        address
        for address, content in faces(site, decisions, [])
        if any(word.encode() in content for word in planter.places)
    ]
    for face in (
        "/register",
        "/register.csv",
        "/register.json",
        f"/register/{decisions[0]}",
        "/api/v1/register",
    ):
        assert face in found, (leak, face)


def test_rows_of_the_register_hold_no_secret_either(full: tuple[Site, list[str], Planter]) -> None:
    site, _, planter = full
    with site.house.records.reading() as records:
        for row in records.find(REGISTER):
            text = io.StringIO()
            json.dump([row.shown, row.words, row.cell], text, ensure_ascii=False)
            assert MARK not in text.getvalue(), [word for word in planter.places if word in text.getvalue()]
