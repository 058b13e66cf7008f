"""What somebody else writes between the making ready of a decision and its issuing: it is seen, or the act refused."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import pytest

from adjudge.errors import ConflictError
from adjudge.institution.deciding import decisions
from adjudge.institution.house import House
from adjudge.institution.material import claims
from adjudge.institution.staff import settling
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import DecisionRow
from adjudge.records.shelf import CLAIMS
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.databases import in_memory_of
from tests.generators.institutions import (
    POLICY,
    PROPOSAL,
    Staff,
    ad,
    another_claim,
    found,
    matter_of,
    staff_of,
    ticking,
)


@dataclass
class Interposed:
    """Records of which somebody else gets hold first, once, when one is about to write."""

    records: MemoryRecords
    before: Callable[[], object] | None = None

    def reading(self) -> AbstractContextManager[Reading]:
        return self.records.reading()

    def looking(self) -> AbstractContextManager[Reading]:
        return self.records.looking()

    def writing(self) -> AbstractContextManager[Writing]:
        act, self.before = self.before, None
        if act is not None:
            act()
        return self.records.writing()

    def afterwards(self, do: Callable[[], None]) -> None:
        self.records.afterwards(do)


@pytest.fixture
def house() -> House:
    """An institution in which a proposal is confirmed and can be issued."""
    made = House(records=MemoryRecords(), blobs=MemoryBlobs(), clock=ticking(), random=os.urandom)
    staff = found(made, 1)
    row = decisions.propose(made, staff.author, matter_of(made, 0).id, ad(0), PROPOSAL)
    decisions.confirm(made, staff.second, row.id, row.digest, "read")
    return made


def _issue_while(house: House, act: Callable[[House, Staff], object]) -> DecisionRow:
    staff = staff_of(house)
    records = Interposed(in_memory_of(house), lambda: act(house, staff))
    with house.records.reading() as reading:
        waiting = next(item.subject for item in reading.entries() if item.kind == "decision:proposed")
    return decisions.issue(replace(house, records=records), staff.issuer, waiting)


def _confirmed_anew(house: House) -> DecisionRow:
    """Give the waiting proposal back, propose the same again and have it confirmed."""
    staff = staff_of(house)
    row = next(iter(decisions.decisions_of(house, staff.author, matter_of(house, 0).id)))
    decisions.give_back(house, staff.author, row.id, "there is more")
    again = decisions.propose(house, staff.author, matter_of(house, 0).id, ad(0), PROPOSAL)
    return decisions.confirm(house, staff.second, again.id, again.digest, "read")


def _proposed_anew(house: House) -> DecisionRow:
    return decisions.issue(house, staff_of(house).issuer, _confirmed_anew(house).id)


def test_a_decision_rests_on_the_claims_that_stand_when_it_is_issued(house: House) -> None:
    """One claim is withdrawn and another one of its weight recorded: what comes out is the same, and not by it."""

    def exchange(house: House, staff: Staff) -> None:
        claims.record_claim(house, staff.author, POLICY, another_claim(0))
        claims.withdraw_claim(house, staff.author, f"{ad(0)}-beer", "read wrongly")

    with pytest.raises(ConflictError, match="has changed since it was proposed"):
        _issue_while(house, exchange)
    issued = _proposed_anew(house)
    assert issued.grounds
    with house.records.reading() as records:
        for claim in issued.grounds:
            row = records.get(CLAIMS, claim)
            assert row is not None
            assert row.withdrawn_at is None
            assert claim in issued.notice["yaml"]


def test_a_decision_whose_outcome_changes_meanwhile_is_not_issued(house: House) -> None:
    def withdraw(house: House, staff: Staff) -> None:
        claims.withdraw_claim(house, staff.author, f"{ad(0)}-beer", "read wrongly")

    with pytest.raises(ConflictError, match="has changed since it was proposed"):
        _issue_while(house, withdraw)


def test_a_statement_names_where_to_complain_as_it_is_settled_when_it_is_issued(house: House) -> None:
    def settle(house: House, staff: Staff) -> None:
        settling.settle_institution(
            house,
            staff.administrator,
            platform={"en": "Platform"},
            complaint="https://example.org/moved",
            settlement="https://example.org/settle",
            review={},
            languages=("en",),
            reason="moved",
        )

    with pytest.raises(ConflictError, match="has changed since it was proposed"):
        _issue_while(house, settle)
    issued = _proposed_anew(house)
    assert set(issued.statement) == {"en"}
    assert "https://example.org/moved" in issued.statement["en"]


def test_what_is_known_late_is_known_although_the_clock_was_set_back(house: House) -> None:
    staff = staff_of(house)
    claims.record_claim(house, staff.author, POLICY, another_claim(0))
    again = _confirmed_anew(house)
    late = replace(house, clock=ticking("2026-03-01T00:00:00Z"))
    issued = decisions.issue(late, staff.issuer, again.id)
    assert issued.issued_at is not None
    assert again.proposed_at <= issued.issued_at
    assert str(issued.issued_at)[:10] in issued.statement["en"]
