"""What a command reads is never replaced by what it writes."""

import shutil
from pathlib import Path

import pytest

from adjudge.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
Output = pytest.CaptureFixture[str]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "examples" / "populations", tmp_path / "populations")
    shutil.copytree(ROOT / "examples" / "cases" / "kaspersky-2018", tmp_path / "case")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PACKAGE = "policies/ads-standard/2019-08.yaml"
ASKED = ("--as-of", "2018-01-31")
SPOILING = {
    "a file of the case": ["decide", "case", *ASKED, "-o", "case/case.yaml"],
    "the claims": ["decide", "case", *ASKED, "-o", "case/../case/claims.yaml"],
    "the policy that the case finds": ["decide", "case", *ASKED, "-o", PACKAGE],
    "the population that the case finds": ["decide", "case", *ASKED, "-o",
                                           "populations/security-vendors-2018/claims.yaml"],
    "the case of a draft": ["draft", "case", "--subject", "ad-antivirus", "--as-of", "2024-10-01", "--territory",
                            "US", "-o", "case/documents.yaml"],
    "the notice": ["examine", "case/notice.yaml", "-o", "case/notice.yaml"],
    "the package that is sealed": ["seal", PACKAGE, "-o", PACKAGE],
    "its vocabulary": ["seal", PACKAGE, "-o", "policies/ads-standard/vocabulary.yaml"],
    "a side of a comparison": ["diff", PACKAGE, PACKAGE, "-o", PACKAGE],
    "a version of a folder": ["diff", "policies/ads-standard@2019-08", "policies/ads-standard@2024-10", "-o",
                              "policies/ads-standard/2024-10.yaml"],
    "the tests": ["test", "policies/ads-standard", "-o", "policies/ads-standard/tests/tobacco.yaml"],
}  # fmt: skip


@pytest.mark.parametrize("words", SPOILING.values(), ids=SPOILING)
def test_an_output_that_is_an_input_is_refused_and_nothing_is_written(
    words: list[str], room: Path, capsys: Output
) -> None:
    before = contents(room)
    assert main(words) == 2
    assert "[already-there]" in capsys.readouterr().err
    assert contents(room) == before


def test_links_to_an_input_are_followed(room: Path, capsys: Output) -> None:
    (room / "link").symlink_to("case/case.yaml")
    (room / "hard.yaml").hardlink_to(room / "case" / "notice.yaml")
    before = contents(room)
    assert main(["decide", "case", *ASKED, "-o", "link"]) == 2
    assert main(["examine", "case/notice.yaml", "-o", "hard.yaml"]) == 2
    assert "already-there" in capsys.readouterr().err
    assert contents(room) == before


def test_an_output_may_be_written_again_and_again_even_beside_the_inputs(room: Path) -> None:
    for _ in range(2):
        for name in ("answer.md", "case/answer.md"):
            assert (
                main(["decide", "case", *ASKED, "--format", "md", "-o", name, "--policies", "policies"]) == 0
            )
    assert (room / "case" / "answer.md").read_text() == (room / "answer.md").read_text()


def test_links_in_a_circle_are_left_to_the_writing(room: Path, capsys: Output) -> None:
    (room / "a").symlink_to("b")
    (room / "b").symlink_to("a")
    assert main(["decide", "case", *ASKED, "-o", "a"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_it_is_refused_in_the_language_that_was_asked_for(room: Path, capsys: Output) -> None:
    assert main(["decide", "case", *ASKED, "--lang", "fr", "-o", "case/case.yaml"]) == 2
    assert "erreur" in capsys.readouterr().err
    assert (room / "case" / "case.yaml").read_text().startswith(("#", "case"))
