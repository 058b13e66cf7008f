"""Why a part of a condition has no value: the error inside, and the sentences that all evaluators say of it.

Not a verdict and not a problem: evaluators turn it into LANGUAGE.md 3.7, and it is shown with the decision. The
sentences stand here once, since outcomes are compared by them too.
"""

from collections.abc import Callable
from typing import NoReturn

from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.language.core import ListEntry, ParamEntry
from adjudge.language.expression.syntax import Place

Report = Callable[[Place, Said], None]
"""What evaluators tell of every error, with the place of the leaf."""

MOST_COMBINATIONS = 65_536
"""LANGUAGE.md 3.3.1."""

TOO_MANY_COMBINATIONS = say("the asserted values have too many combinations")
TRUTH_NEEDED = say("a truth value is needed here")
LIST_NEEDED = say("a list is needed here")
MAP_NEEDED = say("`has` asks of a map")


class EvaluationError(Exception):
    """An operation has no result: overflow, division by zero, two currencies, an unknown code, a wrong type."""

    def __init__(self, reason: Said) -> None:
        """Keep the sentence as it was said."""
        super().__init__(reason)
        self.reason = reason


def fail(reason: Said) -> NoReturn:
    """Raise the error with a reason for people."""
    raise EvaluationError(reason)


def no_variable(name: str) -> Said:
    """Why a name that nothing has gives no value, in plain CEL."""
    return say("nothing is called {name}", name=f"`{name}`")


def no_entry(entry: ListEntry | ParamEntry) -> Said:
    """Why an entry that is not in force has no value. LANGUAGE.md 3.8."""
    root = "lists" if isinstance(entry, ListEntry) else "params"
    return say("no entry of {name} is in force", name=f"`{root}.{entry.name}`")


def no_field(name: str) -> Said:
    """Why a record without a field gives no value for it."""
    return say("there is no field {name}", name=f"`{name}`")


def no_code(text: object, taxonomy: str) -> Said:
    """Why nothing lies below a word that a taxonomy does not have."""
    return say("{code} is not a code of {taxonomy}", code=quoted(str(text)), taxonomy=quoted(taxonomy))
