"""Institutions for tests of backups: one in which everything was done, and what is kept of one, row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from adjudge.institution.backup.making import Asked, back_up
from adjudge.institution.backup.restoring import Into, Restored, restore, staged
from adjudge.institution.backup.verifying import Verified, verify
from adjudge.institution.house import House
from adjudge.institution.material import documents
from adjudge.institution.material.documents import Upload
from adjudge.institution.on_database import Opened
from adjudge.people.role import Role
from adjudge.settings.schema import DATABASE, Settings
from adjudge.settings.web import sqlite
from adjudge.storage.blobs import FolderBlobs
from tests.databases import Place, Postgres, database_records, known, place_of
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.test_audit_heard import heard
from tests.rooms.institution.world import ACME, World, document, world_in

SECRET = "a secret key for tests, as long as keys are"  # noqa: S105 - of no institution
LOG_TABLES = {
    "adjudge_head": "size",
    "adjudge_entry": "seq, subject, kind, content",
    "adjudge_node": "level, place, hash",
    "adjudge_part": "digest, entry, content",
    "adjudge_tombstone": "digest, at, why, entry",
    "adjudge_checkpoint": "size, note",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An institution in a database, as it is opened to be backed up."""

    place: Place
    world: World

    @property
    def opened(self) -> Opened:
        settings = Settings(data=self.place.folder, secret_key=SECRET, log_key=SIGNER.secret())
        return Opened(house=self.world.house, signer=SIGNER, settings=settings)

    def backed_up(self, path: Path, **more: Any) -> Verified:  # noqa: ANN401 - as it is asked
        return back_up(self.opened, path, Asked(alias=self.place.alias, **more))


@contextmanager
def kept_in(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    """An institution in which everything came once: documents, one of them expunged, appeals, and who signs in."""
    with place_of(kind, folder, request) as place:
        call_command("migrate", database=place.alias, verbosity=0)
        world = world_in(place)
        heard(world)
        house, reviewer = world.house, world.who("reviewer")
        gone = documents.receive(
            house, reviewer, ACME, document(), Upload(content=b"gone words", file_name="a.txt")
        )
        documents.expunge(house, world.who(Role.ADMINISTRATOR), gone.id, "asked for")
        documents.receive(
            house, reviewer, ACME, document(), Upload(content=b"words that stay", file_name="b.txt")
        )
        _signing_in(place.alias, world)
        yield Kept(place, world)


def _signing_in(alias: str, world: World) -> None:
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator

    from adjudge.storage.models import Account

    for name in ("reviewer", "auditor"):
        email = f"{name}@example.org"
        account = Account(email=email, person=world.who(name).person, password="hashed")  # noqa: S106 - none
        account.save(using=alias)
        EmailAddress(user_id=account.pk, email=email, verified=True, primary=True).save(using=alias)
        for kind, data in (("totp", {"secret": "sealed", "b": [1, "ü"]}), ("webauthn", {"name": "a key"})):
            Authenticator(user_id=account.pk, type=kind, data=data).save(using=alias)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a backup is restored: a data folder, and a database that is empty."""

    kind: str
    settings: Settings
    alias: str

    def restored(self, backup: Path, **more: Any) -> Restored:  # noqa: ANN401 - as it is asked
        with backup.open("rb") as stream:
            found = verify(stream)
            assert found.is_verified, (found.faults, found.log)
            return restore(stream, found, Into(settings=self.settings, alias=self.alias, **more))

    @contextmanager
    def opened(self) -> Iterator[tuple[str, House]]:
        """Open what was restored; Django's name of its database."""
        with known(sqlite(str(self.settings.data / DATABASE))) as alias:
            name = self.alias if self.kind == "postgres" else alias
            blobs = FolderBlobs(self.settings.data / "documents")
            yield name, House(records=database_records(name), blobs=blobs, clock=_clock, random=bytes)


def _clock() -> Any:  # noqa: ANN401 - never asked
    raise AssertionError


@contextmanager
def target_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Target]:
    """A place in which there is nothing."""
    data = folder / "restored"
    settings = Settings(data=data, database_url="postgresql://given/by-name" if kind == "postgres" else "")
    if kind == "sqlite":
        database = sqlite(str(staged(settings).data / DATABASE))
    else:
        server: Postgres = request.getfixturevalue("postgres")
        database = server.database(server.empty())
    with known(database) as alias:
        yield Target(kind, settings, alias)


def keys_in(folder: Path) -> Path:
    """The keys of the institution, kept apart."""
    folder.mkdir()
    (folder / "log.key").write_text(SIGNER.secret() + "\n")
    (folder / "secret.key").write_text(SECRET + "\n")
    return folder


def all_rows(alias: str) -> dict[str, list[Any]]:
    """Everything that is in a database, table by table."""
    from adjudge.storage.copies.tables import labels, rows

    found: dict[str, list[Any]] = {label: list(rows(alias, label)) for label in labels(alias)}
    with connections[alias].cursor() as cursor:
        for table, columns in LOG_TABLES.items():
            order = "1, 2" if "," in columns else "1"
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")  # noqa: S608 - our own words
            found[table] = [tuple(_plain(item) for item in row) for row in cursor.fetchall()]
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def documents_in(folder: Path) -> dict[str, bytes]:
    """The bytes of every document."""
    return {
        f"{path.parent.name}/{path.name}": path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
