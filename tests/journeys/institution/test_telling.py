"""Programs told over HTTPS while others write and whoever tells is killed: all in order, under one name each."""

import random
from pathlib import Path

import pytest

from tests.journeys.institution.places import Place
from tests.receivers import certified, is_signed, webhook

STEPS = ("sent", "kept")
LEASE = 180
"""Seconds after which others may tell whom somebody was telling."""


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.slow)], ids=["few", "many"])
def test_killed_while_others_write_a_program_is_told_of_all_in_order(
    place: Place, tmp_path: Path, kills: int
) -> None:
    certificate, file = certified(tmp_path), str(tmp_path / "certificate.pem")
    chance = random.Random(f"{bool(place.url)} {kills}")  # noqa: S311 - moments, not secrets
    writer = place.founded(kills)
    with webhook(certificate, keeps_open=True) as hook:
        _, secret = writer.ask("hook", hook.url)
        for turn in range(kills):
            teller, step = place.clerk(), STEPS[turn % 2]
            writer.tell("work", [turn])
            teller.tell("inform", file, turn * LEASE, step, chance.randrange(1, 4) if step == "sent" else 1)
            assert list(teller.lines()) == [], f"it was not killed where it had {step}"
            assert writer.answer()["done"] == 1
        assert writer.ask("inform", file, kills * LEASE, "", 0)
        size = writer.ask("size")
    numbers = [body["seq"] for body in hook.bodies()]
    assert list(dict.fromkeys(numbers)) == list(range(size)), "in order, and none left out"
    assert len(numbers) > size, "what was sent and not kept went out again"
    names = [headers["webhook-id"] for headers, _ in hook.calls]
    assert len({*zip(numbers, names, strict=True)}) == size, "under the same name"
    assert all(is_signed(secret, headers, body) for headers, body in hook.calls)
    assert writer.ask("check")["flaws"] == []
