"""A run that builds on an earlier one: what it takes over, what it evaluates anew, and what it refuses."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said
from adjudge.bulk.model import Asked, How, Written
from adjudge.bulk.run import write_outcomes
from adjudge.facts.claim import Claim, Stance, Subject
from tests.rooms.bulk.small import ad, advertiser, claim, data, many, of_parts, package

RULES = {
    "beer": ("ad", "ad.product == 'beer' && !advertiser.verified"),
    "big": ("advertiser", "advertiser.staff >= 10"),
}
DATED = {**RULES, "young": ("advertiser", "advertiser.staff >= 3 && now < timestamp('2020-06-01T00:00:00Z')")}
Told = list[str]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of few subjects."""
    of_parts(8, monkeypatch.setattr)


def run(
    asked: Asked, out: Path, since: Path | None = None, **how: bool
) -> tuple[Written | None, Told, ProblemLog]:
    log, told = ProblemLog(), list[Said]()
    written = write_outcomes(asked, out, log, How(since=since, remark=told.append, **how))  # type: ignore[arg-type]
    return written, list(map(str, told)), log


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def agrees(asked: Asked, earlier: Path, tmp_path: Path) -> Told:
    """Both ways, compared; what was told of the shorter one."""
    written, told, log = run(asked, tmp_path / "since", earlier)
    assert written is not None, log.problems
    run(asked, tmp_path / "whole")
    assert files(tmp_path / "since") == files(tmp_path / "whole")
    return told


@pytest.fixture
def earlier(tmp_path: Path) -> Callable[..., Path]:
    """Writes data and outcomes as they were."""

    def write(
        subjects: Sequence[Subject], claims: Sequence[Claim], rules: dict[str, tuple[str, str]] | None = None
    ) -> Path:
        folder = data(tmp_path / "data-before", list(subjects), list(claims))
        written, _, log = run(Asked(data=folder, package=package(rules)), tmp_path / "before")
        assert written is not None, log.problems
        return tmp_path / "before"

    return write


def test_whose_evidence_is_the_same_is_not_evaluated_again(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    later = [*claims, claim(900, "a-0007", "advertiser.staff", 11, weight=4)]
    told = agrees(Asked(data=data(tmp_path / "data", subjects, later), package=package()), before, tmp_path)
    assert told == ["subjects that are evaluated anew: 2 of 80"]  # and the ad, which its rules read


def test_nothing_changed_and_everything_is_taken_over(earlier: Callable[..., Path], tmp_path: Path) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    asked = Asked(data=tmp_path / "data-before", package=package())
    assert agrees(asked, before, tmp_path) == ["subjects that are evaluated anew: 0 of 80"]
    assert files(tmp_path / "since") == files(before)


def test_claims_that_begin_or_end_in_between_are_found(earlier: Callable[..., Path], tmp_path: Path) -> None:
    subjects, claims = many(40)
    begins = parse_instant("2020-06-01") or Instant(0)
    ending = replace(claims[0], holds=replace(claims[0].holds, end=begins))
    before = earlier(subjects, [ending, *claims[1:]])
    asked = Asked(data=tmp_path / "data-before", package=package(), valid_at=begins)
    assert agrees(asked, before, tmp_path) == ["subjects that are evaluated anew: 2 of 80"]
    early = Asked(data=tmp_path / "data-before", package=package(), valid_at=Instant(begins.nanos - 1))
    written, told, _ = run(early, tmp_path / "early", before)
    assert written is not None
    assert told == ["subjects that are evaluated anew: 0 of 80"]


def test_a_rule_that_changed_is_evaluated_for_everybody(earlier: Callable[..., Path], tmp_path: Path) -> None:
    before = earlier(*many(40), RULES)
    other = package(
        {**RULES, "big": ("advertiser", "advertiser.staff >= 12"), "more": ("ad", "has(ad.product)")}
    )
    told = agrees(Asked(data=tmp_path / "data-before", package=other), before, tmp_path)
    assert told[1:] == ["rules that are evaluated anew for everybody: big, more"]


def test_a_rule_that_reads_the_time_is_another_at_another_time(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    before = earlier(*many(4), DATED)
    later = parse_instant("2021-01-01")
    asked = Asked(data=tmp_path / "data-before", package=package(DATED), valid_at=later)
    told = agrees(asked, before, tmp_path)
    assert told[1:] == ["rules that are evaluated anew for everybody: young"], told


def test_a_title_changes_no_outcome(earlier: Callable[..., Path], tmp_path: Path) -> None:
    before = earlier(*many(40), RULES)
    first = package(RULES)
    renamed = replace(first, rules=tuple(replace(rule, title={"en": "B"}) for rule in first.rules))
    told = agrees(Asked(data=tmp_path / "data-before", package=renamed), before, tmp_path)
    assert told == ["subjects that are evaluated anew: 0 of 80"]


def test_subjects_come_and_go(earlier: Callable[..., Path], tmp_path: Path) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    left = [item for item in subjects if item.id not in {"a-0003", "b-0003", "b-0005"}]
    came = [advertiser("a-0000a"), ad("b-0000a", "a-0000a")]
    folder = data(tmp_path / "data", [*left, *came], [*claims, claim(901, "a-0000a", "advertiser.staff", 99)])
    told = agrees(Asked(data=folder, package=package()), before, tmp_path)
    assert told == ["subjects that are evaluated anew: 2 of 79"]
    written, _, _ = run(Asked(data=folder, package=package()), tmp_path / "again", tmp_path / "since")
    assert written is not None
    assert written.unknown == 4  # of those who are gone


def test_an_ad_that_moved_to_another_advertiser_is_another(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    moved = [replace(s, advertiser=SubjectId("a-0001")) if s.id == "b-0000" else s for s in subjects]
    folder = data(tmp_path / "data", moved, claims)
    assert agrees(Asked(data=folder, package=package()), before, tmp_path) == [
        "subjects that are evaluated anew: 3 of 80"
    ]


def test_of_many_changes_everything_is_evaluated(earlier: Callable[..., Path], tmp_path: Path) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    denied = [replace(item, stance=Stance.DENIES) for item in claims]
    told = agrees(Asked(data=data(tmp_path / "data", subjects, denied), package=package()), before, tmp_path)
    assert told == ["everything is evaluated: more than one subject in four would be evaluated anew"]


def test_without_the_weights_of_rules_none_can_be_taken_over(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    before = earlier(*many(4))
    asked = Asked(data=tmp_path / "data-before", package=package(), pairs=True)
    told = agrees(asked, before, tmp_path)
    assert told == ["everything is evaluated: the earlier outcomes are without the weights of rules"]


def test_a_claim_that_is_not_sound_is_said_though_nobody_reads_it_anew(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    past = replace(claims[0], holds=replace(claims[0].holds, end=Instant(0)), weight=7)
    folder = data(tmp_path / "data", subjects, [*claims[1:], past])
    asked = Asked(data=folder, package=package())
    written, _, log = run(asked, tmp_path / "since", before)
    _, _, whole = run(asked, tmp_path / "whole")
    assert written is None
    assert log.problems == whole.problems
    assert "claims.parquet, claim c-0000" in str(log.problems[0].where)


def test_a_value_that_cannot_be_read_is_said_of_the_file_that_was_given(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    wrong = replace(claims[1], value="wine")
    folder = data(tmp_path / "data", subjects, [claims[0], wrong, *claims[2:]])
    asked = Asked(data=folder, package=package())
    written, told, log = run(asked, tmp_path / "since", before)
    assert written is None
    assert told == ["everything is evaluated: something in the claims cannot be read"]
    assert str(folder / "claims.parquet") in str(log.problems[0].where)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert log.problems == run(asked, tmp_path / "whole")[2].problems


def test_problems_are_those_of_a_whole_run(earlier: Callable[..., Path], tmp_path: Path) -> None:
    """Of rules that changed too, and of the claim that counts."""
    subjects, claims = many(40)
    gone = replace(claims[1], value="wine", withdrawn_at=claims[1].recorded_at)
    before = earlier(subjects, [claims[0], gone, *claims[2:]], RULES)
    wrong = claim(900, "b-0011", "ad.product", "wine")
    unread = claim(901, "a-0020", "advertiser.licences", 5)
    folder = data(tmp_path / "data", subjects, [claims[0], gone, *claims[2:], wrong, unread])
    licensed = {**RULES, "licensed": ("advertiser", "'beer' in advertiser.licences")}
    asked = Asked(data=folder, package=package(licensed))
    written, _, log = run(asked, tmp_path / "since", before)
    assert written is None
    assert log.problems == run(asked, tmp_path / "whole")[2].problems
    assert sorted(problem.code for problem in log.problems) == ["bad-value", "unknown-code"]
    assert any("claim c-0900" in str(problem.where) for problem in log.problems)


def test_the_folder_that_was_looked_at_is_the_one_that_is_read(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    """DuckDB takes `[1]` for a pattern, which `1` fits."""
    subjects, claims = many(40)
    before = earlier(subjects, claims).rename(tmp_path / "before[1]")
    other = package({**RULES, "new": ("advertiser", "advertiser.staff >= 3")})
    run(Asked(data=tmp_path / "data-before", package=other), tmp_path / "before1")
    later = [*claims, claim(900, "a-0007", "advertiser.staff", 11, weight=4)]
    folder = data(tmp_path / "data*", subjects, later)
    data(tmp_path / "data-other", subjects, claims[:3])
    assert agrees(Asked(data=folder, package=package()), before, tmp_path) == [
        "subjects that are evaluated anew: 2 of 80"
    ]


def test_a_definition_changes_no_outcome_and_a_declaration_does(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    before = earlier(*many(40), RULES)
    first = package(RULES)
    facts = dict(first.vocabulary.facts)
    name = next(name for name in facts if name == "advertiser.staff")
    reworded = {**facts, name: replace(facts[name], definition={"en": "Counted twice."})}
    asked = Asked(
        data=tmp_path / "data-before",
        package=replace(first, vocabulary=replace(first.vocabulary, facts=reworded)),
    )
    assert agrees(asked, before, tmp_path) == ["subjects that are evaluated anew: 0 of 80"]
    complete = {**facts, name: replace(facts[name], complete=True)}
    asked = replace(asked, package=replace(first, vocabulary=replace(first.vocabulary, facts=complete)))
    _, told, _ = run(asked, tmp_path / "complete", before)
    assert told[1:] == ["rules that are evaluated anew for everybody: big"]


CONTRADICTIONS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no data": lambda form: form.update(data=[]),
    "verdicts in a list": lambda form: form["rules"][0].update(verdicts=[]),
    "no end of subjects": lambda form: form.update(subjects=float("inf")),
    "more subjects": lambda form: form.update(subjects=81),
    "fewer than none": lambda form: form.update(subjects=-1),
    "a part too few": lambda form: form["parts"].pop(),
    "no parts": lambda form: form.update(parts=[]),
    "another order": lambda form: form["parts"].reverse(),
    "a file of no name": lambda form: form["parts"][0].update(file="a\0b"),
    "a file of half a letter": lambda form: form["parts"][0].update(file="\ud800"),
    "a rule twice": lambda form: form["rules"].append(form["rules"][0]),
    "no bucket": lambda form: form["evidence"].update(buckets=0),
    "fewer buckets than none": lambda form: form["evidence"].update(buckets=-1),
    "very many buckets": lambda form: form["evidence"].update(buckets=2**40),
    "a bucket more": lambda form: form["evidence"].update(buckets=1025),
    "a part for evidence": lambda form: form["evidence"].update(
        file="part-00000.parquet", digest=form["parts"][0]["digest"]
    ),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_a_manifest_that_contradicts_itself_is_refused(
    earlier: Callable[..., Path], tmp_path: Path, what: str
) -> None:
    before = earlier(*many(40))
    form = json.loads((before / "manifest.json").read_text())
    CONTRADICTIONS[what](form)
    (before / "manifest.json").write_text(json.dumps(form))
    _, _, log = run(Asked(data=tmp_path / "data-before", package=package()), tmp_path / "since", before)
    assert {problem.code for problem in log.problems} <= {"altered-data", "not-data"}
    assert log.problems


def test_a_rule_that_is_left_out_of_a_manifest_is_noticed(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    before = earlier(*many(40), {f"r{number:02d}": RULES["big"] for number in range(21)})
    form = json.loads((before / "manifest.json").read_text())
    form["rules"].pop()
    (before / "manifest.json").write_text(json.dumps(form))
    asked = Asked(data=tmp_path / "data-before", package=package({"r00": RULES["big"], "r01": RULES["beer"]}))
    told = agrees(asked, before, tmp_path)
    assert told == [
        "everything is evaluated: the files of the earlier outcomes are not what their manifest says"
    ]


def test_what_is_no_file_is_not_waited_for(earlier: Callable[..., Path], tmp_path: Path) -> None:
    before = earlier(*many(4))
    (before / "part-00000.parquet").unlink()
    os.mkfifo(before / "part-00000.parquet")
    _, _, log = run(Asked(data=tmp_path / "data-before", package=package()), tmp_path / "since", before)
    assert [problem.code for problem in log.problems] == ["altered-data"]


def test_outcomes_that_were_altered_are_not_built_on(earlier: Callable[..., Path], tmp_path: Path) -> None:
    before = earlier(*many(4))
    asked = Asked(data=tmp_path / "data-before", package=package())
    part = before / "part-00000.parquet"
    whole = part.read_bytes()
    part.write_bytes(whole + b"\0")
    _, _, log = run(asked, tmp_path / "since", before)
    assert [problem.code for problem in log.problems] == ["altered-data"]
    part.write_bytes(whole)
    (before / "evidence.parquet").unlink()
    _, _, log = run(asked, tmp_path / "since", before)
    assert [problem.code for problem in log.problems] == ["altered-data"]


def test_a_file_outside_is_not_read_for_one_of_the_folder(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    before = earlier(*many(4))
    form = json.loads((before / "manifest.json").read_text())
    form["parts"][0]["file"] = "../before/part-00000.parquet"
    (before / "manifest.json").write_text(json.dumps(form))
    _, _, log = run(Asked(data=tmp_path / "data-before", package=package()), tmp_path / "since", before)
    assert [problem.code for problem in log.problems] == ["altered-data"]


def test_outcomes_of_an_earlier_version_are_read_and_not_built_on(
    earlier: Callable[..., Path], tmp_path: Path
) -> None:
    before = earlier(*many(4))
    form = json.loads((before / "manifest.json").read_text())
    del form["evidence"]
    for rule in form["rules"]:
        del rule["meaning"]
    (before / "manifest.json").write_text(json.dumps(form))
    _, _, log = run(Asked(data=tmp_path / "data-before", package=package()), tmp_path / "since", before)
    assert [problem.code for problem in log.problems] == ["not-data"]
    assert "--since" in str(log.problems[0].hint)


KILLED = """
import os, signal, sys
from pathlib import Path
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How
from adjudge.bulk.run import write_outcomes
from tests.rooms.bulk.small import of_parts, package

of_parts(8)
left = [int(sys.argv[4])]

def watch(progress):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)

asked = Asked(data=Path(sys.argv[1]), package=package())
write_outcomes(asked, Path(sys.argv[2]), ProblemLog(), How(progress=watch, since=Path(sys.argv[3])))
"""


@pytest.mark.parametrize("after", [1, 3, 5, 9])
def test_a_run_that_was_killed_goes_on_to_the_same_bytes(
    earlier: Callable[..., Path], tmp_path: Path, after: int
) -> None:
    subjects, claims = many(40)
    before = earlier(subjects, claims)
    later = [*claims, *(claim(900 + n, f"a-{n:04d}", "advertiser.staff", 11, weight=4) for n in (0, 9, 30))]
    folder = data(tmp_path / "data", subjects, later)
    command = [sys.executable, "-c", KILLED, *map(str, (folder, tmp_path / "out", before, after))]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert ended.returncode == -9, ended.stderr.decode()
    assert not (tmp_path / "out").exists()
    asked = Asked(data=folder, package=package())
    written, _, _ = run(asked, tmp_path / "out", before, resume=True)
    assert written is not None
    run(asked, tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert not (tmp_path / ".out.bulk").exists()


def test_what_answers_another_question_is_not_taken_up_and_that_is_said(tmp_path: Path) -> None:
    folder = data(tmp_path / "data", *many(4))
    (tmp_path / ".out.bulk").mkdir()
    (tmp_path / ".out.bulk" / "question.json").write_text("{}")
    written, told, _ = run(Asked(data=folder, package=package()), tmp_path / "out", resume=True)
    assert written is not None
    assert told == ["what an earlier run left answers another question, and is not taken up"]
