"""Backups: what is restored is what was there, byte for byte, from each database into each."""

import copy
import gzip
import io
import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connections

from adjudge.basis.said import Said
from adjudge.errors import RefusedError
from adjudge.institution.deciding import matters
from adjudge.institution.material import documents
from adjudge.institution.material.documents import Upload
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import sign_now
from adjudge.ledger.verify_log import verify_log
from tests.databases import DATABASES, place_of
from tests.rooms.institution.backups.kept import (
    Kept,
    Target,
    all_rows,
    documents_in,
    kept_in,
    keys_in,
    target_of,
)
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.world import ACME, document


@pytest.fixture(scope="module", params=DATABASES)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Give an institution with a long life, in each database in turn."""
    with kept_in(request.param, tmp_path_factory.mktemp(request.param), request) as found:
        yield found


@pytest.fixture
def across(kept: Kept, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Target]:
    """Give an empty place in the other database."""
    (other,) = {*DATABASES} - {kept.place.kind}
    with target_of(other, tmp_path, request) as found:
        yield found


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """Give an empty place, in each database in turn."""
    with target_of(request.param, tmp_path, request) as found:
        yield found


def test_what_is_restored_is_what_was_there(kept: Kept, target: Target, tmp_path: Path) -> None:
    before, backup = all_rows(kept.place.alias), tmp_path / "b.tar"
    made = kept.backed_up(backup)
    assert made.is_verified
    assert made.log is not None
    assert made.log.parts.expunged == len(before["adjudge_tombstone"]) > 0
    restored = target.restored(backup, keys=keys_in(tmp_path / "keys"))
    assert (restored.findings, restored.left_out) == ((), 0)
    assert documents_in(target.settings.data / "documents") == documents_in(kept.place.folder / "documents")
    with target.opened() as (alias, house):
        after = all_rows(alias)
        assert after.keys() == before.keys()
        for table, rows in before.items():
            if table != "adjudge_checkpoint":
                assert after[table] == rows, table
        assert after["adjudge_checkpoint"] == all_rows(kept.place.alias)["adjudge_checkpoint"]
        assert check_now(house, SIGNER.verifier).findings == ()
        assert all(before[table] for table in ("mfa.authenticator", "account.emailaddress", "adjudge.appeal"))


def test_a_backup_of_what_was_restored_is_the_same_file_but_for_its_time(
    kept: Kept, across: Target, tmp_path: Path
) -> None:
    kept.backed_up(tmp_path / "first.tar")
    across.restored(tmp_path / "first.tar", keys=keys_in(tmp_path / "keys"))
    with across.opened() as (alias, house):
        place = replace(kept.place, alias=alias, folder=across.settings.data)
        again = Kept(place, replace(kept.world, house=replace(house, clock=kept.world.clock)))
        again.backed_up(tmp_path / "second.tar")
    first, second = parts_of(tmp_path / "first.tar"), parts_of(tmp_path / "second.tar")
    assert [name for name, _ in first] == [name for name, _ in second]
    assert {name for (name, one), (_, other) in zip(first, second, strict=True) if one != other} <= {
        "manifest.json",
        "manifest.sig",
    }


def parts_of(path: Path) -> list[tuple[str, bytes]]:
    """The members, as any program for tar finds them."""
    with tarfile.open(path) as archive:
        return [(item.name, (archive.extractfile(item) or io.BytesIO()).read()) for item in archive]


def test_the_log_in_a_backup_is_the_file_that_adjudge_verify_reads(kept: Kept, tmp_path: Path) -> None:
    kept.backed_up(tmp_path / "b.tar")
    log = gzip.decompress(dict(parts_of(tmp_path / "b.tar"))["log.jsonl.gz"])
    report = verify_log(io.BytesIO(log), SIGNER.verifier)
    assert report.is_verified
    with kept.world.house.records.reading() as records:
        assert report.covered == records.size()


def test_only_its_owner_reads_a_backup_and_keys_are_in_it_only_if_asked_for(
    kept: Kept, across: Target, tmp_path: Path
) -> None:
    kept.backed_up(tmp_path / "without.tar")
    kept.backed_up(tmp_path / "with.tar", with_keys=True)
    without, whole = dict(parts_of(tmp_path / "without.tar")), dict(parts_of(tmp_path / "with.tar"))
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("without.tar", "with.tar")} == {0o600}
    assert whole.keys() - without.keys() == {"keys/log.key", "keys/secret.key"}
    secret = SIGNER.secret().encode()
    assert secret not in b"".join(gzip.decompress(c) if n.endswith("gz") else c for n, c in without.items())
    across.restored(tmp_path / "with.tar")
    for name in ("log.key", "secret.key"):
        path = across.settings.data / name
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.read_bytes() == whole[f"keys/{name}"]


def test_the_guards_of_the_log_are_those_of_a_fresh_database(
    kept: Kept, across: Target, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kept.backed_up(tmp_path / "b.tar")
    across.restored(tmp_path / "b.tar", keys=keys_in(tmp_path / "keys"))
    with across.opened() as (alias, _), place_of(across.kind, tmp_path, request) as fresh:
        assert guards(alias) == guards(fresh.alias)
        assert len(guards(alias)) > 8
        with pytest.raises(DatabaseError, match="grows"), connections[alias].cursor() as cursor:
            cursor.execute("UPDATE adjudge_head SET size = 1")


def guards(alias: str) -> list[tuple[str, str]]:
    """The triggers of the tables of the log, with what they do."""
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if connections[alias].vendor == "postgresql":
        statement = (
            "SELECT tgname, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
        )
    with connections[alias].cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY 1, 2")
        return list(cursor.fetchall())


def test_the_institution_goes_on_where_it_was(kept: Kept, across: Target, tmp_path: Path) -> None:
    from adjudge.storage.models import Account

    kept.backed_up(tmp_path / "b.tar")
    across.restored(tmp_path / "b.tar", keys=keys_in(tmp_path / "keys"))
    with across.opened() as (alias, restored):
        house = replace(restored, clock=copy.copy(kept.world.clock), random=os.urandom)
        world = replace(kept.world, house=house, people=dict(kept.world.people))
        world.ad("after", beer=True)
        world.issued("after")
        new = Account(email="new@example.org", person="P-new")
        new.save(using=alias)
        assert new.pk > max(Account.objects.using(alias).exclude(pk=new.pk).values_list("pk", flat=True))
        sign_now(house, SIGNER)
        assert check_now(house, SIGNER.verifier).findings == ()


def test_what_is_written_meanwhile_is_in_the_next_backup_and_not_in_this_one(
    kept: Kept, across: Target, tmp_path: Path
) -> None:
    world = kept.world
    house, reviewer = world.house, world.who("reviewer")
    with house.records.reading() as records:
        size = records.size()
    upload = Upload(content=b"expunged meanwhile", file_name="c.txt")
    row = documents.receive(house, reviewer, ACME, document(), upload)
    before = all_rows(kept.place.alias)
    written: list[str] = []

    def meanwhile(what: Said, _: int) -> None:
        """Somebody acts while each member is written, until it is verified."""
        if not written:
            documents.expunge(house, world.who("administrator"), row.id, "asked for")
        if len(written) < 5:
            written.append(str(what))
            matter = world.matter()
            matters.assign(house, reviewer, matter.id, reviewer.person, reason="next", seen=matter.seen)

    made = kept.backed_up(tmp_path / "b.tar", progress=meanwhile)
    assert written[0] == "log"
    assert made.manifest is not None
    assert made.manifest.documents.gone == (row.blob,)
    assert made.manifest.signed.checkpoint.size == size + 1
    restored = across.restored(tmp_path / "b.tar", keys=keys_in(tmp_path / "keys"))
    assert restored.findings == ()
    with across.opened() as (alias, _):
        after = all_rows(alias)
    different = {table for table, rows in before.items() if after[table] != rows}
    assert different <= {"adjudge_checkpoint"}


def test_tables_are_forgotten_by_name_only(kept: Kept) -> None:
    """A table that is added later is in backups, unless somebody decides that it is forgotten."""
    from django.apps import apps

    from adjudge.storage.copies import tables

    own = set(apps.get_app_config("adjudge").get_models())
    assert own >= tables.LOGGED | tables.FORGOTTEN
    labels = {item._meta.label_lower for item in own - tables.LOGGED - tables.FORGOTTEN}  # noqa: SLF001 - its name
    assert {"adjudge.account", "adjudge.hook", "adjudge.person"} <= labels
    signing_in = {
        label for label in tables.SIGN_IN if apps.is_installed(f"allauth.{label.partition('.')[0]}")
    }
    assert signing_in >= {"account.emailaddress", "mfa.authenticator"}
    assert set(tables.labels(kept.place.alias)) == labels | signing_in
    others = {item._meta.label_lower for item in set(apps.get_models()) - own}  # noqa: SLF001
    assert others - set(tables.SIGN_IN) == {
        "account.emailconfirmation",
        "auth.group",
        "auth.permission",
        "contenttypes.contenttype",
        "sessions.session",
    }


def test_who_signs_in_by_a_provider_is_not_left_out_where_no_provider_is_set(
    kept: Kept, tmp_path: Path
) -> None:
    """As by cron, whose environment is another one."""
    with connections[kept.place.alias].cursor() as cursor:
        cursor.execute("CREATE TABLE socialaccount_socialaccount (id integer, uid text)")
        try:
            assert kept.backed_up(tmp_path / "empty.tar").is_verified  # a provider that nobody used
            cursor.execute("INSERT INTO socialaccount_socialaccount VALUES (1, 'somebody')")
            with pytest.raises(
                RefusedError, match=r"leave out tables of sign-in: socialaccount\.socialaccount"
            ):
                kept.backed_up(tmp_path / "b.tar")
        finally:
            cursor.execute("DROP TABLE socialaccount_socialaccount")
    assert [path.name for path in tmp_path.iterdir()] == ["empty.tar"]
