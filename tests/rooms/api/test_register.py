"""The public register: everybody sees how rules are applied, and nobody sees to whom."""

from adjudge.basis.ids import RuleId
from adjudge.institution.deciding.decisions import confirm, issue, propose
from adjudge.matters.proposal import Proposal
from adjudge.records.shelf import DECISIONS, SHELVES
from tests.rooms.api.calls import stranger, told
from tests.rooms.desk.hearings import PROPOSAL, SUBJECT, assigned, issued
from tests.sites import Site

NAMED = ("subject", "claim", "document", "matter", "person", "appeal", "message", "notice")


def reversed_on_appeal(site: Site) -> tuple[str, str]:
    """A decision that was reversed on appeal, and the one that took its place."""
    appeal = assigned(site)
    proposal = Proposal(
        reason="It was wrong.",
        instead={RuleId(rule): None for rule in rules_of(site, appeal.decision)},
        why_departing="The exception holds.",
        appeal=appeal.id,
        replies={point.id: "You are right." for point in appeal.points},
    )
    house = site.house
    row = propose(house, site.actor("appeals"), appeal.matter, SUBJECT, proposal)
    confirm(house, site.actor("third"), row.id, row.digest, "I have read it")
    return appeal.decision, issue(house, site.actor("appeals"), row.id).id


def rules_of(site: Site, decision: str) -> tuple[str, ...]:
    with site.house.records.reading() as records:
        row = records.get(DECISIONS, decision)
    assert row is not None
    return row.rules


def test_everybody_sees_what_was_decided_and_by_which_rule(site: Site) -> None:
    row = issued(site)
    (found,) = told(stranger().get("/register"))["items"]
    assert found == told(stranger().get(f"/register/{row.id}"))
    assert (found["policy"], found["package"], found["state"]) == ("ads-standard", row.package, "issued")
    assert found["rules"] == [*row.rules]
    (measure,) = found["measures"]
    assert (measure["kind"], measure["state"]) == ("exclude", "in_effect")


def test_what_became_of_a_decision_is_told_too(site: Site) -> None:
    before, after = reversed_on_appeal(site)
    found = told(stranger().get(f"/register/{before}"))
    assert (found["state"], found["superseded_by"]) == ("superseded", after)
    assert [(item["outcome"], item["decision"]) for item in found["appeals"]] == [("reversed", after)]
    assert [item["state"] for item in found["measures"]] == ["is_lifted"]
    later = told(stranger().get(f"/register/{after}"))
    assert (later["supersedes"], later["measures"], later["appeals"]) == (before, [], [])


def test_nothing_names_whom_it_is_about_or_who_wrote_what(site: Site) -> None:
    reversed_on_appeal(site)
    text = stranger().get("/register").content.decode()
    with site.house.records.reading() as records:
        rows = [row for shelf in SHELVES if shelf.name in NAMED for row in records.find(shelf)]
        decisions = records.find(DECISIONS)
    assert not [row.id for row in rows if f'"{row.id}"' in text]
    words = [word for row in decisions for word in (*row.proposal.values(), row.digest, row.reason)]
    words += [word for row in decisions for word in row.statement.values()]
    words += [person.name for person in site.people.values()]
    assert not [word for word in words if isinstance(word, str) and word and word in text]


def test_what_is_only_proposed_is_not_in_the_register(site: Site) -> None:
    row = propose(site.house, site.actor("reviewer"), site.matter.id, SUBJECT, PROPOSAL)
    assert told(stranger().get("/register")) == {"items": [], "next": None}
    assert stranger().get(f"/register/{row.id}").status_code == 404


def test_the_register_is_narrowed_by_what_is_asked(site: Site) -> None:
    row = issued(site)
    for query, count in {
        "policy=ads-standard": 1,
        "policy=another": 0,
        f"rule={row.rules[0]}": 1,
        "rule=another": 0,
        "kind=exclude": 1,
        "kind=label": 0,
        "since=2026-01-01": 1,
        "since=2027-01-01": 0,
    }.items():
        assert len(told(stranger().get(f"/register?{query}"))["items"]) == count, query
    assert stranger().get("/register?subject=ad-antivirus").status_code == 422


def test_the_register_comes_in_parts(site: Site) -> None:
    before, after = reversed_on_appeal(site)
    first = told(stranger().get("/register?limit=1"))
    second = told(stranger().get(f"/register?limit=1&cursor={first['next']}"))
    assert [item["id"] for page in (first, second) for item in page["items"]] == [before, after]
