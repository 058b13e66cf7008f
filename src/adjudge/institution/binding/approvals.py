"""Approvals and what they are bound to: the version of an ad about which it was decided that no measure is put on it.

An ad that shows something else since, or leads elsewhere, is changed: computed from what is on record, and never noted
by itself. Explicitly not whether an ad may run at all: that nobody decided about an ad is no approval, and no measure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from adjudge.basis.digest import Json
from adjudge.basis.reading.json_text import Plain
from adjudge.enforcement.key import version_of
from adjudge.facts.vocabulary import Kind
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import procedure_row
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import Approval, DecisionRow, DecisionState, Purpose, SubjectRow
from adjudge.records.shelf import SUBJECTS

NOT_APPROVED = "not_as_approved"
"""Said by the entry of a subject: the decisions that approved another version of it than is recorded by it."""
Fallen = tuple[SubjectRow, SubjectRow]
"""An ad as it was recorded before, and as it is recorded now."""


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


def fallen_of(pairs: Iterable[tuple[SubjectRow | None, SubjectRow]]) -> list[Fallen]:
    """Ads of which another version is recorded now than before, and one for which some approval does not hold."""
    return [
        (before, after)
        for before, after in pairs
        if before is not None and version_in(before.content) != version_in(after.content) and changed(after)
    ]


def tell_fallen(following: Following, fallen: Sequence[Fallen]) -> dict[str, Json]:
    """What the entry says of them. The advertiser is owed a notice for each approval that held until now.

    Not of each further version, which it knows itself.
    """
    if not fallen:
        return {}
    rule = procedure_row(following.records).changed
    for before, after in fallen:
        for item in changed(after):
            if item.version == version_in(before.content):
                following.owe(Purpose.CHANGED, after.advertiser, item.decision, facts={"changed": rule})
    named: list[Json] = [item.decision for _, after in fallen for item in changed(after)]
    return {NOT_APPROVED: named, "follows": following.form}
