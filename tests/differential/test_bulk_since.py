"""Runs that build on an earlier one against whole runs: whatever changed in between, the same bytes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from adjudge.basis.instant import NANOS, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said
from adjudge.basis.weight import Standard
from adjudge.bulk.model import Asked, How
from adjudge.bulk.run import write_outcomes
from adjudge.facts.claim import Claim, Stance, Subject
from adjudge.language.package import Package
from tests.differential.test_bulk_files import everybody
from tests.differential.test_point import questions
from tests.generators.data_folders import write_data
from tests.rooms.bulk.small import of_parts
from tests.turns import some_of

PARTS = 4
YEAR = 365 * 86_400 * NANOS


@dataclass(frozen=True, slots=True)
class State:
    """What is asked, of whom."""

    subjects: Sequence[Subject]
    claims: Sequence[Claim]
    package: Package
    valid_at: Instant
    known_at: Instant
    territory: str | None
    pairs: bool


def state_of(seed: str) -> State:
    """The cases of a seed side by side."""
    cases = list(questions(seed))
    first, them = cases[0], everybody([(case.subjects, case.claims) for case in cases])
    return State(
        them.subjects, them.claims, first.package, first.valid_at, first.known_at, first.territory, pairs=True
    )


def changed(state: State, luck: random.Random) -> State:
    """As it may have been before: with other claims, subjects, rules, at another time."""
    found = replace(state, claims=[item for claim in state.claims for item in _claims(claim, luck)])
    if luck.random() < 0.3:
        gone = {item.advertiser or item.id for item in state.subjects if luck.random() < 0.1}
        found = replace(found, subjects=[s for s in state.subjects if (s.advertiser or s.id) not in gone])
    if luck.random() < 0.5:
        found = replace(found, package=_package(state.package, luck))
    if luck.random() < 0.3:
        found = replace(found, valid_at=Instant(state.valid_at.nanos + luck.choice((-3, -1, 1)) * YEAR))
    return replace(found, pairs=luck.random() < 0.9, territory=luck.choice((state.territory,) * 4 + (None,)))


def _claims(claim: Claim, luck: random.Random) -> Sequence[Claim]:
    chance = luck.random()
    if chance > 0.06:
        return (claim,)
    if chance > 0.04:
        return ()
    if chance > 0.02:
        return (replace(claim, weight=1 + claim.weight % 5),)
    other = (
        Stance.DENIES
        if claim.stance is Stance.ASSERTS and not hasattr(claim.value, "none")
        else Stance.ASSERTS
    )
    return (replace(claim, stance=other),)


def _package(package: Package, luck: random.Random) -> Package:
    rules = [
        replace(rule, standard=luck.choice(tuple(Standard))) if luck.random() < 0.3 else rule
        for rule in package.rules
        if luck.random() < 0.9
    ]
    return replace(package, rules=tuple(rules) or package.rules)


def written(state: State, data: Path, out: Path, how: How) -> dict[str, bytes] | None:
    """The files of its outcomes; None where the data are refused."""
    log = ProblemLog()
    if not data.exists():
        write_data(data, state.subjects, state.claims, state.package.vocabulary, state.known_at)
    asked = Asked(
        data=data,
        package=state.package,
        valid_at=state.valid_at,
        territory=state.territory,
        pairs=state.pairs,
    )
    if write_outcomes(asked, out, log, how) is None:
        return None
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def compared(seed: str, folder: Path) -> list[str]:
    """Build one on the other and compare; what was remarked, nothing where the earlier data are refused."""
    luck, remarks = random.Random(seed), list[Said]()  # noqa: S311 - a generator of cases
    now = state_of(seed)
    before = changed(now, luck)
    if written(before, folder / "data-before", folder / "before", How()) is None:
        return []
    how = How(since=folder / "before", remark=remarks.append)
    since = written(now, folder / "data", folder / "since", how)
    whole = written(now, folder / "data", folder / "whole", How())
    assert since == whole, seed
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    return [remark.template for remark in remarks]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of few subjects, and however many are touched."""
    of_parts(5, monkeypatch.setattr)
    monkeypatch.setattr("adjudge.bulk.since._MOST", 1)
    for name in ("evidence", "previous"):
        monkeypatch.setattr(f"adjudge.bulk.{name}.FEWEST", 16)


@pytest.mark.parametrize("part", some_of(range(PARTS), one_in=2))
def test_runs_that_build_on_others_write_the_same_bytes(part: int, tmp_path: Path) -> None:
    remarks = [compared(f"since {number}", tmp_path / str(number)) for number in range(part, 40, PARTS)]
    assert sum(bool(item) and item[0].startswith("subjects that") for item in remarks) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_runs_that_build_on_others_write_the_same_bytes(part: int, tmp_path: Path) -> None:
    for number in range(part, 400, PARTS):
        compared(f"many since {number}", tmp_path / str(number))
