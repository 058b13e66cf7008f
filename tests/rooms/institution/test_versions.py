"""Versions of a policy: bound approvals, shadows, starts to come, roll-backs, rules that go or are renamed."""

from dataclasses import replace

import pytest

from adjudge.basis.instant import parse_instant
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution import packages
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.material.view import evaluate
from adjudge.institution.record import replay
from adjudge.institution.versions import package_of, version, version_at
from adjudge.people.role import Role
from adjudge.records.rows import MatterState, VersionState
from tests.rooms.institution.drivers import approved, drafted
from tests.rooms.institution.world import PLAIN, POLICY, RULES, World, codes, policy

WITHOUT_LOUD = {name: rule for name, rule in RULES.items() if name != "loud"}
STRICT = {**RULES, "loud": {**RULES["loud"], "measure": "{exclude: {}}", "more": ""}}


def _applying(world: World) -> str:
    with world.house.records.reading() as records:
        found = version_at(records, POLICY, world.clock())
    assert found is not None
    return found.version


def test_an_approval_is_bound_to_every_byte_of_a_version(world: World) -> None:
    """T27: a version with one character more is another one, and nobody has approved it."""
    approved(world, "2")
    longer = {**RULES, "loud": {**RULES["loud"], "when": "ad.loud || ad.loud"}}
    changed = drafted(world, "2", **longer)
    before = world.kinds()
    with pytest.raises(RefusedError) as raised:
        packages.publish(world.house, world.who("publisher"), changed, None, "from now on")
    assert codes(raised.value) == ["not-approved"]
    assert world.kinds() == before
    assert _applying(world) == "1"
    with pytest.raises(ConflictError):
        drafted(world, "2")


def test_nobody_approves_their_own_version(world: World) -> None:
    """T28, for versions."""
    both = world.join("both", Role.POLICY_AUTHOR, Role.PUBLISHER)
    row = packages.draft(world.house, both, policy("2")[1], "new")
    with pytest.raises(RefusedError) as raised:
        packages.approve(world.house, both, row.id, "I agree with myself")
    assert codes(raised.value) == ["own-proposal"]
    with pytest.raises(RefusedError) as raised:
        packages.publish(world.house, both, row.id, None, "from now on")
    assert codes(raised.value) == ["not-approved"]


def test_a_shadow_is_evaluated_and_recorded_without_effect(world: World) -> None:
    world.ad("ad", loud=True)
    digest = drafted(world, "2", **STRICT)
    packages.shadow(world.house, world.who("policy_author"), digest, "to try it")
    found = matters.evaluate_matter(world.house, world.who("reviewer"), world.matter().id)
    assert found["outcomes"][1]["measures"] == [{"rule": "loud", "kind": "notify"}]
    assert found["shadow"][digest][1]["measures"] == [{"rule": "loud", "kind": "exclude"}]
    with world.reopened().house.records.reading() as records:
        entry = records.entries_of(world.matter().id)[-1]
        assert entry.body["shadow"] == found["shadow"]
    assert _applying(world) == "1"
    issued = world.issued("ad", PLAIN)
    assert [item["kind"] for item in issued.outcome["outcome"]["measures"]] == ["notify"]


def test_a_version_applies_from_its_start_and_not_before(world: World) -> None:
    digest = approved(world, "2", **STRICT)
    start = parse_instant("2026-12-01T00:00:00Z")
    assert start is not None
    early = parse_instant("2026-11-01T00:00:00Z")
    assert early is not None
    with pytest.raises(RefusedError) as raised:
        packages.publish(world.house, world.who("publisher"), digest, early, "as if it always had")
    assert codes(raised.value) == ["too-early"]
    packages.publish(world.house, world.who("publisher"), digest, start, "with notice")
    assert _applying(world) == "1"
    world.clock.set("2026-11-30T23:59:58Z")
    assert _applying(world) == "1"
    assert _applying(world) == "2", "one second later it is midnight"


def test_a_version_that_is_rolled_back_gives_way_to_the_one_before(world: World) -> None:
    digest = approved(world, "2", **STRICT)
    packages.publish(world.house, world.who("publisher"), digest, None, "from now on")
    assert _applying(world) == "2"
    between = world.clock.last
    packages.roll_back(world.house, world.who("publisher"), digest, "it errs")
    assert _applying(world) == "1"
    with world.reopened().house.records.reading() as records:
        then = version_at(records, POLICY, between)
        assert then is not None
        assert then.version == "2", "what applied then is known still"
        assert version(records, digest).state is VersionState.ROLLED_BACK
    with pytest.raises(RefusedError):
        packages.roll_back(world.house, world.who("publisher"), digest, "twice")


def test_a_rule_that_goes_reopens_what_rested_on_it_and_lists_it(world: World) -> None:
    world.ad("ad", loud=True)
    world.ad("bets", lottery=True)
    issued, kept = world.issued("ad", PLAIN), world.issued("bets", PLAIN)
    matter = matters.read_matter(world.house, world.who("reviewer"), issued.matter)
    matters.close(world.house, world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    digest = approved(world, "2", **WITHOUT_LOUD)
    packages.publish(world.house, world.who("publisher"), digest, None, "noise is no harm")
    reopened = matters.read_matter(world.house, world.who("reviewer"), issued.matter)
    assert reopened.state is MatterState.REOPENED
    with world.reopened().house.records.reading() as records:
        told = [entry for entry in records.entries_of(matter.id) if entry.actor == "institution"]
    assert [(entry.body["decision"], entry.body["fell_away"]) for entry in told] == [(issued.id, ["loud"])]
    assert kept.id not in str(told)
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


def test_a_renamed_rule_keeps_its_id_and_its_history(world: World) -> None:
    """T26: old decisions open the rule's text as it was; the name that people read may change, the id does not."""
    world.ad("ad", loud=True)
    issued = world.issued("ad", PLAIN)
    package = policy("2")[1]
    renamed = tuple(
        replace(rule, title={"en": "A quieter name"}) if rule.id == "loud" else rule for rule in package.rules
    )
    better = replace(package, rules=renamed)
    row = packages.draft(world.house, world.who("policy_author"), better, "a better name")
    packages.approve(world.house, world.who("publisher"), row.id, "read")
    packages.publish(world.house, world.who("publisher"), row.id, None, "from now on")
    old = decisions.read_decision(world.reopened().house, world.who("auditor"), issued.id)
    text = packages.read_version(world.house, world.who("auditor"), old.package).text
    opened = {str(rule.id): rule.title["en"] for rule in package_of(text).rules}
    assert opened["loud"] == "Rule on loud"
    assert "Rule on loud" in old.statement["en"]
    again = world.issued("ad", PLAIN)
    assert again.rules == issued.rules == ("loud",)
    assert "A quieter name" in again.statement["en"]
    assert "matter:reopened" not in world.kinds(), "a rename takes no ground away"
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


def test_a_rule_under_another_id_is_another_rule(quick_world: World) -> None:
    quick_world.ad("ad", loud=True)
    issued = quick_world.issued("ad", PLAIN)
    renumbered = {("noise" if name == "loud" else name): rule for name, rule in RULES.items()}
    digest = approved(quick_world, "2", **renumbered)
    packages.publish(quick_world.house, quick_world.who("publisher"), digest, None, "renumbered")
    matter = matters.read_matter(quick_world.house, quick_world.who("reviewer"), issued.matter)
    assert matter.state is MatterState.REOPENED
    assert issued.id in matter.reason


def test_a_version_is_evaluated_alone_by_what_applied_then(quick_world: World) -> None:
    quick_world.ad("ad", loud=True)
    matter = quick_world.matter()
    before = quick_world.clock()
    digest = approved(quick_world, "2", **STRICT)
    packages.publish(quick_world.house, quick_world.who("publisher"), digest, None, "from now on")
    with quick_world.house.records.reading() as records:
        then = evaluate(records, matter, before, before)
        now = evaluate(records, matter, quick_world.clock.last, quick_world.clock.last)
    assert [kind.value for _, kind in then.subjects[1].outcome.measures] == ["notify"]
    assert [kind.value for _, kind in now.subjects[1].outcome.measures] == ["exclude"]


# --- rejected ---


def test_a_version_that_was_rejected_is_handed_in_again_and_begins_anew(world: World) -> None:
    digest = approved(world, "2")
    author, publisher = world.who("policy_author"), world.who("publisher")
    row = packages.reject(world.house, publisher, digest, "its second rule is vague")
    assert (row.state, row.reason) == (VersionState.REJECTED, "its second rule is vague")
    with pytest.raises(RefusedError):
        packages.publish(world.house, publisher, digest, None, "from now on")
    with pytest.raises(RefusedError):
        packages.reject(world.house, publisher, digest, "twice")
    assert drafted(world, "2") == digest
    again = packages.read_version(world.reopened().house, author, digest)
    assert (again.state, again.approved_by, again.reason) == (VersionState.DRAFT, (), "")
    with pytest.raises(RefusedError) as raised:  # what was approved before counts no more
        packages.publish(world.house, publisher, digest, None, "from now on")
    assert codes(raised.value) == ["not-approved"]
    packages.approve(world.house, publisher, digest, "it is clear after all")
    packages.publish(world.house, publisher, digest, None, "from now on")
    assert _applying(world) == "2"
    kinds = [kind for kind in world.kinds() if kind.startswith("package:")]
    assert kinds == [
        f"package:{what}" for what in ("drafted", "approved", "rejected", "drafted", "approved", "published")
    ]


def test_a_version_that_is_rejected_is_no_longer_evaluated(quick_world: World) -> None:
    quick_world.ad("ad", loud=True)
    digest = drafted(quick_world, "2", **STRICT)
    packages.shadow(quick_world.house, quick_world.who("policy_author"), digest, "to try it")
    packages.reject(quick_world.house, quick_world.who("publisher"), digest, "too strict")
    found = matters.evaluate_matter(quick_world.house, quick_world.who("reviewer"), quick_world.matter().id)
    assert found["shadow"] == {}


def test_what_is_or_was_in_force_is_not_rejected_and_a_reason_is_asked_for(quick_world: World) -> None:
    publisher = quick_world.who("publisher")
    with quick_world.house.records.reading() as records:
        first = version_at(records, POLICY, quick_world.clock.last)
    assert first is not None
    with pytest.raises(RefusedError):
        packages.reject(quick_world.house, publisher, first.id, "too late")
    digest = drafted(quick_world, "2")
    with pytest.raises(RefusedError) as raised:
        packages.reject(quick_world.house, publisher, digest, " ")
    assert codes(raised.value) == ["missing-text"]


# --- what those see who are bound ---


def test_members_read_what_was_published_and_nothing_else(quick_world: World) -> None:
    """Terms are for those whom they bind (P2B Art. 3): from when they are published, not before."""
    world, member = quick_world, quick_world.who("member")
    house, publisher = world.house, world.who("publisher")
    coming = approved(world, "2")
    start = parse_instant("2027-01-01T00:00:00Z")
    packages.publish(house, publisher, coming, start, "with notice")
    hidden = [drafted(world, "3"), drafted(world, "4", **STRICT), drafted(world, "5")]
    packages.shadow(house, world.who("policy_author"), hidden[1], "to try it")
    packages.reject(house, publisher, hidden[2], "vague")
    found = packages.list_versions(house, member)
    assert {row.version for row in found} == {"1", "2"}
    assert all((row.author, row.approved_by, row.reason) == ("", (), "") for row in found)
    assert packages.read_version(house, member, coming).text
    assert packages.read_version(house, member, f"{POLICY}@1").state is VersionState.IN_FORCE
    for digest in hidden:
        with pytest.raises(NotFoundError):
            packages.read_version(house, member, digest)
    assert [item.start for item in packages.enactments_of(house, member, POLICY)][-1] == start
    assert len(packages.list_versions(house, world.who("legal"))) == 5
