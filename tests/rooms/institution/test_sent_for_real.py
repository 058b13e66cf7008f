"""Notices over the network: to a mail server that dies, drops and refuses, and to a webhook that checks signatures."""

from dataclasses import replace
from email import message_from_bytes

import pytest

from adjudge.basis.instant import Instant
from adjudge.institution.notifying.contacts import contact_of
from adjudge.institution.notifying.delivering import deliver_due
from adjudge.people.role import Role
from adjudge.post.mailer import Mailer, Tls
from adjudge.post.post import Post
from adjudge.post.webhook import WebhookSender
from adjudge.records.rows import DeliveryState
from tests.ports import free_port
from tests.receivers import HOST, Certified, MailServer, is_signed, mail_server, webhook
from tests.rooms.institution.sent import (
    FORMS,
    deliveries,
    entries,
    made_notice,
    minutes_after,
    post_to,
    reached,
)
from tests.rooms.institution.world import ACME, World

EMAIL = "a@acme.example"
ENDS = ("notice:delivered", "notice:failed")


def by_mail(port: int) -> Post:
    mailer = Mailer(host=HOST, port=port, sender="notices@platform.example", tls=Tls.NONE, timeout=5)
    return replace(post_to(None), mailer=mailer)


def go_on(world: World, minutes: int) -> None:
    world.clock.nanos = minutes_after(Instant(world.clock.nanos), minutes).nanos


def waits(world: World, *emails: str, hook: str = "") -> None:
    reached(world.house, world.who(Role.MEMBER), ACME, *emails, webhook=hook)
    made_notice(world.house, ACME)


def messages(server: MailServer) -> list[str]:
    contents = [item.content for item in server.taken]
    return [message_from_bytes(content)["Message-ID"] for content in contents if isinstance(content, bytes)]


def test_a_mail_server_is_dead_for_an_hour_and_then_gets_each_notice_once(kept_world: World) -> None:
    waits(kept_world, *(f"a{number}@acme.example" for number in range(5)))
    port = free_port()
    for _ in range(12):
        deliver_due(kept_world.house, by_mail(port))
        go_on(kept_world, 5)
    assert {row.state for row in deliveries(kept_world.house).values()} == {DeliveryState.WAITING}
    go_on(kept_world, 60)
    with mail_server(port=port) as server:
        for _ in range(3):
            deliver_due(kept_world.house, by_mail(port))
            go_on(kept_world, 60)
    assert len(messages(server)) == len(set(messages(server))) == 5
    assert [entry.kind for entry in entries(kept_world.house, *ENDS)] == ["notice:delivered"] * 5


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        (["drop", "250 OK"], 1),
        (["taken", "250 OK"], 2),  # nobody said so: it goes out again, under the same name
        (["451 4.3.0 busy", "452 4.3.1 full", "250 OK"], 1),
        (["554 5.7.1 not from you", "250 OK"], 1),
    ],
)
def test_what_was_not_said_to_be_taken_goes_out_again_under_the_same_name(
    quick_world: World, answers: list[str], taken: int
) -> None:
    waits(quick_world, EMAIL)
    with mail_server() as server:
        server.to_data = list(answers)
        for _ in answers:
            deliver_due(quick_world.house, by_mail(server.port))
            go_on(quick_world, 10)
    row = deliveries(quick_world.house)[EMAIL]
    assert (row.state, row.attempts, row.proof) == (DeliveryState.DELIVERED, len(answers), "250 OK")
    assert messages(server) == [row.message] * taken
    assert [entry.kind for entry in entries(quick_world.house, *ENDS)] == ["notice:delivered"]


def test_an_addressee_whom_the_server_does_not_know_is_not_tried_again(quick_world: World) -> None:
    waits(quick_world, EMAIL)
    with mail_server() as server:
        server.to_recipient = ["550 5.1.1 no such mailbox"]
        for _ in range(3):
            deliver_due(quick_world.house, by_mail(server.port))
            go_on(quick_world, 100)
        assert len(server.sessions) == 1
    assert deliveries(quick_world.house)[EMAIL].last_error == "550 5.1.1 no such mailbox"
    assert [entry.kind for entry in entries(quick_world.house, *ENDS)] == ["notice:failed"]


def test_a_webhook_gets_the_words_signed_with_the_secret_that_was_shown(
    kept_world: World, certificate: Certified
) -> None:
    with webhook(certificate) as hook:
        secret = reached(kept_world.house, kept_world.who(Role.MEMBER), ACME, webhook=hook.url).webhook_secret
        made_notice(kept_world.house, ACME)
        post = Post(mailer=None, webhooks=WebhookSender(private=True, context=certificate.client))
        hook.answers = [(503, {}, b"later"), (200, {}, b"thanks")]
        deliver_due(kept_world.house, post)
        go_on(kept_world, 10)
        deliver_due(kept_world.house, post)
    assert all(is_signed(secret, headers, body) for headers, body in hook.calls)
    first, second = hook.bodies()
    assert first == second, "the same at each attempt"
    assert first["id"] == hook.calls[0][0]["webhook-id"]
    assert first["type"] == "notice.decision"
    assert first["data"]["text"] == FORMS["text/plain"]
    row = deliveries(kept_world.house)[hook.url]
    assert (row.state, row.proof) == (DeliveryState.DELIVERED, "200 OK thanks")
    with kept_world.house.records.reading() as records:
        assert contact_of(records, ACME).webhook_secret == secret


def test_a_webhook_that_is_gone_for_good_has_failed(quick_world: World, certificate: Certified) -> None:
    with webhook(certificate) as hook:
        waits(quick_world, hook=hook.url)
        hook.answers = [(410, {}, b"")]
        post = Post(mailer=None, webhooks=WebhookSender(private=True, context=certificate.client))
        deliver_due(quick_world.house, post)
    assert [entry.kind for entry in entries(quick_world.house, *ENDS)] == ["notice:failed"]
