"""What is said of backups: what a verification found, how far a long run is."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.said import Said
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.institution.backup.manifest import Manifest
    from adjudge.institution.backup.verifying import Verified

_PAUSE = 0.2
"""Seconds between two lines of progress."""


def _is_looked_at() -> bool:
    return sys.stderr.isatty()


@dataclass(slots=True)
class ProgressLine:
    """One line of standard error, written over again and again; nothing where nobody looks."""

    tongue: Tongue
    is_shown: bool = field(default_factory=_is_looked_at)
    width: int = 0
    last: float = 0.0

    def tell(self, what: Said, done: int) -> None:
        """Say how far it is."""
        if not self.is_shown or time.monotonic() < self.last + _PAUSE:
            return
        self.last = time.monotonic()
        text = self.tongue("{what}: {count} done", what=what, count=self.tongue.number(done))
        self._write(text)

    def end(self) -> None:
        """Take the line away."""
        if self.is_shown:
            self._write("")
            print(end="\r", file=sys.stderr, flush=True)

    def _write(self, text: str) -> None:
        print(f"\r{text:<{self.width}}", end="", file=sys.stderr, flush=True)
        self.width = len(text)


def verified_form(found: "Verified", tongue: Tongue) -> dict[str, Any]:
    """A verification for programs."""
    manifest, log = found.manifest, found.log
    tree = manifest.signed.checkpoint if manifest is not None and log is not None else None
    return {
        "verified": found.is_verified,
        "made_at": manifest.made_at if manifest is not None else None,
        "program": manifest.program if manifest is not None else None,
        "database": manifest.database if manifest is not None else None,
        "migrations": manifest.migrations if manifest is not None else {},
        "key": manifest.key if manifest is not None else None,
        "entries": tree.size if tree is not None else 0,
        "last_entry_at": str(log.last) if log is not None and log.last is not None else None,
        "checkpoint": manifest.checkpoint if manifest is not None else None,
        "rows": found.rows,
        "documents": found.documents,
        "bytes": found.size,
        "with_keys": manifest is not None and has_keys(manifest),
        "faults": [tongue.of(item) for item in faults(found)],
    }


def has_keys(manifest: "Manifest") -> bool:
    """Whether the keys are in it."""
    return any(name.startswith("keys/") for name in manifest.members)


def faults(found: "Verified") -> Iterator[Said]:
    """Everything that is wrong."""
    yield from found.faults
    if found.log is not None:
        yield from (item.message for item in found.log.findings)


def verified_lines(found: "Verified", tongue: Tongue, *, is_given: bool) -> Iterator[str]:
    """A verification for people."""
    if found.is_verified:
        yield tongue("VERIFIED: the backup is whole, and is as it was made.")
    else:
        yield tongue("NOT VERIFIED: the backup is not as it was made.")
        for item in faults(found):
            yield "  - " + tongue.of(item)
    manifest, log = found.manifest, found.log
    if manifest is None or log is None:
        return
    yield tongue(
        "It was made on {time} by version {program}.", time=str(manifest.at), program=manifest.program
    )
    yield tongue.plural(
        "The log has {count} entry, which is of {last}.",
        "The log has {count} entries, the last of {last}.",
        log.entries,
        last=str(log.last),
    )
    yield tongue.plural("There is {count} row.", "There are {count} rows.", found.rows)
    yield tongue.plural("There is {count} document.", "There are {count} documents.", found.documents)
    if manifest.documents.gone:
        yield tongue.plural(
            "{count} document was expunged while the backup was made, and is not in it.",
            "{count} documents were expunged while the backup was made, and are not in it.",
            len(manifest.documents.gone),
        )
    yield _key_line(manifest, tongue, is_given=is_given)


def _key_line(manifest: "Manifest", tongue: Tongue, *, is_given: bool) -> str:
    if is_given:
        return tongue("Checked by the key that was given: {key}", key=manifest.key)
    return tongue(
        "Checked by the key that the file itself names, which shows that the file agrees with itself, and not who "
        "signed it. Compare the key with one that you have from elsewhere, or hand that in with `--log-key`: {key}",
        key=manifest.key,
    )


def printed(lines: Iterable[str]) -> None:
    """Print lines, to standard error, with nothing in them that drives a terminal."""
    for line in lines:
        print(harmless(line), file=sys.stderr)
