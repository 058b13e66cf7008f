"""All that can be done at each spot, before what comes to the same is joined.

Not what helps: that is found by the solver. What can only strengthen the case against the advertiser is left out where
that is plain.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from adjudge.basis.ids import FactName
from adjudge.engines.point.closures import Known, function_of
from adjudge.facts.claim import NO_OTHER, Claim, NoOther, Stance
from adjudge.facts.settle import SILENCE, Evidence, joint_weight, settle
from adjudge.facts.type import Simple
from adjudge.facts.value import Value, value_key
from adjudge.facts.vocabulary import Changer, Fact
from adjudge.language.core import Atom, Member, Quantified, compared_with, facts_of
from adjudge.language.failure import EvaluationError
from adjudge.reasons.roles import asserted, denied
from adjudge.recourse.action import (
    CHANGED_WEIGHT,
    Action,
    Addition,
    Alternative,
    Choice,
    Proof,
    Removal,
    Replacement,
)
from adjudge.recourse.apply import Recorder, applied
from adjudge.recourse.concern import Leaf, Use
from adjudge.recourse.question import Question
from adjudge.recourse.ranges import ALONE
from adjudge.recourse.spot import ClosingSpot, Option, SingleSpot, Spot, Standing, ValueSpot
from adjudge.recourse.values import Values

MOST_CONSTANTS = 20
"""Constants of one list that are denied one by one; a denial counts only where all of them are denied (3.2)."""


class Options:
    """The spots of a question with all their options."""

    def __init__(
        self,
        question: Question,
        values: Values,
        claims: Mapping[FactName, Sequence[Claim]],
        used: Mapping[Leaf, Use],
    ) -> None:
        """`claims` are the live ones on each fact of its holder; `used` says what can help at each leaf."""
        self.question = question
        self.values = values
        self.claims = claims
        self.used = used
        self._chains = count()
        self._recorder = Recorder(question.claims, question.known_at)

    # --- single-valued facts ---

    def single(self, name: FactName) -> SingleSpot:
        """A single-valued fact: replaced, or something proven of it."""
        options: list[Option[Evidence]] = [Option(None, self._evidence(name, ()))]
        for chain, action in self._single_actions(name):
            options.append(Option(action, self._evidence(name, (action,)), chain))
        return Spot(name, tuple(options))

    def _evidence(self, name: FactName, actions: Sequence[Action]) -> Evidence:
        claims = applied(actions, self.claims.get(name, ()), self._recorder)
        return settle(claims).subjects.get(self.question.holder(name), {}).get(name, SILENCE)

    def _single_actions(self, name: FactName) -> Iterator[tuple[int, Action]]:
        fact, holder = self.question.facts[name], self.question.holder(name)
        before = self._asserted(name)
        choices = self._choices(name)
        if _may_change(fact):
            for choice in choices:
                if before != (choice.value,):
                    yield (
                        -1,
                        Replacement(
                            fact=name,
                            holder=holder,
                            before=before,
                            to=choice,
                            by=fact.changeable_by,
                            effort=fact.effort,
                        ),
                    )
        for choice in choices:
            yield from self._proofs(fact, choice, Stance.ASSERTS)
        if fact.type is not Simple.BOOL:
            for value in self._deniable(name, before):
                yield from self._proofs(fact, Choice(value), Stance.DENIES)

    def _choices(self, name: FactName) -> list[Choice]:
        return [*self.values.known[name], *self.values.fresh[name]]

    def _asserted(self, name: FactName) -> tuple[Value, ...]:
        found = {
            value_key(value): value
            for claim in self.claims.get(name, ())
            if (value := asserted(claim)) is not None
        }
        return tuple(found[key] for key in sorted(found))

    def _deniable(self, name: FactName, before: Sequence[Value]) -> list[Value]:
        """What is asserted, and the constants with which equalities compare the fact (3.2)."""
        found = {value_key(value): value for value in before}
        raw = {value_key(choice.value): choice.value for choice in self.values.fresh[name]}
        raw |= {value_key(v): v for choice in self.values.fresh[name] for v in choice.others}
        for reader in self.values.readers[name]:
            if isinstance(reader.leaf, Atom):
                for constant in self._constants(reader.leaf):
                    key = next((key for key, value in raw.items() if value == constant), None)
                    if key is not None:
                        found[key] = raw[key]
        return [found[key] for key in sorted(found)]

    def _constants(self, atom: Atom) -> Sequence[object]:
        compared = compared_with(atom)
        if compared is None:
            return ()
        try:
            value = function_of(compared, self.values.entries)(Known({}, {}, self.question.valid_at))
        except EvaluationError:
            return ()
        constants = value if isinstance(value, tuple) else (value,)
        return constants if len(constants) <= MOST_CONSTANTS else ()

    def _proofs(self, fact: Fact, choice: Choice | None, stance: Stance) -> Iterator[tuple[int, Proof]]:
        """One claim in every weight that some kind of document can carry; None is the claim that there is no more."""
        chain = next(self._chains)
        value: Value | NoOther = NO_OTHER if choice is None else choice.value
        first = Proof(
            fact=fact.full_name,
            holder=self.question.holder(fact.full_name),
            value=value,
            stance=stance,
            weight=1,
            others=() if choice is None else tuple(Alternative(value, stance) for value in choice.others),
            unread=() if choice is None else choice.unread,
            spread=choice.spread if choice is not None and stance is Stance.ASSERTS else ALONE,
        )
        for weight in range(1, 1 + max((proof.weight for proof in fact.proof), default=0)):
            yield chain, replace(first, weight=weight)

    # --- many-valued facts ---

    def ranged(self, name: FactName) -> tuple[list[ValueSpot], ClosingSpot]:
        """A many-valued fact: each value that is claimed or could be, and its being closed."""
        use = self._use(name)
        claimed = [self._value_spot(name, choice, use) for choice in self._choices(name)]
        spots = [spot for spot in claimed if len(spot.options) > 1 or any(spot.options[0].state)]
        return spots, self._closing_spot(name, use)

    def _use(self, name: FactName) -> Use:
        """What can help for the fact: more values or fewer."""
        found = Use()
        for leaf, use in self.used.items():
            if name in facts_of(leaf) and not (isinstance(leaf, Quantified) and leaf.fact != name):
                found |= use.turned if isinstance(leaf, Quantified) and leaf.every else use
        return found

    def _value_spot(self, name: FactName, choice: Choice, use: Use) -> ValueSpot:
        fact, holder = self.question.facts[name], self.question.holder(name)
        value = choice.value
        for_ = [claim for claim in self.claims.get(name, ()) if asserted(claim) == value]
        against = [claim for claim in self.claims.get(name, ()) if denied(claim) == value]
        stands = Standing(joint_weight(for_), joint_weight(against))
        options: list[Option[Standing]] = [Option(None, stands)]
        if _may_change(fact) and for_ and use.lowered:
            removal = Removal(
                fact=name, holder=holder, value=value, by=fact.changeable_by, effort=fact.effort
            )
            options.append(Option(removal, Standing(0, stands.against)))
        if _may_change(fact) and not for_ and use.raised:
            addition = Addition(
                fact=name, holder=holder, value=choice, by=fact.changeable_by, effort=fact.effort
            )
            options.append(Option(addition, Standing(CHANGED_WEIGHT, stands.against)))
        if use.raised:
            for chain, proof in self._proofs(fact, choice, Stance.ASSERTS):
                options.append(Option(proof, Standing(self._with(for_, proof), stands.against), chain))
        if use.lowered and fact.type is not Simple.BOOL and (for_ or self._is_asked_for(name)):
            for chain, proof in self._proofs(fact, choice, Stance.DENIES):
                options.append(Option(proof, Standing(stands.for_, self._with(against, proof)), chain))
        return Spot(name, tuple(options), value)

    def _is_asked_for(self, name: FactName) -> bool:
        """Whether a value that nobody asserts can count: only `v in f` asks for one by name."""
        return any(isinstance(reader.leaf, Member) for reader in self.values.readers[name])

    def _closing_spot(self, name: FactName, use: Use) -> ClosingSpot:
        closing = [claim for claim in self.claims.get(name, ()) if isinstance(claim.value, NoOther)]
        options: list[Option[int]] = [Option(None, joint_weight(closing))]
        if use.lowered:
            for chain, proof in self._proofs(self.question.facts[name], None, Stance.ASSERTS):
                options.append(Option(proof, self._with(closing, proof), chain))
        return Spot(name, tuple(options))

    def _with(self, claims: Sequence[Claim], proof: Proof) -> int:
        """The joint weight of claims with one more, of an origin of its own."""
        return joint_weight(
            [
                *claims,
                self._recorder.claim(proof.holder, proof.fact, proof.value, proof.stance, proof.weight),
            ]
        )


def _may_change(fact: Fact) -> bool:
    """Whether anybody can: nobody changes a protected characteristic for an ad."""
    return not fact.protected and fact.changeable_by is not Changer.NOBODY
