"""What is asked: two packages, and one valid time, known time and territory for both, so that only they differ.

Not the data: those are behind `Tables`. A package published after the known time counts as in force all the same, since
the question is what it would do.
"""

from dataclasses import dataclass, field, replace

from adjudge.basis.digest import Digest
from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import facts_of
from adjudge.language.package import Package, Rule
from adjudge.language.seal import digest_of_package

DAY = 86_400_000_000_000
YEAR = 365
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two packages, with the digest of it as it was sealed or read."""

    package: Package
    digest: Digest

    @property
    def name(self) -> str:
        """As it is named beside a policy."""
        return f"{self.package.id}@{self.package.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far is searched and shown. `signatures` and `seconds` bound the search for recourse."""

    signatures: int = 200
    seconds: int = 20
    rows: int = 10
    """Rows that a page shows behind each number."""
    explained: int = 40
    """Subjects of whom a page has the explanation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`chosen` is whether nobody said V, K; then they follow from the data and the packages."""

    old: Version
    new: Version
    valid_at: Instant
    known_at: Instant
    territory: str | None = None
    chose_valid_at: bool = False
    chose_known_at: bool = False
    bounds: Bounds = field(default_factory=Bounds)

    def rules(self, version: Version) -> tuple[Rule, ...]:
        """The rules of a version that apply to the question, sorted by id."""
        return in_effect(version.package, self.known_at).in_force(
            self.valid_at, self.known_at, self.territory
        )

    def absent(self, version: Version) -> tuple[RuleId, ...]:
        """The rules of a version that do not apply then or there."""
        here = {rule.id for rule in self.rules(version)}
        return tuple(sorted(rule.id for rule in version.package.rules if rule.id not in here))

    def facts(self, kind: Kind) -> tuple[str, ...]:
        """The facts that rules about a kind of subject read in either version."""
        rules = (*self.rules(self.old), *self.rules(self.new))
        return tuple(sorted({str(fact) for rule in rules if rule.subject is kind for fact in read_by(rule)}))


def asked(
    old: Package,
    new: Package,
    *,
    data_known_at: Instant,
    valid_at: Instant | None,
    known_at: Instant | None,
    territory: str | None,
    bounds: Bounds,
) -> Question:
    """The question. Where no known time is given it is that of the data; no valid time, the day all new rules apply."""
    known = known_at or data_known_at
    return Question(
        old=Version(old, digest_of_package(old)),
        new=Version(new, digest_of_package(new)),
        valid_at=valid_at or _when_all_apply(old, new, known),
        known_at=known,
        territory=territory,
        chose_valid_at=valid_at is None,
        chose_known_at=known_at is None,
        bounds=bounds,
    )


def _when_all_apply(old: Package, new: Package, known_at: Instant) -> Instant:
    """The known time, or the first later one at which every rule that the new version brings has begun."""
    before = {rule.id: rule.in_force for rule in old.rules}
    brought = [rule.in_force for rule in new.rules if before.get(rule.id) != rule.in_force]
    return max([known_at, *(term.start for term in brought if term.start is not None)])


def in_effect(package: Package, known_at: Instant) -> Package:
    """The package as if it had been published by then."""
    return replace(package, published_at=known_at) if package.published_at > known_at else package


def read_by(rule: Rule) -> tuple[str, ...]:
    """The facts that a rule's conditions read."""
    return tuple(sorted({str(fact) for written in rule.conditions for fact in facts_of(written.core)}))
