"""An advertiser's own data: all that it may see, nothing that it may not, verifiable, of any size and any name."""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from adjudge.basis.digest import digest_of_bytes
from adjudge.errors import NotFoundError
from adjudge.institution.data.own import export as own
from adjudge.institution.data.own.fields import TOLD, WITHHELD
from adjudge.institution.data.own.zipped import Zipped
from adjudge.institution.house import House
from adjudge.institution.material.documents import Upload, expunge, receive
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.reading.overview import decision_overview
from adjudge.ledger.receipt import Receipt, read_receipt
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.shelf import (
    CLAIMS,
    CONTACTS,
    DOCUMENTS,
    MISUSES,
    NOTICES,
    PEOPLE,
    QUEUE,
    REGISTER,
    SHELVES,
)
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.test_audit_heard import copied, heard
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, World, document

LETTER = Upload(content=b"%PDF-1.4 what we were sent", file_name="../../<b>licence\u202e.pdf")


def taken(house: House, actor: Actor, advertiser: str = ACME, language: str = "") -> zipfile.ZipFile:
    """The archive as it arrives."""
    pieces = own.own_export(house, actor, SIGNER, advertiser, language)
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    found = json.loads(archive.read(f"rows/{name}.json"))
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def told(founded_in_memory: World) -> World:
    """Give an institution whose staff has names of its own, and two advertisers that were heard."""
    world = copied(founded_in_memory)
    with world.house.records.writing() as records:
        for row in records.find(PEOPLE):
            if not row.advertiser:
                records.put(PEOPLE, replace(row, name=f"Zanzibar {row.id}"))
    other = filed(world, excluded(world, "ad-of-another", OTHER))
    upheld(world, other)
    heard(world)
    receive(world.house, world.who(Role.MEMBER), ACME, document(), LETTER)
    receive(world.house, world.who("stranger"), OTHER, {**document(), "title": "Other paper"}, LETTER)
    make_owed(world.house)
    return world


@pytest.fixture(scope="module")
def archive(told: World) -> zipfile.ZipFile:
    """Give what the advertiser takes out."""
    return taken(told.house, told.who(Role.MEMBER))


def test_it_is_whole_and_its_manifest_is_true(archive: zipfile.ZipFile) -> None:
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len(set(names))
    manifest = json.loads(archive.read("manifest.json"))
    assert set(manifest["files"]) == {*names} - {"manifest.json"}
    for name, noted in manifest["files"].items():
        content = archive.read(name)
        assert (noted["size"], noted["digest"]) == (len(content), digest_of_bytes(content))
    assert manifest["layout"] == own.LAYOUT
    assert manifest["log"]["key"] == str(SIGNER.verifier)


def test_everything_of_the_advertiser_is_in_it(told: World, archive: zipfile.ZipFile) -> None:
    with told.house.records.reading() as records:
        for shelf in SHELVES:
            if shelf.name in TOLD and "advertiser" in shelf.index and shelf.name != "person":
                table = {"claim": "claims", "spend": "spend", "misuse": "misuses"}.get(
                    shelf.name, shelf.name + "s"
                )
                table = {"deliverys": "deliveries", "replys": "replies"}.get(table, table)
                here = {row["id"] for row in rows(archive, table)}
                kept = {row.id for row in records.find(shelf, advertiser=ACME)}
                if shelf.name in {"decision", "measure", "notice"}:
                    assert here <= kept
                    assert here
                else:
                    assert here == kept
        made = [row for row in records.find(NOTICES, advertiser=ACME) if row.made_at is not None]
    assert len(made) > 5
    for row in made:
        for media_type, digest in row.forms.items():
            content = archive.read(f"notices/{row.id}.{own._ENDINGS[media_type]}")  # noqa: SLF001 - as it names them
            assert digest_of_bytes(content) == digest
    (letter,) = (row for row in rows(archive, "documents") if row["blob"])
    assert archive.read(letter["file"]) == LETTER.content
    (contact,) = rows(archive, "contact")
    assert contact["emails"] == ["post@example.org"]
    (you,) = rows(archive, "you")
    assert you["id"] == told.who(Role.MEMBER).person


def test_each_receipt_of_it_verifies(archive: zipfile.ZipFile) -> None:
    receipts = [name for name in archive.namelist() if name.startswith("receipts/")]
    assert len(receipts) > 30
    for name in receipts:
        content = archive.read(name)
        found = read_receipt(content)
        assert isinstance(found, Receipt)
        assert found.entry.body["advertiser"] == ACME
        assert not verify_receipt(content, SIGNER.verifier).findings, name
        assert len(found.parts) <= 1


def test_it_tells_neither_of_others_nor_of_who_works_here(told: World, archive: zipfile.ZipFile) -> None:
    with told.house.records.reading() as records:
        staff = [row for row in records.find(PEOPLE) if not row.advertiser]
        secrets = [row.webhook_secret for row in records.find(CONTACTS) if row.webhook_secret]
    texts = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    for name, text in texts.items():
        assert "Zanzibar" not in text, name
        assert "ad-of-another" not in text, name
        assert "Other paper" not in text, name
        assert EXCLUDING.reason not in text, name
        if name.startswith("rows/"):
            assert [row.id for row in staff if f'"{row.id}"' in text] == [], name
        if not name.startswith("receipts/"):  # which have bare ids, as the README says
            assert [row.id for row in staff if re.search(rf"\b{row.id}\b", text)] == [], name
        assert [row.name for row in staff if f'"{row.name}"' in text] == [], name
        for secret in secrets:
            assert secret not in text, name
    assert secrets
    assert "que les identifiants" in texts["README.txt"]  # in the language of the contact


def test_decisions_are_told_as_members_are_told_them_elsewhere(told: World, archive: zipfile.ZipFile) -> None:
    found = rows(archive, "decisions")
    assert found
    for form in found:
        shown = decision_overview(told.house, told.who(Role.MEMBER), form["id"]).decision
        assert form["proposal"] == {**json.loads(json.dumps(shown.proposal)), "reason": ""}
        assert form["statement"] == shown.statement
        assert all(item["person"] == "" and item["reason"] == "" for item in form["signatures"])


def test_what_is_only_proposed_is_not_in_it(quick_world: World) -> None:
    quick_world.ad("a", beer=True)
    quick_world.proposed("a")
    found = taken(quick_world.house, quick_world.who(Role.MEMBER))
    assert rows(found, "decisions") == []
    assert not [name for name in found.namelist() if "decision" in name and name.startswith("receipts/")]


def test_whoever_takes_it_out_it_holds_what_the_advertiser_may_see(
    told: World, archive: zipfile.ZipFile
) -> None:
    found = taken(told.house, told.who(Role.ADMINISTRATOR))
    for name in archive.namelist():
        if name.startswith(("rows/", "documents/", "notices/")) and name != "rows/you.json":
            assert found.read(name) == archive.read(name)
    assert rows(found, "you") == []


def test_nobody_else_may_and_no_member_that_of_another(quick_world: World) -> None:
    for role in Role:
        if role not in {Role.OWNER, Role.MEMBER, Role.ADMINISTRATOR}:
            with pytest.raises(NotFoundError):
                own.own_export(quick_world.house, quick_world.who(role), SIGNER, ACME)
    with pytest.raises(NotFoundError):
        own.own_export(quick_world.house, quick_world.who(Role.MEMBER), SIGNER, OTHER)
    for nothing in ("", "nobody", "a"):
        with pytest.raises(NotFoundError):
            own.own_export(quick_world.house, quick_world.who(Role.ADMINISTRATOR), SIGNER, nothing)


def test_who_is_excluded_and_suspended_can_have_it_all_the_same(told: World) -> None:
    with told.house.records.reading() as records:
        assert [row for row in records.find(MISUSES, advertiser=ACME) if row.suspended_at is not None]
    assert taken(told.house, told.who(Role.MEMBER)).testzip() is None


def test_it_is_as_good_in_each_database(kept_world: World) -> None:
    heard(kept_world)
    make_owed(kept_world.house)
    found = taken(kept_world.house, kept_world.who(Role.MEMBER), language="fr")
    assert found.testzip() is None
    assert rows(found, "appeals")
    assert [name for name in found.namelist() if name.startswith("receipts/")]


def test_names_from_outside_name_no_file(quick_world: World) -> None:
    hostile = "../../etc/cron.d/x\\..\\y:<b>"
    blob = quick_world.house.blobs.put(b"text")
    receive(quick_world.house, quick_world.who(Role.MEMBER), ACME, document(), LETTER)
    with quick_world.house.records.writing() as records:
        (row,) = records.find(DOCUMENTS, advertiser=ACME)
        records.put(
            DOCUMENTS, replace(row, id=hostile, blob=blob, media_type="text/html\n", file_name=hostile)
        )
    found = taken(quick_world.house, quick_world.who(Role.MEMBER))
    for name in found.namelist():
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzADMERXNGUY0123456789-./"), name
        assert ".." not in name
        assert name.count("/") <= 1
    (told,) = (row for row in rows(found, "documents") if row["id"] == hostile)
    assert found.read(told["file"]) == b"text"
    assert own.file_name(hostile) == "adjudge-etc-cron-d-x-y-b.zip"
    assert own.file_name("\u4f60") == "adjudge-advertiser.zip"


def test_a_document_that_was_expunged_is_told_and_not_there(quick_world: World) -> None:
    row = receive(quick_world.house, quick_world.who(Role.MEMBER), ACME, document(), LETTER)
    expunge(quick_world.house, quick_world.who(Role.ADMINISTRATOR), row.id, "it was asked for")
    found = taken(quick_world.house, quick_world.who(Role.MEMBER))
    (told,) = rows(found, "documents")
    assert told["expunged_at"]
    assert told["file"] == ""
    assert not [name for name in found.namelist() if name.startswith("documents/")]


def test_many_rows_are_handed_on_in_portions(quick_world: World) -> None:
    claim = quick_world.ad("a", beer=True)["beer"]
    many = 5_000
    with quick_world.house.records.writing() as records:
        records.put_all(CLAIMS, [replace(claim, id=f"C-x{number:05d}") for number in range(many)])
    longest, total = 0, b""
    for piece in own.own_export(quick_world.house, quick_world.who(Role.MEMBER), SIGNER, ACME):
        longest = max(longest, len(piece))
        total += piece
    assert len(rows(zipfile.ZipFile(io.BytesIO(total)), "claims")) == many + 1
    assert longest < 200_000
    assert len(total) > longest


def test_every_field_is_told_or_withheld_on_purpose() -> None:
    assert TOLD.keys() == WITHHELD.keys()
    by_name = {shelf.name: shelf for shelf in SHELVES}
    for name, words in TOLD.items():
        told, withheld = set(words.split()), set(WITHHELD[name].split())
        assert told & withheld == set()
        assert told | withheld == {item.name for item in fields(by_name[name].row)}, name


def test_every_shelf_with_an_advertiser_is_told() -> None:
    """But for the queue and the register: they follow from the others, and what is public everybody has."""
    of_advertisers = {shelf.name for shelf in SHELVES if "advertiser" in shelf.index}
    assert of_advertisers - {QUEUE.name, REGISTER.name} <= TOLD.keys()


def test_the_readme_is_in_the_language_that_is_asked_for(told: World) -> None:
    member = told.who(Role.MEMBER)
    english = taken(told.house, member, language="en").read("README.txt").decode()
    assert english.startswith("What is kept of acme\n")
    assert "adjudge verify" in english
    assert "2026" in english
    unknown = taken(told.house, member, language="xx").read("README.txt").decode()
    assert "décembre 2026" in unknown  # in that in which the advertiser is written to


def test_an_archive_of_nothing_has_a_list_all_the_same() -> None:
    archive = Zipped(dt.date(1900, 2, 28))

    def pieces() -> Iterator[bytes]:
        yield from archive.add("a", [])
        yield from archive.end()

    found = zipfile.ZipFile(io.BytesIO(b"".join(pieces())))
    assert found.namelist() == ["a"]
    assert found.infolist()[0].date_time[:3] == (1980, 2, 28)
