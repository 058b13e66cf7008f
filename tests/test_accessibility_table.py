"""The table of what axe finds names every page of the desk, and nothing is found."""

from pathlib import Path

import pytest

from tests.browser.desk_site import LOOKS, PAGES

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_the_table_of_accessibility_names_a_page_without_a_violation(name: str) -> None:
    rows = (DOCS / "accessibility.md").read_text(encoding="utf-8").splitlines()
    assert f"| {name} | `{PAGES[name][1]}` |" + " 0 |" * len(LOOKS) in rows
