"""What is due and nobody asks for: the log signed once for each size, rows held to it, accounts forgotten."""

import logging
from dataclasses import replace

import pytest

from adjudge.institution.record.log import last_checkpoint
from adjudge.institution.staff.people import deactivate, invite, join
from adjudge.mount.sweeper import forget_shut_out, hold_to_log, sweep
from adjudge.people.role import Role
from adjudge.records.shelf import PEOPLE
from adjudge.storage.models import Account
from tests.sites import Site


def signed_size(site: Site) -> int:
    with site.house.records.reading() as records:
        found = last_checkpoint(records)
    return found.checkpoint.size if found is not None else 0


def test_the_log_is_signed_when_it_has_grown_and_only_then(site: Site) -> None:
    assert sweep(site.opened)
    assert signed_size(site) == site.size
    assert not sweep(site.opened)
    join(site.house, invite(site.house, site.actor("administrator"), "n@x.org", "N", [Role.LEGAL]).secret)
    assert sweep(site.opened)
    assert signed_size(site) == site.size


def test_accounts_of_people_who_were_shut_out_are_forgotten_and_no_others(site: Site) -> None:
    before = Account.objects.count()
    deactivate(site.house, site.actor("administrator"), site.people["other"].id, "has left")
    assert forget_shut_out(site.opened) == 1
    assert forget_shut_out(site.opened) == 0
    assert Account.objects.count() == before - 1
    assert not Account.objects.filter(email="other@example.org").exists()


def test_what_is_not_what_the_log_says_is_an_error_of_the_program(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    assert hold_to_log(site.opened) == 0
    with site.house.records.writing() as records:
        person = site.people["other"]
        records.put(PEOPLE, replace(person, roles=("administrator",)))
    with caplog.at_level(logging.ERROR):
        assert hold_to_log(site.opened) == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert f"person {person.id}: `roles` is not what entry" in caplog.text
