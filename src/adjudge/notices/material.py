"""All that a statement of reasons is written from, and how it names whom or what it is about.

Not what is written: the parts of a statement each take from here what they say.
"""

from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.decisions.scope import Applied
from adjudge.evidence.case import Case, Party
from adjudge.evidence.document import Document
from adjudge.evidence.handling import Handling
from adjudge.facts.claim import Claim
from adjudge.facts.vocabulary import Fact
from adjudge.notices.background import Background
from adjudge.notices.weighed import NOT_WEIGHED, Weighed
from adjudge.notices.wording import claim_words, document_words, withheld_words
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """`party` is whom or what the statement is about, `addressee` who is told.

    `handling` is how it came to this one of the case's subjects. `territory` is the one country that was asked about,
    None where all were. `on_advertiser` are the measures that the same answer has for the advertiser itself, where the
    statement is about an ad. `weighed` is what a person adds.
    """

    case: Case
    party: Party
    addressee: Party
    known: Background
    handling: Handling
    informed_at: Instant
    territory: str | None = None
    on_advertiser: tuple[Applied, ...] = ()
    weighed: Weighed = NOT_WEIGHED

    def fact(self, claim: Claim) -> Fact:
        """The fact that a claim speaks of."""
        return self.known.package.vocabulary.facts[claim.fact]

    def document(self, claim: Claim) -> Document | None:
        """The document in which a claim was read, if the case has it."""
        return self.case.documents.get(claim.document) if claim.document else None

    def is_of_notifier(self, claim: Claim) -> bool:
        """Whether a claim was read in a third party's notice. DSA Art. 17(3)(b): its author stays unnamed.

        Whatever else was read in the same document is of the same author. A notice about another subject has an author
        too: hence all notices of the case, and not only those that led to this decision.
        """
        handling = self.case.file.handling or self.handling
        notified = {*handling.notified, *self.handling.notified}
        documents = {item.document for item in self.case.claims if item.id in notified and item.document}
        return claim.id in notified or claim.document in documents


def name_of(party: Party, tongue: Tongue) -> str:
    """A party by its title and its id."""
    title = tongue.text(party.title)
    return f"{title} (`{party.subject.id}`)" if title else f"`{party.subject.id}`"


def claim_text(claim: Claim, material: Material, tongue: Tongue) -> str:
    """What was looked for, what was found, where, and how much it weighs."""
    fact, document = material.fact(claim), material.document(claim)
    return tongue(
        "What was looked for: {definition} What was found: {value}. Read in: {source}. Its weight is {weight} of 5.",
        definition=tongue.text(fact.definition) or f"`{claim.fact}`",
        value=claim_words(claim, fact, tongue),
        source=withheld_words(document, tongue)
        if material.is_of_notifier(claim)
        else document_words(document, claim.place, tongue),
        weight=claim.weight,
    )
