"""The reason that a notice of a case states, read as a condition against the policy of the case.

Not whom it reaches: that is asked in `adjudge.app.others`.
"""

from collections.abc import Iterable

from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Standard
from adjudge.evidence.notice import Notice
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package, Rule
from adjudge.population.reason import read_reason

STANDARD = Standard.REPORTED
"""How far a stated reason must be shown, as with `adjudge reach --reason`."""


def check_reason(
    notice: Notice, subjects: Iterable[Subject], packages: Iterable[Package], log: ProblemLog
) -> None:
    """Report a reason that cannot be read against every version of the policy; the first that objects is enough.

    Facts are the same for all versions; lists and parameters may differ.
    """
    named = tuple(subjects)
    for package in packages:
        if reason_of(notice, named, package, log) is None:
            return


def reason_of(notice: Notice, subjects: Iterable[Subject], package: Package, log: ProblemLog) -> Rule | None:
    """The stated reason as a rule that stands alone; None where none is stated, or with problems."""
    if notice.reason is None:
        return None
    return read_reason(notice.reason.scalar, _kind(notice, subjects), STANDARD, package, log)


def _kind(notice: Notice, subjects: Iterable[Subject]) -> Kind:
    """The kind of the subject that the notice is about; the case may not name it."""
    kinds = (subject.kind for subject in subjects if subject.id == notice.about)
    return next(kinds, Kind.ADVERTISER)
