"""Vocabularies and what a package declares beside its rules, as plans that texts are written from.

Not `adjudge.facts`: generators know nothing of the readers, since they are to test them.
"""

import json
from dataclasses import dataclass, field

from tests.generators.chooser import Chooser

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Record = tuple[tuple[str, str], ...]
TypePlan = str | Record
"""The word of a simple type, `code<tree>`, or the fields of a record."""

SIMPLE = (
    "bool",
    "int",
    "string",
    "country",
    "decimal",
    "date",
    "timestamp",
    "duration",
    "language",
    "money",
)
TREES: dict[str, dict[str, Json]] = {
    "product": {
        "software": {"antivirus": {}, "vpn": {}},
        "regulated": {"alcohol": {"beer": {}, "wine": {}}, "gambling": {}},
    },
    "place": {"world": {"EU": {"FR": {}, "DE": {}}, "US": {}}},
}
CODES = {
    "product": ("antivirus", "software", "vpn", "regulated", "alcohol", "beer", "wine", "gambling"),
    "place": ("FR", "EU", "world", "DE", "US"),
}
RECORDS: tuple[Record, ...] = (
    (("kind", "string"), ("level", "int")),
    (("kind", "string"), ("land", "country"), ("expires", "date"), ("ok", "bool")),
    (("sum", "money"), ("what", "code<product>"), ("seen", "timestamp")),
)


@dataclass(frozen=True)
class FactPlan:
    """One fact of a vocabulary."""

    kind: str
    name: str
    type: TypePlan
    many: bool = False
    complete: bool = False
    protected: bool = False

    @property
    def full(self) -> str:
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True)
class World:
    """What the conditions of one package may speak of."""

    facts: tuple[FactPlan, ...]
    lists: dict[str, str] = field(default_factory=dict)
    """Names of lists with the type of their values."""
    params: dict[str, str] = field(default_factory=dict)


def world(chooser: Chooser, most_facts: int = 9) -> World:
    """A vocabulary with at least one fact of each kind, and lists and parameters."""
    facts = [
        fact(chooser, "advertiser" if number % 2 == 0 else "ad", f"f{number}")
        for number in range(2 + chooser.below(most_facts - 1))
    ]
    lists = {f"l_{kind}": kind for kind in ("string", "int", "decimal") if chooser.chance(60)}
    params = {f"p_{kind}": kind for kind in ("int", "string", "bool", "decimal") if chooser.chance(60)}
    return World(tuple(facts), lists, params)


def fact(chooser: Chooser, kind: str, name: str) -> FactPlan:
    """A fact of any type; one in three is many-valued, one in three complete."""
    which = chooser.below(15)
    type_: TypePlan
    if which < len(SIMPLE):
        type_ = SIMPLE[which]
    elif which < len(SIMPLE) + 2:
        type_ = chooser.pick(("code<product>", "code<place>"))
    else:
        type_ = chooser.pick(RECORDS)
    return FactPlan(
        kind, name, type_, many=chooser.chance(33), complete=chooser.chance(33), protected=chooser.chance(10)
    )


def type_json(type_: TypePlan) -> Json:
    """A type as a vocabulary writes it."""
    if isinstance(type_, str):
        return type_
    return {"record": dict(type_)}


def vocabulary_tree(plan: World) -> dict[str, Json]:
    """The vocabulary as a tree that both JSON and YAML can write."""
    facts: dict[str, Json] = {}
    for item in plan.facts:
        entry: dict[str, Json] = {
            "type": type_json(item.type),
            "definition": {"en": f"How {item.name} is seen."},
        }
        entry |= {key: True for key in ("many", "complete", "protected") if getattr(item, key)}
        group = facts.setdefault(item.kind, {})
        assert isinstance(group, dict)
        group[item.name] = entry
    return {"vocabulary": "made", "version": 1, "taxonomies": dict(TREES), "facts": facts}


def as_yaml(tree: Json) -> str:
    """A tree as text: JSON is YAML, and quick to write."""
    return json.dumps(tree, ensure_ascii=False)
