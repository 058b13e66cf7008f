"""Approvals and what they are bound to: the version of an ad about which it was decided that no measure is put on it.

An ad that shows something else since, or leads elsewhere, is changed: computed from what is on record, and never noted
by itself. Explicitly not whether an ad may run at all: that nobody decided about an ad is no approval, and no measure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from adjudge.basis.reading.json_text import Plain
from adjudge.enforcement.key import version_of
from adjudge.enforcement.terms import HOLD
from adjudge.facts.vocabulary import Kind
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.consequences import reopen_by_rule
from adjudge.institution.own_words import NOT_AS_APPROVED
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import Approval, DecisionRow, DecisionState, Purpose, SubjectRow
from adjudge.records.shelf import DECISIONS, SUBJECTS

NOT_APPROVED = "not_as_approved"
"""Said by the entry of a subject: the decisions that approved another version of it than is recorded by it."""
NO_VERSION = "–"
"""In the place of the version of an ad whose digests nobody tells any more."""


def version_in(content: Mapping[str, Plain]) -> str:
    """The version of an ad as it was recorded; empty where nobody told its digests, and for advertisers."""
    if content.get("kind") != Kind.AD.value:
        return ""
    creative, landing = (content.get(key) for key in ("creative", "landing"))
    return version_of(str(creative or ""), str(landing or ""))


def version_now(records: Reading, subject: str) -> str:
    """The version of a subject as it is on record."""
    row = records.get(SUBJECTS, subject)
    return version_in(row.content) if row is not None else ""


def changed(row: SubjectRow) -> tuple[Approval, ...]:
    """The approvals that are in force for another version of an ad than is on record now."""
    now = version_in(row.content)
    return tuple(item for item in row.approvals if item.version != now)


def is_changed(records: Reading, row: DecisionRow) -> bool:
    """Whether a decision in force approved another version of the ad than is on record now."""
    in_force = row.state is DecisionState.ISSUED and bool(row.bound_to)
    return in_force and version_now(records, row.subject) != row.bound_to


def keep_approval(records: Writing, issued: DecisionRow, territory: str) -> None:
    """Keep with an ad which decision approves it now; the one whose place was taken approves nothing any more."""
    row = records.get(SUBJECTS, issued.subject)
    if row is None:
        return
    others = tuple(item for item in row.approvals if item.decision != issued.supersedes)
    new = (Approval(issued.id, issued.bound_to, territory),) if issued.bound_to else ()
    if (*others, *new) != row.approvals:
        records.put(SUBJECTS, replace(row, approvals=(*others, *new)))


def not_as_approved(before: SubjectRow | None, after: SubjectRow) -> tuple[Approval, ...]:
    """The approvals that do not hold for the version that is recorded now, where that is another one than before."""
    if before is None or version_in(before.content) == version_in(after.content):
        return ()
    return changed(after)


def tell_changed(following: Following, before: SubjectRow, approvals: Iterable[Approval]) -> None:
    """Owe the advertiser a notice for each approval that held until now: of each further version it knows itself."""
    rule = procedure_row(following.records).changed
    for item in approvals:
        if item.version == version_in(before.content):
            following.owe(Purpose.CHANGED, before.advertiser, item.decision, facts={"changed": rule})


def back_to_review(following: Following, after: SubjectRow, approvals: Iterable[Approval]) -> None:
    """Reopen the matters of approvals that no longer hold, where it is declared that such ads go back to review."""
    records = following.records
    if procedure_row(records).changed == HOLD:
        return
    for item in approvals:
        decision = records.get(DECISIONS, item.decision)
        if decision is not None:
            lost = (version_in(after.content) or NO_VERSION,)
            reopen_by_rule(records, decision, lost, following.at, NOT_AS_APPROVED)
