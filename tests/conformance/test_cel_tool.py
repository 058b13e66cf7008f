"""The tool that obtains CEL's conformance suite: it reads data, runs nothing, and takes nothing else for the suite."""

import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools.cel_suite import FILE, MEMBER, Failure, data_of, literal, obtain

TOOL = Path(__file__).resolve().parents[2] / "tools" / "cel_suite.py"


def test_a_literal_of_javascript_is_read_as_data() -> None:
    text = """{ a: 'it\\'s "so"', "b": [1, -2.5e3, true, null,], c: { d: "\\u00e9\\n", }, zero: -0 }"""
    found = literal(text)
    assert found == {"a": 'it\'s "so"', "b": [1, -2500.0, True, None], "c": {"d": "é\n"}, "zero": 0}
    assert str(found["zero"]) == "-0.0"


@pytest.mark.parametrize(
    "text", ["{ a: f() }", "{ a: process }", "{ a: `x` }", "{ a: '\\x41' }", "{ a: 1 + 1 }"]
)
def test_what_would_have_to_be_run_is_refused(text: str) -> None:
    with pytest.raises(Failure):
        literal(text)


def test_a_tarball_without_the_test_data_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.tgz"
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo("package/README.md")
        archive.addfile(entry, io.BytesIO(b""))
    with pytest.raises(Failure, match=MEMBER):
        data_of(path)


def test_another_file_is_not_taken_for_the_package_and_leaves_nothing_behind(tmp_path: Path) -> None:
    other = tmp_path / "other.tgz"
    other.write_bytes(b"something else")
    folder = tmp_path / "cache"
    with pytest.raises(Failure, match="its digest is"):
        obtain(folder, other)
    assert list(folder.iterdir()) == []


def test_without_npm_the_tool_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL)],
        env={"PATH": str(tmp_path), "ADJUDGE_CEL_SUITE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "npm is not on PATH" in done.stderr
    assert not (tmp_path / "cache" / FILE).exists()
