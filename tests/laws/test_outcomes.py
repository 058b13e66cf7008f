"""What a verdict can lead to, what time can change, and that nothing else decides. LANGUAGE.md 4, 5, 7."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

from adjudge.app.exchange import answer_line
from adjudge.basis.ids import ClaimId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import is_live
from adjudge.language.core import facts_of
from adjudge.language.package import latest
from adjudge.outcome import Verdict
from adjudge.spec.resolve import outcomes
from tests.laws.asking import CASES, answers, asked, question_of, with_claims

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def test_no_verdict_but_met_yields_a_measure() -> None:
    seen = 0
    for number in CASES:
        for outcome in answers(asked(number)[1]):
            verdicts = {item.rule: item.verdict for item in outcome.rules}
            for rule, _ in outcome.measures:
                assert verdicts[rule] is Verdict.MET
                seen += 1
    assert seen > 300


def test_unknown_never_yields_a_measure_and_a_met_rule_yields_its_own_unless_another_prevails() -> None:
    for number in CASES:
        _, question = asked(number)
        rules = {rule.id: rule for rule in question.package.rules}
        for outcome in answers(question):
            applied = dict(outcome.measures)
            met = [item.rule for item in outcome.rules if item.verdict is Verdict.MET]
            lifted = {other for rule in met for other in (*rules[rule].overrides, *rules[rule].exempts)}
            for item in outcome.rules:
                measure = rules[item.rule].measure
                expected = item.verdict is Verdict.MET and measure is not None and item.rule not in lifted
                assert (item.rule in applied) is expected
                if item.pair == (0, 0):
                    assert item.verdict is Verdict.UNKNOWN
                    assert item.rule not in applied


def test_a_claim_recorded_after_the_known_time_changes_nothing() -> None:
    for number in CASES:
        _, question = asked(number)
        later = Instant(question.known_at.nanos + 1)
        known = [claim for claim in question.claims if claim.recorded_at <= question.known_at]
        noise = [
            dataclasses.replace(
                claim, id=ClaimId(f"later-{claim.id}"), weight=5, recorded_at=later, withdrawn_at=None
            )
            for claim in known
        ]
        expected = answers(question)
        assert answers(with_claims(question, known)) == expected
        assert answers(with_claims(question, [*question.claims, *noise])) == expected


def test_a_withdrawal_after_the_known_time_changes_nothing_and_one_by_then_removes_the_claim() -> None:
    for number in CASES:
        _, question = asked(number)
        at, after = question.known_at, Instant(question.known_at.nanos + 1)
        standing = [claim for claim in question.claims if claim.withdrawn_at is None]
        kept = [dataclasses.replace(claim, withdrawn_at=after) for claim in standing]
        gone = [dataclasses.replace(claim, withdrawn_at=at) for claim in standing]
        assert answers(with_claims(question, kept)) == answers(with_claims(question, standing))
        assert answers(with_claims(question, gone)) == answers(with_claims(question, []))


def test_a_package_published_after_the_known_time_contributes_no_rules() -> None:
    for number in CASES:
        _, question = asked(number)
        later = dataclasses.replace(
            question.package, version="2", published_at=Instant(question.known_at.nanos + 1)
        )
        for outcome in answers(dataclasses.replace(question, package=later)):
            assert outcome.rules == ()
            assert outcome.measures == ()
            assert not outcome.referred
        for packages in ([question.package, later], [later, question.package]):
            assert latest(packages, question.known_at) == latest([question.package], question.known_at)


def test_an_exception_never_applies_without_its_rule() -> None:
    excepted = 0
    for number in CASES:
        _, question = asked(number)
        bare = dataclasses.replace(
            question.package,
            rules=tuple(dataclasses.replace(rule, unless=()) for rule in question.package.rules),
        )
        without = {
            (outcome.subject, item.rule): item
            for outcome in answers(dataclasses.replace(question, package=bare))
            for item in outcome.rules
        }
        for outcome in answers(question):
            for item in outcome.rules:
                same = without[outcome.subject, item.rule]
                assert same.pair == item.pair
                if same.verdict is not Verdict.MET:
                    assert item.verdict is same.verdict
                else:
                    assert item.verdict in {Verdict.MET, Verdict.EXCEPTED, Verdict.CONTESTED}
                excepted += item.verdict is Verdict.EXCEPTED
    assert excepted > 20


def test_a_measure_rests_on_a_live_claim_or_on_the_silence_of_a_complete_fact() -> None:
    """A rule that is met without either is one that lint refuses (6.5): it is met over no claims too."""
    for number in CASES:
        _, question = asked(number)
        rules = {rule.id: rule for rule in question.package.rules}
        silent = {outcome.subject: outcome for outcome in answers(with_claims(question, []))}
        for outcome in answers(question):
            for rule_id, _ in outcome.measures:
                facts = facts_of(rules[rule_id].when.core)
                claimed = any(
                    claim.fact in facts and is_live(claim, question.valid_at, question.known_at)
                    for claim in question.claims
                )
                complete = any(question.package.vocabulary.facts[fact].complete for fact in facts)
                if not claimed and not complete:
                    without = silent[outcome.subject].of(rule_id)
                    assert without is not None
                    assert without.pair == (5, 0)


def test_a_rule_out_of_force_or_out_of_place_is_not_listed() -> None:
    for number in CASES:
        _, question = asked(number)
        for outcome in answers(question):
            listed = {item.rule for item in outcome.rules}
            for rule in question.package.rules:
                if not rule.in_force.holds(question.valid_at):
                    assert rule.id not in listed
                if question.territory and rule.territory and question.territory not in rule.territory:
                    assert rule.id not in listed


def test_a_territory_only_leaves_rules_out() -> None:
    for number in CASES:
        _, question = asked(number)
        everywhere = {
            (outcome.subject, item.rule): item
            for outcome in answers(dataclasses.replace(question, territory=None))
            for item in outcome.rules
        }
        for outcome in answers(question):
            for item in outcome.rules:
                assert everywhere[outcome.subject, item.rule] == item


def test_subjects_do_not_depend_on_each_other() -> None:
    for number in CASES:
        _, question = asked(number)
        together = answers(question)
        apart = [
            outcome
            for subject in sorted(question.subjects, key=lambda item: item.id)
            for outcome in answers(dataclasses.replace(question, subjects=(subject,)))
        ]
        assert together == apart


def test_the_same_line_gives_the_same_bytes_on_every_run() -> None:
    """In processes with other hash seeds, since sets are ordered by them."""
    lines = [asked(number)[0].line() for number in CASES[:150]]
    program = (
        "import json, sys\n"
        "from adjudge.app.exchange import answer_line\n"
        "from adjudge.spec.resolve import outcomes\n"
        "for line in sys.stdin:\n"
        "    print(json.dumps(answer_line(line, outcomes)))\n"
    )
    ours = "".join(json.dumps(answer_line(line, outcomes)) + "\n" for line in lines)
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input="\n".join(lines) + "\n",
            capture_output=True,
            text=True,
            check=True,
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        assert done.stdout == ours


def test_reading_a_line_twice_gives_the_same_question() -> None:
    for number in CASES[:300]:
        case, question = asked(number)
        assert question_of(case.line()) == question
