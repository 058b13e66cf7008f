"""The page of one decision for the advertiser that it concerns: how it stands, why, what would change it, an answer.

Not the page on which people here work on it, which is `adjudge.desk.matter.decision`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase

from adjudge.answers.sheet.sheet import SheetView, sheet_view
from adjudge.appeals.states import OPEN, WAITING
from adjudge.basis.ids import FactName
from adjudge.desk.advertiser.course import course
from adjudge.desk.advertiser.proofs import Proofs, proofs
from adjudge.desk.advertiser.status import free, named, stands
from adjudge.desk.frame.acting import FRESH, Forms
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.words.hearing import DISPUTE_STATES, PURPOSES, SIDES
from adjudge.institution.binding.measures import is_live
from adjudge.institution.reading.listing import titles
from adjudge.institution.reading.own.decided import OwnDecision, Reasoned, own_decision, what_would_change
from adjudge.people.act import Act
from adjudge.records.rows import AppealKind, AppealRow

ANSWER = "answer"
LAST_MESSAGES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What can be said here by whoever looks: which of the two kinds are open, and what may be filed still."""

    may_appeal: bool
    may_ask: bool
    may_write: bool
    is_too_late: bool
    appeal: AppealRow | None
    question: AppealRow | None
    ended: AppealRow | None

    @property
    def open_one(self) -> AppealRow | None:
        """In which one more word is said: the appeal before the question."""
        return self.appeal or self.question


def own_decision_page(visit: Visit, decision_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """The page. Raises NotFoundError for what is not there, was not issued, or is another's."""
    found = own_decision(visit.house, visit.actor, decision_id, visit.tongue)
    row, tongue = found.decision, visit.tongue
    called = {row.subject: titles(found.subject) if found.subject is not None else {}}
    lines = stands(found.heard.measures, found.at, called, tongue)
    live = [item for item in lines if is_live(item.row, found.at)]
    ways = _ways(visit, found)
    return show(
        visit,
        "advertiser/decision.html",
        status=forms.status,
        forms=forms,
        row=row,
        found=found,
        subject_name=named(row.subject, row.advertiser, called, tongue),
        status_lines=_status(found, lines, live, called, visit),
        lines=live or lines,
        is_live=bool(live),
        steps=course(found, reckoning_of(visit), may_file=ways.may_appeal),
        ways=ways,
        changes=_changes(visit, found) if live else None,
        purposes=PURPOSES,
        sides=SIDES,
        dispute_states=DISPUTE_STATES,
        may_refer=visit.may(Act.REFER, row.advertiser)
        and not any(item.state in WAITING for item in found.heard.disputes),
        last_messages=found.messages[-LAST_MESSAGES:],
        **_reason(found.reason, visit),
    )


def _status(
    found: OwnDecision,
    lines: Sequence[Any],
    live: Sequence[Any],
    called: Mapping[str, Mapping[str, str]],
    visit: Visit,
) -> list[str]:
    """How it stands: a sentence for each measure, or that nothing stops it."""
    row = found.decision
    told = dict.fromkeys(item.status for item in live or lines)
    return list(told) or [free(row.subject, row.advertiser, called, visit.tongue)]


def _ways(visit: Visit, found: OwnDecision) -> Ways:
    row, tongue_open = found.decision, {item.kind: item for item in found.heard.appeals if item.state in OPEN}
    ended = found.heard.ended_by(is_member=True)
    late = found.until is not None and found.until <= found.at
    appeal, question = tongue_open.get(AppealKind.APPEAL), tongue_open.get(AppealKind.REASONS)
    may_file = visit.may(Act.FILE, row.advertiser)
    return Ways(
        may_appeal=may_file and appeal is None and ended is None and not late,
        may_ask=may_file and question is None,
        may_write=visit.may(Act.WRITE, row.advertiser),
        is_too_late=late,
        appeal=appeal,
        question=question,
        ended=ended,
    )


def _changes(visit: Visit, found: OwnDecision) -> Proofs | None:
    """What would change it, of a decision that stands; None where it is not known by which policy."""
    if not found.is_in_force:
        return None
    answer = what_would_change(visit.house, visit.actor, found.decision.id, visit.tongue)
    return proofs(answer, visit.tongue) if answer is not None else None


def _reason(reason: Reasoned | None, visit: Visit) -> dict[str, Any]:
    """The clauses and the evidence, in the values that their templates take."""
    if reason is None:
        return {"sheet": None, "anchors": {}, "vocabulary": None, "reasoned": None, "reasoned_meaning": str}
    sheet: SheetView = sheet_view(reason.answer, reason.trees, visit.tongue)
    wanted = {str(tree.rule.id) for tree in reason.trees}
    reasons = [item for item in sheet.reasons if item.rule.id in wanted]
    vocabulary = reason.answer.package.vocabulary
    facts = vocabulary.facts

    def meaning(fact: str) -> str:
        """What a fact is about."""
        return visit.tongue.text(facts[FactName(fact)].definition) if FactName(fact) in facts else ""

    return {
        "sheet": sheet,
        "reasons": reasons,
        "anchors": sheet.anchors,
        "vocabulary": vocabulary,
        "reasoned": reason,
        "reasoned_meaning": meaning,
    }
