"""What docs show of the desk is of every page: pictures in four looks."""

from pathlib import Path

import pytest

from tests.browser.desk_site import PAGES
from tools.desk_pictures import LOOKS as PICTURED
from tools.desk_pictures import file_name, index

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = DOCS / "pictures"
LARGEST = 300_000
ALL_TOGETHER = 22_000_000


@pytest.mark.parametrize("name", PAGES)
def test_there_is_a_picture_of_a_page_in_every_look(name: str) -> None:
    assert [
        look.name for look in PICTURED if not (PICTURES / "desk" / file_name(name, look.name)).is_file()
    ] == []


def test_the_page_of_pictures_is_current() -> None:
    assert (PICTURES / "README.md").read_text(encoding="utf-8") == index()


def test_pictures_are_small_and_none_is_of_a_page_that_is_gone() -> None:
    kept = list((PICTURES / "desk").iterdir())
    assert {path.name for path in kept} == {file_name(name, look.name) for name in PAGES for look in PICTURED}
    sizes = [path.stat().st_size for path in [*kept, PICTURES / "decision-sheet.png"]]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= ALL_TOGETHER
