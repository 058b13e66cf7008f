"""A population as tables: read back it is the same, engines come to the same, and what is not known is not made up."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.app.exchange import Question, read_question
from adjudge.app.on_files import load_policy
from adjudge.app.population_files import load_population
from adjudge.basis.ids import DocumentId, SubjectId
from adjudge.basis.instant import FIRST, Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.shape import Shape
from adjudge.evidence.case import Party
from adjudge.evidence.case_reader import read_parties
from adjudge.evidence.document import Document, Precision, Status
from adjudge.facts.claim import Claim
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.claims import Export
from adjudge.interchange.tables.from_population import last_known, tables_of_population, write_tables
from adjudge.interchange.tables.layout import (
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    MANIFEST,
    MEASURES,
    SUBJECTS,
    TABLES,
)
from adjudge.interchange.tables.manifest import Manifest, manifest_text, read_manifest
from adjudge.interchange.tables.parquet import read_rows
from adjudge.interchange.tables.to_objects import object_of
from adjudge.interchange.tables.validate import validate
from adjudge.language.package import Package
from adjudge.outcome import Outcome
from adjudge.population.batch import by_point
from adjudge.population.model import Population, PopulationFile
from adjudge.population.view import PopulationView, view_of
from tests.generators.cases import seeded_case
from tests.rooms.interchange.exports import exported
from tests.rooms.population.folder import CLAIMS as SHOP_CLAIMS
from tests.rooms.population.folder import POPULATION, claim, write

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((ROOT / "examples" / "populations").iterdir())
SEEDS = range(40)


def loaded(folder: Path) -> Population:
    log = ProblemLog()
    population = load_population(folder, log)
    assert population is not None, log.problems
    return population


def tables(folder: Path, out: Path, known_at: Instant | None = None) -> Manifest:
    log = ProblemLog()
    manifest = tables_of_population(folder, out, log, known_at=known_at)
    assert manifest is not None, log.problems
    assert validate(out, log) is not None
    assert not log.problems
    return manifest


def instant(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


def parties_in(out: Path) -> tuple[Party, ...]:
    log = ProblemLog()
    items = [object_of(row, SUBJECTS, log) for row in read_rows(out / SUBJECTS.file, SUBJECTS)]
    found = read_parties(Shape(log), node_of(list(items), SUBJECTS.file))
    assert not log.problems
    return found


def claims_in(out: Path, vocabulary: Vocabulary) -> list[Claim]:
    return list(Export(out).claims(vocabulary, [str(name) for name in vocabulary.facts]))


def said(claims: Iterable[Claim]) -> list[tuple[object, ...]]:
    """Everything of claims, also what equality leaves out, but for where they stood."""
    ordered = sorted(claims, key=lambda item: item.id)
    return [(item, item.place, item.note, item.weight_reason) for item in ordered]


def view(
    parties: tuple[Party, ...], claims: list[Claim], vocabulary: Vocabulary, at: Instant, known: Instant
) -> PopulationView:
    subjects = [party.subject for party in parties]
    return view_of(subjects, claims, (), vocabulary=vocabulary, valid_at=at, known_at=known)


def outcomes(package: Package, found: PopulationView) -> list[Outcome]:
    return by_point(package, found, None)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_an_example_population_reads_back_as_it_was_written(folder: Path, tmp_path: Path) -> None:
    population = loaded(folder)
    manifest = tables(folder, tmp_path / "out")
    parties, claims = parties_in(tmp_path / "out"), claims_in(tmp_path / "out", population.vocabulary)
    assert parties == tuple(sorted(population.file.parties, key=lambda party: party.subject.id))
    assert said(claims) == said(population.claims)
    named = {item.document for item in population.claims}
    documents = {key: item for key, item in population.documents.items() if key in named}
    assert Export(tmp_path / "out").documents(list(documents)) == documents
    assert {name: manifest.tables[name].rows for name in (SUBJECTS.name, DOCUMENTS.name, CLAIMS.name)} == {
        SUBJECTS.name: len(parties),
        DOCUMENTS.name: len(documents),
        CLAIMS.name: len(claims),
    }


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_every_version_of_the_policy_comes_to_the_same_over_the_tables(folder: Path, tmp_path: Path) -> None:
    population, log = loaded(folder), ProblemLog()
    policy = load_policy(ROOT / "policies" / population.file.policy, log)
    assert policy is not None, log.problems
    known = tables(folder, tmp_path / "out").known_at
    parties, claims = parties_in(tmp_path / "out"), claims_in(tmp_path / "out", population.vocabulary)
    counted = 0
    for at, by in ((population.file.as_of, population.file.as_of), (known, known)):
        wanted = view(population.file.parties, list(population.claims), population.vocabulary, at, by)
        found = view(parties, claims, population.vocabulary, at, by)
        for package in policy.packages:
            assert outcomes(package, found) == outcomes(package, wanted)
            counted += len(found.subjects)
    assert counted >= 2 * len(parties)


def question_of(seed: int) -> Question:
    log = ProblemLog()
    question = read_question(seeded_case(seed).line(), log)
    assert question is not None, log.problems
    return question


def population_of(question: Question) -> Population:
    """A generated case as a population: with the document that its claims need."""
    document = Document(
        id=DocumentId("d"), kind="x", title="T", publisher="P", language="en", precision=Precision.UNKNOWN,
        status=Status.UNVERIFIED, sources=(), summary={},
    )  # fmt: skip
    known = {item.id for item in question.subjects}
    file = PopulationFile(
        id="p", title={}, summary={}, policy="p", as_of=question.valid_at,
        parties=tuple(Party(subject=item, title={}) for item in dict.fromkeys(question.subjects)),
        dimensions=(), documents="d.yaml", claims="c.yaml", decisions="e.yaml",
    )  # fmt: skip
    return Population(
        file=file,
        vocabulary=question.package.vocabulary,
        documents={document.id: document},
        claims=tuple(
            replace(item, document=document.id)
            for item in dict.fromkeys(question.claims)
            if item.subject in known and (item.withdrawn_at is None or item.withdrawn_at >= item.recorded_at)
        ),
        decisions={},
    )


def test_generated_populations_read_back_and_come_to_the_same(tmp_path: Path) -> None:
    claims_seen = outcomes_seen = 0
    for seed in SEEDS:
        question = question_of(seed)
        population, out = population_of(question), tmp_path / str(seed)
        out.mkdir()
        write_tables(population, out)
        log = ProblemLog()
        assert validate(out, log) is not None
        assert not log.problems, (seed, log.problems)
        vocabulary, at, known = population.vocabulary, question.valid_at, question.known_at
        claims = claims_in(out, vocabulary)
        assert said(claims) == said(population.claims), seed
        listed = {party.subject.id for party in population.file.parties}
        parties = tuple(party for party in parties_in(out) if party.subject.id in listed)
        wanted = view(population.file.parties, list(population.claims), vocabulary, at, known)
        found = outcomes(question.package, view(parties, claims, vocabulary, at, known))
        assert found == outcomes(question.package, wanted), seed
        claims_seen, outcomes_seen = claims_seen + len(claims), outcomes_seen + len(found)
    assert claims_seen > 200
    assert outcomes_seen > 40


def test_the_same_population_gives_the_same_bytes_in_whatever_order_its_files_are(tmp_path: Path) -> None:
    tables(write(tmp_path / "one"), tmp_path / "first")
    other = write(tmp_path / "two", claims=SHOP_CLAIMS[::-1], subjects=("eve", "dan", "cyd", "bob", "ann"))
    tables(other, tmp_path / "second")
    for name in (*(table.file for table in TABLES), MANIFEST):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes(), name


def test_decisions_of_which_too_little_is_known_are_counted_and_not_made_up(tmp_path: Path) -> None:
    manifest = tables(write(tmp_path), tmp_path / "out")
    assert manifest.population is not None
    assert manifest.population.decisions_left_out == 3
    assert (manifest.tables[DECISIONS.name].rows, manifest.tables[MEASURES.name].rows) == (0, 0)
    log = ProblemLog()
    assert read_manifest(tmp_path / "out", log) == replace(manifest, policy="")


def test_without_a_time_all_is_in_it_and_with_one_nothing_that_came_later(tmp_path: Path) -> None:
    late = claim("late", "ann", "staff", 12).replace("2020-02-01", "2026-11-21")
    gone = claim("gone", "bob", "staff", 11).replace("2020-02-01", "2020-01-02, withdrawn_at: 2020-04-01")
    folder = write(tmp_path, claims=(*SHOP_CLAIMS, late, gone))
    assert tables(folder, tmp_path / "all").known_at == instant("2026-11-21") == last_known(loaded(folder))
    tables(folder, tmp_path / "early", instant("2020-03-01"))
    tables(folder, tmp_path / "none", FIRST)
    vocabulary = loaded(folder).vocabulary
    every = {str(item.id): item for item in claims_in(tmp_path / "all", vocabulary)}
    assert every["cgone"].withdrawn_at == instant("2020-04-01")
    early = {str(item.id): item for item in claims_in(tmp_path / "early", vocabulary)}
    assert every.keys() - early.keys() == {"clate"}
    assert early["cgone"].withdrawn_at is None
    assert claims_in(tmp_path / "none", vocabulary) == []
    assert not list(read_rows(tmp_path / "none" / DOCUMENTS.file, DOCUMENTS))


def test_whoever_is_named_by_a_claim_or_an_ad_alone_has_a_row_too(tmp_path: Path) -> None:
    shown = POPULATION.replace("[SUBJECTS]", "[{id: poster, kind: ad, advertiser: fay, title: {en: P}}]")
    folder = write(
        tmp_path,
        population=shown.split("dimensions:", 1)[0],
        claims=(claim(1, "gus", "potions", "true"),),
        decisions=(),
    )
    tables(folder, tmp_path / "out")
    rows = [
        (row["id"], row["kind"], row["advertiser"])
        for row in read_rows(tmp_path / "out" / SUBJECTS.file, SUBJECTS)
    ]
    assert rows == [("fay", "advertiser", "fay"), ("gus", "advertiser", "gus"), ("poster", "ad", "fay")]
    assert SubjectId("fay") not in {item.id for item in loaded(folder).subjects}


def test_a_claim_about_an_ad_that_nobody_listed_is_refused_with_its_line(tmp_path: Path) -> None:
    text = claim(9, "poster", "x", "hello").replace("advertiser.x", "ad.text")
    folder, log = write(tmp_path, claims=(text,)), ProblemLog()
    assert tables_of_population(folder, tmp_path / "out", log) is None
    (problem,) = log.problems
    assert (problem.code, problem.span is not None) == ("unknown-subject", True)
    assert not (tmp_path / "out").exists()


def test_a_claim_that_was_withdrawn_before_it_was_recorded_is_refused_with_its_line(tmp_path: Path) -> None:
    text = claim(9, "ann", "staff", 3).replace("2020-02-01", "2020-02-01, withdrawn_at: 2020-01-31")
    log = ProblemLog()
    assert tables_of_population(write(tmp_path, claims=(text,)), tmp_path / "out", log) is None
    (problem,) = log.problems
    assert (problem.code, problem.span is not None) == ("reversed-interval", True)


def test_what_is_wrong_with_the_population_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    log = ProblemLog()
    assert tables_of_population(tmp_path, tmp_path / "out", log) is None
    assert [problem.code for problem in log.problems] == ["not-a-population"]
    assert not (tmp_path / "out").exists()


def test_a_manifest_names_a_log_where_there_is_one_and_is_read_with_and_without(tmp_path: Path) -> None:
    tables(write(tmp_path), tmp_path / "out")
    form = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert "log" not in form
    assert form["population"] == {
        "id": "shops-2020",
        "as_of": "2020-06-01T00:00:00Z",
        "decisions_left_out": 3,
    }
    kept = exported(tmp_path)
    assert json.loads((kept / MANIFEST).read_text("utf-8"))["log"]["checkpoint"]
    for folder in (kept, tmp_path / "out"):
        log = ProblemLog()
        assert read_manifest(folder, log) is not None
        assert not log.problems


@pytest.mark.parametrize("flaw", ["x", {}, {"id": "p", "as_of": "2020-01-01", "decisions_left_out": -1}])
def test_a_manifest_that_says_its_population_wrongly_is_refused(flaw: object, tmp_path: Path) -> None:
    manifest = tables(write(tmp_path), tmp_path / "out")
    form = {**json.loads(manifest_text(manifest)), "population": flaw}
    (tmp_path / "out" / MANIFEST).write_text(json.dumps(form), "utf-8")
    log = ProblemLog()
    assert read_manifest(tmp_path / "out", log) is None
    assert log.problems
