"""The way back, on each database: excluded, asking for reasons, silence, an appeal, reversed by others, restored."""

import os
from dataclasses import dataclass, field
from io import BytesIO

import pytest

from adjudge.basis.instant import NANOS, Instant, parse_timestamp
from adjudge.basis.reading.json_text import Plain
from adjudge.clocks.term import ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.errors import RefusedError
from adjudge.institution.binding.measures import in_effect
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import acknowledge, assign
from adjudge.institution.hearing.reading import read_appeal
from adjudge.institution.hearing.talking import attach
from adjudge.institution.house import House
from adjudge.institution.material.claims import record_claim
from adjudge.institution.material.documents import Upload
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.reading import form_of, notices_of
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import Exported, export_log, sign_now
from adjudge.institution.record.replay import replay
from adjudge.institution.staff import people
from adjudge.institution.ticking.tick import tick
from adjudge.ledger.signer import signer_of
from adjudge.ledger.verify_log import verify_log
from adjudge.matters.proposal import Proposal
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import (
    AppealKind,
    AppealState,
    ClockState,
    DecisionRow,
    DecisionState,
    NoticeRow,
    Purpose,
)
from adjudge.records.shelf import CLOCKS, DECISIONS, MEASURES
from tests.databases import Place, database, migrated_sqlite, postgres
from tests.generators.institutions import POLICY, PROPOSAL, Staff, ad, brewer, decide, found, matter_of

__all__ = ["database", "migrated_sqlite", "postgres"]
DAY = 86_400 * NANOS
SIGNER = signer_of("adjudge.example", bytes(32))
CERTIFICATE = b"%PDF-1.7 a licence to sell beer in France until 2030"


@dataclass
class Story:
    """An institution whose time is told, one brewer, its member, and people for an appeal who took no part."""

    house: House
    staff: Staff
    now: list[int]
    member: Actor
    hearer: Actor
    other: Actor
    seen: list[NoticeRow] = field(default_factory=list)

    def later(self, days: int) -> None:
        """So many days on."""
        self.now[0] += days * DAY

    @property
    def at(self) -> Instant:
        """What the clock says."""
        return Instant(self.now[0])

    def told(self) -> list[Purpose]:
        """What the advertiser is told anew, once it is made."""
        made = list(make_owed(self.house))
        self.seen += made
        return [row.purpose for row in made]

    def words(self, purpose: Purpose) -> str:
        """The words of the newest notice of a purpose, as the advertiser has them."""
        row = next(item for item in reversed(self.seen) if item.purpose is purpose)
        return form_of(self.house, self.member, row.id, "text/plain").decode()

    def has_effect(self) -> bool:
        """Whether the ad is kept from running now, by the measures on record."""
        with self.house.records.reading() as records:
            return bool(in_effect(records, self.at, brewer(0), ad(0)))

    def decision(self, decision_id: str) -> DecisionRow:
        """A decision as it stands."""
        with self.house.records.reading() as records:
            row = records.get(DECISIONS, decision_id)
        assert row is not None
        return row


@pytest.fixture
def story(database: Place) -> Story:
    started = parse_timestamp("2026-12-23T09:00:00Z")
    assert started is not None
    now = [started.nanos]

    def clock() -> Instant:
        now[0] += NANOS
        return Instant(now[0])

    house = House(records=database.records, blobs=database.blobs, clock=clock, random=os.urandom)
    staff = found(house, 1)
    settle_procedure(
        house,
        staff.administrator,
        ProcedureSettled(
            country="FR",
            zone="Europe/Paris",
            clocks=(
                ClockTerm(ClockKind.ACKNOWLEDGE, Term(2, Unit.BUSINESS_DAYS), Consequence.ESCALATE),
                ClockTerm(ClockKind.ANSWER, Term(7), Consequence.SUSPEND_MEASURE),
                ClockTerm(ClockKind.DECIDE, Term(14), Consequence.REINSTATE),
            ),
        ),
        reason="as our terms say",
    )

    def joined(name: str, *roles: Role, advertiser: str = "") -> Actor:
        invited = people.invite(
            house, staff.administrator, f"{name}@example.org", name, roles, advertiser=advertiser
        )
        return people.actor_of(people.join(house, invited.secret))

    return Story(
        house,
        staff,
        now,
        member=joined("brewer", Role.MEMBER, advertiser=brewer(0)),
        hearer=joined("hearer", Role.APPEALS),
        other=joined("other", Role.APPEALS, Role.SECOND_REVIEWER),
    )


def test_from_the_exclusion_to_the_restored_ad(story: Story) -> None:
    house, member = story.house, story.member
    decision = decide(house, story.staff, 0)
    assert story.has_effect()
    assert story.told() == [Purpose.DECISION]
    assert "Clause 1 on beer" in story.words(Purpose.DECISION)

    # The advertiser asks for the reasons, and nobody answers: over Christmas, with a change of the year.
    asked = file_appeal(house, member, decision.id, ["What exactly is missing?"], kind=AppealKind.REASONS)
    assert story.told() == [Purpose.RECEIVED]
    story.later(4)
    assert tick(house) == ()  # the 25th is no business day, and the 24th and 28th are the two that count
    story.later(5)
    ran_out = tick(house)
    assert [row.kind for row in ran_out] == ["acknowledge", "answer"]
    assert tick(house) == ()
    assert not story.has_effect()
    assert story.told().count(Purpose.RAN_OUT) == 2
    assert read_appeal(house, member, asked.id).state is AppealState.FILED  # silence is no rejection

    # It appeals with a certificate. Who took part before is kept out.
    appeal = file_appeal(house, member, decision.id, ["We hold a licence.\n\nIt was sent to you in May."])
    assert [point.text for point in appeal.points] == ["We hold a licence.", "It was sent to you in May."]
    document = attach(
        house, member, appeal.id, Upload(content=CERTIFICATE, file_name="licence.pdf"), "Licence"
    )
    with pytest.raises(RefusedError):
        assign(house, story.hearer, appeal.id, story.staff.issuer.person, "it is your turn")
    assign(house, story.hearer, appeal.id, story.hearer.person, "took no part")
    acknowledge(
        house, story.hearer, appeal.id, "I look at the licence with the register, and decide in a week."
    )
    assert Purpose.ACKNOWLEDGED in story.told()

    # New evidence is a claim, as anywhere; the outcome follows from it; every point is answered.
    record_claim(house, story.hearer, POLICY, licence(document.id))
    answers = ["It is in the register.", "It lay with another department; we regret it."]
    proposal = Proposal(
        reason="The licence is in the register of the region, and valid until 2030.",
        appeal=appeal.id,
        replies={point.id: text for point, text in zip(appeal.points, answers, strict=True)},
    )
    row = decisions.propose(house, story.hearer, matter_of(house, 0).id, ad(0), proposal)
    reversal = decisions.issue(house, story.other, row.id)

    ended = read_appeal(house, member, appeal.id)
    assert (ended.state, ended.outcome, ended.result) == (AppealState.DECIDED, "reversed", reversal.id)
    assert [point.answer for point in ended.points] == answers
    assert story.decision(decision.id).state is DecisionState.SUPERSEDED
    assert not story.has_effect()
    with house.records.reading() as records:
        assert records.find(MEASURES, decision=reversal.id) == ()
        assert all(item.lifted_at is not None for item in records.find(MEASURES, decision=decision.id))
        assert records.find(CLOCKS, of=appeal.id, state=ClockState.RUNNING.value) == ()
    assert story.told()[-1] is Purpose.OUTCOME
    told = " ".join(story.words(Purpose.OUTCOME).split())
    assert "We hold a licence." in told
    assert "we regret it" in told
    assert not any(name in told for name in ("hearer", "issuer", "author"))
    after = [item.purpose for item in notices_of(house, member)]
    assert len(after) == len(story.seen)
    sound(story, decision, reversal)


def test_an_appeal_that_nobody_decides_is_granted(story: Story) -> None:
    house, member = story.house, story.member
    decision = decide(house, story.staff, 0)
    appeal = file_appeal(house, member, decision.id, ["We hold a licence."])
    acknowledge(house, story.hearer, appeal.id, "We have read it and will decide.")
    with pytest.raises(RefusedError, match="is open"):
        decisions.propose(house, story.hearer, matter_of(house, 0).id, ad(0), PROPOSAL)
    story.told()
    story.later(60)  # the program was off for weeks
    assert [row.kind for row in tick(house)] == ["decide"]
    assert tick(house) == ()
    ended = read_appeal(house, member, appeal.id)
    assert (ended.state, story.decision(decision.id).state) == (AppealState.GRANTED, DecisionState.LAPSED)
    assert not story.has_effect()
    assert Purpose.RAN_OUT in story.told()
    assert make_owed(house) == ()
    sound(story, decision)


def licence(document: str) -> dict[str, Plain]:
    """What the register of the region says."""
    return {
        "subject": brewer(0),
        "fact": "advertiser.licences",
        "value": {"country": "FR", "until": "2030-01-01"},
        "stance": "asserts",
        "weight": 4,
        "weight_reason": {"en": "Compared with the register."},
        "origin": "register of the region",
        "document": document,
    }


def sound(story: Story, *issued: DecisionRow) -> None:
    """Rows and log fit together, the log verifies by itself, and what was decided is decided again the same."""
    house, auditor = story.house, story.staff.auditor
    sign_now(house, SIGNER)
    assert check_now(house, SIGNER.verifier).findings == ()
    for row in issued:
        assert replay(house, auditor, row.id).same
    exported = BytesIO(b"".join(export_log(house, auditor, Exported(signer=SIGNER))))
    assert verify_log(exported, SIGNER.verifier).findings == ()
