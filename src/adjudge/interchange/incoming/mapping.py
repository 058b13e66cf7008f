"""What a mapping file says: how the columns of a file become the fields of subjects, claims or spend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from adjudge.basis.reading.json_text import Plain
from adjudge.interchange.incoming.day_format import DayFormat


class Brings(StrEnum):
    """What the rows of a file are about."""

    SUBJECTS = "subjects"
    CLAIMS = "claims"
    SPEND = "spend"


class FileFormat(StrEnum):
    """How the rows of a file are written."""

    CSV = "csv"
    JSON_LINES = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field that stands in a column, and how its cells are read. An empty cell says nothing, or `empty`."""

    name: str
    words: Mapping[str, Plain] | None = None
    decimal: str = ""
    thousands: str = ""
    date: DayFormat | None = None
    prefix: str = ""
    empty: Plain = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A field that is the same in every row."""

    value: Plain


@dataclass(frozen=True, slots=True)
class Fields:
    """A field that has fields of its own: a record, an amount with its currency, texts by language."""

    fields: Mapping[str, "Rule"]


@dataclass(frozen=True, slots=True)
class Items:
    """A field that is a list."""

    items: tuple["Rule", ...]


Rule = Column | Constant | Fields | Items


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMapping:
    """How rows become what is brought in.

    `facts` makes one claim for each fact of a row whose cell is not empty; without it, `fields` names fact and value.
    `documents` are what the claims rest on, in the words of a documents file.
    """

    brings: Brings
    fields: Mapping[str, Rule]
    facts: Mapping[str, Rule] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    documents: tuple[dict[str, Plain], ...] = ()
    file_format: FileFormat | None = None
    delimiter: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is read."""
        rules = (*self.fields.values(), *self.facts.values())
        return frozenset(name for rule in rules for name in columns_of(rule))


def columns_of(rule: Rule) -> Iterator[str]:
    """The columns in which a field stands."""
    match rule:
        case Column():
            yield rule.name
        case Constant():
            return
        case Fields():
            for item in rule.fields.values():
                yield from columns_of(item)
        case Items():
            for item in rule.items:
                yield from columns_of(item)
        case _:
            assert_never(rule)
