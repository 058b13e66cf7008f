"""Pictures of every page of the desk in four looks, of a site made for them, and the page that leads to them.

Not what is shown: pages and site are those that the tests in a browser look at.
"""

import base64
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.browser.desk_site import PAGES, Served, serving, shown
from tests.sites import found_in

QUALITY = 36
"""Of WebP: text stands well with it, and all pictures together stay small."""
SHEET = "sheet"
SHEET_HEIGHT = 1240


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are seen, and how much of a long one is kept."""

    name: str
    language: str
    scheme: Literal["light", "dark"]
    width: int
    most: int


LOOKS = (
    Look("desktop", "en", "light", 1280, 2000),
    Look("phone", "en", "light", 390, 2600),
    Look("dark", "en", "dark", 1280, 2000),
    Look("french", "fr", "light", 1280, 2000),
)
INDEX = """# Pictures

What the pages look like: taken from the running program, on the founding case, by `make pictures`.

Each page of the desk stands here as a desktop shows it. Its links lead to the same page on a phone, in dark colours
and in French. Long pages are cut off below.
"""


@contextlib.contextmanager
def prepared_site(folder: Path) -> Iterator[Served]:
    """Serve a site made for the pictures. Django wants it made before a browser is driven in this process."""
    found_in(folder)
    with serving(folder) as served:
        yield served


def desk_pictures(browser: Browser, served: Served, pictures: Path) -> Iterator[Path]:
    """Take the pictures of the desk into a folder of their own, and write the page that leads to them."""
    target = pictures / "desk"
    target.mkdir(parents=True, exist_ok=True)
    yield _sheet(browser, served, pictures / "decision-sheet.png")
    for name in PAGES:
        for look in LOOKS:
            path = target / file_name(name, look.name)
            path.write_bytes(_taken(browser, served, name, look))
            yield path
    kept = {file_name(name, look.name) for name in PAGES for look in LOOKS}
    for old in target.glob("*.webp"):
        if old.name not in kept:
            old.unlink()
    (pictures / "README.md").write_text(index(), encoding="utf-8")


def file_name(page: str, look: str) -> str:
    """Name the picture of a page."""
    return f"{re.sub('[^a-z0-9]+', '-', page)}-{look}.webp"


def index() -> str:
    """Write the page that leads to the pictures."""
    return INDEX + "".join(_entry(name, PAGES[name]) for name in PAGES)


def _entry(name: str, page: tuple[str, str]) -> str:
    who, address = page
    others = ", ".join(f"[{look.name}](desk/{file_name(name, look.name)})" for look in LOOKS)
    seen = f"as the {who}" if who else "by nobody in particular"
    return (
        f"\n## {name[:1].upper()}{name[1:]}\n\n`{address}`, seen {seen}: {others}\n\n"
        f'<img src="desk/{file_name(name, LOOKS[0].name)}" alt="{name}, on a desktop" width="640">\n'
    )


def _opened(browser: Browser, served: Served, name: str, look: Look) -> Page:
    who = PAGES[name][0]
    context = browser.new_context(
        viewport={"width": look.width, "height": 900},
        color_scheme=look.scheme,
        locale=look.language,
        base_url=served.address,
    )
    if who:
        context.add_cookies([{"name": "sessionid", "value": served.sessions[who], "url": served.address}])
    page = context.new_page()
    shown(page, served, name)
    page.wait_for_load_state("networkidle")
    return page


def _taken(browser: Browser, served: Served, name: str, look: Look) -> bytes:
    """Take a picture as WebP, which Chromium writes and Playwright does not ask it for."""
    page = _opened(browser, served, name, look)
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), look.most)
    asked = {
        "format": "webp",
        "quality": QUALITY,
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": look.width, "height": height, "scale": 1},
    }
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    page.context.close()
    return base64.b64decode(str(answer["data"]))


def _sheet(browser: Browser, served: Served, path: Path) -> Path:
    """Take the picture that the README shows."""
    page = _opened(browser, served, SHEET, LOOKS[0])
    page.set_viewport_size({"width": LOOKS[0].width, "height": SHEET_HEIGHT})
    page.screenshot(path=path)
    page.context.close()
    return path
