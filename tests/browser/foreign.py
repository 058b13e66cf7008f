"""Texts that the sites of tests are filled with, in whatever language they were written: no page translates them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from tests.browser.desk_site import PASSAGE, PROPOSAL

CHECKOUT = Path(__file__).resolve().parents[2]
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
POLICY = CHECKOUT / "policies" / "ads-standard"
WRITTEN = (
    PASSAGE,
    PROPOSAL.reason,
    PROPOSAL.milder,
    PROPOSAL.rights,
    "What the platform told the press",
    "A newspaper",
    "On the reasons for the measure.",
    "It is hearsay.",
    "I have read it",
    "We look at your first point this week.",
    "to be looked at",
    "the ad, as it was handed in",
)
"""What was written on the site whose pages are looked at."""
FEWEST = 2
"""Words of a text that is known again within a longer one; a single word might as well be one of ours."""


@cache
def foreign() -> tuple[str, ...]:
    """Every such text, the longest first."""
    found = {" ".join(text.split()) for text in (*WRITTEN, *_of_files())}
    return tuple(sorted((text for text in found if len(text.split()) >= FEWEST), key=len, reverse=True))


def without_foreign(text: str, more: tuple[str, ...] = ()) -> str:
    """What is left of a text when those within it are taken out."""
    left = " ".join(text.split())
    for other in (*(" ".join(item.split()) for item in more), *foreign()):
        if other in left:
            left = left.replace(other, " … ")
    return re.sub(r"\s+", " ", left).strip()


def _of_files() -> Iterator[str]:
    """Texts of the founding case and of its policy that are not in French."""
    for path in (*CASE.glob("*.yaml"), *POLICY.rglob("*.yaml")):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield from _texts(document)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for key, item in value.items():
                if key != "fr":
                    yield from _texts(item)
        case _:
            return
