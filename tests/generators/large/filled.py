"""A site with very many matters over a database of one's own: filled, and ready to be asked or served."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from adjudge.institution.counting.counting import count_on
from adjudge.institution.premises import occupy
from adjudge.institution.queue.mending import mend_queue
from adjudge.records.shelf import MATTERS, PEOPLE, QUEUE
from tests.generators.large.ads import fill_ads
from tests.generators.large.founding import decided
from tests.generators.large.matters import fill_matters
from tests.generators.large.others import fill_others
from tests.sites import Site, opened_in, populated, quick_passwords


@contextmanager
def pointed_at(database: dict[str, Any]) -> Iterator[None]:
    """Have the pages use a database: the one that Django calls `default`."""
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()


@dataclass(frozen=True, slots=True)
class Large:
    """A site with very many matters, and the ids that addresses of its pages name."""

    site: Site
    names: Mapping[str, str]


@contextmanager
def filled(folder: Path, count: int, *, ads: int = 0) -> Iterator[Large]:
    """Fill the database that Django calls `default`, and let its pages be asked for.

    `ads` are so many further ones of the advertiser of the founding case.
    """
    from adjudge.storage.upkeep import analyse

    with quick_passwords():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        opened = opened_in(folder)
        populated(opened)
        with opened.house.records.reading() as records:
            people = {row.email.split("@")[0]: row for row in records.find(PEOPLE)}
            site = Site(opened, people)
        names = decided(site)
        fill_matters(opened.house, str(people["reviewer"].id), count)
        mend_queue(opened.house.records)
        assert mend_queue(opened.house.records) == 0
        fill_others(opened.house, count)
        fill_ads(opened.house, ads)
        analyse()
        while count_on(opened.house, opened.settings.data):
            pass
        occupy(opened)
        with opened.house.records.reading() as records:
            assert records.count(QUEUE) == records.count(MATTERS) > count
            yield Large(site, {**names, "size": str(records.size() - 100)})
