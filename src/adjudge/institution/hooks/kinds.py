"""Kinds of entries as programs ask for them; not what a body holds."""

from adjudge.people.act import ACTS

BY_RULE = (
    "appeal:decided",
    "appeal:granted",
    "clock:ran_out",
    "hook:ended",
    "matter:reopened",
    "measure:paused",
    "measure:resumed",
    "notice:delivered",
    "notice:failed",
    "notice:made",
    "notice:owed",
    "part:expunged",
)
"""Kinds of entries that the institution writes: what follows by rule, from an act or from time."""
KINDS = tuple(sorted({right.writes for right in ACTS.values() if right.writes} | set(BY_RULE)))
"""All there are."""
ANY = ":*"
"""Behind the first part of a kind: all that begin so."""


def known(wanted: str) -> bool:
    """Whether there can be entries of what is asked for."""
    return any(is_wanted(kind, (wanted,)) for kind in KINDS)


def is_wanted(kind: str, wanted: tuple[str, ...]) -> bool:
    """Whether a kind is among those that are asked for; everything is where nothing is named."""
    return not wanted or kind in wanted or f"{kind.partition(':')[0]}{ANY}" in wanted
