"""The matter in which an appeal is decided: reopened by the institution where it was closed, with the filing as reason.

An advertiser has one matter at a time under a policy: where another one is open, the appeal joins it.
"""

from dataclasses import replace

from adjudge.institution.hearing.appeal import decided
from adjudge.institution.house import Doing, write_by_institution
from adjudge.institution.own_words import appeal_was_filed
from adjudge.matters.states import ACTIVE, MATTERS, moved
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, DecisionRow, MatterRow
from adjudge.records.shelf import MATTERS as SHELF


def matter_for(records: Reading, decision: DecisionRow) -> MatterRow:
    """The decision's own matter; where that is closed and the advertiser has another one open, the open one."""
    own = records.get(SHELF, decision.matter)
    if own is None:
        raise not_found()
    if own.state in ACTIVE:
        return own
    others = records.find(SHELF, advertiser=own.advertiser)
    return next((item for item in others if item.policy == own.policy and item.state in ACTIVE), own)


def reopen_for(act: Doing, appeal: AppealRow) -> bool:
    """Reopen the matter of an appeal, if it is closed: after the entry of the filing, and by the institution."""
    row = matter_for(act.records, decided(act.records, appeal.decision))
    if row.state in ACTIVE:
        return False
    reason = str(appeal_was_filed(appeal.id))
    state = moved(MATTERS, Act.REOPEN, row.state)
    act.records.put(SHELF, replace(row, state=state, reason=reason, seen=row.seen + 1))
    body = {
        "advertiser": row.advertiser,
        "decision": appeal.decision,
        "appeal": appeal.id,
        "reason": reason,
    }
    write_by_institution(act.records, act.at, "matter:reopened", row.id, body)
    return True
