"""What is asked for when a population is invented."""

from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import Package

MOST_SUBJECTS = 100_000_000
MOST_CLAIMS = 1_000_000_000
MOST_ADS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A population. Everything recorded in it is known at `known_at`; with a package there are decisions by it."""

    subjects: int
    claims: int
    ads_per_advertiser: int
    seed: str
    known_at: Instant
    vocabulary: Vocabulary
    package: Package | None = None

    @property
    def advertisers(self) -> int:
        """How many of the subjects are advertisers; at least one, since ads belong to one."""
        return max(1, -(-self.subjects // (1 + self.ads_per_advertiser)))

    @property
    def ads(self) -> int:
        """How many are ads."""
        return self.subjects - self.advertisers

    @property
    def documents(self) -> int:
        """How many documents the claims share: some eight claims to one."""
        return max(4, self.claims // 8)
