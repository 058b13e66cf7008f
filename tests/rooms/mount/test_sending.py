"""The sweeper's sender: what is owed is made and goes out by the settings; without a mail server it says what waits."""

import logging
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.errors import UnavailableError
from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.posting import post_of
from adjudge.institution.on_database import Opened
from adjudge.matters.proposal import Proposal
from adjudge.mount.sending import Sender
from adjudge.records.rows import DecisionRow, DeliveryState, NoticeState
from adjudge.records.shelf import DELIVERIES, MATTERS, NOTICES
from adjudge.settings.schema import Settings
from tests.journeys.institution.places import Place
from tests.receivers import HOST, mail_server
from tests.rooms.mount.running import up
from tests.sites import Site


def issued(site: Site) -> DecisionRow:
    """A decision, by which a notice is owed."""
    with site.house.records.reading() as records:
        matter = records.find(MATTERS)[0]
    reviewer = site.actor("reviewer")
    row = propose(
        site.house,
        reviewer,
        matter.id,
        "ad-antivirus",
        Proposal(
            reason="The determination prohibits the sale.",
            milder="A label would not stop a sale that is prohibited.",
            rights="Freedom to conduct a business; the ad may run elsewhere.",
        ),
    )
    confirm(site.house, site.actor("second"), row.id, row.digest, "read")
    sign(site.house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
    return issue(site.house, reviewer, row.id)


def by_mail(site: Site) -> DecisionRow:
    """As `issued`, to an advertiser who is reached by mail."""
    row = issued(site)
    settle_contact(
        site.house,
        site.actor("reviewer"),
        row.advertiser,
        language="fr",
        emails=["a@vendor.example"],
        reason="as asked",
    )
    return row


def sender_of(site: Site, stopped: threading.Event | None = None, **settings: object) -> Sender:
    told = replace(site.opened.settings, **settings)  # type: ignore[arg-type]  # as the fields are
    opened = Opened(house=site.house, signer=site.opened.signer, settings=told)
    return Sender(opened, stopped or threading.Event())


def test_what_is_decided_is_made_and_sent(site: Site) -> None:
    by_mail(site)
    with mail_server() as server:
        sender_of(
            site, smtp_host=HOST, smtp_port=server.port, smtp_tls="none", mail_from="n@platform.example"
        ).send()
    assert [item.rcpt_tos for item in server.taken] == [["a@vendor.example"]]
    with site.house.records.reading() as records:
        assert records.count(NOTICES, state=NoticeState.OWED.value) == 0
        assert records.count(DELIVERIES, state=DeliveryState.WAITING.value) == 0


def test_without_a_mail_server_it_says_once_what_waits(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    by_mail(site)
    sender = sender_of(site)
    with caplog.at_level(logging.WARNING):
        sender.send()
        sender.send()
    (told,) = (record.getMessage() for record in caplog.records)
    assert "ADJUDGE_SMTP_HOST" in told
    assert told.startswith("1 ")


def test_most_looks_find_nothing_and_do_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[object] = []
    sender = sender_of(site)
    sender.send()
    monkeypatch.setattr("adjudge.mount.sending.make_owed", rounds.append)
    assert not sender._is_due()  # noqa: SLF001 - what is asked every few seconds
    row = issued(site)
    assert sender._is_due()  # noqa: SLF001
    with site.house.records.reading() as records:
        assert records.count(NOTICES, about=row.id) == 1
    assert rounds == []


def test_told_to_stop_it_makes_what_is_owed_and_ends(site: Site) -> None:
    by_mail(site)
    stopped = threading.Event()
    stopped.set()
    begun = time.monotonic()
    sender_of(site, stopped, smtp_host=HOST, smtp_port=9, smtp_tls="none", mail_from="n@x.example").run()
    assert time.monotonic() - begun < 30
    with site.house.records.reading() as records:
        assert records.count(NOTICES, state=NoticeState.MADE.value) == 1
        (row,) = records.find(DELIVERIES, state=DeliveryState.WAITING.value)
    assert row.attempts == 0, "it is left to the next start"


def test_a_fault_in_one_round_does_not_end_the_sending(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    stopped = threading.Event()
    stopped.set()
    monkeypatch.setattr("adjudge.mount.sending.make_owed", broken)
    with caplog.at_level(logging.ERROR):
        sender_of(site, stopped).run()
    assert "ZeroDivisionError" in caplog.text


def test_the_password_of_the_mail_server_is_read_from_its_file_and_stands_in_no_text(tmp_path: Path) -> None:
    file = tmp_path / "password"
    settings = Settings(
        data=tmp_path, smtp_host=HOST, smtp_user="u", smtp_password_file=file, mail_from="a@x.org"
    )
    with pytest.raises(UnavailableError, match="password"):
        post_of(settings)
    file.write_text("very secret\n", encoding="utf-8")
    for mode in (0o620, 0o602):
        file.chmod(mode)
        with pytest.raises(UnavailableError, match="others on this machine can write"):
            post_of(settings)
    file.chmod(0o600)
    post = post_of(settings)
    assert getattr(post.mailer, "password", "") == "very secret"
    assert "very secret" not in f"{post!r} {settings!r}"
    assert post_of(Settings(data=tmp_path)).mailer is None
    assert "hidden" not in repr(Settings(data=tmp_path, smtp_password="hidden"))  # noqa: S106 - of a test


def test_served_by_up_what_is_decided_goes_out_within_seconds(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with mail_server() as server:
        with up(
            data,
            "--empty",
            ADJUDGE_SMTP_HOST=HOST,
            ADJUDGE_SMTP_PORT=str(server.port),
            ADJUDGE_SMTP_TLS="none",
            ADJUDGE_MAIL_FROM="notices@platform.example",
        ) as running:
            place = Place(data)
            clerk = place.clerk()
            clerk.ask("found", 1)
            clerk.ask("reach", 0, ["a@brewer.example"])
            clerk.ask("work", [0])
            begun = time.monotonic()
            while not server.taken and time.monotonic() - begun < 60:
                time.sleep(0.1)
            assert [item.rcpt_tos for item in server.taken] == [["a@brewer.example"]], running.text
            place.close()
            stopped = time.monotonic()
            running.process.terminate()
            assert running.process.wait(30) == 0
            assert time.monotonic() - stopped < 15
        assert "Traceback" not in running.text
