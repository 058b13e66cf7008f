"""`adjudge new` as an author meets it: drafts that are valid at once, whole or not at all, over nothing."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from adjudge.app.scaffolds import verify
from adjudge.cli import new, output, together
from adjudge.cli.main import main
from adjudge.errors import BugError, UnavailableError
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import RuleKind

Output = pytest.CaptureFixture[str]
DAY = ("--published-at", "2026-01-01")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    folder = tmp_path / "policies" / "shop"
    assert main(["new", "policy", str(folder), *DAY]) == 0
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def passes(policy: Path) -> bool:
    """Whether check, test and fmt have nothing to say."""
    commands = (["check", str(policy)], ["test", str(policy)], ["fmt", "--check", str(policy)])
    return all(main(command) == 0 for command in commands)


# policies


def test_a_new_policy_passes_everything_without_a_warning(policy: Path, capsys: Output) -> None:
    assert set(contents(policy)) == {"vocabulary.yaml", "2026-01.yaml", "tests/alcohol-licence.yaml"}
    capsys.readouterr()
    assert passes(policy)
    assert "warning" not in capsys.readouterr().out


def test_a_new_policy_shows_how_to_go_on(tmp_path: Path, capsys: Output) -> None:
    assert main(["new", "policy", str(tmp_path / "my shop's"), "--id", "shop", *DAY]) == 0
    out = capsys.readouterr().out
    assert f"  adjudge check '{tmp_path}/my shop'\"'\"'s'\n" in out
    assert "adjudge test" in out


def test_a_new_policy_is_of_today_where_no_day_is_given(tmp_path: Path) -> None:
    assert main(["new", "policy", str(tmp_path / "shop")]) == 0
    assert passes(tmp_path / "shop")


@pytest.mark.parametrize("name", ["2019", "true", "null", "no", "a_b-1", "1e3", "0x10"])
def test_any_name_that_a_case_can_use_is_a_name_of_a_policy(name: str, tmp_path: Path) -> None:
    assert main(["new", "policy", str(tmp_path / "policies" / name), *DAY]) == 0
    assert passes(tmp_path / "policies" / name)
    assert main(["new", "rule", str(tmp_path / "policies" / name), "rule-2"]) == 0
    assert passes(tmp_path / "policies" / name)
    assert main(["new", "case", str(tmp_path / "case"), "--policy", name]) == 0
    assert main(["decide", str(tmp_path / "case")]) == 0


@pytest.mark.parametrize("name", ["a b", "é", "../x", "-x", ".x", "", "x" * 101, "a\nb", "a:b"])
def test_other_names_are_refused(name: str, tmp_path: Path, capsys: Output) -> None:
    assert main(["new", "policy", str(tmp_path / "shop"), f"--id={name}"]) == 2
    assert "bad-identifier" in capsys.readouterr().err
    assert not contents(tmp_path)


def test_a_folder_that_is_there_is_never_overwritten(policy: Path, tmp_path: Path, capsys: Output) -> None:
    before = contents(tmp_path)
    assert main(["new", "policy", str(policy)]) == 2
    assert main(["new", "case", str(policy), "--policy", str(policy)]) == 2
    assert "already-there" in capsys.readouterr().err
    (tmp_path / "file").write_text("mine")
    assert main(["new", "policy", str(tmp_path / "file")]) == 2
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert main(["new", "policy", str(tmp_path / "link")]) == 2
    assert contents(tmp_path) == {**before, "file": b"mine"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    assert main(["new", "policy", str(tmp_path / "shop"), *DAY]) == 0
    assert passes(tmp_path / "shop")


# rules


@pytest.mark.parametrize("subject", [kind.value for kind in Kind])
@pytest.mark.parametrize("kind", [kind.value for kind in RuleKind if kind is not RuleKind.EXEMPTION])
def test_a_new_rule_is_valid_and_its_tests_pass(
    subject: str, kind: str, policy: Path, capsys: Output
) -> None:
    assert main(["new", "rule", str(policy), "fake-reviews", "--subject", subject, "--kind", kind]) == 0
    capsys.readouterr()
    assert passes(policy)
    out = capsys.readouterr().out
    assert out.count("[text-to-write]") == 4
    assert out.count("warning: ") == 4


def test_a_new_exemption_names_the_rule_that_it_lifts(policy: Path, capsys: Output) -> None:
    exemption = ["new", "rule", str(policy), "news", "--subject", "ad", "--kind", "exemption"]
    assert main([*exemption, "--exempts", "alcohol-license"]) == 2
    assert "did you mean `alcohol-licence`" in capsys.readouterr().err
    assert main(exemption) == 2
    assert main([*exemption[:5], "advertiser", *exemption[6:], "--exempts", "alcohol-licence"]) == 2
    assert main([*exemption[:6], "--exempts", "alcohol-licence"]) == 2
    assert main([*exemption, "--exempts", "alcohol-licence"]) == 0
    assert passes(policy)


def test_nothing_else_in_the_two_files_changes(policy: Path) -> None:
    before = contents(policy)
    assert main(["new", "rule", str(policy), "fake-reviews"]) == 0
    after = contents(policy)
    assert after["2026-01.yaml"].startswith(before["2026-01.yaml"])
    for name in ("2026-01.yaml", "vocabulary.yaml"):
        lines = after[name].splitlines()
        assert [line for line in lines if line in before[name].splitlines()] != []
        rest = iter(lines)
        assert all(line in rest for line in before[name].splitlines()), name


def test_a_rule_may_ask_for_a_fact_that_is_there(policy: Path) -> None:
    before = (policy / "vocabulary.yaml").read_text()
    fact = ["--fact", "advertiser.alcohol_licence"]
    assert main(["new", "rule", str(policy), "licensed-ads", "--subject", "ad", *fact]) == 0
    assert (policy / "vocabulary.yaml").read_text() == before
    assert passes(policy)


def test_a_rule_on_a_complete_record_is_tested_at_its_weight(policy: Path) -> None:
    path = policy / "vocabulary.yaml"
    path.write_text(
        path.read_text().replace("      type: bool\n", "      type: bool\n      complete: true\n", 1)
    )
    tests = policy / "tests" / "alcohol-licence.yaml"
    tests.unlink()
    fact = ["--fact", "alcohol_licence"]
    assert main(["new", "rule", str(policy), "licensed", *fact]) == 0
    assert "standard: official" in (policy / "2026-01.yaml").read_text().partition("id: licensed\n")[2]
    assert main(["test", str(policy)]) == 0


REFUSED = {
    "a rule that is there": (["alcohol-licence"], "duplicate-id"),
    "a space": (["a b"], "bad-identifier"),
    "a path": (["../a"], "bad-identifier"),
    "a hidden file": ([".a"], "bad-identifier"),
    "an option's name": (["--", "-a"], "bad-identifier"),
    "an id in another script without a fact": (["правило"], "bad-identifier"),
    "a fact that is no name": (["a", "--fact", "1a"], "bad-identifier"),
    "a fact that is a word of the language": (["a", "--fact", "in"], "bad-identifier"),
    "a fact of nobody": (["a", "--fact", "page.seen"], "bad-identifier"),
    "a fact of three parts": (["a", "--fact", "ad.b.c"], "bad-identifier"),
    "a fact of an ad for an advertiser": (["a", "--fact", "ad.product"], "wrong-subject"),
    "a fact that is no truth value": (["a", "--subject", "ad", "--fact", "ad.product"], "type-error"),
    "a version that is not there": (["a", "--version", "2027"], "unknown-package"),
    "a date without a version": (["a", "--published-at", "2027-01-01"], "duplicate-id"),
    "a date for an old version": (
        ["a", "--version", "2026.1", "--published-at", "2027-01-01"],
        "duplicate-id",
    ),
    "a version before the latest": (["a", "--version", "0", "--published-at", "2020-01-01"], "bad-value"),
    "a version that is a path": (
        ["a", "--version", "../b", "--published-at", "2027-01-01"],
        "bad-identifier",
    ),
}


@pytest.mark.parametrize(("arguments", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    arguments: list[str], code: str, policy: Path, capsys: Output
) -> None:
    before = contents(policy.parent.parent)
    assert main(["new", "rule", str(policy), *arguments]) == 2
    err = capsys.readouterr().err
    assert f"[{code}]" in err
    assert "hint: " in err
    assert contents(policy.parent.parent) == before


def test_an_id_in_another_script_has_a_fact_of_its_own_name(policy: Path) -> None:
    assert main(["new", "rule", str(policy), "правило", "--fact", "second"]) == 0
    assert passes(policy)


def test_a_new_version_is_copied_and_the_old_one_stays(policy: Path) -> None:
    old = (policy / "2026-01.yaml").read_bytes()
    version = ["--version", "2026.7", "--published-at", "2026-07-01"]
    assert main(["new", "rule", str(policy), "fake-reviews", *version]) == 0
    assert (policy / "2026-01.yaml").read_bytes() == old
    new = (policy / "2026.7.yaml").read_text()
    assert 'version: "2026.7"' in new
    assert "published_at: 2026-07-01" in new
    assert passes(policy)
    assert main(["new", "rule", str(policy), "third", "--version", "2026.1"]) == 0
    assert "id: third" in (policy / "2026-01.yaml").read_text()
    assert passes(policy)


def test_a_file_of_the_version_s_name_is_not_overwritten(policy: Path, capsys: Output) -> None:
    (policy / "2026.7.yaml").symlink_to("nowhere")
    version = ["--version", "2026.7", "--published-at", "2026-07-01"]
    (policy / "2026.7.yaml").unlink()
    (policy / "2026.7.yaml").write_text((policy / "2026-01.yaml").read_text().replace('"2026.1"', '"other"'))
    text = (
        (policy / "2026.7.yaml").read_text().replace("published_at: 2026-01-01", "published_at: 2026-02-01")
    )
    (policy / "2026.7.yaml").write_text(text)
    assert main(["new", "rule", str(policy), "a", *version]) == 2
    assert "already-there" in capsys.readouterr().err
    assert (policy / "2026.7.yaml").read_text() == text


def test_tests_that_are_there_are_not_overwritten(policy: Path, capsys: Output) -> None:
    path = policy / "tests" / "fake-reviews.yaml"
    path.write_text((policy / "tests" / "alcohol-licence.yaml").read_text())
    before = contents(policy)
    assert main(["new", "rule", str(policy), "fake-reviews"]) == 2
    assert "already-there" in capsys.readouterr().err
    assert contents(policy) == before


def test_a_sealed_version_cannot_be_edited(policy: Path, capsys: Output) -> None:
    assert main(["seal", str(policy / "2026-01.yaml"), "-o", str(policy / "2026-01.json")]) == 0
    (policy / "2026-01.yaml").unlink()
    assert main(["new", "rule", str(policy), "fake-reviews"]) == 2
    assert "is sealed" in capsys.readouterr().err


def test_a_folder_that_is_no_policy_is_refused(tmp_path: Path, capsys: Output) -> None:
    assert main(["new", "rule", str(tmp_path), "a"]) == 2
    assert "this is no policy" in capsys.readouterr().err
    assert not contents(tmp_path)


def test_a_policy_with_problems_is_refused(policy: Path) -> None:
    path = policy / "2026-01.yaml"
    path.write_text(path.read_text().replace("under('alcohol')", "under('alcool')"))
    before = contents(policy)
    assert main(["new", "rule", str(policy), "a"]) == 2
    assert contents(policy) == before


SMALL = """\
package: p
version: 1
language: 1
vocabulary: v
published_at: 2026-01-01
"""
RULE = "id: r, subject: ad, kind: prohibition, ground: {terms: '1'}, territory: worldwide, when: ad.paid, "
RULE = "{" + RULE + "standard: official, measure: {notify: {}}}"
KEYS = RULE[1:-1].replace(", ", "\n    ")
FACT = "{type: bool, definition: {de: Gelesen im Register.}, changeable_by: advertiser}"
DEEP = "vocabulary: v\nversion: 1\nfacts:\n     ad:\n"
SHAPES = {
    "no rule": (SMALL + "rules: []", "vocabulary: v\nversion: 1\nfacts: {}\n"),
    "no rule, and a comment": (
        SMALL + "rules: []  # none\nlists: {}\n",
        "vocabulary: v\nversion: 1\nfacts: {} # none",
    ),
    "rules at the key's own column": (
        SMALL + f"rules:\n- {RULE}\n# the end\nlists: {{}}\n",
        f"vocabulary: v\nfacts:\n  ad:\n    paid: {FACT}\nversion: 1\n",
    ),
    "deep columns": (
        f"{SMALL}rules:\n        - {RULE}\n          # of r\nparams: {{}}",
        f"{DEEP}           paid: {FACT}\n           # of paid\n     advertiser: {{}}",
    ),
    "a text that keeps its line breaks": (
        SMALL
        + "rules:\n  - "
        + RULE[1:-1].replace(", ", "\n    ")
        + "\n    explanation:\n      en: |+\n        So.\n\n\n",
        f"vocabulary: v\nversion: 1\nfacts:\n  ad:\n    paid: {FACT}\n",
    ),
    "line ends of Windows": (
        (SMALL + f"rules:\n  - {RULE}\n").replace("\n", "\r\n"),
        f"vocabulary: v\nversion: 1\nfacts:\n  ad:\n    paid: {FACT}\n".replace("\n", "\r\n"),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("subject", ["ad", "advertiser"])
def test_a_rule_is_put_into_files_of_any_layout(shape: str, subject: str, tmp_path: Path) -> None:
    package, vocabulary = SHAPES[shape]
    (tmp_path / "p.yaml").write_bytes(package.encode())
    (tmp_path / "vocabulary.yaml").write_bytes(vocabulary.encode())
    for number in (1, 2):
        assert main(["new", "rule", str(tmp_path), f"new-{number}", "--subject", subject]) == 0
    assert main(["check", str(tmp_path)]) == 0
    assert main(["test", str(tmp_path)]) == 0
    for name, before in (("p.yaml", package), ("vocabulary.yaml", vocabulary)):
        text = (tmp_path / name).read_bytes().decode()
        assert text.count("#") >= before.count("#")
        assert ("\r\n" in text) == ("\r\n" in before)
        assert text.replace("\r\n", "").count("\n") == 0 or "\r\n" not in before


IN_BRACKETS = {
    "rules": (SMALL + f"rules: [{RULE}]\n", f"vocabulary: v\nversion: 1\nfacts:\n  ad:\n    paid: {FACT}\n"),
    "facts": (
        SMALL + f"rules:\n  - {RULE}\n",
        f"vocabulary: v\nversion: 1\nfacts: {{ad: {{paid: {FACT}}}}}\n",
    ),
    "facts.ad": (
        SMALL + f"rules:\n  - {RULE}\n",
        f"vocabulary: v\nversion: 1\nfacts:\n  ad: {{paid: {FACT}}}\n",
    ),
}


@pytest.mark.parametrize("what", IN_BRACKETS)
def test_what_is_written_in_brackets_is_not_edited(what: str, tmp_path: Path, capsys: Output) -> None:
    package, vocabulary = IN_BRACKETS[what]
    (tmp_path / "p.yaml").write_text(package)
    (tmp_path / "vocabulary.yaml").write_text(vocabulary)
    before = contents(tmp_path)
    assert main(["new", "rule", str(tmp_path), "new", "--subject", "ad"]) == 2
    assert "written in brackets" in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_the_texts_are_in_the_languages_of_the_package(tmp_path: Path) -> None:
    rule = RULE[:-1] + ", title: {de: Bezahlt, en: Paid}}"
    (tmp_path / "p.yaml").write_text(SMALL + f"rules:\n  - {rule}\n")
    (tmp_path / "vocabulary.yaml").write_text(
        f"vocabulary: v\nversion: 1\nfacts:\n  ad:\n    paid: {FACT.replace('{de', '{en: Read there., de')}\n"
    )
    assert main(["new", "rule", str(tmp_path), "new"]) == 0
    text = (tmp_path / "p.yaml").read_text()
    assert '      de: "TO WRITE (de)"' in text
    assert "      fr:" not in text


def test_what_lint_refuses_is_not_added(policy: Path, capsys: Output) -> None:
    path = policy / "vocabulary.yaml"
    path.write_text(
        path.read_text().replace("      type: bool\n", "      type: bool\n      protected: true\n", 1)
    )
    before = contents(policy)
    assert main(["new", "rule", str(policy), "licensed", "--fact", "alcohol_licence"]) == 2
    assert "protected-fact" in capsys.readouterr().err
    assert contents(policy) == before


# cases


def test_a_new_case_is_decided_at_once(policy: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["new", "case", str(tmp_path / "case"), "--policy", "shop"]) == 0
    out = capsys.readouterr().out
    assert "nothing is claimed yet" in out
    assert "--policies" not in out
    assert main(["check", str(tmp_path / "case")]) == 0
    assert main(["fmt", "--check", str(tmp_path / "case")]) == 0
    capsys.readouterr()
    assert main(["decide", str(tmp_path / "case")]) == 0
    assert "alcohol-licence: Alcohol without a licence\n  unknown" in capsys.readouterr().out
    assert policy.is_dir()


def test_the_example_of_a_claim_is_valid_without_its_marks(
    policy: Path, tmp_path: Path, capsys: Output
) -> None:
    assert main(["new", "rule", str(policy), "fake-reviews"]) == 0
    assert main(["new", "case", str(tmp_path / "case"), "--policy", str(policy)]) == 0
    path = tmp_path / "case" / "claims.yaml"
    path.write_text(path.read_text().replace("claims: []", "claims:").replace("\n  # ", "\n  "))
    assert main(["check", str(tmp_path / "case")]) == 0
    assert main(["decide", str(tmp_path / "case")]) == 0
    assert "fake-reviews" in capsys.readouterr().out


TYPES = {
    "code<product>": "whisky",
    "int": "1",
    "string": "…",
    "country": "FR",
    "date": "2026-01-31",
    "bool": "true",
}


@pytest.mark.parametrize("kind", TYPES)
def test_the_example_of_a_claim_has_a_value_of_its_fact(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "policies" / "p"
    folder.mkdir(parents=True)
    fact = f"{{type: {kind}, changeable_by: advertiser, definition: {{en: As the ad says.}}}}"
    trees = "taxonomies: {product: {whisky: {}}}\n"
    (folder / "vocabulary.yaml").write_text(
        f"vocabulary: v\nversion: 1\n{trees}facts: {{ad: {{paid: {fact}}}}}\n"
    )
    (folder / "p.yaml").write_text(
        f"{SMALL}rules:\n  - {RULE.replace('when: ad.paid', 'when: has(ad.paid)')}\n"
    )
    assert main(["new", "case", str(tmp_path / "case"), "--policy", "p"]) == 0
    path = tmp_path / "case" / "claims.yaml"
    path.write_text(path.read_text().replace("claims: []", "claims:").replace("\n  # ", "\n  "))
    assert TYPES[kind] in path.read_text()
    assert main(["check", str(tmp_path / "case")]) == 0


def test_a_policy_elsewhere_is_named_in_the_commands(policy: Path, tmp_path: Path, capsys: Output) -> None:
    elsewhere = tmp_path / "elsewhere" / "case"
    (tmp_path / "other").mkdir()
    policy.rename(tmp_path / "other" / "shop")
    assert main(["new", "case", str(elsewhere), "--policy", str(tmp_path / "other" / "shop")]) == 0
    out = capsys.readouterr().out
    assert f"adjudge decide {elsewhere} --policies {tmp_path / 'other'}\n" in out
    assert main(["decide", str(elsewhere), "--policies", str(tmp_path / "other")]) == 0


@pytest.mark.parametrize(
    "name",
    ['a"b', "it's", "a: b", "- x", "#x", "日本", "a\\b", "{a}", "2026-01-01", "null", "<<case>>", "é" * 60],
)
def test_a_case_may_have_any_name_that_a_folder_has(name: str, policy: Path, tmp_path: Path) -> None:
    assert main(["new", "case", str(tmp_path / name), "--policy", str(policy)]) == 0
    assert main(["check", str(tmp_path / name)]) == 0
    assert main(["fmt", "--check", str(tmp_path / name)]) == 0


@pytest.mark.parametrize("name", ["a\nb", " a", "a\x1bb"])
def test_other_names_of_cases_are_refused(name: str, policy: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["new", "case", str(tmp_path / name), "--policy", str(policy)]) == 2
    err = capsys.readouterr().err
    assert "bad-identifier" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("policy_name", ["nowhere", "a b", ""])
def test_a_policy_that_is_not_there_is_a_problem(policy_name: str, tmp_path: Path) -> None:
    assert main(["new", "case", str(tmp_path / "case"), "--policy", policy_name]) == 2
    assert not contents(tmp_path)


# all or nothing


def failing_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full at the write of that number."""
    real = output.write_file
    count = 0

    def write(path: Path, text: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            raise UnavailableError("the disk is full")
        real(path, text)

    monkeypatch.setattr(together, "write_file", write)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_rule_is_written_whole_or_not_at_all(
    number: int, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(policy)
    failing_at(number, monkeypatch)
    assert main(["new", "rule", str(policy), "fake-reviews"]) == 1
    assert contents(policy) == before


KILLED = """
import os, sys
from adjudge.cli import together
from adjudge.cli.main import main
real, left = together.write_file, [int(sys.argv.pop(1))]
def write(path, text):
    real(path, text)
    left[0] -= 1
    if not left[0]:
        os._exit(9)
together.write_file = write
sys.exit(main())
"""


@pytest.mark.parametrize("number", [1, 2])
def test_what_a_killed_process_leaves_the_same_command_completes(number: int, policy: Path) -> None:
    words = ["new", "rule", str(policy), "fake-reviews"]
    done = subprocess.run([sys.executable, "-c", KILLED, str(number), *words], check=False, timeout=60)
    assert done.returncode == 9
    # Whatever it left, no rule speaks of a fact that is not there.
    assert main(["seal", str(policy / "2026-01.yaml")]) == 0
    assert main(words) == 0
    assert passes(policy)


def test_rules_that_are_added_at_once_are_all_there(policy: Path) -> None:
    words = [sys.executable, "-m", "adjudge.cli.main", "new", "rule", str(policy)]
    running = [subprocess.Popen([*words, f"rule-{n}"], stdout=subprocess.DEVNULL) for n in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert passes(policy)
    text = (policy / "2026-01.yaml").read_text()
    assert all(f"id: rule-{n}\n" in text for n in range(3))
    assert not [path for path in policy.rglob("*") if path.name.startswith(".")]


@pytest.mark.parametrize("name", ["vocabulary.yaml", "2026-01.yaml", "tests/fake-reviews.yaml"])
def test_what_was_changed_in_the_meantime_is_not_replaced(
    name: str, policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    before = contents(policy)
    mine = (policy / name).read_text() + "# mine\n" if (policy / name).exists() else "# mine\n"

    def late(files: Mapping[Path, str], read: Mapping[Path, str]) -> None:
        (policy / name).write_text(mine)
        together.write_together(files, read)

    monkeypatch.setattr(new, "write_together", late)
    assert main(["new", "rule", str(policy), "fake-reviews"]) == 1
    assert "was changed in the meantime" in capsys.readouterr().err
    assert contents(policy) == {**before, name: mine.encode()}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_folder_is_written_whole_or_not_at_all(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_at(number, monkeypatch)
    assert main(["new", "policy", str(tmp_path / "policies" / "shop"), *DAY]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").write_text("")
    assert main(["new", "policy", str(tmp_path / "file" / "shop"), *DAY]) in {1, 2}
    assert capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_scaffold_that_would_not_pass_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "run_files", lambda _files: [_Failing()])
    assert main(["new", "policy", str(tmp_path / "shop"), *DAY]) == 3
    assert not contents(tmp_path)
    with pytest.raises(BugError, match="is not valid"):
        verify.verified("vocabulary: v\n", [], "tests: x\n")
    with pytest.raises(BugError, match="is no YAML"):
        verify.verified("[", [], "")


class _Failing:
    """The result of a file whose only case fails."""

    @property
    def results(self) -> list["_Failing"]:
        return [self]

    @property
    def trial(self) -> "_Failing":
        return self

    id = "case"
    passes = False
