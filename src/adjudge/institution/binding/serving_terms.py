"""What the institution declares for servers of ads: surfaces, what holds where they were not told for too long.

It is sealed into each snapshot, so that no server follows a default of its own.
"""

from collections.abc import Mapping, Sequence

from adjudge.basis.said import say
from adjudge.enforcement.terms import ALLOW, DENY, HOLD, KEEP, REVIEW, RUN
from adjudge.institution.house import need, refused
from adjudge.language.package import MeasureKind

ADS = "ads"
WHEN_STALE = (KEEP, ALLOW, DENY)
UNKNOWN_LANDING = (ALLOW, DENY)
CHANGED = (REVIEW, HOLD, RUN)
STALE_AFTER, SHORTEST_STALE, LONGEST_STALE = 60, 5, 86_400
"""Seconds: usually, at least (a snapshot is confirmed every two), and at most."""
MOST_SURFACES, LONGEST_SURFACE = 100, 100


def surfaces_of(given: Sequence[str]) -> tuple[str, ...]:
    """The surfaces as they are kept, each once; those of ads where none is named. Raises RefusedError."""
    if len(given) > MOST_SURFACES:
        message = say("more than {most} surfaces are named", most=MOST_SURFACES)
        raise refused("bad-value", message, say("name fewer"))
    for text in given:
        need(text, say("the surface"), most=LONGEST_SURFACE)
        if not text.isprintable() or text != text.strip():
            message = say("{text} is no name of a surface", text=text)
            raise refused("bad-value", message, say("write it on one line, as in the policies"))
    return tuple(dict.fromkeys(given)) or (ADS,)


def when_stale_of(given: Mapping[str, str]) -> dict[str, str]:
    """What holds by kind of measure, as it is kept: kinds that go on are left out. Raises RefusedError."""
    kinds = [kind.value for kind in MeasureKind]
    for kind, what in given.items():
        if kind not in kinds:
            message = say("there is no measure {kind}", kind=kind[:100])
            raise refused("bad-value", message, say("choose among: {kinds}", kinds=tuple(sorted(kinds))))
        if what not in WHEN_STALE:
            message = say("what holds when a snapshot is stale cannot be {text}", text=what[:100])
            raise refused("bad-value", message, say("choose among: {kinds}", kinds=WHEN_STALE))
    return {kind: given[kind] for kind in kinds if given.get(kind, KEEP) != KEEP}


def stale_after_of(seconds: int) -> int:
    """After how many seconds a snapshot is stale. Raises RefusedError."""
    if not SHORTEST_STALE <= seconds <= LONGEST_STALE:
        message = say("a snapshot cannot be stale after {count} seconds", count=seconds)
        hint = say("write a number from {least} to {most}", least=SHORTEST_STALE, most=LONGEST_STALE)
        raise refused("bad-value", message, hint)
    return seconds


def unknown_landing_of(what: str) -> str:
    """What holds for an ad of which it is unknown where it leads. Raises RefusedError."""
    if what not in UNKNOWN_LANDING:
        message = say("what holds for unknown landing pages cannot be {text}", text=what[:100])
        raise refused("bad-value", message, say("choose among: {kinds}", kinds=UNKNOWN_LANDING))
    return what


def changed_of(what: str) -> str:
    """What becomes of an ad that is not as it was approved. Raises RefusedError."""
    if what not in CHANGED:
        message = say(
            "what becomes of ads that are not as they were approved cannot be {text}", text=what[:100]
        )
        raise refused("bad-value", message, say("choose among: {kinds}", kinds=CHANGED))
    return what
