"""How an attempt to deliver ended: taken with a proof, not taken this time, or refused for good.

Not an exception: that others do not answer is what happens, and each end leads somewhere.
"""

from dataclasses import dataclass

LONGEST = 500
"""Characters of what another server said that are kept."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiving server has taken it; `proof` is what it answered."""

    proof: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not this time. `everyone` says that the way itself is shut, so that others by it need not be tried now."""

    error: str
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: another attempt would end the same. `is_gone` where the receiver itself said that it is there no more."""

    error: str
    is_gone: bool = False


Attempt = Delivered | Retry | Refused


def answered(text: str | bytes) -> str:
    """What another server said, on one line of bearable length, in characters that drive no terminal."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    kept = "".join(char if char.isprintable() else " " for char in words)
    return " ".join(kept.split())[:LONGEST]


def reason_of(error: Exception) -> str:
    """What the machine says of an error; its name where it says nothing."""
    return answered(str(error)) or type(error).__name__
