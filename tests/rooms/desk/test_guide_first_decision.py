"""The guide to the first decision: each page has what the guide says is there, at the moment at which it says so."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from adjudge.records.shelf import DECISIONS
from tests.rooms.desk.test_pages import proposed, text_of
from tests.sites import Site

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "first-decision.md"
ROW = re.compile(r"^\| ([a-z ]+) \| `(/[^`]*)` \| (.*) \|$", re.MULTILINE)
BOLD = re.compile(r"\*\*([^*]+)\*\*")
PEOPLE = {"second reviewer": "second"}


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """Who opens which page, and the words that stand on it."""
    for who, address, told in ROW.findall(GUIDE.read_text(encoding="utf-8")):
        yield PEOPLE.get(who, who), address, BOLD.findall(told)


def waiting(site: Site) -> tuple[str, dict[str, str]]:
    """The address of the proposal, and what those who stand for it send."""
    with site.house.records.reading() as records:
        row = records.find(DECISIONS)[-1]
    return f"/decisions/{row.id}", {"digest": row.digest, "reason": "I have read it"}


def take(site: Site) -> None:
    site.client("reviewer").post(f"/matters/{site.matter.id}/take", {"seen": site.matter.seen})


def propose(site: Site) -> None:
    proposed(site)


def confirm(site: Site) -> None:
    address, sent = waiting(site)
    site.client("second").post(f"{address}/confirm", sent)


def sign(site: Site) -> None:
    address, sent = waiting(site)
    site.client("legal").post(f"{address}/sign", {**sent, "role": "legal"})


def issue(site: Site) -> None:
    address, _ = waiting(site)
    site.client("reviewer").post(f"{address}/issue")


def nothing(site: Site) -> None:
    assert site.people


AFTER: list[Callable[[Site], None]] = [
    nothing,
    nothing,
    take,
    nothing,
    propose,
    confirm,
    sign,
    issue,
    nothing,
    nothing,
]
"""What is done on the page of each row, in their order."""


def test_every_page_of_the_guide_has_what_it_says(site: Site) -> None:
    told = list(rows())
    assert sum(len(words) for _, _, words in told) > 25
    for (who, address, words), act in zip(told, AFTER, strict=True):
        opened = address.replace("/M", f"/{site.matter.id}")
        if "/X" in opened:
            opened = waiting(site)[0]
        answer = site.client(who).get(opened)
        assert answer.status_code == 200, opened
        page = text_of(answer)
        assert [word for word in words if word not in page] == [], (who, address)
        act(site)


def test_the_guide_and_the_program_say_the_same_when_it_starts() -> None:
    source = (GUIDE.parents[2] / "src" / "adjudge" / "cli" / "up.py").read_text(encoding="utf-8")
    for line in ("The founding case is in it as an open matter, to practise on.", "Stop it with Ctrl+C."):
        assert line in source
        assert line in GUIDE.read_text(encoding="utf-8")
