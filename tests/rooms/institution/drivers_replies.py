"""Drivers for the acts of replies in the public register: as `drivers.py` has them."""

from collections.abc import Callable, Mapping

from adjudge.institution.published import replying
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import ReplyRow
from tests.rooms.institution.heard import excluded, somebody
from tests.rooms.institution.world import ACME, World

Work = Callable[[World, Actor, str], object]
Driver = Callable[[World, str], tuple[str, Work]]
WORDS = "We sell beer without alcohol, and say so on each bottle."


def replied(world: World, advertiser: str = ACME) -> ReplyRow:
    """A reply beside a decision that excludes an ad."""
    member = world.who(Role.MEMBER if advertiser == ACME else "stranger")
    return replying.give_reply(world.house, member, excluded(world, "ad", advertiser).id, WORDS)


def refused(world: World, advertiser: str = ACME) -> ReplyRow:
    """One that was refused."""
    row = replied(world, advertiser)
    refuser = somebody(world, "refuser", Role.LEGAL)
    return replying.refuse_reply(world.house, refuser, row.id, "others", "It names a neighbour.")


def _reply(world: World, advertiser: str) -> tuple[str, Work]:
    decision = excluded(world, "ad", advertiser)
    return decision.id, lambda w, actor, name: replying.give_reply(w.house, actor, name, WORDS)


def _withdraw(world: World, advertiser: str) -> tuple[str, Work]:
    return replied(world, advertiser).id, lambda w, actor, name: replying.withdraw_reply(w.house, actor, name)


def _refuse(world: World, advertiser: str) -> tuple[str, Work]:
    return replied(world, advertiser).id, lambda w, actor, name: replying.refuse_reply(
        w.house, actor, name, "others", "It names a neighbour."
    )


def _answer(world: World, advertiser: str) -> tuple[str, Work]:
    return refused(world, advertiser).id, lambda w, actor, name: replying.answer_refusal(
        w.house, actor, name, "The neighbour is a firm."
    )


def _restore(world: World, advertiser: str) -> tuple[str, Work]:
    return refused(world, advertiser).id, lambda w, actor, name: replying.restore_reply(
        w.house, actor, name, "The neighbour is a firm indeed."
    )


REPLIED: Mapping[Act, Driver] = {
    Act.REPLY: _reply,
    Act.WITHDRAW_REPLY: _withdraw,
    Act.REFUSE_REPLY: _refuse,
    Act.ANSWER_REFUSAL: _answer,
    Act.RESTORE_REPLY: _restore,
}
