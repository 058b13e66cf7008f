"""`adjudge test` as an author meets it: what passes, what fails and why, bad files, every form, watching."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.rooms.trials.policy import HEAD, LICENCE, PACKAGE, VOCABULARY

ROOT = Path(__file__).resolve().parents[3]
PASSING = (
    f"{HEAD}cases:\n"
    "  - {case: met, title: {en: No licence}, at: 2020-06-01, expect: {ad: {rules: {beer: met}}}}\n"
    f"  - {{case: licensed, beside: met, with: {LICENCE}, expect: {{ad: {{rules: {{beer: excepted}}}}}}}}\n"
)
FAILING = PASSING.replace("beer: excepted", "beer: refuted")


def adjudge(*arguments: str | Path, at: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=at,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    folder = tmp_path / "pub"
    (folder / "tests").mkdir(parents=True)
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / "1.yaml").write_text(PACKAGE % ("1", "2020-01-01", "reported"), encoding="utf-8")
    (folder / "2.yaml").write_text(PACKAGE % ("2", "2021-06-01", "official"), encoding="utf-8")
    (folder / "tests" / "beer.yaml").write_text(PASSING, encoding="utf-8")
    return folder


def beer(policy: Path) -> Path:
    return policy / "tests" / "beer.yaml"


@pytest.mark.parametrize("place", ["", "tests", "tests/beer.yaml"])
def test_a_policy_its_tests_or_one_file_can_be_named(policy: Path, place: str) -> None:
    done = adjudge("test", policy / place)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 cases, all pass" in done.stdout
    assert "1 file, 2 cases: 2 pass, 0 fail" in done.stdout


@pytest.mark.parametrize(
    ("at", "place"),
    [("", "."), ("tests", "."), ("tests", "beer.yaml"), ("tests", ".."), ("", "tests/../tests/beer.yaml")],
)
def test_a_path_may_be_relative(policy: Path, at: str, place: str) -> None:
    done = adjudge("test", place, at=policy / at)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 cases, all pass" in done.stdout


def test_a_failing_case_says_what_was_expected_what_was_found_where_and_why(policy: Path) -> None:
    beer(policy).write_text(FAILING, encoding="utf-8")
    done = adjudge("test", policy)
    assert done.returncode == 1
    text = " ".join(done.stdout.split())
    place = f"{beer(policy)}:11"
    for part in (
        "FAILS licensed",
        place,
        "expected refuted",
        "found excepted, for 3, against 0, unless licensed: for 4, against 0",
        "why shown, but an exception is established",
        "for: ad.beer = true",
        "weight 3 corroborated; claim product",
        "advertiser.licences.exists(l, l.country == ad.country && l.until > now)",
        "claim licence",
    ):
        assert part in text, part
    assert "FAILS met" not in text


def test_the_tree_stands_in_columns_that_fit_the_terminal(policy: Path) -> None:
    beer(policy).write_text(FAILING, encoding="utf-8")
    done = adjudge("test", policy, COLUMNS="80")
    rows = [
        line for line in done.stdout.splitlines() if line.strip().startswith(("3 ", "4 ")) and "yes" in line
    ]
    assert rows
    assert len({line.index("yes") for line in rows}) == 1
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if str(policy) not in line)


def test_a_version_can_be_tested_whatever_the_file_names(policy: Path) -> None:
    done = adjudge("test", policy, "--version", "2")
    assert done.returncode == 1
    assert "version 2 was published on 1 June 2021, later than what is known" in " ".join(done.stdout.split())


def test_a_version_that_is_none_is_answered_with_those_that_are(policy: Path) -> None:
    done = adjudge("test", policy, "--version", "3")
    assert done.returncode == 2
    assert "the policy has no version `3`" in done.stderr
    assert "known here: `1`, `2`" in done.stderr


def test_cases_can_be_chosen_by_name(policy: Path) -> None:
    assert "1 case, all pass" in adjudge("test", policy, "--case", "lic*").stdout
    assert "2 cases, all pass" in adjudge("test", policy, "--case", "met", "--case", "licensed").stdout


def test_a_name_that_no_case_has_is_a_problem(policy: Path) -> None:
    done = adjudge("test", policy, "--case", "licenced")
    assert done.returncode == 2
    assert "did you mean `licensed`?" in done.stderr


def test_what_is_covered_stands_on_one_line_and_whole_where_it_is_asked_for(policy: Path) -> None:
    short, whole = adjudge("test", policy), adjudge("test", policy, "--coverage")
    line = "version 1: 1 of 2 rules named, 2 of 11 verdicts shown, 2 of 3 ways of exceptions; 1 boundary"
    assert line in " ".join(short.stdout.split())  # however wide the terminal
    assert "established" not in short.stdout
    text = " ".join(whole.stdout.split())
    assert "beer missing missing missing missing 1 1" in text
    assert "beer / licensed 1 missing 1" in text
    assert "no case names owner" in text
    assert "with the claim licence" in text
    assert "beer for ad: met becomes excepted" in text


def test_a_file_with_problems_is_not_run_and_the_others_are(policy: Path) -> None:
    (policy / "tests" / "bad.yaml").write_text(
        PASSING.replace("{beer: met}", "{bear: met}"), encoding="utf-8"
    )
    done = adjudge("test", policy)
    assert done.returncode == 2
    assert "bad.yaml: not run, since it has problems" in done.stdout
    assert "2 cases, all pass" in done.stdout
    assert "bad.yaml:10:" in done.stderr
    assert "did you mean `beer`?" in done.stderr


BAD: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "empty-file"),
    "no YAML": (b"tests: [", "yaml-syntax"),
    "no UTF-8": (b"tests: \xff\xfe", "not-utf-8"),
    "a list": (b"- 1\n", "wrong-shape"),
    "another format": (b"vocabulary: v\nversion: 1\nfacts: {}\n", "missing-key"),
    "an alias": (b"tests: &a pub\ncases: *a\n", "yaml-feature"),
    "a key twice": (b"tests: pub\ntests: pub\ncases: []\n", "duplicate-key"),
    "deep nesting": (b"tests: " + b"[" * 200 + b"]" * 200, "too-deep"),
    "nothing but a null": (b"~\n", "wrong-shape"),
    "too large": (b"tests: pub\n#" + b"x" * (8 * 1024 * 1024), "file-too-large"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_a_spoilt_file_is_a_problem_and_no_traceback(policy: Path, content: bytes, code: str) -> None:
    beer(policy).write_bytes(content)
    for command in ("test", "check"):
        done = adjudge(command, beer(policy))
        if command == "check" and code in {"wrong-shape", "missing-key"}:
            continue  # without the key `tests` it is no file of tests to `check`
        assert done.returncode == 2, done
        assert f"[{code}]" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr


def test_a_path_that_is_not_there_or_no_policy_is_a_problem(policy: Path) -> None:
    done = adjudge("test", policy / "nowhere")
    assert (done.returncode, "unreadable-file" in done.stderr) == (2, True)
    done = adjudge("test", policy.parent)
    assert (done.returncode, "there is no `vocabulary.yaml` here or above" in done.stderr) == (2, True)


def test_a_policy_without_tests_says_where_to_write_the_first(policy: Path) -> None:
    shutil.rmtree(policy / "tests")
    done = adjudge("test", policy)
    assert done.returncode == 2
    assert "[no-tests]" in done.stderr
    assert "a YAML file in its folder `tests`" in done.stderr


def test_a_link_that_leads_out_of_the_tests_is_refused(policy: Path) -> None:
    secret = policy.parent / "secret.yaml"
    secret.write_text("password: 1234\n", encoding="utf-8")
    (policy / "tests" / "link.yaml").symlink_to(secret)
    done = adjudge("test", policy)
    assert done.returncode == 2
    assert "leads out of the folder of tests" in done.stderr
    assert "1234" not in done.stderr


def test_a_spoilt_policy_is_reported_and_nothing_is_run(policy: Path) -> None:
    (policy / "1.yaml").write_text("package: pub\n", encoding="utf-8")
    done = adjudge("test", policy)
    assert (done.returncode, done.stdout) == (2, "")
    assert "[missing-key]" in done.stderr


def test_names_that_drive_a_terminal_are_shown_harmless(policy: Path) -> None:
    hostile = "a\u202eb"
    text = FAILING.replace("title: {en: No licence}", f'title: {{en: "{hostile} \\e[31m red"}}').replace(
        "beer: met", "beer: refuted"
    )
    beer(policy).write_text(text, encoding="utf-8")
    done = adjudge("test", policy)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_check_reads_the_tests_of_a_policy(policy: Path) -> None:
    for place in (policy / "tests", beer(policy)):
        done = adjudge("check", place)
        assert (done.returncode, done.stderr) == (0, "")
    assert "[unknown-rule]" not in adjudge("check", policy).stderr
    beer(policy).write_text(PASSING.replace("{beer: met}", "{bear: met}"), encoding="utf-8")
    for place in (policy, policy / "tests", beer(policy)):
        done = adjudge("check", place)
        assert (done.returncode, "[unknown-rule]" in done.stderr) == (2, True)


# --- forms for programs ---


def test_the_json_form_has_every_case_what_fails_and_what_is_covered(policy: Path) -> None:
    beer(policy).write_text(FAILING, encoding="utf-8")
    done = adjudge("test", policy, "--format", "json")
    assert done.returncode == 1
    form: dict[str, Any] = json.loads(done.stdout)
    assert (form["format"], form["cases"], form["failed"], form["problems"]) == ("adjudge-tests/1", 2, 1, [])
    (file,) = form["files"]
    met, licensed = file["cases"]
    assert met["passes"]
    (failing,) = licensed["failing"]
    assert (failing["kind"], failing["rule"], failing["line"]) == ("rule", "beer", 11)
    assert failing["expected"]["verdict"] == "refuted"
    assert failing["found"] == {"verdict": "excepted", "for": 3, "against": 0, "unless": {"licensed": [4, 0]}}
    assert failing["tree"]["when"]["claims"][0]["id"] == "product"
    assert failing["tree"]["unless"][0]["claims"][0]["value"] == {"country": "FR", "until": "2021-01-01"}
    assert form["coverage"][0]["boundaries"][0]["beside"] == "met"


def test_the_json_form_has_the_problems_of_files_too(policy: Path) -> None:
    beer(policy).write_text(PASSING.replace("{beer: met}", "{bear: met}"), encoding="utf-8")
    done = adjudge("test", policy, "--format", "json")
    assert done.returncode == 2
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["unknown-rule"]


def test_the_junit_form_is_xml_with_a_failure_for_each_failing_case(policy: Path) -> None:
    text = FAILING.replace("case: licensed", "case: '<licensed> & \"co\"'").replace(
        "beside: met,", 'beside: met, title: {en: "]]> </testcase> & \\x01"},'
    )
    beer(policy).write_text(text, encoding="utf-8")
    done = adjudge("test", policy, "--format", "junit")
    assert done.returncode == 1
    root = ET.fromstring(done.stdout)  # noqa: S314 - our own output
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "0")
    met, licensed = root.iter("testcase")
    assert met.find("failure") is None
    assert licensed.get("name") == '<licensed> & "co"'
    assert licensed.get("line") == "11"
    failure = licensed.find("failure")
    assert failure is not None
    assert failure.get("message") == "beer for ad"
    assert "expected  refuted" in (failure.text or "")
    assert "]]> </testcase> & \N{REPLACEMENT CHARACTER}" in (failure.text or "")


def test_the_junit_form_shows_a_file_with_problems_as_an_error(policy: Path) -> None:
    beer(policy).write_text(PASSING.replace("{beer: met}", "{'<bear>': met}"), encoding="utf-8")
    done = adjudge("test", policy, "--format", "junit", "-o", policy / "report.xml")
    assert (done.returncode, done.stdout) == (2, "")
    root = ET.parse(policy / "report.xml").getroot()  # noqa: S314 - our own output
    assert root.get("errors") == "1"
    error = next(root.iter("error"))
    assert "<bear>" in (error.text or "")


def test_a_report_can_be_had_in_french(policy: Path) -> None:
    beer(policy).write_text(FAILING, encoding="utf-8")
    done = adjudge("test", policy, "--lang", "fr")
    assert done.returncode == 1
    assert "1 juin 2020" in done.stdout.replace("1er", "1")


# --- watching ---


class Watching:
    """A process that watches, and what it has said so far."""

    def __init__(self, policy: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "adjudge.cli.main",
            "test",
            str(policy),
            "--watch",
            "--every",
            "0.05",
        ]
        self.out = policy.parent / "out.txt"
        with self.out.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)

    def wait(self, holds: Callable[[str], bool]) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            text = self.out.read_text(encoding="utf-8")
            if holds(text):
                return text
            time.sleep(0.02)
        raise AssertionError(self.out.read_text(encoding="utf-8"))

    def runs(self, count: int) -> str:
        """What was said once so many runs are over."""
        return self.wait(lambda text: text.count("watching; Ctrl-C ends") >= count)


@pytest.fixture
def watching(policy: Path) -> Iterator[Watching]:
    found = Watching(policy)
    yield found
    found.process.kill()
    found.process.wait(timeout=60)


def test_watching_runs_again_when_a_test_changes_and_says_which(policy: Path, watching: Watching) -> None:
    watching.runs(1)
    beer(policy).write_text(FAILING, encoding="utf-8")
    text = watching.runs(2)
    assert f"changed: {beer(policy)}" in text
    assert "FAILS licensed" in text


def test_watching_survives_a_half_written_file_a_removed_one_and_a_removed_policy(
    policy: Path, watching: Watching
) -> None:
    watching.runs(1)
    beer(policy).write_text("tests: [", encoding="utf-8")
    assert "[yaml-syntax]" in watching.runs(2)
    beer(policy).unlink()
    assert f"gone: {beer(policy)}" in watching.runs(3)
    (policy / "vocabulary.yaml").unlink()
    watching.runs(4)
    (policy / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    watching.runs(5)
    beer(policy).write_text(PASSING, encoding="utf-8")
    text = watching.runs(6)
    assert f"new: {beer(policy)}" in text
    assert text.rstrip().endswith("watching; Ctrl-C ends")
    assert "2 pass" in text.partition("new:")[2]
    assert watching.process.poll() is None


def test_watching_runs_again_when_the_policy_changes(policy: Path, watching: Watching) -> None:
    watching.runs(1)
    path = policy / "1.yaml"
    path.write_text(
        path.read_text("utf-8").replace("standard: corroborated", "standard: final"), encoding="utf-8"
    )
    text = watching.runs(2)
    assert f"changed: {path}" in text
    assert "FAILS met" in text


def test_watching_ends_with_an_interruption(watching: Watching) -> None:
    watching.runs(1)
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(timeout=30) == 130
    assert "interrupted" in watching.out.read_text(encoding="utf-8")
    assert "Traceback" not in watching.out.read_text(encoding="utf-8")


def test_what_is_watched_cannot_be_written_as_a_document(policy: Path) -> None:
    done = adjudge("test", policy, "--watch", "--format", "json")
    assert done.returncode == 2
    assert "--watch" in done.stderr


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", "1e9"])
def test_a_time_to_wait_is_some_seconds(policy: Path, seconds: str) -> None:
    done = adjudge("test", policy, "--watch", f"--every={seconds}")
    assert done.returncode == 2
    assert "is no time to wait" in done.stderr
