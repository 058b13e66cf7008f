"""Engines of versions, kept by the package itself: whoever asks again does not wait for what was compiled before.

Not those of questions off the record, which are kept by the digest of a version.
"""

from collections.abc import Iterable
from threading import Lock

from adjudge.basis.instant import Instant
from adjudge.engines.point.engine import PointEngine
from adjudge.facts.claim import Claim, Subject
from adjudge.language.package import Package
from adjudge.outcome import Outcome

MOST = 32
"""Packages that are kept; beyond, the oldest is dropped and compiled anew when it is asked for."""
_KEPT: dict[int, PointEngine] = {}
_GUARD = Lock()


def by_kept_engine(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """What the point engine finds."""
    engine = _engine_of(package)
    return engine.outcomes(claims, subjects, valid_at=valid_at, known_at=known_at, territory=territory)


def _engine_of(package: Package) -> PointEngine:
    """The engine of this very package. An engine that is kept keeps its package, so that no other takes its place."""
    with _GUARD:
        found = _KEPT.get(id(package))
        if found is None:
            if len(_KEPT) >= MOST:
                del _KEPT[next(iter(_KEPT))]
            found = _KEPT[id(package)] = PointEngine(package)
        return found
