"""Takes the pictures of docs/pictures from the running program: `.venv/bin/python -m tools.pictures`.

Not a test of how pages look; it shows what they look like. Needs Chromium. Another machine has other fonts, and
so gives other pictures. `answers` or `desk` after the command takes only the pictures of answers or of the desk.
"""

import argparse
import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.desk_pictures import desk_pictures, prepared_site

CHECKOUT = Path(__file__).resolve().parent.parent
CASE = Path("examples/cases/kaspersky-2018")
PICTURES = CHECKOUT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LARGEST = 300_000
ALL_TOGETHER = 22_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the answer to a question, how it is seen, and the element at which it begins, if any."""

    name: str
    as_of: str
    territory: str
    width: int
    height: int
    top: str = ""


PAGES = (
    Picture("answer-2018-01-31-us", "2018-01-31", "US", 1280, 1360),
    Picture("answer-2024-10-01-us", "2024-10-01", "US", 1280, 1360, "#subject-ad-antivirus"),
    Picture("answer-2024-10-01-us-phone", "2024-10-01", "US", 390, 844),
)


def page_of(picture: Picture, folder: Path) -> Path:
    """Have the program answer the question as a page."""
    page = folder / f"{picture.name}.html"
    asked = ["--as-of", picture.as_of, "--territory", picture.territory, "--format", "html", "-o", str(page)]
    subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", "decide", str(CASE), *asked], cwd=CHECKOUT, check=True
    )
    return page


def take(picture: Picture, browser: Browser, folder: Path) -> Path:
    """Take a picture in light colours."""
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height}, color_scheme="light")
    page.goto(page_of(picture, folder).as_uri())
    if picture.top:
        page.locator(picture.top).evaluate(
            "element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 64)"
        )
    target = PICTURES / f"{picture.name}.png"
    page.screenshot(path=target)
    page.close()
    return target


def answer_pictures(browser: Browser, folder: Path) -> Iterator[Path]:
    """Take the pictures of answers."""
    for picture in PAGES:
        yield take(picture, browser, folder)


def taken(parts: list[str], browser_path: str) -> list[Path]:
    """Take the pictures that are asked for."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site = stack.enter_context(prepared_site(folder)) if "desk" in parts else None
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        found = list(answer_pictures(browser, folder)) if "answers" in parts else []
        if site is not None:
            found.extend(desk_pictures(browser, site, PICTURES))
        browser.close()
    return found


def main() -> int:
    """Take the pictures; 1 where there is no browser, or pictures are too large to keep."""
    parser = argparse.ArgumentParser(description="Takes the pictures of docs/pictures.")
    parser.add_argument("parts", nargs="*", metavar="part", help="answers or desk; both where none is named")
    parts = parser.parse_args().parts or ["answers", "desk"]
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        print(f"none of {', '.join(BROWSERS)} is on PATH", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    sizes = {path: path.stat().st_size for path in taken(parts, found)}
    large = [path for path, size in sizes.items() if size > LARGEST]
    for path in large:
        print(f"{path.relative_to(CHECKOUT)}: {sizes[path]} bytes are too many", file=sys.stderr)
    print(f"{len(sizes)} pictures, {sum(sizes.values())} bytes")
    return int(bool(large) or sum(sizes.values()) > ALL_TOGETHER)


if __name__ == "__main__":
    sys.exit(main())
