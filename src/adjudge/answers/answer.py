"""Everything that an answer holds: question, outcomes, explanations, what they call for, and the case behind them.

Only values; `adjudge.app.decide` makes them, the other modules of this room write them out.
"""

from dataclasses import dataclass

from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.decisions.adjudicate import Decision
from adjudge.evidence.case import Case, Party
from adjudge.language.package import Package
from adjudge.notices.examination import Examination
from adjudge.outcome import Outcome
from adjudge.population.model import PopulationFile
from adjudge.population.others import Others, ReasonReach
from adjudge.reasons.explain import Explanation
from adjudge.recourse.way import Recourse


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question: valid at, known at, and where (None: everywhere). Dates mean 00:00 UTC."""

    valid_at: Instant
    known_at: Instant
    territory: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAnswer:
    """What was found of one subject."""

    party: Party
    outcome: Outcome
    explanations: tuple[Explanation, ...]
    decision: Decision
    recourse: Recourse | None = None
    """What would change it; only where a measure follows."""
    others: Others | None = None
    """Who else; only where a measure follows and a population is at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that the faces show. `recorded` and `live` count claims; the rest of the case was not known."""

    case: Case
    asked: Asked
    package: Package
    digest: Digest
    subjects: tuple[SubjectAnswer, ...]
    recorded: int
    live: int
    examination: Examination | None = None
    """Of the notice that was sent, where one was known by then."""
    reason: ReasonReach | None = None
    """Whom the reason that it stated reaches; only where it is written as a condition, and with a population."""
    population: PopulationFile | None = None
    """Whom the subjects were compared with; None where nobody was."""
