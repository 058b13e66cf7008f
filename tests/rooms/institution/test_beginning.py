"""When measures begin: after an advance notice or a cure, as an earlier decision had it, or not at all if cured."""

from dataclasses import replace

import pytest

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.binding.measures import has_effect
from adjudge.institution.deciding.sweep import Swept, sweep_grounds
from adjudge.institution.material import claims
from adjudge.institution.reading.overview import options_for
from adjudge.institution.reading.proposal_file import proposal_template, read_proposal
from adjudge.institution.record.audit.check import check_now
from adjudge.ledger.signer import signer_of
from adjudge.matters.proposal import Proposal, proposal_from
from adjudge.notices.beginning import NoAdvance
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    DecisionRow,
    DecisionState,
    MatterState,
    Outcome,
    Purpose,
)
from adjudge.records.shelf import APPEALS, MATTERS, NOTICES
from adjudge.tongues.tongue import tongue_of
from tests.rooms.institution.begun import Service, service_in, told_in_advance
from tests.rooms.institution.world import ACME, EXCLUDING, World, codes

NOW = replace(EXCLUDING, no_advance=NoAdvance.LEGAL_DUTY, why_no_advance="A court has ordered it.")
REPEATED = replace(NOW, no_advance=NoAdvance.REPEATED_INFRINGEMENT, why_no_advance="It has happened before.")
SUSPENDING = Proposal(reason="The ad offers a lottery.")


@pytest.fixture
def service(quick_world: World) -> Service:
    """Give an institution with a policy whose measures begin later, in memory."""
    return service_in(quick_world)


def at(service: Service, text: str) -> None:
    service.world.clock.set(text)


def days(service: Service, decision: DecisionRow) -> list[str]:
    """The days on which its measures begin."""
    return [str(item.start)[:10] for item in service.measures(decision)]


def effective(service: Service, subject: str) -> int:
    now = service.world.clock.last
    return sum(has_effect(item, now) for item in service.all_measures() if item.subject == subject)


def keeps_to_the_log(world: World) -> None:
    found = check_now(world.house, signer_of("adjudge.test", bytes(32)).verifier)
    assert not found.findings, found.findings


# --- advance notice ---


def test_the_end_of_a_whole_service_is_told_so_many_days_ahead(world: World) -> None:
    service = service_in(world)
    told_in_advance(world, 30)
    service.claim(ACME, "fraud")
    at(service, "2026-11-25T10:00:00Z")
    issued = service.issued(ACME)
    assert days(service, issued) == ["2026-12-26"], "thirty whole days on"
    assert "It applies from 26 December 2026, until it is lifted." in issued.statement["en"]
    assert "You are told at least 30 days before it does" in issued.statement["en"]
    assert service.is_replayed(issued)
    assert not effective(service, ACME)
    at(service, "2026-12-26T00:00:00Z")
    assert effective(service, ACME) == 1
    keeps_to_the_log(world)


def test_of_a_cure_and_an_advance_notice_the_later_counts(service: Service) -> None:
    told_in_advance(service.world, 30)
    service.claim(ACME, "unpaid")
    at(service, "2026-11-25T00:00:00Z")
    assert days(service, service.issued(ACME)) == ["2027-01-05"]


def test_an_ad_alone_is_excluded_without_advance_notice(service: Service) -> None:
    told_in_advance(service.world, 30)
    service.claim("ad", "beer")
    at(service, "2026-11-25T10:00:00Z")
    issued = service.issued("ad")
    assert days(service, issued) == ["2026-12-03"], "after its cure"
    assert "2019/1150), since" not in issued.statement["en"]


def test_without_a_settled_advance_notice_nothing_waits(service: Service) -> None:
    service.claim(ACME, "fraud")
    issued = service.issued(ACME)
    assert service.measures(issued)[0].start == issued.valid_at
    assert service.is_replayed(issued)


def test_an_exception_is_declared_with_reasons_and_told(service: Service) -> None:
    told_in_advance(service.world, 30)
    service.claim(ACME, "fraud")
    with pytest.raises(RefusedError) as caught:
        service.proposed(ACME, replace(NOW, why_no_advance=" "))
    assert codes(caught.value) == ["exception-without-reasons"]
    issued = service.issued(ACME, NOW)
    assert service.measures(issued)[0].start == issued.valid_at
    english, french = issued.statement["en"], issued.statement["fr"]
    assert "the law obliges us to end it so (Article 4(4)(a)): A court has ordered it." in english
    assert "A court has ordered it." in french
    assert "You are told at least" not in english
    assert service.is_replayed(issued)
    assert proposal_from(issued.proposal).no_advance is NoAdvance.LEGAL_DUTY


def test_an_exception_is_needless_where_no_service_ends(service: Service) -> None:
    service.claim("ad", "beer")
    with pytest.raises(RefusedError) as caught:
        service.proposed("ad", NOW)
    assert codes(caught.value) == ["needless-exception"]


def test_ones_own_wording_says_why_there_is_no_advance_notice(service: Service) -> None:
    service.claim(ACME, "fraud")
    with pytest.raises(RefusedError) as caught:
        service.proposed(ACME, replace(NOW, wording="You are excluded. It is so."))
    assert codes(caught.value) == ["exception-not-stated"]


def test_a_repeated_infringement_has_another_one_before_it(service: Service) -> None:
    told_in_advance(service.world, 30)
    first = service.claim(ACME, "fraud")
    with pytest.raises(RefusedError) as caught:
        service.proposed(ACME, REPEATED)
    assert codes(caught.value) == ["not-repeated"]
    service.issued(ACME)
    with pytest.raises(RefusedError) as caught:  # the same infringement, decided again
        service.proposed(ACME, REPEATED)
    assert codes(caught.value) == ["not-repeated"]
    claims.withdraw_claim(service.world.house, service.world.who("reviewer"), first.id, "it was another one")
    service.claim(ACME, "unpaid")
    again = service.issued(ACME, REPEATED)
    assert days(service, again) == ["2027-01-02"], "of the cure nothing is excepted"
    assert "our terms have been infringed repeatedly" in again.statement["en"]


def test_what_was_reversed_is_no_infringement(service: Service) -> None:
    service.claim("ad", "lottery")
    earlier = service.issued("ad", SUSPENDING)
    service.claim(ACME, "fraud")
    with service.world.house.records.writing() as records:
        records.put(APPEALS, reversed_appeal(earlier, service.world.clock.last))
    with pytest.raises(RefusedError) as caught:
        service.proposed(ACME, REPEATED)
    assert codes(caught.value) == ["not-repeated"]


def reversed_appeal(decision: DecisionRow, filed_at: Instant) -> AppealRow:
    """A row as it stands after an appeal that reversed a decision."""
    return AppealRow(
        id="A-1",
        kind=AppealKind.APPEAL,
        state=AppealState.DECIDED,
        decision=decision.id,
        matter=decision.matter,
        advertiser=decision.advertiser,
        filed_by="",
        filed_at=filed_at,
        appellant="advertiser",
        language="en",
        points=(),
        outcome=Outcome.REVERSED.value,
    )


def test_who_has_signed_is_bound_to_the_advance_notice_that_was_settled(service: Service) -> None:
    service.claim(ACME, "fraud")
    row = service.proposed(ACME)
    told_in_advance(service.world, 30)
    with pytest.raises(ConflictError):
        service.confirmed(row)


def test_an_exception_is_written_in_a_file(service: Service) -> None:
    service.claim(ACME, "fraud")
    options = options_for(service.world.house, service.world.who("proposer"), service.matter.id, ACME)
    begun = proposal_template(options, tongue_of("en"))
    assert "# no_advance: legal_duty | imperative_reason | repeated_infringement" in begun
    text = 'reason: r\nno_advance: imperative_reason\nwhy_no_advance: "It must be so."\n'
    log = ProblemLog()
    found = read_proposal(read_yaml(Source("p.yaml", text), log), log)
    assert found is not None
    assert (found.no_advance, found.why_no_advance) == (NoAdvance.IMPERATIVE_REASON, "It must be so.")
    assert read_proposal(read_yaml(Source("p.yaml", text.replace("imperative", "good")), log), log) is None
    assert [item.code for item in log.problems] == ["bad-word"]


# --- what goes on ---


def test_an_appeal_that_is_upheld_opens_no_gap_and_gives_no_new_cure(world: World) -> None:
    service = service_in(world)
    service.claim("ad", "beer")
    at(service, "2026-11-25T10:00:00Z")
    first = service.issued("ad")
    at(service, "2026-12-20T10:00:00Z")
    assert effective(service, "ad") == 1
    second = service.upheld(first)
    assert effective(service, "ad") == 1, "at the instant of the decision already"
    [before], [after] = service.measures(first), service.measures(second)
    assert after.since == before.start
    assert after.start <= world.clock.last
    assert before.lifted_at is not None
    assert after.start <= before.lifted_at
    assert (
        "It began on 3 December 2026 by the decision before this one, and goes on from"
        in second.statement["en"]
    )
    assert "par la décision précédente et se poursuit" in second.statement["fr"]
    assert "to put this right" not in second.statement["en"]
    assert service.is_replayed(second)
    with world.house.records.reading() as records:
        [appeal] = records.find(APPEALS)
    assert appeal.outcome == Outcome.UPHELD
    at(service, "2027-01-20T10:00:00Z")
    third = service.issued("ad")
    assert service.measures(third)[0].since == before.start, "through as many decisions as there are"
    assert service.is_replayed(third)
    keeps_to_the_log(world)


def test_what_has_not_begun_keeps_the_start_that_was_told(service: Service) -> None:
    service.claim("ad", "beer")
    at(service, "2026-11-25T10:00:00Z")
    first = service.issued("ad")
    at(service, "2026-11-28T10:00:00Z")
    second = service.upheld(first)
    [before], [after] = service.measures(first), service.measures(second)
    assert after.start == before.start, "not later, and not earlier"
    assert after.since is None
    assert "you still have the time that the decision before this one gave you" in second.statement["en"]
    assert "before 3 December 2026" in second.statement["en"]
    assert service.is_replayed(second)


def test_an_advance_notice_is_not_given_twice_and_an_exception_ends_it(service: Service) -> None:
    told_in_advance(service.world, 30)
    service.claim(ACME, "fraud")
    at(service, "2026-11-25T10:00:00Z")
    service.issued(ACME)
    at(service, "2026-12-10T10:00:00Z")
    second = service.issued(ACME)
    assert days(service, second) == ["2026-12-26"]
    third = service.issued(ACME, NOW)
    assert days(service, third) == ["2026-12-10"]
    assert service.is_replayed(third)


def test_a_suspension_that_goes_on_ends_when_it_would_have_ended(service: Service) -> None:
    service.claim("ad", "lottery")
    at(service, "2026-11-25T00:00:00Z")
    first = service.issued("ad", SUSPENDING)
    assert days(service, first) == ["2026-11-29"]
    at(service, "2026-12-10T10:00:00Z")
    second = service.upheld(first)
    [before], [after] = service.measures(first), service.measures(second)
    assert (after.end, after.since) == (before.end, before.start)
    assert "until 29 December 2026: 30 days in all" in second.statement["en"]
    assert service.is_replayed(second)
    with service.world.house.records.reading() as records:
        [appeal] = records.find(APPEALS)
    assert appeal.outcome == Outcome.UPHELD, "it is no other measure"


def test_a_suspension_that_was_served_is_not_served_again_by_an_appeal(service: Service) -> None:
    service.claim("ad", "lottery")
    at(service, "2026-11-25T00:00:00Z")
    first = service.issued("ad", SUSPENDING)
    at(service, "2027-02-01T10:00:00Z")
    second = service.upheld(first)
    assert not effective(service, "ad")
    assert "ended on 29 December 2026; it does not begin anew" in second.statement["en"]
    assert service.is_replayed(second)
    third = service.issued("ad", SUSPENDING)
    assert days(service, third) == ["2027-02-05"], "another decision of its own begins anew"


# --- cured in time ---


def test_a_measure_that_was_cured_in_time_does_not_begin(world: World) -> None:
    service = service_in(world)
    found = service.claim("ad", "beer")
    at(service, "2026-11-25T10:00:00Z")
    issued = service.issued("ad")
    seen, _ = sweep_grounds(world.house, Swept())
    claims.withdraw_claim(world.house, world.who("reviewer"), found.id, "the ad was changed")
    at(service, "2026-12-02T23:59:00Z")
    seen, _ = sweep_grounds(world.house, seen)
    at(service, "2026-12-03T00:00:30Z")
    seen, _ = sweep_grounds(world.house, seen)
    assert not effective(service, "ad"), "at no time since it was to begin"
    [measure] = service.measures(issued)
    assert [rest.by for rest in measure.pauses] == ["cure"]
    assert measure.pauses[0].start < measure.start
    assert service.row(issued).state is DecisionState.ISSUED, "it lifts nothing: a person decides anew"
    with world.house.records.reading() as records:
        matter = records.get(MATTERS, service.matter.id)
        [notice] = records.find(NOTICES, about=issued.id, purpose=Purpose.PAUSED.value)
    assert matter is not None
    assert matter.state is MatterState.REOPENED
    assert notice.facts["measures"] == [measure.id]
    assert world.kinds().count("measure:paused") == 1, "once, however often one looks"
    keeps_to_the_log(world)
    service.claim("ad", "beer")
    again = service.issued("ad")
    assert days(service, again) == ["2026-12-11"], "what was cured begins anew, with its cure"
    assert service.is_replayed(again)


def test_what_is_cured_too_late_has_begun(service: Service) -> None:
    world = service.world
    found = service.claim("ad", "beer")
    at(service, "2026-11-25T10:00:00Z")
    service.issued("ad")
    at(service, "2026-12-03T00:00:10Z")
    seen, _ = sweep_grounds(world.house, Swept())
    claims.withdraw_claim(world.house, world.who("reviewer"), found.id, "the ad was changed")
    at(service, "2026-12-03T00:01:10Z")
    seen, _ = sweep_grounds(world.house, seen)
    sweep_grounds(world.house, Swept())
    assert effective(service, "ad") == 1
    assert "measure:paused" not in world.kinds()


def test_after_an_outage_it_is_looked_at_as_of_the_start(service: Service) -> None:
    world = service.world
    found, late = service.claim("ad", "beer"), service.claim("second", "beer")
    at(service, "2026-11-25T10:00:00Z")
    service.issued("ad")
    service.issued("second")
    claims.withdraw_claim(world.house, world.who("reviewer"), found.id, "the ad was changed")
    at(service, "2026-12-10T00:00:00Z")
    claims.withdraw_claim(world.house, world.who("reviewer"), late.id, "the ad was changed, too late")
    at(service, "2026-12-20T00:00:00Z")
    sweep_grounds(world.house, Swept())
    assert not effective(service, "ad")
    assert effective(service, "second") == 1, "it had begun by then; a person decides"


def test_a_measure_at_rest_by_an_appeal_is_kept_from_beginning_for_good(service: Service) -> None:
    world = service.world
    told_in_advance(world, 0, relief=("exclude",))
    found = service.claim("ad", "beer")
    at(service, "2026-11-25T10:00:00Z")
    issued = service.issued("ad")
    service.filed(issued)
    claims.withdraw_claim(world.house, world.who("reviewer"), found.id, "the ad was changed")
    at(service, "2026-12-03T00:00:10Z")
    sweep_grounds(world.house, Swept())
    [measure] = service.measures(issued)
    assert [(rest.by == "cure", rest.end is None) for rest in measure.pauses] == [
        (False, False),
        (True, True),
    ]
    keeps_to_the_log(world)
