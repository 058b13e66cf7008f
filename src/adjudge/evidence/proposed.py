"""The weight that is proposed for a claim, from the kind of its document and how near that is to the source.

Proposed only: a person says which weight it has, and why. SEMANTICS 1.4.
"""

from dataclasses import dataclass

from adjudge.basis.said import Said, say
from adjudge.basis.weight import Standard
from adjudge.evidence.document import Status
from adjudge.evidence.words import document_kind
from adjudge.facts.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Proposed:
    """A weight and why it is proposed."""

    weight: int
    why: Said


def proposed_weight(fact: Fact, kind: str, status: str) -> Proposed:
    """What the vocabulary says that a kind of document can carry for a fact; else by how near it is to the source."""
    found = next((proof.weight for proof in fact.proof if proof.document == kind), 0)
    if found and status != Status.UNVERIFIED:
        why = say(
            "a document of this kind ({kind}) can carry up to this weight for this fact",
            kind=document_kind(kind),
        )
        return Proposed(found, why)
    if status == Status.UNVERIFIED:
        return Proposed(int(Standard.ALLEGED), say("the document was not verified"))
    why = say(
        "the vocabulary does not say what a document of this kind ({kind}) carries here: it counts as one source",
        kind=document_kind(kind),
    )
    return Proposed(int(Standard.REPORTED), why)
