"""Two who do the same thing at the same time, each in a process of its own: one of them wins, the other one is told."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from tests.journeys.institution.places import Clerk, Place

ROUNDS = 4
"""Each pair meets on so many matters: who is first changes, and so does how far the second one gets."""
LOST = {"ConflictError", "RefusedError"}


@pytest.fixture
def two(place: Place) -> tuple[Clerk, Clerk]:
    """Two clerks of one institution."""
    return place.founded(ROUNDS), place.clerk()


def _race(two: Sequence[Clerk], name: str, *arguments: object) -> tuple[Any, dict[str, str]]:
    """What the winner did, and what the other one was told."""
    for clerk in two:
        clerk.tell(name, *arguments)
    answers = [clerk.answer() for clerk in two]
    won = [answer["done"] for answer in answers if "done" in answer]
    lost = [answer for answer in answers if answer.get("error") in LOST]
    assert (len(won), len(lost)) == (1, 1), answers
    return won[0], lost[0]


def _kinds(clerk: Clerk) -> Counter[str]:
    """What the log says was done how often; everything fits together."""
    checked = clerk.ask("check")
    assert checked["flaws"] == []
    return Counter(kind for kind, _ in checked["entries"])


def test_two_proposals_on_one_subject_do_not_both_wait(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        made, told = _race(two, "propose", number)
        assert told["error"] == "ConflictError"
        assert made in told["message"]
        assert told["hint"]
    assert _kinds(two[0])["decision:proposed"] == ROUNDS


def test_one_person_confirms_a_proposal_once(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        two[0].ask("propose", number)
        _, told = _race(two, "confirm", number)
        assert told["message"] == "you have signed it already"
    assert _kinds(two[0])["decision:confirmed"] == ROUNDS


def test_a_decision_is_issued_once(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        two[0].ask("propose", number)
        two[0].ask("confirm", number)
        _, told = _race(two, "issue", number)
        assert told["message"] == "in the state issued one cannot issue a decision"
        assert "proposed" in told["hint"]
    assert _kinds(two[0])["decision:issued"] == ROUNDS


def test_what_is_returned_is_not_issued_and_what_is_issued_is_not_returned(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        two[0].ask("propose", number)
        two[0].ask("confirm", number)
        two[0].tell("issue", number)
        two[1].tell("give_back", number)
        answers = [clerk.answer() for clerk in two]
        lost = [answer for answer in answers if "error" in answer]
        assert len(lost) == 1, answers
        assert lost[0]["message"].startswith(("in the state issued ", "in the state returned ")), answers
    kinds = _kinds(two[0])
    assert kinds["decision:issued"] + kinds["decision:returned"] == ROUNDS


def test_a_claim_is_discounted_once(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        _, told = _race(two, "discount", number, 2)
        assert told["error"] == "ConflictError"
        assert told["message"].startswith("the claim was withdrawn on ")
    assert _kinds(two[0])["claim:discounted"] == ROUNDS


def test_a_decision_rests_on_no_claim_that_is_discounted_meanwhile(two: tuple[Clerk, Clerk]) -> None:
    """Either the decision comes too late, or the discount reopens what it rests on: never neither."""
    issued = 0
    for number in range(ROUNDS):
        two[0].ask("propose", number)
        two[0].ask("confirm", number)
        two[0].tell("issue", number)
        two[1].tell("discount", number, 1)
        late, discounted = (clerk.answer() for clerk in two)
        assert "done" in discounted, discounted
        issued += "done" in late
        assert late.get("error", "ConflictError") == "ConflictError", late
    assert _kinds(two[0])["matter:reopened"] == issued


def test_a_matter_as_it_was_seen_is_assigned_once(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        _, told = _race(two, "assign", number, 0)
        assert told["error"] == "ConflictError"
        assert "matter:assigned by person:" in told["message"]
    assert _kinds(two[0])["matter:assigned"] == ROUNDS


def test_an_advertiser_has_one_open_matter_at_a_time(two: tuple[Clerk, Clerk]) -> None:
    for number in range(ROUNDS):
        two[0].ask("close", number)
        made, told = _race(two, "open_again", number)
        assert told["error"] == "ConflictError"
        assert made in told["message"]
    assert _kinds(two[0])["matter:opened"] == 2 * ROUNDS


def test_eight_who_do_different_things_leave_a_log_without_gaps(place: Place) -> None:
    clerk = place.founded(8)
    before = clerk.ask("size")
    done = clerk.ask("crowd", list(range(8)))
    kinds = _kinds(clerk)
    assert clerk.ask("size") == before + done == kinds.total()
    assert kinds["decision:issued"] == kinds["claim:withdrawn"] == kinds["matter:evaluated"] == 8
