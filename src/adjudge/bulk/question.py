"""What is asked, worked out once: the rules in force, the facts that they read, and digests that tell it apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from adjudge import __version__
from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.bulk.evaluating import PART
from adjudge.bulk.evidence import hashed_by
from adjudge.bulk.given import Given
from adjudge.bulk.meaning import meanings
from adjudge.bulk.model import Asked
from adjudge.bulk.scan import Scan
from adjudge.engines.bulk.engine import facts_of_plans
from adjudge.engines.bulk.plan import Plan, plan_of
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.interchange.tables.layout import CLAIMS
from adjudge.language.package import Rule
from adjudge.language.seal import digest_of_package


@dataclass(frozen=True)
class Question:
    """What is asked of which data."""

    asked: Asked
    given: Given

    @property
    def valid_at(self) -> Instant:
        """V."""
        return self.asked.valid_at or self.given.known_at

    @property
    def known_at(self) -> Instant:
        """K."""
        return self.asked.known_at or self.given.known_at

    @cached_property
    def plans(self) -> Mapping[Kind, Plan]:
        """The plan of each kind of subject."""
        at = (self.valid_at, self.known_at, self.asked.territory)
        return {kind: plan_of(self.asked.package, kind, *at) for kind in Kind}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, of all kinds, in the order in which outcomes have them."""
        return tuple(
            sorted((rule for plan in self.plans.values() for rule in plan.rules), key=lambda r: r.id)
        )

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that they read."""
        return facts_of_plans(self.plans.values())

    @cached_property
    def meanings(self) -> dict[str, Digest]:
        """What each rule's outcomes hang on beside the evidence."""
        return meanings(self.asked.package, self.rules, self.valid_at)

    @cached_property
    def digest(self) -> str:
        """That of the package."""
        return str(digest_of_package(self.asked.package))

    @property
    def scan(self) -> Scan:
        """The claims that count."""
        return self.scan_of(self.facts)

    def scan_of(self, facts: Sequence[Fact]) -> Scan:
        """Those about some facts alone."""
        path, is_whole = self.asked.data / CLAIMS.file, self.given.has_whole_times
        return Scan(path, facts, self.valid_at, self.known_at, is_whole=is_whole)

    def text(self, since: str | None) -> str:
        """By which a run that goes on knows that it was asked the same; `since` is what it started from."""
        form = {
            "package": self.digest,
            "data": dict(self.given.digests),
            "valid_at": str(self.valid_at),
            "known_at": str(self.known_at),
            "territory": self.asked.territory,
            "pairs": self.asked.pairs,
            "part": PART,
            "program": __version__,
            "hashed_by": hashed_by(),
            "since": since,
        }
        return json.dumps(form, sort_keys=True)
