"""`adjudge fmt` as a user meets it: what it writes, what it leaves, what it says."""

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from adjudge.cli import fmt, together
from adjudge.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
VOCABULARY = """\
vocabulary: shop
version: 1

facts:
  ad:
    paid: {type: bool, definition: {en: Read in the record.}}
    shown: {type: bool, definition: {en: Seen.}}
"""
TIDY = """\
package: shop
version: "1"
language: 1
vocabulary: shop
published_at: 2026-01-01

rules:
  # Why this rule is here.
  - id: paid-and-shown
    subject: ad
    kind: restriction
    ground: {terms: "1"}
    territory: worldwide
    when: ad.paid && ad.shown  # both
    standard: official
    measure: {notify: {}}
"""
UNTIDY = TIDY.replace("ad.paid && ad.shown", "ad.paid&&ad.shown").replace("\n\nrules", "\nrules")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "vocabulary.yaml").write_text(VOCABULARY)
    (folder / "one.yaml").write_text(UNTIDY)
    return folder


def test_files_are_formatted_in_place_and_keep_their_mode(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (policy / "one.yaml").chmod(0o640)
    assert main(["fmt", str(policy)]) == 0
    assert (policy / "one.yaml").read_text() == TIDY
    assert stat.S_IMODE((policy / "one.yaml").stat().st_mode) == 0o640
    assert capsys.readouterr().out == f"{policy / 'one.yaml'} was formatted\n1 file is in canonical form\n"
    assert main(["fmt", str(policy)]) == 0
    assert capsys.readouterr().out == "2 files are in canonical form\n"


def test_check_names_what_would_change_and_writes_nothing(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fmt", "--check", str(policy)]) == 1
    assert f"{policy / 'one.yaml'} would change" in capsys.readouterr().out
    assert (policy / "one.yaml").read_text() == UNTIDY
    assert main(["fmt", str(policy)]) == 0
    assert main(["fmt", "--check", str(policy)]) == 0


def test_diff_can_be_applied_and_writes_nothing(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--diff", str(policy)]) == 0
    diff = capsys.readouterr().out
    assert "-    when: ad.paid&&ad.shown  # both\n+    when: ad.paid && ad.shown  # both\n" in diff
    assert (policy / "one.yaml").read_text() == UNTIDY
    program = shutil.which("patch")
    if program is None:
        pytest.skip("allowed: `patch` is not on this machine")
    subprocess.run([program, "-p0", str(policy / "one.yaml")], input=diff, text=True, check=True)
    assert (policy / "one.yaml").read_text() == TIDY


def test_check_with_diff_shows_and_fails(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--check", "--diff", str(policy)]) == 1
    assert capsys.readouterr().out.startswith("--- ")


def test_a_file_without_its_last_line_end_is_shown_as_such(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (policy / "one.yaml").write_text(TIDY.rstrip("\n"))
    assert main(["fmt", "--diff", str(policy)]) == 0
    assert "\\ No newline at end of file\n" in capsys.readouterr().out


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_and_foreign_line_ends_go(policy: Path, mark: bytes) -> None:
    (policy / "one.yaml").write_bytes(mark + TIDY.replace("\n", "\r\n").encode())
    assert main(["fmt", "--check", str(policy)]) == 1
    assert main(["fmt", str(policy)]) == 0
    assert (policy / "one.yaml").read_bytes() == TIDY.encode()


def test_a_mark_alone_is_a_change(policy: Path) -> None:
    (policy / "one.yaml").write_bytes(b"\xef\xbb\xbf" + TIDY.encode())
    assert main(["fmt", "--check", str(policy / "one.yaml")]) == 1


BAD = {
    "no YAML": "package: [",
    "an unknown key": TIDY.replace("standard:", "standart:"),
    "an unknown fact": TIDY.replace("ad.shown", "ad.shone"),
    "a condition that cannot be read": TIDY.replace("&&", "& &"),
    "an anchor": TIDY.replace("ad.paid", "&a ad.paid"),
    "a file that is none of ours": "name: ci\non: push\n",
    "a list": "- a\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_files_with_problems_are_reported_and_left(
    policy: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (policy / "two.yaml").write_text(text)
    assert main(["fmt", str(policy / "two.yaml"), str(policy / "one.yaml")]) == 2
    assert (policy / "two.yaml").read_text() == text
    # The problems of one file are no reason to leave another.
    assert (policy / "one.yaml").read_text() == TIDY
    assert "two.yaml" in capsys.readouterr().err


def test_a_package_without_its_vocabulary_is_left(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (policy / "vocabulary.yaml").unlink()
    assert main(["fmt", str(policy)]) == 2
    assert (policy / "one.yaml").read_text() == UNTIDY
    assert "vocabulary.yaml" in capsys.readouterr().err


def test_bytes_that_are_no_text_are_reported(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (policy / "one.yaml").write_bytes(UNTIDY.encode() + b"\xff")
    assert main(["fmt", str(policy)]) == 2
    assert "not-utf-8" in capsys.readouterr().err


def test_hidden_folders_links_and_the_yaml_of_others_are_passed_over(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = policy / ".hidden"
    hidden.mkdir()
    (hidden / "one.yaml").write_text(UNTIDY)
    (policy / "link.yaml").symlink_to(policy / "one.yaml")
    (policy / "ci.yaml").write_text("on: push\njobs: &a\n  - *a\n")
    (policy / "broken.yaml").write_text("{{{")
    (tmp_path / "round").symlink_to(tmp_path)
    assert main(["fmt", str(tmp_path)]) == 0
    assert (hidden / "one.yaml").read_text() == UNTIDY
    assert (policy / "link.yaml").is_symlink()
    assert capsys.readouterr().err == ""


def test_a_link_that_is_named_is_followed_and_stays(policy: Path) -> None:
    (policy / "link.yaml").symlink_to("one.yaml")
    assert main(["fmt", str(policy / "link.yaml")]) == 0
    assert (policy / "link.yaml").is_symlink()
    assert (policy / "one.yaml").read_text() == TIDY


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert main(["fmt", str(tmp_path / "nowhere")]) == 2


def test_a_folder_without_files_of_ours_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "no file of ours is there\n"


def test_folders_that_go_too_deep_are_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.joinpath(*(["deep"] * 10)).mkdir(parents=True)
    assert main(["fmt", str(tmp_path)]) == 2
    assert "file-too-large" in capsys.readouterr().err


def test_a_file_named_twice_is_written_once(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", str(policy / "one.yaml"), str(policy / "one.yaml")]) == 0
    assert capsys.readouterr().out == f"{policy / 'one.yaml'} was formatted\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="allowed: root may write everywhere")
def test_a_file_that_cannot_be_written_stays(policy: Path) -> None:
    policy.chmod(0o500)
    try:
        assert main(["fmt", str(policy)]) == 1
    finally:
        policy.chmod(0o700)
    assert (policy / "one.yaml").read_text() == UNTIDY


def test_names_of_files_cannot_drive_a_terminal(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (policy / "one.yaml").rename(policy / "\x1b[31mone.yaml")
    assert main(["fmt", "--check", str(policy)]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_problem_that_several_files_meet_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tmp_path / "shop"
    assert main(["new", "policy", str(shop), "--published-at", "2026-01-01"]) == 0
    package = shop / "2026-01.yaml"
    package.write_text(package.read_text().replace("under('alcohol')", "under('alcool')"))
    tests = shop / "tests" / "alcohol-licence.yaml"
    (shop / "tests" / "more.yaml").write_text(tests.read_text())
    capsys.readouterr()
    assert main(["fmt", str(shop)]) == 2
    err = capsys.readouterr().err
    assert err.count("[unknown-code]") == 1
    assert err.count("the policy has problems, so that its tests are left alone") == 1
    assert "2 errors" in err


def test_a_spoilt_vocabulary_is_told_once_for_all_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tmp_path / "shop"
    assert main(["new", "policy", str(shop), "--published-at", "2026-01-01"]) == 0
    (shop / "more.yaml").write_text((shop / "2026-01.yaml").read_text())
    (shop / "vocabulary.yaml").write_text("vocabulary: shop\nversion: 1\nfacts: 1\n")
    capsys.readouterr()
    assert main(["fmt", str(shop)]) == 2
    assert capsys.readouterr().err.count("so that the packages beside it are left alone") == 1


def test_a_file_that_was_changed_in_the_meantime_is_not_replaced(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = policy / "one.yaml"
    before = path.read_text()
    real = together.write_together

    def late(files: dict[Path, str], read: dict[Path, str]) -> None:
        path.write_text(before + "# mine\n")
        real(files, read)

    monkeypatch.setattr(fmt, "write_together", late)
    assert main(["fmt", str(path)]) == 1
    assert "was changed in the meantime" in capsys.readouterr().err
    assert path.read_text() == before + "# mine\n"


@pytest.mark.parametrize("kind", ["tests", "case", "documents", "claims", "notice"])
def test_every_kind_of_file_is_formatted(kind: str, tmp_path: Path) -> None:
    assert main(["new", "policy", str(tmp_path / "policies" / "shop"), "--published-at", "2026-01-01"]) == 0
    assert main(["new", "case", str(tmp_path / "case"), "--policy", str(tmp_path / "policies" / "shop")]) == 0
    tests = tmp_path / "policies" / "shop" / "tests" / "alcohol-licence.yaml"
    path = tests if kind == "tests" else tmp_path / "case" / f"{kind}.yaml"
    text = path.read_text()
    path.write_text(text.replace("\n", "  \n") + "\n\n")
    assert main(["fmt", str(path)]) == 0
    assert path.read_text() == text


def test_a_large_file_is_formatted_in_time(policy: Path) -> None:
    rule = UNTIDY[UNTIDY.index("  - id") :]
    rules = "".join(rule.replace("paid-and-shown", f"r{number}") for number in range(1_000))
    (policy / "one.yaml").write_text(UNTIDY[: UNTIDY.index("  # Why")] + rules)
    start = time.monotonic()
    assert main(["fmt", str(policy)]) == 0
    assert time.monotonic() - start < 30


def test_the_examples_are_in_canonical_form() -> None:
    assert main(["fmt", "--check", str(ROOT / "examples")]) == 0
