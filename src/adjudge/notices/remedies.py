"""What a statement says that the addressee can do besides objecting: ways out, or that there is none and why.

Not the search, which is `adjudge.recourse`: every way that is told was verified there. LANGUAGE.md 6.3, DSA Art. 17(4).
"""

from collections.abc import Callable, Iterable

from adjudge.basis.ids import FactName
from adjudge.evidence.notice import Element, Pointer, Prospect
from adjudge.language.package import Package
from adjudge.notices.material import Material
from adjudge.notices.prospects import facts_of, own_ways, turning_facts, ways_to_a_person
from adjudge.notices.statement import Clause
from adjudge.notices.steps import changer_said, documents_said, exceptions_texts, step_said, turning_text
from adjudge.notices.wording import value_part
from adjudge.recourse.action import Power
from adjudge.recourse.way import Recourse, Step, Way
from adjudge.tongues.tongue import Tongue

MOST_TOLD = 5
"""Ways of one kind that are written out: a letter is no list."""
_Steps = Callable[[str], str]


def remedies(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The clauses; none where no measure follows."""
    found = material.known.recourse
    if found is None:
        return
    writer = _Writer(material.known.package, tongue)
    if own_ways(found):
        yield from _own(found, writer)
    else:
        yield _in_vain(found, material, tongue)
        yield from _to_a_person(found, writer)
        yield from _of_others(found, writer)
    if not found.complete:
        yield Clause(tongue("The search for ways stopped at its limit: there may be further ones."))


class _Writer:
    """Writes ways; what a fact means is told where it is first named."""

    def __init__(self, package: Package, tongue: Tongue) -> None:
        """Nothing is told yet."""
        self._package, self.tongue = package, tongue
        self._told: set[FactName] = set()

    def clauses(self, ways: tuple[Way, ...], lead: _Steps, prospect: Prospect | None) -> Iterable[Clause]:
        """A clause for each of the first ways, and how many more there are."""
        for way in ways[:MOST_TOLD]:
            text = " ".join((lead(self._steps(way)), *self._meanings(way)))
            if prospect is None:
                yield Clause(text)
            else:
                pointer = Pointer(recourse=prospect, facts=tuple(sorted(facts_of(way))))
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
        said = step_said(step.action, self._package.vocabulary, value_part)
        documents = documents_said(step.documents)
        served = exceptions_texts(step, self._package, tongue)
        detail = (
            tongue("proof of an exception: {exceptions}", exceptions=served)
            if served
            else changer_said(step.action)
        )
        if not detail:
            return tongue("{step} ({documents})", step=said, documents=documents)
        return tongue("{step} ({detail}; {documents})", step=said, detail=detail, documents=documents)

    def _meanings(self, way: Way) -> Iterable[str]:
        for name in sorted(facts_of(way) - self._told):
            self._told.add(name)
            definition = self.tongue.text(self._package.vocabulary.facts[name].definition)
            if definition:
                yield self.tongue("What {fact} means: {definition}", fact=f"`{name}`", definition=definition)


def _own(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    tongue = writer.tongue
    yield from writer.clauses(
        own_ways(found),
        lambda steps: tongue("What you can do so that no measure remains: {steps}.", steps=steps),
        Prospect.RELEASE,
    )
    if ways_to_a_person(found):
        yield Clause(
            tongue(
                "If you prove the contrary of a fact above by evidence that weighs as much, a person decides anew."
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


def _to_a_person(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    return writer.clauses(
        ways_to_a_person(found),
        lambda steps: writer.tongue(
            "What you can do so that a person decides anew, on evidence that then stands on both sides: {steps}.",
            steps=steps,
        ),
        Prospect.PERSON,
    )


def _of_others(found: Recourse, writer: _Writer) -> Iterable[Clause]:
    return writer.clauses(
        found.of(Power.OTHERS),
        lambda steps: writer.tongue(
            "What only others can change so that no measure remains: {steps}.", steps=steps
        ),
        None,
    )
