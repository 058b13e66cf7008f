"""Sentences that the plain forms share: text for the terminal, and Markdown.

What stands in them is handed in as the form needs it: harmless, escaped, or marked as code.
"""

from collections.abc import Iterable
from functools import reduce

from adjudge.answers.decision.view import UnlessView
from adjudge.answers.words import weight_text
from adjudge.basis.weight import Standard
from adjudge.tongues.tongue import Tongue


def exception_text(unless: UnlessView, tongue: Tongue) -> str:
    """An exception and how far it was shown."""
    return tongue(
        "{title}: {state} ({pair}; standard {standard})",
        title=unless.title,
        state=unless.state,
        pair=unless.pair,
        standard=unless.standard,
    )


def silence_text(fact: str, tongue: Tongue) -> str:
    """What the silence of a complete record says."""
    return tongue(
        "{fact} is complete: what is not in it counts as not so, at {weight}",
        fact=fact,
        weight=weight_text(Standard.OFFICIAL, tongue),
    )


def together_text(conditions: Iterable[str], standard: str, tongue: Tongue) -> str:
    """What would have to be shown, all of it."""
    found = reduce(lambda one, other: tongue("{one}; and {other}", one=one, other=other), conditions)
    return tongue("{conditions}, shown to {standard}", conditions=found, standard=standard)
