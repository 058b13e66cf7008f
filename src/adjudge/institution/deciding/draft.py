"""A decision made ready: its outcome, its reasons, its statement in the institution's languages, examined."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.app.notices import examined_for, examined_statement, read_notice_text
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.evidence.case import Party
from adjudge.evidence.notice import Notice
from adjudge.institution.deciding.beginning import infringed_before, timing_of
from adjudge.institution.material.subjects import refusal
from adjudge.institution.material.view import evaluate, outcome_form, with_reasons
from adjudge.institution.staff.settling import institution_row
from adjudge.matters.departure import departed
from adjudge.matters.proposal import Proposal
from adjudge.notices.beginning import Timing
from adjudge.notices.examination import Examination
from adjudge.notices.statement import as_notice
from adjudge.notices.weighed import Weighed
from adjudge.records.ports import Reading
from adjudge.records.rows import MatterRow, Signature
from adjudge.tongues.tongue import tongue_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything of which a decision consists. `notice` is None where no measure is left."""

    answer: Answer
    found: SubjectAnswer
    left: SubjectAnswer
    outcome: Json
    proposal: Proposal
    notice: Notice | None
    examination: Examination | None
    compared: bool
    at: Instant
    timing: Timing
    """What bears on when its measures begin."""
    infringed_before: bool
    signatures: tuple[Signature, ...] = ()
    """Those that still count."""


def prepare(
    records: Reading,
    matter: MatterRow,
    subject: str,
    proposal: Proposal,
    at: Instant,
    *,
    signed: Iterable[str] = (),
    automated: bool = False,
    answer: Answer | None = None,
) -> Prepared:
    """Make a decision about a subject ready, as of now. Raises RefusedError where no statement can be written.

    `signed` are the roles that have signed; `automated` says that no person decides; `answer` is what is found of the
    matter as of now, for whoever has it.
    """
    answer = answer if answer is not None else evaluate(records, matter, at, at, about={subject})
    outcome = outcome_form(answer, subject)
    decided = next(item for item in answer.subjects if item.outcome.subject == subject)
    reasoned = with_reasons(
        records, replace(answer, subjects=(decided,))
    )  # of no other: they take their time
    (found,) = reasoned.subjects
    left = departed(found, proposal)
    told = replace(reasoned, subjects=tuple(left if item is decided else item for item in answer.subjects))
    timing = timing_of(records, subject, answer.package.id, proposal)
    weighed = weighed_by(proposal, signed=tuple(signed), automated=automated)
    notice, examination = (
        _notice(records, told, found.party, proposal.wording, weighed, at=at, timing=timing)
        if left.decision.measures
        else (None, None)
    )
    return Prepared(
        answer=told,
        found=found,
        left=left,
        outcome=outcome,
        proposal=proposal,
        notice=notice,
        examination=examination,
        compared=reasoned.population is not None,
        at=at,
        timing=timing,
        infringed_before=infringed_before(records, matter.advertiser, left, proposal),
    )


def _notice(
    records: Reading,
    answer: Answer,
    party: Party,
    own_words: str,
    weighed: Weighed,
    *,
    at: Instant,
    timing: Timing,
) -> tuple[Notice, Examination]:
    """The statement of reasons, examined: the author's own wording, or one written from the case."""
    log = ProblemLog()
    languages = institution_row(records).languages
    subject = party.subject
    if own_words.strip():
        own = read_notice_text(Source(say("wording"), own_words), languages[0], log)
        if own is None:
            raise refusal(log)
        own = replace(own, to=subject.advertiser or subject.id, about=subject.id, earliest=at, latest=at)
        return own, examined_for(answer, own, at, timing)
    tongues = [tongue_of(language) for language in languages]
    written = examined_statement(answer, subject.id, at, tongues, log, weighed=weighed, timing=timing)
    if written is None:
        raise refusal(log)
    statement, examination = written
    return as_notice(statement), examination


def weighed_by(proposal: Proposal, *, signed: tuple[str, ...], automated: bool) -> Weighed:
    """What a person weighed, in that person's words: part of the statement of reasons."""
    return Weighed(
        answers=proposal.answers,
        milder=proposal.milder,
        rights=proposal.rights,
        why_departing=proposal.why_departing,
        by_person=not automated,
        signed=signed,
        no_advance=proposal.no_advance,
        why_no_advance=proposal.why_no_advance,
    )
