"""The gate: everything that stands in the way of issuing a decision, all of it at once, each with what puts it right.

Not the examination of the statement's words, which is `adjudge.notices`; its defects are among the findings. DSA
Art. 17, 20(6); P2B Art. 4; the milder measure and the rights concerned: DSA Art. 14(4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.answers.answer import SubjectAnswer
from adjudge.basis.said import say
from adjudge.decisions.words import ROLES
from adjudge.errors import Finding
from adjudge.language.package import DecidedBy, MeasureKind, Rule
from adjudge.matters.advance import advance_findings
from adjudge.matters.departure import departing_findings
from adjudge.matters.needs import Needs, needs_of
from adjudge.matters.proposal import Proposal
from adjudge.notices.examination import Examination
from adjudge.reasons.explain import Explanation
from adjudge.records.rows import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheGate:
    """What is to be issued: what was found, what is left of it after the proposal, who signed, what is to be sent.

    `examination` is None where no measure is left, so that no statement of reasons is owed. `compared` says whether
    others were there to be compared with.
    """

    found: SubjectAnswer
    left: SubjectAnswer
    proposal: Proposal
    author: str
    signatures: Sequence[Signature]
    examination: Examination | None
    compared: bool
    infringed_before: bool = False
    """Whether an earlier decision stands that put a measure on the same advertiser, on other claims."""


def applied_rules(left: SubjectAnswer) -> tuple[Explanation, ...]:
    """The rules whose measures are taken, explained."""
    wanted = {item.rule for item in left.decision.measures}
    return tuple(item for item in left.explanations if item.rule.id in wanted)


def needs_at(gate: AtTheGate) -> Needs:
    """Who must take part."""
    kinds = [item.measure.kind for item in gate.left.decision.measures]
    review = [role for item in applied_rules(gate.left) for role in item.rule.review]
    return needs_of(kinds, review, gate.proposal)


def findings(gate: AtTheGate) -> tuple[Finding, ...]:
    """What stands in the way."""
    return (
        *proposal_findings(gate.found, gate.left, gate.proposal),
        *advance_findings(gate.left, gate.proposal, infringed_before=gate.infringed_before),
        *_participation(gate),
        *_statement(gate),
        *_reasons(gate),
    )


def proposal_findings(found: SubjectAnswer, left: SubjectAnswer, proposal: Proposal) -> tuple[Finding, ...]:
    """What a proposal itself lacks: known as soon as it is made."""
    return (
        *departing_findings(found, proposal),
        *(finding for item in applied_rules(left) for finding in _grounds(item)),
        *_contrary(left, proposal),
        *_exclusion(left, proposal),
    )


def _grounds(item: Explanation) -> Iterable[Finding]:
    """A measure rests on a claim, or on a complete fact whose silence counts. SEMANTICS 7."""
    claims = item.grounds.claims if item.grounds else ()
    if not claims and not item.silent:
        message = say("nothing on record supports the rule {rule}", rule=item.rule.id)
        yield Finding("no-ground", message, say("record what it rests on, or leave its measure out"))


def _contrary(left: SubjectAnswer, proposal: Proposal) -> Iterable[Finding]:
    """Every claim that counts against it has an answer in the author's words."""
    claims = {contrary.claim.id: contrary.claim for item in applied_rules(left) for contrary in item.contrary}
    for claim_id in sorted(claims):
        if not proposal.answers.get(claim_id, "").strip():
            message = say("the claim {claim} counts against it and has no answer", claim=claim_id)
            yield Finding("unanswered-claim", message, say("write what you answer to it"))
    for claim_id in sorted(set(proposal.answers) - set(claims)):
        message = say("the claim {claim} does not count against it", claim=claim_id)
        yield Finding("needless-answer", message, say("leave this answer out"))


def _exclusion(left: SubjectAnswer, proposal: Proposal) -> Iterable[Finding]:
    if all(item.measure.kind is not MeasureKind.EXCLUDE for item in left.decision.measures):
        return
    if not proposal.milder.strip():
        message = say("it excludes, and does not say why no milder measure suffices")
        yield Finding("milder-not-weighed", message, say("weigh the milder measures, and write how"))
    if not proposal.rights.strip():
        message = say("it excludes, and does not say how the rights concerned were considered")
        yield Finding(
            "rights-not-considered", message, say("name the rights and interests, and how they weigh")
        )


def _participation(gate: AtTheGate) -> Iterable[Finding]:
    for role in needs_at(gate).open(gate.signatures, gate.author):
        message = say("the signature of {role} is missing", role=ROLES.get(role, role))
        yield Finding("not-signed", message, say("ask somebody with this role who is not its author"))


def _statement(gate: AtTheGate) -> Iterable[Finding]:
    if gate.examination is None:
        return
    for item in gate.examination.defects:
        hints = [cure for cure in item.cures if cure]
        message = say(
            "the statement of reasons does not state {item} ({law})",
            item=item.requirement.title,
            law=item.requirement.id,
        )
        yield Finding("incomplete-statement", message, hints[0] if hints else "")
    if gate.examination.complete and not gate.examination.proven:
        message = say("what the statement of reasons says was not compared with the case")
        hint = say("mark its passages, or let it be written from the case")
        yield Finding("unproven-statement", message, hint)


def _reasons(gate: AtTheGate) -> Iterable[Finding]:
    """Recourse, reach and comparators stand with every measure. DSA Art. 17(4): such that redress can be used."""
    if not gate.left.decision.measures:
        return
    if gate.left.recourse is None:
        yield Finding(
            "no-recourse", say("what would change it was not computed"), say("report this: it always is")
        )
    if gate.compared and gate.left.others is None:
        message = say("nobody was compared with the subject")
        yield Finding("no-comparison", message, say("report this: it always is"))


def may_automate(left: SubjectAnswer) -> bool:
    """Whether automation may decide: every rule leaves it to automation, nobody must sign, and nothing is referred.

    An exclusion needs a second person in any case, and so is never automation's alone.
    """
    rules: list[Rule] = [item.rule for item in applied_rules(left)]
    kinds = {item.measure.kind for item in left.decision.measures}
    automated = all(rule.decided_by is DecidedBy.AUTOMATION for rule in rules)
    return bool(rules) and automated and not left.decision.by_person and MeasureKind.EXCLUDE not in kinds
