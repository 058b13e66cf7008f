"""What follows when a ground falls away: decisions that rest on it are found, and their matters reopened, by rule.

A ground falls away when a claim that a decision rests on is withdrawn or discounted, or when the version in force no
longer has the rule. The decision stays in force until a person decides anew; it is listed, and nothing is forgotten.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from adjudge.appeals.deadline import appealable_until
from adjudge.appeals.states import OPEN, WAITING
from adjudge.basis.digest import Json
from adjudge.basis.instant import Duration, Instant
from adjudge.basis.said import Said
from adjudge.enforcement.terms import HOLD
from adjudge.institution.binding.approvals import Fallen, changed, version_in
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.house import Doing
from adjudge.institution.own_words import CLAIMS_FELL, NOT_AS_APPROVED, RULES_GONE, fell_away
from adjudge.institution.versions import package_of, version, version_at
from adjudge.ledger.entry import Entry
from adjudge.matters.states import ACTIVE, MATTERS, moved
from adjudge.people.act import Act
from adjudge.people.actor import INSTITUTION
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import AppealRow, DecisionRow, DecisionState, MatterRow
from adjudge.records.shelf import APPEALS, CLAIMS, DECISIONS, DISPUTES, MESSAGES, VERSIONS
from adjudge.records.shelf import MATTERS as MATTER_SHELF

REOPENED = "matter:reopened"
COMPLAINING = Duration(184 * 86_400 * 1_000_000_000)
"""Six months at their longest: DSA Art. 20(1)."""
PORTION = 1_000
"""Decisions of a policy that are read at once: each holds its statements."""
NO_VERSION = "–"
"""In the place of the version of an ad whose digests nobody tells any more."""


def reopen_what_fell(act: Doing, policy: str | None = None) -> tuple[str, ...]:
    """Reopen the matters of decisions in force whose ground has fallen; the decisions.

    By the claims of the act's own advertiser, or, after a version of a policy began or was rolled back, by its rules.
    """
    fallen = []
    rules: dict[str, frozenset[str]] = {}
    for decision in _in_force(act, policy):
        if decision.package not in rules:
            rules[decision.package] = _rules_now(act, decision.package)
        losses = (
            (_lost_claims(act.records, decision), CLAIMS_FELL),
            (tuple(rule for rule in decision.rules if rule not in rules[decision.package]), RULES_GONE),
        )
        said = [reopen_by_rule(act.records, decision, lost, act.at, why) for lost, why in losses if lost]
        if any(said):
            fallen.append(decision.id)
    return tuple(fallen)


def _in_force(act: Doing, policy: str | None) -> Iterator[DecisionRow]:
    """Decisions in force of the act's advertiser, or of a policy: of the latter there may be very many."""
    issued = DecisionState.ISSUED.value
    if policy is None:
        yield from act.records.find(DECISIONS, advertiser=act.permission.advertiser, state=issued)
        return
    digests = {item["id"] for item in act.records.listed(VERSIONS, policy=policy)}
    after = ""
    while found := act.records.find(DECISIONS, after=after, most=PORTION, state=issued):
        yield from (item for item in found if item.package in digests)
        after = found[-1].id


def _lost_claims(records: Reading, decision: DecisionRow) -> tuple[str, ...]:
    rows = ((claim, records.get(CLAIMS, claim)) for claim in decision.grounds)
    return tuple(claim for claim, row in rows if row is None or row.withdrawn_at is not None)


def _rules_now(act: Doing, package: str) -> frozenset[str]:
    """The rules that are in force now of the policy that a version belongs to."""
    applying = version_at(act.records, version(act.records, package).policy, act.at)
    if applying is None:
        return frozenset()
    return frozenset(rule.id for rule in package_of(applying.text).in_force(act.at, act.at, None))


def reopen_by_rule(
    records: Writing, decision: DecisionRow, lost: Sequence[str], at: Instant, why: Said
) -> bool:
    """Reopen the matter of a decision, and say what it rested on; once for the same loss, and by the institution."""
    matter = _matter_for(records, decision)
    if matter is None or _was_said(records, {decision.matter, matter.id}, decision, lost):
        return False
    reason = str(fell_away(decision.id, why, lost))
    state = moved(MATTERS, Act.REOPEN, matter.state)
    records.put(MATTER_SHELF, replace(matter, state=state, reason=reason, seen=matter.seen + 1))
    entry = Entry(
        seq=records.size(),
        at=at,
        actor=INSTITUTION.name,
        kind=REOPENED,
        subject=matter.id,
        body={
            "advertiser": matter.advertiser,
            "decision": decision.id,
            "fell_away": list[Json](lost),
            "reason": reason,
        },
    )
    records.append(entry)
    return True


def back_to_review(records: Writing, fallen: Sequence[Fallen], at: Instant) -> None:
    """Reopen the matters of approvals that no longer hold, where it is declared that such ads go back to review.

    Each matter once, however many of its ads were recorded together: the entry of the recording names them all.
    """
    if not fallen or procedure_row(records).changed == HOLD:
        return
    decisions = records.get_many(DECISIONS, [item.decision for _, after in fallen for item in changed(after)])
    reopened: set[str] = set()
    for _, after in fallen:
        lost = (version_in(after.content) or NO_VERSION,)
        for item in changed(after):
            decision = decisions[item.decision]
            if decision.matter not in reopened and reopen_by_rule(
                records, decision, lost, at, NOT_AS_APPROVED
            ):
                reopened.add(decision.matter)


def _matter_for(records: Reading, decision: DecisionRow) -> MatterRow | None:
    """The decision's matter; where that is closed and the advertiser has another one open, the open one."""
    own = records.get(MATTER_SHELF, decision.matter)
    if own is None or own.state in ACTIVE:
        return own
    others = records.find(MATTER_SHELF, advertiser=own.advertiser)
    return next((item for item in others if item.policy == own.policy and item.state in ACTIVE), own)


def _was_said(records: Reading, matters: Iterable[str], decision: DecisionRow, lost: Sequence[str]) -> bool:
    """Whether the institution has reopened for this loss before; who closed the matter since knew of it."""
    return any(
        entry.actor == INSTITUTION.name
        and entry.body.get("decision") == decision.id
        and entry.body.get("fell_away") == list(lost)
        for matter in matters
        for entry in records.entries_of(matter)
        if entry.kind == REOPENED
    )


def resting_on(records: Reading, claims: Iterable[str], at: Instant) -> tuple[DecisionRow, ...]:
    """Decisions that rest on one of these claims or answer it, and wait, are in force or may be complained of."""
    wanted = set(claims)
    over = (DecisionState.SUPERSEDED, DecisionState.LAPSED)
    live = (DecisionState.ISSUED, DecisionState.PROPOSED, *over)
    return tuple(
        row
        for state in live
        for row in records.find(DECISIONS, state=state.value)
        if wanted & {*row.grounds, *row.contrary}
        and (state not in over or may_be_complained_of(records, row, at))
    )


def may_be_complained_of(records: Reading, row: DecisionRow, at: Instant) -> bool:
    """Whether a decision can still be appealed, or is before somebody who decides about it."""
    if row.issued_at is not None and at.nanos < row.issued_at.nanos + COMPLAINING.nanos:
        return True
    end = appealable_until(records, row, calendar_of(procedure_row(records)))
    waiting = {*(item["state"] for item in records.listed(APPEALS, decision=row.id))} & set(OPEN)
    disputed = {*(item["state"] for item in records.listed(DISPUTES, decision=row.id))} & set(WAITING)
    return end is None or at < end or bool(waiting) or bool(disputed)


def heard_with(records: Reading, advertiser: str, document: str) -> tuple[str, ...]:
    """The open appeals and requests of an advertiser that came with a document, or in which it was sent."""
    found = [row for row in records.find(APPEALS, advertiser=advertiser) if row.state in OPEN]
    return tuple(row.id for row in found if document in row.documents or _was_sent(records, row, document))


def shown_with(records: Reading, advertiser: str, document: str) -> tuple[str, ...]:
    """The disputes of an advertiser whose outcome a document shows, and that wait for an answer to it."""
    found = [row for row in records.find(DISPUTES, advertiser=advertiser) if row.state in WAITING]
    return tuple(row.id for row in found if document in row.documents)


def _was_sent(records: Reading, row: AppealRow, document: str) -> bool:
    return any(document in item.documents for item in records.find(MESSAGES, appeal=row.id))
