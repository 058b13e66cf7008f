"""The question as propositional logic: options as variables, weights of leaves as thresholds, the goal as clauses.

Thresholds commute with AND and OR (2.2), so that `for >= g` of a condition is the same condition over `for >= g` of its
leaves, and `against >= g` is its dual. A rule is met if for some g from its standard on for >= g and not against >= g,
and no exception is shown to its standard (4.2). ENGINES.md 5 of the design has the argument.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from adjudge.basis.ids import FactName, RuleId
from adjudge.basis.mask import pair_of_mask
from adjudge.basis.weight import GREATEST
from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified
from adjudge.language.package import Rule, RuleKind, Unless
from adjudge.recourse.action import Action, Power, power_of
from adjudge.recourse.clauses import FALSE, TRUE, Clauses
from adjudge.recourse.concern import Leaf
from adjudge.recourse.spot import UNCHAINED, Standing
from adjudge.recourse.survey import Place, Ranged, Survey
from adjudge.recourse.table import Combination, FailedTable, HasTable, PlainTable, RangedTable, Table

FOR, AGAINST = 0, 1
_RECORD = 4


class Threshold(NamedTuple):
    """`for >= grade` or `against >= grade` of a condition, or that it is not so where `holds` is False."""

    side: int
    grade: int
    holds: bool

    @property
    def other_side(self) -> "Threshold":
        """The same beneath a NOT."""
        return Threshold(1 - self.side, self.grade, self.holds)

    @property
    def negated(self) -> "Threshold":
        """That it is not so."""
        return self._replace(holds=not self.holds)


@dataclass(frozen=True, slots=True)
class Part:
    """A variable whose truth means doing something: an action, or one weight more of a proof that is in the way."""

    variable: int
    effort: int
    is_others: bool = False


class Encoding:
    """Clauses whose models are the sets of actions that reach the target."""

    def __init__(self, survey: Survey) -> None:
        """Options first, so that they have the small numbers; the goal behind them."""
        self.survey = survey
        self.clauses = Clauses()
        self.parts: list[Part] = []
        self.action_of: dict[int, Action] = {}
        self._exact: dict[int, int] = {}
        self._above: dict[int, int] = {}
        self._singles = {name: self._options(place) for name, place in survey.singles.items()}
        self._values = {
            name: [self._options(place) for place in found.places] for name, found in survey.ranged.items()
        }
        self._closings = {name: self._options(found.closed) for name, found in survey.ranged.items()}
        # Nodes by their identity: they live as long as the rules do, and hashing whole trees takes long.
        self._nodes: dict[tuple[int, Threshold], int] = {}
        self._leaves: dict[int, tuple[Table, dict[Threshold, int]]] = {}
        self._made: dict[Leaf, dict[Threshold, int]] = {}
        self.release = self.clauses.variable()
        """Assumed where no rule may end in `contested` that did not begin so."""

    # --- options ---

    def _options(self, place: Place) -> dict[int, int]:
        """A literal for each option that is kept, of which exactly one holds."""
        numbers = list(place.kept)
        if len(numbers) == 1:
            return {0: TRUE}
        variables = {number: self.clauses.variable() for number in numbers[1:]}
        if len(numbers) == 2:  # noqa: PLR2004 - done, or not
            variables[0] = -variables[numbers[1]]
        else:
            variables[0] = self.clauses.variable()
            self.clauses.exactly_one(list(variables.values()))
        for number in numbers[1:]:
            action = place.kept[number]
            assert action is not None  # noqa: S101 - only the first option is to do nothing
            self.action_of[variables[number]] = action
        self._add_parts(place, variables)
        return variables

    def _add_parts(self, place: Place, variables: Mapping[int, int]) -> None:
        chains: dict[int, list[int]] = {}
        for number in list(place.kept)[1:]:
            chain = place.chains[number]
            if chain == UNCHAINED:
                self._add_part(variables[number])
            else:
                chains.setdefault(chain, []).append(number)
        for numbers in chains.values():
            self._add_chain([variables[number] for number in numbers])

    def exact(self, parts: Collection[int]) -> list[int]:
        """The variables of the options that some parts come to: of a claim, the greatest weight."""
        return sorted(self._exact[part] for part in parts if self._above.get(part) not in parts)

    def _add_part(self, variable: int) -> None:
        action = self.action_of[variable]
        self._exact[variable] = variable
        self.parts.append(Part(variable, action.effort, is_others=power_of(action) is Power.OTHERS))

    def _add_chain(self, exact: Sequence[int]) -> None:
        """One claim in rising weights: a heavier one contains the lighter ones, so that least sets have the least."""
        if len(exact) == 1:
            self._add_part(exact[0])
            return
        reached = [self.clauses.variable() for _ in exact]
        for number, variable in enumerate(exact):
            above = reached[number + 1] if number + 1 < len(exact) else None
            self._exact[reached[number]] = variable
            self.clauses.add([-variable, reached[number]])
            self.clauses.add([-reached[number], variable, *([above] if above else [])])
            if above:
                self._above[reached[number]] = above
                self.clauses.add([-variable, -above])
                self.clauses.add([-above, reached[number]])
            self.parts.append(Part(reached[number], effort=0 if number else self.action_of[variable].effort))

    # --- leaves ---

    def leaf(self, leaf: Leaf, wanted: Threshold) -> int:
        """A literal that implies a threshold of a leaf."""
        known = self._leaves.get(id(leaf))
        if known is None:
            known = self._leaves[id(leaf)] = self.survey.tables[leaf], self._made.setdefault(leaf, {})
        table, made = known
        if wanted not in made:
            made[wanted] = self._leaf(table, wanted)
        return made[wanted]

    def _leaf(self, found: Table, wanted: Threshold) -> int:
        match found:
            case PlainTable() as table:
                return self._decided(
                    table.facts,
                    {
                        chosen: (TRUE if _reaches(mask, wanted) else FALSE)
                        for chosen, mask in table.masks.items()
                    },
                )
            case RangedTable() as table:
                turned = (
                    wanted.other_side if isinstance(table.leaf, Quantified) and table.leaf.every else wanted
                )
                return self._ranged(table, turned)
            case HasTable() as table:
                return self._has(table, wanted)
            case FailedTable():
                return FALSE if wanted.holds else TRUE

    def _decided(self, facts: Sequence[FactName], outcomes: Mapping[Combination, int]) -> int:
        """A literal that implies what the chosen combination comes to, fact by fact."""
        if not facts:
            return outcomes[()]
        if len(facts) == 1:
            options = self._singles[facts[0]].items()
            return self.clauses.any_of(
                self.clauses.all_of([literal, outcomes[number,]]) for number, literal in options
            )
        first, rest = facts[0], facts[1:]
        groups: dict[tuple[tuple[Combination, int], ...], list[int]] = {}
        below: dict[int, list[tuple[Combination, int]]] = {}
        for chosen, literal in outcomes.items():
            if chosen[0] in self._singles[first]:
                below.setdefault(chosen[0], []).append((chosen[1:], literal))
        for number, found in below.items():
            groups.setdefault(tuple(found), []).append(number)
        if len(groups) == 1:
            return self._decided(rest, dict(next(iter(groups))))
        return self.clauses.any_of(
            self.clauses.all_of(
                [
                    self.clauses.any_of(self._singles[first][number] for number in numbers),
                    self._decided(rest, dict(found)),
                ]
            )
            for found, numbers in groups.items()
        )

    def _has(self, table: HasTable, wanted: Threshold) -> int:
        """3.5, of a many-valued fact."""
        name, complete = table.ranged, self.survey.question.facts[table.ranged].complete
        side, grade, holds = wanted
        if side == FOR:
            return self._some(name, lambda state: state.for_ >= grade, holds=holds)
        none_asserted = self._some(name, lambda state: state.for_ > 0, holds=False)
        some_asserted = self._some(name, lambda state: state.for_ > 0, holds=True)
        closed = self._closed(name, grade, holds=holds)
        if holds:
            denied = self._every(name, lambda state: not state.for_ or state.against >= grade)
            record = (
                self._some(name, lambda state: state.for_ >= _RECORD, holds=False)
                if complete and grade <= _RECORD
                else FALSE
            )
            opposed = self.clauses.all_of([some_asserted, self.clauses.any_of([denied, record])])
            return self.clauses.any_of([opposed, self.clauses.all_of([none_asserted, closed])])
        undenied = self._some(name, lambda state: state.for_ > 0 and state.against < grade, holds=True)
        heavy = (
            self._some(name, lambda state: state.for_ >= _RECORD, holds=True)
            if complete and grade <= _RECORD
            else TRUE
        )
        return self.clauses.any_of(
            [self.clauses.all_of([undenied, heavy]), self.clauses.all_of([none_asserted, closed])]
        )

    def _some(self, name: FactName, test: Callable[[Standing], bool], *, holds: bool) -> int:
        """That some value stands so, or that none does."""
        spots = self.survey.ranged[name].spots
        fitting = [
            [literal for number, literal in literals.items() if test(spot.options[number].state) is holds]
            for spot, literals in zip(spots, self._values[name], strict=True)
        ]
        either = [self.clauses.any_of(found) for found in fitting]
        return self.clauses.any_of(either) if holds else self.clauses.all_of(either)

    def _every(self, name: FactName, test: Callable[[Standing], bool]) -> int:
        return self._some(name, lambda state: not test(state), holds=False)

    def _closed(self, name: FactName, grade: int, *, holds: bool) -> int:
        """3.6: c >= grade, or that it is not."""
        found: Ranged = self.survey.ranged[name]
        record = _RECORD if self.survey.question.facts[name].complete else 0
        return self.clauses.any_of(
            literal
            for number, literal in self._closings[name].items()
            if (max(record, found.closing.options[number].state) >= grade) is holds
        )

    def _ranged(self, table: RangedTable, wanted: Threshold) -> int:
        """3.6: OR over the values; against an open set nothing weighs more than what closes it or what supports it."""
        outcomes = {chosen: self._exists(table, chosen, wanted) for chosen in self._searched(table)}
        return self._decided(table.facts, outcomes)

    def _searched(self, table: RangedTable) -> Iterable[Combination]:
        """The combinations of options that are kept."""
        return [
            chosen
            for chosen in table.rows
            if all(number in self._singles[name] for name, number in zip(table.facts, chosen, strict=True))
        ]

    def _exists(self, table: RangedTable, chosen: Combination, wanted: Threshold) -> int:
        side, grade, holds = wanted
        supported = self._contributed(table, chosen, Threshold(FOR, grade, holds))
        if side == FOR:
            return supported
        closed = self._closed(table.ranged, grade, holds=holds)
        opposed = self._contributed(table, chosen, wanted)
        join, other = (
            (self.clauses.all_of, self.clauses.any_of)
            if holds
            else (self.clauses.any_of, self.clauses.all_of)
        )
        found = join([opposed, other([closed, supported])])
        return self._asked(table, found, wanted) if isinstance(table.leaf, Member) else found

    def _contributed(self, table: RangedTable, chosen: Combination, wanted: Threshold) -> int:
        """A threshold of the OR over all values."""
        side, _, holds = wanted
        fitting = [
            self.clauses.any_of(
                literal for number, literal in literals.items() if _reaches(row[number], wanted)
            )
            for row, literals in zip(table.rows[chosen], self._values[table.ranged], strict=True)
        ]
        one_suffices = holds if side == FOR else not holds
        return self.clauses.any_of(fitting) if one_suffices else self.clauses.all_of(fitting)

    def _asked(self, table: RangedTable, found: int, wanted: Threshold) -> int:
        """3.6: `v in f` where nobody asserts v is (0, max(c, W-(v)))."""
        name, grade, holds = table.ranged, wanted.grade, wanted.holds
        spots = [
            (spot, literals)
            for spot, literals, asked in zip(
                self.survey.ranged[name].spots, self._values[name], table.asked, strict=True
            )
            if asked
        ]

        def options(test: Callable[[Standing], bool]) -> list[int]:
            return [
                self.clauses.any_of(
                    literal for number, literal in literals.items() if test(spot.options[number].state)
                )
                for spot, literals in spots
            ]

        present = self.clauses.any_of(options(lambda state: state.for_ > 0))
        absent = self.clauses.all_of(options(lambda state: not state.for_))
        closed = self._closed(name, grade, holds=holds)
        if holds:
            silent = self.clauses.any_of([closed, *options(lambda state: state.against >= grade)])
        else:
            silent = self.clauses.all_of([closed, *options(lambda state: state.against < grade)])
        return self.clauses.any_of(
            [self.clauses.all_of([present, found]), self.clauses.all_of([absent, silent])]
        )

    # --- conditions and rules ---

    def condition(self, node: Condition, wanted: Threshold) -> int:
        """A literal that implies a threshold of a condition."""
        match node:
            case Not():
                return self.condition(node.operand, wanted.other_side)
            case And() | Or():
                return self._joined(node, wanted)
            case Atom() | Has() | Member() | Quantified():
                return self.leaf(node, wanted)

    def _joined(self, node: And | Or, wanted: Threshold) -> int:
        key = id(node), wanted
        if key not in self._nodes:
            least = (wanted.side == FOR) is isinstance(node, And)
            join = self.clauses.all_of if least is wanted.holds else self.clauses.any_of
            self._nodes[key] = join([self.condition(operand, wanted) for operand in node.operands])
        return self._nodes[key]

    def _shown(self, condition: Condition, standard: int) -> int:
        """A literal that implies for >= standard and for > against."""
        return self.clauses.any_of(
            self.clauses.all_of(
                [
                    self.condition(condition, Threshold(FOR, grade, True)),  # noqa: FBT003 - a threshold that holds
                    self.condition(condition, Threshold(AGAINST, grade, False)),  # noqa: FBT003 - or does not
                ]
            )
            for grade in range(standard, GREATEST + 1)
        )

    def _reached(self, item: Rule | Unless, *, holds: bool) -> int:
        """That `for` reaches the standard of a rule or an exception, or that it does not."""
        return self.condition(item.when.core, Threshold(FOR, item.standard, holds))

    def _met(self, rule: Rule) -> int:
        """A literal that implies that the rule is met. LANGUAGE.md 4.2."""
        unshown = [self._reached(item, holds=False) for item in rule.unless]
        return self.clauses.all_of([self._shown(rule.when.core, rule.standard), *unshown])

    def reach(self, elsewhere: Collection[RuleId] = ()) -> None:
        """Clauses: no measure that is too severe applies (5.2).

        In other territories those of the rules of `elsewhere` apply already, and need not go.
        """
        question = self.survey.question
        here = {rule.id for rule in question.rules}
        for rule in self.survey.rules:
            if rule.measure is None or not question.is_too_severe(rule.measure.kind):
                continue
            if rule.id not in here and rule.id in elsewhere:
                continue
            # A rule that is not in force in the territory does not prevail there.
            prevailing = [
                self._met(other)
                for other in self.survey.rules
                if rule.id in {*other.overrides, *other.exempts} and (other.id in here or rule.id not in here)
            ]
            shown = [self._reached(item, holds=True) for item in rule.unless]
            core = rule.when.core
            for grade in range(rule.standard, GREATEST + 1):
                below = self.condition(core, Threshold(FOR, grade, False))  # noqa: FBT003 - as above
                opposed = self.condition(core, Threshold(AGAINST, grade, True))  # noqa: FBT003 - as above
                self.clauses.add([below, opposed, *shown, *prevailing])

    def release_from(self, contested: Iterable[RuleId]) -> None:
        """Clauses under the assumption `release`: no rule is contested that was not before."""
        before = set(contested)
        for rule in self.survey.rules:
            if rule.kind is not RuleKind.EXEMPTION and rule.id not in before:
                self.clauses.add([-self.release, self._uncontested(rule)])

    def _uncontested(self, rule: Rule) -> int:
        """Short of the standard, or shown and then either excepted or met."""
        unshown = self.clauses.all_of(self._reached(item, holds=False) for item in rule.unless)
        established = self.clauses.any_of(self._shown(item.when.core, item.standard) for item in rule.unless)
        shown = self._shown(rule.when.core, rule.standard)
        settled = self.clauses.all_of([shown, self.clauses.any_of([unshown, established])])
        return self.clauses.any_of([self._reached(rule, holds=False), settled])


def _reaches(mask: int, wanted: Threshold) -> bool:
    return (pair_of_mask(mask)[wanted.side] >= wanted.grade) is wanted.holds
