"""What the record says of when measures begin: the advance notice that is settled, and the decision before.

Not when they begin, which `adjudge.notices.beginning` works out of it; a replay has the same from the log alone.
"""

from collections.abc import Iterable

from adjudge.answers.answer import SubjectAnswer
from adjudge.decisions.scope import Extent
from adjudge.institution.binding.measures import CURED
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.versions import version
from adjudge.matters.proposal import Proposal
from adjudge.notices.beginning import Earlier, NoAdvance, Timing
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, DecisionState, MeasureRow, Outcome
from adjudge.records.shelf import APPEALS, DECISIONS, MEASURES

_STANDING = (DecisionState.ISSUED, DecisionState.SUPERSEDED)


def in_force(records: Reading, subject: str, policy: str) -> DecisionRow | None:
    """The decision in force on a subject under a policy; another policy's stands beside it."""
    found = records.find(DECISIONS, subject=subject, state=DecisionState.ISSUED.value)
    return next((item for item in found if version(records, item.package).policy == policy), None)


def before_it(records: Reading, subject: str, policy: str) -> DecisionRow | None:
    """The decision whose place another one takes: that in force, else the last one if it has lapsed."""
    found = in_force(records, subject, policy)
    rows = [row for row in records.find(DECISIONS, subject=subject) if row.issued_at is not None]
    over = {row.supersedes for row in rows}
    lapsed = (row for row in rows if row.state is DecisionState.LAPSED and row.id not in over)
    return found or next((row for row in lapsed if version(records, row.package).policy == policy), None)


def timing_of(records: Reading, subject: str, policy: str, proposal: Proposal) -> Timing:
    """What bears on when the measures of a decision begin that would supersede the one in force."""
    before = in_force(records, subject, policy)
    rows = records.find(MEASURES, decision=before.id) if before is not None else ()
    return timing_with(proposal, procedure_row(records).advance_days, map(_earlier, _going_on(rows)))


def timing_with(proposal: Proposal, advance_days: int, earlier: Iterable[Earlier]) -> Timing:
    """The same of what was read elsewhere."""
    return Timing(
        advance_days=advance_days,
        earlier=tuple(earlier),
        excepted=proposal.no_advance is not None,
        served=bool(proposal.appeal),
    )


def _going_on(rows: Iterable[MeasureRow]) -> Iterable[MeasureRow]:
    """Those that were neither lifted nor prevented by what the advertiser put right: these begin anew."""
    return (row for row in rows if row.lifted_at is None and all(rest.by != CURED for rest in row.pauses))


def _earlier(row: MeasureRow) -> Earlier:
    return Earlier(
        rule=row.rule,
        kind=row.kind,
        territory=Extent(frozenset(row.territories), row.all_but),
        surfaces=Extent(frozenset(row.surfaces), row.surfaces_all_but),
        start=row.start,
        end=row.end,
        since=row.since,
    )


def infringed_before(records: Reading, advertiser: str, left: SubjectAnswer, proposal: Proposal) -> bool:
    """Whether an earlier decision, not reversed, put a measure on an advertiser for something else than now.

    For something else: a decision on no further claim is the same infringement decided again. Asked only where the
    proposal rests on it.
    """
    if proposal.no_advance is not NoAdvance.REPEATED_INFRINGEMENT:
        return False
    applied = {item.rule for item in left.decision.measures}
    grounds = {
        str(claim.id)
        for item in left.explanations
        if item.rule.id in applied and item.grounds is not None
        for claim in item.grounds.claims
    }
    rows = (row for state in _STANDING for row in records.find(DECISIONS, advertiser=advertiser, state=state))
    return any(row.rules and grounds - {*row.grounds} and not _reversed(records, row) for row in rows)


def _reversed(records: Reading, row: DecisionRow) -> bool:
    return any(item.outcome == Outcome.REVERSED for item in records.find(APPEALS, decision=row.id))
