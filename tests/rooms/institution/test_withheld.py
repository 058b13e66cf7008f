"""Notices of third parties: their advertiser reads that there is one and what follows, and not from whom it came."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from adjudge.basis.reading.json_text import Plain
from adjudge.errors import NotFoundError
from adjudge.evidence.notice import Source
from adjudge.institution.data.own.export import own_export
from adjudge.institution.deciding.matters import open_matter
from adjudge.institution.material.claims import record_claim
from adjudge.institution.material.documents import Upload, fetch, receive
from adjudge.institution.reading.material import claims_in, documents_in, read_claim, read_document
from adjudge.institution.reading.overview import matter_overview
from adjudge.institution.record.log import receipt
from adjudge.ledger.receipt import Receipt, read_receipt, receipt_bytes
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.people.role import Role
from adjudge.records.shelf import MATTERS
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.world import ACME, POLICY, World, claim, document


def test_a_notice_of_a_third_party_is_told_without_its_author(world: World) -> None:
    house, reviewer, member = world.house, world.who("reviewer"), world.who(Role.MEMBER)
    described = {**document(), "title": "SECRET title", "publisher": "SECRET author"}
    received = receive(
        house, reviewer, ACME, described, Upload(content=b"SECRET words", file_name="SECRET.txt")
    )
    world.ad("ad-1", loud=True)
    words: dict[str, Plain] = {
        "place": "SECRET place",
        "note": {"en": "SECRET note"},
        "weight_reason": {"en": "SECRET reason"},
    }
    told = record_claim(house, reviewer, POLICY, {**claim("ad-1", "beer", document=received.id), **words})
    open_matter(
        house, reviewer, ACME, POLICY, reason="notified", source=Source.ARTICLE_16, notified=[told.id]
    )
    shown = read_document(house, member, received.id)
    listed = next(row for row in documents_in(house, member, ACME)("", 100) if row.id == received.id)
    assert "SECRET" not in repr(shown) + repr(listed)
    assert shown.content["title"] == "A notice of a third party"
    claims = [read_claim(house, member, told.id), *claims_in(house, member, ACME)("", 100)]
    assert told.id in {row.id for row in claims}
    assert "SECRET" not in repr(claims)
    assert "SECRET place" in repr(read_claim(house, reviewer, told.id))
    with pytest.raises(NotFoundError):
        fetch(house, member, received.id)
    with world.house.records.reading() as records:
        matter = next(row for row in records.find(MATTERS, advertiser=ACME) if row.notified)
    found = matter_overview(house, member, matter.id)
    assert "SECRET" not in repr(found.documents) + repr(found.answer.case.documents)
    with ZipFile(BytesIO(b"".join(own_export(house, member, SIGNER, ACME)))) as archive:
        names = archive.namelist()
        assert "rows/claims.json" in names
        for name in names:
            assert b"SECRET" not in archive.read(name), name
        told_of = [read_receipt(archive.read(name)) for name in names if name.startswith("receipts/")]
    for about in (told.id, received.id):
        alone = receipt(house, member, about, SIGNER)
        (packed,) = (item for item in told_of if isinstance(item, Receipt) and item.entry.subject == about)
        assert (alone.parts, packed.parts) == ((), ()), "and it proves the entry without them"
        for handed in (packed, alone):
            assert verify_receipt(receipt_bytes(handed), SIGNER.verifier).findings == ()
    assert b"SECRET place" in receipt_bytes(receipt(house, reviewer, told.id, SIGNER))
    assert fetch(house, reviewer, received.id)[1] == b"SECRET words"
