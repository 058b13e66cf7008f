"""Documents: hostile bytes and names; what is expunged: never what a decision needs, always with a tombstone."""

import gzip
import io
import tracemalloc
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from adjudge.basis.ids import ClaimId
from adjudge.basis.reading.json_text import Plain
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.deciding import decisions
from adjudge.institution.material import claims, documents
from adjudge.institution.material.documents import Upload
from adjudge.institution.record import log, replay
from adjudge.ledger.verify_log import verify_log
from adjudge.records.rows import DocumentRow
from adjudge.records.shelf import DOCUMENTS, NOTICES
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.sent import entries
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, World, codes, document

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY a{n} "{"&a;" * 10}">'.encode() for n in range(9))
    + b"]><l>&a8;</l>"
)


def zipped(name: str, size: int = 1_000_000) -> bytes:
    """An archive that unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(size))
    return out.getvalue()


def received(world: World, content: bytes, name: str = "letter.txt") -> DocumentRow:
    return documents.receive(
        world.house, world.who("reviewer"), ACME, document(), Upload(content=content, file_name=name)
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (zipped("../../etc/passwd"), "unknown-type"),
        (zipped("word/document.xml"), "unknown-type"),
        (gzip.compress(bytes(1_000_000)), "unknown-type"),
        (b"MZ\x90\x00 a program", "unknown-type"),
        (b"\x7fELF", "unknown-type"),
        (b"GIF89a\x01\x00", "unknown-type"),
        (b"text with \x00 in it", "unknown-type"),
        (b"text \xff\xfe of no encoding", "unknown-type"),
        (b"\x1b]0;a terminal\x07", "unknown-type"),
        (b"\xed\xa0\xbd half of a character", "unknown-type"),
    ],
    ids=["empty", "zip", "office", "gzip", "exe", "elf", "gif", "nul", "bytes", "terminal", "surrogate"],
)
def test_what_no_reader_of_ours_takes_is_refused_unopened(
    quick_world: World, content: bytes, code: str
) -> None:
    before = quick_world.kinds()
    for name in ("letter.pdf", "letter.txt"):
        with pytest.raises(RefusedError) as raised:
            received(quick_world, content, name)
        assert codes(raised.value) == [code]
        assert raised.value.findings[0].hint
    assert quick_world.kinds() == before


def test_a_file_is_as_large_as_is_allowed_and_no_larger(quick_world: World) -> None:
    world = replace(quick_world, house=replace(quick_world.house, largest_upload=1_000))
    received(world, b"x" * 1_000)
    with pytest.raises(RefusedError) as raised:
        received(world, b"x" * 1_001)
    assert codes(raised.value) == ["file-too-large"]


def test_a_gigabyte_is_refused_without_being_looked_at(quick_world: World) -> None:
    """Its length alone is asked: neither hashed, nor decoded, nor copied."""

    class Gigabyte(bytes):
        def __len__(self) -> int:
            return 1_000_000_000

        def decode(self, *_: object) -> str:
            raise AssertionError

        def startswith(self, *_: object) -> bool:
            raise AssertionError

    tracemalloc.start()
    try:
        with pytest.raises(RefusedError) as raised:
            received(quick_world, Gigabyte(b"%PDF-"))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert codes(raised.value) == ["file-too-large"]


def test_a_bomb_in_xml_is_text_that_nobody_opens(world: World) -> None:
    row = received(world, LAUGHS, "laughs.xml")
    assert (row.media_type, row.size) == ("text/plain", len(LAUGHS))
    _, content = documents.fetch(world.house, world.who("reviewer"), row.id)
    assert content == LAUGHS


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd.txt"),
        ("C:\\Windows\\win.ini", "win.ini.txt"),
        ("/", "document.txt"),
        ("..", "document.txt"),
        ("", "document.txt"),
        ("a\x00b\x1b[31m.pdf", "ab[31m.pdf.txt"),
        ("\u202efdp.exe", "fdp.exe.txt"),
        ("הזמנה \U0001f37a.pdf", "הזמנה \U0001f37a.pdf.txt"),
        ("x" * 500, "x" * 200 + ".txt"),
        ("half \ud83d.txt", "half .txt"),
    ],
)
def test_a_name_of_a_file_is_no_path_and_drives_nothing(world: World, name: str, kept: str) -> None:
    assert received(world, b"words", name).file_name == kept
    assert {path.name for path in world.place.folder.rglob("*") if path.is_file()}.isdisjoint(
        {"passwd", "win.ini"}
    )


def test_what_is_said_of_a_document_is_checked(quick_world: World) -> None:
    spoilt: list[dict[str, Plain]] = [
        {},
        {"kind": "nonsense"},
        {"title": ["list"]},
        {"summary": "of no language"},
    ]
    for content in spoilt:
        before = quick_world.kinds()
        with pytest.raises(RefusedError):
            documents.receive(
                quick_world.house, quick_world.who("reviewer"), ACME, {**document(), **content, "odd": "key"}
            )
        assert quick_world.kinds() == before


# --- expunged ---


def _resting(world: World) -> tuple[DocumentRow, DocumentRow]:
    """An ad with a claim for and one against, each from a document of its own."""
    world.ad("ad")
    proof, denial = received(world, b"a picture of the ad"), received(world, b"a letter of the brewer")
    world.claim("ad", "beer", document=proof.id)
    world.claim("ad", "beer", document=denial.id, stance="denies", weight=2, origin="letter")
    return proof, denial


def _refused_both(world: World, rows: tuple[DocumentRow, DocumentRow]) -> None:
    for row in rows:
        before = world.kinds()
        with pytest.raises(RefusedError) as raised:
            documents.expunge(world.house, world.who("administrator"), row.id, "asked for")
        assert codes(raised.value) == ["still-needed"]
        assert world.kinds() == before
        assert documents.fetch(world.house, world.who("reviewer"), row.id)[1]


def _opened(world: World, decision: str) -> None:
    with world.house.records.writing() as records:
        for row in records.find(NOTICES, about=decision):
            records.put(NOTICES, replace(row, opened_at=world.house.clock()))


def test_nothing_that_a_decision_needs_is_expunged_before_its_last_clock_ends(world: World) -> None:
    """T12: not while it is proposed, not while it is in force, and not for six months after it was told."""
    rows = _resting(world)
    with world.house.records.reading() as records:
        [contrary] = [entry.subject for entry in records.entries() if entry.kind == "claim:recorded"][1:]
    proposal = replace(EXCLUDING, answers={ClaimId(contrary): "It names another ad."})
    row = world.proposed("ad", proposal)
    _refused_both(world, rows)
    decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")
    issued = decisions.issue(world.house, world.who("reviewer"), row.id)
    _refused_both(world, rows)
    claims.withdraw_claim(world.house, world.who("reviewer"), issued.grounds[0], "another ad")
    claims.withdraw_claim(world.house, world.who("reviewer"), contrary, "another ad")
    _refused_both(world, rows)
    again = world.proposed("ad", replace(EXCLUDING, answers={}))
    decisions.issue(world.house, world.who("reviewer"), again.id)
    world.clock.set("2027-05-20T00:00:00Z")
    _refused_both(world, rows)
    world.clock.set("2027-05-26T00:00:00Z")
    _refused_both(world, rows)  # nothing shows that the advertiser was informed: its time has not begun
    _opened(world, issued.id)
    world.clock.set("2027-11-27T00:00:00Z")
    for item in rows:
        documents.expunge(world.house, world.who("administrator"), item.id, "asked for")
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


def test_what_is_sent_twice_is_received_once(quick_world: World) -> None:
    world, first = quick_world, received(quick_world, b"words", "letter.txt")
    size = len(entries(world.house, "document:received"))
    with pytest.raises(ConflictError) as raised:
        received(world, b"words", "letter.txt")
    assert first.id in str(raised.value)
    upload = Upload(content=b"words", file_name="letter.txt")
    again = documents.receive_once(world.house, world.who("member"), ACME, document(), upload)
    assert (again, len(entries(world.house, "document:received"))) == (first, size)
    for content, described, owner in (
        (b"other words", document(), ACME),
        (b"words", {**document(), "title": "Another letter"}, ACME),
        (b"words", document(), OTHER),
    ):
        sent = Upload(content=content, file_name="letter.txt")
        assert documents.receive(world.house, world.who("reviewer"), owner, described, sent).id != first.id
    documents.expunge(world.house, world.who("administrator"), first.id, "asked for")
    assert received(world, b"words", "letter.txt").id != first.id


def test_whoever_may_not_send_a_document_is_not_told_what_is_wrong_with_it(quick_world: World) -> None:
    for name in ("reader", "strange-owner", "auditor"):
        with pytest.raises(NotFoundError):
            documents.receive(
                quick_world.house, quick_world.who(name), ACME, {}, Upload(content=b"", file_name="x")
            )


def test_what_is_expunged_leaves_a_tombstone_and_a_log_that_verifies(world: World) -> None:
    row = received(world, b"words of a person", "letter of Jane Doe.txt")
    other = received(world, b"words of a person", "copy.txt")
    gone = documents.expunge(world.house, world.who("administrator"), row.id, "the person asks for it")
    assert (gone.file_name, gone.content["title"]) == ("", "expunged")
    again = world.reopened()
    with again.house.records.reading() as records:
        entry = records.entries_of(row.id)[0]
        stone = records.tombstone(entry.private[0])
        assert records.part(entry.private[0]) is None
        assert stone is not None
        assert (stone.why, stone.entry) == ("the person asks for it", records.size() - 1)
        assert records.get(DOCUMENTS, row.id) == gone
    with pytest.raises(NotFoundError):
        documents.fetch(again.house, again.who("reviewer"), row.id)
    assert documents.fetch(again.house, again.who("reviewer"), other.id)[1] == b"words of a person"
    documents.expunge(again.house, again.who("administrator"), other.id, "the person asks for it")
    assert again.house.blobs.get(row.blob) is None
    file = b"".join(log.export_log(again.house, again.who("auditor"), log.Exported(signer=SIGNER)))
    assert verify_log(BytesIO(file), SIGNER.verifier).is_verified
    assert b"Jane Doe" not in file
    with pytest.raises(ConflictError):
        documents.expunge(again.house, again.who("administrator"), row.id, "once more")


def test_a_document_that_came_in_with_others_is_expunged_by_itself(quick_world: World) -> None:
    house = quick_world.house
    documents.expunge(house, quick_world.who("administrator"), "seen", "asked for")
    with house.records.reading() as records:
        row = records.get(DOCUMENTS, "seen")
        assert row is not None
        assert records.part(row.part) is None
        assert records.tombstone(row.part) is not None
        brought = next(entry for entry in records.entries() if row.part in entry.private)
        assert sum(records.part(digest) is None for digest in brought.private) == 1
    file = b"".join(log.export_log(house, quick_world.who("auditor"), log.Exported(signer=SIGNER)))
    assert verify_log(BytesIO(file), SIGNER.verifier).is_verified
