"""What a claim may say, and the claim that a vocabulary makes of it.

Not a case: weights are put to sayings in `cases`. A value is read again by each vocabulary, as a reader of the exchange
form would, so that no side is asked about a claim that it cannot hold.
"""

from dataclasses import dataclass

from adjudge.basis.ids import ClaimId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.shape import Shape
from adjudge.facts.claim import Claim, NoOther, Stance, Subject
from adjudge.facts.value import Value, exchange_value
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Fact, Kind, Vocabulary

ADVERTISER, AD = SubjectId("advertiser"), SubjectId("ad")


@dataclass(frozen=True, slots=True)
class Saying:
    """What one claim says; a value as the exchange form writes it, which each vocabulary reads for itself."""

    fact: FactName
    value: Value | NoOther
    stance: Stance
    kind: str
    """The value's Python type, since 1, 1.0 and true are equal there and are three values here."""


def saying_of(fact: FactName, value: Value | NoOther, stance: Stance = Stance.ASSERTS) -> Saying:
    """A saying with the type of its value."""
    return Saying(fact, value, stance, type(value).__name__)


Reading = tuple[Saying, ...]


class Speaker:
    """Turns sayings into claims that a vocabulary can hold, as a reader of the exchange form would read them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Each saying is read once; sayings are shared by many cases."""
        self.vocabulary = vocabulary
        self._read: dict[int, tuple[Saying, Value | NoOther | None]] = {}

    def value(self, saying: Saying) -> Value | NoOther | None:
        """The value, or None where the vocabulary has no such fact or the fact no such value."""
        found = self._read.get(id(saying))
        if found is None:
            # The saying is kept with what was read of it, so that its id stays its own.
            found = self._read[id(saying)] = saying, self._value(saying)
        return found[1]

    def _value(self, saying: Saying) -> Value | NoOther | None:
        fact = self.vocabulary.facts.get(saying.fact)
        if fact is None:
            return None
        if isinstance(saying.value, NoOther):
            return saying.value if fact.many else None
        return self._as_read(fact, saying.value)

    def _as_read(self, fact: Fact, value: Value) -> Value | None:
        tree: Plain = exchange_value(value)  # type: ignore[assignment]  # a tree of truth values, numbers and texts
        log = ProblemLog()
        found = read_value(Shape(log), node_of(tree, ""), fact.type, self.vocabulary.taxonomies)
        return None if log.problems else found

    def claim(self, name: str, saying: Saying, weight: int, subject: SubjectId, at: Instant) -> Claim | None:
        """One claim as the vocabulary reads it; None where it cannot hold it."""
        value = self.value(saying)
        return None if value is None else claim_of(name, saying, weight, subject, at, value=value)


def claim_of(
    name: str, saying: Saying, weight: int, subject: SubjectId, at: Instant, *, value: Value | NoOther
) -> Claim:
    """A claim of a value, recorded at the known time, from an origin of its own."""
    return Claim(
        id=ClaimId(name),
        subject=subject,
        fact=saying.fact,
        value=value,
        stance=saying.stance,
        weight=weight,
        origin=OriginId(f"origin-of-{name}"),
        recorded_at=at,
    )


def subject_of(saying: Saying) -> SubjectId:
    """Whom a saying is about in a case of one ad and its advertiser."""
    return AD if saying.fact.partition(".")[0] == Kind.AD.value else ADVERTISER


def asked(kind: Kind) -> Subject:
    """Who is asked about."""
    return (
        Subject(id=AD, kind=kind, advertiser=ADVERTISER)
        if kind is Kind.AD
        else Subject(id=ADVERTISER, kind=kind)
    )
