"""A matter and a decision as somebody may see them: everything that bears on them, gathered in one reading.

Not a way to change anything, and no entry is written. Any earlier day can be asked for, since claims keep their known
times.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.app.decide import with_recourse
from adjudge.app.notices import background
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.decisions.scope import Applied
from adjudge.enforcement.terms import HOLD, REVIEW, RUN
from adjudge.errors import Finding, RefusedError
from adjudge.institution.binding.approvals import is_changed
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.deciding.decisions import decision, gate_of, open_needs, read_decision, ready_to_read
from adjudge.institution.deciding.draft import Prepared
from adjudge.institution.deciding.matters import matter, read_matter
from adjudge.institution.house import House, time_of
from adjudge.institution.material import withheld
from adjudge.institution.material.view import evaluate, found_of, with_reasons
from adjudge.institution.reading.portion import Counts, Shown, is_told, material_of
from adjudge.institution.record.audit.check import statement_flaws
from adjudge.ledger.entry import Entry
from adjudge.matters.gate import applied_rules, findings, may_automate
from adjudge.matters.needs import needs_of
from adjudge.matters.proposal import Proposal
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.reasons.explain import Contrary
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    ClaimRow,
    DecisionRow,
    DecisionState,
    DocumentRow,
    MatterRow,
    MeasureRow,
    SubjectRow,
)
from adjudge.records.shelf import MEASURES, VERSIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The decision in force on a subject, with its measures. `departs`: what is found of the subject is not that.

    `is_changed`: it approved another version of the ad than is on record now.
    """

    decision: DecisionRow
    measures: Sequence[MeasureRow]
    departs: bool
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterOverview:
    """A matter at a valid and a known time. `claims` are those live then; `entries` and `decisions` all there are.

    `standing` says what stands in the way of each proposal that waits, and `waiting` which one waits, by subject;
    `in_force` what is decided, by subject, as of the known time, be it in this matter or in one before it. `counts`
    counts all there is where a portion is shown.
    """

    matter: MatterRow
    counts: Counts
    subjects: Sequence[SubjectRow]
    claims: Sequence[ClaimRow]
    documents: Sequence[DocumentRow]
    answer: Answer
    decisions: Sequence[DecisionRow]
    standing: Mapping[str, Sequence[Finding]]
    in_force: Mapping[str, InForce]
    waiting: Mapping[str, str]
    entries: Sequence[Entry]


def matter_overview(
    house: House,
    actor: Actor,
    matter_id: str,
    *,
    valid_at: Instant | None = None,
    known_at: Instant | None = None,
    helped: bool = True,
    drafted: bool = True,
    shown: Shown | None = None,
) -> MatterOverview:
    """A matter as of a valid time (default: now), by what was known at another (default: now).

    `helped` searches what would change the outcome, and whom else it reaches; `drafted` writes the statement of each
    proposal that waits, to tell what stands in its way (`standing`). Each takes its time. `shown` is the portion of
    everything that is wanted: of other subjects nothing is found, and of no other are there claims.
    """
    row = read_matter(house, actor, matter_id)
    at = time_of(house)
    known = known_at or at
    with house.records.reading() as records:
        material = material_of(records, row, actor, shown)
        decisions = [as_told(item, actor) for item in material.decisions]
        decided = _latest(records, material.about_them, row.policy, known)
        ours = {
            item.subject for item in material.about_them if item.matter == row.id and is_told(item, actor)
        }
        found = evaluate(records, row, valid_at or at, known, about=material.about)
        answer = _for_reader(found, ours | decided.keys(), actor)
        answer = replace(answer, subjects=material.of(answer.subjects))
        hidden = withheld.of_notifiers(records, row.advertiser) if actor.advertiser else frozenset()
        answer = replace(
            answer, case=withheld.without_notifiers(answer.case, hidden, str(withheld.BY_A_THIRD_PARTY))
        )
        return MatterOverview(
            matter=replace(row, assignee="") if actor.advertiser else row,
            counts=material.counts,
            subjects=material.subjects,
            claims=[claim for claim in material.claims if _was_known(claim, known)],
            documents=[withheld.as_read(item, hidden) for item in material.documents],
            answer=_helped(records, answer, actor) if helped else answer,
            decisions=decisions,
            standing={
                item.id: _drafted(house, records, item, at)[1]
                for item in decisions
                if drafted and item.state is DecisionState.PROPOSED
            },
            in_force=_in_force(records, decided, answer, actor),
            waiting={
                item.subject: item.id
                for item in material.about_them
                if item.matter == row.id and item.state is DecisionState.PROPOSED and is_told(item, actor)
            },
            entries=material.entries,
        )


def _helped(records: Reading, answer: Answer, actor: Actor) -> Answer:
    """An answer with what would change it; an advertiser is told of nobody else."""
    return with_recourse(answer) if actor.advertiser else with_reasons(records, answer)


def _latest(
    records: Reading, decisions: Iterable[DecisionRow], policy: str, known: Instant
) -> Mapping[str, DecisionRow]:
    """By subject the last decision that was issued under a policy by a known time: it superseded all before it."""
    issued = [item for item in decisions if item.issued_at is not None and item.issued_at <= known]
    versions = records.get_many(VERSIONS, sorted({item.package for item in issued}))
    under = (item for item in issued if item.package in versions and versions[item.package].policy == policy)
    return {item.subject: item for item in sorted(under, key=lambda item: item.entry)}


def _in_force(
    records: Reading, decided: Mapping[str, DecisionRow], answer: Answer, actor: Actor
) -> Mapping[str, InForce]:
    """What is decided of the subjects of an answer, beside what the answer finds of each."""
    found = {}
    applied: dict[str, list[MeasureRow]] = {}
    for measure in records.find_any(MEASURES, "decision", [row.id for row in decided.values()]):
        applied.setdefault(measure.decision, []).append(measure)
    for subject, row in decided.items():
        known = background(answer, SubjectId(subject), answer.asked.valid_at, searched=False)
        if known is None:
            continue
        measures = applied.get(row.id, [])
        departs = {_place(item) for item in measures} != {_place_of(item.applied) for item in known.course}
        found[subject] = InForce(
            decision=as_told(row, actor),
            measures=measures,
            departs=departs,
            is_changed=is_changed(records, row),
        )
    return found


def _place(row: MeasureRow) -> tuple[object, ...]:
    """What a measure is and where: its times follow from when it was decided."""
    surfaces = row.surfaces, row.surfaces_all_but
    return row.rule, row.kind, row.territories, row.all_but, *surfaces


def _place_of(applied: Applied) -> tuple[object, ...]:
    territory, surfaces = applied.territory, applied.surfaces
    return (
        str(applied.rule),
        applied.measure.kind.value,
        tuple(sorted(territory.names)),
        territory.all_but,
        tuple(sorted(surfaces.names)),
        surfaces.all_but,
    )


def _for_reader(answer: Answer, told: Collection[str], actor: Actor) -> Answer:
    """What the engine finds is no decision: an advertiser sees it of those only about whom one was issued."""
    if not actor.advertiser:
        return answer
    return replace(answer, subjects=tuple(i for i in answer.subjects if i.outcome.subject in told))


def as_told(row: DecisionRow, actor: Actor) -> DecisionRow:
    """A decision as its reader may have it: an advertiser is told neither of others nor who here signed, and why.

    Receipts of its entries have the bare ids of those who signed, since they prove entries as they stand in the log.
    """
    if not actor.advertiser:
        return row
    open_fields: dict[str, Any] = {name: getattr(row, name) for name in _TOLD}
    proposal = {name: text for name, text in row.proposal.items() if name in _TOLD_OF_PROPOSAL}
    return DecisionRow(
        **open_fields,
        author="",
        answer={},
        proposal={**proposal, "reason": ""},
        signatures=tuple(replace(item, person="", reason="") for item in row.signatures),
    )


_TOLD = (
    "id",
    "matter",
    "subject",
    "advertiser",
    "state",
    "proposed_at",
    "package",
    "digest",
    "outcome",
    "valid_at",
    "known_at",
    "issued_at",
    "automated",
    "statement",
    "notice",
    "grounds",
    "contrary",
    "rules",
    "supersedes",
    "entry",
    "appeal",
    "bound_to",
)
"""What an advertiser is told of a decision about it, beside its proposal and its signatures; a new field is not."""
_TOLD_OF_PROPOSAL = frozenset(
    {
        "instead",
        "answers",
        "milder",
        "rights",
        "why_departing",
        "wording",
        "appeal",
        "replies",
        "unfounded",
        "no_advance",
        "why_no_advance",
    }
)
"""What the author wrote for the addressee: not the reason, which is a note for those who sign."""


def _was_known(claim: ClaimRow, at: Instant) -> bool:
    """Whether it was recorded by then and not withdrawn yet."""
    return claim.recorded_at <= at and (claim.withdrawn_at is None or claim.withdrawn_at > at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOverview:
    """A decision with the statement that was sent or would be, what stands in its way, and whose signature it needs."""

    decision: DecisionRow
    statement: dict[str, str]
    standing: Sequence[Finding]
    needs: Sequence[str]


def decision_overview(house: House, actor: Actor, decision_id: str) -> DecisionOverview:
    """A decision for whoever may read it. The statement of one that waits is written anew, from what is known now."""
    row = as_told(read_decision(house, actor, decision_id), actor)
    if row.state is not DecisionState.PROPOSED:
        with house.records.reading() as records:
            doubts = doubts_of(records, row)
        return DecisionOverview(decision=row, statement=row.statement, standing=doubts, needs=())
    with house.records.reading() as records:
        row = decision(records, decision_id)
        statement, standing = _drafted(house, records, row, time_of(house))
    needs = open_needs(house, actor, decision_id)
    return DecisionOverview(decision=row, statement=statement, standing=standing, needs=needs)


def doubts_of(records: Reading, row: DecisionRow) -> tuple[Finding, ...]:
    """What whoever reads a decision that was issued is told before all: is it what was issued, and of what ad?"""
    return (*_altered(records, row), *_not_as_approved(records, row))


def _altered(records: Reading, row: DecisionRow) -> Iterable[Finding]:
    """What was issued is shown as it is kept, and whoever reads it is told where that is not what was issued."""
    for flaw in statement_flaws(records, row.id, row.statement):
        hint = say("do not rely on it: ask for the receipt of the decision, and tell the administrators")
        yield Finding("statement-altered", flaw.message, hint)


def _not_as_approved(records: Reading, row: DecisionRow) -> Iterable[Finding]:
    """An approval holds for what was approved, and for nothing that came in its place."""
    if not is_changed(records, row):
        return
    hints = {
        REVIEW: say("it does not run until it is decided anew: look at the ad as it is now"),
        HOLD: say("it does not run until it is decided anew, or is as it was approved again"),
        RUN: say("it runs meanwhile: look at the ad as it is now, and decide anew"),
    }
    hint = hints[procedure_row(records).changed]
    yield Finding("not-as-approved", say("the ad is not as it was approved"), hint)


def _drafted(
    house: House, records: Reading, row: DecisionRow, at: Instant
) -> tuple[dict[str, str], Sequence[Finding]]:
    """The statement and the findings; where none can be written, why."""
    try:
        ready = ready_to_read(house, records, row, at)
    except RefusedError as error:
        return {}, error.findings or (Finding("no-statement", error.message, error.hint),)
    statement = dict(ready.notice.text) if ready.notice is not None else {}
    return statement, (*_changed(ready, row), *findings(gate_of(ready, row)))


def _changed(ready: Prepared, row: DecisionRow) -> Iterable[Finding]:
    """A proposal is issued upon the outcome on which it was made, or not at all."""
    if ready.outcome != row.outcome["outcome"] or ready.answer.digest != row.package:
        message = say("what it rests on has changed since it was proposed")
        yield Finding(
            "outcome-changed",
            message,
            say("look at the matter again; return this proposal and make another one"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What can be decided about a subject now: what was found, what counts against it, and who must take part."""

    matter: MatterRow
    found: SubjectAnswer
    contrary: Sequence[Contrary]
    needs: Sequence[str]
    automation: bool


def options_for(
    house: House, actor: Actor, matter_id: str, subject: str, *, found: SubjectAnswer | None = None
) -> Options:
    """What whoever may propose can choose from; `found` is what is found of the subject now, for whoever has it."""
    with house.records.reading() as records:
        row = matter(records, matter_id)
        permit(actor, Act.PROPOSE, row.advertiser)
        at = time_of(house)
        found = found or found_of(evaluate(records, row, at, at, about={subject}), subject)
    contrary = {item.claim.id: item for rule in applied_rules(found) for item in rule.contrary}
    kinds = [item.measure.kind for item in found.decision.measures]
    review = [role for item in applied_rules(found) for role in item.rule.review]
    return Options(
        matter=row,
        found=found,
        contrary=tuple(contrary[claim] for claim in sorted(contrary)),
        needs=needs_of(kinds, review, Proposal(reason="")).roles,
        automation=may_automate(found),
    )
