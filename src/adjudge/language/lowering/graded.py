"""Author's tree to core: names resolved, types checked, sugar unfolded, atoms found.

Not an evaluator. LANGUAGE.md 3.1 decides here what is weighed (a `Condition`) and what is concrete inside an atom
(an `Expr`, made by `adjudge.language.lowering.inside`). Recursion is bounded by the height that the parser allows.
"""

from adjudge.basis.said import say
from adjudge.facts.type import Simple, said_type
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import And, Atom, Condition, FactValue, Has, Member, Not, Or, Quantified, facts_in
from adjudge.language.expression.syntax import Binary, Call, Logic, Name, Syntax, Unary
from adjudge.language.expression.tokens import RESERVED
from adjudge.language.lowering.inside import Inside
from adjudge.language.lowering.scope import ROOTS
from adjudge.language.lowering.typed import Typed, Variable

MACROS = ("exists", "all")
_OPERANDS_OF_MACRO = 2


class Lowering:
    """Lowers the conditions of one rule; problems go to the log of `inside`."""

    def __init__(self, inside: Inside) -> None:
        """`inside` makes what stands inside atoms, and knows the scope and the log."""
        self.inside = inside

    def condition(self, node: Syntax) -> Condition | None:
        """A graded condition; None where there is a problem."""
        if self.inside.log.is_spent:
            # Hints cost time, and nobody reads the two hundred and first problem.
            self.inside.log.left_out += 1
            return None
        match node:
            case Logic():
                return self._logic(node)
            case Unary(operator="!"):
                operand = self.condition(node.operand)
                return None if operand is None else Not(operand, node.place)
            case Binary(operator="!="):
                return self._unequal(node, None)
            case Binary(operator="in") if (fact := self.inside.many_fact(node.right)) is not None:
                return self._member(node, fact)
            case Call(target=None, function="has"):
                return self._has(node)
            case Call() if node.function in MACROS and node.target is not None:
                return self._quantified(node, node.target)
            case _:
                return self._atom(node, None)

    def _logic(self, node: Logic) -> Condition | None:
        operands = [self.condition(operand) for operand in node.operands]
        whole = tuple(operand for operand in operands if operand is not None)
        if len(whole) < len(operands):
            return None
        return And(whole, node.place) if node.operator == "&&" else Or(whole, node.place)

    def _unequal(self, node: Binary, variable: Variable | None) -> Condition | None:
        """`a != b` is always `!(a == b)`. LANGUAGE.md 3.1."""
        atom = self._atom(Binary("==", node.left, node.right, node.place), variable)
        return None if atom is None else Not(atom, node.place)

    def _atom(self, node: Syntax, variable: Variable | None) -> Atom | None:
        typed = self.inside.value(node, variable)
        if typed is None:
            return None
        if typed.type not in {Simple.BOOL, None}:
            message = say(
                "a condition is true or false, but this is of type {type}", type=said_type(typed.type)
            )
            return self.inside.refuse("type-error", message, node.place, say("compare it with something"))
        return Atom(typed.expr, facts_in(typed.expr), node.place)

    def _has(self, node: Call) -> Condition | None:
        fact = self.inside.fact(node.arguments[0]) if len(node.arguments) == 1 else None
        if fact is None:
            hint = say("write `has(advertiser.country)`")
            return self.inside.refuse("type-error", say("`has` takes one fact"), node.place, hint)
        return Has(fact.full_name, node.place) if self.inside.may_read(fact, node.place) else None

    def _member(self, node: Binary, fact: Fact) -> Condition | None:
        value = self.inside.value(node.left, None)
        if value is None or not self.inside.may_read(fact, node.right.place):
            return None
        if facts_in(value.expr):
            hint = say("write {code}", code=f"`{fact.full_name}.exists(x, x == …)`")
            message = say("before `in` on a many-valued fact stands a value without facts")
            return self.inside.refuse("many-valued-fact", message, node.left.place, hint)
        coerced = self.inside.comparable(value, Typed(FactValue(fact.full_name), fact.type), node)
        return None if coerced is None else Member(coerced[0].expr, fact.full_name, node.place)

    def _quantified(self, node: Call, target: Syntax) -> Condition | None:
        fact = self.inside.fact(target)
        if fact is None and self.inside.value(target, None) is None:
            return None
        if fact is None or not fact.many:
            hint = say("these macros range over a many-valued fact; for a list write `in`")
            message = say("{macro} needs a many-valued fact", macro=f"`{node.function}`")
            return self.inside.refuse("many-valued-fact", message, target.place, hint)
        if not self.inside.may_read(fact, target.place):
            return None
        variable = self._variable(node, fact)
        body = self._body(node.arguments[1], variable) if variable else None
        if variable is None or body is None:
            return None
        return Quantified(node.function == "all", fact.full_name, variable.name, body, node.place)

    def _variable(self, node: Call, fact: Fact) -> Variable | None:
        name = node.arguments[0] if len(node.arguments) == _OPERANDS_OF_MACRO else None
        if not isinstance(name, Name):
            hint = say("write {code}", code=f"`{fact.full_name}.{node.function}(x, …)`")
            message = say("{macro} takes a name and a condition", macro=f"`{node.function}`")
            return self.inside.refuse("type-error", message, node.place, hint)
        if name.text in ROOTS or name.text in RESERVED:
            message = say("{name} has a meaning of its own and cannot be a variable", name=f"`{name.text}`")
            return self.inside.refuse("unknown-name", message, name.place, say("choose another name"))
        return Variable(name.text, fact.type)

    def _body(self, node: Syntax, variable: Variable) -> Condition | None:
        """A body `!b` is NOT of the body b; otherwise a body is one atom. LANGUAGE.md 3.1."""
        if isinstance(node, Unary) and node.operator == "!":
            operand = self._body(node.operand, variable)
            return None if operand is None else Not(operand, node.place)
        if isinstance(node, Binary) and node.operator == "!=":
            return self._unequal(node, variable)
        return self._atom(node, variable)
