"""A reply that is taken back is gone in all its versions; one that was refused does not come back by itself."""

import pytest

from adjudge.errors import ConflictError
from adjudge.institution.binding.holds import hold, release
from adjudge.institution.data.own.export import own_export
from adjudge.institution.published.forgetting import forget_replies_left
from adjudge.institution.published.replying import (
    answer_refusal,
    give_reply,
    refuse_reply,
    reply_of,
    restore_reply,
    withdraw_reply,
)
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import sign_now
from adjudge.people.role import Role
from adjudge.records.rows import ReplyState
from adjudge.records.shelf import REPLIES
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.test_retention import everything
from tests.rooms.institution.world import ACME, World

FIRST, SECOND, ANSWER = "Our FIRST words.", "Our SECOND words.", "Our ANSWER to the refusal."
REASON = "It names a neighbour."


def answered(world: World) -> str:
    """A decision beside which two replies were given, of which the second was refused and that was answered."""
    member, decision = world.who(Role.MEMBER), excluded(world).id
    give_reply(world.house, member, decision, FIRST)
    give_reply(world.house, member, decision, SECOND)
    refuse_reply(world.house, world.who(Role.LEGAL), decision, "others", REASON)
    answer_refusal(world.house, member, decision, ANSWER)
    return decision


def is_silent(world: World) -> bool:
    """Whether the whole record, with its sealed parts, holds none of the words."""
    text = everything(world.house)
    return not any(words in text for words in (FIRST, SECOND, ANSWER))


def test_every_version_goes_and_the_answer_with_them(world: World) -> None:
    decision = answered(world)
    assert all(words in everything(world.house) for words in (FIRST, SECOND, ANSWER))
    gone = withdraw_reply(world.house, world.who(Role.MEMBER), decision)
    assert (gone.state, gone.text, gone.answer) == (ReplyState.WITHDRAWN, "", "")
    assert is_silent(world)
    assert REASON in everything(world.house), "the reasons of a refusal are the platform's own, and stay"
    sign_now(world.house, SIGNER)
    assert check_now(world.house, SIGNER.verifier).findings == ()


def test_under_a_legal_hold_nobody_reads_it_and_it_goes_when_the_hold_is_ended(world: World) -> None:
    decision, legal, member = answered(world), world.who(Role.LEGAL), world.who(Role.MEMBER)
    hold(world.house, legal, ACME, "A court has asked.")
    shown = withdraw_reply(world.house, member, decision)
    assert (shown.text, shown.answer) == ("", "")
    for reader in (member, legal):
        found = reply_of(world.house, reader, decision)
        assert found is not None
        assert (found.state, found.text, found.answer) == (ReplyState.WITHDRAWN, "", "")
    assert forget_replies_left(world.house) == 0
    assert not is_silent(world), "the court may ask for it"
    assert SECOND in own_rows(world), "and what is kept of an advertiser is in its own data"
    release(world.house, legal, ACME, "The court has its answer.")
    assert forget_replies_left(world.house) == 1
    assert is_silent(world)
    assert forget_replies_left(world.house) == 0
    with world.house.records.reading() as records:
        row = records.get(REPLIES, decision)
    assert row is not None
    assert (row.text, row.answer) == ("", "")
    sign_now(world.house, SIGNER)
    assert check_now(world.house, SIGNER.verifier).findings == ()


def own_rows(world: World) -> str:
    """The replies in the advertiser's own data."""
    from io import BytesIO
    from zipfile import ZipFile

    content = b"".join(own_export(world.house, world.who(Role.MEMBER), SIGNER, ACME))
    with ZipFile(BytesIO(content)) as archive:
        return archive.read("rows/replies.json").decode()


@pytest.mark.parametrize("again", [SECOND, f"  {SECOND} ", SECOND.replace(" ", "\n"), SECOND.upper()])
def test_a_refused_reply_is_not_shown_by_being_sent_again(world: World, again: str) -> None:
    decision, member = answered(world), world.who(Role.MEMBER)
    with pytest.raises(ConflictError, match="refused") as told:
        give_reply(world.house, member, decision, again)
    assert "answer the refusal" in told.value.diagnostics()
    found = reply_of(world.house, member, decision)
    assert found is not None
    assert found.state is ReplyState.REFUSED


def test_other_words_and_another_person_show_it_again(world: World) -> None:
    decision, member = answered(world), world.who(Role.MEMBER)
    assert give_reply(world.house, member, decision, "Our THIRD words.").state is ReplyState.SHOWN
    other = answered_anew(world, decision)
    assert restore_reply(world.house, world.who(Role.APPEALS), other, "It is a firm.").text == SECOND
    with pytest.raises(ConflictError, match="already"):
        give_reply(world.house, member, other, SECOND)


def answered_anew(world: World, decision: str) -> str:
    """The same decision with a reply that is refused."""
    give_reply(world.house, world.who(Role.MEMBER), decision, SECOND)
    refuse_reply(world.house, world.who(Role.LEGAL), decision, "others", REASON)
    return decision
