"""The types of values: what a fact, a list entry or a part of an expression may be.

A closed sum of frozen classes, so that a new type breaks every `match` at type-check time.
"""

from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.said import Said, say, verbatim


class Simple(StrEnum):
    """Types without parameters. LANGUAGE.md 1.2."""

    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    STRING = "string"
    DATE = "date"
    TIMESTAMP = "timestamp"
    DURATION = "duration"
    COUNTRY = "country"
    LANGUAGE = "language"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class CodeType:
    """A node of one taxonomy tree."""

    taxonomy: str

    def __str__(self) -> str:
        """As a vocabulary writes it."""
        return f"code<{self.taxonomy}>"


@dataclass(frozen=True, slots=True)
class RecordType:
    """Named fields, each of its type, in the order of the vocabulary."""

    fields: tuple[tuple[str, "Type"], ...]

    def field(self, name: str) -> "Type | None":
        """The type of a field, or None."""
        return dict(self.fields).get(name)

    def __str__(self) -> str:
        """As a vocabulary writes it."""
        return "record {" + ", ".join(f"{name}: {kind}" for name, kind in self.fields) + "}"


@dataclass(frozen=True, slots=True)
class ListType:
    """A list inside an expression; facts have no such type, they are many-valued instead.

    `element` is None for the empty list, which fits beside every type.
    """

    element: "Type | None"

    def __str__(self) -> str:
        """For messages."""
        return f"list of {self.element}" if self.element else "empty list"


Type = Simple | CodeType | RecordType | ListType


def said_type(kind: Type | None) -> Said:
    """A type as messages name it: the words of vocabularies are the same in every language, others are not."""
    if isinstance(kind, ListType):
        return (
            say("list of {element}", element=said_type(kind.element)) if kind.element else say("empty list")
        )
    return say("an unknown type") if kind is None else verbatim(str(kind))
