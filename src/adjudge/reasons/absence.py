"""Why a rule has no verdict at an instant in a territory. LANGUAGE.md 4.4, 5.1.

Not a verdict: a rule that does not apply says nothing of anybody.
"""

from enum import StrEnum

from adjudge.basis.instant import Instant
from adjudge.language.package import Package, Rule


class Absence(StrEnum):
    """What keeps a rule from applying; the first that does."""

    NOT_PUBLISHED = "not_published"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    ELSEWHERE = "elsewhere"


def absence_of(
    package: Package, rule: Rule, *, valid_at: Instant, known_at: Instant, territory: str | None
) -> Absence | None:
    """Why the rule of a package does not apply; None where it does."""
    if package.published_at > known_at:
        return Absence.NOT_PUBLISHED
    if rule.in_force.start is not None and valid_at < rule.in_force.start:
        return Absence.NOT_YET
    if rule.in_force.end is not None and valid_at >= rule.in_force.end:
        return Absence.NO_LONGER
    return None if rule.applies(valid_at, territory) else Absence.ELSEWHERE
