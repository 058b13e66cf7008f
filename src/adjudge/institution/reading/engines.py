"""Versions compiled and kept, so that whoever asks often does not wait for what was read and compiled before.

A version is its bytes and named by their digest, so that what is kept under a digest never grows old.
"""

from dataclasses import dataclass, replace
from threading import Lock

from adjudge.basis.instant import FIRST
from adjudge.engines.point.engine import PointEngine
from adjudge.institution.versions import package_of, version
from adjudge.language.package import Package
from adjudge.records.ports import Reading

MOST = 32
"""Versions that are kept; beyond, the oldest is dropped and compiled anew when it is asked for."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A version with its engine, which takes it as published: which version applies is settled before it is asked."""

    package: Package
    engine: PointEngine


_KEPT: dict[str, Compiled] = {}
_GUARD = Lock()


def compiled(records: Reading, digest: str) -> Compiled:
    """A version by its digest, from what is kept or from the records. Raises NotFoundError."""
    found = _KEPT.get(digest)
    if found is not None:
        return found
    package = package_of(version(records, digest).text)
    made = Compiled(package, PointEngine(replace(package, published_at=FIRST)))
    with _GUARD:
        if digest not in _KEPT and len(_KEPT) >= MOST:
            del _KEPT[next(iter(_KEPT))]
        return _KEPT.setdefault(digest, made)
