"""Another link for somebody who has joined: mailed to that person alone, so that no inviter takes over an account."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution.notifying.letting_in import let_in_again
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import sign_now
from adjudge.institution.staff.people import FOUNDER, invite, invite_again, join
from adjudge.ledger.signer import signer_of
from adjudge.people.role import Role
from adjudge.post.attempt import Retry
from adjudge.post.message import message_bytes
from adjudge.post.outgoing import Mail
from tests.rooms.institution.sent import Answering, entries
from tests.rooms.institution.world import ACME, World

SIGNER = signer_of("adjudge.example", bytes(32))


@pytest.mark.parametrize("inviter", ["owner", Role.ADMINISTRATOR])
def test_nobody_who_invites_is_shown_a_link_into_an_account_that_is_somebodys(
    quick_world: World, inviter: str
) -> None:
    house, actor, member = quick_world.house, quick_world.who(inviter), quick_world.who("member").person
    before = len(entries(house, "person:invited"))
    makes: tuple[Callable[[], object], ...] = (
        lambda: invite_again(house, actor, member),
        lambda: let_in_again(house, None, actor, member),
        lambda: let_in_again(house, Answering(), actor, member),  # no address of the pages is set
    )
    for make in makes:
        with pytest.raises(RefusedError) as raised:
            make()
        assert raised.value.findings[0].code == "has-joined"
    assert len(entries(house, "person:invited")) == before


def test_the_person_alone_gets_it_by_mail_and_it_works_once(world: World) -> None:
    world.house = replace(world.house, address="https://platform.example")
    mailer, member = Answering(), world.who("member").person
    made = let_in_again(world.house, mailer, world.who("owner"), member)
    (mail,) = mailer.sent
    assert isinstance(mail, Mail)
    assert (made.secret, mail.to) == ("", made.person.email)
    secret = mail.text.rpartition("/join/")[2].strip()
    assert b"/join/" in message_bytes(mail, "post@platform.example")
    assert secret not in repr(list(entries(world.house, "person:invited"))) + repr(mail)
    assert join(world.house, secret).id == member
    with pytest.raises(NotFoundError):
        join(world.house, secret)
    sign_now(world.house, SIGNER)
    assert check_now(world.house, SIGNER.verifier).findings == ()


def test_whoever_asked_is_told_where_the_mail_was_not_taken(quick_world: World) -> None:
    house = replace(quick_world.house, address="https://platform.example")
    with pytest.raises(RefusedError) as raised:
        let_in_again(
            house, Answering([Retry("busy")]), quick_world.who("owner"), quick_world.who("member").person
        )
    assert raised.value.findings[0].code == "mail-not-taken"


def test_whoever_may_not_invite_learns_nothing_by_it(quick_world: World) -> None:
    house = replace(quick_world.house, address="https://platform.example")
    for name in ("member", "reader", "strange-owner", "reviewer"):
        for mailer in (None, Answering()):
            with pytest.raises(NotFoundError):
                let_in_again(house, mailer, quick_world.who(name), quick_world.who("owner").person)


def test_before_somebody_joins_the_inviter_hands_the_link_on(quick_world: World) -> None:
    owner = quick_world.who("owner")
    made = invite(quick_world.house, owner, "new@acme.example", "New", [Role.READER], advertiser=ACME)
    again = let_in_again(quick_world.house, None, owner, made.person.id)
    assert join(quick_world.house, again.secret).id == made.person.id


def test_whoever_has_the_machine_is_shown_it(quick_world: World) -> None:
    member = quick_world.who("member").person
    assert join(quick_world.house, invite_again(quick_world.house, FOUNDER, member).secret).id == member
