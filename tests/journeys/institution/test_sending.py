"""Notices sent to a real server by processes that are killed at every step: one delivery recorded each, none lost."""

from collections import Counter
from email import message_from_bytes
from itertools import chain

from tests.journeys.institution.places import Place
from tests.receivers import MailServer, mail_server

STEPS = ("seen", "taken", "ready", "sent", "written", "told", "recorded")
OUT_AND_UNSEEN = ("sent", "written", "told")
"""Where the server has the message, and the process ends before that is recorded."""
HOUR = 3_600


def test_killed_at_any_step_of_sending_each_delivery_is_recorded_once_and_none_is_lost(place: Place) -> None:
    clerk = place.founded(1)
    clerk.ask("work", [0])
    addresses = [f"a{number}@brewer.example" for number in range(len(STEPS) + 1)]
    clerk.ask("reach", 0, addresses)
    (notice,) = clerk.ask("make")
    with mail_server() as server:
        for step in STEPS:
            killed = place.clerk()
            killed.tell("deliver", server.port, 0, step)
            assert list(killed.lines()) == [], f"it was not killed where it had {step}"
        done = [clerk.ask("deliver", server.port, hours * HOUR, "") for hours in (1, 2, 3)]
        _assert_each_once(clerk.ask("check"), notice, server)
    assert done[1:] == [[], []], "nothing is left after one round"


def _assert_each_once(checked: dict[str, list[list[str]]], notice: str, server: MailServer) -> None:
    count = len(STEPS) + 1
    assert checked["flaws"] == []
    told = Counter(kind for kind, subject in checked["entries"] if subject == notice)
    assert told == {"notice:made": 1, "notice:delivered": count + 1}, "by mail, and once on the page"
    contents = [item.content for item in server.taken]
    messages = [
        message_from_bytes(content)["Message-ID"] for content in contents if isinstance(content, bytes)
    ]
    assert len(set(messages)) == count
    assert len(messages) <= count + len(OUT_AND_UNSEEN)
    assert set(chain.from_iterable(item.rcpt_tos for item in server.taken)) == {
        f"a{number}@brewer.example" for number in range(count)
    }
