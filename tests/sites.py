"""A site for tests: the founding case in SQLite with people of several roles, made once and copied for each test.

Not a server: pages are asked for by Django's client, in this process, over the database that Django calls `default`.
"""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings

from adjudge.basis.instant import Clock, Instant, parse_timestamp
from adjudge.institution.data.case_folder import bring_case
from adjudge.institution.founding import SETTING_UP
from adjudge.institution.house import House
from adjudge.institution.on_database import Opened
from adjudge.institution.premises import occupy
from adjudge.institution.staff.people import FOUNDER, actor_of, invite, join
from adjudge.institution.staff.settling import settle_institution
from adjudge.ledger.signer import signer_of
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import MatterRow, PersonRow
from adjudge.records.shelf import MATTERS, PEOPLE
from adjudge.settings.schema import DATABASE, Settings
from adjudge.settings.web import sqlite
from adjudge.storage.blobs import FolderBlobs
from tests.databases import configured

configured()  # models can be imported from here on

from adjudge.storage.models import Account  # noqa: E402
from adjudge.storage.records import DatabaseRecords  # noqa: E402

CASE = Path(__file__).resolve().parent.parent / "examples" / "cases" / "kaspersky-2018"
PASSWORD = "a long enough password"  # noqa: S105 - of a test
ROLES = {
    "administrator": (Role.ADMINISTRATOR,),
    "reviewer": (Role.REVIEWER,),
    "other": (Role.REVIEWER,),
    "second": (Role.SECOND_REVIEWER,),
    "legal": (Role.LEGAL,),
    "auditor": (Role.AUDITOR,),
    "author": (Role.POLICY_AUTHOR,),
    "publisher": (Role.PUBLISHER,),
    "appeals": (Role.APPEALS,),
    "hearer": (Role.APPEALS,),
    "third": (Role.SECOND_REVIEWER,),
}
MEMBER = "member"
_HOUR = 3_600_000_000_000


class Answered(Protocol):
    """What Django's client gives: an answer, whichever class it is of."""

    @property
    def content(self) -> bytes: ...

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    def __getitem__(self, header: str, /) -> str: ...


@dataclass
class Site:
    """An institution that is served: its house, and browsers for its people."""

    opened: Opened
    people: dict[str, PersonRow] = field(default_factory=dict)

    @property
    def house(self) -> House:
        return self.opened.house

    def actor(self, name: str) -> Actor:
        with self.house.records.reading() as records:
            person = records.get(PEOPLE, self.people[name].id)
        assert person is not None
        return actor_of(person)

    def account(self, name: str) -> Account:
        return Account.objects.get(person=self.people[name].id)

    def client(self, name: str = "", *, language: str = "en", enforce: bool = False) -> Client:
        """A browser; signed in where somebody is named. Forms must carry their token where that is enforced."""
        client = Client(
            enforce_csrf_checks=enforce, headers={"accept-language": language, "host": "localhost"}
        )
        if name:
            client.force_login(self.account(name))
        return client

    @property
    def size(self) -> int:
        """Entries of the log."""
        with self.house.records.reading() as records:
            return records.size()

    @property
    def matter(self) -> MatterRow:
        with self.house.records.reading() as records:
            return records.find(MATTERS)[0]


def ticking(hour: int) -> Clock:
    """A clock that goes on by a second each time it is asked."""
    start, seconds = parse_timestamp("2026-11-01T00:00:00Z"), count(1)
    assert start is not None
    return lambda: Instant(start.nanos + hour * _HOUR + next(seconds) * 1_000_000_000)


def opened_in(folder: Path, hour: int = 12) -> Opened:
    """The institution of a folder, on the database that pages use."""
    house = House(
        records=DatabaseRecords(),
        blobs=FolderBlobs(folder / "documents"),
        clock=ticking(hour),
        random=secrets.token_bytes,
        largest_upload=200_000,
    )
    settings = Settings(data=folder, secret_key="for tests", largest_upload=200_000)  # noqa: S106 - of a test
    return Opened(house=house, signer=signer_of("adjudge.test", bytes(32)), settings=settings)


def pointed_to(folder: Path) -> None:
    """Have the pages use the database of a folder."""
    connections["default"].close()
    database = sqlite(str(folder / DATABASE))
    settled = connections.configure_settings({"default": database})
    connections.settings["default"] = settled["default"]
    del connections["default"]


def populated(opened: Opened) -> None:
    """Bring in the founding case and people of several roles, each with an account."""
    house = opened.house
    settle_institution(
        house,
        FOUNDER,
        platform={"en": "Platform", "fr": "Plateforme"},
        complaint="https://platform.example/complain",
        settlement="https://platform.example/settle",
        review={},
        languages=("en", "fr"),
        reason="set-up",
    )
    matter = bring_case(house, SETTING_UP, SETTING_UP, CASE)
    for name, roles in ROLES.items():
        joined_to(join(house, invite(house, FOUNDER, f"{name}@example.org", name.title(), roles).secret))
    invited = invite(
        house, FOUNDER, "member@example.org", "Member", (Role.MEMBER,), advertiser=matter.advertiser
    )
    joined_to(join(house, invited.secret))


def joined_to(person: PersonRow) -> PersonRow:
    """Give somebody who has joined an account."""
    account = Account(email=person.email, person=person.id)
    account.set_password(PASSWORD)
    account.save()
    return person


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a site, to be copied."""
    folder = tmp_path_factory.mktemp("site")
    found_in(folder)
    return folder


def found_in(folder: Path) -> None:
    """Make the site of a folder."""
    with quick_passwords():
        pointed_to(folder)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        populated(opened_in(folder))
        connections["default"].close()


def quick_passwords() -> override_settings:
    """Passwords hashed quickly: how slowly they are hashed is Django's matter, not ours."""
    return override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


@pytest.fixture
def site(founded: Path, tmp_path: Path) -> Iterator[Site]:
    """Give a site of one's own."""
    folder = tmp_path / "site"
    shutil.copytree(founded, folder)
    pointed_to(folder)
    opened = opened_in(folder, hour=13)
    occupy(opened)
    with opened.house.records.reading() as records:
        people = {row.email.split("@")[0]: row for row in records.find(PEOPLE)}
    with quick_passwords():
        yield Site(opened, people)
    connections["default"].close()
