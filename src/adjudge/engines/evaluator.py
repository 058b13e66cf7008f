"""The Evaluator protocol: what the spec, the point and the bulk engine all satisfy."""

from collections.abc import Iterable
from typing import Protocol

from adjudge.basis.instant import Instant
from adjudge.facts.claim import Claim, Subject
from adjudge.language.package import Package
from adjudge.outcome import Outcome


class Evaluator(Protocol):
    """A question in, the outcomes out, sorted by subject. Pure and total over well-formed input."""

    def __call__(
        self,
        package: Package,
        claims: Iterable[Claim],
        subjects: Iterable[Subject],
        *,
        valid_at: Instant,
        known_at: Instant,
        territory: str | None,
    ) -> list[Outcome]:
        """Evaluate. LANGUAGE.md 8."""
        ...
