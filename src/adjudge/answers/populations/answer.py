"""Everything that an answer about a population holds: the population, the package, the question, what was found.

Only values; `adjudge.app.populations` makes them, the other modules of this room write them out.
"""

from dataclasses import dataclass

from adjudge.answers.answer import Asked
from adjudge.basis.digest import Digest
from adjudge.basis.weight import Standard
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package
from adjudge.population.alike import Alike
from adjudge.population.model import Population
from adjudge.population.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A stated reason: its condition, whom it speaks of, and to what standard it is to be shown."""

    text: str
    kind: Kind = Kind.ADVERTISER
    standard: Standard = Standard.REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachAnswer:
    """Whom a rule or a reason reaches, with what it was asked of."""

    population: Population
    package: Package
    digest: Digest
    asked: Asked
    reason: Reason | None
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeAnswer:
    """Like cases, with what they were looked for in."""

    population: Population
    package: Package
    digest: Digest
    asked: Asked
    alike: Alike
