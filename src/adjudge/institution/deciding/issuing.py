"""What is kept when a decision is issued: the decision, its measures, and the entry with everything a replay needs."""

from collections.abc import Iterable
from dataclasses import replace

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.decision.json_form import answer_form
from adjudge.app.notices import background
from adjudge.basis.digest import Json, digest_of
from adjudge.basis.ids import SubjectId
from adjudge.decisions.course import Stretch
from adjudge.institution.binding.approvals import keep_approval, version_now
from adjudge.institution.binding.following import Following
from adjudge.institution.deciding.appealed import appealed, end_appeal
from adjudge.institution.deciding.beginning import before_it
from adjudge.institution.deciding.draft import Prepared
from adjudge.institution.deciding.issued_form import measure_id, measures_form, reasons_form
from adjudge.institution.deciding.resting import go_on_resting
from adjudge.institution.house import Doing
from adjudge.institution.plain import textual
from adjudge.matters.gate import applied_rules
from adjudge.notices.printer import notice_yaml
from adjudge.records.rows import DecisionRow, DecisionState, MeasureRow, Purpose
from adjudge.records.shelf import DECISIONS, MEASURES
from adjudge.tongues.tongue import ENGLISH, tongue_of

SPEAKING_OF_OTHERS = ("others", "stated_reason")
"""Parts of an answer that name other subjects than the one decided about: sealed apart from the rest."""


def keep_issued(act: Doing, row: DecisionRow, ready: Prepared) -> DecisionRow:
    """Keep an issued decision, supersede the one before it on the same subject, and write the entry."""
    package = ready.answer.package
    before = before_it(act.records, row.subject, package.id)
    appeal = appealed(act.records, ready.proposal, row.matter, row.subject)
    notice = notice_yaml(ready.notice) if ready.notice is not None else ""
    answer = _tree(answer_form(_of_subject(ready), tongue_of(ENGLISH)))
    others = {key: answer.pop(key) for key in SPEAKING_OF_OTHERS if key in answer}
    issued = replace(
        row,
        valid_at=ready.at,
        known_at=ready.at,
        issued_at=act.at,
        answer={**answer, **others},
        statement=dict(ready.notice.text) if ready.notice is not None else {},
        notice={"yaml": notice},
        grounds=grounds_of(ready.left),
        contrary=contrary_of(ready.left),
        rules=tuple(item.rule.id for item in applied_rules(ready.left)),
        supersedes=before.id if before is not None else "",
        entry=act.records.size(),
        bound_to=version_now(act.records, row.subject) if ready.notice is None else "",
    )
    act.records.put(DECISIONS, issued)
    territory = ready.answer.asked.territory or ""
    keep_approval(act.records, issued, territory)
    following = Following(act.records, act.at)
    earlier = tuple(act.records.find(MEASURES, decision=before.id)) if before is not None else ()
    if before is not None and before.state is DecisionState.ISSUED:
        earlier = tuple(item for item in earlier if item.lifted_at is None)
        act.records.put(DECISIONS, replace(before, state=DecisionState.SUPERSEDED))
        following.lift(before.id)
    measures = tuple(measure_rows(issued, ready))
    act.records.put_all(MEASURES, measures)
    go_on_resting(following, earlier, measures, besides=appeal.id if appeal is not None else "")
    if not issued.appeal and (earlier or measures):  # an appeal's outcome tells of both
        following.owe(Purpose.DECISION, issued.advertiser, issued.id)
    told = ready.proposal.tree
    note = told.pop("reason")  # for those who sign: whoever the entry concerns is handed the first part alone
    act.write(
        issued.id,
        {
            "matter": issued.matter,
            "subject": issued.subject,
            "advertiser": issued.advertiser,
            "package": issued.package,
            "policy": package.id,
            "version": package.version,
            "valid_at": str(ready.at),
            "known_at": str(ready.at),
            "territory": territory,
            "automated": issued.automated,
            "departs": ready.proposal.departing.value,
            "proposal": issued.digest,
            "signatures": [
                {"role": item.role, "person": item.person, "at": str(item.at)} for item in issued.signatures
            ],
            "outcome": ready.outcome,
            "measures": measures_form(_course(issued, ready)),
            "reasons": reasons_form(ready.left),
            "supersedes": issued.supersedes,
            "statement": {language: digest_of(text) for language, text in issued.statement.items()},
            "appeal": issued.appeal,
            **({"bound_to": issued.bound_to} if issued.bound_to else {}),
            "follows": following.form,
        },
        {
            "statement": {**issued.statement},
            "notice": notice,
            "answer": answer,
            "proposal": told,
        },
        further=[act.seal(others), act.seal({"reason": note})],
    )
    if appeal is not None:
        end_appeal(act, appeal, issued, before=earlier, after=measures)
    return issued


def _tree(form: object) -> dict[str, Json]:
    found = textual(form)
    return found if isinstance(found, dict) else {}


def _of_subject(ready: Prepared) -> Answer:
    """The answer for the one subject: what is said of others of the matter is not part of this decision."""
    return replace(ready.answer, subjects=(ready.left,))


def grounds_of(left: SubjectAnswer) -> tuple[str, ...]:
    """The claims on which the rules rest that are applied."""
    claims = (item.grounds.claims for item in applied_rules(left) if item.grounds is not None)
    return tuple(dict.fromkeys(str(claim.id) for group in claims for claim in group))


def contrary_of(left: SubjectAnswer) -> tuple[str, ...]:
    """The claims that count against them."""
    claims = (contrary.claim.id for item in applied_rules(left) for contrary in item.contrary)
    return tuple(dict.fromkeys(str(claim) for claim in claims))


def _course(row: DecisionRow, ready: Prepared) -> Iterable[Stretch]:
    known = background(ready.answer, SubjectId(row.subject), ready.at, ready.timing)
    return known.course if known is not None else ()


def measure_rows(row: DecisionRow, ready: Prepared) -> Iterable[MeasureRow]:
    """The measures of a decision that is issued, or would be."""
    for number, stretch in enumerate(_course(row, ready), 1):
        yield _measure_row(row, stretch, number)


def _measure_row(row: DecisionRow, stretch: Stretch, number: int) -> MeasureRow:
    applied = stretch.applied
    return MeasureRow(
        id=measure_id(row.id, number),
        decision=row.id,
        subject=row.subject,
        advertiser=row.advertiser,
        rule=applied.rule,
        kind=applied.measure.kind.value,
        territories=tuple(sorted(applied.territory.names)),
        all_but=applied.territory.all_but,
        surfaces=tuple(sorted(applied.surfaces.names)),
        surfaces_all_but=applied.surfaces.all_but,
        start=stretch.start,
        end=stretch.end,
        issued_at=row.issued_at,
        since=stretch.since,
    )
