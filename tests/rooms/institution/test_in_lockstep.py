"""Any order of acts: the institution does what a model in dictionaries says, and keeps its promises."""

from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from adjudge.errors import AdjudgeError
from adjudge.institution import packages
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.material import claims
from adjudge.institution.record import log, replay
from adjudge.institution.register.mending import mend_register
from adjudge.ledger.verify_log import verify_log
from adjudge.people.role import Role
from adjudge.records.rows import ClaimRow, DecisionRow, MatterRow
from adjudge.records.shelf import DECISIONS, MATTERS, MEASURES
from tests.databases import DATABASES, KINDS
from tests.rooms.institution.conftest import FreshWorld
from tests.rooms.institution.drivers import SIGNER, approved
from tests.rooms.institution.model import OK, SEVEREST, Model
from tests.rooms.institution.queue_rows import queue_of
from tests.rooms.institution.world import EXCLUDING, RULES, World

ADS = ("a", "b")
ROLES = ("reviewer", "proposer", "both")
"""Who may propose; `both` is a second reviewer and legal too."""
QUICK = settings(
    max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
WHOLE = settings(QUICK, max_examples=150, stateful_step_count=60)


class Institution(RuleBasedStateMachine):
    """The two beside each other."""

    recorded = Bundle("recorded")
    proposed = Bundle("proposed")

    def __init__(self, fresh_world: FreshWorld, kind: str) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.world: World = self.stack.enter_context(fresh_world(kind))
        self.world.join("both", Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL)
        for ad in ADS:
            self.world.ad(ad)
        self.id = self.world.matter().id
        self.model = Model()

    def teardown(self) -> None:
        try:
            self._the_log_verifies()
            self._every_decision_is_made_again()
        finally:
            self.stack.close()

    # --- acts ---

    @rule(target=recorded, ad=st.sampled_from(ADS), fact=st.sampled_from(SEVEREST))
    def record(self, ad: str, fact: str) -> str:
        row = self.world.claim(ad, fact)
        self.model.record(row.id, ad, fact)
        return row.id

    @rule(claim=recorded)
    def withdraw(self, claim: str) -> None:
        who = self.world.who("reviewer")
        done = self._both(
            self.model.may_withdraw(claim),
            lambda: claims.withdraw_claim(self.world.house, who, claim, "another ad"),
        )
        if done is not None:
            self.model.withdraw(claim)

    @rule(target=recorded, claim=recorded, weight=st.sampled_from([1, 4, 5]))
    def discount(self, claim: str, weight: int) -> object:
        expected = self.model.may_discount(claim) if weight == 1 else "RefusedError"
        who = self.world.who("legal")
        done = self._both(
            expected, lambda: claims.discount(self.world.house, who, claim, weight, "hardly seen")
        )
        if not isinstance(done, ClaimRow):
            return multiple()
        self.model.discount(claim, done.id)
        return done.id

    @rule(target=proposed, ad=st.sampled_from(ADS), author=st.sampled_from(ROLES))
    def propose(self, ad: str, author: str) -> object:
        who = self.world.who(author)
        done = self._both(
            self.model.may_propose(ad),
            lambda: decisions.propose(self.world.house, who, self.id, ad, EXCLUDING),
        )
        if not isinstance(done, DecisionRow):
            return multiple()
        self.model.propose(done.id, ad, str(who.person))
        return done.id

    @rule(decision=proposed)
    def give_back(self, decision: str) -> None:
        who = self.world.who("legal")
        done = self._both(
            self.model.may_return(decision),
            lambda: decisions.give_back(self.world.house, who, decision, "no"),
        )
        if done is not None:
            self.model.decisions[decision].state = "returned"

    @rule(decision=proposed, role=st.sampled_from(["second_reviewer", "legal"]), by_both=st.booleans())
    def sign(self, decision: str, role: str, *, by_both: bool) -> None:
        who = self.world.who("both" if by_both else role)
        house = self.world.house
        digest = decisions.read_decision(house, who, decision).digest

        def work() -> object:
            if role == "legal":
                return decisions.sign(house, who, decision, role, digest, reason="lawful")
            return decisions.confirm(house, who, decision, digest, "agreed")

        if self._both(self.model.may_sign(decision, role, str(who.person)), work) is not None:
            self.model.decisions[decision].signed.add((role, str(who.person)))

    @rule(decision=proposed)
    def sign_words_that_changed(self, decision: str) -> None:
        """Whoever signs what is not what is proposed signs nothing."""
        who = self.world.who("second_reviewer")
        with pytest.raises(AdjudgeError):
            decisions.confirm(self.world.house, who, decision, "sha256:" + "0" * 64, "agreed")

    @rule(decision=proposed, who=st.sampled_from(["reviewer", "both", "second_reviewer"]))
    def issue(self, decision: str, who: str) -> None:
        done = self._both(
            self.model.may_issue(decision),
            lambda: decisions.issue(self.world.house, self.world.who(who), decision),
        )
        if isinstance(done, DecisionRow):
            assert done.rules == (
                (self.model.decisions[decision].rule,) if self.model.decisions[decision].rule else ()
            )
            self._rests_on_what_is_claimed(done)
            self.model.issue(decision, done.grounds)

    @rule(target=proposed, ad=st.sampled_from(ADS))
    def automate(self, ad: str) -> object:
        who = self.world.who("service")
        done = self._both(
            self.model.may_automate(ad), lambda: decisions.automate(self.world.house, who, self.id, ad)
        )
        if not isinstance(done, DecisionRow):
            return multiple()
        self._rests_on_what_is_claimed(done)
        self.model.automate(done.id, ad, str(who.person), done.grounds)
        return done.id

    @rule(stale=st.booleans())
    def close(self, *, stale: bool) -> None:
        expected = "ConflictError" if stale else self.model.may_close()
        self._changed(expected, matters.close, "closed", stale=stale)

    @rule(stale=st.booleans())
    def reopen(self, *, stale: bool) -> None:
        self._changed("ConflictError" if stale else OK, matters.reopen, "reopened", stale=stale)

    @rule()
    def evaluate(self) -> None:
        """On record; it decides nothing."""
        if self.model.matter != "closed":
            matters.evaluate_matter(self.world.house, self.world.who("reviewer"), self.id)

    @rule(rules=st.sampled_from([frozenset(SEVEREST), frozenset({"beer", "lottery"}), frozenset({"loud"})]))
    def publish(self, rules: frozenset[str]) -> None:
        digest = approved(
            self.world, str(self.model.version + 1), **{name: RULES[name] for name in sorted(rules)}
        )
        packages.publish(self.world.house, self.world.who("publisher"), digest, None, "from now on")
        self.model.publish(rules)

    @rule()
    def start_again(self) -> None:
        self.world = self.world.reopened()

    # --- what holds at any time ---

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        with self.world.house.records.reading() as records:
            rows = {row.id: row for row in records.find(DECISIONS)}
            matter = records.get(MATTERS, self.id)
            measures = records.find(MEASURES)
        assert {name: row.state.value for name, row in rows.items()} == {
            name: item.state for name, item in self.model.decisions.items()
        }
        assert isinstance(matter, MatterRow)
        assert (matter.state.value, matter.seen) == (self.model.matter, self.model.seen)
        for row in rows.values():
            assert all(item.person != row.author for item in row.signatures), "nobody confirms their own"
        waiting = [row.subject for row in rows.values() if row.state.value == "proposed"]
        assert len(waiting) == len(set(waiting)), "one proposal at a time waits for a subject"
        for measure in measures:
            outcome = rows[measure.decision].outcome["outcome"]
            verdicts = {item["rule"]: item["verdict"] for item in outcome["rules"]}
            assert verdicts[measure.rule] == "met", "no measure without a rule that is met"
            in_force = rows[measure.decision].state.value == "issued"
            assert (measure.lifted_at is None) is in_force

    @invariant()
    def the_queue_is_what_follows(self) -> None:
        row = queue_of(self.world.house)[self.id]
        assert mend_register(self.world.house.records) == 0
        proposed = [item for item in self.model.decisions.values() if item.state == "proposed"]
        assert bool(row.live) is (self.model.matter != "closed" or bool(proposed))
        assert bool(row.on_reviewer or row.on_second_reviewer or row.on_legal) is bool(row.live)

    @invariant()
    def the_log_has_no_gap_and_tells_every_loss_once(self) -> None:
        with self.world.house.records.reading() as records:
            entries = list(records.entries())
            assert [entry.seq for entry in entries] == list(range(records.size()))
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        told = [
            (entry.body["decision"], tuple(map(str, entry.body["fell_away"])))  # type: ignore[arg-type]
            for entry in entries
            if entry.actor == "institution"
        ]
        assert told == self.model.told

    # --- parts ---

    def _both(self, expected: str, work: Callable[[], object]) -> object | None:
        """Have the institution do what the model foretells; None where both refuse, and nothing was written."""
        before = len(self.world.kinds())
        try:
            done, found, told = work(), OK, ""
        except AdjudgeError as error:
            done, found, told = None, type(error).__name__, error.diagnostics()
        assert found == expected, told
        assert (len(self.world.kinds()) == before) is (done is None)
        return done

    def _changed(self, expected: str, work: Callable[..., object], state: str, *, stale: bool) -> None:
        seen = self.model.seen - 1 if stale else self.model.seen
        who = self.world.who("reviewer")
        if (
            self._both(expected, lambda: work(self.world.house, who, self.id, reason="so", seen=seen))
            is not None
        ):
            self.model.change(state)

    def _rests_on_what_is_claimed(self, row: DecisionRow) -> None:
        for claim in row.grounds:
            found = self.model.claims[claim]
            assert (found.ad, found.live, found.weight) == (row.subject, True, 4)
            assert found.fact in row.rules
        assert bool(row.grounds) is bool(row.rules)

    def _the_log_verifies(self) -> None:
        exported = log.Exported(signer=SIGNER)
        file = b"".join(log.export_log(self.world.house, self.world.who("auditor"), exported))
        assert verify_log(BytesIO(file), SIGNER.verifier).is_verified

    def _every_decision_is_made_again(self) -> None:
        for name, item in self.model.decisions.items():
            if item.state in {"issued", "superseded"}:
                assert replay.replay(self.world.house, self.world.who("auditor"), name).same


def _tried(fresh_world: FreshWorld, kind: str, size: settings) -> None:
    factory: Any = lambda: Institution(fresh_world, kind)  # noqa: E731 - it is asked for a class, and calls it
    run_state_machine_as_test(factory, settings=size)


@pytest.mark.parametrize("kind", KINDS)
def test_any_order_of_acts_does_what_the_model_says(kind: str, fresh_world: FreshWorld) -> None:
    _tried(fresh_world, kind, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("kind", DATABASES)
def test_any_long_order_of_acts_does_what_the_model_says(kind: str, fresh_world: FreshWorld) -> None:
    _tried(fresh_world, kind, WHOLE)
