"""Forms of the client: read from JSON and written to it, tolerant of what is newer, and never of what is missing."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from adjudge.client.file import Upload, multipart, name_in
from adjudge.client.shape import NoFormError, Shape, from_json, to_json

ROOT = Path(__file__).resolve().parent.parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Shape):
    name: str
    from_: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree(Shape):
    id: str
    leaves: tuple[Leaf, ...]
    by_name: Mapping[str, Leaf | Literal["none"]]
    end: str | None
    more: Any
    sent: Sequence[Leaf] | None = None


TOLD = {
    "id": "T",
    "leaves": [{"name": "a", "from": "b"}],
    "by_name": {"x": {"name": "c"}, "y": "none", "z": "a newer word"},
    "end": None,
    "more": {"any": [1]},
    "newer": True,
}


def test_a_form_is_read_with_all_that_is_in_it() -> None:
    found = Tree.from_json(TOLD, '"tag"')
    assert found.leaves == (Leaf(name="a", from_="b"),)
    assert found.by_name == {"x": Leaf(name="c"), "y": "none", "z": "a newer word"}
    assert (found.end, found.more, found.etag) == (None, {"any": [1]}, '"tag"')


def test_a_form_is_written_as_it_was_read() -> None:
    plain = {name: value for name, value in TOLD.items() if name != "newer"}
    assert to_json(Tree.from_json(plain)) == plain


def test_what_was_read_at_different_times_is_equal_where_it_says_the_same() -> None:
    assert Tree.from_json(TOLD, '"one"') == Tree.from_json(TOLD, '"two"')


@pytest.mark.parametrize("told", [None, [], "text", {}, {**TOLD, "leaves": [{}]}, {"id": "T"}])
def test_what_lacks_something_is_no_such_form(told: object) -> None:
    with pytest.raises(NoFormError):
        from_json(Tree, told)


def test_a_form_with_files_is_written_as_browsers_do() -> None:
    files = {"file": Upload(b"\x00\r\n", 'a "b"\r\n.txt', "text/plain")}
    written = multipart({"about": "é", "tree": {"a": 1}, "nothing": None}, files, "B")
    assert written == (
        b'--B\r\nContent-Disposition: form-data; name="about"\r\n\r\n\xc3\xa9\r\n'
        b'--B\r\nContent-Disposition: form-data; name="tree"\r\n\r\n{"a": 1}\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22%0D%0A.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n\x00\r\n\r\n--B--\r\n"
    )


def test_the_name_of_a_file_is_that_of_the_header() -> None:
    assert name_in('attachment; filename="a.zip"; filename*=utf-8') == "a.zip"
    assert name_in("inline") == ""


def test_the_client_needs_nothing_but_the_standard_library() -> None:
    script = (
        "import sys, adjudge.client, json;"
        "names = {name.partition('.')[0] for name in sys.modules};"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('adjudge.')};"
        "print(json.dumps([sorted(names - set(sys.stdlib_module_names) - {'adjudge'}), sorted(rooms)]))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _with_path(script)], capture_output=True, text=True, check=True
    )
    others, rooms = json.loads(done.stdout)
    assert [name for name in others if not name.startswith("__")] == []
    assert rooms == ["basis", "client", "errors"]


def _with_path(script: str) -> str:
    """Without the environment's packages: only the source itself can be imported."""
    return f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {script}"


def test_the_generated_parts_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/genclient.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"run `make docs`\n{done.stdout}{done.stderr}"
