"""Every command as a user meets it: bad input, exit codes, nothing half-written."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adjudge import __version__
from adjudge.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
CASE = ROOT / "examples" / "cases" / "kaspersky-2018"
Change = Callable[[Path], object]


def adjudge(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the founding case with its policy, to be spoilt."""
    shutil.copytree(CASE, tmp_path / "case")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path / "case"


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rule(case: Path, old: str, new: str) -> None:
    replaced(case.parent / "policies" / "ads-standard" / "2024-10.yaml", old, new)


def claim(case: Path, old: str, new: str) -> None:
    replaced(case / "claims.yaml", old, new)


def vocabulary(case: Path, old: str, new: str) -> None:
    replaced(case.parent / "policies" / "ads-standard" / "vocabulary.yaml", old, new)


SPOILT: dict[str, tuple[str, Change]] = {
    "a rule names an unknown fact": (
        "unknown-name",
        lambda c: rule(c, "when: advertiser.real_owner_concealed", "when: advertiser.real_owner_conceled"),
    ),
    "a rule compares two types": (
        "type-error",
        lambda c: rule(
            c, "when: advertiser.real_owner_concealed", "when: advertiser.real_owner_concealed == 3"
        ),
    ),
    "a rule names an unknown code": (
        "unknown-code",
        lambda c: rule(c, "'platforms_included'", "'platforms'"),
    ),
    "a claim names an unknown fact": (
        "unknown-fact",
        lambda c: claim(c, "fact: ad.product", "fact: ad.produkt"),
    ),
    "a claim names an unknown code": (
        "unknown-code",
        lambda c: claim(c, "value: antivirus", "value: antivirux"),
    ),
    "a claim has a value of another type": (
        "wrong-shape",
        lambda c: claim(c, "value: antivirus", "value: [antivirus]"),
    ),
    "a claim weighs 6": ("bad-value", lambda c: claim(c, "weight: 4", "weight: 6")),
    "a claim ends before it starts": (
        "reversed-interval",
        lambda c: claim(c, "holds_from: 2017-09-13", "holds_from: 2017-09-13\n    holds_to: 2017-09-12"),
    ),
    "two claims share an id": (
        "duplicate-id",
        lambda c: claim(c, "id: q-ad-threat-intelligence", "id: q-ad-antivirus"),
    ),
    "a claim names an unknown document": (
        "unknown-document",
        lambda c: claim(c, "document: question-as-put", "document: question"),
    ),
    "rules override each other": (
        "override-circle",
        lambda c: (
            rule(
                c,
                "    when: advertiser.real_owner_concealed",
                "    overrides: [state-service-ties]\n    when: advertiser.real_owner_concealed",
            ),
            rule(
                c,
                "    when: advertiser.acts_for_state_service",
                "    overrides: [hidden-advertiser]\n    when: advertiser.acts_for_state_service",
            ),
        ),
    ),
    "two rules share an id": ("duplicate-id", lambda c: rule(c, "id: misleading-ad", "id: prohibited-sale")),
    "a key stands twice": (
        "duplicate-key",
        lambda c: claim(c, "stance: asserts", "stance: asserts\n    stance: denies"),
    ),
    "a key is unknown": ("unknown-key", lambda c: rule(c, "on_unproven: refer", "on_unprovn: refer")),
    "an alias is used": ("yaml-feature", lambda c: claim(c, "value: antivirus", "value: &a antivirus")),
    "a tag is used": (
        "yaml-feature",
        lambda c: claim(c, "value: antivirus", "value: !!python/name:os.system antivirus"),
    ),
    "parentheses are nested 200,000 deep": (
        "expression-too-large",
        lambda c: rule(c, "when: advertiser.real_owner_concealed", "when: " + "(" * 200_000),
    ),
    "brackets are nested deep": ("too-deep", lambda c: claim(c, "value: antivirus", "value: " + "[" * 200)),
    "brackets are nested 200,000 deep": (
        "too-deep",
        lambda c: claim(c, "value: antivirus", "value: " + "[" * 200_000 + "]" * 200_000),
    ),
    "a file has 100 MB": ("file-too-large", lambda c: os.truncate(c / "claims.yaml", 100_000_000)),
    "a file is not UTF-8": (
        "not-utf-8",
        lambda c: (c / "claims.yaml").write_bytes(b"claims:\n - id: \xff\xfe\n"),
    ),
    "a file is empty": ("empty-file", lambda c: (c / "claims.yaml").write_text("")),
    "a file is missing": ("unreadable-file", lambda c: (c / "documents.yaml").unlink()),
    "a file is a link out of the folder": (
        "unreadable-file",
        lambda c: ((c / "notice.yaml").unlink(), (c / "notice.yaml").symlink_to("/etc/hostname")),
    ),
    "there is no case.yaml": ("not-a-case", lambda c: (c / "case.yaml").unlink()),
    "the policy is unknown": (
        "unknown-package",
        lambda c: replaced(c / "case.yaml", "policy: ads-standard", "policy: ads"),
    ),
    "the policy is a path": (
        "bad-value",
        lambda c: replaced(c / "case.yaml", "policy: ads-standard", "policy: ../../etc"),
    ),
    "an ad has no advertiser": (
        "missing-key",
        lambda c: replaced(
            c / "case.yaml", "    kind: ad\n    advertiser: kaspersky-lab\n", "    kind: ad\n"
        ),
    ),
    "a fact has an unknown type": ("bad-word", lambda c: vocabulary(c, "type: country", "type: land")),
    "a taxonomy holds a code twice": ("duplicate-id", lambda c: vocabulary(c, "de_bsi: {}", "us_dhs: {}")),
}


@pytest.mark.parametrize("what", SPOILT)
def test_bad_input_is_a_problem_with_a_place_and_nothing_is_written(
    what: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, spoil = SPOILT[what]
    spoil(case)
    output = case.parent / "answer.json"
    status = main(["decide", str(case), "--as-of", "2024-10-01", "--format", "json", "-o", str(output)])
    printed = capsys.readouterr()
    assert status == 2, printed.err
    assert f"[{code}]" in printed.err
    assert ".yaml:" in printed.err or str(case) in printed.err
    assert printed.out == ""
    assert not output.exists()
    assert max(map(len, printed.err.splitlines())) < 600


@pytest.mark.parametrize("what", SPOILT)
def test_check_finds_it_too_and_says_what_to_do(
    what: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, spoil = SPOILT[what]
    spoil(case)
    status = main(["check", str(case), "--format", "json"])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert status == 2
    assert code in {problem["code"] for problem in report["problems"]}


def test_all_problems_are_reported_at_once(case: Path) -> None:
    for old, new in (
        ("weight: 4", "weight: 6"),
        ("value: antivirus", "value: antivirux"),
        ("stance: asserts", "stance: says"),
    ):
        claim(case, old, new)
    done = adjudge("check", str(case))
    assert {f"[{code}]" for code in ("bad-value", "unknown-code", "bad-word")} <= set(
        done.stderr.decode().split()
    )


def test_a_problem_shows_file_line_column_the_line_a_caret_and_a_hint(case: Path) -> None:
    claim(case, "value: antivirus", "value: antivirux")
    lines = adjudge("check", str(case)).stderr.decode().splitlines()
    first = next(i for i, line in enumerate(lines) if "[unknown-code]" in line)
    number = (case / "claims.yaml").read_text(encoding="utf-8").splitlines().index("    value: antivirux") + 1
    assert lines[first] == (
        f"{case / 'claims.yaml'}:{number}:12: error: `antivirux` is not a code of `product` [unknown-code]"
    )
    assert lines[first + 1] == f"  {number} |     value: antivirux"
    assert lines[first + 2].endswith("|            ^^^^^^^^^")
    assert lines[first + 3] == "  hint: did you mean `antivirus`?"


def test_a_shipped_policy_and_case_have_no_problem() -> None:
    for path in ("policies", "examples/cases"):
        done = adjudge("check", path)
        assert done.returncode == 0, done.stderr.decode()
        assert "error" not in done.stdout.decode()


@pytest.mark.parametrize(
    ("folder", "code"), [("domestic-company", "protected-fact"), ("vague-business-model", "no-definition")]
)
def test_a_bad_rule_is_refused_for_its_reason(folder: str, code: str) -> None:
    done = adjudge("check", f"examples/bad/{folder}", "--format", "json")
    refused = [p["code"] for p in json.loads(done.stdout)["problems"] if p.get("severity") != "warning"]
    assert done.returncode == 2
    assert refused == [code]


def test_a_bad_rule_is_not_sealed(tmp_path: Path) -> None:
    output = tmp_path / "sealed.json"
    done = adjudge("seal", "examples/bad/domestic-company/package.yaml", "-o", str(output))
    assert done.returncode == 2
    assert "protected-fact" in done.stderr.decode()
    assert not output.exists()


def test_a_sealed_package_decides_as_its_source_does(case: Path) -> None:
    folder = case.parent / "policies" / "ads-standard"
    before = adjudge("decide", str(case), "--as-of", "2024-10-01", "--format", "json").stdout
    for source in sorted(folder.glob("20*.yaml")):
        assert adjudge("seal", str(source), "-o", str(source.with_suffix(".json"))).returncode == 0
        source.unlink()
    assert adjudge("decide", str(case), "--as-of", "2024-10-01", "--format", "json").stdout == before


def test_an_altered_sealed_package_is_refused(case: Path) -> None:
    folder = case.parent / "policies" / "ads-standard"
    sealed = case.parent / "sealed.json"
    assert adjudge("seal", str(folder / "2024-10.yaml"), "-o", str(sealed)).returncode == 0
    replaced(sealed, "We may not deal with", "We will not deal with")
    done = adjudge("check", str(sealed))
    assert done.returncode == 2
    assert "digest-mismatch" in done.stderr.decode()


def test_the_version_is_said() -> None:
    assert adjudge("--version").stdout.decode().strip() == f"adjudge {__version__}"


@pytest.mark.parametrize(
    "arguments",
    [
        ("decide", "examples/cases/kaspersky-2018", "--as-of", "31.01.2018"),
        ("decide", "examples/cases/kaspersky-2018", "--territory", "Germany"),
        ("decide", "examples/cases/kaspersky-2018", "--lang", "xx"),
        ("decide",),
        ("unknown",),
        ("conform",),
        ("conform", "--engine", "guess"),
    ],
)
def test_a_wrong_command_line_is_refused_with_usage(arguments: tuple[str, ...]) -> None:
    done = adjudge(*arguments)
    assert done.returncode == 2
    assert b"usage: adjudge" in done.stderr


@pytest.mark.parametrize("path", ["nowhere", "src", "README.md", "/dev/null", "Makefile"])
def test_a_path_that_is_no_case_is_refused(path: str) -> None:
    for command in ("decide", "check"):
        done = adjudge(command, path)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert done.stderr.strip()


def test_an_engine_that_is_not_built_says_so() -> None:
    done = adjudge("conform", "--engine", "spark", given=b"{}\n")
    assert done.returncode == 2
    assert b"not built" in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 300_000,
        b'{"claims": "\\ud800"}',
    ],
)
def test_malformed_lines_are_answered_with_problems(line: bytes) -> None:
    done = adjudge("conform", "--engine", "spec", given=line + b"\n")
    assert done.returncode == 0
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    assert all(list(answer) == ["problems"] and answer["problems"] for answer in answers)
    assert len(answers) == bool(line)


def test_expressions_are_answered_line_by_line() -> None:
    lines = [
        {"expr": "a + 1", "bindings": {"a": 2}},
        {"expr": "1 / 0"},
        {"expr": "("},
        {"expr": "a", "bindings": {"a": 1.5}},
    ]
    done = adjudge("expr", given="\n".join(map(json.dumps, lines)).encode())
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    assert answers[0] == {"value": 3}
    assert list(answers[1]) == ["error"]
    assert list(answers[2]) == ["error"]
    assert answers[3] == {"value": 1.5}


def test_a_full_disk_leaves_no_half_written_answer() -> None:
    done = adjudge("decide", str(CASE), "--as-of", "2018-01-31", "-o", "/dev/full")
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_full_disk_under_standard_output_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("allowed: this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "adjudge.cli.main", "decide", str(CASE), "--as-of", "2018-01-31"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_answer_replaces_an_older_one_whole(tmp_path: Path) -> None:
    output = tmp_path / "answer.html"
    output.write_text("old" * 1_000_000)
    done = adjudge("decide", str(CASE), "--as-of", "2018-01-31", "--format", "html", "-o", str(output))
    assert done.returncode == 0
    assert output.read_text(encoding="utf-8").endswith("</html>\n")
    assert [path.name for path in tmp_path.iterdir()] == ["answer.html"]


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m adjudge.cli.main decide {CASE} --as-of 2018-01-31 | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)  # noqa: S607 - bash of the machine
    assert b"Traceback" not in done.stderr


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "serve the institution of a data folder" in told.err
    assert "Begin with: adjudge decide" in told.err
