"""Approvals hold for what was approved: an ad that was edited since is another one, and goes back as it is declared."""

from dataclasses import replace

import pytest

from adjudge.basis.reading.json_text import Plain
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.binding.approvals import changed, is_changed, version_in
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data import bringing
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.material.subjects import record_subject
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.own_words import said_again
from adjudge.institution.reading.overview import decision_overview
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.replay import part_of_entry, replay, replay_entries
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import (
    Approval,
    DecisionRow,
    DecisionState,
    MatterState,
    NoticeRow,
    Purpose,
    SubjectRow,
)
from adjudge.records.shelf import DECISIONS, MATTERS, NOTICES, SUBJECTS
from adjudge.tongues.tongue import tongue_of
from tests.rooms.institution.serving.asked import SIGNER
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, PLAIN, World, codes, subject

FINE = Proposal(reason="Nothing in it meets a rule.")


def digest(letter: str) -> str:
    return f"sha256:{letter * 64}"


def shown(ad: str, creative: str = "a", landing: str = "b") -> dict[str, Plain]:
    """An ad with what it shows, and where it leads."""
    digests = {"creative": creative and digest(creative), "landing": landing and digest(landing)}
    return {**subject(ad, ACME), **{name: text for name, text in digests.items() if text}}


def recorded(world: World, ad: str, creative: str = "a", landing: str = "b") -> SubjectRow:
    return record_subject(world.house, world.who(Role.REVIEWER), shown(ad, creative, landing))


def approved(world: World, ad: str = "ad") -> DecisionRow:
    recorded(world, ad)
    return world.issued(ad, FINE)


def declared(world: World, rule: str) -> None:
    settled = ProcedureSettled(changed=rule)
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="declared so")


def closed(world: World) -> None:
    row = world.matter()
    matters.close(world.house, world.who(Role.REVIEWER), row.id, reason="all is done", seen=row.seen)


def notices(world: World) -> list[NoticeRow]:
    with world.house.records.reading() as records:
        return list(records.find(NOTICES, purpose=Purpose.CHANGED.value))


def is_other(world: World, row: DecisionRow) -> bool:
    with world.house.records.reading() as records:
        found = records.get(DECISIONS, row.id)
        ad = records.get(SUBJECTS, row.subject)
        assert found is not None
        assert ad is not None
        assert is_changed(records, found) == (row.id in {item.decision for item in changed(ad)})
        return is_changed(records, found)


def is_sound(world: World) -> bool:
    return check_now(world.house, SIGNER.verifier).findings == ()


def test_an_approval_holds_for_what_was_approved(world: World) -> None:
    """T14: an ad that shows something else, or leads elsewhere, is not approved, and goes back to review."""
    approval = approved(world)
    assert approval.bound_to == version_in(shown("ad"))
    assert not is_other(world, approval)
    for creative, landing in (("c", "b"), ("a", "c"), ("", "b"), ("", "")):
        closed(world)
        recorded(world, "ad", creative, landing)
        assert is_other(world, approval)
        assert world.matter().state is MatterState.REOPENED
        recorded(world, "ad")
        assert not is_other(world, approval), "it is as it was approved again"
    recorded(world, "ad", "c")
    assert is_sound(world)
    anew = world.issued("ad", FINE)
    assert anew.supersedes == approval.id
    assert anew.bound_to == version_in(shown("ad", "c"))
    assert not is_other(world, anew)
    assert is_sound(world)
    for row in (approval, anew):
        assert replay(world.house, world.who(Role.REVIEWER), row.id).same


def test_a_change_says_which_approval_it_ends_and_is_told(quick_world: World) -> None:
    world = quick_world
    approval = approved(world)
    closed(world)
    row = recorded(world, "ad", "c")
    with world.house.records.reading() as records:
        (*_, entry) = records.entries_of("ad")
        matter = records.get(MATTERS, approval.matter)
    assert entry.body["not_as_approved"] == [approval.id]
    assert matter is not None
    assert matter.reason == f"{approval.id}: the ad is not as it was approved: {version_in(row.content)}"
    assert "n'est pas" in tongue_of("fr").of(said_again(matter.reason))
    (notice,) = notices(world)
    assert (notice.about, notice.facts) == (approval.id, {"changed": "review"})
    make_owed(world.house)
    (made,) = notices(world)
    assert made.title == "Your ad was changed: The ad ad"
    found = decision_overview(world.house, world.who(Role.REVIEWER), approval.id)
    assert [item.code for item in found.standing] == ["not-as-approved"]
    member = decision_overview(world.house, world.who("member"), approval.id)
    assert [item.code for item in member.standing] == ["not-as-approved"]
    assert member.decision.bound_to == approval.bound_to


def test_other_words_for_an_ad_change_nothing_that_was_approved(quick_world: World) -> None:
    world = quick_world
    approval = approved(world)
    closed(world)
    before = len(world.kinds())
    content: dict[str, Plain] = {**shown("ad"), "title": {"en": "Another name"}}
    record_subject(world.house, world.who(Role.REVIEWER), content)
    assert world.kinds()[before:] == ["subject:recorded"]
    assert not is_other(world, approval)
    assert not notices(world)


@pytest.mark.parametrize(
    ("rule", "follows"),
    [
        ("review", ["subject:recorded", "matter:reopened"]),
        ("hold", ["subject:recorded"]),
        ("run", ["subject:recorded", "matter:reopened"]),
    ],
)
def test_what_follows_is_what_was_declared(quick_world: World, rule: str, follows: list[str]) -> None:
    world = quick_world
    declared(world, rule)
    approval = approved(world)
    closed(world)
    before = len(world.kinds())
    recorded(world, "ad", "c")
    assert world.kinds()[before:] == follows
    assert [item.facts for item in notices(world)] == [{"changed": rule}]
    assert is_other(world, approval)
    (finding,) = decision_overview(world.house, world.who(Role.REVIEWER), approval.id).standing
    assert ("runs meanwhile" in finding.hint) is (rule == "run")
    assert is_sound(world)


def test_each_further_version_goes_back_and_the_advertiser_is_told_once(quick_world: World) -> None:
    world = quick_world
    approved(world)
    for creative in ("c", "d", "e"):
        closed(world)
        recorded(world, "ad", creative)
        assert world.matter().state is MatterState.REOPENED
    assert len(notices(world)) == 1
    recorded(world, "ad")
    closed(world)
    recorded(world, "ad", "c")
    assert world.matter().state is MatterState.CLOSED, (
        "somebody looked at this version, and closed the matter"
    )
    assert len(notices(world)) == 2


def test_what_is_imported_is_held_to_the_approval_too(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    approval = approved(world)
    other = approved(world, "second")
    closed(world)
    administrator = world.who(Role.ADMINISTRATOR)
    brought = Brought(subjects=[shown("ad", "c"), shown("second"), shown("third")])
    with monkeypatch.context() as patched:
        patched.setattr(bringing, "MOST_BYTES", 500)
        with pytest.raises(RefusedError) as raised:
            bring_in(world.house, administrator, brought, None, "moved in")
        assert codes(raised.value) == ["too-much"]
    assert not is_other(world, approval)
    bring_in(world.house, administrator, brought, None, "moved in")
    assert is_other(world, approval)
    assert not is_other(world, other)
    assert world.kinds()[-2:] == ["data:imported", "matter:reopened"]
    assert len(notices(world)) == 1
    assert is_sound(world)


def test_what_is_imported_is_the_ad_whose_id_it_has_however_accents_are_written(quick_world: World) -> None:
    world, kept, apart = quick_world, "caf\u00e9", "cafe\u0301"
    approval = approved(world, kept)
    closed(world)
    administrator = world.who(Role.ADMINISTRATOR)
    brought = Brought(subjects=[{**shown(apart, "c"), "advertiser": OTHER}])
    with pytest.raises(RefusedError) as raised:
        bring_in(world.house, administrator, brought, None, "taken over")
    assert codes(raised.value) == ["duplicate-id"]
    bring_in(world.house, administrator, Brought(subjects=[shown(apart, "c")]), None, "moved in")
    assert is_other(world, approval)
    assert len(notices(world)) == 1
    assert is_sound(world)


def test_a_matter_is_reopened_once_for_all_that_come_in_together(quick_world: World) -> None:
    world, ads = quick_world, [f"ad-{number}" for number in range(5)]
    decisions_of = [approved(world, ad).id for ad in ads]
    closed(world)
    before = len(world.kinds())
    brought = Brought(subjects=[shown(ad, "c") for ad in ads])
    bring_in(world.house, world.who(Role.ADMINISTRATOR), brought, None, "moved in")
    assert world.kinds()[before:] == ["data:imported", "matter:reopened"]
    with world.house.records.reading() as records:
        entry = records.entry(before)
    assert entry is not None
    assert entry.body["not_as_approved"] == decisions_of
    assert len(notices(world)) == len(ads)
    assert is_sound(world)


def test_an_approval_of_an_ad_without_digests_is_bound_to_nothing(quick_world: World) -> None:
    world = quick_world
    recorded(world, "ad", "", "")
    approval = world.issued("ad", FINE)
    assert approval.bound_to == ""
    recorded(world, "ad")
    assert not is_other(world, approval)
    assert replay(world.house, world.who(Role.REVIEWER), approval.id).same


def test_a_decision_with_measures_approves_nothing_and_ends_what_was_approved(quick_world: World) -> None:
    world = quick_world
    approval = approved(world)
    world.claim("ad", "beer")
    excluded = world.issued("ad", EXCLUDING)
    assert excluded.bound_to == ""
    recorded(world, "ad", "c")
    assert not is_other(world, approval), "it is over"
    assert not notices(world)
    with world.house.records.reading() as records:
        ad, before = records.get(SUBJECTS, "ad"), records.get(DECISIONS, approval.id)
    assert ad is not None
    assert ad.approvals == ()
    assert before is not None
    assert (before.state, before.bound_to) == (DecisionState.SUPERSEDED, approval.bound_to)
    assert is_sound(world)


def test_a_decision_on_an_advertiser_is_no_approval_of_an_ad(quick_world: World) -> None:
    world = quick_world
    recorded(world, "ad")
    assert world.issued(ACME, FINE).bound_to == ""


def test_an_ad_that_is_edited_after_it_was_proposed_is_not_approved(quick_world: World) -> None:
    world = quick_world
    recorded(world, "ad")
    row = world.proposed("ad", FINE)
    recorded(world, "ad", "c")
    with pytest.raises(ConflictError, match="what it rests on has changed"):
        decisions.issue(world.house, world.who(Role.REVIEWER), row.id)


def test_who_alters_what_was_approved_is_found(quick_world: World) -> None:
    world = quick_world
    approval = approved(world)
    with world.house.records.writing() as records:
        ad, row = records.get(SUBJECTS, "ad"), records.get(DECISIONS, approval.id)
        assert ad is not None
        assert row is not None
        records.put(SUBJECTS, replace(ad, approvals=(Approval(approval.id, digest("c")),)))
        records.put(DECISIONS, replace(row, bound_to=digest("c")))
    found = check_now(world.house, SIGNER.verifier).findings
    assert {item.where for item in found} == {"subject ad", f"decision {approval.id}"}


def test_a_replay_finds_that_another_version_was_on_record(quick_world: World) -> None:
    world = quick_world
    approval = approved(world)
    recorded(world, "second", "c")
    other = world.issued("second", PLAIN)
    with world.house.records.reading() as records:
        entries = list(records.entries())

    def altered(version: str) -> bool:
        pairs: list[tuple[Entry, Part | None]] = [
            (replace(entry, body={**entry.body, "bound_to": version}), None)
            if entry.subject == approval.id and entry.kind == "decision:issued"
            else (entry, part(world, entry))
            for entry in entries
        ]
        found = replay_entries(pairs, approval.id)
        assert found is not None
        return any("version of the ad" in str(flaw) for flaw in found.flaws)

    assert not altered(approval.bound_to)
    assert altered(other.bound_to)
    assert altered("")


def part(world: World, entry: Entry) -> Part | None:
    with world.house.records.reading() as records:
        return part_of_entry(records, entry)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({**subject(OTHER), "creative": digest("a")}, "bad-value"),
        ({**subject(OTHER), "landing": digest("a")}, "bad-value"),
        ({**shown("ad"), "creative": "sha256:abc"}, "bad-value"),
        ({**shown("ad"), "landing": digest("A")}, "bad-value"),
        ({**shown("ad"), "creative": 7}, "wrong-shape"),
    ],
)
def test_what_is_no_digest_of_an_ad_is_refused(
    quick_world: World, content: dict[str, Plain], code: str
) -> None:
    with pytest.raises(RefusedError) as raised:
        record_subject(quick_world.house, quick_world.who(Role.REVIEWER), content)
    assert codes(raised.value) == [code]


def test_what_cannot_be_declared_is_refused(quick_world: World) -> None:
    with pytest.raises(RefusedError) as raised:
        declared(quick_world, "forget")
    assert codes(raised.value) == ["bad-value"]
