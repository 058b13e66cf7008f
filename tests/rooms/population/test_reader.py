"""Population folders: what is read, and everything wrong with one at once."""

import random
from pathlib import Path

import pytest

from adjudge.app.check import check_path
from adjudge.app.population_files import load_population
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.document import Precision
from adjudge.language.package import MeasureKind
from adjudge.population.model import Standing
from tests.rooms.population.comparing import instant
from tests.rooms.population.folder import CLAIMS, DECISIONS, POPULATION, SUBJECTS, claim, write


def codes(folder: Path) -> list[str]:
    log = ProblemLog()
    assert load_population(folder, log) is None
    return [problem.code for problem in log.problems]


def test_a_population_is_read_whole(tmp_path: Path) -> None:
    log = ProblemLog()
    found = load_population(write(tmp_path), log)
    assert not log.problems
    assert found is not None
    assert [str(subject.id) for subject in found.subjects] == list(SUBJECTS)
    assert len(found.claims) == len(CLAIMS)
    decisions = {str(subject): decided.measures for subject, decided in found.decisions.items()}
    assert decisions == {
        "ann": (MeasureKind.NOTIFY, MeasureKind.EXCLUDE),
        "bob": (),
        "dan": (MeasureKind.LIMIT,),
    }


BAD: dict[str, tuple[dict[str, object], list[str]]] = {
    "a policy that is not there": (
        {"population": POPULATION.replace("policy: market", "policy: markt")},
        ["unknown-package"],
    ),
    "nobody in it": ({"subjects": (), "claims": (), "decisions": ()}, ["empty-population", "wrong-subject"]),
    "one named twice": ({"subjects": (*SUBJECTS, "ann")}, ["duplicate-id"]),
    "a decision about somebody else": (
        {"decisions": (DECISIONS[0].replace("ann", "zoe"),)},
        ["unknown-subject"],
    ),
    "two decisions about one": ({"decisions": (DECISIONS[0], DECISIONS[0])}, ["duplicate-id"]),
    "a measure that there is not": ({"decisions": (DECISIONS[2].replace("limit", "ban"),)}, ["bad-word"]),
    "a document that there is not": (
        {"decisions": (DECISIONS[0].replace("register", "letter"),)},
        ["unknown-document"],
    ),
    "a status that there is not": (
        {"decisions": (DECISIONS[1].replace("unverified", "likely"),)},
        ["bad-word"],
    ),
    "a decision that is over before it begins": (
        {"decisions": (DECISIONS[0].replace("document", "until: 2020-02-01, document"),)},
        ["reversed-interval"],
    ),
    "an end and a doubt about it": (
        {"decisions": (DECISIONS[0].replace("document", "until: 2021-02-01, standing: unknown, document"),)},
        ["bad-value"],
    ),
    "a precision that there is not": (
        {"decisions": (DECISIONS[0].replace("document", "precision: week, document"),)},
        ["bad-word"],
    ),
    "a standing that there is not": (
        {"decisions": (DECISIONS[0].replace("document", "standing: maybe, document"),)},
        ["bad-word"],
    ),
    "a claim of no fact": ({"claims": (claim(1, "ann", "mood", "good"),)}, ["unknown-fact"]),
    "a claim of another type": ({"claims": (claim(1, "ann", "potions", "7"),)}, ["bad-value"]),
    "a dimension that is no fact": (
        {"population": POPULATION.replace("advertiser.country", "advertiser.contry")},
        ["unknown-fact"],
    ),
    "a dimension with many values": (
        {"population": POPULATION.replace("advertiser.country", "advertiser.tags")},
        ["many-valued-fact"],
    ),
    "a dimension that nobody has": (
        {"population": POPULATION.replace("advertiser.country", "ad.text")},
        ["wrong-subject"],
    ),
    "bands of a country": (
        {"population": POPULATION.replace("advertiser.staff", "advertiser.country")},
        ["type-error"],
    ),
    "bands in no order": ({"population": POPULATION.replace("[10, 100]", "[100, 10]")}, ["bad-value"]),
    "a key that there is not": ({"population": POPULATION + "size: 5\n"}, ["unknown-key"]),
    "no day": ({"population": POPULATION.replace("as_of: 2020-06-01\n", "")}, ["missing-key"]),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_a_problem(name: str, tmp_path: Path) -> None:
    parts, wanted = BAD[name]
    found = codes(write(tmp_path, **parts))  # type: ignore[arg-type]  # parts by their names
    assert set(found) == set(wanted)


def test_how_exactly_and_how_far_a_decision_is_known_is_read(tmp_path: Path) -> None:
    more = "precision: month, standing: unknown, document"
    log = ProblemLog()
    found = load_population(write(tmp_path, decisions=(DECISIONS[0].replace("document", more),)), log)
    assert found is not None, log.problems
    (ann,) = found.decisions.values()
    assert (ann.precision, ann.standing, ann.until) == (Precision.MONTH, Standing.UNKNOWN, None)


def test_without_a_word_a_day_is_exact_and_a_decision_stands(tmp_path: Path) -> None:
    found = load_population(write(tmp_path), ProblemLog())
    assert found is not None
    ann = next(item for name, item in found.decisions.items() if name == "ann")
    assert (ann.precision, ann.standing, ann.until) == (Precision.DAY, Standing.IN_FORCE, None)


def test_of_a_decision_that_is_over_nothing_is_known_any_more(tmp_path: Path) -> None:
    ended = DECISIONS[0].replace("document", "until: 2020-05-01, document")
    found = load_population(write(tmp_path, decisions=(ended,)), ProblemLog())
    assert found is not None
    (ann,) = found.decisions.values()
    assert [ann.holds(instant(day)) for day in ("2020-02-29", "2020-03-01", "2020-04-30", "2020-05-01")] == [
        False,
        True,
        True,
        False,
    ]


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        population=POPULATION.replace("advertiser.country", "advertiser.contry"),
        subjects=(*SUBJECTS, "bob"),
        claims=(claim(1, "ann", "mood", "good"), claim(2, "ann", "potions", "7")),
        decisions=(DECISIONS[0].replace("ann", "zoe"), DECISIONS[2].replace("limit", "ban")),
    )
    assert sorted(codes(folder)) == [
        "bad-value",
        "bad-word",
        "duplicate-id",
        "unknown-fact",
        "unknown-fact",
        "unknown-subject",
    ]


def test_without_its_policy_the_other_files_are_still_looked_at(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        population=POPULATION.replace("policy: market", "policy: markt"),
        decisions=(DECISIONS[0].replace("ann", "zoe"),),
    )
    assert codes(folder) == ["unknown-package", "unknown-subject"]


def test_a_folder_without_a_population_says_so(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["not-a-population"]
    assert codes(tmp_path / "nowhere") == ["not-a-population"]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "inside")
    outside = tmp_path / "claims.yaml"
    (folder / "claims.yaml").rename(outside)
    (folder / "claims.yaml").symlink_to(outside)
    assert codes(folder) == ["unreadable-file"]


@pytest.mark.parametrize("name", ["", "population.yaml", "decisions.yaml", "claims.yaml", "documents.yaml"])
def test_check_knows_a_population_and_each_of_its_files(name: str, tmp_path: Path) -> None:
    log = ProblemLog()
    checked = check_path(write(tmp_path) / name, log)
    assert [str(item) for item in checked] == ["population people"]
    assert not log.problems
    (tmp_path / "people" / "decisions.yaml").write_text("decisions: [{subject: zoe}]\n", encoding="utf-8")
    check_path(tmp_path / "people" / name, log)
    assert "unknown-subject" in {problem.code for problem in log.problems}


@pytest.mark.parametrize("seed", range(120))
def test_damaged_files_have_problems_and_never_crash(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - seeded damage, no secret
    folder = write(tmp_path)
    path = folder / chance.choice(("population.yaml", "decisions.yaml"))
    text = path.read_text("utf-8")
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randint(0, 12))
        piece = chance.choice(
            ("", "[", "}", ": ", "null", "-1", "'", "\n  ", "💥", "{a: b}", text[end : end + 20])
        )
        text = text[:start] + piece + text[end:]
    path.write_text(text, encoding="utf-8")
    log = ProblemLog()
    found = load_population(folder, log)
    assert (found is None) is log.refuses
    assert all(problem.message for problem in log.problems)
