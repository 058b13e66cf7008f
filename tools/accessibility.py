"""Writes docs/accessibility.md: every page of the desk in four looks, and what axe finds in each.

Not a test: that nothing is found is one of tests/browser. Run as `.venv/bin/python -m tools.accessibility --on
2026-11-22`: the day is named, since a file in the repository should say when it was so and not when it was written.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.browser.desk_site import ARGUMENTS, LOOKS, PAGES, RULES, Served, opened, shown, unfold
from tools.desk_pictures import prepared_site

TARGET = Path(__file__).resolve().parent.parent / "docs" / "accessibility.md"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TITLES = {
    ("en", "light", 1280): "English, light, 1280",
    ("fr", "dark", 390): "French, dark, 390",
    ("fr", "light", 1280): "French, light, 1280",
    ("en", "dark", 390): "English, dark, 390",
}
HEAD = """# Accessibility

What axe finds in every page of the desk, with all that can be folded open, in four looks: language, colours, width.
The pages are held to the rules {rules} of axe. The tests in a browser fail on a single violation; they also
hold keyboard, focus, widths, longer words and writing from right to left, which axe cannot see.

Run on {day} by

    .venv/bin/python -m tools.accessibility --on {day}

Violations: **{total}** in {pages} pages × {looks} looks.

"""
Found = Mapping[str, list[int]]


def violations(browser: Browser, served: Served, name: str, look: tuple[str, str, int]) -> int:
    """Count what axe finds in a page, all unfolded."""
    context = opened(browser, served, PAGES[name][0], look)
    page = context.new_page()
    shown(page, served, name)
    unfold(page)
    count = Axe().run(page, options={"runOnly": RULES}).violations_count
    context.close()
    return int(count)


def written(found: Found, day: str) -> str:
    """Write the page."""
    total = sum(sum(counts) for counts in found.values())
    rules = ", ".join(RULES[:-1]) + " and " + RULES[-1]
    head = HEAD.format(rules=rules, day=day, total=total, pages=len(found), looks=len(LOOKS))
    lines = ["| Page | Address | " + " | ".join(TITLES[look] for look in LOOKS) + " |"]
    lines.append("| --- | --- |" + " ---: |" * len(LOOKS))
    for name, counts in found.items():
        lines.append(f"| {name} | `{PAGES[name][1]}` | " + " | ".join(map(str, counts)) + " |")
    return head + "\n".join(lines) + "\n"


def main() -> int:
    """Write the table; 1 where there is no browser or something is found."""
    parser = argparse.ArgumentParser(description="Writes docs/accessibility.md.")
    parser.add_argument("--on", required=True, metavar="DAY", help="the day of the run, such as 2026-11-22")
    day = parser.parse_args().on
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print(f"none of {', '.join(BROWSERS)} is on PATH", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        prepared_site(Path(folder)) as served,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        found = {name: [violations(browser, served, name, look) for look in LOOKS] for name in PAGES}
        browser.close()
    TARGET.write_text(written(found, day), encoding="utf-8")
    return int(any(map(sum, found.values())))


if __name__ == "__main__":
    sys.exit(main())
