"""What the weighing itself replies to a claim that counts against a rule. LANGUAGE.md 6.1.

Not a sentence: answers and statements each word the reply for their own readers.
"""

from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.weight import Pair
from adjudge.outcome import Verdict
from adjudge.reasons.explain import Contrary, Explanation


class Reply(StrEnum):
    """What became of the claim."""

    SUPPORTS_EXCEPTION = "supports_exception"
    OUTWEIGHED = "outweighed"
    ANOTHER_WAY = "another_way"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Replied:
    """The reply, and the pair to show: that of the exception, else that of the condition."""

    reply: Reply
    pair: Pair
    exception: str = ""


def reply_to(contrary: Contrary, explanation: Explanation) -> Replied:
    """The reply to a contrary claim. One heavier than all that stands against the condition was not outweighed."""
    outcome = explanation.outcome
    exceptions = [part for part in contrary.parts if part != "when"]
    if exceptions:
        return Replied(Reply.SUPPORTS_EXCEPTION, dict(outcome.unless)[exceptions[0]], exceptions[0])
    if outcome.pair.against == 0:
        # Another alternative is open, or the set is: 2.2 (OR) and 3.6 leave this claim no weight in the whole.
        return Replied(Reply.ANOTHER_WAY, outcome.pair)
    weighed = outcome.verdict is Verdict.MET and contrary.claim.weight <= outcome.pair.against
    return Replied(Reply.OUTWEIGHED if weighed else Reply.COUNTED, outcome.pair)
