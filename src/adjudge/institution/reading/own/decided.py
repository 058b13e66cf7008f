"""A decision as its advertiser reads it: why, on what evidence, what would change it, and how it goes on.

The reason is the one on which it was issued: found again as of then, and shown only where it is the same. Not the
statement that was sent, which stands beside it as it is. What is merely proposed is told to nobody outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adjudge.answers.answer import Answer
from adjudge.app.decide import with_recourse
from adjudge.app.explain import trees_of
from adjudge.basis.instant import Instant
from adjudge.errors import Finding, RefusedError
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.deciding.matters import matter
from adjudge.institution.hearing.appeal import DECIDED
from adjudge.institution.hearing.filing import appeal_until
from adjudge.institution.hearing.talking import messages_of
from adjudge.institution.house import House, time_of
from adjudge.institution.looked_at import MOMENT
from adjudge.institution.material.view import evaluate, found_of, outcome_form
from adjudge.institution.material.withheld import BY_A_THIRD_PARTY, of_notifiers, without_notifiers
from adjudge.institution.reading.hearing import DecisionHeard, decision_heard, told_clock
from adjudge.institution.reading.overview import as_told, doubts_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.reasons.tree import RuleTree
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockRow, DecisionRow, DocumentRow, MessageRow, SubjectRow
from adjudge.records.shelf import CLOCKS, DECISIONS, DOCUMENTS, SUBJECTS
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """On what a decision was issued: the answer of then about its subject, and the rules that it applies, taken apart.

    `documents` are the rows of those that can be opened; who notified us is not among them.
    """

    answer: Answer
    trees: Sequence[RuleTree]
    documents: Mapping[str, DocumentRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDecision:
    """A decision with all that bears on it. `reason` is None where it cannot be found again as it was.

    `standing` says where it is not what was issued, or its ad not as it was approved. `until` is when an appeal is too
    late, None while nothing proves that its advertiser was told. `later` is the decision that took its place, empty
    while none has.
    """

    decision: DecisionRow
    subject: SubjectRow | None
    heard: DecisionHeard
    reason: Reasoned | None
    standing: Sequence[Finding]
    clocks: Sequence[ClockRow]
    messages: Sequence[MessageRow]
    until: Instant | None
    later: str
    at: Instant

    @property
    def is_in_force(self) -> bool:
        """Whether it stands: neither superseded nor lapsed."""
        return self.decision.state.value == "issued"


def own_decision(house: House, actor: Actor, decision_id: str, tongue: Tongue) -> OwnDecision:
    """For the people of its advertiser. Raises NotFoundError for anybody else, and for what was never issued."""
    read = read_decision(house, actor, decision_id)
    permit(actor, Act.OPEN_NOTICE, read.advertiser)
    if read.state not in DECIDED:
        raise not_found()
    heard, at = decision_heard(house, actor, decision_id), time_of(house)
    end = appeal_until(house, actor, decision_id)
    messages = [item for row in heard.appeals for item in messages_of(house, actor, row.id)]
    with house.records.reading() as records:
        clocks = records.find(CLOCKS, decision=decision_id)
        return OwnDecision(
            decision=as_told(read, actor),
            subject=records.get(SUBJECTS, read.subject),
            heard=heard,
            reason=_reason(records, read, tongue),
            standing=doubts_of(records, read),
            clocks=[told_clock(row, actor) for row in clocks],
            messages=messages,
            until=end,
            later=_later(records, read),
            at=at,
        )


def what_would_change(house: House, actor: Actor, decision_id: str, tongue: Tongue) -> Answer | None:
    """What is found of its subject now, with what would change it; None where no version of its policy applies.

    Apart from the decision, since it takes longer. Raises NotFoundError.
    """
    row = read_decision(house, actor, decision_id)
    permit(actor, Act.OPEN_NOTICE, row.advertiser)
    at = time_of(house)
    with house.records.reading() as records:
        try:
            answer = evaluate(records, matter(records, row.matter), at, at, about={row.subject})
        except RefusedError:
            return None
        hidden = of_notifiers(records, row.advertiser)
    alone = replace(answer, subjects=(found_of(answer, row.subject),))
    # Of the same claims by the same version it is not searched for twice in a minute.
    read = answer.case, answer.digest, at.nanos // MOMENT
    found = house.looked_at.upon(("would change", row.id), read, lambda: with_recourse(alone))
    return replace(found, case=without_notifiers(answer.case, hidden, tongue.of(BY_A_THIRD_PARTY)))


def _reason(records: Reading, row: DecisionRow, tongue: Tongue) -> Reasoned | None:
    """What was found when it was issued, if that can be had again: sealed parts may have been expunged since."""
    if row.valid_at is None or row.known_at is None or not row.rules:
        return None
    held = matter(records, row.matter)
    try:
        answer = evaluate(records, held, row.valid_at, row.known_at, about={row.subject})
        if outcome_form(answer, row.subject) != row.outcome.get("outcome") or answer.digest != row.package:
            return None
        found = found_of(answer, row.subject)
    except RefusedError:
        return None
    hidden = of_notifiers(records, row.advertiser)
    case = without_notifiers(answer.case, hidden, tongue.of(BY_A_THIRD_PARTY))
    told = replace(answer, subjects=(found,), case=case)
    rules = [item.rule for item in found.explanations if item.rule.id in row.rules]
    named = {str(claim.document) for claim in case.claims if claim.document} - hidden
    return Reasoned(
        answer=told,
        trees=trees_of(rules, found, answer),
        documents=records.get_many(DOCUMENTS, sorted(named)),
    )


def _later(records: Reading, row: DecisionRow) -> str:
    """The decision that took its place."""
    same = records.find(DECISIONS, subject=row.subject, advertiser=row.advertiser)
    return next((item.id for item in same if item.supersedes == row.id and item.state in DECIDED), "")
