"""What a case expects, from its nodes: verdicts, pairs, measures, referral, subject by subject.

Names are checked against the version under test, so that a misspelt rule is a problem and not a failing test.
"""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape
from adjudge.basis.said import Said, say, verbatim
from adjudge.basis.weight import GREATEST, Pair
from adjudge.facts.claim import Subject
from adjudge.language.package import MeasureKind, Package, Rule
from adjudge.outcome import Verdict
from adjudge.trials.model import INAPPLICABLE, Expectation, ExpectedRule
from adjudge.trials.parts import report_unknown_rule

_WORDS = [*(verdict.value for verdict in Verdict), INAPPLICABLE]
_PAIR = 2


def read_expected(
    shape: Shape, node: Node | None, package: Package, subjects: Sequence[Subject]
) -> tuple[Expectation, ...]:
    """`expect`: for each subject what its outcome should be."""
    fields = shape.mapping(node, verbatim("`expect`"))
    if fields is None:
        return ()
    if not fields.node.items:
        message = say("the case expects nothing")
        shape.problem("wrong-shape", message, node, say("name a subject below `expect:`, with its `rules:`"))
    reader = _Reader(shape, {str(rule.id): rule for rule in package.rules}, package.version)
    kinds = {str(subject.id): subject for subject in subjects}
    read = [reader.subject(fields.node.keys[name], item, kinds) for name, item in fields.node.items.items()]
    return tuple(item for item in read if item is not None)


@dataclass(frozen=True, slots=True)
class _Reader:
    shape: Shape
    rules: MappingOf[str, Rule]
    version: str

    def subject(self, key: Scalar, node: Node, subjects: MappingOf[str, Subject]) -> Expectation | None:
        """What is expected for one subject."""
        subject = subjects.get(key.text)
        if subject is None:
            message = say("the file has no subject {subject}", subject=quoted(key.text))
            hint = did_you_mean(key.text, list(subjects)) or say("add it to `subjects:`")
            self.shape.problem("unknown-subject", message, key, hint)
            return None
        fields = self.shape.mapping(node, say("what is expected of a subject"))
        if fields is None:
            return None
        rules = self.rules_of(fields.optional("rules"), subject)
        measures, referred = fields.optional("measures"), fields.optional("referred")
        fields.done()
        rules_node = fields.node.items.get("rules")
        is_empty = rules_node is None or (isinstance(rules_node, Mapping) and not rules_node.items)
        if is_empty and measures is None and referred is None:
            message = say("nothing is expected of {subject}", subject=quoted(key.text))
            self.shape.problem("wrong-shape", message, key, say("add {key}", key="`rules:`"))
        return Expectation(
            subject=SubjectId(key.text),
            rules=rules,
            measures=self.measures(measures, subject) if measures is not None else None,
            referred=self.shape.truth(referred, verbatim("`referred`")) if referred is not None else None,
            span=key.span,
            measures_span=measures.span if measures is not None else None,
            referred_span=referred.span if referred is not None else None,
        )

    def rules_of(self, node: Node | None, subject: Subject) -> tuple[ExpectedRule, ...]:
        """The verdicts, by rule."""
        fields = self.shape.mapping(node, verbatim("`rules`"), say("write each as `rule: verdict`"))
        if fields is None:
            return ()
        found = []
        for name, item in fields.node.items.items():
            key = fields.node.keys[name]
            rule = self.rule(name, key, subject)
            expected = self.verdict_of(rule, item, key) if rule is not None else None
            if expected is not None:
                found.append(expected)
        return tuple(found)

    def rule(self, name: str, node: Node, subject: Subject) -> Rule | None:
        """A rule of the version under test about subjects of this kind."""
        rule = self.rules.get(name)
        if rule is None:
            report_unknown_rule(self.shape, name, sorted(self.rules), node, self.version)
            return None
        if rule.subject is subject.kind:
            return rule
        message = say(
            "the rule {rule} is about subjects of kind {kind}, and {subject} is of kind {other}",
            rule=quoted(name),
            kind=quoted(rule.subject.value),
            subject=quoted(subject.id),
            other=quoted(subject.kind.value),
        )
        self.shape.problem("wrong-subject", message, node, say("name it below a subject of that kind"))
        return None

    def verdict_of(self, rule: Rule, node: Node, key: Scalar) -> ExpectedRule | None:
        """A verdict alone, or with its weights."""
        if isinstance(node, Scalar):
            word = self.shape.one_of(node, say("a verdict"), _WORDS)
            return _expected(rule, word, key) if word in _WORDS else None
        hint = say("write a verdict, or {example}", example="`{verdict: met, for: 3, against: 0}`")
        fields = self.shape.mapping(node, say("what is expected of a rule"), hint)
        return self.weighed(rule, fields, key) if fields is not None else None

    def weighed(self, rule: Rule, fields: Fields, key: Scalar) -> ExpectedRule | None:
        """A verdict with the weights that lead to it."""
        word = self.shape.one_of(fields.required("verdict"), verbatim("`verdict`"), _WORDS)
        for_ = self.weight(fields.optional("for"), verbatim("`for`"))
        against = self.weight(fields.optional("against"), verbatim("`against`"))
        unless = self.exceptions(rule, fields.optional("unless"))
        fields.done()
        if word not in _WORDS:
            return None
        alone = _expected(rule, word, key)
        return ExpectedRule(
            rule=alone.rule,
            verdict=alone.verdict,
            for_=for_,
            against=against,
            unless=unless,
            span=alone.span,
        )

    def weight(self, node: Node | None, what: Said) -> int | None:
        """A weight, 0 among them."""
        return self.shape.integer(node, what, 0, GREATEST)

    def exceptions(self, rule: Rule, node: Node | None) -> dict[str, Pair]:
        """The pairs of exceptions, each as `[for, against]`."""
        fields = self.shape.mapping(node, verbatim("`unless`"), say("write each as `exception: [4, 0]`"))
        known = [item.id for item in rule.unless]
        found: dict[str, Pair] = {}
        for name, item in (fields.node.items if fields else {}).items():
            pair = self.pair(item)
            if name in known and pair is not None:
                found[name] = pair
            elif name not in known and fields is not None:
                message = say(
                    "the rule {rule} has no exception {name}", rule=quoted(rule.id), name=quoted(name)
                )
                hint = did_you_mean(name, known) or say("remove it")
                self.shape.problem("unknown-name", message, fields.node.keys[name], hint)
        return found

    def pair(self, node: Node) -> Pair | None:
        """A pair of weights."""
        what = say("the pair of an exception")
        items = self.shape.sequence(node, what)
        weights = [self.weight(item, what) for item in items[:_PAIR]]
        if isinstance(node, Mapping | Scalar):
            return None
        if len(items) != _PAIR:
            message = say("the pair of an exception has two weights, for and against")
            self.shape.problem("wrong-shape", message, node, say("write it as `[4, 0]`"))
            return None
        for_, against = weights
        return Pair(for_, against) if for_ is not None and against is not None else None

    def measures(self, node: Node, subject: Subject) -> dict[RuleId, MeasureKind | None]:
        """The rules whose measures should apply, all of them, with kinds where these are written. LANGUAGE.md 5.2."""
        if isinstance(node, Mapping):
            return self.measures_of_kinds(node, subject)
        found: dict[RuleId, MeasureKind | None] = {}
        for item in self.shape.sequence(node, verbatim("`measures`")):
            name = self.shape.identifier(item, say("the rule"))
            rule = self.rule(name, item, subject) if name is not None else None
            if rule is not None:
                found[rule.id] = None
        return found

    def measures_of_kinds(self, node: Mapping, subject: Subject) -> dict[RuleId, MeasureKind | None]:
        """The same, each as `rule: kind`."""
        found: dict[RuleId, MeasureKind | None] = {}
        for name, item in node.items.items():
            rule = self.rule(name, node.keys[name], subject)
            kind = self.shape.word(item, say("the kind of the measure"), MeasureKind)
            if rule is not None and kind is not None:
                found[rule.id] = kind
        return found


def _expected(rule: Rule, word: str, key: Scalar) -> ExpectedRule:
    verdict = None if word == INAPPLICABLE else Verdict(word)
    return ExpectedRule(rule=rule.id, verdict=verdict, span=key.span)
