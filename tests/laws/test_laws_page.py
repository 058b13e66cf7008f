"""The page of laws names, for each law, tests that exist, or says that there is none yet."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PAGE = (CHECKOUT / "src" / "adjudge" / "spec" / "LAWS.md").read_text(encoding="utf-8")
LAWS = dict(re.findall(r"^## (L\d+) (.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
_TEST = re.compile(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`")


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_laws_are_numbered_without_a_gap() -> None:
    assert list(LAWS) == [f"L{number}" for number in range(1, len(LAWS) + 1)]
    assert len(LAWS) == 16


@pytest.mark.parametrize("law", LAWS)
def test_every_law_names_a_test_that_exists_or_says_not_yet(law: str) -> None:
    (line,) = re.findall(r"^- \*\*Test\.\*\* (.*?)(?=^\S|\Z)", LAWS[law], re.MULTILINE | re.DOTALL)
    named = _TEST.findall(line)
    assert bool(named) is not line.startswith("Not yet: ")
    for file, name in named:
        assert name in functions(file)
