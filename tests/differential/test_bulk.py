"""The bulk engine against `adjudge.spec`: verdicts, pairs, measures, referral and errors, on generated cases."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from adjudge.engines.bulk import classes, direct, engine, evaluation, outcomes, packing, settling, signatures
from adjudge.engines.bulk.engine import outcomes as by_bulk
from adjudge.engines.bulk.settling import Rows
from adjudge.facts.claim import Claim
from adjudge.facts.settle import Evidence, live
from adjudge.facts.value import Value
from adjudge.outcome import Outcome, agree
from adjudge.spec.resolve import outcomes as by_spec
from tests.differential.test_point import SETS, questions

PARTS = 4


def differing(seed: str) -> Iterator[tuple[int, Outcome, Outcome]]:
    """The number of each case of a seed in which the two differ, and what they found."""
    for number, question in enumerate(questions(seed)):
        asked = (question.package, question.claims, question.subjects)
        valid_at, known_at, territory = question.valid_at, question.known_at, question.territory
        one = by_bulk(*asked, valid_at=valid_at, known_at=known_at, territory=territory)
        other = by_spec(*asked, valid_at=valid_at, known_at=known_at, territory=territory)
        assert [item.subject for item in one] == [item.subject for item in other]
        yield from ((number, a, b) for a, b in zip(one, other, strict=True) if not agree(a, b))


@pytest.mark.parametrize("part", range(PARTS))
def test_the_bulk_engine_agrees_with_the_spec_on_ten_thousand_cases(part: int) -> None:
    for number in range(part, 500, PARTS):
        assert not list(differing(f"bulk {number}")), f"bulk {number}"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_the_bulk_engine_agrees_with_the_spec_on_a_hundred_thousand_cases(part: int) -> None:
    for number in range(part, 5_000, 20):
        assert not list(differing(f"bulk, many {number}")), f"bulk, many {number}"


def cases_until_found(most: int = 500) -> int:
    """How many cases it takes until a planted bug shows."""
    for number in range(most):
        for case, _, _ in differing(f"planted {number}"):
            return number * (SETS + 1) + case + 1
    pytest.fail("the planted bug was not found")


def test_a_corroboration_by_one_origin_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_any(*arguments: npt.NDArray[np.uint64]) -> Rows:
        keys, _, ends, weights = arguments[:4]
        before = np.maximum(ends.astype(np.int64) - 1, 0)
        found = (weights == 2) & (keys[before] == keys[ends]) & (before < ends)
        return np.flatnonzero(found)

    monkeypatch.setattr(settling, "_corroborated", by_any)
    assert cases_until_found() < 5_000


def test_a_corroboration_that_is_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "_corroborated", lambda *_: np.zeros(0, np.int64))
    assert cases_until_found() < 5_000


def test_an_interval_that_includes_its_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_end(claims: tuple[Claim, ...], valid_at: object, known_at: object) -> list[Claim]:
        at_end = [c for c in claims if c.holds.end == valid_at and c.recorded_at <= known_at]  # type: ignore[operator]  # instants
        return [*live(claims, valid_at, known_at), *at_end]  # type: ignore[arg-type]  # instants

    monkeypatch.setattr(engine, "live", with_end)
    assert cases_until_found() < 5_000


def test_constants_that_are_put_together_with_other_values_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes.Classes, "_is_constant", lambda *_: False)
    monkeypatch.setattr(classes, "_see", lambda *_: None)
    assert cases_until_found() < 10_000


def test_denials_that_a_number_of_evidence_forgets_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = signatures.FactEntries.evidence

    def without_denials(self: signatures.FactEntries, run: int, value_of: object) -> Evidence:
        found = honest(self, run, value_of)  # type: ignore[arg-type]  # handed through
        return Evidence(found.asserted, dict[Value, int](), found.none, found.strongest)

    monkeypatch.setattr(signatures.FactEntries, "evidence", without_denials)
    assert cases_until_found() < 2_000


def test_a_negation_that_only_swaps_the_halves_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = np.array([(word >> 5) | ((word & 31) << 5) for word in range(1024)], np.uint16)
    monkeypatch.setattr(evaluation, "NOT", swapped)
    assert cases_until_found() < 1_000


def test_an_exception_in_dispute_that_is_ignored_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ignoring = np.array([packing.MET, packing.MET, packing.EXCEPTED], np.uint8)
    monkeypatch.setattr(packing, "_AFTER_LIFT", ignoring)
    assert cases_until_found() < 5_000


def test_a_measure_that_gives_way_to_none_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_met(self: outcomes.Consequences, met: list[npt.NDArray[np.bool_]]) -> list[object]:
        rules = self._plan.rules
        return [flags if rule.measure is not None else None for rule, flags in zip(rules, met, strict=True)]

    monkeypatch.setattr(outcomes.Consequences, "measures", all_met)
    assert cases_until_found() < 5_000


def test_values_that_oppose_an_atom_and_are_forgotten_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_self: direct.Direct, entry: object, _errs: object) -> npt.NDArray[np.uint16]:
        return np.full_like(entry.class_, 1023, np.uint16)  # type: ignore[attr-defined]  # the table's rows

    monkeypatch.setattr(direct.Direct, "_opposing", nothing)
    assert cases_until_found() < 5_000


def test_a_quantifier_over_an_open_fact_that_takes_it_as_closed_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(direct.Direct, "_closed", lambda _self, found, _runs: found)
    assert cases_until_found() < 5_000


def test_a_denied_constant_that_is_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct.Direct, "_denial", lambda _self, runs: np.zeros(len(runs.starts), np.uint8))
    assert cases_until_found() < 5_000
