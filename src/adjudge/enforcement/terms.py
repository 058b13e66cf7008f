"""What the header of a snapshot says beside the layout: of which log it tells, and how it is to be used.

Sealed with the rest, so that whoever asks follows what the institution declared and no default of the machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.measure import SEVERITY

FORMAT = 1
REVIEW, HOLD, RUN = "review", "hold", "run"
"""What becomes of an ad that is not as it was approved: it goes back to review and does not run, does not run, or goes
back to review and runs."""
KEEP, ALLOW, DENY = "keep", "allow", "deny"
"""What becomes of measures of a kind when the snapshot is stale: they go on, end, or no advertising runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Of which log, up to which entry; a delta's base; what holds when stale, for unknown landing pages, changed ads.

    Kinds that `when_stale` does not name go on. `stale_after` is in seconds. `known_at` is the time of the last entry
    as the log writes it.
    """

    origin: str
    log_size: int
    log_root: str = ""
    known_at: str = ""
    base: str = ""
    when_stale: tuple[tuple[str, str], ...] = ()
    stale_after: int = 60
    unknown_landing: str = ALLOW
    changed: str = REVIEW
    surfaces: tuple[str, ...] = ("ads",)

    def told(self) -> dict[str, Any]:
        """As it stands in the header."""
        base = {"base": self.base} if self.base else {}
        return {
            "format": FORMAT,
            "origin": self.origin,
            "log_size": self.log_size,
            "log_root": self.log_root,
            "known_at": self.known_at,
            "when_stale": dict(self.when_stale),
            "stale_after": self.stale_after,
            "unknown_landing": self.unknown_landing,
            "changed": self.changed,
            "surfaces": list(self.surfaces),
            **base,
        }


def terms_of(told: Mapping[str, Any]) -> Terms:
    """The terms of a header. Raises BadSnapshotError where one is missing or means nothing."""
    if told.get("format") != FORMAT:
        raise BadSnapshotError("this is no snapshot of this version")
    when_stale, surfaces = told.get("when_stale"), told.get("surfaces")
    if not (
        isinstance(when_stale, dict)
        and all(kind in SEVERITY and what in (KEEP, ALLOW, DENY) for kind, what in when_stale.items())
    ):
        raise BadSnapshotError("the header does not say what holds when the snapshot is stale")
    if not (isinstance(surfaces, list) and all(isinstance(name, str) for name in surfaces)):
        raise BadSnapshotError("the header does not name the surfaces")
    landing = _text(told, "unknown_landing")
    if landing not in {ALLOW, DENY}:
        raise BadSnapshotError("the header does not say what holds for unknown landing pages")
    changed = _text(told, "changed")
    if changed not in {REVIEW, HOLD, RUN}:
        raise BadSnapshotError("the header does not say what holds for ads that were changed")
    return Terms(
        origin=_text(told, "origin"),
        log_size=number(told, "log_size"),
        log_root=_text(told, "log_root"),
        known_at=_text(told, "known_at"),
        base=_text(told, "base") if "base" in told else "",
        when_stale=tuple(sorted(when_stale.items())),
        stale_after=number(told, "stale_after"),
        unknown_landing=landing,
        changed=changed,
        surfaces=tuple(surfaces),
    )


def number(told: Mapping[str, Any], name: str) -> int:
    """A number of a header that is not below zero. Raises BadSnapshotError."""
    found = told.get(name)
    if type(found) is not int or found < 0:
        raise BadSnapshotError(f"the header has no number {name}")
    return found


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str):
        raise BadSnapshotError(f"the header has no text {name}")
    return found
