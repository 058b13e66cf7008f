"""One rule from its node, or problems. LANGUAGE.md 4.1, 9."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import ALWAYS, Interval
from adjudge.basis.problem import quoted
from adjudge.basis.reading.node import Node, Scalar, Sequence, span_within
from adjudge.basis.reading.shape import Fields, Shape, Texts, key_named, unique
from adjudge.basis.said import Said, say, verbatim
from adjudge.basis.span import Span
from adjudge.basis.weight import STANDARDS, Standard
from adjudge.facts.type import ListType, Type
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.language.expression.parser import read_expression
from adjudge.language.expression.syntax import Place
from adjudge.language.lowering.graded import Lowering
from adjudge.language.lowering.inside import Inside
from adjudge.language.lowering.scope import Scope
from adjudge.language.package import (
    WORLDWIDE,
    DecidedBy,
    Ground,
    OnUnproven,
    Rule,
    RuleKind,
    Unless,
    Written,
)
from adjudge.language.reading.measure import read_measure
from adjudge.language.reading.territory import read_territory

LONGEST_CURE = 3650
NO_GROUND = Ground("", "")
_A_RULE = {
    RuleKind.PROHIBITION: say("a prohibition"),
    RuleKind.RESTRICTION: say("a restriction"),
    RuleKind.REQUIREMENT: say("a requirement"),
    RuleKind.EXEMPTION: say("an exemption"),
}


class RuleReader:
    """Reads the rules of one package."""

    def __init__(
        self, shape: Shape, vocabulary: Vocabulary, lists: Mapping[str, ListType], params: Mapping[str, Type]
    ) -> None:
        """Share the package's names and types."""
        self.shape = shape
        self.vocabulary = vocabulary
        self.lists = lists
        self.params = params

    def read(self, node: Node) -> tuple[Rule | None, RuleId | None, Kind | None]:
        """The rule, and its id and kind of subject even where the rest has problems."""
        fields = self.shape.mapping(node, say("a rule"))
        if fields is None:
            return None, None, None
        shape = self.shape
        rule_id = shape.identifier(fields.required("id"), say("the rule's id"))
        subject = shape.word(fields.required("subject"), key_named("subject"), Kind)
        kind = shape.word(fields.required("kind"), key_named("kind"), RuleKind)
        when = self._written(fields.required("when"), subject)
        standard = read_standard(shape, fields.required("standard"))
        territory = read_territory(shape, fields.required("territory"))
        measure = read_measure(shape, fields.optional("measure"), territory or WORLDWIDE)
        rest = self._rest(fields, subject)
        self._check_shape_of_kind(fields, kind)
        fields.done()
        found = RuleId(rule_id) if rule_id else None
        if not (found and subject and kind and when and standard) or territory is False or rest is None:
            return None, found, subject
        rule = Rule(
            id=found,
            subject=subject,
            kind=kind,
            when=when,
            standard=standard,
            territory=territory,
            measure=measure,
            span=node.span,
            **rest,  # type: ignore[arg-type]  # each entry has the type of its key
        )
        return rule, found, subject

    def _rest(self, fields: Fields, subject: Kind | None) -> dict[str, object]:
        shape = self.shape
        cure = shape.mapping(fields.optional("cure"), key_named("cure"))
        cure_days = shape.integer(cure.required("days"), key_named("days"), 0, LONGEST_CURE) if cure else None
        if cure:
            cure.done()
        on_unproven = shape.word(fields.optional("on_unproven"), key_named("on_unproven"), OnUnproven)
        decided_by = shape.word(fields.optional("decided_by"), key_named("decided_by"), DecidedBy)
        return {
            "title": shape.texts(fields.optional("title"), say("the title")),
            "ground": self._ground(fields.optional("ground")),
            "in_force": self._in_force(fields.optional("in_force")),
            "unless": self._unless(fields.optional("unless"), subject),
            "overrides": self._rule_ids(fields.optional("overrides"), key_named("overrides")),
            "exempts": self._rule_ids(fields.optional("exempts"), key_named("exempts")),
            "cure_days": cure_days,
            "on_unproven": on_unproven or OnUnproven.NOTHING,
            "decided_by": decided_by or DecidedBy.PERSON,
            "review": self._review(fields.optional("review")),
            "explanation": shape.texts(fields.optional("explanation"), say("the explanation")),
            "codes": self._codes(fields.optional("codes")),
        }

    def _check_shape_of_kind(self, fields: Fields, kind: RuleKind | None) -> None:
        """An exemption has `exempts` and no measure; other kinds the other way round. LANGUAGE.md 4.1."""
        measure, exempts = fields.optional("measure"), fields.optional("exempts")
        problem = self.shape.problem
        if kind is RuleKind.EXEMPTION:
            if measure is not None:
                problem("exemption-shape", say("an exemption has no measure"), measure, say("remove it"))
            if exempts is None or (isinstance(exempts, Sequence) and not exempts.items):
                hint = say("add {key}", key="`exempts: [rule]`")
                problem("exemption-shape", say("an exemption names no rule"), fields.node, hint)
        elif kind is not None:
            if measure is None:
                message = say("{rule} has no measure", rule=_A_RULE[kind])
                problem("exemption-shape", message, fields.node, say("add {key}", key="`measure:`"))
            if exempts is not None:
                message = say("{rule} exempts nothing", rule=_A_RULE[kind])
                problem("exemption-shape", message, exempts, say("write `overrides`"))

    def _written(self, node: Node | None, subject: Kind | None) -> Written | None:
        """A condition; any plain scalar is its text, so that `when: true` is an expression too."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.shape.text(node, say("a condition"))
            return None
        span_of = _span_of(node)
        syntax = read_expression(node.text, self.shape.log, span_of)
        if syntax is None or subject is None:
            return None
        scope = Scope(self.vocabulary, subject, self.lists, self.params)
        core = Lowering(Inside(scope, self.shape.log, span_of)).condition(syntax)
        return None if core is None else Written(node.text, syntax, core, node.span, node)

    def _ground(self, node: Node | None) -> Ground:
        """Whether a ground is present at all is lint: without one a rule can still be evaluated."""
        fields = self.shape.mapping(node, key_named("ground"))
        if fields is None:
            return NO_GROUND
        law, terms = fields.optional("law"), fields.optional("terms")
        url = self.shape.text(fields.optional("url"), key_named("url")) or ""
        fields.done()
        if (law is None) == (terms is None):
            message = say("a ground is `law` or `terms`, and one of them")
            self.shape.problem("missing-key", message, node, say("cite the clause"))
            return NO_GROUND
        source = "terms" if law is None else "law"
        clause = self.shape.text(terms if law is None else law, say("the clause"))
        return Ground(source, clause or "", url)

    def _in_force(self, node: Node | None) -> Interval:
        fields = self.shape.mapping(node, key_named("in_force"))
        if fields is None:
            return ALWAYS
        interval = self.shape.interval(fields.optional("from"), fields.optional("to"), say("the rule"))
        fields.done()
        return interval

    def _unless(self, node: Node | None, subject: Kind | None) -> tuple[Unless, ...]:
        read = []
        for item in self.shape.sequence(node, key_named("unless")):
            fields = self.shape.mapping(item, say("an exception"))
            if fields is None:
                continue
            unless_id = self.shape.identifier(fields.required("id"), say("the exception's id"))
            title = self.shape.texts(fields.optional("title"), say("the title"))
            when = self._written(fields.required("when"), subject)
            standard = read_standard(self.shape, fields.required("standard"))
            fields.done()
            if unless_id and when and standard:
                read.append(
                    (unless_id, item, Unless(id=unless_id, title=title, when=when, standard=standard))
                )
        return tuple(unique(self.shape, read, say("exceptions")).values())

    def _rule_ids(self, node: Node | None, what: Said) -> tuple[RuleId, ...]:
        read = [self.shape.identifier(item, say("a rule's id")) for item in self.shape.sequence(node, what)]
        return tuple(sorted({RuleId(item) for item in read if item}))

    def _review(self, node: Node | None) -> tuple[str, ...]:
        read = [
            self.shape.identifier(item, say("a role"))
            for item in self.shape.sequence(node, key_named("review"))
        ]
        return tuple(sorted({item for item in read if item}))

    def _codes(self, node: Node | None) -> Mapping[str, Mapping[str, str]]:
        fields = self.shape.mapping(node, key_named("codes"))
        found: dict[str, Mapping[str, str]] = {}
        for export, item in (fields.node.items if fields else {}).items():
            inner = self.shape.mapping(item, say("the codes of {export}", export=quoted(export)))
            texts: Texts = {}
            for key, value in (inner.node.items if inner else {}).items():
                text = self.shape.text(value, verbatim(quoted(key)))
                if text is not None:
                    texts[key] = text
            found[export] = MappingProxyType(texts)
        return MappingProxyType(found)


def _span_of(node: Scalar) -> Callable[[Place], Span | None]:
    return lambda place: span_within(node, place.start, place.end)


def read_standard(shape: Shape, node: Node | None) -> Standard | None:
    """A standard of proof by its word. It is required, and nothing is inferred. LANGUAGE.md 4.1."""
    return STANDARDS.get(shape.one_of(node, say("the standard of proof"), list(STANDARDS)) or "")
