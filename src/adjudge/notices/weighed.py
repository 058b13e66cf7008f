"""What a person weighed before deciding, in that person's words: a section of the statement of reasons.

Not the weighing of claims, which the engine does: why a milder measure does not suffice, how the rights concerned were
considered (DSA Art. 14(4)), and why a decision departs from what the rules alone would have had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from adjudge.basis.ids import ClaimId
from adjudge.notices.beginning import NoAdvance
from adjudge.notices.statement import Clause
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Texts in the author's language, empty where there is none; `answers` are to claims that count against it."""

    answers: Mapping[ClaimId, str] = field(default_factory=dict)
    milder: str = ""
    rights: str = ""
    why_departing: str = ""
    by_person: bool = False
    """That a person takes the whole decision, also where a rule would leave its measure to automation."""
    signed: tuple[str, ...] = ()
    """The roles whose signature it bears already."""
    no_advance: NoAdvance | None = None
    """The exception by which the service ends without advance notice, and `why_no_advance` it holds."""
    why_no_advance: str = ""


NOT_WEIGHED = Weighed()


def weighing(weighed: Weighed, tongue: Tongue) -> Iterable[Clause]:
    """The clauses of the section; none where no person had to weigh anything."""
    if weighed.why_departing:
        text = tongue(
            "The rules alone would have led to more. We depart from that, since: {why}",
            why=weighed.why_departing,
        )
        yield Clause(text)
    if weighed.milder:
        yield Clause(tongue("Why no milder measure suffices: {milder}", milder=weighed.milder))
    if weighed.rights:
        yield Clause(tongue("How the rights concerned were considered: {rights}", rights=weighed.rights))
    for claim, answer in sorted(weighed.answers.items()):
        yield Clause(tongue("What we answer to the claim `{claim}`: {answer}", claim=claim, answer=answer))
