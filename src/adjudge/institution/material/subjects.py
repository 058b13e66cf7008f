"""Subjects of the institution: advertisers and their ads, recorded in the form of a case file."""

import json
from functools import lru_cache

from adjudge.basis.digest import Json
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.node import Sequence as NodeSequence
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.enforcement.declared import flaws_of_domains
from adjudge.errors import Finding, RefusedError
from adjudge.evidence.case import Party
from adjudge.evidence.case_reader import read_parties
from adjudge.facts.vocabulary import Kind
from adjudge.institution.binding.approvals import fallen_of, tell_fallen
from adjudge.institution.binding.following import Following
from adjudge.institution.consequences import back_to_review
from adjudge.institution.house import Doing, House, doing
from adjudge.institution.plain import as_text
from adjudge.institution.serving.affected import DROPPED
from adjudge.institution.serving.served import hosts_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import SubjectRow
from adjudge.records.shelf import SUBJECTS

MOST_REMEMBERED = 10_000
"""Subjects that are remembered as they were read, since each decision is compared with all on record."""


def record_subject(house: House, actor: Actor, content: dict[str, Plain]) -> SubjectRow:
    """Record a subject, or record it anew with other names. `content` is as under `subjects:` of a case file."""
    party = party_of(content)
    advertiser = str(party.subject.advertiser or party.subject.id)
    with doing(house, actor, Act.RECORD_SUBJECT, advertiser) as act:
        return keep_subject(act, content, party)


def keep_subject(act: Doing, content: dict[str, Plain], party: Party) -> SubjectRow:
    """Keep a subject and write the entry. Raises RefusedError where it would become somebody else's."""
    subject = party.subject
    advertiser = str(subject.advertiser or subject.id)
    known = act.records.get(SUBJECTS, subject.id)
    if known is not None and (known.kind, known.advertiser) != (subject.kind.value, advertiser):
        message = say("a subject of this id is of another kind, or of another advertiser")
        finding = Finding("duplicate-id", message, say("give it an id of its own"))
        raise RefusedError(message, findings=(finding,))
    if subject.kind is Kind.AD and act.records.get(SUBJECTS, advertiser) is None:
        message = say("the advertiser of this ad is not recorded")
        raise RefusedError(
            message, findings=(Finding("unknown-subject", message, say("record the advertiser first")),)
        )
    row = SubjectRow(
        id=subject.id,
        kind=subject.kind.value,
        advertiser=advertiser,
        content=dict(content),
        recorded_at=act.at,
        approvals=known.approvals if known is not None else (),
    )
    act.records.put(SUBJECTS, row)
    dropped = known is not None and not set(hosts_of(known)) <= set(hosts_of(row))
    body: dict[str, Json] = {"kind": row.kind, "advertiser": row.advertiser}
    following = Following(act.records, act.at)
    fallen = fallen_of([(known, row)])
    body |= tell_fallen(following, fallen)
    act.write(row.id, {**body, **({DROPPED: True} if dropped else {})}, {"subject": as_text(content)})
    back_to_review(act.records, fallen, act.at)
    return row


def party_of(content: Plain) -> Party:
    """A subject as a party. Raises RefusedError with what is wrong in it."""
    try:
        text = json.dumps(content, ensure_ascii=False)
    except TypeError:  # a decimal, which no subject has: what is wrong is said below
        return _read_party(content)
    return _party_once(text)


@lru_cache(maxsize=MOST_REMEMBERED)
def _party_once(text: str) -> Party:
    return _read_party(json.loads(text))


def _read_party(content: Plain) -> Party:
    log = ProblemLog()
    node = node_of(content, "subject")
    parties = read_parties(Shape(log), NodeSequence((node,), node.span, "subjects"))
    for message, hint in flaws_of_domains(parties[0].domains if parties else ()):
        log.add("bad-value", message, hint=hint)
    if log.refuses or not parties:
        raise refusal(log)
    return parties[0]


def refusal(log: ProblemLog) -> RefusedError:
    """What is wrong in something that was handed in."""
    findings = tuple(finding_of(item) for item in log.problems)
    return RefusedError(say("this cannot be taken in as it is"), findings=findings)


def finding_of(problem: Problem) -> Finding:
    """A problem of a reader as what stands in the way, with its place."""
    return Finding(
        problem.code, problem.message, problem.hint, problem.file, line=problem.line, column=problem.column
    )


def subject_row(records: Reading, subject_id: str) -> SubjectRow:
    """A subject. Raises NotFoundError."""
    row = records.get(SUBJECTS, subject_id)
    if row is None:
        raise not_found()
    return row
