"""Deciding over HTTP: what can be decided, proposed, returned, confirmed, signed, issued; and by automation."""

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.decisions import decision_left, decision_shown
from adjudge.api.endpoint import acts, reads
from adjudge.api.shapes.decisions import (
    Confirmation,
    ContraryShape,
    DecisionShape,
    DecisionWhole,
    FollowingShape,
    OptionsShape,
    ProposalToMake,
    Signing,
)
from adjudge.api.shapes.matters import Reason
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.institution.deciding import decisions
from adjudge.institution.material.subjects import refusal
from adjudge.institution.reading.overview import Options, options_for
from adjudge.institution.reading.proposal_file import read_proposal
from adjudge.language.package import MeasureKind
from adjudge.matters.proposal import MILDER_KINDS, Proposal
from adjudge.notices.beginning import is_termination
from adjudge.people.act import Act

router = Router(tags=["decisions"])
_SUBJECT = "/matters/{matter_id}/subjects/{path:subject_id}"


@reads(router, f"{_SUBJECT}/options", act=Act.PROPOSE, gives=OptionsShape)
def read_options(request: HttpRequest, matter_id: str, subject_id: str) -> OptionsShape:
    """Read what can be decided about a subject, what a proposal has to answer, and who must take part."""
    caller = caller_of(request)
    found = options_for(caller.house, caller.actor, matter_id, subject_id)
    measures = found.found.decision.measures
    return OptionsShape(
        matter=found.matter.id,
        subject=str(found.found.party.subject.id),
        measures=[
            FollowingShape(
                rule=str(item.rule), kind=item.measure.kind, milder_kinds=_milder(item.measure.kind)
            )
            for item in measures
        ],
        contrary=[
            ContraryShape(claim=str(item.claim.id), fact=str(item.claim.fact), parts=[*item.parts])
            for item in found.contrary
        ],
        needs=[*found.needs],
        automation=found.automation,
        excludes=any(item.measure.kind is MeasureKind.EXCLUDE for item in measures),
        ends_service=_ends_service(found),
    )


def _milder(than: MeasureKind) -> list[MeasureKind]:
    return [kind for kind in MeasureKind if kind in MILDER_KINDS and kind.severity < than.severity]


def _ends_service(found: Options) -> bool:
    applied = {item.rule for item in found.found.decision.measures}
    return any(item.rule.id in applied and is_termination(item.rule) for item in found.found.explanations)


def _current(request: HttpRequest, decision_id: str) -> DecisionWhole:
    """What `If-Match` is held to."""
    return decision_left(caller_of(request), decision_id)


@acts(router, f"{_SUBJECT}/proposals", act=Act.PROPOSE, gives=DecisionWhole, status=201)
def propose_decision(
    request: HttpRequest, matter_id: str, subject_id: str, body: ProposalToMake
) -> DecisionWhole:
    """Propose a decision about a subject. One proposal at a time waits for a subject."""
    caller = caller_of(request)
    row = decisions.propose(caller.house, caller.actor, matter_id, subject_id, _proposal(body))
    return decision_left(caller, row.id)


def _proposal(body: ProposalToMake) -> Proposal:
    """What was sent, read as a file of the same keys would be. Raises RefusedError with what is wrong in it."""
    tree = body.model_dump(mode="json", exclude_defaults=True)
    log = ProblemLog()
    found = read_proposal(node_of({"reason": body.reason, **tree}, "body"), log)
    if found is None:
        raise refusal(log)
    return found


@acts(router, f"{_SUBJECT}/automate", act=Act.AUTOMATE, gives=DecisionShape, status=201)
def automate_decision(request: HttpRequest, matter_id: str, subject_id: str) -> DecisionShape:
    """Issue what the rules leave to automation. Refused where any rule asks for a person."""
    caller = caller_of(request)
    row = decisions.automate(caller.house, caller.actor, matter_id, subject_id)
    return decision_shown(row, caller.actor)


@acts(router, "/decisions/{decision_id}/return", act=Act.RETURN, gives=DecisionWhole, of=_current)
def return_decision(request: HttpRequest, decision_id: str, body: Reason) -> DecisionWhole:
    """Return a proposal, with reasons; its author may withdraw it so. Another one can take its place."""
    caller = caller_of(request)
    row = decisions.give_back(caller.house, caller.actor, decision_id, body.reason)
    return decision_left(caller, row.id)


@acts(router, "/decisions/{decision_id}/confirm", act=Act.CONFIRM, gives=DecisionWhole, of=_current)
def confirm_decision(request: HttpRequest, decision_id: str, body: Confirmation) -> DecisionWhole:
    """Confirm somebody else's proposal, as a second person. Another one than was read is not confirmed by it."""
    caller = caller_of(request)
    row = decisions.confirm(caller.house, caller.actor, decision_id, body.digest, body.reason)
    return decision_left(caller, row.id)


@acts(router, "/decisions/{decision_id}/sign", act=Act.SIGN, gives=DecisionWhole, of=_current)
def sign_decision(request: HttpRequest, decision_id: str, body: Signing) -> DecisionWhole:
    """Sign somebody else's proposal for a role that one has."""
    caller = caller_of(request)
    row = decisions.sign(caller.house, caller.actor, decision_id, body.role, body.digest, reason=body.reason)
    return decision_left(caller, row.id)


@acts(router, "/decisions/{decision_id}/issue", act=Act.ISSUE, gives=DecisionWhole, of=_current)
def issue_decision(request: HttpRequest, decision_id: str) -> DecisionWhole:
    """Issue a decision. Refused with everything that stands in its way."""
    caller = caller_of(request)
    row = decisions.issue(caller.house, caller.actor, decision_id)
    return decision_left(caller, row.id)
