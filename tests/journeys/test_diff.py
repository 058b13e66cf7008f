"""From the command line to the cases: the versions of the policy that ships, compared."""

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from adjudge.app.changes import load_named
from adjudge.app.check import load_package
from adjudge.app.exchange import Question
from adjudge.basis.problem import ProblemLog
from adjudge.changes.change import Status
from adjudge.changes.difference import Difference, difference
from adjudge.cli.main import main
from adjudge.language.package import Package
from adjudge.language.seal import seal
from adjudge.outcome import Verdict, exchange_form
from tests.differential.naive import outcomes as by_naive

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / "policies" / "ads-standard"
VERSIONS = sorted(path for path in POLICY.glob("*.yaml") if path.name != "vocabulary.yaml")
STEPS = list(pairwise(VERSIONS))
A_FEW_SECONDS = 30
"""A bound far above what it takes, for machines that have other things to do."""


def loaded(path: Path) -> Package:
    log = ProblemLog()
    found = load_package(path, log)
    assert found is not None, [problem.message for problem in log.problems]
    return found


def compared(old: Path, new: Path) -> tuple[Package, Package, Difference]:
    before, after = loaded(old), loaded(new)
    return before, after, difference(before, after)


@pytest.mark.parametrize(("old", "new"), STEPS, ids=lambda path: path.stem)
def test_every_rule_that_changed_between_two_versions_has_a_confirmed_case(old: Path, new: Path) -> None:
    start = time.monotonic()
    before, after, found = compared(old, new)
    assert time.monotonic() - start < A_FEW_SECONDS
    assert found.differs_in_meaning
    for shown in found.rules:
        assert shown.unshown == (), shown.change.id
        assert bool(shown.witnesses) == bool(shown.change.altering), shown.change.id
        for witness in shown.witnesses:
            for package, outcome in ((before, witness.old), (after, witness.new)):
                asked = Question(
                    package=package,
                    claims=witness.claims,
                    subjects=(witness.subject,),
                    valid_at=witness.scene.valid_at,
                    known_at=witness.known_at,
                    territory=witness.scene.territory,
                )
                assert by_naive(asked) == [exchange_form(outcome)]


def test_the_second_version_adds_one_rule_and_the_third_another() -> None:
    ids = [
        [(shown.change.id, shown.change.status) for shown in compared(old, new)[2].rules]
        for old, new in STEPS[:2]
    ]
    assert ids == [[("state-controlled-media", Status.ADDED)], [("prohibited-sale", Status.ADDED)]]


def test_backwards_what_was_added_is_removed_and_its_case_released() -> None:
    _, _, found = compared(VERSIONS[1], VERSIONS[0])
    (shown,) = found.rules
    assert shown.change.status is Status.REMOVED
    old = shown.witnesses[0].old.of(shown.change.id)
    assert old is not None
    assert old.verdict is Verdict.MET


# the command


def version(path: Path) -> str:
    return f"{POLICY}@{loaded(path).version}"


def test_versions_of_a_folder_files_and_sealed_files_are_the_same_packages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = seal(loaded(VERSIONS[1]), ProblemLog())
    assert sealed is not None
    (tmp_path / "new.json").write_text(sealed.text + "\n", encoding="utf-8")
    written = []
    for new in (version(VERSIONS[1]), str(VERSIONS[1]), str(tmp_path / "new.json")):
        assert main(["diff", version(VERSIONS[0]), new, "--format", "json", "--lang", "en"]) == 0
        written.append(capsys.readouterr().out)
    assert len(set(written)) == 1


def test_the_exit_code_tells_whether_the_meaning_differs_only_where_it_is_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = str(VERSIONS[0]), str(VERSIONS[1])
    codes = [
        main(["diff", old, new, "--no-witness"]),
        main(["diff", old, new, "--no-witness", "--exit-code"]),
        main(["diff", old, old, "--exit-code"]),
        main(["diff", old, new, "--rule", "malicious-software", "--exit-code"]),
        main(["diff", old, new, "--rule", "state-controlled-media", "--exit-code"]),
    ]
    assert codes == [0, 1, 0, 0, 1]
    assert "Nothing differs in meaning." in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_each_form_can_go_to_a_file(form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert main(["diff", *map(str, STEPS[0]), "--format", form, "-o", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    assert "state" in text
    if form == "json":
        tree: dict[str, Any] = json.loads(text)
        assert tree["summary"]["added"] == 1


BAD = {
    "a-version-that-is-not-there": (f"{POLICY}@2019-8", "did you mean `2019-08`?"),
    "a-folder-without-a-version": (str(POLICY), "write one of these behind the folder: `@2017-12`"),
    "a-folder-that-is-no-policy": (str(ROOT / "docs"), "a policy folder with a version, as `DIR@VERSION`"),
    "a-version-of-no-policy": (f"{ROOT / 'docs'}@1", "the folder holds no `vocabulary.yaml`"),
    "nothing": (str(ROOT / "nothing.yaml"), "cannot be read"),
    "a-vocabulary": (str(POLICY / "vocabulary.yaml"), "package"),
}


@pytest.mark.parametrize(("name", "told"), BAD.values(), ids=BAD)
def test_what_is_no_package_is_told_with_what_there_is(
    name: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", name, str(VERSIONS[0]), "--lang", "en"]) == 2
    assert told in capsys.readouterr().err


def test_a_rule_that_neither_package_has_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *map(str, STEPS[0]), "--rule", "malicious", "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "neither package has a rule `malicious`" in told
    assert "hint:" in told


def test_a_file_whose_name_holds_the_sign_of_a_version_is_a_file(tmp_path: Path) -> None:
    for name in ("vocabulary.yaml", VERSIONS[0].name):
        (tmp_path / name.replace("2017-12", "p@2017-12")).write_bytes((POLICY / name).read_bytes())
    log = ProblemLog()
    assert load_named(str(tmp_path / "p@2017-12.yaml"), log) is not None
    assert not log.problems
