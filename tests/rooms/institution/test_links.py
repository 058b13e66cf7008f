"""The link that goes out with a notice: kept as a digest, used once, over on its day, bound to the address."""

from dataclasses import replace

import pytest

from adjudge.errors import NotFoundError
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.hearing.filing import file_appeal, withdraw
from adjudge.institution.hearing.reading import read_appeal
from adjudge.institution.notifying.asking_again import ask_again
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.delivering import deliver_due
from adjudge.institution.notifying.links import Standing, actor_by, look, use
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.reading import open_notice
from adjudge.institution.own_words import ASKED_AGAIN, said_again
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import sign_now
from adjudge.institution.staff.people import invite
from adjudge.ledger.signer import signer_of
from adjudge.people.act import BY_LINK, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may
from adjudge.people.role import Role
from adjudge.post.attempt import Retry
from adjudge.post.outgoing import Mail
from adjudge.records.rows import DecisionRow
from adjudge.records.shelf import DELIVERIES
from tests.rooms.institution.sent import Answering, deliveries, entries, post_to, reached
from tests.rooms.institution.world import ACME, OTHER, World

ADDRESS = "https://platform.example"
EMAIL = "legal@acme.example"
SIGNER = signer_of("adjudge.example", bytes(32))


def told(world: World, *answers: Retry) -> tuple[World, DecisionRow, list[str]]:
    """An excluded advertiser, reached by mail; the tokens of the links that went out."""
    world.house = replace(world.house, address=ADDRESS)
    reached(world.house, world.who(Role.MEMBER), ACME, EMAIL)
    world.ad("ad-1", beer=True)
    row = world.issued("ad-1")
    make_owed(world.house)
    return world, row, sent(world, *answers)


def sent(world: World, *answers: Retry) -> list[str]:
    """Deliver what is due; the tokens of the links that went out."""
    mailer = Answering(list(answers))
    for _ in range(len(answers) + 1):
        deliver_due(world.house, post_to(mailer))
        world.clock.nanos += 3_600 * 10**9
    mails = [item for item in mailer.sent if isinstance(item, Mail)]
    return [mail.link.removeprefix(f"{ADDRESS}/link/") for mail in mails]


def came(world: World, token: str) -> Actor:
    found = use(world.house, token)
    assert found.delivery is not None
    assert found.link is not None
    actor = actor_by(world.house, found.delivery.id, found.link.digest)
    assert actor is not None
    return actor


def test_a_link_lets_in_once_and_says_plainly_why_not_again(world: World) -> None:
    _, row, (token,) = told(world)
    assert look(world.house, token).standing is Standing.READY
    assert look(world.house, token).standing is Standing.READY  # whoever only looks uses nothing up
    actor = came(world, token)
    assert (actor.advertiser, actor.name.split("-")[0]) == (ACME, "link:N")
    assert look(world.house, token).standing is Standing.USED
    assert use(world.house, token).standing is Standing.USED
    appeal = file_appeal(world.house, actor, row.id, ["We have a licence."])
    assert read_appeal(world.house, actor, appeal.id).appellant == "advertiser"
    assert entries(world.house, "appeal:filed")[0].actor == actor.name
    assert [item.actor for item in entries(world.house, "notice:opened")] == []
    open_notice(world.house, actor, str(actor.link))
    assert [item.actor for item in entries(world.house, "notice:opened")] == [actor.name]
    sign_now(world.house, SIGNER)
    assert check_now(world.house, SIGNER.verifier).findings == ()


def test_no_secret_is_kept_and_the_log_knows_of_none(quick_world: World) -> None:
    _, _, (token,) = told(quick_world)
    secret = token.rpartition(".")[2]
    with quick_world.house.records.reading() as records:
        rows = b"".join(DELIVERIES.write(row) for row in records.find(DELIVERIES))
        log = repr(list(records.entries())) + repr(getattr(quick_world.house.records, "state", ""))
    assert secret.encode() not in rows
    assert secret not in log


def test_a_link_is_over_on_its_day(quick_world: World) -> None:
    _, _, (token,) = told(quick_world)
    found = look(quick_world.house, token)
    assert found.link is not None
    assert str(found.link.until).endswith("T00:00:00Z")
    quick_world.clock.nanos = found.link.until.nanos - 2 * 10**9
    assert look(quick_world.house, token).standing is Standing.READY
    quick_world.clock.nanos = found.link.until.nanos
    assert use(quick_world.house, token).standing is Standing.OVER


def test_the_institution_declares_for_how_long_and_none_with_zero(quick_world: World) -> None:
    admin = quick_world.who(Role.ADMINISTRATOR)
    settle_procedure(quick_world.house, admin, ProcedureSettled(link_days=0), reason="by name only")
    assert told(quick_world)[2] == [""]


def test_each_attempt_has_a_link_of_its_own_and_any_of_them_may_have_arrived(quick_world: World) -> None:
    _, _, tokens = told(quick_world, Retry("busy"), Retry("busy"))
    assert len(set(tokens)) == 3
    assert {look(quick_world.house, token).standing for token in tokens} == {Standing.READY}
    came(quick_world, tokens[1])
    assert look(quick_world.house, tokens[0]).standing is Standing.READY
    assert look(quick_world.house, tokens[1]).standing is Standing.USED


@pytest.mark.parametrize(
    "made_up", ["", ".", "x", "N-000001-1-2.", "N-999999-1-2.{secret}", "{delivery}.{other}"]
)
def test_what_is_no_link_of_ours_is_told_alike(quick_world: World, made_up: str) -> None:
    _, _, (token,) = told(quick_world)
    delivery, _, secret = token.rpartition(".")
    text = made_up.format(delivery=delivery, secret=secret, other="0" * 48)
    assert use(quick_world.house, text).standing is Standing.UNKNOWN
    assert use(quick_world.house, text).delivery is None


def test_a_link_ends_with_the_address_to_which_it_went(quick_world: World) -> None:
    world, _, (token,) = told(quick_world)
    actor = came(world, token)
    delivery = deliveries(world.house)[EMAIL]
    assert actor_by(world.house, delivery.id, delivery.links[0].digest) == actor
    settle_contact(
        world.house, world.who(Role.MEMBER), ACME, language="en", emails=["new@acme.example"], reason="left"
    )
    assert actor_by(world.house, delivery.id, delivery.links[0].digest) is None
    assert look(world.house, token).standing is Standing.UNKNOWN


def test_whoever_comes_so_answers_and_decides_nothing_for_others(quick_world: World) -> None:
    world, row, (token,) = told(quick_world)
    actor = came(world, token)
    assert {act for act in Act if may(actor, act, ACME)} == BY_LINK
    assert {act for act in Act if may(actor, act, OTHER)} <= {Act.READ_PACKAGES}
    appeal = file_appeal(world.house, actor, row.id, ["We have a licence."])
    with pytest.raises(NotFoundError):
        withdraw(world.house, actor, appeal.id, "")
    with pytest.raises(NotFoundError):
        settle_contact(world.house, actor, ACME, language="en", emails=["thief@example.org"], reason="x")
    with pytest.raises(NotFoundError):
        invite(world.house, actor, "thief@example.org", "Thief", [Role.MEMBER], advertiser=ACME)


def test_a_new_link_is_asked_for_by_address_and_reference_and_nothing_is_told(quick_world: World) -> None:
    world, row, (token,) = told(quick_world)
    came(world, token)
    notice = token.rpartition("-")[0]
    world.clock.nanos += 3_600 * 10**9
    for address, reference in (
        ("someone@else.example", notice),
        (EMAIL, "N-999999-1"),
        (EMAIL, ""),
        ("not an address", notice),
        (EMAIL, "x" * 5_000),
    ):
        ask_again(world.house, address, reference)
    assert sent(world) == []
    ask_again(world.house, f" {EMAIL.upper()} ", f" {row.id.lower()} ")
    (again,) = sent(world)
    assert look(world.house, again).standing is Standing.READY
    (entry,) = entries(world.house, "notice:resent")
    assert (entry.actor, said_again(str(entry.body["reason"]))) == ("institution", ASKED_AGAIN)
    sign_now(world.house, SIGNER)
    assert check_now(world.house, SIGNER.verifier).findings == ()


def test_nobody_is_flooded_by_asking(quick_world: World) -> None:
    world, row, _ = told(quick_world)
    found = []
    for _ in range(50):
        ask_again(world.house, EMAIL, row.id)
        found += sent(world)  # an hour goes by
    assert 1 < len(found) <= 12  # an hour apart, and no more than four in any day of three
