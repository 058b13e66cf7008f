"""How many questions each page asks of the database: no more than the table says, however much there is."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.institution.premises import occupy
from adjudge.institution.queue.mending import mend_queue
from adjudge.institution.reading.queues import badges
from adjudge.institution.ticking.reading import overdue_of
from tests.generators.large.founding import decided
from tests.generators.large.matters import fill_matters
from tests.generators.large.others import fill_others
from tests.generators.large.pages import PAGES
from tests.sites import Site, ticking

FEW, MANY = 10, 60
LATER = 24 * 1_000
"""Hours after which something is overdue, whichever clocks run."""
MOST = {
    "next to nothing: /keys": 20,
    "the queue: to do, by the clock": 40,
    "the queue: the severest first": 40,
    "the queue: the greatest spend first": 40,
    "the queue: the oldest first": 40,
    "the queue: mine": 40,
    "the queue: unassigned, the severest first": 40,
    "the queue: unassigned, the newest first": 40,
    "the queue: waiting on the second reviewer": 40,
    "the queue: waiting on appeals": 40,
    "the queue: overdue, the severest first": 40,
    "the queue: all, the greatest spend first": 40,
    "the queue: in one territory": 40,
    "the queue: under one policy": 40,
    "the queue: one advertiser": 40,
    "opening a matter": 20,
    "a matter: the founding case": 40,
    "a matter: out of the queue": 45,
    "a matter: for its advertiser": 45,
    "the sheet": 35,
    "the sheet: the notice": 55,
    "the sheet: what would change it": 35,
    "the sheet: whom else it reaches": 40,
    "the sheet: the timeline": 55,
    "proposing": 45,
    "a decision that waits": 60,
    "a decision that was issued": 45,
    "a decision that waits: what it rests on": 45,
    "a decision that was issued: what it rests on": 45,
    "a decision: for its advertiser": 70,
    "a document": 35,
    "a document: for its advertiser": 20,
    "the overview": 45,
    "the overview of a year": 45,
    "the overview as a table": 35,
    "clocks": 40,
    "clocks: overdue": 40,
    "clocks: the tenth page": 40,
    "appeals": 45,
    "appeals: the tenth page": 45,
    "appeals: ended": 35,
    "appeals: of an advertiser": 40,
    "an appeal": 70,
    "notices": 25,
    "notices: the last page": 25,
    "notices: not delivered": 25,
    "notices: owed": 25,
    "notices: of an advertiser": 20,
    "a notice": 35,
    "misuse": 25,
    "misuse: one advertiser": 30,
    "how an advertiser is reached": 20,
    "home of an advertiser": 35,
    "the own data of an advertiser": 15,
    "the check of a receipt": 5,
    "the register": 15,
    "the register: searched": 15,
    "the register: a decision": 15,
    "the register: statistics": 15,
    "the register: policies": 15,
    "the register: the log": 15,
    "policies": 15,
    "a version": 15,
    "people": 20,
    "people: the third page": 20,
    "the institution": 20,
    "the procedure": 20,
    "programs that are told": 20,
    "the log": 25,
    "the log: its end": 25,
    "the log: of one matter": 25,
    "help": 20,
    "the first steps": 20,
    "the design": 20,
    "problems": 20,
    "the second factor": 20,
    "the password": 20,
}
"""By page how many it asks at most, with those of the session and of the frame around it."""


def filled(site: Site, count: int) -> None:
    """So many matters, every other one with an appeal or a proposal; as many people and notices, and a few policies."""
    fill_matters(site.house, str(site.people["reviewer"].id), count, appealed=2)
    fill_others(site.house, count, persons=count, policies=count // 5)
    mend_queue(site.house.records)


def asked(site: Site, names: dict[str, str]) -> dict[str, int]:
    """By page how many questions it asks, when it is asked for the second time."""
    found = {}
    for what, (who, address) in PAGES.items():
        client, at = site.client(who), address.format(**names)
        assert client.get(at).status_code == 200, at
        with CaptureQueriesContext(connection) as queries:
            client.get(at)
            found[what] = len(queries)
    return found


def test_a_page_asks_no_more_questions_where_there_is_more(site: Site) -> None:
    names = {**decided(site), "size": "100"}
    at = ticking(LATER)()
    occupy(replace(site.opened, house=replace(site.house, clock=lambda: at)))
    filled(site, FEW)
    few = asked(site, names)
    filled(site, MANY)
    many = asked(site, names)
    assert {what: (few[what], many[what]) for what in PAGES if many[what] != few[what]} == {}
    assert {what: count for what, count in many.items() if count > MOST[what]} == {}


def test_the_number_beside_the_clocks_is_that_of_those_overdue(site: Site) -> None:
    decided(site)
    later = replace(site.house, clock=ticking(LATER))
    for count in (FEW, MANY):
        filled(site, count)
        with site.house.records.reading() as records:
            overdue = len(overdue_of(records, later.clock()))
        assert badges(later, site.actor("hearer")).overdue == overdue > 0


def test_every_page_has_its_number() -> None:
    assert MOST.keys() == PAGES.keys()
