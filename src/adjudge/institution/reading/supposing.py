"""What a claim that is not recorded yet would change, by subject and rule: found twice, without it and with it.

Off the record, by `adjudge.institution.reading.asking`; nothing is kept of what is supposed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.reading.json_text import Plain
from adjudge.decisions.adjudicate import Decision
from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution.house import House
from adjudge.institution.material.subjects import subject_row
from adjudge.institution.reading.asking import Found, Question, Supposed, ask_many
from adjudge.institution.reading.engines import compiled
from adjudge.matters.states import ACTIVE
from adjudge.outcome import Outcome, RuleOutcome
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import MatterRow
from adjudge.records.shelf import MATTERS

MOST_MATTERS = 5
"""Matters of the advertiser for which it is asked; beyond, the first ones are."""
MOST_LOOKED_AT = 200
Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule; None where it does not apply."""

    rule: str
    before: RuleOutcome | None
    after: RuleOutcome | None


@dataclass(frozen=True, slots=True)
class SubjectChange:
    """One subject for whom something would change: what follows, and the rules that change, be it in weights alone."""

    subject: str
    before: Decision
    after: Decision
    rules: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What would change in a matter, or with no matter for the advertiser everywhere. `titles` are those of rules."""

    matter: MatterRow | None
    version: str
    subjects: int
    changes: tuple[SubjectChange, ...]
    titles: Titles


def suppose(house: House, actor: Actor, policy: str, content: dict[str, Plain]) -> Sequence[Supposition]:
    """What a claim would change in the open matters of its advertiser under a policy.

    Raises RefusedError with what is wrong in the claim, NotFoundError where its subject is not there.
    """
    permit(actor, Act.ASK)
    with house.records.reading() as records:
        advertiser = subject_row(records, str(content.get("subject") or "")).advertiser
        matters = _matters(records, advertiser, policy)
    asked = [_question(policy, advertiser, matter) for matter in matters]
    further = Supposed(claims=[content])
    answers = ask_many(
        house, actor, [item for one in asked for item in (one, replace(one, supposed=further))]
    )
    found = [_answered(answer) for answer in answers]
    return [
        _supposition(house, matter, found[2 * place], found[2 * place + 1])
        for place, matter in enumerate(matters)
    ]


def _matters(records: Reading, advertiser: str, policy: str) -> Sequence[MatterRow | None]:
    """Those that are open under the policy, one for each territory; None, which stands for everywhere, without any."""
    found: dict[str, MatterRow] = {}
    for state in ACTIVE:
        for row in records.find(MATTERS, advertiser=advertiser, state=state.value, most=MOST_LOOKED_AT):
            if row.policy == policy:
                found.setdefault(row.territory, row)
    ordered: Sequence[MatterRow | None] = sorted(found.values(), key=lambda row: row.id)[:MOST_MATTERS]
    return ordered or [None]


def _question(policy: str, advertiser: str, matter: MatterRow | None) -> Question:
    if matter is None:
        return Question(policy=policy, advertiser=advertiser)
    return Question(policy=policy, matter=matter.id)


def _answered(answer: Found | RefusedError | NotFoundError) -> Found:
    if not isinstance(answer, Found):
        raise answer
    return answer


def _supposition(house: House, matter: MatterRow | None, before: Found, after: Found) -> Supposition:
    with house.records.reading() as records:
        package = compiled(records, after.digest).package
    return Supposition(
        matter=matter,
        version=after.version,
        subjects=len(after.outcomes),
        changes=changes_between(before, after),
        titles={rule.id: rule.title for rule in package.rules},
    )


def changes_between(before: Found, after: Found) -> tuple[SubjectChange, ...]:
    """Subjects of whom something else is found, in their order."""
    old = {outcome.subject: (outcome, decision) for outcome, decision in _pairs(before)}
    changes = []
    for outcome, decision in _pairs(after):
        if outcome.subject not in old:
            continue
        was, decided = old[outcome.subject]
        rules = _rules(was, outcome)
        if rules or decided != decision:
            changes.append(SubjectChange(outcome.subject, decided, decision, rules))
    return tuple(changes)


def _pairs(found: Found) -> Sequence[tuple[Outcome, Decision]]:
    return list(zip(found.outcomes, found.decisions, strict=True))


def _rules(before: Outcome, after: Outcome) -> tuple[RuleChange, ...]:
    names = dict.fromkeys([item.rule for item in (*after.rules, *before.rules)])
    found = (RuleChange(rule, before.of(rule), after.of(rule)) for rule in names)
    return tuple(item for item in found if item.before != item.after)
