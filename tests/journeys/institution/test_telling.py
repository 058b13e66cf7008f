"""Programs told over HTTPS while others write and whoever tells is killed: all in order, under one name each."""

import random
from pathlib import Path

import pytest

from tests.journeys.institution.places import Place
from tests.receivers import certified, is_signed, webhook

STEPS = ("sent", "kept")
LEASE = 180
"""Seconds after which others may tell whom somebody was telling."""


@pytest.mark.parametrize(
    ("count", "kills"), [(6, 4), pytest.param(60, 30, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_killed_while_others_write_a_program_is_told_of_all_in_order(
    place: Place, tmp_path: Path, count: int, kills: int
) -> None:
    certificate = certified(tmp_path)
    chance = random.Random(f"{bool(place.url)} {count}")  # noqa: S311 - moments, not secrets
    first = place.founded(count)
    with webhook(certificate, keeps_open=True) as hook:
        _, secret = first.ask("hook", hook.url)
        writer = place.clerk().tell("work", list(range(count)))
        for turn in range(kills):
            killed = place.clerk()
            times = chance.randrange(1, 30) if turn % 2 == 0 else 1
            killed.tell("inform", str(tmp_path / "certificate.pem"), turn * LEASE, STEPS[turn % 2], times)
            list(killed.lines())
        assert writer.answer()["done"] == count
        told = first.ask("inform", str(tmp_path / "certificate.pem"), kills * LEASE, "", 0)
        size = first.ask("size")
    assert told
    numbers = [body["seq"] for body in hook.bodies()]
    assert list(dict.fromkeys(numbers)) == list(range(size)), "in order, and none left out"
    assert len(numbers) > size, "what was sent and not kept went out again"
    names = {
        (body["seq"], headers["webhook-id"])
        for (headers, _), body in zip(hook.calls, hook.bodies(), strict=True)
    }
    assert len(names) == size, "under the same name"
    assert all(is_signed(secret, headers, body) for headers, body in hook.calls)
    assert first.ask("check")["flaws"] == []
