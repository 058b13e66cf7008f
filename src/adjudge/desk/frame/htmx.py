"""Where the one file of htmx is found that pages load: in the package that brings it, and nothing else of that package.

Not a copy of it: which htmx is served is settled where versions of packages are.
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FILE = "htmx-2.min.js"
PREFIX = "htmx"
NAME = f"{PREFIX}/{FILE}"
"""Its name among the static files."""
CONFIG = json.dumps(
    {
        # Nothing is made into code, and nothing inline is put into a page: our policy would refuse it.
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "allowNestedOobSwaps": False,
        # No page is kept in the browser: the next person at the same machine would find it there.
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "defaultSettleDelay": 0,
        "timeout": 60_000,
        # A page that refuses, or says what failed, is shown as any other: whoever asked must read it.
        "responseHandling": [{"code": "204", "swap": False}, {"code": "...", "swap": True}],
    }
)
"""What htmx is told on each page."""


class HtmxFinder(BaseFinder):
    """Finds one file."""

    def __init__(self) -> None:
        """Look into the package once."""
        folder = files("django_htmx") / "static" / "django_htmx"
        self.storage = FileSystemStorage(location=str(folder))
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]  # Django's own finders tell it so

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: ANN401, FBT001, FBT002 - as Django calls it
        """The file behind a name among the static files; nothing for any other name."""
        found = [self.storage.path(FILE)] if path == NAME else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """The one file, and where it lies."""
        del ignore_patterns
        yield FILE, self.storage
