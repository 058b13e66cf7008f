"""Claims that are read once for several packages give each of them what it would get by itself."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How
from adjudge.bulk.run import write_outcomes
from adjudge.bulk.shared import sharing
from adjudge.facts.vocabulary import Fact
from adjudge.language.package import Package
from tests.rooms.bulk.small import RULES, claim, data, many, of_parts, package

STRICTER = {
    "beer": RULES["beer"],
    "big": ("advertiser", "advertiser.staff >= 3"),
    "rated": ("advertiser", "advertiser.rating < 4.5 && has(advertiser.licences)"),
}
PART = {"staff": ("advertiser", "advertiser.staff >= 3")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    subjects, claims = many(40)
    more = [claim(800 + n, f"a-{n:04d}", "advertiser.rating", Decimal(n) / 8) for n in range(0, 40, 3)]
    listed = [claim(900 + n, f"a-{n:04d}", "advertiser.licences", "beer") for n in range(0, 40, 2)]
    return data(tmp_path / "data", subjects, [*claims, *more, *listed])


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("part-*")}


def compared(folder: Path, tmp_path: Path, together: list[Package], asked: list[Package]) -> None:
    """Each of the packages that are asked about, both ways; claims are read for those that come together."""
    log, work = ProblemLog(), tmp_path / "work"
    work.mkdir()
    with sharing([Asked(data=folder, package=item) for item in together], work, log, How()) as shared:
        assert shared is not None, log.problems
        for number, item in enumerate(asked):
            question = Asked(data=folder, package=item, pairs=True)
            found = shared.write(question, tmp_path / f"shared-{number}", log)
            alone = write_outcomes(question, tmp_path / f"alone-{number}", log)
            assert found is not None
            assert alone is not None
            assert parts(tmp_path / f"shared-{number}") == parts(tmp_path / f"alone-{number}")
            assert found.rules == alone.rules
            assert (found.referred, found.failures) == (alone.referred, alone.failures)


def test_packages_that_share_claims_get_what_each_would_get_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_parts(16, monkeypatch.setattr)

    def never(*_: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr("adjudge.bulk.shared.write_outcomes", never)
        compared(
            folder, tmp_path, [package(), package(STRICTER)], [package(), package(STRICTER), package(PART)]
        )


def test_a_package_that_asks_more_is_evaluated_by_itself(folder: Path, tmp_path: Path) -> None:
    compared(
        folder,
        tmp_path,
        [package(PART)],
        [package(), package({"big": ("advertiser", "advertiser.staff > 7")})],
    )


def test_a_fact_that_is_declared_otherwise_is_not_shared(folder: Path, tmp_path: Path) -> None:
    first = package()
    facts = dict(first.vocabulary.facts)
    name = next(name for name in facts if name == "advertiser.staff")
    facts[name] = _complete(facts[name])
    other = replace(first, vocabulary=replace(first.vocabulary, facts=facts))
    compared(folder, tmp_path, [first, other], [first, other])


def _complete(fact: Fact) -> Fact:
    return replace(fact, complete=True)


def test_what_is_wrong_with_the_data_is_said_once_and_nothing_is_shared(folder: Path, tmp_path: Path) -> None:
    (folder / "claims.parquet").write_bytes(b"")
    log = ProblemLog()
    with sharing([Asked(data=folder, package=package())], tmp_path, log, How()) as shared:
        assert shared is None
    assert {problem.code for problem in log.problems} == {"altered-data"}
