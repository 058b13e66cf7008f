"""A decision in words: no day more exact than it is known, and no measure said to stand where nobody knows it."""

from pathlib import Path

import pytest

from adjudge.answers.populations.words import decision_text
from adjudge.basis.ids import SubjectId
from adjudge.evidence.document import Precision
from adjudge.language.package import MeasureKind
from adjudge.population.model import Decided, DecisionStatus, Standing
from adjudge.population.reach import reach
from adjudge.tongues.tongue import tongue_of
from tests.rooms.cli.inside import adjudge
from tests.rooms.population.asking import asked, rule_of
from tests.rooms.population.comparing import instant
from tests.rooms.population.folder import DECISIONS, write

DOUBTED = DECISIONS[0].replace("document", "precision: month, standing: unknown, document")


def told(
    precision: Precision = Precision.DAY,
    standing: Standing = Standing.IN_FORCE,
    status: DecisionStatus = DecisionStatus.VERIFIED,
    *,
    until: str = "",
) -> str:
    decided = Decided(
        subject=SubjectId("ann"),
        measures=(MeasureKind.EXCLUDE,),
        status=status,
        since=instant("2018-04-30"),
        precision=precision,
        standing=standing,
        until=instant(until) if until else None,
    )
    return decision_text(decided, tongue_of("en"))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (told(), "exclude since 30 April 2018"),
        (told(Precision.MONTH), "exclude since April 2018"),
        (told(Precision.YEAR), "exclude since 2018"),
        (told(Precision.UNKNOWN), "exclude"),
        (told(until="2018-06-01"), "exclude since 30 April 2018; until 1 June 2018"),
        (
            told(standing=Standing.UNKNOWN),
            "exclude, decided on 30 April 2018; whether it still stands is not known",
        ),
        (
            told(Precision.MONTH, Standing.UNKNOWN, DecisionStatus.UNVERIFIED),
            "exclude, decided in April 2018; whether it still stands is not known (unverified)",
        ),
        (told(Precision.UNKNOWN, Standing.UNKNOWN), "exclude; whether it still stands is not known"),
    ],
)
def test_a_decision_says_no_more_than_is_known(said: str, wanted: str) -> None:
    assert said == wanted


def test_whoever_is_under_a_measure_of_which_nobody_knows_whether_it_stands_has_a_count_apart(
    tmp_path: Path,
) -> None:
    package, _, view = asked(write(tmp_path, decisions=(DOUBTED, DECISIONS[1])))
    found = reach(package, rule_of(package, "potions"), view)
    assert found.standing_unknown == 1
    text = flat(tmp_path, "reach")
    assert "For 1 of those reached a measure was decided; whether it still stands is not known." in text
    assert "under a measure" not in text
    assert "notify and exclude, decided in March 2020; whether it still stands is not known" in text


def flat(folder: Path, *command: str) -> str:
    market = folder / "policies" / "market@1"
    done = adjudge(*command, market, "--population", folder / "people", "--rule", "potions")
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


def test_where_all_are_reached_nothing_stands_below_not_reached(tmp_path: Path) -> None:
    write(tmp_path, subjects=("ann", "bob"), decisions=DECISIONS[:2])
    text = flat(tmp_path, "reach")
    assert "It reaches 2 of 2 advertisers." in text
    assert "Not reached" not in text
    assert "who is silent is not cleared" not in text
    assert "no decision is known, which" not in text


def test_spreadsheets_and_programs_have_it_too(tmp_path: Path) -> None:
    write(tmp_path, decisions=(DOUBTED,))
    market = tmp_path / "policies" / "market@1"
    asked_of = ("reach", market, "--population", tmp_path / "people", "--rule", "potions", "--format")
    lines = adjudge(*asked_of, "csv").stdout.splitlines()
    assert lines[0].startswith(
        "subject,title,reached,verdict,for,against,treatment,measures,since,precision,standing"
    )
    assert any("month,unknown," in line for line in lines)
    form = adjudge(*asked_of, "json").stdout
    assert '"standing_unknown": 1' in form
    assert '"standing": "unknown"' in form


def test_groups_alike_only_in_ignorance_are_told_once(tmp_path: Path) -> None:
    folder = write(tmp_path, claims=())
    package = tmp_path / "policies" / "market" / "1.yaml"
    twin = package.read_text("utf-8").partition("rules:")[2].partition("  - id: later")[0]
    package.write_text(
        package.read_text("utf-8") + twin.replace("id: potions", "id: twin").removeprefix("\n"),
        encoding="utf-8",
    )
    done = adjudge("alike", package.parent / ".." / "market@1", "--population", folder, "--subject", "eve")
    text = " ".join(done.stdout.split())
    assert (
        "(potions) and Potions <b>without</b> a licence (twin): 5 subjects whom none of them can tell apart"
        in text
    )
    assert text.count("Shop eve (eve)") == 2  # the question, and once below
    assert "No counts by protected facts are shown" in text


def test_where_nothing_differs_that_is_said_without_a_nought(tmp_path: Path) -> None:
    write(tmp_path, decisions=())
    text = flat(tmp_path, "alike")
    assert "No like cases are known to have been treated differently, under 1 rule." in text
    assert "Of all 5 no decision is known, and nobody of those counts as spared." in text
