"""Lists, parameters, facts and trees of codes compared, with the rules that read them.

Not the rules' own keys: those are compared in `compare`.
"""

from collections.abc import Iterable, Iterator

from adjudge.basis.ids import FactName, RuleId
from adjudge.basis.reading.json_text import Plain
from adjudge.changes.change import Aspect, Bearing, Change, Defined, DefinitionChange
from adjudge.facts.type import CodeType, RecordType, Type
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.analysis.occurrence import readers
from adjudge.language.core import facts_of
from adjudge.language.package import Package, Rule
from adjudge.language.package_printer import Tree, package_form, vocabulary_form

_TABLES = (("lists", Defined.LIST), ("params", Defined.PARAM))
_DECIDING = frozenset({"type", "many", "complete"})
"""Traits that evaluation reads; the others bear on recourse, proof and lint, or tell people what to observe."""
_ASPECTS = {
    Defined.LIST: Aspect.LIST,
    Defined.PARAM: Aspect.PARAM,
    Defined.FACT: Aspect.FACT,
    Defined.TAXONOMY: Aspect.TAXONOMY,
}


def definition_changes(old: Package, new: Package) -> list[DefinitionChange]:
    """What differs, by kind and name."""
    return [*_entries(old, new), *_facts(old, new), *_taxonomies(old, new)]


def _below(tree: Tree, key: str) -> Tree:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def _differing(before: Tree, after: Tree) -> Iterator[tuple[str, Plain, Plain]]:
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one != other:
            yield name, one, other


def _entries(old: Package, new: Package) -> Iterator[DefinitionChange]:
    before, after = package_form(old), package_form(new)
    readers_before, readers_after = readers(old), readers(new)
    for root, what in _TABLES:
        for name, one, other in _differing(_below(before, root), _below(after, root)):
            full = f"{root}.{name}"
            read = [*readers_before.get(full, ()), *readers_after.get(full, ())]
            bearing = Bearing.OUTCOME if read else Bearing.CONSEQUENCE
            yield DefinitionChange(
                what=what, name=name, bearing=bearing, old=one, new=other, read_by=_ids(read)
            )


def _ids(rules: Iterable[Rule]) -> tuple[RuleId, ...]:
    return tuple(sorted({rule.id for rule in rules}))


def _facts(old: Package, new: Package) -> Iterator[DefinitionChange]:
    reading = _fact_readers([old, new])
    for name, one, other in _differing(_fact_forms(old.vocabulary), _fact_forms(new.vocabulary)):
        traits: tuple[str, ...] = ()
        if isinstance(one, dict) and isinstance(other, dict):
            traits = tuple(trait for trait, _, _ in _differing(one, other))
        yield DefinitionChange(
            what=Defined.FACT,
            name=name,
            bearing=Bearing.OUTCOME if _DECIDING & {*traits} else Bearing.CONSEQUENCE,
            old={trait: one.get(trait) for trait in traits} if traits and isinstance(one, dict) else one,
            new={trait: other.get(trait) for trait in traits}
            if traits and isinstance(other, dict)
            else other,
            traits=traits,
            read_by=reading.get(name, ()),
        )


def _fact_forms(vocabulary: Vocabulary) -> Tree:
    kinds = _below(vocabulary_form(vocabulary), "facts")
    return {f"{kind}.{name}": form for kind in kinds for name, form in _below(kinds, kind).items()}


def _fact_readers(packages: list[Package]) -> dict[str, tuple[RuleId, ...]]:
    found: dict[str, set[RuleId]] = {}
    for package in packages:
        for rule in package.rules:
            for name in facts_read(rule):
                found.setdefault(name, set()).add(rule.id)
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def facts_read(rule: Rule) -> tuple[FactName, ...]:
    """The facts that the conditions of a rule read, sorted."""
    return tuple(sorted({name for written in rule.conditions for name in facts_of(written.core)}))


def _taxonomies(old: Package, new: Package) -> Iterator[DefinitionChange]:
    before, after = vocabulary_form(old.vocabulary), vocabulary_form(new.vocabulary)
    for name, one, other in _differing(_below(before, "taxonomies"), _below(after, "taxonomies")):
        read = [
            rule
            for package in (old, new)
            for rule in package.rules
            if name in _trees_of(facts_read(rule), package.vocabulary)
        ]
        yield DefinitionChange(
            what=Defined.TAXONOMY,
            name=name,
            bearing=Bearing.OUTCOME if read else Bearing.CONSEQUENCE,
            old=one,
            new=other,
            read_by=_ids(read),
        )


def _trees_of(facts: Iterable[FactName], vocabulary: Vocabulary) -> set[str]:
    return {
        tree for name in facts if name in vocabulary.facts for tree in trees_in(vocabulary.facts[name].type)
    }


def trees_in(kind: Type) -> Iterator[str]:
    """The taxonomies from which a type takes codes."""
    if isinstance(kind, CodeType):
        yield kind.taxonomy
    elif isinstance(kind, RecordType):
        for _, inner in kind.fields:
            yield from trees_in(inner)


def reading_changes(old: Rule, new: Rule, definitions: list[DefinitionChange]) -> Iterator[Change]:
    """The changed definitions that a rule reads on both sides, where they can alter its outcome.

    One that a single side reads comes with a changed condition, which is told anyhow.
    """
    shared = {*facts_read(old)} & {*facts_read(new)}
    for item in definitions:
        if old.id not in item.read_by or item.bearing is not Bearing.OUTCOME:
            continue
        if item.what is Defined.FACT and item.name not in shared:
            continue
        yield Change(
            aspect=_ASPECTS[item.what], bearing=item.bearing, name=item.name, old=item.old, new=item.new
        )
