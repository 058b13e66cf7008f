"""A subject's settled facts in the form that generated code reads: facts with one value apart from all others.

Not settling, which is in `adjudge.facts.settle`: here weights become masks, and what a complete record adds to a single
value (LANGUAGE.md 3.4) is worked out once for each fact instead of once for each atom.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from adjudge.basis.ids import FactName
from adjudge.basis.mask import mask_of
from adjudge.engines.point.weigh import RECORD, speaks
from adjudge.facts.claim import Subject
from adjudge.facts.settle import Evidence, View
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact, Kind

Single = tuple[Value, int, int]
"""The only asserted value of a fact, the mask of an atom that it satisfies, and of one that it does not."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of one subject: all evidence, and of it the facts that have one value and no denial."""

    singles: Mapping[FactName, Single]
    evidence: Mapping[FactName, Evidence]


def prepare(subject: Subject, view: View, facts: Iterable[Fact]) -> Settled:
    """Settled facts of a subject, and of its advertiser for an ad."""
    singles: dict[FactName, Single] = {}
    evidence: dict[FactName, Evidence] = {}
    for fact in facts:
        of_advertiser = fact.kind is Kind.ADVERTISER and subject.advertiser is not None
        holder = subject.advertiser if of_advertiser and subject.advertiser else subject.id
        name = fact.full_name
        found = view.evidence.get((holder, name))
        if found is None:
            continue
        evidence[name] = found
        single = _single(fact, found)
        if single is not None:
            singles[name] = single
    return Settled(singles, evidence)


def _single(fact: Fact, evidence: Evidence) -> Single | None:
    if evidence.denied or len(evidence.asserted) != 1:
        return None
    ((value, weight),) = evidence.asserted.items()
    if not speaks(fact, evidence):
        return value, mask_of(weight, 0), mask_of(0, weight)
    if fact.type is Simple.BOOL:
        # The record asserts false beside the claim: one value only where the claim says false too.
        return None if value else (value, mask_of(RECORD, 0), mask_of(0, RECORD))
    return value, mask_of(weight, RECORD), mask_of(0, max(weight, RECORD))
