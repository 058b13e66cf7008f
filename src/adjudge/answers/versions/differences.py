"""What a comparison of packages shows, as plain values that a form can print; the same for text and Markdown.

Not a computation: everything was found before; here it gets its words and its order.
"""

from dataclasses import dataclass

from adjudge.answers.versions.changed import ChangeView, change_views, flat_text, one_sided
from adjudge.answers.versions.witnesses import WitnessView, unshown_texts, witness_view
from adjudge.basis.said import say
from adjudge.changes.change import Defined, DefinitionChange, Status
from adjudge.changes.difference import Difference
from adjudge.changes.marking import marked
from adjudge.changes.witness import Shown
from adjudge.language.package import Package
from adjudge.tongues.tongue import Tongue

_STATUSES = {
    Status.ADDED: say("added"),
    Status.REMOVED: say("removed"),
    Status.CHANGED: say("changed in meaning"),
    Status.TEXTS: say("texts only"),
    Status.REWRITTEN: say("written otherwise; not shown to differ"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule that differs."""

    id: str
    title: str
    status: Status
    heading: str
    changes: tuple[ChangeView, ...]
    witnesses: tuple[WitnessView, ...]
    unshown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionView:
    """A list, parameter, fact or tree of codes that differs."""

    name: str
    heading: str
    change: ChangeView
    read_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """The whole comparison."""

    old: str
    new: str
    rules: tuple[RuleView, ...]
    definitions: tuple[DefinitionView, ...]
    summary: str
    verdict: str


def differences_view(found: Difference, tongue: Tongue) -> DifferenceView:
    """What to show of a comparison."""
    compared = found.compared
    chosen = compared.definitions if found.rule is None else ()
    return DifferenceView(
        old=_package_text(compared.old, tongue),
        new=_package_text(compared.new, tongue),
        rules=tuple(_rule(shown, tongue, searched=found.searched) for shown in found.rules),
        definitions=tuple(_definition(item, tongue) for item in chosen),
        summary=_summary(found, tongue),
        verdict="" if found.differs_in_meaning else tongue("Nothing differs in meaning."),
    )


def _package_text(package: Package, tongue: Tongue) -> str:
    return tongue(
        "{package} {version}, published {day}",
        package=str(package.id),
        version=package.version,
        day=tongue.day(package.published_at),
    )


def _summary(found: Difference, tongue: Tongue) -> str:
    """`1 rule added, 2 rules removed, ...`: each count a phrase of its own."""
    counts = [
        tongue.plural("{count} rule added", "{count} rules added", found.count(Status.ADDED)),
        tongue.plural("{count} rule removed", "{count} rules removed", found.count(Status.REMOVED)),
        tongue.plural(
            "{count} rule changed in meaning", "{count} rules changed in meaning", found.count(Status.CHANGED)
        ),
        tongue.plural(
            "{count} rule changed in texts only",
            "{count} rules changed in texts only",
            found.count(Status.TEXTS),
        ),
    ]
    rewritten = found.count(Status.REWRITTEN)
    if rewritten:
        counts.append(
            tongue.plural(
                "{count} rule written otherwise and not shown to differ",
                "{count} rules written otherwise and not shown to differ",
                rewritten,
            )
        )
    return tongue.listed(counts)


def _rule(shown: Shown, tongue: Tongue, *, searched: bool) -> RuleView:
    change = shown.change
    rule = change.new or change.old
    changes = one_sided(change, tongue) if change.status in {Status.ADDED, Status.REMOVED} else ()
    return RuleView(
        id=change.id,
        title=tongue.text(rule.title) if rule else "",
        status=shown.status,
        heading=tongue.of(_STATUSES[shown.status]),
        changes=tuple(changes)
        or tuple(view for item in change.changes for view in change_views(item, tongue)),
        witnesses=tuple(witness_view(item, change, tongue) for item in shown.witnesses),
        unshown=tuple(unshown_texts(shown, tongue)) if searched else (),
    )


def _definition(item: DefinitionChange, tongue: Tongue) -> DefinitionView:
    return DefinitionView(
        name=item.name,
        heading=_definition_heading(item, tongue),
        change=_definition_change(item, tongue),
        read_by=tongue("Read by: {rules}", rules=tongue.listed(item.read_by)) if item.read_by else "",
    )


def _definition_heading(item: DefinitionChange, tongue: Tongue) -> str:
    """A sentence for each, since languages bend the word to the noun."""
    if item.old is None:
        return _added(item, tongue)
    return _removed(item, tongue) if item.new is None else _altered(item, tongue)


def _added(item: DefinitionChange, tongue: Tongue) -> str:
    match item.what:
        case Defined.LIST:
            return tongue("list {name}: added", name=item.name)
        case Defined.PARAM:
            return tongue("parameter {name}: added", name=item.name)
        case Defined.FACT:
            return tongue("fact {name}: added", name=item.name)
        case Defined.TAXONOMY:
            return tongue("taxonomy {name}: added", name=item.name)


def _removed(item: DefinitionChange, tongue: Tongue) -> str:
    match item.what:
        case Defined.LIST:
            return tongue("list {name}: removed", name=item.name)
        case Defined.PARAM:
            return tongue("parameter {name}: removed", name=item.name)
        case Defined.FACT:
            return tongue("fact {name}: removed", name=item.name)
        case Defined.TAXONOMY:
            return tongue("taxonomy {name}: removed", name=item.name)


def _altered(item: DefinitionChange, tongue: Tongue) -> str:
    match item.what:
        case Defined.LIST:
            return tongue("list {name}: changed", name=item.name)
        case Defined.PARAM:
            return tongue("parameter {name}: changed", name=item.name)
        case Defined.FACT:
            return tongue("fact {name}: changed", name=item.name)
        case Defined.TAXONOMY:
            return tongue("taxonomy {name}: changed", name=item.name)


def _definition_change(item: DefinitionChange, tongue: Tongue) -> ChangeView:
    old, new = flat_text(item.old), flat_text(item.new)
    label = tongue("entries") if item.what in {Defined.LIST, Defined.PARAM} else tongue("declared")
    if item.old is None or item.new is None:
        return ChangeView(label=label, old=old, new=new)
    return ChangeView(label=label, pieces=marked(old, new))
