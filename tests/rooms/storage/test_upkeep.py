"""What SQLite is told of how its tables are filled: by which index it then finds the rows of one advertiser."""

import pytest
from django.db import connection

from adjudge.storage.upkeep import FEW, analyse
from tests.generators.large.others import fill_others
from tests.sites import Site, founded, site

__all__ = ["founded", "site"]


def told() -> set[str]:
    """The tables of which something is noted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone():
            return set()
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.usefixtures("site")
def test_of_a_table_with_few_rows_nothing_is_noted() -> None:
    analyse()
    assert told() == set()


def test_the_notices_of_an_advertiser_are_not_sought_among_all_that_were_made(site: Site) -> None:
    fill_others(site.house, 3 * FEW, persons=2, policies=1)
    analyse()
    assert {"adjudge_notice", "adjudge_measure", "adjudge_decision"} <= told()
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT data FROM adjudge_notice WHERE advertiser = 'a' AND state = 'made'"
        )
        assert "adjudge_notice_advertiser" in str(cursor.fetchall())
