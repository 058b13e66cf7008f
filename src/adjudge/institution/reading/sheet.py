"""The decision sheet of one subject for those who work here: what is found of any day, taken apart; what is decided.

Each part is worked out when it is asked for: what would change it and whom else it reaches take their time.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.app.decide import with_recourse
from adjudge.app.explain import trees_of
from adjudge.app.notices import read_notice_text
from adjudge.basis.ids import ClaimId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.span import Source
from adjudge.errors import Finding, RefusedError
from adjudge.evidence.notice import Notice
from adjudge.institution.deciding.decisions import ready_to_read
from adjudge.institution.deciding.draft import Prepared, prepare
from adjudge.institution.deciding.matters import matter, read_matter
from adjudge.institution.house import House, time_of
from adjudge.institution.looked_at import as_it_stands
from adjudge.institution.material.view import evaluate, found_of, with_reasons
from adjudge.institution.reading.portion import Siblings, siblings_of
from adjudge.institution.versions import applying
from adjudge.ledger.entry import Entry
from adjudge.matters.gate import applied_rules
from adjudge.matters.proposal import Proposal, proposal_from
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.reasons.tree import RuleTree
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockRow, DecisionRow, DecisionState, DocumentRow, MatterRow, SubjectRow
from adjudge.records.shelf import CLAIMS, CLOCKS, DECISIONS, DOCUMENTS, ENACTMENTS, MATTERS, SUBJECTS

MOST_MOMENTS = 60
"""Moments between which one can choose; of more, the last ones."""


class Part(StrEnum):
    """What a sheet shows at once."""

    REASON = "reason"
    NOTICE = "notice"
    CHANGE = "change"
    REACH = "reach"
    TIMELINE = "timeline"


_KEPT = frozenset({Part.NOTICE, Part.REACH})
"""Parts that take their time, and are worked out once so long as nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: `answer` is about its subject alone. `proposed` waits for others; `in_force` is what holds now.

    `whole` is the answer about it and its advertiser, and `stands` what was on record then, for the parts alone that
    take their time; `trees` take the rules apart, for the part alone that shows them. `contrary` are the claims that
    whoever proposes has to answer, `moments` those at which what is known changed.
    """

    matter: MatterRow
    subject: SubjectRow
    siblings: Siblings
    answer: Answer
    whole: Answer
    stands: Hashable | None
    trees: Sequence[RuleTree] | None
    contrary: frozenset[ClaimId]
    documents: dict[str, DocumentRow]
    decisions: Sequence[DecisionRow]
    moments: Sequence[Instant]
    at: Instant

    @property
    def is_now(self) -> bool:
        """Whether it was asked as of now."""
        return (self.whole.asked.valid_at, self.whole.asked.known_at) == (self.at, self.at)

    @property
    def proposed(self) -> DecisionRow | None:
        """The proposal that waits."""
        return next((row for row in self.decisions if row.state is DecisionState.PROPOSED), None)

    @property
    def in_force(self) -> DecisionRow | None:
        """The decision that holds."""
        return next((row for row in self.decisions if row.state is DecisionState.ISSUED), None)


def sheet(
    house: House,
    actor: Actor,
    matter_id: str,
    subject_id: str,
    *,
    part: Part = Part.REASON,
    valid_at: Instant | None = None,
    known_at: Instant | None = None,
) -> Sheet:
    """The sheet of a subject of a matter as of a valid time and what was known at another; both are now by default.

    Raises NotFoundError, RefusedError where no version of the policy applied then.
    """
    row = read_matter(house, actor, matter_id)
    if actor.advertiser:
        raise not_found()
    permit(actor, Act.READ_MATTER, row.advertiser)
    at = time_of(house)
    with house.records.reading() as records:
        subject = records.get(SUBJECTS, subject_id)
        if subject is None or subject.advertiser != row.advertiser:
            raise not_found()
        # Before what is found: of what is written meanwhile this must not say that it is in it.
        stands = as_it_stands(records, at) if part in _KEPT else None
        whole = evaluate(records, row, valid_at or at, known_at or at, about={subject_id})
        found = found_of(whole, subject_id)
        alone = replace(whole, subjects=(found,))
        if part is Part.REACH and not (valid_at or known_at):
            # Of all on record it takes its time: it is looked for once, so long as nothing is written.
            key = ("reach", row.id, subject_id, stands)
            answer = house.looked_at.once(key, lambda: _with_part(records, alone, part))
        else:
            answer = _with_part(records, alone, part)
        (found,) = answer.subjects
        return Sheet(
            matter=row,
            subject=subject,
            siblings=siblings_of(records, subject),
            answer=answer,
            whole=whole,
            stands=stands,
            trees=_trees(found, answer) if part is Part.REASON else None,
            contrary=frozenset(
                contrary.claim.id for item in applied_rules(found) for contrary in item.contrary
            ),
            documents=_documents(records, answer),
            decisions=_decisions(records, row, subject_id),
            moments=_moments(records, row, subject_id, at),
            at=at,
        )


def sheet_of(house: House, actor: Actor, row: DecisionRow) -> Sheet:
    """The sheet upon which a decision rests: as it was known when it was made; of a proposal that waits, as of now."""
    if row.state is DecisionState.PROPOSED:
        return sheet(house, actor, row.matter, row.subject)
    return sheet(
        house,
        actor,
        row.matter,
        row.subject,
        valid_at=row.valid_at or row.proposed_at,
        known_at=row.known_at or row.proposed_at,
    )


def _with_part(records: Reading, answer: Answer, part: Part) -> Answer:
    if part is Part.CHANGE:
        return with_recourse(answer)
    return with_reasons(records, answer) if part is Part.REACH else answer


def _trees(found: SubjectAnswer, answer: Answer) -> Sequence[RuleTree]:
    return trees_of([item.rule for item in found.explanations], found, answer)


def _documents(records: Reading, answer: Answer) -> dict[str, DocumentRow]:
    """The rows of the documents in which the claims of an answer were read."""
    named = {str(claim.document) for claim in answer.case.claims if claim.document}
    return records.get_many(DOCUMENTS, sorted(named))


def _decisions(records: Reading, row: MatterRow, subject: str) -> Sequence[DecisionRow]:
    """The decisions about a subject under the policy of a matter, the last one first; and what waits under any.

    Another policy's decision stands beside these; another policy's proposal has to go before a further one can be made.
    """
    found = records.find(DECISIONS, subject=subject, advertiser=row.advertiser)
    others = {item.matter for item in found} - {row.id}
    beside = {
        key
        for key, item in (records.get_many(MATTERS, sorted(others)) if others else {}).items()
        if item.policy != row.policy
    }
    ours = (item for item in found if item.state is DecisionState.PROPOSED or item.matter not in beside)
    return sorted(ours, key=lambda item: (item.proposed_at, item.id), reverse=True)


def _moments(records: Reading, row: MatterRow, subject: str, at: Instant) -> Sequence[Instant]:
    """When what is known of a subject and its advertiser changed, in order, since a version of the policy applies."""
    enactments = records.find(ENACTMENTS, policy=row.policy)
    found: set[Instant] = set()
    for claim in records.find_any(CLAIMS, "subject", [subject, row.advertiser]):
        found.add(claim.recorded_at)
        if claim.withdrawn_at is not None:
            found.add(claim.withdrawn_at)
    asked = (item for item in sorted(found) if item < at and applying(enactments, item) is not None)
    return [*list(asked)[-MOST_MOMENTS:], at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A statement of reasons as it would be sent now. `refusal` says why none can be written; None where one is.

    `proposal` is the one that waits in this matter, whose words stand in it; None where nobody has proposed anything.
    """

    ready: Prepared | None
    proposal: DecisionRow | None
    refusal: Finding | None = None


def preview(house: House, actor: Actor, found: Sheet) -> Preview:
    """The statement that would be sent now: of the proposal that waits, or without anybody's words yet."""
    permit(actor, Act.READ_MATTER, found.matter.advertiser)
    waits = found.proposed
    proposed = waits if waits is not None and waits.matter == found.matter.id else None
    with house.records.reading() as records:
        held, stands = matter(records, found.matter.id), as_it_stands(records, found.at)
        # What was found a moment ago counts where it was asked as of now, and nothing was written since.
        answer = found.whole if found.is_now and stands == found.stands else None
        try:
            if proposed is not None:
                ready = ready_to_read(house, records, proposed, found.at, answer=answer)
                return Preview(ready=ready, proposal=proposed)
            subject = found.subject.id
            ready = house.looked_at.once(
                ("nobody's", held.id, subject, stands),
                lambda: prepare(records, held, subject, Proposal(reason=""), found.at, answer=answer),
            )
        except RefusedError as error:
            first = Finding("no-statement", error.message, error.hint)
            return Preview(ready=None, proposal=proposed, refusal=first)
    return Preview(ready=ready, proposal=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What happened to a subject in a matter, the last first, and the clocks that run for its decisions."""

    entries: Sequence[Entry]
    clocks: Sequence[ClockRow]


def timeline(house: House, actor: Actor, found: Sheet) -> Timeline:
    """The entries about the matter and the decisions of its subject, with their clocks."""
    permit(actor, Act.READ_MATTER, found.matter.advertiser)
    with house.records.reading() as records:
        entries = [*records.entries_of(found.matter.id)]
        clocks: list[ClockRow] = []
        for row in found.decisions:
            entries += records.entries_of(row.id)
            clocks += records.find(CLOCKS, decision=row.id)
    return Timeline(entries=_once(entries), clocks=clocks)


def _once(entries: Iterable[Entry]) -> Sequence[Entry]:
    found = {entry.seq: entry for entry in entries}
    return [found[seq] for seq in sorted(found, reverse=True)]


def replies(row: DecisionRow | None) -> dict[ClaimId, str]:
    """What the author of a proposal answered to contrary claims."""
    return dict(proposal_from(row.proposal).answers) if row is not None else {}


def issued_notice(row: DecisionRow | None) -> Notice | None:
    """The statement of a decision as it was issued, with what its passages point to; None where there is none."""
    if row is None or not row.notice.get("yaml"):
        return None
    return read_notice_text(Source(row.id, str(row.notice["yaml"])), "", ProblemLog())
