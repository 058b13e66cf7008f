"""One change of a rule taken alone: the new package with that change undone.

Not a package that anybody wrote. It tells which of several changes of a rule, or of several rules, a case shows.
"""

from dataclasses import replace

from adjudge.changes.change import Aspect, Change, RuleChange
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.analysis.occurrence import entries_in
from adjudge.language.core import ListEntry, facts_of
from adjudge.language.package import Dated, Package, Rule, Unless, Written

_UNLESS = {Aspect.UNLESS, Aspect.UNLESS_WHEN, Aspect.UNLESS_STANDARD}


def without(change: Change, rule: RuleChange, old: Package, new: Package) -> Package | None:
    """The new package with the one rule, one change of it undone; None where that cannot be taken apart."""
    if rule.old is None or rule.new is None:
        return None
    if change.aspect in {Aspect.LIST, Aspect.PARAM}:
        return _with_entries(change, rule.new, old, new)
    undone = _undone(change, rule.old, rule.new)
    if undone is None or not all(_is_readable(item, old, new) for item in undone.conditions):
        return None
    return replace(new, rules=(undone,))


def without_all(rule: RuleChange, old: Package, new: Package) -> Package | None:
    """The new package with the rule as it was before, or gone, or back; None where it cannot be read there."""
    if rule.old is not None and not all(_is_readable(item, old, new) for item in rule.old.conditions):
        return None
    kept = tuple(item for item in new.rules if item.id != rule.id)
    return replace(new, rules=kept if rule.old is None else (*kept, rule.old))


def _undone(change: Change, old: Rule, new: Rule) -> Rule | None:
    match change.aspect:
        case Aspect.WHEN:
            return replace(new, when=old.when)
        case Aspect.STANDARD:
            return replace(new, standard=old.standard)
        case Aspect.IN_FORCE:
            return replace(new, in_force=old.in_force)
        case Aspect.TERRITORY:
            return replace(new, territory=old.territory)
        case aspect if aspect in _UNLESS:
            return replace(new, unless=_exceptions(change, old, new))
        case _:
            return None


def _exceptions(change: Change, old: Rule, new: Rule) -> tuple[Unless, ...]:
    before = next((item for item in old.unless if item.id == change.name), None)
    kept = tuple(item for item in new.unless if item.id != change.name)
    if change.aspect is Aspect.UNLESS or before is None:
        return kept if before is None else (*kept, before)
    after = next(item for item in new.unless if item.id == change.name)
    if change.aspect is Aspect.UNLESS_WHEN:
        return (*kept, replace(after, when=before.when))
    return (*kept, replace(after, standard=before.standard))


def _with_entries(change: Change, rule: Rule, old: Package, new: Package) -> Package | None:
    """Values of another type than the condition was read with are not tried."""
    is_list = change.aspect is Aspect.LIST
    before, after = (old.lists, new.lists) if is_list else (old.params, new.params)
    if change.name not in before or change.name not in after:
        return None
    if _types(before, change.name) != _types(after, change.name):
        return None
    table = {**after, change.name: before[change.name]}
    one = replace(new, rules=(rule,))
    return replace(one, lists=table) if is_list else replace(one, params=table)


def _types(table: Dated, name: str) -> set[str]:
    values = (entry.value if isinstance(entry.value, tuple) else (entry.value,) for entry in table[name])
    return {type(item).__name__ for value in values for item in value}


def _is_readable(written: Written, old: Package, new: Package) -> bool:
    """Whether a condition read against the old package means something against the new one."""
    entries = (
        part.name in (new.lists if isinstance(part, ListEntry) else new.params)
        for part in entries_in(written.core)
    )
    return all(entries) and all(
        _trait(name, old.vocabulary) == _trait(name, new.vocabulary) or name not in old.vocabulary.facts
        for name in facts_of(written.core)
    )


def _trait(name: object, vocabulary: Vocabulary) -> tuple[object, ...] | None:
    fact = vocabulary.facts.get(name)  # type: ignore[call-overload]  # a fact's name
    return None if fact is None else (fact.type, fact.many)
