"""How the platform came to a case and where one can complain: what a statement of reasons says and no outcome knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from adjudge.basis.ids import ClaimId
from adjudge.evidence.notice import Automation, Source
from adjudge.facts.claim import Claim, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What led to a case, how it was detected, and the addresses for redress. DSA Art. 17(3)(b), (c) and (f).

    `notified` are the claims that were read in the notice of a third party; empty where there was none. `decision` is
    how far automated means went in deciding, None where the rules tell it. `review` is how complaints are decided, in
    the platform's own words; without it no statement promises more than an answer with reasons. `advance_days` is how
    long before it does an advertiser is told that the whole service ends for it. P2B Art. 4(2).
    """

    platform: Mapping[str, str]
    source: Source
    detection: Automation
    complaint: str
    settlement: str
    notified: tuple[ClaimId, ...] = ()
    decision: Automation | None = None
    review: Mapping[str, str] = field(default_factory=dict)
    advance_days: int = 0


def handling_for(handling: Handling, subject: Subject, claims: Iterable[Claim]) -> Handling:
    """How one subject of a case was come to: by notices about itself or about its advertiser, and by no others.

    A case may hold a notice about one of its subjects and decide on another all the same: that is done of the
    platform's own motion. `claims` are all of the case. Of a claim that it does not hold nobody can tell whom it is
    about, so that it stays. DSA Art. 17(3)(b).
    """
    about = {claim.id: claim.subject for claim in claims}
    holders = {subject.id, subject.advertiser}
    notified = tuple(name for name in handling.notified if about.get(name, subject.id) in holders)
    if notified or not handling.notified:
        return replace(handling, notified=notified)
    return replace(handling, source=Source.OWN_INITIATIVE, notified=())
