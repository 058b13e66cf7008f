"""No rule that can never be met, always is, or is met without a claim or complete fact. LANGUAGE.md 6.5, 7.

Never and always are decided over free leaves (`adjudge.language.analysis.worlds`), so that what is said is true
of every set of claims; where there are too many leaves nothing is said. Whether a rule is met without a claim
errs, if at all, on the side of refusal: with no claim and no complete fact every leaf over facts is (0,0), save
`f in []`, which is (0,5) (LANGUAGE.md 3.2), and a comparison with a sum of `now` counts as open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import on_condition, on_rule, refused, warning
from adjudge.language.analysis.fold import UNKNOWN, Folder, Moment
from adjudge.language.analysis.moments import Calendar, compared_with_now, moments, reads_now
from adjudge.language.analysis.worlds import MOST_LEAVES, Bits, Leaf, Worlds
from adjudge.language.checks.exceptions import repeats
from adjudge.language.core import Atom, FactValue, Operation, Operator, facts_in, leaves
from adjudge.language.package import Package, Rule, Unless, Written


def check_satisfiable(package: Package) -> Iterator[Problem]:
    """Report rules whose verdict does not depend on claims."""
    for rule in package.rules:
        if rule.in_force.start is not None and rule.in_force.start == rule.in_force.end:
            message = say("{rule} can never be met: it ends when it starts", rule=quoted(rule.id))
            hint = say("`to` is the first day on which it no longer holds")
            yield warning("never-met", message, on_rule(rule), hint)
            continue
        found = list(moments(Calendar(package, rule), rule))
        yield from _without_claim(rule, found)
        yield from _regardless(rule, found)


def _without_claim(rule: Rule, found: list[Moment]) -> Iterator[Problem]:
    """Refuse a rule that is met at some instant although nothing is claimed. LANGUAGE.md 7."""
    asked = _Question(rule, rule.unless)
    free = [leaf for leaf in asked.leaves if _depends_on_time(leaf)]
    # Nine comparisons with sums of `now` are beyond what anybody writes; a promise of section 7 is not risked
    # on them.
    if len(free) <= MOST_LEAVES:
        worlds = Worlds(free)
        if not any(asked.met(worlds, _silent(asked.leaves, moment, worlds)) for moment in found):
            return
    message = say(
        "{rule} can be met without any claim or complete fact, so that its measure has no ground",
        rule=quoted(rule.id),
    )
    hint = say("join the condition with `&&` to a fact that must be shown")
    yield refused("met-without-claim", message, on_condition(rule, rule.when), hint)


def _regardless(rule: Rule, found: list[Moment]) -> Iterator[Problem]:
    """Warn of a rule that no claims meet, and of one that all do."""
    if any(_is_undecided(leaf, moment) for moment in found for leaf in _Question(rule, rule.unless).leaves):
        return
    spot, name = on_condition(rule, rule.when), quoted(rule.id)
    if _always(rule, found):
        message = say("{rule} is always met, whatever the claims", rule=name)
        yield warning("always-met", message, spot, say("state in `when` what must be shown"))
    elif _never(_Question(rule, ()), found):
        message = say("{rule} can never be met, whatever the claims", rule=name)
        hint = say("look for a part that excludes another, or is always false")
        yield warning("never-met", message, spot, hint)
    elif rule.unless and _never(_Question(rule, _binding(rule)), found):
        message = say("{rule} can never be met: whatever meets it also establishes an exception", rule=name)
        yield warning("never-met", message, spot, say("narrow the exceptions, or remove the rule"))


def _binding(rule: Rule) -> tuple[Unless, ...]:
    """The exceptions that count when asking whether a rule can be met; see `adjudge.language.analysis.worlds`.

    One that repeats `when` has a warning of its own.
    """
    return tuple(
        item
        for item in rule.unless
        if not repeats(item.when, rule.when)
        and (item.standard <= rule.standard or not any(_is_free(leaf) for leaf in leaves(item.when.core)))
    )


def _never(asked: "_Question", found: list[Moment]) -> bool:
    worlds = asked.worlds()
    return worlds is not None and not any(
        asked.met(worlds, _known(asked.leaves, moment, worlds)) for moment in found
    )


def _always(rule: Rule, found: list[Moment]) -> bool:
    asked = _Question(rule, rule.unless)
    worlds = asked.worlds()
    return worlds is not None and all(
        asked.met(worlds, _known(asked.leaves, moment, worlds)) == worlds.every for moment in found
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """In which combinations a rule is met, of its exceptions only some being asked about."""

    rule: Rule
    unless: tuple[Unless, ...]

    @property
    def leaves(self) -> list[Leaf]:
        """The leaves of all conditions in question."""
        written: Iterable[Written] = (self.rule.when, *(item.when for item in self.unless))
        return [leaf for one in written for leaf in leaves(one.core)]

    def worlds(self) -> Worlds | None:
        """The combinations of the free leaves; None where there are too many."""
        free = {leaf: None for leaf in self.leaves if _is_free(leaf)}
        return Worlds(free) if len(free) <= MOST_LEAVES else None

    def met(self, worlds: Worlds, fixed: dict[Leaf, Bits]) -> int:
        """LANGUAGE.md 4.2: f >= s, f > a, and no exception with f' >= s'; each weight is 5 or 0."""
        for_, against = worlds.bits(self.rule.when.core, fixed)
        met = for_ & ~against
        for item in self.unless:
            met &= ~worlds.bits(item.when.core, fixed)[0]
        return met


def _is_free(leaf: Leaf) -> bool:
    """Whether more than the text, the dated entries and the instant decides the leaf."""
    return not isinstance(leaf, Atom) or bool(leaf.facts) or _depends_on_time(leaf)


def _depends_on_time(leaf: Leaf) -> bool:
    """Whether a leaf without facts does more with `now` than compare it, so that it counts as open."""
    if not isinstance(leaf, Atom) or leaf.facts:
        return False
    return reads_now(leaf.expr) and compared_with_now(leaf.expr) is None


def _is_undecided(leaf: Leaf, moment: Moment) -> bool:
    """Whether a leaf without facts can only fail, of which another check speaks."""
    if _is_free(leaf) or not isinstance(leaf, Atom):
        return False
    folder = Folder(moment)
    return folder.value(leaf.expr) is UNKNOWN or bool(folder.failures)


def _known(found: list[Leaf], moment: Moment, worlds: Worlds) -> dict[Leaf, Bits]:
    """What is sure of leaves at a moment, whatever the claims; without an entry in force (0,0) (3.8)."""
    fixed: dict[Leaf, Bits] = {}
    for leaf in found:
        if not isinstance(leaf, Atom) or _depends_on_time(leaf):
            continue
        if leaf.facts:
            if _asks_of_nothing(leaf, moment):
                fixed[leaf] = (0, worlds.every)
            continue
        value = Folder(moment).value(leaf.expr)
        fixed[leaf] = (worlds.every, 0) if value is True else (0, worlds.every) if value is False else (0, 0)
    return fixed


def _silent(found: list[Leaf], moment: Moment, worlds: Worlds) -> dict[Leaf, Bits]:
    """The leaves where nothing is claimed and no fact is complete. LANGUAGE.md 3.2-3.7."""
    nothing = {leaf: (0, 0) for leaf in found if not _depends_on_time(leaf)}
    return {**nothing, **_known(found, moment, worlds)}


def _asks_of_nothing(leaf: Atom, moment: Moment) -> bool:
    """`f in []`, or in a list whose entry in force is empty: (0,5). LANGUAGE.md 3.2."""
    expr = leaf.expr
    if not isinstance(expr, Operation) or expr.operator is not Operator.IN:
        return False
    value, items = expr.arguments
    if not isinstance(value, FactValue) or facts_in(items):
        return False
    return Folder(moment).value(items) == ()
