"""Notices of third parties: their advertiser reads that there is one and what follows, and not from whom it came."""

import pytest

from adjudge.errors import NotFoundError
from adjudge.evidence.notice import Source
from adjudge.institution.data.own.export import own_export
from adjudge.institution.deciding.matters import open_matter
from adjudge.institution.material.claims import record_claim
from adjudge.institution.material.documents import Upload, fetch, receive
from adjudge.institution.reading.material import documents_in, read_document
from adjudge.institution.reading.overview import matter_overview
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
    told = record_claim(house, reviewer, POLICY, claim("ad-1", "beer", document=received.id))
    open_matter(
        house, reviewer, ACME, POLICY, reason="notified", source=Source.ARTICLE_16, notified=[told.id]
    )
    shown = read_document(house, member, received.id)
    listed = next(row for row in documents_in(house, member, ACME)("", 100) if row.id == received.id)
    assert "SECRET" not in repr(shown) + repr(listed)
    assert shown.content["title"] == "A notice of a third party"
    with pytest.raises(NotFoundError):
        fetch(house, member, received.id)
    with world.house.records.reading() as records:
        matter = next(row for row in records.find(MATTERS, advertiser=ACME) if row.notified)
    found = matter_overview(house, member, matter.id)
    assert "SECRET" not in repr(found.documents) + repr(found.answer.case.documents)
    assert b"SECRET author" not in b"".join(own_export(house, member, SIGNER, ACME))
    assert fetch(house, reviewer, received.id)[1] == b"SECRET words"
