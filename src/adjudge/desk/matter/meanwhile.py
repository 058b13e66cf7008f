"""What was done to a proposal meanwhile: for whoever comes second, from a page on which it was still waiting.

Not the refusal, which is the procedure's own: it says that something cannot be done; this, who did what instead.
"""

from adjudge.basis.said import Said, say
from adjudge.desk.frame.framing import moment_in
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import KIND_WORDS
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.reading.listing import names_of
from adjudge.ledger.entry import Entry
from adjudge.people.act import ACTS, Act
from adjudge.records.rows import DecisionState

_ENDING = {
    DecisionState.ISSUED: ACTS[Act.ISSUE].writes,
    DecisionState.RETURNED: ACTS[Act.RETURN].writes,
}
"""By the state of a proposal that waits no more, the kind of the entry by which it came there."""


def told_of_meanwhile(
    visit: Visit, decision_id: str, error: RefusedError | ConflictError
) -> RefusedError | ConflictError:
    """The refusal as whoever comes second is told of it; as it is where the proposal still waits."""
    row = read_decision(visit.house, visit.actor, decision_id)
    with visit.house.records.reading() as records:
        entries = records.entries_of(row.id)
    done = next((entry for entry in reversed(entries) if entry.kind == _ENDING.get(row.state)), None)
    if done is None:
        return error
    hint = say(
        "nothing was done twice, and nothing that you typed is lost: see below whether it is still wanted"
    )
    return ConflictError(_said(visit, done), hint=hint)


def _said(visit: Visit, done: Entry) -> Said:
    person = done.actor.removeprefix("person:")
    act, when = KIND_WORDS.get(done.kind, done.kind), moment_in(visit.tongue, done.at)
    if person == visit.actor.person:
        return say("you have done this already: {act} ({when})", act=act, when=when)
    name = visit.tongue.text(names_of(visit.house, [person]).get(person, {})) or done.actor
    return say("meanwhile {name} has done this: {act} ({when})", name=name, act=act, when=when)
