"""Where commands write: whole or not at all, through links, never in the place of a device."""

import os
import stat
from pathlib import Path

import pytest

from adjudge.cli.main import main
from adjudge.cli.output import write_file
from adjudge.errors import UnavailableError

ROOT = Path(__file__).resolve().parents[3]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_has_the_mode_that_the_umask_asks_for(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_file(tmp_path / "new", "text")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o600


def test_an_older_file_keeps_its_mode(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("old")
    old.chmod(0o640)
    write_file(old, "new")
    assert old.read_text() == "new"
    assert mode(old) == 0o640


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to("target")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path("/dev/null"), "text")
    assert not Path("/dev/null").is_file()


def test_a_full_device_is_an_error_that_says_so_and_stays_a_device() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("allowed: this system has no /dev/full")
    with pytest.raises(UnavailableError, match="no space left"):
        write_file(Path("/dev/full"), "text")
    assert not Path("/dev/full").is_file()


def test_links_in_a_circle_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UnavailableError):
        write_file(tmp_path / "a", "text")


def test_a_missing_folder_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        write_file(tmp_path / "no" / "file", "text")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_where_writing_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "file").write_text("old")
    with pytest.raises(UnavailableError):
        write_file(tmp_path / "file", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "old"


@pytest.mark.parametrize("name", ["case.yaml", "claims.yaml", "documents.yaml", "notice.yaml"])
def test_a_file_of_comments_only_is_empty(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (ROOT / "examples" / "cases" / "kaspersky-2018").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_text("# nothing yet\n")
    assert main(["decide", str(tmp_path), "--policies", str(ROOT / "policies"), "--as-of", "2018-01-31"]) == 2
    assert "[empty-file]" in capsys.readouterr().err


def test_a_version_of_comments_only_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (ROOT / "policies" / "ads-standard").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "2024-10.yaml").write_text("# nothing yet\n")
    assert main(["check", str(tmp_path)]) == 2
    assert "[empty-file]" in capsys.readouterr().err


def test_the_name_of_a_folder_cannot_drive_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a\x1b[31mb"
    folder.mkdir()
    for path in (ROOT / "policies" / "ads-standard").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    assert main(["check", str(folder)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_link_to_itself_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (ROOT / "examples" / "cases" / "kaspersky-2018").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "claims.yaml").unlink()
    (tmp_path / "claims.yaml").symlink_to("claims.yaml")
    assert main(["check", str(tmp_path), "--policies", str(ROOT / "policies")]) == 2
    assert "[unreadable-file]" in capsys.readouterr().err
