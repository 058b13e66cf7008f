"""Reach and like cases over tables: what is said over a folder, what the bulk engine says, and what is on record."""

from pathlib import Path

import pytest

from adjudge.answers.answer import Asked
from adjudge.app.changes import load_named
from adjudge.app.population_files import load_population
from adjudge.app.populations import alike_of, reach_of
from adjudge.basis.problem import ProblemLog
from adjudge.engines.bulk.engine import outcomes as by_bulk
from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables import to_population
from adjudge.interchange.tables.from_population import tables_of_population
from adjudge.interchange.tables.layout import CLAIMS
from adjudge.interchange.tables.to_population import is_data, population_of_tables
from adjudge.language.package import MeasureKind, Package
from adjudge.population.model import Population
from adjudge.population.reach import reach
from adjudge.population.view import view_at
from tests.rooms.cli.inside import adjudge
from tests.rooms.synthetic.invented import KNOWN_AT, asked, package, written

ROOT = Path(__file__).resolve().parents[3]
MEDIA = ROOT / "examples" / "populations" / "state-media-2019"
NAMED = f"{ROOT / 'policies' / 'ads-standard'}@2019-08"


def read(folder: Path, of: Package) -> Population:
    log = ProblemLog()
    found = population_of_tables(folder, of.vocabulary, log)
    assert found is not None, log.problems
    return found


@pytest.fixture
def standard() -> Package:
    found = load_named(NAMED, ProblemLog())
    assert found is not None
    return found


@pytest.fixture
def media(tmp_path: Path) -> Path:
    assert tables_of_population(MEDIA, tmp_path / "tables", ProblemLog()) is not None
    return tmp_path / "tables"


def test_reach_and_like_cases_are_those_of_the_folder(media: Path, standard: Package) -> None:
    log = ProblemLog()
    folder, tables = load_population(MEDIA, log), read(media, standard)
    assert folder is not None
    assert tables.file.as_of == folder.file.as_of
    question = Asked(valid_at=folder.file.as_of, known_at=folder.file.as_of, territory=None)
    for rule in standard.in_force(question.valid_at, question.known_at, None):
        if rule.subject is not Kind.ADVERTISER:
            continue
        wanted = reach_of(folder, standard, question, str(rule.id), log)
        found = reach_of(tables, standard, question, str(rule.id), log)
        assert wanted is not None
        assert found is not None
        assert [(row.subject, row.outcome) for row in found.reach.rows] == [
            (row.subject, row.outcome) for row in wanted.reach.rows
        ]
    like = [alike_of(item, standard, question, ("rt", None), log) for item in (folder, tables)]
    assert all(item is not None for item in like)
    assert [str(item.alike.groups) for item in like if item] != [""]


def test_it_is_what_the_bulk_engine_says(tmp_path: Path) -> None:
    data = written(tmp_path / "data", subjects=200, claims=4_000)
    population, of = read(data, package()), package()
    view = view_at(population, KNOWN_AT, KNOWN_AT)
    found = {
        outcome.subject: outcome
        for outcome in by_bulk(
            of, population.claims, population.subjects, valid_at=KNOWN_AT, known_at=KNOWN_AT, territory=None
        )
    }
    for rule in of.rules:
        rows = reach(of, rule, view).rows
        assert rows
        for row in rows:
            other = found[row.subject.id].of(rule.id)
            assert other is not None
            assert (row.outcome.verdict, row.outcome.pair) == (other.verdict, other.pair)


def test_what_is_on_record_is_told_of_each_that_has_a_decision(tmp_path: Path) -> None:
    data = written(tmp_path / "data", subjects=200, claims=4_000)
    population = read(data, package())
    query = (
        'SELECT d.subject, count(m.id), count(coalesce(m.lifted_at, m."end")) FROM {decisions} d '
        "LEFT JOIN {measures} m ON m.decision = d.id WHERE d.in_force GROUP BY d.subject"
    )
    rows = asked(data, query)
    assert {str(name) for name in population.decisions} == {row[0] for row in rows}
    for subject, measures, ended in rows:
        decided = next(item for item in population.decisions.values() if item.subject == subject)
        assert bool(decided.measures) == bool(measures)
        assert (decided.until is not None) == bool(measures and measures == ended)
        assert decided.since is not None
        assert set(decided.measures) <= {MeasureKind.SUSPEND, MeasureKind.LABEL}


def test_the_command_takes_tables_and_says_what_is_wrong_with_them(media: Path) -> None:
    line = ("reach", NAMED, "--population", media, "--rule", "state-controlled-media")
    done = adjudge(*line)
    assert done.returncode == 0, done.stderr
    assert "It reaches 3 of 15 advertisers." in done.stdout
    done = adjudge("alike", NAMED, "--population", media, "--subject", "rt")
    assert done.returncode == 0, done.stderr
    (media / CLAIMS.file).write_bytes((media / CLAIMS.file).read_bytes()[:-100])
    done = adjudge(*line)
    assert done.returncode == 2
    assert "altered-data" in done.stderr


def test_too_many_claims_are_refused_with_where_to_ask(
    media: Path, standard: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_population, "MOST_CLAIMS", 3)
    log = ProblemLog()
    assert is_data(media)
    assert population_of_tables(media, standard.vocabulary, log) is None
    assert [problem.code for problem in log.problems] == ["too-many-claims"]
    assert "adjudge bulk" in str(log.problems[0].hint)
