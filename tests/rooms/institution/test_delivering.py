"""Deliveries: tried until they are proven, recorded once, by one of however many try, under one name of the message."""

import threading
from dataclasses import replace

import pytest

from adjudge.basis.instant import Instant
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.notifying.delivering import (
    FEWEST,
    LONGEST_TRIED,
    Pace,
    deliver_due,
    wait,
    waiting_for_mail,
)
from adjudge.institution.notifying.resending import correct, resend
from adjudge.people.role import Role
from adjudge.post.attempt import Delivered, Refused, Retry
from adjudge.post.outgoing import Call, Mail
from adjudge.records.rows import DeliveryState, NoticeState, Purpose
from adjudge.records.shelf import DELIVERIES, NOTICES
from tests.rooms.institution.sent import (
    FORMS,
    Answering,
    deliveries,
    entries,
    made_notice,
    minutes_after,
    post_to,
    reached,
)
from tests.rooms.institution.world import ACME, World

EMAIL, SECOND, HOOK = "a@acme.example", "b@acme.example", "https://acme.example/hook"
ENDS = ("notice:delivered", "notice:failed")


@pytest.fixture
def waiting(quick_world: World) -> World:
    """An institution with one notice that waits for a mail address."""
    return made(quick_world, EMAIL)


def made(world: World, *emails: str, webhook: str = "") -> World:
    reached(world.house, world.who(Role.MEMBER), ACME, *emails, webhook=webhook)
    made_notice(world.house, ACME)
    return world


def go_on(world: World, minutes: int) -> None:
    world.clock.nanos = minutes_after(Instant(world.clock.nanos), minutes).nanos


def test_a_notice_goes_to_every_address_with_the_bytes_that_were_made(world: World) -> None:
    made(world, EMAIL, SECOND, webhook=HOOK)
    mailer, hooks = Answering(), Answering()
    house = replace(world.house, address="https://platform.example")
    done = deliver_due(house, post_to(mailer, hooks))
    assert [row.state for row in done] == [DeliveryState.DELIVERED] * 3
    assert deliver_due(world.house, post_to(mailer, hooks)) == ()
    first, second = (item for item in mailer.sent if isinstance(item, Mail))
    assert (first.to, second.to) == (EMAIL, SECOND)
    assert first.message != second.message
    assert (first.text, first.html, first.pdf.decode()) == tuple(FORMS.values())
    (call,) = hooks.sent
    assert isinstance(call, Call)
    data = call.body["data"]
    assert isinstance(data, dict)
    assert data["text"] == FORMS["text/plain"]
    assert data["links"] == {
        "notice": "https://platform.example/notices/N-000001-1",
        "decision": "https://platform.example/decisions/X-000001",
    }


def test_a_proof_is_kept_and_addresses_stand_in_a_sealed_part_alone(world: World) -> None:
    made(world, EMAIL)
    deliver_due(world.house, post_to(Answering([Delivered("250 queued as 7")])))
    row = deliveries(world.house)[EMAIL]
    assert (row.state, row.proof, row.attempts) == (DeliveryState.DELIVERED, "250 queued as 7", 1)
    (entry,) = entries(world.house, *ENDS)
    assert entry.kind == "notice:delivered"
    assert entry.actor == "institution"
    assert entry.subject == row.notice
    assert entry.at == row.delivered_at
    assert entry.body["delivery"] == row.id
    assert EMAIL not in str(entry.body)
    with world.house.records.reading() as records:
        part = records.part(entry.private[0])
    assert part is not None
    assert EMAIL.encode() in part


def test_without_a_mail_server_mail_waits_and_nothing_is_lost(waiting: World) -> None:
    assert deliver_due(waiting.house, post_to(None)) == ()
    go_on(waiting, 60 * 24 * 30)
    assert deliver_due(waiting.house, post_to(None)) == ()
    with waiting.house.records.reading() as records:
        assert waiting_for_mail(records, post_to(None)) == 1
        assert waiting_for_mail(records, post_to(Answering())) == 0
    (row,) = deliver_due(waiting.house, post_to(Answering()))
    assert row.state is DeliveryState.DELIVERED


def test_attempts_are_a_minute_apart_and_then_ever_longer_up_to_an_hour() -> None:
    minutes = [wait(attempts) // (60 * 10**9) for attempts in range(1, 10)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait(100_000) == wait(7)


def test_a_server_that_is_dead_for_an_hour_loses_nothing_and_doubles_nothing(kept_world: World) -> None:
    made(kept_world, EMAIL, SECOND)
    dead = Answering([Retry("no answer", everyone=True)] * 1_000)
    for _ in range(60):
        deliver_due(kept_world.house, post_to(dead))
        go_on(kept_world, 1)
    assert not entries(kept_world.house, *ENDS)
    assert len(dead.sent) < 20, "nobody is asked again and again who does not answer"
    go_on(kept_world, 60)
    alive = Answering()
    done = deliver_due(kept_world.house, post_to(alive))
    assert {row.address for row in done} == {EMAIL, SECOND}
    assert len(alive.sent) == 2
    assert {item.message for item in dead.sent} == {item.message for item in alive.sent}
    go_on(kept_world, 600)
    assert deliver_due(kept_world.house, post_to(alive)) == ()
    assert len(entries(kept_world.house, *ENDS)) == 2


def test_where_the_way_is_shut_the_others_by_it_are_not_tried_in_this_round(quick_world: World) -> None:
    made(quick_world, EMAIL, SECOND, webhook=HOOK)
    mailer, hooks = Answering([Retry("no answer", everyone=True)]), Answering()
    deliver_due(quick_world.house, post_to(mailer, hooks))
    assert len(mailer.sent) == 1
    assert len(hooks.sent) == 1


def test_one_busy_mailbox_does_not_keep_the_others_waiting(quick_world: World) -> None:
    made(quick_world, EMAIL, SECOND)
    deliver_due(quick_world.house, post_to(Answering([Retry("450 busy")])))
    found = deliveries(quick_world.house)
    assert found[EMAIL].state is DeliveryState.WAITING
    assert found[EMAIL].last_error == "450 busy"
    assert found[SECOND].state is DeliveryState.DELIVERED


def test_what_is_refused_for_good_has_failed_and_a_person_can_send_it_again(waiting: World) -> None:
    house, reviewer = waiting.house, waiting.who(Role.REVIEWER)
    (row,) = deliver_due(house, post_to(Answering([Refused("550 no such mailbox")])))
    assert (row.state, row.last_error) == (DeliveryState.FAILED, "550 no such mailbox")
    assert [entry.kind for entry in entries(house, *ENDS)] == ["notice:failed"]
    go_on(waiting, 100)
    assert deliver_due(house, post_to(Answering())) == ()
    resend(house, reviewer, row.notice, "the mailbox is there again")
    (again,) = deliver_due(house, post_to(Answering()))
    assert again.state is DeliveryState.DELIVERED
    assert again.id != row.id
    assert again.message != row.message
    assert len(entries(house, "notice:resent")) == 1


def test_after_a_week_of_attempts_a_delivery_has_failed(waiting: World) -> None:
    tries = 0
    while not entries(waiting.house, *ENDS):
        deliver_due(waiting.house, post_to(Answering([Retry("no answer", everyone=True)])))
        go_on(waiting, 61)
        tries += 1
        assert tries < 200
    (entry,) = entries(waiting.house, *ENDS)
    row = deliveries(waiting.house)[EMAIL]
    assert entry.kind == "notice:failed"
    assert row.state is DeliveryState.FAILED
    assert entry.at.nanos - row.first_due_at.nanos >= LONGEST_TRIED
    assert entry.at.nanos - row.first_due_at.nanos < LONGEST_TRIED + 2 * 3600 * 10**9


def test_what_waited_for_long_is_tried_often_before_it_has_failed(waiting: World) -> None:
    go_on(waiting, 60 * 24 * 30)
    busy = Answering([Retry("450 busy")] * 100)
    while not entries(waiting.house, *ENDS):
        deliver_due(waiting.house, post_to(busy))
        go_on(waiting, 61)
    assert len(busy.sent) == FEWEST


def test_nothing_goes_to_an_address_that_was_taken_away(waiting: World) -> None:
    reached(waiting.house, waiting.who(Role.MEMBER), ACME, SECOND)
    mailer = Answering()
    deliver_due(waiting.house, post_to(mailer))
    row = deliveries(waiting.house)[EMAIL]
    assert row.state is DeliveryState.FAILED
    assert [item.to for item in mailer.sent if isinstance(item, Mail)] == [SECOND]
    assert "no longer" in row.last_error


def test_bytes_that_are_gone_are_waited_for(waiting: World) -> None:
    with waiting.house.records.reading() as records:
        notice = records.find(NOTICES)[0]
    content = waiting.house.blobs.get(notice.forms["application/pdf"])
    assert content is not None
    waiting.house.blobs.delete(notice.forms["application/pdf"])
    mailer = Answering()
    (row,) = deliver_due(waiting.house, post_to(mailer))
    assert row.state is DeliveryState.WAITING
    assert not mailer.sent
    waiting.house.blobs.put(content)
    go_on(waiting, 2)
    (row,) = deliver_due(waiting.house, post_to(mailer))
    assert row.state is DeliveryState.DELIVERED


def test_a_round_ends_when_its_time_is_over(quick_world: World) -> None:
    made(quick_world, EMAIL, SECOND)
    mailer = Answering()
    deliver_due(quick_world.house, post_to(mailer), Pace(is_over=lambda: len(mailer.sent) == 1))
    assert len(mailer.sent) == 1
    assert len(deliver_due(quick_world.house, post_to(mailer))) == 1


class CutOffError(Exception):
    """As if the process had ended here."""


STEPS = ("seen", "taken", "ready", "sent", "written", "told", "recorded")


@pytest.mark.parametrize("step", STEPS)
def test_cut_off_at_any_step_a_delivery_is_recorded_once_in_the_end(world: World, step: str) -> None:
    made(world, EMAIL)
    mailer, steps = Answering(), []

    def cut(told: str) -> None:
        steps.append(told)
        if told == step:
            raise CutOffError

    with pytest.raises(CutOffError):
        deliver_due(world.house, post_to(mailer), Pace(between=cut))
    assert steps == list(STEPS[: STEPS.index(step) + 1])
    for _ in range(20):
        deliver_due(world.house, post_to(mailer))
        go_on(world, 1)
    assert len(entries(world.house, *ENDS)) == 1
    assert deliveries(world.house)[EMAIL].state is DeliveryState.DELIVERED
    assert len({item.message for item in mailer.sent}) == 1
    was_out = step in {"sent", "written", "told"}
    assert len(mailer.sent) == (2 if was_out else 1), (
        "what went out unseen goes out again, under the same name"
    )


def test_two_who_deliver_at_once_send_each_notice_once(kept_world: World) -> None:
    made(kept_world, *(f"a{number}@acme.example" for number in range(10)))
    mailer, start = Answering(), threading.Barrier(2)

    def deliver() -> None:
        from django.db import connections

        start.wait()
        deliver_due(kept_world.house, post_to(mailer))
        connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mailer.sent) == 10
    assert len({item.message for item in mailer.sent}) == 10
    assert len(entries(kept_world.house, *ENDS)) == 10


def test_two_who_have_both_sent_record_one_end(quick_world: World) -> None:
    made(quick_world, EMAIL)
    house = quick_world.house

    def meanwhile(step: str) -> None:
        if step == "sent":
            go_on(quick_world, 10)  # so slow that somebody else has taken it over
            deliver_due(house, post_to(Answering([Delivered("by the other")])))

    assert deliver_due(house, post_to(Answering([Refused("550")])), Pace(between=meanwhile)) == ()
    assert [entry.kind for entry in entries(house, *ENDS)] == ["notice:delivered"]
    assert deliveries(house)[EMAIL].proof == "by the other"


def test_a_notice_is_sent_again_to_the_addresses_of_now_and_only_by_who_may(world: World) -> None:
    made(world, EMAIL)
    house, reviewer = world.house, world.who(Role.REVIEWER)
    deliver_due(house, post_to(Answering()))
    reached(house, world.who(Role.MEMBER), ACME, SECOND, webhook=HOOK)
    for role in (Role.MEMBER, Role.AUDITOR):
        with pytest.raises(NotFoundError):
            resend(house, world.who(role), "N-000001-1", "again")
        with pytest.raises(NotFoundError):
            correct(house, world.who(role), "N-000001-1", "again")
    with pytest.raises(NotFoundError):
        resend(house, reviewer, "N-999999-1", "again")
    resend(house, reviewer, "N-000001-1", "asked on the telephone")
    mailer, hooks = Answering(), Answering()
    deliver_due(house, post_to(mailer, hooks))
    assert [item.to for item in mailer.sent if isinstance(item, Mail)] == [SECOND]
    assert len(hooks.sent) == 1
    with house.records.reading() as records:
        assert len(records.find(DELIVERIES)) == 4
    (entry,) = entries(house, "notice:resent")
    assert SECOND not in str(entry.body)


def test_without_an_address_there_is_nothing_to_send_again(quick_world: World) -> None:
    made(quick_world)
    with pytest.raises(RefusedError, match="no address"):
        resend(quick_world.house, quick_world.who(Role.REVIEWER), "N-000001-1", "again")
    assert deliver_due(quick_world.house, post_to(Answering())) == ()


def test_a_correction_is_a_new_notice_that_says_what_was_wrong_once(world: World) -> None:
    made(world, EMAIL)
    house, reviewer = world.house, world.who(Role.REVIEWER)
    owed = correct(house, reviewer, "N-000001-1", "the name of the ad was wrong")
    assert (owed.purpose, owed.state, owed.replaces) == (Purpose.CORRECTION, NoticeState.OWED, "N-000001-1")
    assert owed.facts == {"purpose": "decision", "wrong": "the name of the ad was wrong"}
    assert owed.about == "X-000001"
    with pytest.raises(ConflictError, match=owed.id):
        correct(house, reviewer, "N-000001-1", "once more")
    for act in (correct, resend):
        with pytest.raises(RefusedError, match="not made"):
            act(house, reviewer, owed.id, "at once")
    (entry,) = entries(house, "notice:corrected")
    follows = entry.body["follows"]
    assert isinstance(follows, dict)
    assert str(owed.id) in str(follows["notices"])
