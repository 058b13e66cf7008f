"""Fact names and types: what a policy may speak of.

Not what is known of anybody: a vocabulary declares, claims tell. Reading it from YAML is in
`adjudge.facts.vocabulary_reader`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from adjudge.basis.ids import FactName
from adjudge.basis.span import Span
from adjudge.facts.type import Type


class Kind(StrEnum):
    """Kinds of subjects in language version 1. LANGUAGE.md 1.1."""

    ADVERTISER = "advertiser"
    AD = "ad"


class Changer(StrEnum):
    """Who can change a fact, for recourse. LANGUAGE.md 1.2."""

    ADVERTISER = "advertiser"
    PLATFORM = "platform"
    THIRD_PARTY = "third_party"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Proof:
    """A kind of document and the greatest weight that it can carry for a fact."""

    document: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One declared fact. `complete` means that the platform's own record lacks nothing, so silence means no."""

    kind: Kind
    name: str
    type: Type
    many: bool = False
    complete: bool = False
    protected: bool = False
    changeable_by: Changer = Changer.THIRD_PARTY
    effort: int = 1
    proof: tuple[Proof, ...] = ()
    definition: Mapping[str, str] = field(default_factory=dict)
    span: Span | None = field(default=None, compare=False)

    @property
    def full_name(self) -> FactName:
        """With its kind: `advertiser.country`."""
        return FactName(f"{self.kind.value}.{self.name}")


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A tree of codes, each name once. `parents` leads from a code to the one above it, or None."""

    name: str
    parents: Mapping[str, str | None]

    def __contains__(self, code: str) -> bool:
        """Whether a code is a node of the tree."""
        return code in self.parents

    def is_under(self, code: str, above: str) -> bool:
        """Whether `code` is `above` or lies below it; both must be nodes."""
        current: str | None = code
        while current is not None:
            if current == above:
                return True
            current = self.parents[current]
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The facts and taxonomies of one vocabulary."""

    name: str
    version: int
    taxonomies: Mapping[str, Taxonomy]
    facts: Mapping[FactName, Fact]

    def fact(self, kind: str, name: str) -> Fact | None:
        """A fact by kind and name, or None."""
        return self.facts.get(FactName(f"{kind}.{name}"))

    def names(self, kind: str) -> list[str]:
        """The names of the facts of a kind, for hints."""
        return sorted(fact.name for fact in self.facts.values() if fact.kind.value == kind)


NO_VOCABULARY = Vocabulary(name="", version=1, taxonomies=MappingProxyType({}), facts=MappingProxyType({}))
"""What an expression without facts is read against."""

__all__ = ["NO_VOCABULARY", "Changer", "Fact", "Kind", "Proof", "Taxonomy", "Vocabulary"]
