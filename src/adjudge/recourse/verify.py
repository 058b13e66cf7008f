"""Each way held against the spec before anybody is told of it: it reaches the target, and no part can be left out.

Where a territory is asked, a way is tried under the rules of all others as well: it must bring no measure there.

Not a second search. A way that fails here is a bug of ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from adjudge.basis.problem import quoted
from adjudge.errors import BugError
from adjudge.facts.settle import settle
from adjudge.outcome import Outcome
from adjudge.recourse.action import Action, action_key
from adjudge.recourse.apply import Recorder, applied
from adjudge.recourse.question import Question
from adjudge.spec.resolve import outcome_of

SMALL = 4
"""Ways of so many parts are tried with every part left out, and every set of parts; others with each part alone."""
_REPORT = "please report this with the case; no ways are given"


@dataclass(frozen=True, slots=True)
class Tried:
    """What the spec says: under the rules of the territory asked, and under those of all."""

    here: Outcome
    everywhere: Outcome


class Verifier:
    """Asks the spec."""

    def __init__(self, question: Question) -> None:
        """`question` holds the claims as they are."""
        self.question = question
        # Parts of one way are parts of others too.
        self._known: dict[frozenset[Action], Tried] = {}

    def after(self, actions: Iterable[Action]) -> Tried:
        """The outcomes by the spec after some actions."""
        done = frozenset(actions)
        if done not in self._known:
            self._known[done] = self._tried(sorted(done, key=action_key))
        return self._known[done]

    def _tried(self, actions: Sequence[Action]) -> Tried:
        question = self.question
        claims = applied(actions, question.live, Recorder(question.claims, question.known_at))
        view = settle(claims)
        here = outcome_of(question.subject, question.rules, view, question.around)
        if question.everywhere == question.rules:
            return Tried(here, here)
        return Tried(here, outcome_of(question.subject, question.everywhere, view, question.around))

    def reaches(self, tried: Tried) -> bool:
        """Whether no measure is too severe in the territory, and none came anywhere that was not there before."""
        severe = self.question.is_too_severe
        if any(severe(kind) for _, kind in tried.here.measures):
            return False
        before = {rule for rule, _ in self.after(()).everywhere.measures}
        return not any(severe(kind) and rule not in before for rule, kind in tried.everywhere.measures)

    def smaller(self, actions: Sequence[Action]) -> tuple[Action, ...] | None:
        """A part of some actions that reaches the target as well; None where every part is needed."""
        sizes = range(len(actions)) if len(actions) <= SMALL else [len(actions) - 1]
        for size in sizes:
            for chosen in combinations(actions, size):
                if self.reaches(self.after(chosen)):
                    return chosen
        return None

    def verified(self, actions: Sequence[Action]) -> Tried:
        """The outcomes after a way. Raises BugError where it does not do what it should."""
        outcome = self.after(actions)
        if not self.reaches(outcome):
            raise BugError(f"a way does not reach its target: {quoted(str(actions), 400)}", hint=_REPORT)
        if self.smaller(actions) is not None:
            raise BugError(f"a way has a part too many: {quoted(str(actions), 400)}", hint=_REPORT)
        return outcome
