"""A policy package as read: rules in force at an instant, dated lists and parameters, language version.

Sealing (the digest of canonical bytes) is in `adjudge.language.seal`; reading in `adjudge.language.reading`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import ALWAYS, Instant, Interval
from adjudge.basis.reading.node import Scalar, span_within
from adjudge.basis.span import Span
from adjudge.basis.weight import Standard
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.language.core import Condition
from adjudge.language.expression.syntax import Place, Syntax

LANGUAGE_VERSION = 1
Plain = bool | int | Decimal | str
"""What a list or parameter holds: values that YAML can write without a type."""


class RuleKind(StrEnum):
    """LANGUAGE.md 4.1."""

    PROHIBITION = "prohibition"
    RESTRICTION = "restriction"
    REQUIREMENT = "requirement"
    EXEMPTION = "exemption"


class OnUnproven(StrEnum):
    """What follows when a rule is short of its standard. LANGUAGE.md 4.1."""

    NOTHING = "nothing"
    REQUEST_EVIDENCE = "request_evidence"
    REFER = "refer"


class DecidedBy(StrEnum):
    """Who may turn an outcome of the rule into a decision."""

    PERSON = "person"
    AUTOMATION = "automation"


class MeasureKind(StrEnum):
    """In rising severity. LANGUAGE.md 5.3."""

    NOTIFY = "notify"
    LABEL = "label"
    REQUIRE = "require"
    LIMIT = "limit"
    SUSPEND = "suspend"
    EXCLUDE = "exclude"

    @property
    def severity(self) -> int:
        """Greater is severer."""
        return list(MeasureKind).index(self)


WORLDWIDE = None
Territory = frozenset[str] | None
"""Countries, or None for worldwide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a rule would have done: a kind, its own fields as texts, surfaces (None: all) and territory."""

    kind: MeasureKind
    details: Mapping[str, "str | int | Mapping[str, str]"] = field(default_factory=dict)
    surfaces: frozenset[str] | None = None
    territory: Territory = WORLDWIDE


@dataclass(frozen=True, slots=True)
class Ground:
    """The law or the clause of the terms that a rule rests on."""

    source: str
    """`law` or `terms`."""
    clause: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A condition as written, as a tree, and as evaluators read it. `scalar` is where the text came from."""

    text: str
    syntax: Syntax
    core: Condition
    span: Span | None = field(default=None, compare=False)
    scalar: Scalar | None = field(default=None, compare=False, repr=False)

    @property
    def on_one_line(self) -> str:
        """The text without its line breaks."""
        return " ".join(self.text.split())

    def part(self, place: Place) -> str:
        """The text of a part, on one line."""
        return " ".join(self.text[place.start : place.end].split())

    def span_of(self, place: Place) -> Span | None:
        """Where a part of the condition stands in its file; None where it was not read from a file."""
        return self.span if self.scalar is None else span_within(self.scalar, place.start, place.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """An `unless`: what lifts a rule when the advertiser shows it to a standard."""

    id: str
    title: Mapping[str, str]
    when: Written
    standard: Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. LANGUAGE.md 4.1."""

    id: RuleId
    title: Mapping[str, str]
    subject: Kind
    kind: RuleKind
    ground: Ground
    when: Written
    standard: Standard
    territory: Territory
    measure: Measure | None
    in_force: Interval = ALWAYS
    unless: tuple[Unless, ...] = ()
    overrides: tuple[RuleId, ...] = ()
    exempts: tuple[RuleId, ...] = ()
    cure_days: int | None = None
    on_unproven: OnUnproven = OnUnproven.NOTHING
    decided_by: DecidedBy = DecidedBy.PERSON
    review: tuple[str, ...] = ()
    explanation: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    span: Span | None = field(default=None, compare=False)

    @property
    def conditions(self) -> tuple[Written, ...]:
        """`when` and every `unless`."""
        return self.when, *(exception.when for exception in self.unless)

    def applies(self, at: Instant, territory: str | None) -> bool:
        """Whether the rule is in force and not out of place. LANGUAGE.md 4.4, 8."""
        in_place = territory is None or self.territory is WORLDWIDE or territory in self.territory
        return in_place and self.in_force.holds(at)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value (a tuple for a list) in force for an interval."""

    interval: Interval
    value: Plain | tuple[Plain, ...]
    span: Span | None = field(default=None, compare=False)


Dated = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package and the vocabulary that it speaks. LANGUAGE.md 5.1."""

    id: str
    version: str
    language: int
    published_at: Instant
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    lists: Dated = field(default_factory=dict)
    params: Dated = field(default_factory=dict)

    def in_force(self, valid_at: Instant, known_at: Instant, territory: str | None) -> tuple[Rule, ...]:
        """The rules that apply, sorted by id; none if the package is published later. LANGUAGE.md 4.4, 5.1."""
        if self.published_at > known_at:
            return ()
        return tuple(sorted((r for r in self.rules if r.applies(valid_at, territory)), key=lambda r: r.id))

    def entry(self, table: Dated, name: str, at: Instant) -> Entry | None:
        """The entry of a list or parameter in force at an instant; of overlapping ones the first written."""
        return next((entry for entry in table.get(name, ()) if entry.interval.holds(at)), None)


def latest(packages: "list[Package]", known_at: Instant) -> Package | None:
    """The latest package published by a known time, of several versions. LANGUAGE.md 5.1."""
    published = [package for package in packages if package.published_at <= known_at]
    return max(published, key=lambda package: package.published_at, default=None)
