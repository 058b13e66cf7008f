"""The whole difference of two packages: what changed, with the cases that show it.

Not a face: `adjudge.answers.versions.differences` says it in a language.
"""

from dataclasses import dataclass

from adjudge.basis.digest import Digest
from adjudge.basis.ids import RuleId
from adjudge.changes.change import Comparison, Status
from adjudge.changes.compare import compare
from adjudge.changes.search import MOST_TRIES, search
from adjudge.changes.witness import Shown
from adjudge.language.package import Package
from adjudge.language.seal import digest_of_package


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`rules` are in the order of their ids; `rule` is the one that was asked for, if one was."""

    compared: Comparison
    rules: tuple[Shown, ...]
    searched: bool
    rule: RuleId | None
    old_digest: Digest
    new_digest: Digest

    def count(self, status: Status) -> int:
        """How many of the rules fared so."""
        return sum(shown.status is status for shown in self.rules)

    @property
    def differs_in_meaning(self) -> bool:
        """Whether anything but texts differs, of the rule that was asked for or of the whole packages.

        A condition that is written otherwise counts unless it is proven alike: that no case was found proves nothing.
        """
        if self.rule is None:
            return self.compared.differs_in_meaning
        return any(shown.change.status is not Status.TEXTS for shown in self.rules)


def difference(
    old: Package,
    new: Package,
    *,
    rule: RuleId | None = None,
    searches: bool = True,
    most_tries: int = MOST_TRIES,
) -> Difference:
    """Compare two packages, or one rule of them. Raises BugError where a case that was found is not confirmed."""
    compared = compare(old, new)
    chosen = [change for change in compared.rules if rule in {None, change.id}]
    shown = search(compared, chosen, most_tries) if searches else [Shown(change=change) for change in chosen]
    return Difference(
        compared=compared,
        rules=tuple(shown),
        searched=searches,
        rule=rule,
        old_digest=digest_of_package(old),
        new_digest=digest_of_package(new),
    )
