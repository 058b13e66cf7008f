"""What would be found: of what is on record, with further claims or without some, or of what is handed in alone.

Off the record: nothing is kept, no entry is written, and no lock is taken. Nobody's decision follows from it; that is
`adjudge.institution.deciding`. The point engine answers alone; where reasons are asked for, the spec answers beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from adjudge.answers.answer import Answer, Asked
from adjudge.app.decide import with_recourse
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.decisions.adjudicate import Decision, adjudicate
from adjudge.errors import Finding, NotFoundError, RefusedError
from adjudge.facts.codes import COUNTRIES
from adjudge.institution.deciding.matters import matter
from adjudge.institution.house import House, now, refused
from adjudge.institution.material.view import answer_of, case_of
from adjudge.institution.packages import read_version
from adjudge.institution.reading.engines import Compiled, compiled
from adjudge.institution.reading.supposed import Material, Meter, Supposed, gathered
from adjudge.institution.versions import applying
from adjudge.institution.watched import EVALUATION, watched
from adjudge.outcome import Outcome
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import MatterRow
from adjudge.records.shelf import ENACTMENTS, SUBJECTS

MOST = 20_000
"""Subjects and claims, on record and handed in, that one question looks at."""
MOST_TOGETHER = 40_000
"""Those that several questions look at, which are asked at once."""
MOST_QUESTIONS = 100
MOST_EXPLAINED = 100
"""Subjects about whom reasons are told at once."""
MOST_HELPED = 10
"""Subjects for whom it is searched at once what would change the outcome: each search takes its time."""
MOST_CLAIMS_EXPLAINED = 1_000
MOST_CLAIMS_HELPED = 200
"""Claims, on record and handed in, by which reasons are told, or it is searched what would change the outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: by which policy, or which version of it; of whom; where and when. Without times, now is meant.

    The material on record is that of a matter, or of an advertiser, or none; `supposed` changes it for this question.
    """

    policy: str = ""
    version: str = ""
    matter: str = ""
    advertiser: str = ""
    territory: str = ""
    valid_at: Instant | None = None
    known_at: Instant | None = None
    supposed: Supposed = field(default_factory=Supposed)
    explain: bool = False
    recourse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, and the decision that each outcome calls for. `answer` only where reasons were asked for.

    `left_out` says which claims on record took no part, since the version that was asked cannot read them.
    """

    policy: str
    version: str
    digest: str
    asked: Asked
    outcomes: Sequence[Outcome]
    decisions: Sequence[Decision]
    left_out: Sequence[Finding]
    answer: Answer | None = None


def ask(house: House, actor: Actor, question: Question) -> Found:
    """Answer a question. Raises RefusedError with what is wrong in it, NotFoundError for what is not there.

    What is on record is told to those alone who may read matters, and a version that is named to those who may read
    it.
    """
    permit(actor, Act.ASK)
    with house.records.reading() as records:
        return _answered(_Asking(house, actor, records, now(house, records)), question, Meter(MOST))


def ask_many(
    house: House, actor: Actor, questions: Sequence[Question]
) -> Sequence[Found | RefusedError | NotFoundError]:
    """Answer several questions in their order, each by itself. Those beyond what is looked at together are refused."""
    permit(actor, Act.ASK)
    left = MOST_TOGETHER
    answers: list[Found | RefusedError | NotFoundError] = []
    with house.records.reading() as records:
        asking = _Asking(house, actor, records, now(house, records))
        for question in questions[:MOST_QUESTIONS]:
            meter = Meter(min(MOST, left))
            left -= meter.left
            try:
                answers.append(_answered(asking, question, meter))
            except (RefusedError, NotFoundError) as error:
                answers.append(error)
            left += max(0, meter.left)
    return answers


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks, and when: several questions at once have one present."""

    house: House
    actor: Actor
    records: Reading
    at: Instant


def _answered(asking: _Asking, question: Question, meter: Meter) -> Found:
    records, actor = asking.records, asking.actor
    row = _matter(records, actor, question.matter)
    advertiser = _advertiser(records, actor, question.advertiser, row)
    asked = Asked(
        valid_at=question.valid_at or asking.at,
        known_at=question.known_at or asking.at,
        territory=_territory(question, row),
    )
    policy = question.policy or (row.policy if row is not None else "")
    named = _named(asking.house, actor, question) if question.version else ""
    digest = named or _applying(records, policy, asked.known_at)
    chosen = compiled(records, digest)
    material = gathered(
        records,
        chosen.package.vocabulary,
        advertiser,
        question.supposed,
        known_at=asked.known_at,
        meter=meter,
    )
    if question.explain or question.recourse:
        return _explained(chosen, material, asked, digest, question)
    return _found(chosen, material, asked, digest)


# --- which version, and of whom ---


def _matter(records: Reading, actor: Actor, name: str) -> MatterRow | None:
    if not name:
        return None
    row = matter(records, name)
    permit(actor, Act.READ_MATTER, row.advertiser)
    return row


def _advertiser(records: Reading, actor: Actor, name: str, row: MatterRow | None) -> str:
    """Whose material on record it is; that of nobody where none is named."""
    if row is not None and name in {"", row.advertiser}:
        return row.advertiser
    if row is not None:
        message = say("the matter {matter} is of another advertiser", matter=row.id)
        raise refused("bad-value", message, say("name one of the two"))
    if not name:
        return ""
    permit(actor, Act.READ_MATTER, name)
    found = records.get(SUBJECTS, name)
    if found is None or found.advertiser != found.id:
        raise not_found()
    return name


def _territory(question: Question, row: MatterRow | None) -> str | None:
    chosen = question.territory or (row.territory if row is not None else "")
    if chosen and chosen not in COUNTRIES:
        hint = say("write an ISO 3166-1 code such as `FR`")
        raise refused("unknown-code", say("the territory is not a country"), hint)
    return chosen or None


def _named(house: House, actor: Actor, question: Question) -> str:
    """A version that is named, be it a draft or in the shadow."""
    row = read_version(house, actor, question.version)
    if question.policy and question.policy != row.policy:
        message = say("the version is one of {policy}", policy=row.policy)
        raise refused("bad-value", message, say("name one of the two"))
    return row.id


def _applying(records: Reading, policy: str, known_at: Instant) -> str:
    """The version of a policy that applied: its words need not be read to know it."""
    if not policy:
        message = say("nothing says by which policy")
        raise refused("missing-key", message, say("name a policy, a version or a matter"))
    last = applying(records.find(ENACTMENTS, policy=policy), known_at)
    if last is None:
        message = say("no version of {policy} applied on {day}", policy=policy, day=known_at)
        raise refused("unknown-package", message, say("ask a later day"))
    return last.digest


# --- what is found ---


def _found(chosen: Compiled, material: Material, asked: Asked, digest: str) -> Found:
    with watched(EVALUATION):
        outcomes = chosen.engine.outcomes(
            material.claims,
            [party.subject for party in material.parties],
            valid_at=asked.valid_at,
            known_at=asked.known_at,
            territory=asked.territory,
        )
        rules = chosen.engine.package.in_force(asked.valid_at, asked.known_at, asked.territory)
        decisions = [adjudicate(outcome, rules) for outcome in outcomes]
    return Found(
        policy=chosen.package.id,
        version=chosen.package.version,
        digest=digest,
        asked=asked,
        outcomes=outcomes,
        decisions=decisions,
        left_out=material.left_out,
    )


def _explained(chosen: Compiled, material: Material, asked: Asked, digest: str, question: Question) -> Found:
    """The same with its reasons, by engine and spec."""
    most = MOST_HELPED if question.recourse else MOST_EXPLAINED
    if len(material.parties) > most:
        message = say("reasons are told of at most {most} subjects at once", most=most)
        raise refused("too-much", message, say("name those that matter under `about`"))
    most = MOST_CLAIMS_HELPED if question.recourse else MOST_CLAIMS_EXPLAINED
    if len(material.claims) > most:
        message = say("reasons are told by at most {most} claims at once", most=most)
        raise refused("too-much", message, say("name the subjects that matter under `about`"))
    case = case_of(question.matter or "question", chosen.package.id, material.parties, material.claims)
    answer = answer_of(case, chosen.package, asked)
    return Found(
        policy=chosen.package.id,
        version=chosen.package.version,
        digest=digest,
        asked=asked,
        outcomes=[item.outcome for item in answer.subjects],
        decisions=[item.decision for item in answer.subjects],
        left_out=material.left_out,
        answer=with_recourse(answer) if question.recourse else answer,
    )


__all__ = ["Found", "Question", "Supposed", "ask", "ask_many"]
