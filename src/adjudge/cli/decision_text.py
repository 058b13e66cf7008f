"""A decision for the terminal and for programs: what is proposed, who signed, what stands in its way, the statement."""

from collections.abc import Iterator, Mapping
from typing import Any

from adjudge.cli.errors import finding_form, finding_lines
from adjudge.cli.session import form_of
from adjudge.institution.own_words import said_again
from adjudge.institution.reading.overview import DecisionOverview, Options
from adjudge.records.rows import DecisionRow, DecisionState
from adjudge.tongues.tongue import Tongue


def decision_lines(found: DecisionOverview, tongue: Tongue) -> Iterator[str]:
    """Everything that somebody who signs must have read."""
    row = found.decision
    yield from _head_lines(row, tongue)
    yield from _proposal_lines(row, tongue)
    for item in row.signatures:
        yield tongue(
            "Signed for {role} by {person} on {day}: {reason}",
            role=item.role,
            person=item.person,
            day=item.at,
            reason=item.reason,
        )
    if row.state is DecisionState.PROPOSED:
        yield from _waiting_lines(found, tongue)
    else:
        yield from finding_lines(found.standing, tongue)
    if found.statement:
        yield ""
        yield from tongue.text(found.statement).splitlines()


def _head_lines(row: DecisionRow, tongue: Tongue) -> Iterator[str]:
    yield tongue(
        "The decision {decision} ({state}) about {subject}, in the matter {matter}",
        decision=row.id,
        state=row.state.value,
        subject=row.subject,
        matter=row.matter,
    )
    if row.automated:
        yield tongue("Decided by automation, as the rules provide.")
    elif row.author:
        yield tongue("Proposed by {person} on {day}.", person=row.author, day=row.proposed_at)
    if row.issued_at is not None:
        yield tongue("Issued on {day}; entry {seq} of the log.", day=row.issued_at, seq=str(row.entry))
    if row.supersedes:
        yield tongue("It takes the place of {decision}.", decision=row.supersedes)
    if row.bound_to:
        yield tongue("It approves this version of the ad and no other: {version}", version=row.bound_to)
    if row.grounds:
        yield tongue("It rests on: {claims}", claims=", ".join(row.grounds))
    if row.reason:
        yield tongue("Why it was returned: {reason}", reason=row.reason)


def _proposal_lines(row: DecisionRow, tongue: Tongue) -> Iterator[str]:
    """What the author wrote, in the author's words."""
    told = row.proposal
    if told["reason"]:
        yield tongue("Reason: {reason}", reason=said_again(told["reason"]))
    for rule, milder in told["instead"].items():
        instead = f"{milder['kind']} {milder['days']}" if milder else tongue("no measure")
        yield tongue("Instead of the measure of {rule}: {measure}", rule=rule, measure=instead)
    if told["why_departing"]:
        yield tongue("Why the outcome is not followed: {text}", text=told["why_departing"])
    for claim, answer in told["answers"].items():
        yield tongue("Answer to {claim}: {answer}", claim=claim, answer=answer)
    yield from _on_appeal_lines(told, tongue)
    if told.get("no_advance"):
        yield tongue(
            "Why there is no advance notice ({exception}): {text}",
            exception=told["no_advance"],
            text=told.get("why_no_advance", ""),
        )
    if told["milder"]:
        yield tongue("Why no milder measure suffices: {text}", text=told["milder"])
    if told["rights"]:
        yield tongue("How the rights concerned were considered: {text}", text=told["rights"])


def _on_appeal_lines(told: Mapping[str, Any], tongue: Tongue) -> Iterator[str]:
    """Which appeal it decides, and what it answers."""
    if told.get("appeal"):
        yield tongue("It decides the appeal {appeal}.", appeal=told["appeal"])
    for point, answer in told.get("replies", {}).items():
        yield tongue("Answer to the point {point}: {answer}", point=point, answer=answer)
    if told.get("unfounded"):
        yield tongue("It finds the appeal manifestly unfounded.")


def _waiting_lines(found: DecisionOverview, tongue: Tongue) -> Iterator[str]:
    yield tongue("Its digest, for those who sign it: {digest}", digest=found.decision.digest)
    for role in found.needs:
        yield tongue("It needs the signature of: {role}", role=role)
    if found.standing:
        yield tongue("What stands in its way:")
        yield from finding_lines(found.standing, tongue)
    else:
        yield tongue("Nothing stands in its way.")


def decision_form(found: DecisionOverview, tongue: Tongue) -> dict[str, Any]:
    """The same for programs."""
    return {
        **form_of(found.decision),
        "statement": found.statement,
        "standing_in_the_way": [finding_form(item, tongue) for item in found.standing],
        "needs": [*found.needs],
    }


def options_lines(found: Options, tongue: Tongue) -> Iterator[str]:
    """What follows for a subject, what counts against it, and who must take part."""
    subject = found.found.party.subject.id
    measures = found.found.decision.measures
    if not measures:
        yield tongue("No measure follows for {subject}.", subject=subject)
    for item in measures:
        yield tongue(
            "For {subject} follows {kind}, by the rule {rule}.",
            subject=subject,
            kind=item.measure.kind.value,
            rule=item.rule,
        )
    for contrary in found.contrary:
        claim = contrary.claim
        yield tongue("The claim {claim} counts against it and asks for an answer.", claim=claim.id)
    for role in found.needs:
        yield tongue("It needs the signature of: {role}", role=role)
    if found.automation:
        yield tongue("The rules leave it to automation.")
    yield tongue("Begin a proposal with: {command}", command=_begin(found))


def _begin(found: Options) -> str:
    subject = found.found.party.subject.id
    return f"adjudge decision propose --matter {found.matter.id} --subject {subject} --template"


def options_form(found: Options) -> dict[str, Any]:
    """The same for programs."""
    return {
        "matter": found.matter.id,
        "subject": found.found.party.subject.id,
        "measures": [
            {"rule": item.rule, "kind": item.measure.kind.value} for item in found.found.decision.measures
        ],
        "contrary": [item.claim.id for item in found.contrary],
        "needs": [*found.needs],
        "automation": found.automation,
    }
