"""What a statement says that the addressee can do besides objecting: ways out, or that there is none and why.

Not the search, which is `adjudge.recourse`: every way that is told was verified there. LANGUAGE.md 6.3, DSA Art. 17(4).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adjudge.basis.ids import FactName, RuleId
from adjudge.basis.said import Said
from adjudge.evidence.notice import Element, Pointer, Prospect
from adjudge.notices.material import Material
from adjudge.notices.prospects import facts_of, own_ways, turning_facts, ways_to_a_person
from adjudge.notices.statement import Clause
from adjudge.notices.steps import changer_said, documents_said, exceptions_texts, step_said, turning_text
from adjudge.recourse.action import Action, Addition, Power, Proof, Replacement, power_of
from adjudge.recourse.way import Recourse, Step, Way
from adjudge.tongues.tongue import Tongue

MOST_TOLD = 5
"""Ways of one kind that are written out: a letter is no list."""
_Steps = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """A way that is told, and whether what it proves could also be made so first."""

    way: Way
    may_be_made: bool = False


def remedies(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The clauses; none where no measure follows."""
    found = material.known.recourse
    if found is None:
        return
    writer = _Writer(material, tongue)
    if own_ways(found):
        yield from _own(found, writer)
        yield from _also(found, writer)
    else:
        yield _in_vain(found, material, tongue)
        yield from _to_a_person(writer, ways_to_a_person(found))
        yield from _of_others(found, writer)
    yield from _elsewhere(found, writer)
    if not found.complete:
        yield Clause(tongue("The search for ways stopped at its limit: there may be further ones."))


def told_ways(found: Recourse) -> tuple[Told, ...]:
    """The ways to a release as a statement tells them: to have a thing and to prove it is one way, and no two."""
    ways = own_ways(found)
    having = {number: _proving(way, ways) for number, way in enumerate(ways)}
    first = {proven for proven in having.values() if proven is not None}
    return tuple(Told(way, way in first) for number, way in enumerate(ways) if having[number] is None)


def _proving(way: Way, ways: Iterable[Way]) -> Way | None:
    """The way that proves to be so what this one makes so, with no other difference."""
    made = [step for step in way.steps if isinstance(step.action, Addition | Replacement)]
    if len(made) != 1:
        return None
    rest = frozenset(step.action for step in way.steps if step is not made[0])
    return next((other for other in ways if _proves(other, made[0].action, rest)), None)


def _proves(way: Way, made: Action, rest: frozenset[Action]) -> bool:
    actions = frozenset(step.action for step in way.steps)
    left = [action for action in actions - rest if isinstance(action, Proof)]
    if len(left) != 1 or len(actions) != len(rest) + 1 or not isinstance(made, Addition | Replacement):
        return False
    choice = made.value if isinstance(made, Addition) else made.to
    proof = left[0]
    return (
        proof.fact == made.fact and set(proof.asserted) == set(choice.all) and proof.spread == choice.spread
    )


class _Writer:
    """Writes ways; what a fact means is told where it is first named."""

    def __init__(self, material: Material, tongue: Tongue) -> None:
        """Nothing is told yet."""
        self._material, self.tongue = material, tongue
        self._package = material.known.package
        self._told: set[FactName] = set()

    def clauses(self, ways: tuple[Told, ...], lead: _Steps, prospect: Prospect | None) -> Iterable[Clause]:
        """A clause for each of the first ways, and how many more there are."""
        for told in ways[:MOST_TOLD]:
            steps = self._steps(told.way)
            if told.may_be_made:
                steps = self.tongue("{steps}; where it is not so yet, you can first make it so", steps=steps)
            text = " ".join((lead(steps), *self._meanings(told.way)))
            if prospect is None:
                yield Clause(text)
            else:
                pointer = Pointer(recourse=prospect, facts=tuple(sorted(facts_of(told.way))))
                yield Clause(text, Element.RECOURSE, pointer)
        left = len(ways) - MOST_TOLD
        if left > 0:
            more = self.tongue.plural(
                "There is {count} more such way, which is not written out here.",
                "There are {count} more such ways, which are not written out here.",
                left,
            )
            yield Clause(more)

    def _steps(self, way: Way) -> str:
        return self.tongue.parted(self._step(step) for step in way.steps)

    def _step(self, step: Step) -> str:
        tongue = self.tongue
        said = step_said(step.action, self._package.vocabulary)
        documents = documents_said(step.documents)
        served = exceptions_texts(step, self._package, tongue)
        detail = (
            tongue("proof of an exception: {exceptions}", exceptions=served) if served else self.who(step)
        )
        if not detail:
            return tongue("{step} ({documents})", step=said, documents=documents)
        return tongue("{step} ({detail}; {documents})", step=said, detail=detail, documents=documents)

    def who(self, step: Step) -> Said | None:
        """Who else would have to do it; who gave a notice is not named."""
        return changer_said(step.action, self._material.case, self._material.is_of_notifier)

    def rule(self, name: RuleId) -> str:
        """The title of a rule."""
        rule = next(rule for rule in self._package.rules if rule.id == name)
        return self.tongue.text(rule.title) or str(name)

    def _meanings(self, way: Way) -> Iterable[str]:
        for name in sorted(facts_of(way) - self._told):
            self._told.add(name)
            definition = self.tongue.text(self._package.vocabulary.facts[name].definition)
            if definition:
                yield self.tongue("What {fact} means: {definition}", fact=f"`{name}`", definition=definition)


def _own(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    """The ways to a release; where there are several, what all of them obtain is said once."""
    tongue, ways = writer.tongue, told_ways(found)
    if len(ways) == 1:
        yield from writer.clauses(
            ways,
            lambda steps: tongue("What you can do so that no measure remains: {steps}.", steps=steps),
            Prospect.RELEASE,
        )
        return
    yield Clause(tongue("Each of the following ways obtains by itself that no measure remains."))
    yield from writer.clauses(
        ways, lambda steps: tongue("What you can do: {steps}.", steps=steps), Prospect.RELEASE
    )


def _also(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    """Shortly, beside a way of one's own: the cheapest way to a person's decision, and what only others can lift."""
    yield from _to_a_person(writer, ways_to_a_person(found)[:1])
    tongue = writer.tongue
    for way in found.of(Power.OTHERS)[:1]:
        theirs = [step for step in way.steps if power_of(step.action) is Power.OTHERS]
        facts = tuple(dict.fromkeys(f"`{step.action.fact}`" for step in theirs))
        who = tuple(dict.fromkeys(str(tongue.of(writer.who(step) or "")) for step in theirs))
        yield Clause(
            tongue(
                "Others could lift it as well, by changing {facts} ({who}).",
                facts=facts,
                who=tongue.parted(who),
            )
        )


def _elsewhere(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    """Rules of other territories that apply there now, and would after a way that is told."""
    told = own_ways(found) or (*ways_to_a_person(found), *found.of(Power.OTHERS))
    rules = dict.fromkeys(rule for way in told for rule, _ in way.elsewhere)
    if rules:
        titles = tuple(writer.rule(name) for name in rules)
        yield Clause(
            writer.tongue(
                "This is about the measures stated here; in other territories there may remain: {rules}.",
                rules=titles,
            )
        )


def _in_vain(found: Recourse, material: Material, tongue: Tongue) -> Clause:
    known = material.known
    facts = turning_facts(known)
    opening = (
        tongue("Nothing that you can change or prove lifts this by itself.")
        if found.complete
        else tongue("We found nothing that you can change or prove and that lifts this by itself.")
    )
    if found.turning:
        points = tongue.parted(turning_text(item, known.package, tongue) for item in found.turning)
        turning = tongue("What the decision turns on: {points}", points=points)
    else:
        turning = tongue("What the decision turns on: {facts}.", facts=tuple(f"`{name}`" for name in facts))
    return Clause(f"{opening} {turning}", Element.RECOURSE, Pointer(recourse=Prospect.NONE, facts=facts))


def _to_a_person(writer: _Writer, ways: tuple[Way, ...]) -> Iterable[Clause]:
    return writer.clauses(
        tuple(map(Told, ways)),
        lambda steps: writer.tongue(
            "What you can do so that a person decides anew, on evidence that then stands on both sides: {steps}.",
            steps=steps,
        ),
        Prospect.PERSON,
    )


def _of_others(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    return writer.clauses(
        tuple(map(Told, found.of(Power.OTHERS))),
        lambda steps: writer.tongue(
            "What only others can change so that no measure remains: {steps}.", steps=steps
        ),
        None,
    )
