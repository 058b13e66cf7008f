"""Evaluation over HTTP: what would be found, off the record, one question at a time or many; and on record of a matter.

A question changes nothing and waits for nobody: it takes no lock of the log.
"""

from collections.abc import Sequence
from contextlib import nullcontext

from django.http import HttpRequest
from ninja import Router

from adjudge.answers.decision.json_form import answer_form, decision_form
from adjudge.api.body import exact
from adjudge.api.caller import Caller, caller_of
from adjudge.api.endpoint import acts, asks, reads
from adjudge.api.limits import MANY, SEARCHED, one_of_few, weigh
from adjudge.api.problems import as_request_error, found_shape, shown_findings
from adjudge.api.shapes.evaluations import (
    Batch,
    BatchItemShape,
    BatchShape,
    BriefQuestion,
    EvaluationShape,
    MatterViewShape,
    OnRecordShape,
    QuestionAsked,
    RefusalShape,
)
from adjudge.api.shapes.shape import When
from adjudge.basis.said import say
from adjudge.institution.deciding import matters
from adjudge.institution.house import refused
from adjudge.institution.reading.asking import (
    MOST_EXPLAINED,
    MOST_HELPED,
    Found,
    Question,
    Supposed,
    ask,
    ask_many,
)
from adjudge.institution.reading.overview import MatterOverview, matter_overview
from adjudge.outcome import exchange_form
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.shelf import SUBJECTS
from adjudge.tongues.tongue import Tongue

router = Router(tags=["evaluation"])
LAST = 50
"""Decisions and entries that the view of a matter has, the last ones."""


@asks(router, "/evaluations", act=Act.ASK, gives=EvaluationShape)
def ask_question(request: HttpRequest, body: QuestionAsked) -> EvaluationShape:
    """Ask what would be found, with further claims or without some, off the record.

    Nothing of it is kept. What is on record is told to whoever may read matters too. One question looks at 20,000
    subjects and claims at most, on record and sent together; reasons are told of 100 subjects and by 1,000 claims at
    once, and what would change the outcome is searched for 10, among 200 claims. With reasons a question counts as 10
    requests of the rate, with what would change the outcome as 30, and few are answered at once (429
    `too-many-at-once`).
    """
    caller = caller_of(request)
    question = _question(body, explain=body.explain, recourse=body.recourse)
    if not (question.explain or question.recourse):
        return _shown(ask(caller.house, caller.actor, question), caller.tongue)
    weigh(request, SEARCHED if question.recourse else MANY)
    with one_of_few():
        return _shown(ask(caller.house, caller.actor, question), caller.tongue)


@asks(router, "/evaluations/batch", act=Act.ASK, gives=BatchShape)
def ask_questions(request: HttpRequest, body: Batch) -> BatchShape:
    """Ask up to 100 questions at once, off the record. Each is answered by itself, in their order.

    All together look at 40,000 subjects and claims at most; a question beyond that is answered by a problem. Each
    question counts as a request of the rate.
    """
    caller = caller_of(request)
    weigh(request, len(body.questions))
    found = ask_many(caller.house, caller.actor, [_question(item) for item in body.questions])
    return BatchShape(items=[_item(item, caller) for item in found])


@acts(router, "/matters/{matter_id}/evaluations", act=Act.EVALUATE, gives=OnRecordShape, status=201)
def evaluate_matter(request: HttpRequest, matter_id: str) -> OnRecordShape:
    """Evaluate a matter now, on record, with every version of its policy that runs in the shadow beside it.

    A matter about more than 100 subjects counts as 30 requests of the rate, and few are evaluated at once (429
    `too-many-at-once`); the log has counts of its outcomes, and all of them sealed beside.
    """
    caller = caller_of(request)
    if _is_large(caller, matter_id, matters.MOST_IN_ENTRY, Act.EVALUATE):
        weigh(request, SEARCHED)
        with one_of_few():
            return OnRecordShape.model_validate(
                matters.evaluate_matter(caller.house, caller.actor, matter_id)
            )
    return OnRecordShape.model_validate(matters.evaluate_matter(caller.house, caller.actor, matter_id))


@reads(router, "/matters/{matter_id}/view", act=Act.READ_MATTER, gives=MatterViewShape)
def view_matter(
    request: HttpRequest,
    matter_id: str,
    *,
    valid_at: When | None = None,
    known_at: When | None = None,
    recourse: bool = False,
) -> MatterViewShape:
    """View a matter as of a valid time, by what was known at another: what is found, and what was decided.

    Claims, documents and decisions are counted here, and listed at addresses of their own. A matter about more than
    100 subjects is asked about in parts, by a question; `recourse`, which searches what would change the outcome, is
    for matters about 10 subjects at most.
    """
    caller = caller_of(request)
    _refuse_large(caller, matter_id, MOST_HELPED if recourse else MOST_EXPLAINED)
    weigh(request, SEARCHED if recourse else MANY)
    with one_of_few() if recourse else nullcontext():
        found = matter_overview(
            caller.house, caller.actor, matter_id, valid_at=valid_at, known_at=known_at, helped=recourse
        )
    return _viewed(found, caller)


def _refuse_large(caller: Caller, matter_id: str, most: int) -> None:
    """Raises RefusedError where whoever asks would wait for too long."""
    if _is_large(caller, matter_id, most, Act.READ_MATTER):
        message = say("reasons are told of at most {most} subjects at once", most=most)
        raise refused("too-much", message, say("name those that matter under `about`"))


def _is_large(caller: Caller, matter_id: str, most: int, act: Act) -> bool:
    """Whether a matter is about more subjects than so many. Raises NotFoundError for whoever may not do the act."""
    with caller.house.records.reading() as records:
        row = matters.matter(records, matter_id)
        permit(caller.actor, act, row.advertiser)
        return records.count(SUBJECTS, advertiser=row.advertiser) > most


# --- what is asked ---


def _question(body: BriefQuestion, *, explain: bool = False, recourse: bool = False) -> Question:
    return Question(
        policy=body.policy,
        version=body.version,
        matter=body.matter,
        advertiser=body.advertiser,
        territory=body.territory,
        valid_at=body.valid_at,
        known_at=body.known_at,
        supposed=Supposed(
            about=body.about,
            subjects=[exact(item) for item in body.subjects],
            claims=[exact(item) for item in body.what_if.claims],
            without=body.what_if.without,
        ),
        explain=explain,
        recourse=recourse,
    )


# --- what was found ---


def _shown(found: Found, tongue: Tongue) -> EvaluationShape:
    return EvaluationShape.model_validate(
        {
            "policy": found.policy,
            "version": found.version,
            "package": found.digest,
            "valid_at": found.asked.valid_at,
            "known_at": found.asked.known_at,
            "territory": found.asked.territory,
            "outcomes": [exchange_form(item) for item in found.outcomes],
            "decisions": [decision_form(item, found.asked.valid_at) for item in found.decisions],
            "left_out": [found_shape(item, tongue) for item in found.left_out],
            "answer": answer_form(found.answer, tongue) if found.answer is not None else None,
        }
    )


def _item(found: Found | Exception, caller: Caller) -> BatchItemShape:
    if isinstance(found, Found):
        return BatchItemShape(evaluation=_shown(found, caller.tongue), problem=None)
    told, tongue = as_request_error(found), caller.tongue
    problem = RefusalShape(
        code=told.code,
        detail=tongue.of(told.message),
        hint=tongue.of(told.hint),
        findings=shown_findings(told, tongue),
    )
    return BatchItemShape(evaluation=None, problem=problem)


def _viewed(found: MatterOverview, caller: Caller) -> MatterViewShape:
    return MatterViewShape.model_validate(
        {
            "matter": found.matter,
            "answer": answer_form(found.answer, caller.tongue),
            "counts": {
                "subjects": len(found.subjects),
                "claims": len(found.claims),
                "documents": len(found.documents),
                "decisions": len(found.decisions),
                "entries": len(found.entries),
            },
            "decisions": [
                {"id": row.id, "subject": row.subject, "state": row.state} for row in found.decisions[-LAST:]
            ],
            "standing": _standing(found, caller.tongue),
            "in_force": [
                {
                    "subject": subject,
                    "decision": item.decision.id,
                    "departs": item.departs,
                    "is_changed": item.is_changed,
                }
                for subject, item in sorted(found.in_force.items())
            ],
            "entries": _entries(found, caller),
        }
    )


def _standing(found: MatterOverview, tongue: Tongue) -> Sequence[dict[str, object]]:
    return [
        {
            "decision": decision,
            "findings": [found_shape(item, tongue) for item in findings],
        }
        for decision, findings in sorted(found.standing.items())
    ]


def _entries(found: MatterOverview, caller: Caller) -> Sequence[dict[str, object]]:
    """The last entries; advertisers are not told who here did what."""
    return [
        {
            "seq": entry.seq,
            "at": entry.at,
            "kind": entry.kind,
            "by": "" if caller.actor.advertiser else entry.actor,
        }
        for entry in found.entries[-LAST:]
    ]
