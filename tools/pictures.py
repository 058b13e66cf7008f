"""Takes the pictures of docs/pictures from the running program: `.venv/bin/python tools/pictures.py`.

Not a test of how pages look; it shows what they look like. Needs Chromium. Another machine has other fonts, and
so gives other pictures.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent
CASE = Path("examples/cases/kaspersky-2018")
PICTURES = CHECKOUT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LARGEST = 300_000


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


def main() -> int:
    """Take all pictures; 1 where there is no browser or a picture is too large to keep."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        print(f"none of {', '.join(BROWSERS)} is on PATH", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=ARGUMENTS)
        taken = [take(picture, browser, Path(folder)) for picture in PAGES]
        browser.close()
    for path in taken:
        print(f"{path.relative_to(CHECKOUT)}: {path.stat().st_size} bytes")
    return int(any(path.stat().st_size > LARGEST for path in taken))


if __name__ == "__main__":
    sys.exit(main())
