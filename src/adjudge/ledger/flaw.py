"""What is wrong with a log or a receipt, as a value: a code, a sentence, the line, and what follows from it.

Not a `Problem`: the file was read as what it is, and this is the answer to whether it can be relied on.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from adjudge.basis.said import Said, say


class Flaw(StrEnum):
    """What can be wrong. The words are stable: programs search for them."""

    LINE_TOO_LONG = "line-too-long"
    LINE_CUT = "line-cut"
    NOT_CANONICAL = "not-canonical"
    WRONG_SHAPE = "wrong-shape"
    OUT_OF_PLACE = "out-of-place"
    WRONG_NUMBER = "wrong-number"
    TIME_GOES_BACK = "time-goes-back"
    WRONG_ORIGIN = "wrong-origin"
    OTHER_KEY = "other-key"
    NOT_SIGNED = "not-signed"
    WRONG_ROOT = "wrong-root"
    WRONG_SIZE = "wrong-size"
    UNSIGNED_ENTRIES = "unsigned-entries"
    NOT_INCLUDED = "not-included"
    SHORTENED = "shortened"
    REWRITTEN = "rewritten"
    FOREIGN_PART = "foreign-part"
    PART_MISSING = "part-missing"
    TOMBSTONE_UNPROVEN = "tombstone-unproven"
    TOMBSTONE_MISSING = "tombstone-missing"


_ALTERED = say("the file was altered, or damaged on its way, or not written by Adjudge")
_NOT_AS_SIGNED = say(
    "what was signed is not what is here: something was changed, added or taken away afterwards"
)
_ANOTHER_SIGNER = say("whoever made this file does not hold the key, or signed something else")
_PART_NOT_VOUCHED_FOR = say("nothing vouches for it: take it for a text of unknown origin")

CONSEQUENCES: dict[Flaw, Said] = {
    Flaw.LINE_TOO_LONG: _ALTERED,
    Flaw.LINE_CUT: say("the file is not complete: take it anew"),
    Flaw.NOT_CANONICAL: _ALTERED,
    Flaw.WRONG_SHAPE: _ALTERED,
    Flaw.OUT_OF_PLACE: _ALTERED,
    Flaw.WRONG_NUMBER: say("entries were taken away, added, doubled or exchanged"),
    Flaw.TIME_GOES_BACK: say("an entry was put in, or the clock of the log was wrong"),
    Flaw.WRONG_ORIGIN: say("the file mixes two logs"),
    Flaw.OTHER_KEY: say("it may be the log of somebody else, or a forgery"),
    Flaw.NOT_SIGNED: _ANOTHER_SIGNER,
    Flaw.WRONG_ROOT: _NOT_AS_SIGNED,
    Flaw.WRONG_SIZE: _NOT_AS_SIGNED,
    Flaw.UNSIGNED_ENTRIES: say("nobody has signed for these entries: they may be invented"),
    Flaw.NOT_INCLUDED: say("the entry, or its proof, is not what the log recorded"),
    Flaw.SHORTENED: say("the log held more when the checkpoint was kept: entries were taken away"),
    Flaw.REWRITTEN: say("the log was rewritten after the checkpoint was kept"),
    Flaw.FOREIGN_PART: _PART_NOT_VOUCHED_FOR,
    Flaw.PART_MISSING: say("the entries are not touched by it, but what the part said cannot be read"),
    Flaw.TOMBSTONE_UNPROVEN: say("the part was taken away without an entry that says so"),
    Flaw.TOMBSTONE_MISSING: say("what was to be expunged may still be in the file"),
}
"""What follows from each, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and the line on which it stands, from 1, where it stands on one."""

    flaw: Flaw
    message: Said
    line: int | None = None

    @property
    def consequence(self) -> Said:
        """What follows from it."""
        return CONSEQUENCES[self.flaw]

    def at(self, line: int) -> "Finding":
        """The same, on a line."""
        return replace(self, line=line)


def wrong_shape(message: Said) -> Finding:
    """Something that was read, and is not what it should be."""
    return Finding(flaw=Flaw.WRONG_SHAPE, message=message)
