"""What a statement of reasons must state: Regulation (EU) 2022/2065 (DSA) Art. 17, and 2019/1150 (P2B) Art. 4.

A table, and since when each regulation applies. Kept as a standard before those dates and outside the Union too.
"""

from dataclasses import dataclass

from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.said import Said, say
from adjudge.evidence.notice import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One item of the law, with the elements that it asks for."""

    id: str
    title: Said
    elements: tuple[Element, ...]


TERRITORY_AND_TIME = Requirement(
    id="DSA-17.3a",
    title=say("what is restricted, where and for how long"),
    elements=(Element.RESTRICTION, Element.TERRITORY, Element.DURATION),
)
FACTS = Requirement(
    id="DSA-17.3b",
    title=say("the facts, and what led to the decision"),
    elements=(Element.FACTS, Element.SOURCE),
)
AUTOMATION = Requirement(
    id="DSA-17.3c",
    title=say("automated means, in detecting and in deciding"),
    elements=(Element.AUTOMATED_DETECTION, Element.AUTOMATED_DECISION),
)
LAW = Requirement(
    id="DSA-17.3d",
    title=say("the law, and why the content is illegal under it"),
    elements=(Element.GROUND, Element.EXPLANATION),
)
TERMS = Requirement(
    id="DSA-17.3e",
    title=say("the clause of the terms, and why the content is contrary to it"),
    elements=(Element.GROUND, Element.EXPLANATION),
)
REDRESS = Requirement(
    id="DSA-17.3f",
    title=say("redress: complaint, out-of-court settlement, courts"),
    elements=(Element.COMPLAINT, Element.SETTLEMENT, Element.COURT),
)
PRECISION = Requirement(
    id="DSA-17.4",
    title=say("precise and specific, so that redress can be used"),
    elements=(Element.RESTRICTION, Element.FACTS, Element.GROUND, Element.EXPLANATION, Element.RECOURSE),
)
P2B = Requirement(
    id="P2B-4.5",
    title=say("specific facts, third parties' notices included, and the ground in the terms"),
    elements=(Element.FACTS, Element.THIRD_PARTY_NOTICES, Element.GROUND),
)
REQUIREMENTS = (TERRITORY_AND_TIME, FACTS, AUTOMATION, LAW, TERMS, REDRESS, PRECISION, P2B)
"""In the order in which they are examined and shown."""

ELEMENTS: dict[Element, Said] = {
    Element.RESTRICTION: say("the restriction"),
    Element.TERRITORY: say("the territory"),
    Element.DURATION: say("the duration"),
    Element.FACTS: say("the facts"),
    Element.SOURCE: say("what led to the decision"),
    Element.AUTOMATED_DETECTION: say("automated detection"),
    Element.AUTOMATED_DECISION: say("automated decision"),
    Element.GROUND: say("the ground"),
    Element.EXPLANATION: say("the explanation"),
    Element.RECOURSE: say("what you can do"),
    Element.THIRD_PARTY_NOTICES: say("notices of third parties"),
    Element.COMPLAINT: say("the complaint"),
    Element.SETTLEMENT: say("out-of-court settlement"),
    Element.COURT: say("the courts"),
}
"""What the elements are called."""


def _day(text: str) -> Instant:
    found = parse_instant(text)
    if found is None:
        raise ValueError(text)
    return found


_APPLIES_FROM = {"DSA": _day("2024-02-17"), "P2B": _day("2020-07-12")}
"""DSA Art. 93(2); P2B Art. 19(2)."""


def applies_from(requirement: Requirement) -> Instant:
    """Since when the regulation of a requirement applies to every platform."""
    return _APPLIES_FROM[requirement.id.partition("-")[0]]
