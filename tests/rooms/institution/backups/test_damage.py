"""Damaged, cut and hostile backups: each is found by its file alone, and nothing of it is restored."""

import gzip
import json
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adjudge.institution.backup.verifying import Verified, verify
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.signer import signer_of
from tests.rooms.institution.backups import forging
from tests.rooms.institution.backups.forging import Manifest, Members, forged, members_of, tar_of
from tests.rooms.institution.backups.kept import Kept, kept_in
from tests.rooms.institution.drivers import SIGNER

ANOTHER = signer_of("adjudge.example", bytes(range(32)))


@pytest.fixture(scope="module")
def backup(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a backup with documents, an expunged part, and the keys."""
    folder = tmp_path_factory.mktemp("damage")
    with kept_in("sqlite", folder, request) as kept:
        kept.backed_up(folder / "b.tar", with_keys=True)
        yield folder / "b.tar"


def verified(path: Path) -> Verified:
    with path.open("rb") as stream:
        return verify(stream, given=SIGNER.verifier)


def told(path: Path) -> str:
    """What is wrong, which is something."""
    found = verified(path)
    assert not found.is_verified
    flaws = found.log.findings if found.log is not None else ()
    words = "; ".join([*map(str, found.faults), *(str(item.message) for item in flaws)])
    assert words
    return words


def test_an_untouched_backup_is_whole(backup: Path) -> None:
    assert verified(backup).is_verified


def test_a_file_written_by_another_program_for_tar_with_the_same_members_is_read(
    backup: Path, tmp_path: Path
) -> None:
    assert verified(tar_of(list(members_of(backup).items()), tmp_path / "c.tar")).is_verified


def test_a_byte_that_is_altered_anywhere_is_found(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    for place in range(7, len(content), len(content) // 60):
        altered = bytearray(content)
        altered[place] ^= 0x20
        (tmp_path / "c.tar").write_bytes(altered)
        assert told(tmp_path / "c.tar"), place


def test_a_file_that_is_cut_off_anywhere_is_found(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    for length in (0, 1, 511, 512, 513, len(content) // 3, len(content) // 2, len(content) - 1500,
                   len(content) - 1024, len(content) - 512, len(content) - 1):  # fmt: skip
        (tmp_path / "c.tar").write_bytes(content[:length])
        assert told(tmp_path / "c.tar"), length
    (tmp_path / "c.tar").write_bytes(content + b"more")
    assert "behind the end" in told(tmp_path / "c.tar")


def test_each_member_is_needed_and_stands_once(backup: Path, tmp_path: Path) -> None:
    members = list(members_of(backup).items())
    for number, (name, content) in enumerate(members):
        if name.startswith("tables/") and number % 9:
            continue  # they are all alike
        without = members[:number] + members[number + 1 :]
        assert told(tar_of(without, tmp_path / "c.tar")), name
        twice = [*members[:number], (name, content), *members[number:]]
        assert "stands twice" in told(tar_of(twice, tmp_path / "c.tar")), name


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "tables/../../x.jsonl.gz", "documents/ab/../../x", "documents/", "x"],
)
def test_a_name_that_is_none_of_ours_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    members = members_of(backup)
    path = tar_of([("log.jsonl.gz", members["log.jsonl.gz"]), (name, b"x")], tmp_path / "c.tar")
    assert "is no member of a backup" in told(path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tar_of([("log.jsonl.gz", b"")], tmp_path / "c.tar", type=kind, linkname="/etc/passwd")
    assert "there is no member of a backup" in told(path)


def test_no_length_of_a_member_reads_beyond_the_file(tmp_path: Path) -> None:
    head = tarfile.TarInfo("log.jsonl.gz")
    head.size, head.mode = 10**15, 0o600
    (tmp_path / "c.tar").write_bytes(head.tobuf(tarfile.GNU_FORMAT) + bytes(2048))
    assert "ends within" in told(tmp_path / "c.tar")


@pytest.mark.parametrize("size", [-1, -512, -5_000, -(10**15)])
@pytest.mark.parametrize("name", ["log.jsonl.gz", "manifest.json"])
def test_no_length_of_a_member_is_less_than_nothing(
    backup: Path, tmp_path: Path, name: str, size: int
) -> None:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o600
    before = [] if name == "log.jsonl.gz" else list(members_of(backup).items())[:-2]
    path = tar_of(before, tmp_path / "c.tar")
    path.write_bytes(path.read_bytes()[:-1024] + head.tobuf(tarfile.GNU_FORMAT) + bytes(2048))
    assert "there is no member of a backup" in told(path)


def _endless_line(members: Members, manifest: Manifest) -> None:
    name = forging.name_of("adjudge.person")
    members[name] = gzip.compress(bytes(300_000_000), 9)
    manifest["members"][name] |= {"bytes": 300_000_000, "as_it_is": True}


def _more_than_is_told(members: Members, manifest: Manifest) -> None:
    name = forging.name_of("adjudge.person")
    members[name] = gzip.compress(b'{"id":"a"}\n' * 10_000_000, 9)
    manifest["members"][name] |= {"as_it_is": True}


@pytest.mark.parametrize(
    ("bomb", "words"), [(_endless_line, "an endless one"), (_more_than_is_told, "longer than the manifest")]
)
def test_what_unpacks_to_much_more_is_not_unpacked(
    backup: Path, tmp_path: Path, bomb: Callable[[Members, Manifest], None], words: str
) -> None:
    path = forged(backup, tmp_path / "c.tar", bomb)
    tracemalloc.start()
    try:
        assert words in told(path)
        assert tracemalloc.get_traced_memory()[1] < 250_000_000
    finally:
        tracemalloc.stop()


def _lines(members: Members) -> list[bytes]:
    return gzip.decompress(members["log.jsonl.gz"]).splitlines(keepends=True)


def _log(members: Members, lines: list[bytes]) -> None:
    members["log.jsonl.gz"] = gzip.compress(b"".join(lines), mtime=0)


def _altered_entry(members: Members, _: Manifest) -> None:
    lines = _lines(members)
    number = next(n for n, line in enumerate(lines) if b'"kind":"decision:issued"' in line)
    lines[number] = lines[number].replace(b'"automated":false', b'"automated":true')
    _log(members, lines)


def _missing_entry(members: Members, _: Manifest) -> None:
    lines = _lines(members)
    del lines[1]
    _log(members, lines)


def _missing_part(members: Members, _: Manifest) -> None:
    lines = _lines(members)
    lines.remove(next(line for line in lines if b'"format":"adjudge-part/1"' in line))
    _log(members, lines)


def _missing_tombstone(members: Members, _: Manifest) -> None:
    lines = _lines(members)
    lines.remove(next(line for line in lines if b'"format":"adjudge-tombstone/1"' in line))
    _log(members, lines)


def _cut_log(members: Members, manifest: Manifest) -> None:
    """An earlier log, with a checkpoint that the key did sign then: the manifest's is another."""
    lines = _lines(members)
    last = lines[-1]
    _log(members, [*lines[: len(lines) // 2], last])
    manifest["documents"] = dict(manifest["documents"])


def _missing_document(members: Members, manifest: Manifest) -> None:
    name = next(name for name in members if name.startswith("documents/"))
    content = members.pop(name)
    manifest["documents"] |= {
        "count": manifest["documents"]["count"] - 1,
        "bytes": manifest["documents"]["bytes"] - len(content),
    }


def _other_document(members: Members, _: Manifest) -> None:
    name = next(name for name in members if name.startswith("documents/"))
    members[name] = b"other words"


def _doubled_row(members: Members, _: Manifest) -> None:
    rows = forging.rows_in(members, "adjudge.person")
    forging.put_rows(members, "adjudge.person", [rows[0], *rows])


def _no_row(members: Members, _: Manifest) -> None:
    members[forging.name_of("adjudge.person")] = gzip.compress(b"[1, 2]\n", mtime=0)


def _odd_document_row(members: Members, _: Manifest) -> None:
    rows = forging.rows_in(members, "adjudge.document")
    forging.put_rows(members, "adjudge.document", [{**rows[0], "data": "[]"}])


def _notice(data: str) -> Callable[[Members, Manifest], None]:
    def change(members: Members, _: Manifest) -> None:
        rows = forging.rows_in(members, "adjudge.notice")
        forging.put_rows(members, "adjudge.notice", [{**rows[0], "data": data}])

    return change


def _deep_row(members: Members, _: Manifest) -> None:
    rows = forging.rows_in(members, "adjudge.document")
    forging.put_rows(members, "adjudge.document", [{**rows[0], "data": "[" * 200_000 + "]" * 200_000}])


def _many_gone(members: Members, manifest: Manifest) -> None:
    digests = [f"sha256:{number:064x}" for number in range(20_000)]
    manifest["documents"]["gone"] = digests
    rows = forging.rows_in(members, "adjudge.notice")
    forms = {str(number): digest for number, digest in enumerate(digests)}
    forging.put_rows(members, "adjudge.notice", [{**rows[0], "data": json.dumps({"forms": forms})}])


def _other_key(members: Members, _: Manifest) -> None:
    members["keys/log.key"] = f"{ANOTHER.secret()}\n".encode()


def _unnamed_table(_: Members, manifest: Manifest) -> None:
    del manifest["members"][forging.name_of("adjudge.person")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_altered_entry, "is not what was signed"),
        (_missing_entry, "where 0 is due"),
        (_missing_part, "is not in the file"),
        (_missing_tombstone, "no tombstone stands for it"),
        (_cut_log, "the checkpoint covers"),
        (_missing_document, "is not there"),
        (_other_document, "is not what was written"),
        (_doubled_row, "rows twice, or out of order"),
        (_no_row, "a row that cannot be read"),
        (_odd_document_row, "a row that cannot be read"),
        (_deep_row, "a row that cannot be read"),
        (_notice('{"forms": {"x": ["y"]}}'), "a row that cannot be read"),
        (_notice('{"forms": ["y"]}'), "a row that cannot be read"),
        (_notice('{"forms": {"x": 1180591620717411303424}}'), "a row that cannot be read"),
        (_notice('{"forms": {"x": "\\ud800"}}'), "a row that cannot be read"),
        (_notice('{"more": ' + "[" * 100_000), "a row that cannot be read"),
        (_many_gone, "no row speaks of"),
        (_other_key, "is not the key of this backup"),
        (_unnamed_table, "the manifest does not name"),
    ],
    ids=lambda item: item.__name__ if callable(item) else "",
)
def test_what_whoever_signs_manifests_puts_in_is_found_too(
    backup: Path, tmp_path: Path, change: Callable[[Members, Manifest], None], words: str
) -> None:
    """By the log, which its checkpoints cover, and by what belongs together."""
    assert words in told(forged(backup, tmp_path / "c.tar", change))


def test_another_key_signs_for_nothing(backup: Path, tmp_path: Path) -> None:
    path = forged(backup, tmp_path / "c.tar", lambda _members, _manifest: None, ANOTHER)
    assert "is not signed by the key" in told(path)

    def renamed(_: Members, manifest: Manifest) -> None:
        manifest["key"] = str(ANOTHER.verifier)

    assert "not of the given" in told(forged(backup, tmp_path / "d.tar", renamed, ANOTHER))


def test_a_checkpoint_from_elsewhere_holds_the_backup_to_what_it_covered(
    backup: Path, tmp_path: Path
) -> None:
    manifest = json.loads(members_of(backup)["manifest.json"])
    kept = read_checkpoint(manifest["checkpoint"])
    assert isinstance(kept, SignedCheckpoint)
    with backup.open("rb") as stream:
        assert verify(stream, kept=kept).is_verified
        later = read_checkpoint(_signed_at(kept, kept.checkpoint.size + 5))
        assert isinstance(later, SignedCheckpoint)
        stream.seek(0)
        found = verify(stream, kept=later)
        assert found.log is not None
        assert "the file holds" in str(found.log.findings[0].message)
    assert tmp_path.exists()


def _signed_at(kept: SignedCheckpoint, size: int) -> str:
    from dataclasses import replace

    from adjudge.ledger.checkpoint import sign

    return sign(replace(kept.checkpoint, size=size), SIGNER)


def test_a_backup_of_a_log_that_does_not_hold_gets_no_name(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    from django.db import connections

    with kept_in("sqlite", tmp_path, request) as kept:
        _spoilt(kept, connections)
        found = kept.backed_up(tmp_path / "b.tar")
    assert not found.is_verified
    assert [path.name for path in tmp_path.iterdir() if "tar" in path.name] == []


def _spoilt(kept: Kept, connections: object) -> None:
    """An entry's part altered by somebody with a shell."""
    with connections[kept.place.alias].cursor() as cursor:  # type: ignore[index]
        cursor.execute("DROP TRIGGER adjudge_part_no_update")
        cursor.execute("SELECT digest, content FROM adjudge_part ORDER BY entry LIMIT 1")
        digest, content = cursor.fetchone()
        spoilt = bytearray(content)
        spoilt[-4] ^= 1
        cursor.execute("UPDATE adjudge_part SET content = %s WHERE digest = %s", [bytes(spoilt), digest])
