"""What the outcomes of a rule hang on beside the evidence, as a digest: the same digest, the same outcomes.

Conditions with what they mention: the entries of lists and parameters that are in force at V, the valid time itself
where `now` is read, the declarations of the facts. Titles, grounds and measures' details are not in it, since no
outcome changes with them.
"""

import re

from adjudge import __version__
from adjudge.basis.digest import Digest, Json, digest_of
from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.basis.reading.json_text import Plain
from adjudge.facts.value import decimal_text
from adjudge.language.analysis.occurrence import all_parts, entries_in, expressions, fact_places
from adjudge.language.core import Condition, ListEntry, Now, Operation
from adjudge.language.expression.tree import tree_of
from adjudge.language.package import Entry, Package, Rule
from adjudge.language.package_printer import vocabulary_form

_DECLARED = frozenset({"type", "many", "complete"})
_CODE = re.compile(r"code<([^<>]+)>")


def meanings(package: Package, rules: tuple[Rule, ...], valid_at: Instant) -> dict[str, Digest]:
    """The digest of each rule at V, by its id."""
    vocabulary = vocabulary_form(package.vocabulary)
    return {rule.id: digest_of(_form(package, rule, valid_at, vocabulary)) for rule in rules}


def _form(package: Package, rule: Rule, valid_at: Instant, vocabulary: dict[str, Plain]) -> Json:
    """Everything that is compared, and nothing that is only told."""
    cores = [written.core for written in rule.conditions]
    facts = sorted({name for written in rule.conditions for name in fact_places(written)})
    declared = {name: _declared(vocabulary, name) for name in facts}
    return {
        "program": __version__,
        "language": str(package.language),
        "subject": rule.subject.value,
        "kind": rule.kind.value,
        "when": tree_of(rule.when.syntax),
        "standard": rule.standard.word,
        "unless": [
            [item.id, tree_of(item.when.syntax), item.standard.word]
            for item in sorted(rule.unless, key=lambda item: item.id)
        ],
        "overrides": [str(item) for item in sorted(rule.overrides)],
        "exempts": [str(item) for item in sorted(rule.exempts)],
        "on_unproven": rule.on_unproven.value,
        "restricts": rule.measure is not None,
        "now": str(valid_at) if any(map(_reads_now, cores)) else None,
        "entries": {
            f"{table}.{name}": _entry(package, table, name, valid_at)
            for core in cores
            for table, name in _mentioned(core)
        },
        "facts": {name: _exact(found) for name, found in declared.items()},
        "taxonomies": {
            name: _exact(_taxonomy(vocabulary, name)) for name in sorted(_taxonomies(cores, declared))
        },
    }


def _mentioned(core: Condition) -> set[tuple[str, str]]:
    return {("lists" if isinstance(item, ListEntry) else "params", item.name) for item in entries_in(core)}


def _reads_now(core: Condition) -> bool:
    return any(isinstance(part, Now) for expr, _ in expressions(core) for part in all_parts(expr))


def _entry(package: Package, table: str, name: str, at: Instant) -> Json:
    entry: Entry | None = package.entry(package.lists if table == "lists" else package.params, name, at)
    if entry is None:
        return None
    return _exact(list(entry.value) if isinstance(entry.value, tuple) else entry.value)


def _declared(vocabulary: dict[str, Plain], fact: str) -> Plain:
    kind, _, name = fact.partition(".")
    found: Plain = vocabulary["facts"]
    for key in (kind, name):
        found = found.get(key) if isinstance(found, dict) else None
    # Not its definition, nor who may change it, by which nothing is evaluated.
    return (
        {key: value for key, value in found.items() if key in _DECLARED} if isinstance(found, dict) else None
    )


def _taxonomies(cores: list[Condition], declared: dict[FactName, Plain]) -> set[str]:
    """Those of the facts' types, and of `under`."""
    parts = (part for core in cores for expr, _ in expressions(core) for part in all_parts(expr))
    named = {part.taxonomy for part in parts if isinstance(part, Operation) and part.taxonomy}
    return named | set(_CODE.findall(str(list(declared.values()))))


def _taxonomy(vocabulary: dict[str, Plain], name: str) -> Plain:
    known = vocabulary.get("taxonomies")
    return known.get(name) if isinstance(known, dict) else None


def _exact(tree: Plain) -> Json:
    """Every number as a tagged text, since a digest is over texts."""
    match tree:
        case dict():
            return {key: _exact(item) for key, item in tree.items()}
        case list():
            return [_exact(item) for item in tree]
        case bool() | str() | None:
            return tree
        case int():
            return {"int": str(tree)}
        case _:
            return {"decimal": decimal_text(tree)}
