"""What is said of snapshots: what they tell, what differs between two, whether they hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adjudge.answers.decision.measures import surfaces_text, territory_text
from adjudge.basis.instant import AFTER_LAST, Instant
from adjudge.basis.said import Said, say
from adjudge.cli.session import table
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import MEASURES
from adjudge.enforcement.layout import FOR_EVER, FROM_EVER
from adjudge.enforcement.measure import APPROVED, CHANGED, HELD, STANDING
from adjudge.language.package import MeasureKind
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.app.snapshots import Offered, Proof
    from adjudge.enforcement.measure import Scope, Served
    from adjudge.enforcement.table import Counts, Differing
    from adjudge.institution.serving.bases import Published

_STANDING = {
    APPROVED: say("as it was approved"),
    CHANGED: say("not as it was approved, and runs"),
    HELD: say("not as it was approved, and does not run"),
}
MOST_NAMED = 20
"""Decisions that are named one by one."""


def built_lines(found: "Published", folder: Path, tongue: Tongue) -> Iterator[str]:
    """What was built."""
    yield tongue.plural(
        "{file} is published in {folder}, with {count} key.",
        "{file} is published in {folder}, with {count} keys.",
        found.keys,
        file=found.name,
        folder=str(folder),
    )
    yield _of_log(found.terms.log_size, found.terms.known_at, found.terms.origin, tongue)


def published_form(found: "Published", folder: Path) -> dict[str, Any]:
    """The same for programs."""
    return {
        "folder": str(folder),
        "file": found.name,
        "digest": found.digest,
        "keys": found.keys,
        **found.terms.told(),
    }


def _of_log(size: int, known_at: str, origin: str, tongue: Tongue) -> str:
    return tongue.plural(
        "It tells of {count} entry of the log {origin}, up to {known_at}.",
        "It tells of {count} entries of the log {origin}, up to {known_at}.",
        size,
        origin=origin,
        known_at=known_at,
    )


def offered_lines(offered: "Offered", counts: "Counts", tongue: Tongue) -> Iterator[str]:
    """What a snapshot tells of, how much, and what was declared."""
    terms = offered.newest.terms
    for item in offered.files:
        yield tongue("{file}: {digest}", file=item.path.name, digest=item.header.digest)
    yield _of_log(terms.log_size, terms.known_at, terms.origin, tongue)
    if offered.current is not None:
        at = min(offered.current.confirmed_at * 1_000_000, AFTER_LAST.nanos - 1)
        yield tongue("It was confirmed last at {at}.", at=str(Instant(at)))
    yield from _count_lines(counts, tongue)
    yield tongue("Surfaces: {names}", names=", ".join(terms.surfaces))
    yield tongue.plural(
        "It is stale {count} second after it was confirmed.",
        "It is stale {count} seconds after it was confirmed.",
        terms.stale_after,
    )
    for kind, what in terms.when_stale:
        yield tongue("When it is stale, {kind}: {what}", kind=kind, what=what)
    yield tongue("An ad of which it is unknown where it leads: {what}", what=terms.unknown_landing)
    yield tongue("An ad that is not as it was approved: {what}", what=terms.changed)


def _count_lines(counts: "Counts", tongue: Tongue) -> Iterator[str]:
    rows = [(tongue.of(_kind(kind)), tongue.number(count)) for kind, count in sorted(counts.kinds.items())]
    yield tongue.plural("{count} key has measures.", "{count} keys have measures.", counts.measured)
    if counts.approvals:
        yield tongue.plural("{count} key has approvals.", "{count} keys have approvals.", counts.approvals)
    yield from table(rows) if rows else ()
    yield tongue.plural(
        "{count} decision has effect in it.", "{count} decisions have effect in it.", len(counts.decisions)
    )


def offered_form(offered: "Offered", counts: "Counts | None" = None) -> dict[str, Any]:
    """The same for programs."""
    form: dict[str, Any] = {
        "files": [
            {"file": item.path.name, "digest": item.header.digest, **item.terms.told()}
            for item in offered.files
        ],
        "confirmed_at": offered.current.confirmed_at if offered.current is not None else None,
    }
    if counts is not None:
        form |= {
            "keys": counts.measured,
            "approvals": counts.approvals,
            "kinds": dict(counts.kinds),
            "decisions": dict(counts.decisions),
        }
    return form


def key_lines(key: str, measures: "Sequence[Served]", tongue: Tongue) -> Iterator[str]:
    """What is said of a key."""
    if not measures:
        yield tongue("{key}: nothing is known against it.", key=key)
        return
    standing = [item for item in measures if item.scope.kind in STANDING]
    others = [item for item in measures if item.scope.kind not in STANDING]
    if others:
        yield tongue.plural("{key}: {count} measure", "{key}: {count} measures", len(others), key=key)
        yield from _measure_rows(others, tongue)
    if standing:
        yield tongue.plural("{key}: {count} approval", "{key}: {count} approvals", len(standing), key=key)
        yield from _measure_rows(standing, tongue)


def _measure_rows(measures: "Sequence[Served]", tongue: Tongue) -> Iterator[str]:
    rows = []
    for item in measures:
        scope = item.scope
        rows.append(
            (
                f"  {tongue.of(_kind(scope.kind))}",
                scope.reason,
                item.decision,
                territory_text(Extent(frozenset(scope.territories), scope.all_but), tongue),
                surfaces_text(Extent(frozenset(scope.surfaces), scope.surfaces_all_but), tongue),
                _since(item.start, tongue),
                _until(item.end, tongue),
            )
        )
    yield from table(rows)


def key_form(item: "Served") -> dict[str, Any]:
    """A measure for programs."""
    scope: Scope = item.scope
    return {
        "kind": scope.kind,
        "reason": scope.reason,
        "decision": item.decision,
        "territories": list(scope.territories),
        "all_but": scope.all_but,
        "surfaces": list(scope.surfaces),
        "surfaces_all_but": scope.surfaces_all_but,
        "start": _instant(item.start),
        "end": _instant(item.end),
        "pauses": [[_instant(begin), _instant(end)] for begin, end in item.pauses],
    }


def _instant(at: int) -> str | None:
    return None if at in {FROM_EVER, FOR_EVER} else str(Instant(at))


def _kind(kind: str) -> Said:
    """A kind of measure, or of what is served as if it were one, in words."""
    return _STANDING.get(kind) or MEASURES[MeasureKind(kind)]


def _since(at: int, tongue: Tongue) -> str:
    found = _instant(at)
    return tongue("from {at}", at=found) if found else tongue("has begun")


def _until(at: int, tongue: Tongue) -> str:
    found = _instant(at)
    return tongue("until {at}", at=found) if found else tongue("until it is lifted")


def differing_lines(found: "Differing", tongue: Tongue) -> Iterator[str]:
    """What differs between two."""
    if not (found.added or found.removed or found.changed):
        yield tongue("They say the same of every key.")
        return
    yield tongue.plural(
        "{count} key has measures that had none.", "{count} keys have measures that had none.", found.added
    )
    yield tongue.plural("{count} key has none any more.", "{count} keys have none any more.", found.removed)
    yield tongue.plural("{count} key has others.", "{count} keys have others.", found.changed)
    if found.begun:
        yield tongue("Decisions that are new: {names}", names=_named(found.begun, tongue))
    if found.ended:
        yield tongue("Decisions that are gone: {names}", names=_named(found.ended, tongue))


def _named(names: Sequence[str], tongue: Tongue) -> str:
    told = ", ".join(names[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    if left <= 0:
        return told
    return tongue.plural("{names} and {count} more", "{names} and {count} more", left, names=told)


def differing_form(found: "Differing") -> dict[str, Any]:
    """The same for programs."""
    return {
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
        "begun": list(found.begun),
        "ended": list(found.ended),
    }


def verified_lines(
    offered: "Offered", proof: "Proof", flaws: Sequence[Said], tongue: Tongue
) -> Iterator[str]:
    """Whether it holds, and what that says."""
    if flaws:
        for flaw in flaws:
            yield tongue.of(flaw)
        yield tongue("NOT VERIFIED: do not use it.")
        return
    terms = offered.newest.terms
    yield _of_log(terms.log_size, terms.known_at, terms.origin, tongue)
    if proof.log is not None:
        yield tongue("The log begins with what it tells of.")
    elif proof.checkpoint is not None:
        yield tongue("It tells of the log that the checkpoint covers.")
    else:
        yield tongue("Which log that is was not looked at: name a checkpoint or the log.")
    yield tongue("VERIFIED: every byte was sealed by the key.")
