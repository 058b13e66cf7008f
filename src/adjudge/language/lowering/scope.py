"""What the expressions of a package may speak of: facts, dated lists and parameters, the kind of subject.

Only names and types; what is in force at an instant is the package's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.facts.type import ListType, Type
from adjudge.facts.vocabulary import Kind, Vocabulary

ROOTS = ("ad", "advertiser", "lists", "now", "params")
"""Names that an expression begins with; no variable may take one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For one rule. `kind` is that of its subjects."""

    vocabulary: Vocabulary
    kind: Kind
    lists: Mapping[str, ListType]
    params: Mapping[str, Type]

    def readable(self, kind: Kind) -> bool:
        """Whether a rule about this kind may read facts of that one. LANGUAGE.md 1.1."""
        return kind is self.kind or (self.kind is Kind.AD and kind is Kind.ADVERTISER)
