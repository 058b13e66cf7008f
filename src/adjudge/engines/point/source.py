"""Rules to the source of one Python function over packed masks.

Built from the checked core only: every name is made here, and what a policy says (values, patterns, leaves) reaches the
code as constants of its namespace, never as text. One function for all rules of a kind, flat, without calls for atoms
over facts that have a single value.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.basis.mask import NOTHING_KNOWN, mask_of
from adjudge.engines.point.closures import Known, function_of
from adjudge.engines.point.quick import Constants, quick_test
from adjudge.engines.point.weigh import RECORD, Context, weigher
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import And, Atom, Condition, Not, Or
from adjudge.language.expression.syntax import Place
from adjudge.language.package import Rule, Written

Occurrence = tuple[int, str, Place]
"""Where an atom stands: the number of its rule, the part of the rule, the place in the part."""

_NO_TIME = Instant(0)


@dataclass(slots=True)
class _Quick:
    """An atom with a quick test, once for all rules that hold it."""

    name: str
    test: str
    atom: Atom
    occurrences: list[Occurrence]


@dataclass(slots=True)
class Writer:
    """Writes the function. `finish` gives the source; `constants` is the namespace that it runs in."""

    context: Context
    constants: Constants = field(default_factory=Constants)
    quick: dict[Atom, _Quick] = field(default_factory=dict)
    by_fact: dict[FactName, list[_Quick]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    def rule(self, number: int, rule: Rule) -> None:
        """Add a rule; its result is `(mask of when, mask of unless, ...)`, or the mask where there is no unless."""
        masks = [self._part(number, "when", rule.when)]
        masks += [self._part(number, unless.id, unless.when) for unless in rule.unless]
        self.results.append(masks[0] if len(masks) == 1 else f"({', '.join(masks)})")

    def _part(self, number: int, part: str, written: Written) -> str:
        name = f"m{len(self.body)}"
        self.body.append(f"{name} = {self._expression(written.core, number, part)}")
        return name

    def _expression(self, condition: Condition, number: int, part: str) -> str:
        match condition:
            case And():
                return "(" + " & ".join(self._expression(o, number, part) for o in condition.operands) + ")"
            case Or():
                return "(" + " | ".join(self._expression(o, number, part) for o in condition.operands) + ")"
            case Not():
                return f"NEGATED[{self._expression(condition.operand, number, part)}]"
            case Atom():
                return self._quick_name(condition, number, part) or self._general(condition, number, part)
            case _:
                return self._general(condition, number, part)

    def _general(self, leaf: Condition, number: int, part: str) -> str:
        """A call of the general way, made at the place of use, so that its errors know rule and part."""
        weigh = self.constants.name(weigher(leaf, self.context))
        return f"{weigh}(evidence, NONE, now, report(failures, {number}, {self.constants.name(part)}))"

    def _quick_name(self, atom: Atom, number: int, part: str) -> str | None:
        if len(atom.facts) != 1:
            return None
        occurrence = (number, part, atom.place)
        known = self.quick.get(atom)
        if known is None:
            test = quick_test(atom, self.context.facts[atom.facts[0]], self.context.entries, self.constants)
            if test is None:
                return None
            known = _Quick(f"a{len(self.quick)}", test, atom, [])
            self.quick[atom] = known
            self.by_fact.setdefault(atom.facts[0], []).append(known)
        known.occurrences.append(occurrence)
        return known.name

    def finish(self) -> str:
        """The source of `evaluate(singles, evidence, now, failures)`."""
        lines = ["def evaluate(singles, evidence, now, failures):"]
        for fact in self.by_fact:
            lines += self._fact_lines(fact, self.by_fact[fact])
        lines += [f"    {line}" for line in self.body]
        # A tuple of one needs its comma.
        lines.append(f"    return ({', '.join(self.results)}{',' if self.results else ''})")
        return "\n".join(lines) + "\n"

    def _fact_lines(self, name: FactName, atoms: list[_Quick]) -> Iterable[str]:
        fact = self.context.facts[name]
        key = self.constants.name(name)
        yield f"    single = singles.get({key})"
        yield "    if single is not None:"
        yield "        v, y, n = single"
        for quick in atoms:
            yield f"        {quick.name} = y if {quick.test} else n"
        yield f"    elif {key} in evidence:"
        for quick in atoms:
            weigh = self.constants.name(weigher(quick.atom, self.context))
            places = self.constants.name(quick.occurrences)
            yield f"        {quick.name} = {weigh}(evidence, NONE, now, report_all(failures, {places}))"
        yield "    else:"
        for quick in atoms:
            yield f"        {quick.name} = {self._silence(quick.atom, fact)}"

    def _silence(self, atom: Atom, fact: Fact) -> int:
        """The mask of an atom where nothing is claimed of its fact. LANGUAGE.md 3.4."""
        if not fact.complete:
            return NOTHING_KNOWN
        if fact.type is not Simple.BOOL:
            return mask_of(0, RECORD)
        truth = function_of(atom.expr, self.context.entries)
        # A quick atom reads neither variables nor the time, so any will do.
        holds = truth(Known({fact.full_name: False}, {}, _NO_TIME))
        return mask_of(RECORD, 0) if holds else mask_of(0, RECORD)
