"""What the shape of the code must keep: a small spec, and codes that are all used and all documented."""

import ast
import re
from pathlib import Path

from adjudge.basis.codes import CODES

SOURCE = Path(__file__).resolve().parent.parent / "src" / "adjudge"
SPEC_LINES = 600
SPEC_FUNCTION_LINES = 40


def files(folder: str = "") -> list[Path]:
    return sorted((SOURCE / folder).rglob("*.py"))


def test_the_spec_stays_short_enough_to_be_read_aloud() -> None:
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files("spec"))
    assert lines <= SPEC_LINES


def test_no_function_of_the_spec_is_long() -> None:
    for path in files("spec"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= SPEC_FUNCTION_LINES, f"{path.name}: {node.name} has {length} lines"


def texts_of_source() -> set[str]:
    """Every text literal of the source but those of the table of codes itself and of docstrings."""
    found = set()
    for path in files():
        if path.name == "codes.py" and path.parent.name == "basis":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_documented_code_is_used() -> None:
    assert sorted(set(CODES) - texts_of_source()) == []


def test_every_code_that_is_used_is_documented() -> None:
    """A call that notes a problem names its code first."""
    calls = re.compile(r"(?:\.add|\.refuse|\.problem|\bproblem|_stop|ExpressionError)\(\s*\"([a-z0-9-]+)\"")
    used = {code for path in files() for code in calls.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 20
    assert used <= set(CODES)


def test_the_explanations_of_codes_are_sentences() -> None:
    for code, text in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert text[0].isupper() or text.startswith("`")
        assert text.endswith(".")
        assert "\n" not in text
