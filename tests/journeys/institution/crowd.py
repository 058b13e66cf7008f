"""People who read the desk and people who act meanwhile, through a server that really serves, pausing as people do.

Readers ask for pages; writers take matters on the page, record claims, and decide matters by three people through the
API. What fails is noted, and afterwards the log is held to what was acknowledged.
"""

import http.client
import random
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from time import monotonic, perf_counter
from urllib.parse import urlencode

from adjudge.client.client import Client
from adjudge.client.shapes import DecisionWhole
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding.matters import open_matter
from adjudge.institution.house import House
from adjudge.institution.staff.keys import make_own_key
from adjudge.records.rows import MatterState
from adjudge.records.shelf import MATTERS
from tests.generators import institutions
from tests.generators.institutions import POLICY, PROPOSAL, ad, another_claim, brewer
from tests.generators.large.filled import Large
from tests.generators.large.pages import PAGES

LONGEST = 60
"""Seconds for which an answer is waited for."""
LOOKED_AT = {"queue": 6, "matter": 3, "sheet": 4, "decision": 3, "document": 2}
"""How much more often than any other page these are asked for, by what their names hold."""
TAKEN = "act: a matter taken"
CLAIM = "act: a claim recorded"
PROPOSED = "act: a decision proposed"
CONFIRMED = "act: a decision confirmed"
ISSUED = "act: a decision issued"
KINDS = {
    CLAIM: "claim:recorded",
    PROPOSED: "decision:proposed",
    CONFIRMED: "decision:confirmed",
    ISSUED: "decision:issued",
}
"""The entry that each act writes."""


@dataclass(slots=True)
class Noted:
    """How long everything took, in milliseconds, and what failed; by all who call."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """One request; whatever goes wrong in it is noted."""
        began = perf_counter()
        try:
            yield
        except Exception as error:  # noqa: BLE001 - none may go unnoticed
            self.errors.append(f"{what}: {type(error).__name__} {error}")
        else:
            self.taken[what].append((perf_counter() - began) * 1_000)


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody who is signed in."""

    port: int
    session: str

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> None:
        """Ask for a page, or send a form. Raises OSError where it is not answered as it should be."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        cookies, body, more = f"sessionid={self.session}", None, {}
        if form is not None:
            token = "t" * 32
            cookies, body = f"{cookies}; csrftoken={token}", urlencode({**form, "csrfmiddlewaretoken": token})
            more = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self.port}",
            }
        try:
            line.request("POST" if body else "GET", path, body, {"Cookie": cookies, **more})
            answer = line.getresponse()
            answer.read()
        finally:
            line.close()
        if answer.status != (HTTPStatus.FOUND if body else HTTPStatus.OK):
            raise OSError(f"{path}: {answer.status}")


@dataclass(slots=True)
class Crowd:
    """All who call. Readers wait so many seconds between pages, and writers between acts, give or take a half."""

    port: int
    noted: Noted
    end: float
    pause: float
    ended: threading.Event = field(default_factory=threading.Event)

    def go_on(self, luck: random.Random) -> bool:
        """Wait; whether there is time left."""
        self.ended.wait(self.pause * (0.5 + luck.random()))
        return monotonic() < self.end

    def read(self, number: int, work: "Work") -> None:
        """One reader, who looks at pages as often as people do."""
        luck = random.Random(number)  # noqa: S311 - an order, not a secret
        who, session = work.readers[number]
        own = [page for page in work.pages if page[0] == who]
        browser = Browser(self.port, session)
        self.ended.wait(self.pause * luck.random())
        while True:
            _, what, path = luck.choice(own)
            with self.noted.timed(what):
                browser.ask(path)
            if not self.go_on(luck):
                return

    def write(self, number: int, work: "Work") -> None:
        """One writer: takes a matter, records a claim, and decides another matter with two others."""
        luck = random.Random(-1 - number)  # noqa: S311 - an order, not a secret
        browser = Browser(self.port, work.session)
        address = f"http://127.0.0.1:{self.port}"
        self.ended.wait(self.pause * luck.random())
        with (
            Client(address, work.keys["reviewer"], retries=0, timeout=LONGEST) as author,
            Client(address, work.keys["second"], retries=0, timeout=LONGEST) as second,
            Client(address, work.keys["hearer"], retries=0, timeout=LONGEST) as issuer,
        ):
            for place in range(number, len(work.brewers), work.writers):
                matter, brewed = work.matters[place], work.brewers[place]
                with self.noted.timed(TAKEN):
                    browser.ask(f"/matters/{matter}/take", {"seen": "0"})
                if not self.go_on(luck):
                    return
                with self.noted.timed(CLAIM):
                    author.record_claim(policy=POLICY, claim=another_claim(place))
                if not self.go_on(luck):
                    return
                self._decide(place, brewed, (author, second, issuer), luck)
                if not self.go_on(luck):
                    return

    def _decide(
        self, place: int, matter: str, clients: tuple[Client, Client, Client], luck: random.Random
    ) -> None:
        author, second, issuer = clients
        proposed: list[DecisionWhole] = []  # empty where it failed, which is noted
        with self.noted.timed(PROPOSED):
            row = author.propose_decision(
                matter, ad(place), reason=PROPOSAL.reason, milder=PROPOSAL.milder, rights=PROPOSAL.rights
            )
            proposed.append(row)
        if not proposed or not self.go_on(luck):
            return
        with self.noted.timed(CONFIRMED):
            second.confirm_decision(proposed[0].id, digest=proposed[0].digest, reason="read and agreed")
        if not self.go_on(luck):
            return
        with self.noted.timed(ISSUED):
            issuer.issue_decision(proposed[0].id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What those who call need: who they are, what they may read, and matters enough to act on."""

    readers: Sequence[tuple[str, str]]
    """Who each is, and the session."""
    pages: Sequence[tuple[str, str, str]]
    """Who reads it, what it is called, and its address; what is read more often stands here more often."""
    session: str
    """Of whoever takes matters."""
    keys: Mapping[str, str]
    matters: Sequence[str]
    brewers: Sequence[str]
    writers: int
    before: Mapping[str, int]
    """Entries of each kind that were there before."""


def work_for(large: Large, folder: Path, readers: int, writers: int, acts: int) -> Work:
    """Prepare it in an institution that is not served yet, and let a server find its keys."""
    site, house = large.site, large.site.house
    (folder / "secret.key").write_text("for tests\n", encoding="ascii")
    (folder / "log.key").write_text(site.opened.signer.secret() + "\n", encoding="ascii")
    who = [person for person, _ in PAGES.values() if person != "member"]
    people = [who[number * 7 % len(who)] if number % 10 else "member" for number in range(readers)]
    with house.records.reading() as records:
        free = records.find(MATTERS, assignee="", state=MatterState.OPEN.value, most=acts)
    return Work(
        readers=[(name, str(site.client(name).cookies["sessionid"].value)) for name in people],
        pages=_pages(large.names),
        session=str(site.client("reviewer").cookies["sessionid"].value),
        keys={
            name: make_own_key(house, site.actor(name), "calls").secret
            for name in ("reviewer", "second", "hearer")
        },
        matters=[row.id for row in free],
        brewers=_brewers(large, acts),
        writers=writers,
        before=entries_of(house),
    )


def _pages(names: Mapping[str, str]) -> Sequence[tuple[str, str, str]]:
    found = []
    for what, (who, address) in PAGES.items():
        often = next((count for word, count in LOOKED_AT.items() if word in what), 1)
        found += [(who, _kind(what), address.format(**names))] * often
    return found


def _kind(what: str) -> str:
    return f"page: {what.partition(':')[0]}"


def _brewers(large: Large, count: int) -> Sequence[str]:
    """Matters of the small policy."""
    house, actor = large.site.house, large.site.actor
    vocabulary, package = institutions.policy()
    numbers = range(count)
    brought = Brought(
        subjects=[item for number in numbers for item in institutions.subjects_of(number)],
        claims=[item for number in numbers for item in institutions.claims_of(number)],
        documents=[institutions.DOCUMENT],
        packages=[package],
    )
    bring_in(house, actor("administrator"), brought, vocabulary, "brought from elsewhere")
    reviewer = actor("reviewer")
    return [
        open_matter(house, reviewer, brewer(number), POLICY, reason="seen on a round").id
        for number in numbers
    ]


def entries_of(house: House) -> Mapping[str, int]:
    """How many entries the log has of each kind that writers write."""
    with house.records.reading() as records:
        return {kind: len(records.entries_of_kind(kind)) for kind in KINDS.values()}


def called(port: int, work: Work, seconds: float, pause: float) -> Noted:
    """Let everybody call for so long."""
    noted = Noted()
    crowd = Crowd(port, noted, monotonic() + seconds, pause)
    threads = [
        *(threading.Thread(target=crowd.read, args=(number, work)) for number in range(len(work.readers))),
        *(threading.Thread(target=crowd.write, args=(number, work)) for number in range(work.writers)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return noted


def lost(house: House, work: Work, noted: Noted) -> Mapping[str, tuple[int, int]]:
    """By act how often it was acknowledged and how often it is in the log, where these are not the same."""
    after = entries_of(house)
    found = {act: (len(noted.taken[act]), after[kind] - work.before[kind]) for act, kind in KINDS.items()}
    return {act: counts for act, counts in found.items() if counts[0] != counts[1]}
