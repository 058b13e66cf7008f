"""Decisions: departures, second persons, signatures bound to what was read, automation, errors, reasons, recourse."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.reading.json_text import Plain
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.facts.settle import live, settle
from adjudge.institution import packages
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.deciding.bound import seen_by
from adjudge.institution.deciding.draft import prepare
from adjudge.institution.material import claims
from adjudge.institution.material.view import evaluate, found_of
from adjudge.institution.record import log, replay
from adjudge.institution.staff import keys
from adjudge.language.package import MeasureKind
from adjudge.matters.proposal import Milder
from adjudge.matters.states import DECISIONS, MATTERS, VERSIONS
from adjudge.people.act import ACTS, Act
from adjudge.people.role import Role
from adjudge.records.rows import DecisionState, MatterRow, MatterState
from adjudge.records.shelf import DECISIONS as DECISION_SHELF
from adjudge.records.shelf import MEASURES
from adjudge.recourse.apply import Recorder, applied
from adjudge.spec.resolve import outcome_of, surroundings
from tests.rooms.institution.drivers import DRIVERS, SIGNER, approved, drafted
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, PLAIN, POLICY, World, codes

BEER, LOUD = RuleId("beer"), RuleId("loud")
MILDER = replace(
    EXCLUDING,
    instead={BEER: Milder(MeasureKind.SUSPEND, 7)},
    why_departing="A first breach, put right at once.",
)
NONE = replace(EXCLUDING, instead={BEER: None}, why_departing="The ad is for beer without alcohol.")


# --- departing from the outcome ---


def test_a_milder_measure_needs_reasons_and_a_second_person(world: World) -> None:
    world.ad("ad", beer=True)
    with pytest.raises(RefusedError) as raised:
        world.proposed("ad", replace(MILDER, why_departing=" "))
    assert codes(raised.value) == ["unreasoned-departure"]
    row = world.proposed("ad", MILDER)
    with pytest.raises(RefusedError) as raised:
        decisions.issue(world.house, world.who("reviewer"), row.id)
    assert codes(raised.value) == ["not-signed"]
    decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")
    issued = decisions.issue(world.house, world.who("reviewer"), row.id)
    with world.reopened().house.records.reading() as records:
        [measure] = records.find(MEASURES, decision=issued.id)
        assert measure.kind == "suspend"
        assert (str(measure.start)[:10], str(measure.end)) == ("2026-11-22", "2026-11-29T00:00:00Z")
        entry = records.entry(issued.entry)
    assert entry is not None
    assert entry.body["departs"] == "milder"
    assert entry.body["outcome"]["measures"] == [{"rule": "beer", "kind": "exclude"}]  # type: ignore[index,call-overload]
    assert "A first breach, put right at once." in issued.statement["en"]


def test_no_measure_needs_reasons_and_a_second_person(world: World) -> None:
    world.ad("ad", beer=True)
    row = world.proposed("ad", NONE)
    with pytest.raises(RefusedError) as raised:
        decisions.issue(world.house, world.who("reviewer"), row.id)
    assert codes(raised.value) == ["not-signed"]
    decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")
    issued = decisions.issue(world.house, world.who("reviewer"), row.id)
    with world.house.records.reading() as records:
        assert records.find(MEASURES, decision=issued.id) == ()
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


@pytest.mark.parametrize(
    "instead",
    [
        {BEER: Milder(MeasureKind.EXCLUDE)},
        {BEER: Milder(MeasureKind.LIMIT)},
        {BEER: Milder(MeasureKind.SUSPEND)},
        {BEER: Milder(MeasureKind.NOTIFY, 3)},
        {LOUD: Milder(MeasureKind.NOTIFY)},
        {LOUD: None},
        {RuleId("no-such-rule"): None},
    ],
    ids=str,
)
def test_only_the_milder_side_is_open(quick_world: World, instead: dict[RuleId, Milder | None]) -> None:
    quick_world.ad("ad", beer=True)
    with pytest.raises(RefusedError) as raised:
        quick_world.proposed("ad", replace(EXCLUDING, instead=instead, why_departing="why"))
    assert "bad-departure" in codes(raised.value)


def test_a_claim_that_counts_against_it_needs_an_answer(quick_world: World) -> None:
    quick_world.ad("ad", beer=True)
    denial = quick_world.claim("ad", "beer", stance="denies", weight=2)
    with pytest.raises(RefusedError) as raised:
        quick_world.proposed("ad")
    assert codes(raised.value) == ["unanswered-claim"]
    assert denial.id in raised.value.findings[0].message
    issued = quick_world.issued(
        "ad", replace(EXCLUDING, answers={ClaimId(denial.id): "It names another ad."})
    )
    assert "It names another ad." in issued.statement["en"]
    with pytest.raises(RefusedError) as raised:
        quick_world.proposed("ad", replace(EXCLUDING, answers={ClaimId("C-1"): "to nobody"}))
    assert "needless-answer" in codes(raised.value)


# --- a second person ---


def test_an_exclusion_needs_a_second_person_in_any_case(world: World) -> None:
    world.ad("ad", beer=True)
    row = world.proposed("ad")
    with pytest.raises(RefusedError) as raised:
        decisions.issue(world.house, world.who("reviewer"), row.id)
    assert codes(raised.value) == ["not-signed"]
    assert world.kinds()[-1] == "decision:proposed"


def test_a_role_that_a_rule_asks_for_holds_the_decision(world: World) -> None:
    world.ad("ad", lottery=True)
    row = world.proposed("ad", PLAIN)
    assert decisions.open_needs(world.house, world.who("reviewer"), row.id) == ("legal",)
    decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")
    with pytest.raises(RefusedError):
        decisions.issue(world.house, world.who("reviewer"), row.id)
    with pytest.raises(NotFoundError):
        decisions.sign(
            world.house, world.who("second_reviewer"), row.id, "legal", row.digest, reason="lawful"
        )
    decisions.sign(world.house, world.who("legal"), row.id, "legal", row.digest, reason="lawful")
    assert decisions.issue(world.house, world.who("reviewer"), row.id).state is DecisionState.ISSUED


def test_nobody_confirms_their_own_by_any_key(world: World) -> None:
    """T28: neither the author, nor a key of the author's, whatever roles the author has."""
    both = world.join("both", Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL)
    world.ad("ad", beer=True)
    row = decisions.propose(world.house, both, world.matter().id, "ad", EXCLUDING)
    key = keys.key_actor(world.house, keys.make_own_key(world.house, both, "laptop").secret)
    service = replace(key, roles=frozenset(Role), acts=frozenset(Act))
    before = world.kinds()
    for actor in (both, key, service):
        with pytest.raises(RefusedError) as raised:
            decisions.confirm(world.house, actor, row.id, row.digest, "I agree with myself")
        assert codes(raised.value) == ["own-proposal"]
        with pytest.raises(RefusedError) as raised:
            decisions.sign(world.house, actor, row.id, "legal", row.digest, reason="lawful")
        assert codes(raised.value) == ["own-proposal"]
        with pytest.raises(RefusedError) as raised:
            decisions.issue(world.house, actor, row.id)
        assert codes(raised.value) == ["not-signed"]
    assert world.kinds() == before


def test_a_key_proposes_for_its_person_who_cannot_confirm_it(world: World) -> None:
    both = world.join("both", Role.REVIEWER, Role.SECOND_REVIEWER)
    key = keys.key_actor(world.house, keys.make_own_key(world.house, both, "laptop").secret)
    world.ad("ad", beer=True)
    row = decisions.propose(world.house, key, world.matter().id, "ad", EXCLUDING)
    with pytest.raises(RefusedError) as raised:
        decisions.confirm(world.house, both, row.id, row.digest, "agreed")
    assert codes(raised.value) == ["own-proposal"]


def test_a_signature_counts_once_and_not_twice(world: World) -> None:
    world.ad("ad", beer=True)
    row = world.proposed("ad")
    decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")
    with pytest.raises(ConflictError):
        decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")


# --- bound to what was read ---


def test_a_signature_is_bound_to_every_word_of_the_proposal(world: World) -> None:
    """T27: one byte more is another proposal, and what was signed before does not count for it."""
    world.ad("ad", beer=True)
    first = world.proposed("ad")
    second_reviewer = world.who("second_reviewer")
    decisions.confirm(world.house, second_reviewer, first.id, first.digest, "agreed")
    decisions.give_back(world.house, second_reviewer, first.id, "one word more")
    again = world.proposed("ad", replace(EXCLUDING, reason=EXCLUDING.reason + "."))
    assert again.digest != first.digest
    assert again.signatures == ()
    with pytest.raises(ConflictError):
        decisions.confirm(world.house, second_reviewer, again.id, first.digest, "agreed")
    with pytest.raises(RefusedError):
        decisions.issue(world.house, world.who("reviewer"), again.id)


def test_what_was_signed_is_not_issued_upon_other_facts(world: World) -> None:
    world.ad("ad", beer=True)
    row = world.proposed("ad")
    decisions.confirm(world.house, world.who("second_reviewer"), row.id, row.digest, "agreed")
    world.claim("ad", "licensed")
    with pytest.raises(ConflictError):
        decisions.issue(world.house, world.who("reviewer"), row.id)
    assert decisions.read_decision(world.house, world.who("reviewer"), row.id).state is DecisionState.PROPOSED


def test_two_proposals_are_never_held_on_one_subject(world: World) -> None:
    """T10: the second is refused and names the first; after either goes, another one may come."""
    world.ad("ad", beer=True)
    world.ad("second-ad", beer=True)
    first = world.proposed("ad")
    with pytest.raises(ConflictError) as raised:
        world.proposed("ad")
    assert first.id in raised.value.message
    world.proposed("second-ad")
    decisions.give_back(world.house, world.who("reviewer"), first.id, "anew")
    second = world.proposed("ad")
    decisions.confirm(world.house, world.who("second_reviewer"), second.id, second.digest, "agreed")
    decisions.issue(world.house, world.who("reviewer"), second.id)
    third = world.issued("ad")
    with world.house.records.reading() as records:
        states = {row.id: row.state for row in records.find(DECISION_SHELF, subject="ad")}
        lifted = [item.lifted_at is None for item in records.find(MEASURES, subject="ad")]
    assert states == {
        first.id: DecisionState.RETURNED,
        second.id: DecisionState.SUPERSEDED,
        third.id: DecisionState.ISSUED,
    }
    assert lifted == [False, True]


def test_automation_is_refused_while_a_proposal_waits(quick_world: World) -> None:
    """T10, by the other door."""
    quick_world.ad("ad", loud=True)
    row = quick_world.proposed("ad", PLAIN)
    with pytest.raises(ConflictError) as raised:
        decisions.automate(quick_world.house, quick_world.who("service"), row.matter, "ad")
    assert row.id in raised.value.message


# --- automation ---


def test_automation_decides_where_the_rule_says_so_and_says_it(world: World) -> None:
    world.ad("ad", loud=True)
    issued = decisions.automate(world.house, world.who("service"), world.matter().id, "ad")
    assert issued.automated
    with world.reopened().house.records.reading() as records:
        entry = records.entry(issued.entry)
        assert entry is not None
        assert (entry.kind, entry.body["automated"]) == ("decision:automated", True)
        assert records.count(MEASURES, decision=issued.id) == 1
    assert "automat" in issued.statement["en"].lower()
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


@pytest.mark.parametrize(
    "facts",
    [{"beer": True}, {"lottery": True}, {"loud": True, "beer": True}, {"loud": True, "lottery": True}, {}],
    ids=str,
)
def test_automation_decides_nothing_else(world: World, facts: dict[str, Plain]) -> None:
    world.ad("ad", **facts)
    matter = world.matter().id
    before = world.kinds()
    with pytest.raises(RefusedError) as raised:
        decisions.automate(world.house, world.who("service"), matter, "ad")
    assert codes(raised.value) == ["person-needed"]
    assert world.kinds() == before


def test_automation_decides_once_on_the_same_grounds(world: World) -> None:
    made = world.ad("ad", loud=True)
    matter, service = world.matter().id, world.who("service")
    first = decisions.automate(world.house, service, matter, "ad")
    before = world.kinds()
    with pytest.raises(ConflictError) as raised:
        decisions.automate(world.house, service, matter, "ad")
    assert f"a decision of automation on the same grounds is in force: {first.id}" in raised.value.message
    assert world.kinds() == before
    world.claim("ad", "loud", origin="another round")
    with pytest.raises(ConflictError):  # it carries no more weight than the claim before it
        decisions.automate(world.house, service, matter, "ad")
    claims.withdraw_claim(world.house, world.who("reviewer"), made["loud"].id, "seen wrongly")
    second = decisions.automate(world.house, service, matter, "ad")
    assert (second.supersedes, second.grounds != first.grounds) == (first.id, True)


def test_automation_decides_anew_by_another_version_or_for_another_territory(quick_world: World) -> None:
    world = quick_world
    world.ad("ad", loud=True)
    service, reviewer = world.who("service"), world.who("reviewer")
    first = decisions.automate(world.house, service, world.matter().id, "ad")
    digest = approved(world, "2")
    packages.publish(world.house, world.who("publisher"), digest, None, "from now on")
    second = decisions.automate(world.house, service, world.matter().id, "ad")
    assert second.supersedes == first.id
    row = world.matter()
    matters.close(world.house, reviewer, row.id, reason="done", seen=row.seen)
    further = matters.open_matter(
        world.house, reviewer, row.advertiser, row.policy, reason="seen there too", territory="FR"
    )
    third = decisions.automate(world.house, service, further.id, "ad")
    assert third.supersedes == second.id


@pytest.mark.parametrize("departing", [False, True])
def test_automation_does_not_decide_over_a_person(quick_world: World, *, departing: bool) -> None:
    quick_world.ad("ad", loud=True)
    milder = replace(PLAIN, instead={LOUD: None}, why_departing="It was the browser that was loud.")
    issued = quick_world.issued("ad", milder if departing else PLAIN)
    with pytest.raises(ConflictError) as raised:
        decisions.automate(quick_world.house, quick_world.who("service"), issued.matter, "ad")
    assert f"a person's decision on the same grounds is in force: {issued.id}" in raised.value.message


# --- what a decision holds ---


def test_each_rule_that_is_applied_has_an_entry_of_its_own(world: World) -> None:
    """T31: one entry for each rule, with its clause and its claims; never one text for many."""
    made = world.ad("ad", beer=True, lottery=True, loud=True)
    issued = world.issued("ad")
    with world.house.records.reading() as records:
        entry = records.entry(issued.entry)
    assert entry is not None
    assert entry.body["reasons"] == [
        {
            "rule": rule,
            "ground": {"terms": f"Clause on {rule}"},
            "claims": [made[rule].id],
            "silent_facts": [],
            "contrary": [],
        }
        for rule in ("beer", "lottery", "loud")
        if rule in issued.rules
    ]
    assert set(issued.rules) >= {"beer"}
    assert all(f"Clause on {rule}" in issued.statement["en"] for rule in issued.rules)


def test_an_error_neither_measures_nor_permits_and_leaves_the_rest_as_it_is(world: World) -> None:
    """T33 and T34: `shown` overflows; its rule is unknown, the others stand, and the error is on record."""
    world.ad("calm", loud=True)
    world.ad("ad", loud=True, shown=3)
    calm, issued = world.issued("calm", PLAIN), world.issued("ad", PLAIN)
    verdicts = {item["rule"]: item["verdict"] for item in issued.outcome["outcome"]["rules"]}
    assert verdicts == {"beer": "unknown", "lottery": "unknown", "loud": "met", "shown": "unknown"}
    assert issued.rules == calm.rules == ("loud",)
    assert issued.answer["errors"] == [
        {"subject": "ad", "rule": "shown", "part": "when", "message": "the result does not fit in 64 bits"}
    ]
    assert calm.answer["errors"] == []
    assert issued.answer["grounds"][0]["rule"] == "loud", "the trace is whole"
    receipt = log.receipt(world.house, world.who("reviewer"), issued.id, SIGNER)
    assert "64 bits" in str(receipt.parts[0].content), "shown with the decision, to whoever holds its receipt"


def test_an_error_alone_is_no_measure(world: World) -> None:
    """T34: an erring rule is neither applied nor taken for a permission that nothing asked for."""
    world.ad("ad", shown=3)
    with pytest.raises(RefusedError):
        decisions.automate(world.house, world.who("service"), world.matter().id, "ad")
    issued = world.issued("ad", PLAIN)
    with world.house.records.reading() as records:
        assert records.count(MEASURES, decision=issued.id) == 0
    assert issued.answer["errors"]
    assert "shown" not in issued.rules


def test_recourse_in_a_decision_holds_by_the_spec(quick_world: World) -> None:
    """T38: every way out that a decision shows holds by the spec; here once more, from what is on record."""
    quick_world.ad("ad", beer=True, lottery=True)
    issued = quick_world.issued("ad")
    row = quick_world.matter()
    with quick_world.house.records.reading() as records:
        ready = prepare(records, row, "ad", EXCLUDING, quick_world.clock())
    recourse = ready.left.recourse
    assert recourse is not None
    assert recourse.ways
    assert len(issued.answer["recourse"][0]["ways"]) == len(recourse.ways)
    package = ready.answer.package
    at, subject = ready.at, ready.left.party.subject
    rules = package.in_force(at, at, None)
    for way in recourse.ways:
        recorder = Recorder(ready.answer.case.claims, at)
        about = [
            item for item in ready.answer.case.claims if item.subject in {subject.id, subject.advertiser}
        ]
        held = applied([step.action for step in way.steps], live(about, at, at), recorder)
        outcome = outcome_of(subject, rules, settle(held), surroundings(package, at))
        assert not {rule for rule, _ in outcome.measures} & set(recourse.lifted), way


# --- entries of transitions ---


def test_every_transition_says_why_who_and_when(world: World) -> None:
    """T32: each move of the three tables leaves an entry with its reason, its actor and its time."""
    _a_busy_day(world)
    moves = {ACTS[move.act].writes for table in (VERSIONS, MATTERS, DECISIONS) for move in table}
    with world.reopened().house.records.reading() as records:
        entries = list(records.entries())
        done = {entry.kind for entry in entries}
        assert moves <= done, moves - done
        for entry in entries:
            if entry.kind in moves:
                assert entry.actor.startswith(("person:P-", "key:K-")) or entry.actor == "institution"
                assert entry.at.nanos > 0
                assert _reason(world, entry.kind, entry.subject, entry.body), entry
    times = [entry.at for entry in entries]
    assert times == sorted(times)


def _reason(world: World, kind: str, subject: str, body: Mapping[str, object]) -> object:
    """What an entry says of why: of a proposal and of what was issued, its sealed words and the outcome's reasons."""
    if kind in {"decision:proposed", "decision:issued", "decision:automated"}:
        row = decisions.read_decision(world.house, world.who("auditor"), subject)
        return row.proposal["reason"]
    return body.get("reason")


def _a_busy_day(world: World) -> None:
    """Every move once."""
    matter = world.matter()
    matters.close(world.house, world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    matters.reopen(world.house, world.who("reviewer"), matter.id, reason="anew", seen=matter.seen + 1)
    digest, work = DRIVERS[Act.ROLL_BACK](world, ACME)
    work(world, world.who("publisher"), digest)
    packages.shadow(world.house, world.who("policy_author"), drafted(world, "3"), "to try it")
    packages.reject(world.house, world.who("publisher"), drafted(world, "4"), "too early")
    world.ad("a", beer=True)
    world.ad("b", lottery=True)
    world.ad("c", loud=True)
    first = world.proposed("a")
    decisions.give_back(world.house, world.who("second_reviewer"), first.id, "too severe")
    world.issued("a")
    world.issued("b", PLAIN)
    decisions.automate(world.house, world.who("service"), world.matter().id, "c")


# --- one policy, several advertisers ---


def test_a_closed_matter_takes_no_decision(quick_world: World) -> None:
    quick_world.ad("ad", beer=True)
    matter = quick_world.matter()
    row = quick_world.proposed("ad")
    with pytest.raises(RefusedError) as raised:
        matters.close(
            quick_world.house, quick_world.who("reviewer"), matter.id, reason="done", seen=matter.seen
        )
    assert codes(raised.value) == ["proposal-waits"]
    decisions.give_back(quick_world.house, quick_world.who("reviewer"), row.id, "not today")
    matters.close(quick_world.house, quick_world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    with pytest.raises(RefusedError) as raised:
        quick_world.proposed("ad")
    assert codes(raised.value) == ["closed-matter"]
    reopened = matters.reopen(
        quick_world.house, quick_world.who("reviewer"), matter.id, reason="anew", seen=matter.seen + 1
    )
    assert reopened.state is MatterState.REOPENED


def test_a_matter_that_somebody_changed_is_not_changed_blindly(world: World) -> None:
    matter = world.matter()
    reviewer, house = world.who("reviewer"), world.house
    matters.assign(house, world.who("appeals"), matter.id, reviewer.person, reason="hers", seen=matter.seen)
    with pytest.raises(ConflictError) as raised:
        matters.close(house, reviewer, matter.id, reason="done", seen=matter.seen)
    assert "matter:assigned" in raised.value.message


def test_an_advertiser_has_one_open_matter_under_a_policy(quick_world: World) -> None:
    matter = quick_world.matter(OTHER)
    with pytest.raises(ConflictError) as raised:
        matters.open_matter(
            quick_world.house, quick_world.who("reviewer"), OTHER, POLICY, reason="seen again"
        )
    assert matter.id in raised.value.message


def test_a_member_learns_nothing_of_what_is_not_issued(quick_world: World) -> None:
    """What is proposed is no decision yet: the advertiser's people neither see it nor learn that it is there."""
    quick_world.ad("ad", beer=True)
    row = quick_world.proposed("ad")
    member, house = quick_world.who("member"), quick_world.house
    for ask in (
        lambda: decisions.read_decision(house, member, row.id),
        lambda: decisions.standing_in_the_way(house, member, row.id),
        lambda: decisions.open_needs(house, member, row.id),
        lambda: log.receipt(house, member, row.id, SIGNER),
        lambda: replay.replay(house, member, row.id),
    ):
        with pytest.raises(NotFoundError):
            ask()
    assert decisions.decisions_of(house, member, row.matter) == []
    decisions.confirm(house, quick_world.who("second_reviewer"), row.id, row.digest, "agreed")
    decisions.issue(house, quick_world.who("reviewer"), row.id)
    assert decisions.read_decision(house, member, row.id).statement
    receipt = log.receipt(house, member, row.id, SIGNER)
    assert receipt.entry.kind == "decision:issued"
    with pytest.raises(NotFoundError):
        log.receipt(house, member, row.id, SIGNER, kinds=("decision:proposed",))


def test_grounds_that_fell_are_said_once_for_each_loss(world: World) -> None:
    """Two decisions of one matter lose their grounds: each is listed once, however much is recorded afterwards."""
    first = world.ad("a", beer=True)["beer"]
    second = world.ad("b", beer=True)["beer"]
    one, two = world.issued("a"), world.issued("b")
    claims.withdraw_claim(world.house, world.who("reviewer"), first.id, "another ad")
    claims.withdraw_claim(world.house, world.who("reviewer"), second.id, "another ad")
    world.claim("a", "loud")
    world.claim("b", "loud")
    with world.house.records.reading() as records:
        told = [entry for entry in records.entries_of(world.matter().id) if entry.actor == "institution"]
    assert [entry.body["decision"] for entry in told] == [one.id, two.id]
    assert [entry.body["fell_away"] for entry in told] == [[first.id], [second.id]]


def test_a_proposal_is_bound_to_what_its_author_has_read(world: World) -> None:
    house, reviewer = world.house, world.who("reviewer")
    world.ad("ad", beer=True)
    row = world.matter()
    seen = _seen(world, row, "ad")
    assert _seen(world, row, "ad") == seen
    world.claim("ad", "loud")
    assert _seen(world, row, "ad") != seen
    with pytest.raises(ConflictError):
        decisions.propose(house, reviewer, row.id, "ad", EXCLUDING, seen=seen)
    with house.records.reading() as records:
        assert not records.find(DECISION_SHELF)
    made = decisions.propose(house, reviewer, row.id, "ad", EXCLUDING, seen=_seen(world, row, "ad"))
    assert made.state is DecisionState.PROPOSED


def _seen(world: World, row: MatterRow, subject: str) -> str:
    with world.house.records.reading() as records:
        answer = evaluate(records, row, world.house.clock(), world.house.clock())
        return seen_by(records, row, answer, found_of(answer, subject))
