"""How the platform came to a case and where one can complain: what a statement of reasons says and no outcome knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adjudge.basis.ids import ClaimId
from adjudge.evidence.notice import Automation, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What led to a case, how it was detected, and the addresses for redress. DSA Art. 17(3)(b), (c) and (f).

    `notified` are the claims that were read in the notice of a third party; empty where there was none. `decision` is
    how far automated means went in deciding, None where the rules tell it. `review` is how complaints are decided, in
    the platform's own words; without it no statement promises more than an answer with reasons.
    """

    platform: Mapping[str, str]
    source: Source
    detection: Automation
    complaint: str
    settlement: str
    notified: tuple[ClaimId, ...] = ()
    decision: Automation | None = None
    review: Mapping[str, str] = field(default_factory=dict)
