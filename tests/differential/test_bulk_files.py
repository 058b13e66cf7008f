"""Folders of outcomes against `adjudge.spec`: data on disk to verdicts, pairs, measures, referral and errors."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from adjudge.basis.ids import ClaimId, SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, Written
from adjudge.bulk.run import write_outcomes
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Kind
from adjudge.outcome import Outcome
from adjudge.spec.resolve import outcomes as by_spec
from tests.differential.test_point import questions
from tests.generators.data_folders import write_data
from tests.rooms.bulk.small import of_parts
from tests.turns import some_of

PARTS = 4
Row = tuple[dict[str, str], frozenset[str], bool, bool, dict[str, int]]
"""Verdicts by rule, rules whose measures apply, referred, failed, pairs by rule."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """The cases of one package side by side: each has its subjects and claims under names of its own."""

    subjects: tuple[Subject, ...]
    claims: tuple[Claim, ...]
    asked: tuple[Subject, ...]


def rows_of(folder: Path, written: Written) -> dict[str, Row]:
    """The outcomes of a folder by subject, decoded as the documentation says, with nothing of ours."""
    found = {}
    connection = duckdb.connect()
    cursor = connection.execute("SELECT * FROM read_parquet(?)", [f"{folder}/part-*.parquet"])
    names = [str(column[0]) for column in cursor.description]
    for cells in cursor.fetchall():
        row = dict(zip(names, cells, strict=True))
        found[row["subject"]] = _decoded(row, written)
    connection.close()
    return found


def _decoded(row: dict[str, object], written: Written) -> Row:
    verdicts, measures, pairs = {}, set(), {}
    for number, rule in enumerate(written.rules):
        word = int(str(row[f"verdicts_{number // 20}"])) >> (3 * (number % 20)) & 7
        if word == 7:
            assert rule.subject.value != row["kind"]
            continue
        verdicts[str(rule.rule)] = VERDICTS[word].value
        if int(str(row[f"measures_{number // 64}"])) >> (number % 64) & 1:
            measures.add(str(rule.rule))
        if written.pairs:
            pairs[str(rule.rule)] = int(str(row[f"pair_{number}"]))
    return verdicts, frozenset(measures), row["referred"] is True, row["failed"] is True, pairs


def row_of(outcome: Outcome) -> Row:
    """What the spec found, in the same form."""
    return (
        {str(item.rule): item.verdict.value for item in outcome.rules},
        frozenset(str(rule) for rule, _ in outcome.measures),
        outcome.referred,
        any(item.failures for item in outcome.rules),
        {str(item.rule): 10 * item.pair.for_ + item.pair.against for item in outcome.rules},
    )


def everybody(sets: list[tuple[tuple[Subject, ...], tuple[Claim, ...]]]) -> Everybody:
    """Cases under names of their own; advertisers that only an ad names are there too."""
    subjects, said, asked = dict[str, Subject](), list[Claim](), list[Subject]()
    for number, (given, claimed) in enumerate(sets):
        for subject in given:
            owner = SubjectId(f"{number}-{subject.advertiser}") if subject.advertiser else None
            renamed = replace(subject, id=SubjectId(f"{number}-{subject.id}"), advertiser=owner)
            asked.append(renamed)
            subjects[renamed.id] = renamed
            if owner is not None:
                subjects.setdefault(owner, Subject(id=owner, kind=Kind.ADVERTISER))
        for claim in claimed:
            ids = {"id": ClaimId(f"{number}-{claim.id}"), "subject": SubjectId(f"{number}-{claim.subject}")}
            said.append(replace(claim, **ids))  # type: ignore[arg-type]  # each of its type
    return Everybody(tuple(subjects.values()), tuple(said), tuple(asked))


def differing(seed: str, folder: Path) -> Iterator[tuple[str, Row, Row]]:
    """Whom the two find unlike, of the cases of a seed."""
    cases = list(questions(seed))
    first = cases[0]
    all_of_them = everybody([(case.subjects, case.claims) for case in cases])
    data = write_data(
        folder / "data", all_of_them.subjects, all_of_them.claims, first.package.vocabulary, first.known_at
    )
    log = ProblemLog()
    asked = Asked(
        data=data, package=first.package, valid_at=first.valid_at, territory=first.territory, pairs=True
    )
    written = write_outcomes(asked, folder / "out", log)
    assert written is not None, log.problems
    found = rows_of(folder / "out", written)
    expected = by_spec(
        first.package,
        all_of_them.claims,
        all_of_them.asked,
        valid_at=first.valid_at,
        known_at=first.known_at,
        territory=first.territory,
    )
    assert written.subjects == len(all_of_them.subjects) == len(found)
    for outcome in expected:
        if found[outcome.subject] != row_of(outcome):
            yield outcome.subject, found[outcome.subject], row_of(outcome)


@pytest.mark.parametrize("part", some_of(range(PARTS), one_in=2))
def test_folders_of_outcomes_agree_with_the_spec(part: int, tmp_path: Path) -> None:
    for number in range(part, 60, PARTS):
        assert not list(differing(f"files {number}", tmp_path / str(number))), f"files {number}"


def test_parts_of_few_subjects_agree_with_the_spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ads then stand in other parts than their advertisers."""
    of_parts(3, monkeypatch.setattr)
    monkeypatch.setattr("adjudge.bulk.evaluating.AT_ONCE", 4)
    monkeypatch.setattr("adjudge.bulk.evaluating._STEP", 1)
    for number in range(10):
        assert not list(differing(f"small parts {number}", tmp_path / str(number))), f"small parts {number}"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_folders_of_outcomes_agree_with_the_spec(part: int, tmp_path: Path) -> None:
    for number in range(part, 600, PARTS):
        assert not list(differing(f"many files {number}", tmp_path / str(number))), f"many files {number}"
