"""A case names the population to compare with, and its notice a reason; what is wrong with either has its place."""

from pathlib import Path

import pytest

from adjudge.app.check import check_path
from adjudge.app.on_files import load_case
from adjudge.basis.problem import Problem, ProblemLog
from tests.rooms.cli.inside import adjudge
from tests.rooms.population.comparing import CASE, NOTICE, loaded, write_case
from tests.rooms.population.folder import VOCABULARY

REASON = "advertiser.potions && advertiser.model == 'paid_by_users'"
CELLARS = """
package: cellars
version: '1'
language: 1
vocabulary: cellars
published_at: 2020-01-01
rules: []
"""


def problems(folder: Path, population: Path | None = None) -> list[Problem]:
    log = ProblemLog()
    assert load_case(folder, log, population=population) is None
    return list(log.problems)


def line_of(problem: Problem) -> str:
    """The line of its file on which a problem stands."""
    assert problem.span is not None
    source = problem.span.source
    return (
        source.text[: problem.span.start].split("\n")[-1] + source.text[problem.span.start :].split("\n")[0]
    )


def test_a_case_carries_the_population_that_it_names(tmp_path: Path) -> None:
    found = loaded(write_case(tmp_path)).population
    assert found is not None
    assert (found.file.id, len(found.subjects)) == ("shops-2020", 5)


def test_a_case_without_a_population_has_none(tmp_path: Path) -> None:
    case = write_case(tmp_path, case=CASE.replace("population: people\n", ""))
    assert loaded(case).population is None


def test_the_nearest_population_of_the_name_is_taken(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    near = case / "populations" / "people"
    near.mkdir(parents=True)
    for path in (tmp_path / "populations" / "people").iterdir():
        (near / path.name).write_text(path.read_text("utf-8").replace("shops-2020", "near"), "utf-8")
    found = loaded(case).population
    assert found is not None
    assert found.file.id == "near"


def test_a_population_that_is_not_there_is_a_problem_where_it_is_named(tmp_path: Path) -> None:
    (found,) = problems(write_case(tmp_path, case=CASE.replace("people", "nobody")))
    assert (found.code, line_of(found)) == ("unknown-population", "population: nobody")
    assert "populations/nobody" in str(found.hint)


@pytest.mark.parametrize("name", ["../people", "a/b", ".", "''", "[people]"])
def test_the_name_of_a_population_is_no_path(tmp_path: Path, name: str) -> None:
    found = problems(write_case(tmp_path, case=CASE.replace("people", name)))
    assert {problem.code for problem in found} <= {"bad-value", "wrong-shape"}
    assert found


def test_a_folder_that_is_given_takes_the_place_of_the_one_that_is_named(tmp_path: Path) -> None:
    case = write_case(tmp_path, case=CASE.replace("people", "nobody"))
    log = ProblemLog()
    found = load_case(case, log, population=tmp_path / "populations" / "people")
    assert found is not None, log.problems
    assert found.population is not None


def test_a_given_folder_that_holds_no_population_is_a_problem(tmp_path: Path) -> None:
    (found,) = problems(write_case(tmp_path), tmp_path)
    assert found.code == "not-a-population"


def test_a_population_that_speaks_another_vocabulary_is_a_problem(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    other = tmp_path / "policies" / "cellars"
    other.mkdir()
    (other / "vocabulary.yaml").write_text(VOCABULARY.replace("vocabulary: shops", "vocabulary: cellars"))
    (other / "1.yaml").write_text(CELLARS)
    people = tmp_path / "populations" / "people" / "population.yaml"
    people.write_text(people.read_text("utf-8").replace("policy: market", "policy: cellars"), "utf-8")
    (found,) = problems(case)
    assert (found.code, line_of(found)) == ("vocabulary-mismatch", "policy: cellars")


def test_an_empty_population_is_a_problem(tmp_path: Path) -> None:
    first, *_ = problems(write_case(tmp_path, subjects=(), claims=(), decisions=()))
    assert (first.code, line_of(first)) == ("empty-population", "subjects: []")


@pytest.mark.parametrize(
    ("reason", "code", "word"),
    [
        ("advertiser.potions &&", "expression-syntax", ""),
        ("advertiser.potion", "unknown-name", "advertiser.potion"),
        ("advertiser.staff", "type-error", "advertiser.staff"),
        ("advertiser.model == 'paid_by_nobody'", "unknown-code", "'paid_by_nobody'"),
        ("ad.text == 'x'", "wrong-subject", "ad"),
        ("[advertiser.potions]", "wrong-shape", "[advertiser.potions]"),
        ("5", "wrong-shape", "5"),
    ],
)
def test_a_reason_that_says_nothing_is_a_problem_at_its_place(
    tmp_path: Path, reason: str, code: str, word: str
) -> None:
    case = write_case(tmp_path, notice=NOTICE.replace(REASON, reason))
    (found,) = problems(case)
    assert found.span is not None
    assert (found.code, Path(found.span.source.name).name) == (code, "notice.yaml")
    assert line_of(found).strip().endswith(reason)
    assert found.span.source.text[found.span.start :].startswith(word)


def test_check_finds_what_is_wrong_with_a_reason_and_with_a_population(tmp_path: Path) -> None:
    case = write_case(
        tmp_path, case=CASE.replace("people", "nobody"), notice=NOTICE.replace(REASON, "advertiser.potion")
    )
    log = ProblemLog()
    check_path(case, log)
    assert {problem.code for problem in log.problems} == {"unknown-name", "unknown-population"}


def test_a_reason_about_an_ad_may_speak_of_ads(tmp_path: Path) -> None:
    case = CASE.replace(
        "title: {en: The shop}}]", "title: {en: The shop}}, {id: ad-1, kind: ad, advertiser: zoe}]"
    )
    notice = NOTICE.replace(REASON, "ad.text == 'x'").replace("to: SUBJECT", "to: SUBJECT\nabout: ad-1")
    assert loaded(write_case(tmp_path, case=case, notice=notice)).case.notice is not None


@pytest.mark.parametrize(("versions", "codes"), [((1, 2), []), ((2,), ["unknown-name"])])
def test_a_reason_must_be_readable_in_every_version_of_the_policy(
    versions: tuple[int, ...], codes: list[str], tmp_path: Path
) -> None:
    """Facts are the same in all; a parameter may be in some only."""
    case = write_case(tmp_path, notice=NOTICE.replace(REASON, "advertiser.staff >= params.many"))
    policy = tmp_path / "policies" / "market"
    first = (policy / "1.yaml").read_text("utf-8")
    texts = {1: first, 2: first.replace("version: '1'", "version: '2'").replace("2020-01-01", "2020-02-01")}
    for version, text in texts.items():
        params = "params: {many: [{value: 10}]}\nrules:" if version in versions else "rules:"
        (policy / f"{version}.yaml").write_text(text.replace("rules:", params, 1), "utf-8")
    log = ProblemLog()
    found = load_case(case, log)
    assert ([problem.code for problem in log.problems], found is None) == (codes, bool(codes))


def test_decide_refuses_a_population_that_is_not_there(tmp_path: Path) -> None:
    done = adjudge("decide", write_case(tmp_path, case=CASE.replace("people", "nobody")))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no population `nobody` was found" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("recourse", "--subject", "zoe"),
        ("explain", "--subject", "zoe", "--rule", "potions"),
        ("examine", "--subject", "zoe", "--case"),
    ],
)
def test_a_command_that_compares_nobody_needs_no_population(command: tuple[str, ...], tmp_path: Path) -> None:
    case = write_case(tmp_path, case=CASE.replace("people", "nobody"))
    name, *more = command
    paths: tuple[str | Path, ...] = (
        (case / "notice.yaml", *more, case) if name == "examine" else (case, *more)
    )
    done = adjudge(name, *paths, "--as-of", "2020-06-01")
    assert done.returncode in {0, 1}, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("command", [("decide",), ("draft", "--subject", "zoe")])
def test_one_that_compares_says_what_is_missing_and_which_option_names_it(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    case = write_case(tmp_path, case=CASE.replace("people", "nobody"))
    done = adjudge(*command, case, "--as-of", "2020-06-01")
    assert done.returncode == 2
    assert "[unknown-population]" in done.stderr
    assert "`decide` and `draft` take another by `--population`" in done.stderr
