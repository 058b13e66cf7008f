"""What the person concerned was told, or is to be told: the text, and which passage of it states which element.

Not an examination: whether a passage says enough is for `adjudge.notices`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import ClaimId, FactName, RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.reading.node import Scalar
from adjudge.basis.span import Span


class Element(StrEnum):
    """What a statement of reasons has to state. DSA Art. 17(3) and (4), P2B Art. 4(5)."""

    RESTRICTION = "restriction"
    TERRITORY = "territory"
    DURATION = "duration"
    FACTS = "facts"
    SOURCE = "source"
    AUTOMATED_DETECTION = "automated_detection"
    AUTOMATED_DECISION = "automated_decision"
    GROUND = "ground"
    EXPLANATION = "explanation"
    RECOURSE = "recourse"
    """What the addressee can do about it besides objecting."""
    THIRD_PARTY_NOTICES = "third_party_notices"
    COMPLAINT = "complaint"
    SETTLEMENT = "settlement"
    COURT = "court"


class Source(StrEnum):
    """What led to the decision. DSA Art. 17(3)(b); the words are those of the Transparency Database."""

    OWN_INITIATIVE = "own_initiative"
    ARTICLE_16 = "article_16"
    TRUSTED_FLAGGER = "trusted_flagger"
    OTHER_NOTIFICATION = "other_notification"


class Automation(StrEnum):
    """How far automated means went, in detecting or in deciding. DSA Art. 17(3)(c)."""

    FULLY = "fully"
    PARTIALLY = "partially"
    NOT = "not"


class Prospect(StrEnum):
    """What the addressee obtains by changing or proving facts. LANGUAGE.md 6.3."""

    RELEASE = "release"
    """No measure remains."""
    PERSON = "person"
    """A person decides anew, on evidence that then stands on both sides."""
    NONE = "none"
    """Nothing: no change and no proof in its power lifts the measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What a passage points to, so that it can be checked. Every field may be absent.

    `facts` are those whose record speaks; where the passage is on recourse, those to be changed or proven, and where
    that is in vain those on which the decision turns.
    `worldwide`, but for the countries `excepted`, and `until_lifted` say what no list and no date can; `last_day` is
    the last on which one may complain.
    """

    measure: str = ""
    territory: frozenset[str] = frozenset()
    worldwide: bool = False
    excepted: frozenset[str] = frozenset()
    start: Instant | None = None
    end: Instant | None = None
    days: int | None = None
    until_lifted: bool = False
    claims: tuple[ClaimId, ...] = ()
    facts: tuple[FactName, ...] = ()
    source: Source | None = None
    automated: Automation | None = None
    rule: RuleId | None = None
    version: str = ""
    law: str = ""
    terms: str = ""
    address: str = ""
    last_day: Instant | None = None
    recourse: Prospect | None = None


POINTS_NOWHERE = Pointer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words of a notice that state an element, per language, and what they point to."""

    element: Element
    text: Mapping[str, str]
    pointer: Pointer = POINTS_NOWHERE
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class StatedReason:
    """The reason that a notice states, as a condition over the vocabulary; it is read where a policy is known."""

    text: str
    scalar: Scalar = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was told, in our paraphrase, or what is to be told. `earliest` and `latest` bound the day.

    `to` is who was told, `about` whom or what the measure concerns: an ad, say, of the advertiser that is told.
    `language` is empty where it is not known. `p2b` is False where Regulation (EU) 2019/1150 is not to be kept. A
    notice without passages is searched for them by patterns.
    """

    id: str
    sender: str
    to: SubjectId
    about: SubjectId
    earliest: Instant | None
    latest: Instant | None
    language: str
    text: Mapping[str, str]
    signed: bool
    sources: tuple[str, ...]
    note: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    p2b: bool = True
    reason: StatedReason | None = None

    def of(self, element: Element) -> tuple[Passage, ...]:
        """The passages that state an element."""
        return tuple(passage for passage in self.passages if passage.element is element)
