"""A package and its vocabulary in the written form of LANGUAGE.md 9; reading what it gives is the identity.

Not a formatter: comments and layout are gone. Whatever has no order by its meaning is sorted, and what a
reader would put in as a default is left out or written out always in the same way, so that equal packages
have equal forms.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from adjudge.basis.instant import AFTER_LAST, ALWAYS, FIRST, Interval
from adjudge.basis.reading.json_text import Plain
from adjudge.facts.type import RecordType, Type
from adjudge.facts.value import decimal_text
from adjudge.facts.vocabulary import Fact, Kind, Taxonomy, Vocabulary
from adjudge.language.analysis.occurrence import expressions
from adjudge.language.core import Expr, ListEntry, Operation, Operator, parts
from adjudge.language.expression.printer import print_expression
from adjudge.language.package import (
    Dated,
    Entry,
    Ground,
    Measure,
    Package,
    Rule,
    RuleKind,
    Territory,
    Unless,
    Written,
)

Tree = dict[str, Plain]
Condition = Callable[[Written], Plain]
"""How a condition stands in the form."""


def printed(written: Written) -> Plain:
    """A condition as its text, on one line and with the fewest parentheses."""
    return print_expression(written.syntax)


def package_form(package: Package, condition: Condition = printed) -> Tree:
    """The mapping that `adjudge.language.reading.package` reads, without the vocabulary. LANGUAGE.md 9."""
    form: Tree = {
        "package": package.id,
        "version": package.version,
        "language": package.language,
        "vocabulary": package.vocabulary.name,
        "published_at": str(package.published_at),
        "rules": [_rule_form(rule, condition) for rule in sorted(package.rules, key=lambda rule: rule.id)],
    }
    ordered = _lists_read_in_order(package)
    if package.lists:
        form["lists"] = {
            name: _entries_form(package.lists, name, "values", in_order=name in ordered)
            for name in sorted(package.lists)
        }
    if package.params:
        form["params"] = {
            name: _entries_form(package.params, name, "value", in_order=True)
            for name in sorted(package.params)
        }
    return form


def vocabulary_form(vocabulary: Vocabulary) -> Tree:
    """A vocabulary as the mapping that `adjudge.facts.vocabulary_reader` reads. LANGUAGE.md 1.2, 9."""
    facts: dict[str, Plain] = {}
    for kind in Kind:
        found: Tree = {fact.name: _fact_form(fact) for fact in vocabulary.facts.values() if fact.kind is kind}
        if found:
            facts[kind.value] = found
    form: Tree = {"vocabulary": vocabulary.name, "version": vocabulary.version, "facts": facts}
    if vocabulary.taxonomies:
        form["taxonomies"] = {name: _tree_form(tree) for name, tree in vocabulary.taxonomies.items()}
    return form


# vocabularies


def _tree_form(taxonomy: Taxonomy) -> Tree:
    """Each code holds the codes below it; built without recursion."""
    below: dict[str, Tree] = {code: {} for code in taxonomy.parents}
    root: Tree = {}
    for code, parent in taxonomy.parents.items():
        (root if parent is None else below[parent])[code] = below[code]
    return root


def _fact_form(fact: Fact) -> Tree:
    form: Tree = {
        "type": _type_form(fact.type),
        "changeable_by": fact.changeable_by.value,
        "effort": fact.effort,
    }
    for trait in ("many", "complete", "protected"):
        if getattr(fact, trait):
            form[trait] = True
    if fact.proof:
        kinds = sorted((proof.document, proof.weight) for proof in fact.proof)
        form["proof"] = [{"document": document, "weight": weight} for document, weight in kinds]
    if fact.definition:
        form["definition"] = _texts(fact.definition)
    return form


def _type_form(kind: Type) -> Plain:
    if isinstance(kind, RecordType):
        return {"record": {name: _type_form(inner) for name, inner in kind.fields}}
    return str(kind)


# lists and parameters


def _lists_read_in_order(package: Package) -> set[str]:
    """The lists that some condition reads otherwise than behind `in`, so that order may matter."""
    found: set[str] = set()
    for rule in package.rules:
        for written in rule.conditions:
            for expr, _ in expressions(written.core):
                found.update(_read_in_order(expr))
    return found


def _read_in_order(expr: Expr) -> Iterable[str]:
    if isinstance(expr, ListEntry):
        yield expr.name
    is_membership = isinstance(expr, Operation) and expr.operator is Operator.IN
    for position, part in enumerate(parts(expr)):
        if not (is_membership and position == 1 and isinstance(part, ListEntry)):
            yield from _read_in_order(part)


def _entries_form(table: Dated, name: str, key: str, *, in_order: bool) -> Plain:
    found: list[Plain] = []
    for entry in _by_time(table[name]):
        values = [_plain_form(value) for value in (entry.value if isinstance(entry.value, tuple) else ())]
        value: Plain = _plain_form(entry.value) if not isinstance(entry.value, tuple) else values
        if isinstance(value, list) and not in_order:
            value = sorted(value, key=str)
        found.append({**_interval_form(entry.interval), key: value})
    return found


def _by_time(entries: tuple[Entry, ...]) -> list[Entry]:
    """In the order of time; as written where two overlap, since then the first written counts."""
    ordered = sorted(entries, key=_start)
    pairs = pairwise(ordered)
    return list(entries) if any(one.interval.overlaps(other.interval) for one, other in pairs) else ordered


def _start(entry: Entry) -> tuple[int, int]:
    interval = entry.interval
    return (interval.start or FIRST).nanos, (interval.end or AFTER_LAST).nanos


def _plain_form(value: bool | int | Decimal | str) -> Plain:  # noqa: FBT001 - an entry's value
    """A decimal keeps a point, by which its reader knows it."""
    if not isinstance(value, Decimal):
        return value
    text = decimal_text(value)
    return Decimal(text if "." in text else f"{text}.0")


def _interval_form(interval: Interval) -> Tree:
    bounds = {"from": interval.start, "to": interval.end}
    return {key: str(bound) for key, bound in bounds.items() if bound is not None}


# rules


def _rule_form(rule: Rule, condition: Condition) -> Tree:
    form: Tree = {
        "id": rule.id,
        "subject": rule.subject.value,
        "kind": rule.kind.value,
        "territory": _territory_form(rule.territory),
        "when": condition(rule.when),
        "standard": rule.standard.word,
        "on_unproven": rule.on_unproven.value,
        "decided_by": rule.decided_by.value,
    }
    if rule.kind is RuleKind.EXEMPTION:
        form["exempts"] = list[Plain](rule.exempts)
    if rule.measure is not None:
        form["measure"] = _measure_form(rule.measure, rule.territory)
    if rule.in_force != ALWAYS:
        form["in_force"] = _interval_form(rule.in_force)
    if rule.cure_days is not None:
        form["cure"] = {"days": rule.cure_days}
    optional: Tree = {
        "ground": _ground_form(rule.ground),
        "title": _texts(rule.title),
        "explanation": _texts(rule.explanation),
        "unless": [_unless_form(item, condition) for item in sorted(rule.unless, key=lambda item: item.id)],
        "overrides": list[Plain](rule.overrides),
        "review": list[Plain](rule.review),
        "codes": {name: _texts(codes) for name, codes in rule.codes.items()},
    }
    return {**form, **{key: value for key, value in optional.items() if value}}


def _unless_form(item: Unless, condition: Condition) -> Tree:
    form: Tree = {"id": item.id, "when": condition(item.when), "standard": item.standard.word}
    return {**form, "title": _texts(item.title)} if item.title else form


def _ground_form(ground: Ground) -> Tree:
    if not ground.source:
        return {}
    form: Tree = {ground.source: ground.clause}
    return {**form, "url": ground.url} if ground.url else form


def _measure_form(measure: Measure, territory: Territory) -> Tree:
    details: Tree = {
        key: value if isinstance(value, str | int) else _texts(value)
        for key, value in measure.details.items()
    }
    if measure.surfaces is not None:
        details["surfaces"] = list[Plain](sorted(measure.surfaces))
    if measure.territory != territory:
        details["territory"] = _territory_form(measure.territory)
    return {measure.kind.value: details}


def _territory_form(territory: Territory) -> Plain:
    return "worldwide" if territory is None else list[Plain](sorted(territory))


def _texts(texts: Mapping[str, str]) -> Tree:
    return dict[str, Plain](texts)
