"""Watching files without a dependency: their times and sizes, looked at again and again.

Not a promise to see every change: what is written and put back between two looks has not happened.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

Seen = Mapping[Path, tuple[int, int]]
"""Files with the time of their last change, in nanoseconds, and their size."""
ENDINGS = {".yaml", ".yml", ".json"}
SETTLING = 0.1
"""Seconds between two looks at files that are being written."""
MOST_LOOKS = 50
"""Looks before a file that never comes to rest is taken as it is."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The files in which two looks differ."""

    changed: tuple[Path, ...]
    added: tuple[Path, ...]
    removed: tuple[Path, ...]


def look(folders: Iterable[Path]) -> Seen:
    """The files of ours in some folders, not in those below; what is gone or cannot be read is not there."""
    found: dict[Path, tuple[int, int]] = {}
    for folder in folders:
        for path in _names(folder):
            try:
                status = path.stat()
            except OSError:
                continue
            found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _names(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.iterdir() if p.suffix in ENDINGS and not p.name.startswith(".")]
    except OSError:
        return []


def changes(before: Seen, after: Seen) -> Changes:
    """What happened between two looks."""
    return Changes(
        changed=tuple(sorted(p for p in before if p in after and before[p] != after[p])),
        added=tuple(sorted(p for p in after if p not in before)),
        removed=tuple(sorted(p for p in before if p not in after)),
    )


def watch(folders: Iterable[Path], every: float, run: Callable[[Changes | None], None]) -> None:
    """Run once, and again after each change, until somebody interrupts.

    The look is taken before the run, so that what changes during it is seen after it.
    """
    watched = tuple(dict.fromkeys(folders))
    before = look(watched)
    run(None)
    while True:
        time.sleep(every)
        after = look(watched)
        if after != before:
            after = _settled(watched, after)
        if after != before:
            found, before = changes(before, after), after
            run(found)


def _settled(folders: tuple[Path, ...], seen: Seen) -> Seen:
    """The files once two looks agree: an editor writes in several steps."""
    for _ in range(MOST_LOOKS):
        time.sleep(SETTLING)
        again = look(folders)
        if again == seen:
            break
        seen = again
    return seen
