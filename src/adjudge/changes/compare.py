"""Two packages compared by meaning, rule by rule: layout, order and spacing are no change.

Not a comparison of outcomes: which of the changes found here alter one, and for whom, is searched in `search`.
"""

from collections.abc import Iterable, Iterator

from adjudge.basis.reading.json_text import Plain
from adjudge.changes.change import Aspect, Bearing, Change, Comparison, RuleChange
from adjudge.changes.definitions import definition_changes, reading_changes
from adjudge.changes.equivalence import are_equivalent
from adjudge.language.package import OnUnproven, Package, Rule, RuleKind, Territory, Unless, Written
from adjudge.language.package_printer import Tree, package_form, printed

_BEARINGS = {
    Aspect.SUBJECT: Bearing.OUTCOME,
    Aspect.GROUND: Bearing.CONSEQUENCE,
    Aspect.IN_FORCE: Bearing.OUTCOME,
    Aspect.STANDARD: Bearing.OUTCOME,
    Aspect.CURE: Bearing.CONSEQUENCE,
    Aspect.DECIDED_BY: Bearing.CONSEQUENCE,
    Aspect.REVIEW: Bearing.CONSEQUENCE,
    Aspect.CODES: Bearing.CONSEQUENCE,
    Aspect.TITLE: Bearing.TEXTS,
    Aspect.EXPLANATION: Bearing.TEXTS,
}
"""Of the keys that are compared as they are written."""


def compare(old: Package, new: Package) -> Comparison:
    """Everything that differs between two packages."""
    definitions = definition_changes(old, new)
    before, after = _forms(old), _forms(new)
    found = []
    for rule_id in sorted(before.keys() | after.keys()):
        one, other = before.get(rule_id), after.get(rule_id)
        changes = list(_changes(one, other, before.keys() & after.keys()))
        if one and other:
            changes += reading_changes(one[0], other[0], definitions)
        if changes:
            found.append(_rule_change(one, other, changes))
    return Comparison(old=old, new=new, rules=tuple(found), definitions=tuple(definitions))


_Formed = tuple[Rule, Tree]


def _forms(package: Package) -> dict[str, _Formed]:
    rules = {rule.id: rule for rule in package.rules}
    listed = package_form(package)["rules"]
    forms = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return {rule.id: (rule, form) for form in forms for rule in [rules[form["id"]]]}  # type: ignore[index]  # a rule's id is its text


def _rule_change(one: _Formed | None, other: _Formed | None, changes: list[Change]) -> RuleChange:
    old, new = one[0] if one else None, other[0] if other else None
    rule = new or old
    assert rule is not None  # noqa: S101 - an id comes from one of the two sides
    return RuleChange(id=rule.id, old=old, new=new, changes=tuple(changes))


def _changes(one: _Formed | None, other: _Formed | None, shared: set[str]) -> Iterator[Change]:
    """`shared` are the ids of the rules that both packages have."""
    if one is None or other is None:
        yield from _one_sided(one[1] if one else None, other[1] if other else None, shared)
        return
    (old, before), (new, after) = one, other
    yield from _kind(old, new)
    yield from _written(before, after)
    yield from _prevailing(before, after, shared)
    yield from _territory(Aspect.TERRITORY, old.territory, new.territory, Bearing.OUTCOME)
    yield from _condition(Aspect.WHEN, "", old.when, new.when)
    yield from _exceptions(old, new)
    yield from _measure(old, new)
    yield from _on_unproven(old, new)


def _one_sided(before: Tree | None, after: Tree | None, shared: set[str]) -> Iterator[Change]:
    """A rule of one side: the rule, and whom it prevails over."""
    yield Change(aspect=Aspect.RULE, bearing=Bearing.OUTCOME, old=before, new=after)
    for change in _prevailing(before or {}, after or {}, shared):
        if change.bearing is Bearing.OUTCOME:
            yield change


def _prevailing(before: Tree, after: Tree, shared: set[str]) -> Iterator[Change]:
    """Only over a rule that both packages have does it make a difference that no other change makes."""
    for aspect in (Aspect.OVERRIDES, Aspect.EXEMPTS):
        old, new = _as_set(before.get(aspect.value)), _as_set(after.get(aspect.value))
        if old != new:
            differing = {str(item) for item in _items(old)} ^ {str(item) for item in _items(new)}
            bearing = Bearing.OUTCOME if differing & shared else Bearing.CONSEQUENCE
            yield Change(aspect=aspect, bearing=bearing, old=old, new=new)


def _items(form: Plain) -> list[Plain]:
    return form if isinstance(form, list) else []


def _written(before: Tree, after: Tree) -> Iterator[Change]:
    """The keys that are compared as they are written."""
    for aspect, bearing in _BEARINGS.items():
        old, new = before.get(aspect.value), after.get(aspect.value)
        if aspect is Aspect.REVIEW:  # whose order means nothing
            old, new = _as_set(old), _as_set(new)
        if old != new:
            yield Change(aspect=aspect, bearing=bearing, old=old, new=new)


def _as_set(items: Plain) -> Plain:
    return sorted(items, key=str) if isinstance(items, list) and items else None


def _kind(old: Rule, new: Rule) -> Iterator[Change]:
    """An exemption has no measure and lifts those of others; the other kinds differ only in name."""
    if old.kind is not new.kind:
        is_exemption = RuleKind.EXEMPTION in {old.kind, new.kind}
        bearing = Bearing.OUTCOME if is_exemption else Bearing.CONSEQUENCE
        yield Change(aspect=Aspect.KIND, bearing=bearing, old=old.kind.value, new=new.kind.value)


def _on_unproven(old: Rule, new: Rule) -> Iterator[Change]:
    """Only `refer` is a part of the outcome. LANGUAGE.md 5.4."""
    one, other = old.on_unproven, new.on_unproven
    if one is not other:
        refers = OnUnproven.REFER in {one, other} and RuleKind.EXEMPTION not in {old.kind, new.kind}
        bearing = Bearing.OUTCOME if refers else Bearing.CONSEQUENCE
        yield Change(aspect=Aspect.ON_UNPROVEN, bearing=bearing, old=one.value, new=other.value)


def _territory(aspect: Aspect, old: Territory, new: Territory, bearing: Bearing) -> Iterator[Change]:
    if old != new:
        yield Change(aspect=aspect, bearing=bearing, old=_countries(old), new=_countries(new))


def _countries(territory: Territory) -> Plain:
    return "worldwide" if territory is None else list[Plain](sorted(territory))


def _condition(aspect: Aspect, name: str, old: Written, new: Written) -> Iterator[Change]:
    """Equal trees are no change; trees that are proven to weigh alike are a change of text."""
    if old.core == new.core:
        return
    same = are_equivalent(old.core, new.core)
    yield Change(
        aspect=aspect,
        bearing=Bearing.TEXTS if same else Bearing.OUTCOME,
        name=name,
        old=printed(old),
        new=printed(new),
        same_meaning=same,
    )


def _exceptions(old: Rule, new: Rule) -> Iterator[Change]:
    before, after = ({item.id: item for item in rule.unless} for rule in (old, new))
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            yield Change(
                aspect=Aspect.UNLESS, bearing=Bearing.OUTCOME, name=name, old=_form(one), new=_form(other)
            )
        else:
            yield from _exception(one, other)


def _form(item: Unless | None) -> Plain:
    return None if item is None else {"when": printed(item.when), "standard": item.standard.word}


def _exception(old: Unless, new: Unless) -> Iterator[Change]:
    yield from _condition(Aspect.UNLESS_WHEN, old.id, old.when, new.when)
    if old.standard is not new.standard:
        yield Change(
            aspect=Aspect.UNLESS_STANDARD,
            bearing=Bearing.OUTCOME,
            name=old.id,
            old=old.standard.word,
            new=new.standard.word,
        )
    if dict(old.title) != dict(new.title):
        yield Change(
            aspect=Aspect.UNLESS_TITLE,
            bearing=Bearing.TEXTS,
            name=old.id,
            old=dict[str, Plain](old.title),
            new=dict[str, Plain](new.title),
        )


def _measure(old: Rule, new: Rule) -> Iterator[Change]:
    """The kind is a part of the outcome (LANGUAGE.md 8); details, surfaces and territory follow from it."""
    one, other = old.measure, new.measure
    kinds = (one.kind.value if one else None, other.kind.value if other else None)
    if kinds[0] != kinds[1]:
        yield Change(aspect=Aspect.MEASURE_KIND, bearing=Bearing.OUTCOME, old=kinds[0], new=kinds[1])
    if one is None or other is None:
        return
    pairs: Iterable[tuple[Aspect, Plain, Plain]] = (
        (Aspect.MEASURE_DETAILS, _details(dict(one.details)), _details(dict(other.details))),
        (Aspect.MEASURE_SURFACES, _names(one.surfaces), _names(other.surfaces)),
        (Aspect.MEASURE_TERRITORY, _countries(one.territory), _countries(other.territory)),
    )
    for aspect, before, after in pairs:
        if before != after and not (aspect is Aspect.MEASURE_DETAILS and kinds[0] != kinds[1] and not after):
            yield Change(aspect=aspect, bearing=Bearing.CONSEQUENCE, old=before, new=after)


def _details(details: dict[str, object]) -> Plain:
    found: Tree = {
        key: value if isinstance(value, str | int) else dict(value)  # type: ignore[call-overload]  # else a mapping of texts
        for key, value in details.items()
    }
    return found or None


def _names(names: frozenset[str] | None) -> Plain:
    return None if names is None else list[Plain](sorted(names))
