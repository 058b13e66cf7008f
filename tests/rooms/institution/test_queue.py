"""The queue: what each act changes of it, that it is always what follows, and how it is listed."""

from dataclasses import replace
from threading import Barrier, Thread
from urllib.parse import parse_qsl

import pytest
from django.db import connections

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import NANOS
from adjudge.basis.reading.json_text import Plain
from adjudge.clocks.term import ClockKind, Consequence
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.deciding.taking import MOST, assign_each, take
from adjudge.institution.hearing import filing, handling, settlement, talking
from adjudge.institution.material import claims
from adjudge.institution.queue.asked import RANKINGS, Asked, Order, View, asked_from, where
from adjudge.institution.queue.digits import NEVER, waiting_on
from adjudge.institution.queue.keeping import QueuedRecords
from adjudge.institution.queue.mending import fill_queue, mend_queue
from adjudge.institution.queue.spent import spend_key, spent_of
from adjudge.institution.reading.queued import beside, queue_counts, queue_page
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.staff import people
from adjudge.institution.ticking.tick import tick
from adjudge.language.package import MeasureKind
from adjudge.matters.proposal import Milder, Proposal
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, MatterRow, MatterState, QueueRow, SpendRow
from adjudge.records.shelf import CLOCKS, DECISIONS, MATTERS, QUEUE
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import excluded, filed, only, settled, upheld
from tests.rooms.institution.queue_rows import queue_of
from tests.rooms.institution.world import ACME, OTHER, PLAIN, POLICY, World
from tests.rooms.storage.rows import AT

DAY = 86_400 * NANOS


def place(world: World, matter: str = "") -> QueueRow:
    """The row of a matter, the whole queue being what follows."""
    wanted = matter or world.matter().id
    return queue_of(world.house)[wanted]


def waits(world: World) -> tuple[str, ...]:
    return waiting_on(place(world))


def test_a_matter_waits_for_whoever_has_the_next_step(world: World) -> None:
    house = world.house
    assert waits(world) == ("reviewer",)
    world.ad("a", beer=True)
    row = world.proposed("a")
    assert waits(world) == ("second_reviewer",)
    decisions.confirm(house, world.who("second_reviewer"), row.id, row.digest, "read and agreed")
    assert waits(world) == ("reviewer",), "to be issued"
    people.deactivate(house, world.who("administrator"), world.who("second_reviewer").person, "left")
    assert waits(world) == ("second_reviewer",), "what somebody signed who has left does not count"
    decisions.give_back(house, world.who("reviewer"), row.id, "not now")
    assert waits(world) == ("reviewer",)
    matter = world.matter()
    matters.close(house, world.who("reviewer"), matter.id, reason="nothing left", seen=matter.seen)
    assert (waits(world), place(world).live, place(world).state) == ((), "", "closed")


def test_a_proposal_waits_for_every_role_that_must_sign_at_once(world: World) -> None:
    world.ad("a", beer=True, lottery=True)
    world.proposed("a", replace(PLAIN, milder="It would not do.", rights="They were weighed."))
    assert waits(world) == ("second_reviewer",), (
        "the exclusion alone is applied, and nobody else is asked for"
    )
    world.ad("b", lottery=True)
    world.proposed("b", PLAIN)
    assert waits(world) == ("second_reviewer", "legal")


def test_appeals_wait_for_those_who_hear_them_and_their_clocks_are_due(world: World) -> None:
    house, clerk = world.house, world.who(Role.APPEALS)
    settled(world, only(ClockKind.DECIDE, Consequence.ESCALATE))
    decision = excluded(world)
    assert place(world).due == NEVER
    appeal = filed(world, decision)
    with house.records.reading() as records:
        dues = {row.kind: row.due_at.nanos for row in records.find(CLOCKS, of=appeal.id)}
    assert waits(world) == ("appeals",)
    assert int(place(world).due) == min(dues.values()) == dues["decide"]
    handling.acknowledge(house, clerk, appeal.id, "It is looked at until Friday.")
    assert int(place(world).due) == dues["decide"]
    assert waits(world) == ("appeals",)
    talking.write(house, clerk, appeal.id, "Which licence is it?")
    assert waits(world) == ("appeals", "advertiser")
    talking.write(house, world.who(Role.MEMBER), appeal.id, "That of the town.")
    assert waits(world) == ("appeals",)
    world.clock.nanos = dues["decide"] + DAY
    tick(house)
    assert int(place(world).due) == dues["decide"], "what ran out is due until it is done"
    assert queue_counts(house, clerk, Asked())[View.OVERDUE] == 1
    upheld(world, appeal)
    assert place(world).due == NEVER


def test_disputes_wait_when_they_have_an_outcome_and_requests_at_once(world: World) -> None:
    house, clerk = world.house, world.who(Role.APPEALS)
    decision = excluded(world)
    dispute = settlement.refer(house, world.who(Role.MEMBER), decision.id, "A body", "B-1", "we disagree")
    assert waits(world) == ("reviewer",), "the body has it"
    assert place(world).due != NEVER
    settlement.record_outcome(house, clerk, dispute.id, settlement.Found.PARTLY, "It may stay as it is.")
    assert waits(world) == ("appeals",)
    settlement.not_follow(house, clerk, dispute.id, "It was decided on other facts.")
    assert (waits(world), place(world).due) == (("reviewer",), NEVER)
    request = filing.file_appeal(house, world.who(Role.MEMBER), decision.id, [], kind=AppealKind.REASONS)
    assert waits(world) == ("appeals",)
    filing.withdraw(house, world.who(Role.MEMBER), request.id, "")
    assert waits(world) == ("reviewer",)


def test_severity_is_of_what_was_found_on_record_and_of_what_is_proposed(world: World) -> None:
    reviewer = world.who("reviewer")
    world.ad("a", loud=True)
    assert place(world).severity == "0"
    matters.evaluate_matter(world.house, reviewer, world.matter().id)
    assert (place(world).severity, place(world).found) == ("1", "1")
    claim = world.ad("b", beer=True)["beer"]
    row = world.proposed("b")
    assert (place(world).severity, place(world).found) == ("6", "1")
    matters.evaluate_matter(world.house, reviewer, world.matter().id)
    decisions.give_back(world.house, reviewer, row.id, "not now")
    assert place(world).severity == "6"
    claims.withdraw_claim(world.house, reviewer, claim.id, "another ad")
    matters.evaluate_matter(world.house, reviewer, world.matter().id)
    assert place(world).severity == "1"


def test_a_milder_proposal_counts_as_what_it_would_do(world: World) -> None:
    world.ad("a", lottery=True)
    instead = {RuleId("lottery"): Milder(MeasureKind.NOTIFY)}
    world.proposed("a", Proposal(reason="It is small.", instead=instead, why_departing="Once is enough."))
    assert place(world).severity == "1"
    assert waits(world) == ("second_reviewer", "legal")


def test_spend_is_of_the_last_time_of_which_it_is_known(world: World) -> None:
    def bring(spend_id: str, subject: str, month: int, amount: str, currency: str = "EUR") -> None:
        spend: dict[str, Plain] = {
            "id": spend_id, "subject": subject, "from": f"2026-{month:02d}-01", "to": f"2026-{month + 1:02d}-01",
            "amount": amount, "currency": currency,
        }  # fmt: skip
        bring_in(world.house, world.who("administrator"), Brought(spend=[spend]), None, "invoices")

    world.ad("a")
    world.ad("b")
    world.matter()
    assert place(world).spend == ""
    bring("s1", "a", 6, "1250.40")
    bring("s2", "b", 6, "100")
    found = spent_of(place(world).spend)
    assert found is not None
    assert (str(found[0]), found[1]) == ("1350.40", "EUR")
    bring("s3", "a", 7, "20")
    assert str((spent_of(place(world).spend) or ("",))[0]) == "20.00"
    bring("s4", ACME, 6, "5000", "USD")
    assert (spent_of(place(world).spend) or ("", ""))[1] == "USD", (
        "what the advertiser spent itself counts first"
    )


def test_amounts_sort_as_numbers_and_what_was_paid_back_as_nothing() -> None:
    def key(*amounts: str, currency: str = "EUR") -> str:
        rows = [
            SpendRow(id=str(number), subject="a", advertiser=ACME, start=AT, end=AT, amount=amount,
                     currency=currency, recorded_at=AT)
            for number, amount in enumerate(amounts)
        ]  # fmt: skip
        return spend_key(rows, ACME)

    assert key() == ""
    assert key("9.99") < key("10") < key("10.005") < key("99999999999999999999.99")
    assert key("-5") == key("0") < key("0.0001")
    assert key("99999999999999999999", "99999999999999999999") > key("99999999999999999999")
    assert key("1", currency="USD") > key("9", currency="EUR")
    assert len({len(key("1")), len(key("99999999999999999999.999999999999999999"))}) == 1


def test_a_signed_role_that_nobody_has_and_a_policy_that_is_gone_do_no_harm(quick_world: World) -> None:
    quick_world.ad("a", beer=True)
    row = quick_world.proposed("a")
    with quick_world.house.records.writing() as records:
        records.put(DECISIONS, replace(row, package="sha256:" + "0" * 64, outcome={}))
    assert waits(quick_world) == ("reviewer",)


# --- databases of before, and others who write ---


def test_a_queue_that_is_not_there_is_made_and_one_that_differs_is_mended(world: World) -> None:
    world.ad("a", beer=True)
    matters.evaluate_matter(world.house, world.who("reviewer"), world.matter().id)
    matter = world.matter(OTHER)
    records = world.house.records
    assert isinstance(records, QueuedRecords)
    behind = records.kept
    with behind.writing() as writing:  # as by a program that knows nothing of the queue
        writing.put(MATTERS, replace(matter, assignee="P-000001", state=MatterState.CLOSED))
        writing.put(MATTERS, replace(matter, id="M-900000"))
    found = check_log(world.house, world.who("auditor"), SIGNER.verifier).findings
    assert {(item.where, str(item.message)) for item in found} >= {
        ("queue M-900000", "the matter is not in it"),
        (f"queue {matter.id}", "it is not what follows from what is kept of the matter"),
    }
    fill_queue(behind)
    assert queue_of(world.house)[matter.id].assignee == "P-000001"
    assert mend_queue(behind) == 0
    with behind.writing() as writing:
        row = writing.get(QUEUE, matter.id)
        assert row is not None
        writing.put(QUEUE, replace(row, found="6", severity="6"))
    assert mend_queue(behind) == 1
    queue_of(world.house)


def test_a_row_of_no_matter_is_found(quick_world: World) -> None:
    row = place(quick_world)
    with quick_world.house.records.writing() as writing:
        writing.put(QUEUE, replace(row, id="M-900000"))
    found = check_log(quick_world.house, quick_world.who("auditor"), SIGNER.verifier).findings
    assert [(item.where, str(item.message)) for item in found] == [
        ("queue M-900000", "it is there, and there is no such matter")
    ]


# --- the list ---


def many(world: World, count: int = 23) -> dict[str, MatterRow]:
    """Matters of many kinds, as if they had been opened one after the other."""
    first = world.matter()
    reviewer = str(world.who("reviewer").person)
    made = {}
    for number in range(count):
        made[f"M-8{number:05d}"] = replace(
            first,
            id=f"M-8{number:05d}",
            advertiser=ACME if number % 2 else OTHER,
            policy=POLICY if number % 3 else "other",
            territory="FR" if number % 4 else "",
            state=MatterState.CLOSED if number % 5 == 0 else MatterState.OPEN,
            assignee=reviewer if number % 7 == 0 else "",
            opened_at=replace(first.opened_at, nanos=first.opened_at.nanos + number % 6 * DAY),
        )
    with world.house.records.writing() as records:
        records.put_all(MATTERS, list(made.values()))
        rows = records.find(QUEUE)
        for number, row in enumerate(rows):
            due = f"{number % 9:020d}" if number % 3 else NEVER
            sorting = {
                "due": due,
                "severity": str(number % 4),
                "spend": f"EUR{number % 5}" if number % 2 else "",
            }
            records.put(QUEUE, replace(row, **sorting))
    return {first.id: first, **made}


def plainly(world: World, asked: Asked, who: str) -> list[str]:
    """What is asked for, from all rows at hand."""
    with world.house.records.reading() as records:
        rows = records.find(QUEUE)
    asking = where(asked, world.who(who), world.clock.last)
    ranking = RANKINGS[asked.order]
    kept = [
        row
        for row in rows
        if all(getattr(row, name) == text for name, text in asking.equal.items())
        and all(getattr(row, name) <= text for name, text in asking.until.items())
    ]
    kept.sort(key=lambda row: (getattr(row, ranking.field), row.id), reverse=ranking.descending)
    return [row.id for row in kept]


ASKED = [
    *(Asked(view=View.ALL, order=order) for order in Order),
    *(Asked(view=view) for view in View if view is not View.WAITING),
    Asked(view=View.WAITING, on="reviewer", order=Order.SPEND),
    Asked(view=View.WAITING, on="legal"),
    Asked(view=View.ALL, state="closed", order=Order.SEVERITY),
    Asked(view=View.UNASSIGNED, policy=POLICY, territory="FR", order=Order.NEWEST),
    Asked(view=View.OPEN, advertiser=OTHER, order=Order.OLDEST),
]


def test_pages_follow_each_other_both_ways_and_nothing_is_left_out(world: World) -> None:
    many(world)
    actor = world.who("reviewer")
    for asked in ASKED:
        wanted, found, after, pages = plainly(world, asked, "reviewer"), [], None, []
        while True:
            page = queue_page(world.house, actor, asked, after=after, most=4)
            pages.append([item.matter.id for item in page.rows])
            found += pages[-1]
            after = page.after
            if after is None:
                break
        assert found == wanted, asked
        before = page.before
        for earlier in reversed(pages[:-1]):
            assert before is not None
            page = queue_page(world.house, actor, asked, before=before, most=4)
            assert [item.matter.id for item in page.rows] == earlier
            before = page.before
        assert before is None, asked
        assert queue_counts(world.house, actor, asked)[asked.view] == len(wanted)
        for number, key in enumerate(wanted):
            either = beside(world.house, actor, asked, key)
            assert either.before == (wanted[number - 1] if number else "")
            assert either.after == ([*wanted, ""][number + 1])


def test_an_address_says_all_that_is_asked_for(quick_world: World) -> None:
    reviewer = quick_world.who("reviewer")
    for asked in ASKED:
        assert asked_from(dict(parse_qsl(asked.query)), reviewer) == asked
    odd = {
        "view": "none",
        "order": "'",
        "on": "x",
        "state": "\x00",
        "policy": "a\x00",
        "territory": "x" * 600,
    }
    assert asked_from(odd, reviewer) == Asked()
    assert asked_from({"view": "waiting"}, quick_world.who("legal")).on == "legal"


def test_members_see_their_own_and_nothing_of_who_works_on_it(world: World) -> None:
    many(world)
    member, stranger = world.who(Role.MEMBER), world.who("auditor")
    asked = asked_from({"view": "mine", "order": "severity", "advertiser": OTHER}, member)
    assert (asked.view, asked.order, asked.advertiser) == (View.OPEN, Order.NEWEST, ACME)
    page = queue_page(world.house, member, asked)
    assert page.rows
    assert {item.matter.advertiser for item in page.rows} == {ACME}
    assert queue_counts(world.house, member, asked).keys() == {View.OPEN, View.ALL}
    with pytest.raises(NotFoundError):
        queue_page(world.house, member, Asked(advertiser=OTHER))
    with pytest.raises(NotFoundError):
        queue_page(world.house, member, Asked())
    with pytest.raises(NotFoundError):
        queue_counts(world.house, world.who("policy_author"), Asked())
    assert queue_page(world.house, stranger, Asked(view=View.ALL)).rows


# --- taking ---


def test_who_takes_a_matter_has_it_and_the_next_one_is_told_by_whom(world: World) -> None:
    house, matter = world.house, world.matter()
    reviewer, other = world.who("reviewer"), world.who("proposer")
    row = take(house, reviewer, matter.id, seen=matter.seen)
    assert (row.assignee, row.seen) == (str(reviewer.person), matter.seen + 1)
    assert world.kinds()[-1] == "matter:assigned"
    assert place(world).assignee == str(reviewer.person)
    with pytest.raises(ConflictError, match="already taken by reviewer"):
        take(house, other, matter.id, seen=matter.seen)
    with pytest.raises(ConflictError, match="you have this matter already"):
        take(house, reviewer, matter.id, seen=row.seen)
    for who in ("auditor", "member", "publisher"):
        with pytest.raises(NotFoundError):
            take(house, world.who(who), matter.id, seen=row.seen)


def test_what_was_changed_meanwhile_is_not_taken_unseen(world: World) -> None:
    house, matter, reviewer = world.house, world.matter(), world.who("reviewer")
    closed = matters.close(house, reviewer, matter.id, reason="nothing left", seen=matter.seen)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        take(house, reviewer, matter.id, seen=matter.seen)
    assert take(house, reviewer, matter.id, seen=closed.seen).assignee


def test_of_two_who_take_a_matter_at_once_one_has_it(kept_world: World) -> None:
    world = kept_world
    matter, told, start = world.matter(), [], Barrier(2)

    def taking(name: str) -> None:
        start.wait()
        try:
            told.append(take(world.house, world.who(name), matter.id, seen=matter.seen).assignee)
        except ConflictError as error:
            told.append(str(error.message))
        finally:
            connections.close_all()

    threads = [Thread(target=taking, args=(name,)) for name in ("reviewer", "proposer")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(text.startswith("it is already taken by") for text in told) == 1
    assert world.matter().assignee in told
    assert world.kinds().count("matter:assigned") == 1


def test_many_are_assigned_each_by_itself_and_one_that_fails_keeps_no_other_back(world: World) -> None:
    house, reviewer = world.house, world.who("reviewer")
    first, second = world.matter(), world.matter(OTHER)
    matters.close(house, reviewer, first.id, reason="nothing left", seen=first.seen)
    wanted = {first.id: first.seen, second.id: second.seen, "M-999999": 0}
    before = len(world.kinds())
    handed = assign_each(house, reviewer, wanted, str(world.who("legal").person), reason="knows the field")
    assert [item.matter for item in handed] == [*wanted]
    assert [type(item.why).__name__ for item in handed] == ["ConflictError", "NoneType", "NotFoundError"]
    assert handed[1].row is not None
    assert world.kinds()[before:] == ["matter:assigned"]
    too_many = dict.fromkeys(map(str, range(MOST + 1)), 0)
    with pytest.raises(RefusedError):
        assign_each(house, reviewer, too_many, str(reviewer.person), reason="all of them")
    unfit = assign_each(house, reviewer, {second.id: 1}, str(world.who("auditor").person), reason="to her")
    assert isinstance(unfit[0].why, RefusedError)
    queue_of(house)
