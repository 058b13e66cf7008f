"""Lists in parts: a filter that few rows meet costs few questions, and `next` tells nothing of what is not shown."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from adjudge.api.paging import MOST_LOOKED_AT, behind, page_of
from adjudge.api.shapes.shape import Page, Shape
from adjudge.institution.deciding.decisions import propose
from adjudge.records.rows import DecisionRow, DecisionState
from adjudge.records.shelf import DECISIONS, VERSIONS
from tests.rooms.api.calls import calls_of, stranger, told
from tests.rooms.desk.hearings import PROPOSAL, issued
from tests.sites import Site


class Item(Shape):
    """What is listed."""

    id: str


@dataclass
class Rows:
    """A list that counts how often it is asked."""

    count: int
    asked: int = 0

    def found(self, after: str, most: int) -> Sequence[Item]:
        self.asked += 1
        return behind([Item(id=f"{number:05d}") for number in range(self.count)], after, most)

    def page(self, limit: int, keeps: Callable[[Item], bool], cursor: str = "") -> Page[Item]:
        request = RequestFactory().get("/things")
        return page_of(
            request, Page[Item], self.found, lambda row: row, cursor=cursor, limit=limit, keeps=keeps
        )


def place_of(cursor: str) -> str:
    """The id that a cursor bears."""
    found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return str(found[1])


def test_a_filter_that_no_row_meets_is_answered_by_few_questions_however_few_are_asked_for() -> None:
    rows = Rows(2 * MOST_LOOKED_AT)
    part = rows.page(1, lambda _: False)
    assert (part.items, rows.asked) == ([], 11)
    assert part.next is not None
    assert place_of(part.next) == f"{MOST_LOOKED_AT - 1:05d}"


def test_there_is_no_next_where_nothing_more_is_given() -> None:
    """Found by review: whoever may not see a row learned by `next` that there is one."""
    assert Rows(300).page(1, lambda row: row.id == "00007").next is None
    assert Rows(1).page(1, lambda _: True).next is None
    assert Rows(0).page(1, lambda _: True).next is None


def test_next_names_the_last_row_that_was_given_and_none_that_was_not() -> None:
    part = Rows(300).page(1, lambda row: row.id in {"00007", "00250"})
    assert part.next is not None
    assert place_of(part.next) == "00007"


def test_all_parts_together_are_the_whole_list_whatever_the_limit() -> None:
    for count in (0, 1, 199, 200, 201, MOST_LOOKED_AT, MOST_LOOKED_AT + 1):
        for step in (1, 3, 997):
            expected = [f"{number:05d}" for number in range(0, count, step)]
            found: list[str] = []
            cursor: str | None = ""
            while cursor is not None:
                part = Rows(count).page(200, lambda row: int(row.id) % step == 0, cursor)  # noqa: B023 - run here
                found, cursor = [*found, *(item.id for item in part.items)], part.next
            assert found == expected, (count, step)


def test_an_advertiser_does_not_learn_from_next_that_a_proposal_waits(site: Site) -> None:
    issued(site)
    member = calls_of(site, "member")
    before = told(member.get("/decisions?limit=1"))
    propose(site.house, site.actor("reviewer"), site.matter.id, "ad-threat-intelligence", PROPOSAL)
    assert told(calls_of(site, "reviewer").get("/decisions?limit=1"))["next"] is not None
    assert told(member.get("/decisions?limit=1")) == before
    assert before["next"] is None


def many_issued(site: Site, count: int) -> None:
    """So many decisions that were issued, without what else stands behind one."""
    matter = site.matter
    with site.house.records.writing() as records:
        version = records.find(VERSIONS)[-1].id
        rows = [
            DecisionRow(
                id=f"X-{number:06d}",
                matter=matter.id,
                subject="ad-antivirus",
                advertiser=matter.advertiser,
                state=DecisionState.ISSUED,
                author="nobody",
                proposed_at=matter.opened_at,
                package=version,
                proposal={},
                digest="sha256:" + "0" * 64,
                outcome={},
                answer={},
                issued_at=matter.opened_at,
                entry=1_000 + number,
            )
            for number in range(count)
        ]
        records.put_all(DECISIONS, rows)


def test_a_stranger_cannot_have_the_register_ask_the_database_without_end(site: Site) -> None:
    """Found by review: 7,007 questions to the database for one of a stranger's requests, which the server let in."""
    many_issued(site, 700)
    for query in ("limit=1&kind=notify", "limit=200&kind=notify", "limit=200", "limit=1&policy=none"):
        with CaptureQueriesContext(connection) as asked:
            answer = stranger().get(f"/register?{query}")
        assert answer.status_code == 200
        assert len(asked) < 60, query
    part = told(stranger().get("/register?limit=1&kind=notify"))
    assert (part["items"], part["next"]) == ([], None), "what no decision has is not looked for among them"
    part = told(stranger().get("/register?limit=200"))
    later = told(stranger().get(f"/register?limit=200&cursor={quote(part['next'])}"))
    assert len({item["id"] for page in (part, later) for item in page["items"]}) == 400
