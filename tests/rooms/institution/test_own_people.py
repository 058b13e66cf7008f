"""Several people of one advertiser, with rights among them; and that nobody shuts it out of its own file."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data.own.export import own_export
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.reading import read_appeal
from adjudge.institution.house import House
from adjudge.institution.notifying.contacts import read_contact
from adjudge.institution.staff.people import actor_of, change_roles, deactivate, invite, join, list_people
from adjudge.ledger.signer import signer_of
from adjudge.people.actor import Actor
from adjudge.people.role import OF_ADVERTISERS, Role
from tests.rooms.institution.sent import reached
from tests.rooms.institution.world import ACME, OTHER, World

SIGNER = signer_of("adjudge.example", bytes(32))


def excluded(world: World) -> str:
    world.ad("ad-1", beer=True)
    return world.issued("ad-1").id


def test_an_owner_says_who_else_acts_and_only_for_its_own(quick_world: World) -> None:
    house, owner = quick_world.house, quick_world.who("owner")
    made = invite(house, owner, "agent@acme.example", "Agent", [Role.MEMBER], advertiser=ACME)
    agent = actor_of(join(house, made.secret))
    assert {row.advertiser for row in list_people(house, owner)} == {ACME}
    for roles, advertiser in (([Role.MEMBER], OTHER), ([Role.REVIEWER], ""), ([Role.ADMINISTRATOR], "")):
        with pytest.raises(NotFoundError):
            invite(house, owner, "x@acme.example", "X", roles, advertiser=advertiser)
    with pytest.raises(RefusedError):
        invite(house, owner, "x@acme.example", "X", [Role.REVIEWER], advertiser=ACME)
    for name in ("stranger", "reviewer"):
        with pytest.raises(NotFoundError):
            deactivate(house, owner, quick_world.who(name).person, "x")
    change_roles(house, owner, agent.person, [Role.READER], reason="left the matter", advertiser=ACME)
    with pytest.raises(NotFoundError):
        change_roles(house, owner, agent.person, [Role.MEMBER], reason="x", advertiser=OTHER)
    deactivate(house, owner, agent.person, "left us")


@pytest.mark.parametrize("name", ["member", "reader", "reviewer", "strange-owner"])
def test_nobody_else_says_who_acts_for_it(quick_world: World, name: str) -> None:
    with pytest.raises(NotFoundError):
        invite(quick_world.house, quick_world.who(name), "x@x.example", "X", [Role.MEMBER], advertiser=ACME)


def test_a_reader_reads_and_does_nothing(quick_world: World) -> None:
    house, reader, decision = quick_world.house, quick_world.who("reader"), excluded(quick_world)
    with pytest.raises(NotFoundError):
        file_appeal(house, reader, decision, ["No."])
    with pytest.raises(NotFoundError):
        read_contact(house, reader, ACME)
    appeal = file_appeal(house, quick_world.who("owner"), decision, ["We have a licence."])
    assert read_appeal(house, reader, appeal.id).appellant == "advertiser"


def test_the_last_who_can_act_for_an_advertiser_is_not_shut_out(quick_world: World) -> None:
    house, admin = quick_world.house, quick_world.who(Role.ADMINISTRATOR)
    excluded(quick_world)
    deactivate(house, admin, quick_world.who("owner").person, "its account was misused")
    member = quick_world.who("member").person
    with pytest.raises(RefusedError) as raised:
        deactivate(house, admin, member, "frozen with the exclusion")
    assert raised.value.findings[0].code == "last-of-advertiser"
    with pytest.raises(RefusedError):
        change_roles(house, admin, member, [Role.READER], reason="x", advertiser=ACME)
    invited = invite(house, admin, "new@acme.example", "New", [Role.OWNER], advertiser=ACME)
    with pytest.raises(RefusedError):
        deactivate(house, admin, member, "an invitation alone lets nobody in")
    join(house, invited.secret)
    deactivate(house, admin, member, "there is somebody else")


def test_the_last_owner_neither_leaves_nor_steps_down_by_itself(quick_world: World) -> None:
    house, owner = quick_world.house, quick_world.who("owner")
    reached(house, owner, ACME, "legal@acme.example")
    ways: tuple[Callable[[], object], ...] = (
        lambda: deactivate(house, owner, owner.person, "left"),
        lambda: change_roles(house, owner, owner.person, [Role.READER], reason="less to do", advertiser=ACME),
    )
    for leave in ways:
        with pytest.raises(RefusedError) as raised:
            leave()
        assert raised.value.findings[0].code == "last-owner"
    invited = invite(house, owner, "new@acme.example", "New", [Role.OWNER], advertiser=ACME)
    with pytest.raises(RefusedError):
        deactivate(house, owner, owner.person, "an invitation alone says nothing")
    join(house, invited.secret)
    deactivate(house, owner, owner.person, "there is another owner")


def linked(world: World, *, days: int = 30, address: str = "https://ads.example") -> House:
    """The institution whose notices come with links, if there are days and an address."""
    house = replace(world.house, address=address)
    settle_procedure(
        house, world.who(Role.ADMINISTRATOR), ProcedureSettled(link_days=days), reason="as decided"
    )
    return house


def test_where_mail_brings_a_link_the_last_can_go_and_the_address_stays(quick_world: World) -> None:
    house, admin = linked(quick_world), quick_world.who(Role.ADMINISTRATOR)
    reached(house, quick_world.who("member"), ACME, "legal@acme.example")
    for name in ("owner", "member"):
        deactivate(house, admin, quick_world.who(name).person, "left")
    with pytest.raises(RefusedError) as raised:
        reached(house, quick_world.who("reviewer"), ACME)
    assert raised.value.findings[0].code == "last-of-advertiser"
    reached(house, quick_world.who("reviewer"), ACME, "office@acme.example")


def test_while_somebody_signs_in_for_it_every_address_can_go(quick_world: World) -> None:
    house, member = linked(quick_world), quick_world.who("member")
    reached(house, member, ACME, "legal@acme.example")
    assert reached(house, member, ACME).emails == ()


@pytest.mark.parametrize(("days", "address"), [(0, "https://ads.example"), (30, "")])
def test_mail_without_a_link_is_no_way_in(quick_world: World, days: int, address: str) -> None:
    house, admin = linked(quick_world, days=days, address=address), quick_world.who(Role.ADMINISTRATOR)
    reached(house, quick_world.who("member"), ACME, "legal@acme.example")
    deactivate(house, admin, quick_world.who("owner").person, "left")
    with pytest.raises(RefusedError) as raised:
        deactivate(house, admin, quick_world.who("member").person, "left")
    assert raised.value.findings[0].code == "last-of-advertiser"
    assert "ADJUDGE_PUBLIC_URL" in raised.value.diagnostics()


def test_nor_is_the_last_one_sent_to_another_advertiser(quick_world: World) -> None:
    house, admin = quick_world.house, quick_world.who(Role.ADMINISTRATOR)
    deactivate(house, admin, quick_world.who("owner").person, "left")
    member = quick_world.who("member").person
    for roles, advertiser in (([Role.MEMBER], OTHER), ([Role.AUDITOR], "")):
        with pytest.raises(RefusedError) as raised:
            change_roles(house, admin, member, roles, reason="works there now", advertiser=advertiser)
        assert raised.value.findings[0].code == "last-of-advertiser"


@pytest.mark.parametrize("name", ["owner", "member"])
def test_an_excluded_advertiser_reads_appeals_and_takes_its_data_with_it(
    quick_world: World, name: str
) -> None:
    house, actor = quick_world.house, quick_world.who(name)
    decision = excluded(quick_world)
    appeal = file_appeal(house, actor, decision, ["We have a licence."])
    assert read_appeal(house, actor, appeal.id).decision == decision
    assert b"".join(own_export(house, actor, SIGNER, ACME, "en")).startswith(b"PK")


def test_whoever_acts_for_an_advertiser_is_nothing_else_here(quick_world: World) -> None:
    admin: Actor = quick_world.who(Role.ADMINISTRATOR)
    for role in OF_ADVERTISERS:
        for roles, advertiser in (([role], ""), ([role, Role.LEGAL], ACME), ([*OF_ADVERTISERS], ACME)):
            with pytest.raises(RefusedError):
                invite(quick_world.house, admin, "x@x.example", "X", roles, advertiser=advertiser)
