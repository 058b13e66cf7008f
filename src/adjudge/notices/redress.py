"""How one can object: complaint, settlement out of court, courts, as a right where the law is known to give it.

DSA Art. 20 and 21 bind towards recipients in the Union. Elsewhere the platform offers the same ways: the statement
claims no statute there and denies none, since what the law gives depends on where the addressee is.
"""

from collections.abc import Iterable, Sequence

from adjudge.basis.instant import Instant
from adjudge.decisions.scope import Extent
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Element, Pointer
from adjudge.notices.requirements import REDRESS, applies_from
from adjudge.notices.statement import Clause
from adjudge.tongues.tongue import Tongue

EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()
)
"""The European Economic Area: the Union's 27, Iceland, Liechtenstein and Norway."""


def is_statutory(extents: Sequence[Extent], informed_at: Instant) -> bool:
    """Whether the DSA gives the ways of redress: it applies by then, and some part of the EEA is concerned."""
    reaches = any(
        bool(EEA - extent.names) if extent.all_but else bool(EEA & extent.names) for extent in extents
    )
    return reaches and informed_at >= applies_from(REDRESS)


def redress(
    handling: Handling, extents: Sequence[Extent], informed_at: Instant, last_day: Instant, tongue: Tongue
) -> Iterable[Clause]:
    """The clauses on redress."""
    complaint = tongue(
        "You may complain, free of charge and in no set form, at {address} until {day}. The complaint is answered with "
        "reasons.",
        address=handling.complaint,
        day=last_day,
    )
    settlement = (
        tongue(
            "You may turn to any out-of-court settlement body certified under Article 21 of Regulation (EU) 2022/2065; "
            "they are listed at {address}.",
            address=handling.settlement,
        )
        if is_statutory(extents, informed_at)
        else tongue("We also offer settlement out of court at {address}.", address=handling.settlement)
    )
    pointer = Pointer(address=handling.complaint, last_day=last_day)
    yield Clause(complaint, Element.COMPLAINT, pointer)
    review = tongue.text(handling.review)
    if review:
        yield Clause(tongue("How we decide on complaints, in our own words: {review}", review=review))
    yield Clause(settlement, Element.SETTLEMENT, Pointer(address=handling.settlement))
    yield Clause(tongue("You may also go to court at any time."), Element.COURT)
