"""The page of traps tells the truth: every test that it names is there, and every trap of the institution is named."""

import ast
import re
from pathlib import Path

PAGE = Path("docs/reference/traps.md")
OURS = {
    *("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "T13", "T14", "T17", "T18"),
    *("T19", "T26", "T27", "T28", "T30", "T31", "T32", "T33", "T34", "T36", "T37", "T38", "T39"),
}
_NAMED = re.compile(r"^\| (T\d+) \| .* \| `([\w/]+\.py)::(\w+)` \|", re.MULTILINE)


def test_every_test_that_the_page_names_exists() -> None:
    named = _NAMED.findall(PAGE.read_text(encoding="utf-8"))
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| T")]
    assert len(named) == len(rows)
    missing = [(file, test) for _, file, test in named if test not in _run(Path(file))]
    assert missing == []


def test_every_trap_of_the_institution_is_on_the_page() -> None:
    assert {trap for trap, _, _ in _NAMED.findall(PAGE.read_text(encoding="utf-8"))} == OURS


def _run(path: Path) -> set[str]:
    """The tests of a file that are neither skipped nor expected to fail."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (item for item in tree.body if isinstance(item, ast.FunctionDef))
    return {item.name for item in functions if not any(_puts_off(mark) for mark in item.decorator_list)}


def _puts_off(mark: ast.expr) -> bool:
    return any(word in ast.unparse(mark) for word in ("skip", "xfail", "slow"))
