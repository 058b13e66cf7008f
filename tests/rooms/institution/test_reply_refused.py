"""The advertiser is told when its reply is refused: on which ground, why, how to answer; and when it is shown again."""

import pytest

from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.published.replying import answer_refusal, give_reply, refuse_reply, restore_reply
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import sign_now
from adjudge.ledger.signer import signer_of
from adjudge.letters.forms import TEXT
from adjudge.records.rows import NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import NOTICES
from tests.rooms.institution.world import ACME, World

SIGNER = signer_of("adjudge.example", bytes(32))
REASON = "It names the child of a neighbour."


def told(world: World) -> list[tuple[NoticeRow, str]]:
    """The notices of the reply, with what they say."""
    make_owed(world.house)
    with world.house.records.reading() as records:
        rows = sorted(records.find(NOTICES, purpose=str(Purpose.REPLY)), key=lambda row: row.id)
    assert {row.state for row in rows} <= {NoticeState.MADE}
    return [(row, (world.house.blobs.get(row.forms[TEXT]) or b"").decode()) for row in rows]


@pytest.mark.parametrize(
    ("language", "ground", "answer"),
    [
        ("en", "it tells of people who are not those that it is by", "You can answer this refusal"),
        ("fr", "elle parle de personnes", "Vous pouvez répondre à ce refus"),
    ],
)
def test_a_refusal_is_told_with_its_ground_its_reasons_and_how_to_answer(
    world: World, language: str, ground: str, answer: str
) -> None:
    settle_contact(world.house, world.who("member"), ACME, language=language, emails=[], reason="as asked")
    world.ad("ad-1", beer=True)
    decision = world.issued("ad-1").id
    give_reply(world.house, world.who("member"), decision, "The child of our neighbour likes our beer.")
    refuse_reply(world.house, world.who("legal"), decision, "others", REASON)
    ((row, text),) = told(world)
    words = " ".join(text.split())
    assert (row.about, row.advertiser) == (decision, ACME)
    for part in (ground, REASON, answer):
        assert part in words, text
    assert "likes our beer" not in words, "the words themselves stand on the page, and may go from there"
    answer_refusal(world.house, world.who("member"), decision, "It is a firm.")
    restore_reply(world.house, world.who("appeals"), decision, "It is one.")
    assert len(told(world)) == 2
    sign_now(world.house, SIGNER)
    assert check_now(world.house, SIGNER.verifier).findings == ()
    with world.house.records.reading() as records:
        log = repr([entry.body for entry in records.entries() if entry.kind.startswith("reply:")])
    assert REASON not in log
