"""Restoring: into nothing only, by the right keys only, from earlier states, never from later ones; all or nothing."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.said import Said
from adjudge.errors import RefusedError, UnavailableError
from adjudge.institution.backup.restoring import staged
from adjudge.institution.on_database import prepared
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import sign_now
from adjudge.ledger.signer import read_signer, signer_of
from adjudge.storage.copies import building
from adjudge.storage.copies.building import in_transaction, tables_of, whole
from adjudge.storage.migrating import behind
from tests.databases import DATABASES
from tests.rooms.institution.backups import forging
from tests.rooms.institution.backups.forging import Manifest, Members, forged
from tests.rooms.institution.backups.kept import Kept, Target, all_rows, kept_in, keys_in, target_of
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.world import codes


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Give an institution with a long life."""
    with kept_in("sqlite", tmp_path_factory.mktemp("kept"), request) as found:
        yield found


@pytest.fixture(scope="module")
def backup(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of it."""
    path = tmp_path_factory.mktemp("backup") / "b.tar"
    kept.backed_up(path)
    return path


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Give the folder in which its keys were kept."""
    return keys_in(tmp_path / "keys")


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """Give an empty place, in each database in turn."""
    with target_of(request.param, tmp_path, request) as found:
        yield found


@pytest.fixture
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """Give an empty place on SQLite."""
    with target_of("sqlite", tmp_path, request) as found:
        yield found


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """Give an empty place on PostgreSQL."""
    with target_of("postgres", tmp_path, request) as found:
        yield found


def assert_nothing(target: Target) -> None:
    """Nobody finds an institution there, nor anything else."""
    assert not target.settings.data.exists() or list(target.settings.data.iterdir()) == []
    if target.kind == "postgres":
        assert tables_of(target.alias) == []


def test_a_backup_is_never_written_over_a_file(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("mine")
    with pytest.raises(RefusedError, match="there already"):
        kept.backed_up(tmp_path / "b.tar")
    assert (tmp_path / "b.tar").read_text() == "mine"
    with pytest.raises(UnavailableError, match="cannot be written"):
        kept.backed_up(tmp_path / "nowhere" / "b.tar")


def test_nothing_is_restored_over_something(backup: Path, keys: Path, file: Target) -> None:
    file.settings.data.mkdir()
    (file.settings.data / "adjudge.sqlite3").write_text("mine")
    with pytest.raises(RefusedError) as refused:
        file.restored(backup, keys=keys)
    assert codes(refused.value) == ["not-empty"]
    assert "`adjudge.sqlite3`" in str(refused.value.message)
    assert [path.name for path in file.settings.data.iterdir()] == ["adjudge.sqlite3"]


def test_nothing_is_restored_into_a_database_with_tables(backup: Path, keys: Path, server: Target) -> None:
    with connections[server.alias].cursor() as cursor:
        cursor.execute("CREATE TABLE mine (id integer)")
    with pytest.raises(RefusedError) as refused:
        server.restored(backup, keys=keys)
    assert codes(refused.value) == ["not-empty"]
    assert tables_of(server.alias) == ["mine"]


def test_keys_that_are_missing_or_of_another_institution_are_told_of(
    backup: Path, tmp_path: Path, file: Target
) -> None:
    found = []
    other = tmp_path / "other"
    other.mkdir()
    (other / "log.key").write_text(signer_of("adjudge.example", bytes(range(32))).secret())
    wrong = keys_in(tmp_path / "wrong")
    (wrong / "secret.key").write_text("another secret, as long as keys are, of another place")
    for folder in (None, other, wrong):
        with pytest.raises(RefusedError) as refused:
            file.restored(backup, keys=folder)
        found += codes(refused.value)
    assert found == ["keys-missing", "other-key", "other-key"]
    assert_nothing(file)


def test_without_its_keys_it_goes_on_under_another_name(backup: Path, file: Target, kept: Kept) -> None:
    restored = file.restored(backup, new_keys=True)
    assert (restored.new_log_key, restored.new_secret_key, restored.left_out) == (True, True, 2)
    signer = read_signer((file.settings.data / "log.key").read_text())
    assert signer is not None
    assert signer.verifier != SIGNER.verifier
    with file.opened() as (alias, restored_house):
        house = replace(restored_house, clock=kept.world.clock)
        found = all_rows(alias)
        assert [b"webauthn" in row for row in found["mfa.authenticator"]] == [True, True]
        assert found["adjudge_entry"] == all_rows(kept.place.alias)["adjudge_entry"]
        assert found["adjudge_checkpoint"] == []
        sign_now(house, signer)
        assert check_now(house, signer.verifier).findings == ()


def test_rows_that_are_not_what_the_log_says_are_restored_only_if_asked_for(
    backup: Path, tmp_path: Path, keys: Path, target: Target
) -> None:
    def promoted(members: Members, _: Manifest) -> None:
        rows = forging.rows_in(members, "adjudge.person")
        rows[0]["data"] = rows[0]["data"].replace('"name":"', '"name":"Another ', 1)
        forging.put_rows(members, "adjudge.person", rows)

    path = forged(backup, tmp_path / "c.tar", promoted)
    with pytest.raises(RefusedError, match="not what its log says") as refused:
        target.restored(path, keys=keys)
    assert codes(refused.value) == ["not-as-the-log"]
    assert_nothing(target)
    assert len(target.restored(path, keys=keys, as_it_is=True).findings) == 1


OF_0008 = ("adjudge.registerrecord", "adjudge.replyrecord")
"""Tables of the register, which an earlier program had not."""


def test_an_earlier_state_is_restored_and_goes_forward(
    backup: Path, tmp_path: Path, keys: Path, target: Target
) -> None:
    def earlier(members: Members, manifest: Manifest) -> None:
        """As a program of before wrote it: the shelf of hooks was not there, and nothing of the pages."""
        manifest["program"], manifest["migrations"] = "0.0.9", {"adjudge": "0005_notices_appeals_clocks"}
        since = {"adjudge.firstrun", "adjudge.hook", "adjudge.queuerecord", "adjudge.savedview", *OF_0008}
        for table in (*sorted(since), "account.emailaddress", "mfa.authenticator"):
            del members[forging.name_of(table)], manifest["members"][forging.name_of(table)]

    restored = target.restored(forged(backup, tmp_path / "c.tar", earlier), keys=keys)
    assert restored.findings == ()
    with target.opened() as (alias, _):
        assert not behind(alias)
        assert all_rows(alias)["adjudge.hook"] == []
        assert len(all_rows(alias)["adjudge.queuerecord"]) == len(all_rows(alias)["adjudge.matter"])
        assert all_rows(alias)["adjudge.registerrecord"]
        assert all_rows(alias)["adjudge.decision"]


def test_indexes_that_are_built_beside_others_at_work_are_built_in_the_transaction() -> None:
    from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
    from django.db.migrations.operations import AddIndex, RemoveIndex, RunPython
    from django.db.models import Index

    step = RunPython(RunPython.noop)
    added = AddIndexConcurrently("Hook", Index(fields=["id"], name="by_id"))
    found = [in_transaction(item) for item in (added, RemoveIndexConcurrently("Hook", "by_id"), step)]
    assert [type(item) for item in found] == [AddIndex, RemoveIndex, RunPython]
    assert found[2] is step


def test_a_later_state_is_refused(backup: Path, tmp_path: Path, keys: Path, target: Target) -> None:
    def later(_: Members, manifest: Manifest) -> None:
        manifest["program"], manifest["migrations"]["adjudge"] = "9.1", "0999_from_the_future"

    def elsewhere(_: Members, manifest: Manifest) -> None:
        manifest["migrations"]["socialaccount"] = "0001_initial"

    def newest(_: Members, manifest: Manifest) -> None:
        manifest["program"], manifest["format"] = "9.1", "adjudge-backup/2"

    for change, words in ((later, "later program: `9.1`"), (elsewhere, "not installed here")):
        with pytest.raises(RefusedError, match=words):
            target.restored(forged(backup, tmp_path / f"{change.__name__}.tar", change), keys=keys)
    with (
        pytest.raises(AssertionError, match=r"later program: `9.1`"),
    ):
        target.restored(forged(backup, tmp_path / "newest.tar", newest), keys=keys)
    assert_nothing(target)


def test_a_database_that_is_ahead_is_backed_up_by_the_program_that_migrated_it(
    kept: Kept, tmp_path: Path
) -> None:
    """Another would leave out what it does not know. Parts that are no longer set up are left out."""
    with connections[kept.place.alias].cursor() as cursor:
        made = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, '2026-11-22')"
        try:
            cursor.execute(made, ["socialaccount", "0001_initial"])
            found = kept.backed_up(tmp_path / "b.tar")
            assert found.manifest is not None
            assert "socialaccount" not in found.manifest.migrations
            cursor.execute(made, ["adjudge", "0999_from_the_future"])
            with pytest.raises(RefusedError, match="ahead of this program"):
                kept.backed_up(tmp_path / "c.tar")
        finally:
            cursor.execute("DELETE FROM django_migrations WHERE applied = '2026-11-22'")
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


def test_a_column_that_nobody_knows_is_refused(
    backup: Path, tmp_path: Path, keys: Path, target: Target
) -> None:
    def odd(members: Members, _: Manifest) -> None:
        rows = [{**row, "unheard_of": 1} for row in forging.rows_in(members, "adjudge.person")]
        forging.put_rows(members, "adjudge.person", rows)

    def unknown(members: Members, manifest: Manifest) -> None:
        name = forging.name_of("adjudge.zebra")
        ordered = {**members, name: gzip.compress(b"", mtime=0)}
        manifest["members"][name] = {"digest": "", "bytes": 0, "lines": 0}
        members.clear()
        members.update(sorted(ordered.items(), key=lambda item: (_rank(item[0]), item[0])))

    for change in (odd, unknown):
        with pytest.raises(RefusedError, match="of another shape"):
            target.restored(forged(backup, tmp_path / f"{change.__name__}.tar", change), keys=keys)
    assert_nothing(target)


def _rank(name: str) -> int:
    return next(
        n
        for n, start in enumerate(("log", "tables", "documents", "keys", "manifest"))
        if name.startswith(start)
    )


def test_what_fails_in_the_middle_leaves_nothing(backup: Path, keys: Path, target: Target) -> None:
    stages = ["log", "table adjudge.decision", "documents", "rows beside the log"]
    for stage in stages:

        def failing(what: Said, _: int, stage: str = stage) -> None:
            if str(what) == stage:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            target.restored(backup, keys=keys, progress=failing)
        assert_nothing(target)
    assert target.restored(backup, keys=keys).findings == ()


def test_what_a_kill_has_left_is_no_institution_and_is_done_anew(
    backup: Path, keys: Path, target: Target
) -> None:
    left = staged(target.settings).data
    (left / "documents" / "ab").mkdir(parents=True)
    (left / "documents" / "ab" / "half").write_text("half of a docu")
    key = target.settings.data / "log.key"
    key.write_text("one that was moved before the kill")
    (left / "placed").write_text(f"log.key {digest_of_bytes(key.read_bytes())}\ndocuments -\n")
    with pytest.raises(RefusedError, match="is being restored, or a restore was cut off"):
        prepared(target.settings)
    assert target.restored(backup, keys=keys).findings == ()
    assert not left.exists()
    assert not list((target.settings.data / "documents").rglob("half"))
    assert read_signer((target.settings.data / "log.key").read_text()) is not None
    prepared(target.settings)


@pytest.mark.parametrize("note", ["", f"log.key sha256:{'0' * 64}\n"])
def test_what_somebody_put_there_after_a_kill_is_not_taken_away(
    backup: Path, keys: Path, file: Target, note: str
) -> None:
    """It may be the only copy of the keys."""
    left, key = staged(file.settings).data, file.settings.data / "log.key"
    left.mkdir(parents=True)
    (left / "placed").write_text(note)
    key.write_text("the only copy")
    with pytest.raises(RefusedError) as refused:
        file.restored(backup, keys=keys)
    assert codes(refused.value) == ["not-empty"]
    assert "`log.key`" in str(refused.value.message)
    assert key.read_text() == "the only copy"
    key.unlink()
    assert file.restored(backup, keys=keys).findings == ()


def digest_in(backup: Path) -> str:
    """The digest of the manifest of a backup."""
    return digest_of_bytes(forging.members_of(backup)["manifest.json"])


def test_a_kill_behind_the_commit_had_restored_everything(
    backup: Path, keys: Path, server: Target, tmp_path: Path
) -> None:
    server.restored(backup, keys=keys)
    left = staged(server.settings).data
    left.mkdir()
    other = forged(backup, tmp_path / "c.tar", lambda _, manifest: manifest.update(database="another"))
    for told in ("", digest_in(other)):
        (left / "ready").write_text(told)
        with pytest.raises(RefusedError, match="is not empty"):
            server.restored(backup, keys=keys)
        assert left.exists()
    (left / "ready").write_text(digest_in(backup))
    assert server.restored(backup, keys=keys).had_been_done
    assert not left.exists()
    with pytest.raises(RefusedError, match="is not empty"):
        server.restored(backup, keys=keys)


@pytest.mark.parametrize("table", ["somebody_elses (x integer)", "adjudge_head (size integer)"])
def test_no_other_database_is_taken_for_one_that_was_restored(
    backup: Path, keys: Path, server: Target, table: str
) -> None:
    left = staged(server.settings).data
    left.mkdir(parents=True)
    (left / "ready").write_text(digest_in(backup))
    with connections[server.alias].cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table}")
    with pytest.raises(RefusedError, match="is not empty"):
        server.restored(backup, keys=keys)
    assert left.exists()


def test_an_empty_institution_is_not_taken_for_one_that_was_restored(
    backup: Path, keys: Path, server: Target
) -> None:
    left = staged(server.settings).data
    left.mkdir(parents=True)
    (left / "ready").write_text(digest_in(backup))
    call_command("migrate", database=server.alias, verbosity=0)
    with pytest.raises(RefusedError, match="is not empty"):
        server.restored(backup, keys=keys)


def test_a_commit_whose_answer_is_lost_takes_nothing_away(
    backup: Path, keys: Path, server: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def unheard(alias: str) -> Iterator[None]:
        with whole(alias):
            yield
        raise UnavailableError("the database does not answer")

    with monkeypatch.context() as lost:
        lost.setattr(building, "whole", unheard)
        with pytest.raises(UnavailableError):
            server.restored(backup, keys=keys)
    assert read_signer((server.settings.data / "log.key").read_text()) is not None
    with pytest.raises(RefusedError, match="was cut off"):
        prepared(server.settings)
    assert server.restored(backup, keys=keys).had_been_done
    prepared(server.settings)


def test_a_key_that_is_lost_is_replaced_by_the_one_that_a_setting_names(
    backup: Path, keys: Path, file: Target, tmp_path: Path, kept: Kept
) -> None:
    new = signer_of("adjudge.test", bytes(range(32)))
    (tmp_path / "new.key").write_text(new.secret() + "\n")
    named = replace(file, settings=replace(file.settings, log_key_file=tmp_path / "new.key"))
    with pytest.raises(RefusedError) as refused:
        named.restored(backup, keys=keys)
    assert codes(refused.value) == ["other-key"]
    restored = named.restored(backup, keys=keys, new_keys=True)
    assert (restored.new_log_key, restored.new_secret_key) == (True, False)
    assert not (file.settings.data / "log.key").exists()
    assert prepared(named.settings).log_key == new.secret()
    with named.opened() as (_, restored_house):
        house = replace(restored_house, clock=kept.world.clock)
        sign_now(house, new)
        assert check_now(house, new.verifier).findings == ()


def test_two_do_not_restore_into_one_folder(backup: Path, keys: Path, file: Target) -> None:
    def again(what: Said, _: int) -> None:
        if str(what) == "documents":
            with pytest.raises(RefusedError, match="already"):
                file.restored(backup, keys=keys)

    assert file.restored(backup, keys=keys, progress=again).findings == ()


def test_tables_of_the_pages_need_not_be_there(
    tmp_path: Path, file: Target, keys: Path, request: pytest.FixtureRequest
) -> None:
    """As where an institution lives on the command line only."""
    from tests.databases import place_of
    from tests.rooms.institution.world import world_in

    with place_of("sqlite", tmp_path, request) as place:
        small = Kept(place, world_in(place))
        found = small.backed_up(tmp_path / "b.tar")
    assert found.manifest is not None
    assert set(found.manifest.migrations) == {"adjudge"}
    assert file.restored(tmp_path / "b.tar", keys=keys).findings == ()
    with file.opened() as (alias, _):
        assert not behind(alias)
        call_command("migrate", database=alias, verbosity=0)
    shutil.rmtree(file.settings.data)
