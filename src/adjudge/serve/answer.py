"""What a question is answered with.

Not how an answer is found (`adjudge.serve.asking`).
"""

from typing import NamedTuple


class Answer(NamedTuple):
    """Whether it may run, and why not, or under which condition.

    `until` is the next instant (nanoseconds since 1970) at which a measure that was looked at begins or ends, so that
    the answer of this snapshot holds until then; None where there is none. `kind` is that of the severest measure that
    takes effect, empty without one; where it allows, the ad runs as that measure says (`limit`, `require`, `label`,
    `notify`). No measures, and answered like them: the version that is shown was approved (`approved`), or another one
    was, and it runs (`changed`) or does not (`held`).
    """

    allow: bool
    reason_code: str = ""
    decision_id: str = ""
    until: int | None = None
    kind: str = ""


FREE = Answer(allow=True)
"""Nothing is known against it."""
UNKNOWN_LANDING = Answer(allow=False, reason_code="unknown-landing")
"""It is not known where the ad leads, and the institution declared that such ads do not run."""
UNKNOWN_SURFACE = Answer(allow=False, reason_code="unknown-surface")
"""Nobody declared the surface: it is misspelt, or nobody said what it is."""
STALE = Answer(allow=False, reason_code="stale")
"""The snapshot was not confirmed for too long, and the institution declared that no advertising runs then."""
NO_SNAPSHOT = "no-snapshot"
"""The reason where there is no snapshot, and whoever asks said what holds then."""
NO_KINDS: frozenset[str] = frozenset()
