"""What was worked out for those who only look: the same for a moment, and never once something was written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from adjudge.app.notices import examined_for
from adjudge.basis.instant import NANOS, Instant
from adjudge.errors import RefusedError
from adjudge.institution.deciding.decisions import confirm, issue, propose, ready_of, ready_to_read, sign
from adjudge.institution.house import time_of
from adjudge.institution.looked_at import MOST, LookedAt, as_it_stands
from adjudge.institution.material.claims import discount
from adjudge.institution.reading.overview import decision_overview
from adjudge.institution.reading.sheet import Part, preview, sheet
from adjudge.matters.proposal import Proposal
from adjudge.records.rows import DecisionRow, DecisionState, MatterRow
from adjudge.records.shelf import CLAIMS, DECISIONS, MATTERS
from tests.sites import Site, founded, site

__all__ = ["founded", "site"]
PROPOSAL = Proposal(reason="so", milder="a label would not stop it", rights="weighed")


def counted(made: list[int]) -> Callable[[], int]:
    def count() -> int:
        made.append(1)
        return len(made)

    return count


def test_a_thing_is_made_once_and_what_was_looked_at_longest_ago_goes() -> None:
    kept, made = LookedAt(), list[int]()
    assert [kept.once("a", counted(made)) for _ in range(3)] == [1, 1, 1]
    for number in range(MOST - 1):
        kept.once(number, lambda: 0)
    assert kept.once("a", counted(made)) == 1  # looked at just now, it stays
    for number in range(MOST):
        kept.once(-number, lambda: 0)
    assert kept.once("a", counted(made)) == 2


def test_what_fails_is_not_kept() -> None:
    kept = LookedAt()

    def fails() -> int:
        raise RefusedError("no")

    with pytest.raises(RefusedError):
        kept.once("a", fails)
    assert kept.once("a", lambda: 1) == 1


def test_what_was_made_of_the_same_is_not_made_again_and_of_anything_else_it_is() -> None:
    kept, made = LookedAt(), list[int]()
    assert [kept.upon("a", ["read", 1], counted(made)) for _ in range(3)] == [1, 1, 1]
    assert kept.upon("a", ["read", 2], counted(made)) == 2
    assert kept.upon("a", ["read", 1], counted(made)) == 3
    assert kept.upon("b", ["read", 1], counted(made)) == 4
    for number in range(MOST):
        kept.upon(number, [], lambda: 0)
    assert kept.upon("a", ["read", 1], counted(made)) == 5


def test_many_threads_find_the_same() -> None:
    kept = LookedAt()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: kept.once(number % 3, lambda: number % 3), range(600)))
    assert found == [number % 3 for number in range(600)]


def still(site: Site) -> Site:
    """The same site at a time that stands still."""
    at = Instant(time_of(site.house).nanos // (60 * NANOS) * 60 * NANOS)
    return replace(site, opened=replace(site.opened, house=replace(site.house, clock=lambda: at)))


def proposed(site: Site) -> DecisionRow:
    return propose(site.house, site.actor("reviewer"), site.matter.id, "ad-antivirus", PROPOSAL)


def test_a_proposal_is_made_ready_once_for_all_who_read_it(site: Site) -> None:
    site = still(site)
    row, at = proposed(site), time_of(site.house)
    with site.house.records.reading() as records:
        first = ready_to_read(site.house, records, row, at)
        assert ready_to_read(site.house, records, row, at) is first
        assert ready_to_read(site.house, records, row, Instant(at.nanos + 59 * NANOS)) is first
        assert ready_to_read(site.house, records, row, Instant(at.nanos + 60 * NANOS)) is not first
        assert ready_of(records, row, at) == first  # and whoever acts makes it ready again
        assert ready_of(records, row, at) is not first


def test_whatever_is_written_makes_it_anew(site: Site) -> None:
    site = still(site)
    row, reviewer = proposed(site), site.actor("reviewer")
    before = decision_overview(site.house, site.actor("second"), row.id)
    assert any(item.code == "missing-signature" for item in before.standing) or before.needs
    confirm(site.house, site.actor("second"), row.id, row.digest, "read")
    after = decision_overview(site.house, reviewer, row.id)
    assert len(after.needs) < len(before.needs)
    assert len(after.standing) < len(before.standing)
    with site.house.records.reading() as records:
        claim = records.find(CLAIMS, subject="ad-antivirus")[0]
    discount(site.house, reviewer, claim.id, 1, "it is hearsay")
    changed = decision_overview(site.house, reviewer, row.id)
    assert changed.standing != after.standing


def test_what_is_issued_was_never_taken_from_what_was_looked_at(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = still(site)
    row = proposed(site)
    decision_overview(site.house, site.actor("second"), row.id)
    monkeypatch.setattr(LookedAt, "once", lambda *_: pytest.fail("an act looked at what was kept"))
    confirm(site.house, site.actor("second"), row.id, row.digest, "read")
    sign(site.house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
    issue(site.house, site.actor("reviewer"), row.id)
    with site.house.records.reading() as records:
        found = records.get(DECISIONS, row.id)
    assert found is not None
    assert found.issued_at is not None


def test_two_logs_never_stand_alike(site: Site) -> None:
    at = time_of(site.house)
    with site.house.records.reading() as records:
        before = as_it_stands(records, at)
        assert as_it_stands(records, at) == before
    proposed(site)
    with site.house.records.reading() as records:
        assert as_it_stands(records, at) != before


def test_a_preview_of_what_was_found_before_something_was_written_is_found_again(site: Site) -> None:
    site = still(site)
    reviewer, matter = site.actor("reviewer"), site.matter.id
    found = sheet(site.house, reviewer, matter, "ad-antivirus", part=Part.NOTICE)
    before = preview(site.house, reviewer, found).ready
    assert before is not None
    assert preview(site.house, reviewer, found).ready is before
    discount(site.house, reviewer, "m11-licensing", 1, "it is hearsay")
    after = preview(site.house, reviewer, found).ready
    assert after is not None
    assert after.answer.case != before.answer.case


def test_the_examination_is_the_one_that_the_statement_has_when_it_is_sent(site: Site) -> None:
    row, at = proposed(site), time_of(site.house)
    with site.house.records.reading() as records:
        ready = ready_of(records, row, at)
    assert ready.notice is not None
    assert examined_for(ready.answer, ready.notice, ready.at, ready.timing) == ready.examination


def beside(site: Site, *, territory: str = "", policy: str = "") -> MatterRow:
    """A second matter of the same advertiser."""
    first = site.matter
    row = replace(first, id="M-beside", territory=territory or first.territory, policy=policy or first.policy)
    with site.house.records.writing() as records:
        records.put(MATTERS, row)
    return row


def test_what_waits_in_another_matter_is_not_previewed_by_what_is_found_in_this_one(site: Site) -> None:
    site = still(site)
    row, reviewer, other = proposed(site), site.actor("reviewer"), beside(site, territory="FR")
    found = sheet(site.house, reviewer, other.id, "ad-antivirus", part=Part.NOTICE)
    assert found.proposed is not None
    assert found.proposed.id == row.id  # nothing else can be proposed meanwhile
    assert preview(site.house, reviewer, found).proposal is None
    with site.house.records.reading() as records:
        at = time_of(site.house)
        assert ready_to_read(site.house, records, row, at) == ready_of(records, row, at)


def test_what_another_policy_has_decided_is_not_in_force_under_this_one(site: Site) -> None:
    row, other = proposed(site), beside(site, policy="another-policy")
    with site.house.records.writing() as records:
        records.put(DECISIONS, replace(row, state=DecisionState.ISSUED))
    assert sheet(site.house, site.actor("reviewer"), site.matter.id, "ad-antivirus").in_force is not None
    with site.house.records.writing() as records:
        records.put(DECISIONS, replace(row, state=DecisionState.ISSUED, matter=other.id))
    assert sheet(site.house, site.actor("reviewer"), site.matter.id, "ad-antivirus").in_force is None


def test_a_signature_given_meanwhile_is_in_what_is_made_ready(site: Site) -> None:
    site = still(site)
    row = proposed(site)
    confirm(site.house, site.actor("second"), row.id, row.digest, "read")
    with site.house.records.reading() as records:
        ready = ready_to_read(site.house, records, row, time_of(site.house))  # `row` is from before
    assert [item.role for item in ready.signatures] == ["second_reviewer"]
