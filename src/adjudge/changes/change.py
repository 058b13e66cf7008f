"""What differs between two packages, as plain values: which rule, in what, from what to what.

Not sentences: `adjudge.answers.changes` says these values. Not the cases that show them either: those are in `witness`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import RuleId
from adjudge.basis.reading.json_text import Plain
from adjudge.language.package import Package, Rule


class Bearing(StrEnum):
    """What a change can alter, in falling order."""

    OUTCOME = "outcome"
    """A verdict, the measures that apply, or whether a person must decide."""
    CONSEQUENCE = "consequence"
    """No outcome, but what follows from one, or what it is said to rest on."""
    TEXTS = "texts"
    """Only what people read."""


class Aspect(StrEnum):
    """In what a rule differs."""

    RULE = "rule"
    """There is a rule of that id on one side only."""
    KIND = "kind"
    SUBJECT = "subject"
    GROUND = "ground"
    IN_FORCE = "in_force"
    TERRITORY = "territory"
    WHEN = "when"
    STANDARD = "standard"
    UNLESS = "unless"
    """There is an exception of that id on one side only."""
    UNLESS_WHEN = "unless_when"
    UNLESS_STANDARD = "unless_standard"
    UNLESS_TITLE = "unless_title"
    OVERRIDES = "overrides"
    EXEMPTS = "exempts"
    MEASURE_KIND = "measure_kind"
    MEASURE_DETAILS = "measure_details"
    MEASURE_SURFACES = "measure_surfaces"
    MEASURE_TERRITORY = "measure_territory"
    CURE = "cure"
    ON_UNPROVEN = "on_unproven"
    DECIDED_BY = "decided_by"
    REVIEW = "review"
    CODES = "codes"
    TITLE = "title"
    EXPLANATION = "explanation"
    LIST = "list"
    """A dated list that the rule reads has other entries."""
    PARAM = "param"
    """A dated parameter that the rule reads has other entries."""
    FACT = "fact"
    """A fact that the rule reads is declared otherwise."""
    TAXONOMY = "taxonomy"
    """The tree of codes of a fact that the rule reads has other codes."""


CONDITIONS = frozenset({Aspect.WHEN, Aspect.UNLESS_WHEN})
BY_DEFINITION = frozenset({Aspect.LIST, Aspect.PARAM, Aspect.FACT, Aspect.TAXONOMY})
"""The rule itself is as it was; what it reads is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference of a rule. `old` and `new` are written forms; None where there is nothing on that side.

    `name` is the id of the exception, or the name of the list, parameter, fact or tree of codes.
    """

    aspect: Aspect
    bearing: Bearing
    name: str = ""
    old: Plain = field(default=None, hash=False)
    new: Plain = field(default=None, hash=False)
    same_meaning: bool = False
    """A condition that is written otherwise and proven to weigh alike on all claims."""


class Status(StrEnum):
    """What became of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """Changed in meaning: in an outcome or in what follows from it."""
    TEXTS = "texts"
    """Nothing changed but texts."""
    REWRITTEN = "rewritten"
    """Nothing changed but texts and conditions, and no case is known on which the conditions differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule that differs, as it stands on each side; None on the side that does not have it."""

    id: RuleId
    old: Rule | None
    new: Rule | None
    changes: tuple[Change, ...]

    @property
    def status(self) -> Status:
        """What became of it, as far as that can be told without a case."""
        if self.old is None or self.new is None:
            return Status.ADDED if self.old is None else Status.REMOVED
        is_texts = all(change.bearing is Bearing.TEXTS for change in self.changes)
        return Status.TEXTS if is_texts else Status.CHANGED

    @property
    def rewrites_only(self) -> bool:
        """Whether conditions are written otherwise, and nothing else differs but texts."""
        altered = [change.aspect for change in self.changes if change.bearing is not Bearing.TEXTS]
        return self.status is Status.CHANGED and {*altered} <= CONDITIONS

    @property
    def altering(self) -> tuple[Change, ...]:
        """The changes that can alter an outcome: each wants a case that shows it."""
        return tuple(change for change in self.changes if change.bearing is Bearing.OUTCOME)


class Defined(StrEnum):
    """What a package or vocabulary defines beside rules."""

    LIST = "list"
    PARAM = "param"
    FACT = "fact"
    TAXONOMY = "taxonomy"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionChange:
    """A list, parameter, fact or tree of codes that differs, and the rules of either side that read it.

    `traits` names what differs in a fact that both sides declare: `complete`, `definition`.
    """

    what: Defined
    name: str
    bearing: Bearing
    old: Plain = None
    new: Plain = None
    traits: tuple[str, ...] = ()
    read_by: tuple[RuleId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two packages and all that differs between them, sorted; what is equal is not listed."""

    old: Package
    new: Package
    rules: tuple[RuleChange, ...]
    definitions: tuple[DefinitionChange, ...]

    @property
    def differs_in_meaning(self) -> bool:
        """Whether anything but texts, and the package's own name, version and date, differs."""
        rules = any(rule.status is not Status.TEXTS for rule in self.rules)
        return rules or any(item.bearing is not Bearing.TEXTS for item in self.definitions)
