"""How advertisers are reached: settled by themselves or by staff, secrets shown once, addresses sealed."""

import json

import pytest

from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution.notifying.contacts import contact_of, read_contact, settle_contact, taken_along
from adjudge.institution.notifying.delivering import deliver_due
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.record.audit.check import check_log
from adjudge.people.role import Role
from adjudge.post.outgoing import Call, Mail
from adjudge.records.rows import ContactRow, DeliveryState
from adjudge.records.shelf import CONTACTS
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.sent import Answering, deliveries, entries, post_to, reached
from tests.rooms.institution.world import ACME, OTHER, World

HOOK = "https://acme.example/hook"


def test_a_contact_is_kept_as_settled_and_its_addresses_stand_in_a_sealed_part_alone(world: World) -> None:
    member = world.who(Role.MEMBER)
    row = settle_contact(
        world.house,
        member,
        ACME,
        language="fr",
        emails=[" a@acme.example", "A@acme.example", "b@acme.example"],
        webhook=HOOK,
        reason="Jo Bloggs looks after it now",
    )
    assert (row.language, row.emails, row.webhook) == ("fr", ("a@acme.example", "b@acme.example"), HOOK)
    (entry,) = entries(world.house, "contact:settled")
    written = json.dumps(entry.body)
    assert "acme.example" not in written
    assert "Bloggs" not in written
    assert row.webhook_secret not in written
    with world.house.records.reading() as records:
        part = records.part(entry.private[0])
    assert part is not None
    assert b"a@acme.example" in part
    assert b"Jo Bloggs" in part
    assert row.webhook_secret.encode() not in part


def test_a_secret_is_shown_once_and_made_anew_with_another_webhook_or_where_it_is_asked_for(
    quick_world: World,
) -> None:
    house, member = quick_world.house, quick_world.who(Role.MEMBER)
    first = reached(house, member, ACME, webhook=HOOK).webhook_secret
    assert first.startswith("whsec_")
    assert read_contact(house, member, ACME).webhook_secret == ""
    assert reached(house, member, ACME, "a@x.org", webhook=HOOK).webhook_secret == ""
    with house.records.reading() as records:
        assert contact_of(records, ACME).webhook_secret == first
    other = reached(house, member, ACME, webhook=f"{HOOK}2").webhook_secret
    again = settle_contact(
        house, member, ACME, language="en", webhook=f"{HOOK}2", reason="lost", new_secret=True
    ).webhook_secret
    assert len({first, other, again, ""}) == 4
    assert reached(house, member, ACME).webhook_secret == ""
    with house.records.reading() as records:
        assert contact_of(records, ACME).webhook_secret == ""


def test_notices_that_wait_for_an_address_that_is_taken_away_go_to_those_of_now(kept_world: World) -> None:
    house, member = kept_world.house, kept_world.who(Role.MEMBER)
    reached(house, member, ACME, "old@x.org", "both@x.org", webhook=HOOK)
    excluded(kept_world)
    (notice,) = make_owed(house)
    before = deliveries(house)
    reached(house, member, ACME, "both@x.org", "new@x.org", webhook=f"{HOOK}2")
    assert taken_along(house, member, ACME) == 1
    mailer, hooks = Answering(), Answering()
    deliver_due(house, post_to(mailer, hooks))
    sent = {item.to: item.text for item in mailer.sent if isinstance(item, Mail)}
    assert sent.keys() == {"both@x.org", "new@x.org"}
    assert {text.encode() for text in sent.values()} == {house.blobs.get(notice.forms["text/plain"])}
    assert [item.url for item in hooks.sent if isinstance(item, Call)] == [f"{HOOK}2"]
    found = deliveries(house)
    assert {address: found[address].state for address in ("old@x.org", HOOK)} == {
        "old@x.org": DeliveryState.FAILED,
        HOOK: DeliveryState.FAILED,
    }
    assert "no longer reached so" in found["old@x.org"].last_error
    assert len({row.message for row in found.values()}) == len(found) == len(before) + 2
    entry = entries(house, "contact:settled")[-1]
    assert "x.org" not in json.dumps(entry.body)
    assert "example" not in json.dumps(entry.body)
    check = check_log(house, kept_world.who(Role.AUDITOR), SIGNER.verifier)
    assert not check.findings
    reached(house, member, ACME, "third@x.org")
    assert taken_along(house, member, ACME) == 0
    assert "third@x.org" not in deliveries(house), "what was delivered or refused is not sent once more"


def test_a_notice_that_waits_is_not_lost_between_two_settlements(quick_world: World) -> None:
    house, member = quick_world.house, quick_world.who(Role.MEMBER)
    reached(house, member, ACME, "old@x.org")
    excluded(quick_world)
    make_owed(house)
    reached(house, member, ACME)
    assert taken_along(house, member, ACME) == 0
    reached(house, member, ACME, "new@x.org")
    reached(house, member, ACME, "new@x.org", "newer@x.org")
    mailer = Answering()
    deliver_due(house, post_to(mailer))
    assert [item.to for item in mailer.sent if isinstance(item, Mail)].count("new@x.org") == 1


def test_nobody_settles_how_another_advertiser_is_reached(quick_world: World) -> None:
    for advertiser in (OTHER, "nobody", ""):
        with pytest.raises(NotFoundError):
            reached(quick_world.house, quick_world.who(Role.MEMBER), advertiser, "a@x.org")
        with pytest.raises(NotFoundError):
            read_contact(quick_world.house, quick_world.who(Role.MEMBER), advertiser)
    with pytest.raises(NotFoundError):
        reached(quick_world.house, quick_world.who(Role.AUDITOR), ACME, "a@x.org")


def test_where_nothing_is_settled_an_advertiser_is_reached_on_its_page(quick_world: World) -> None:
    found = read_contact(quick_world.house, quick_world.who(Role.REVIEWER), ACME)
    assert found == ContactRow(id=ACME, language="en")
    with quick_world.house.records.reading() as records:
        assert records.get(CONTACTS, ACME) is None


@pytest.mark.parametrize(
    ("emails", "webhook", "language"),
    [
        (["nothing"], "", "en"),
        (["a@x.org\r\nBcc: b@x.org"], "", "en"),
        ([f"a{number}@x.org" for number in range(11)], "", "en"),
        ([], "http://acme.example/", "en"),
        ([], "https://user:word@acme.example/", "en"),
        ([], "", "xx"),
    ],
)
def test_what_cannot_be_reached_is_not_settled(
    quick_world: World, emails: list[str], webhook: str, language: str
) -> None:
    with pytest.raises(RefusedError):
        settle_contact(
            quick_world.house,
            quick_world.who(Role.MEMBER),
            ACME,
            language=language,
            emails=emails,
            webhook=webhook,
            reason="as asked",
        )
    assert not entries(quick_world.house, "contact:settled")
