"""Who else: whom the rules that a subject meets reach in a population, and who is like that subject under each.

Not a finding of fault. The subject is the one of a case and is judged by what the case knows of it; the others by what
the population knows of them. The subject may stand in the population too: it is not its own comparator.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import Subject
from adjudge.facts.settle import View
from adjudge.language.package import MeasureKind, Package, Rule
from adjudge.population.alike import LikeGroup, Member, like_groups
from adjudge.population.model import PopulationFile
from adjudge.population.reach import Reach, ReachRow, reach
from adjudge.population.view import PopulationView, Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The one that others are compared with: what the case knows of it, and what follows there.

    `measures` are the kinds of measures that follow, each once, by rising severity.
    """

    subject: Subject
    evidence: View
    measures: tuple[MeasureKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeCases:
    """Those of the population that a rule cannot tell apart from the subject, without the subject itself.

    `otherwise` are those of whom a decision is known that is another than what follows for the subject, `alike` those
    for whom the same was decided, `unknown` those of whom no decision is known. Each is sorted by subject.
    """

    otherwise: tuple[Member, ...] = ()
    alike: tuple[Member, ...] = ()
    unknown: tuple[Member, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.otherwise) + len(self.alike) + len(self.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOthers:
    """One rule that the subject meets: whom it reaches, and who is like the subject under it.

    `reach` is the answer of `adjudge reach` and counts the subject where the population holds it, as `in_population`
    says.
    """

    subject: Subject
    rule: Rule
    reach: Reach
    alike: LikeCases
    in_population: bool

    @property
    def reached(self) -> tuple[ReachRow, ...]:
        """The others whom it reaches: first those without a measure, then those of whom no decision is known."""
        return tuple(row for row in self.reach.reached if row.subject.id != self.subject.id)

    @property
    def spared(self) -> tuple[ReachRow, ...]:
        """The others whom it reaches, and for whom it was decided that there is no measure."""
        return tuple(row for row in self.reached if row.treatment is Treatment.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Who else, for one subject: an entry for each rule that it meets, sorted by rule.

    `lacking` are rules that speak of a kind of subject of which the population holds none; nothing is said of those.
    """

    population: PopulationFile
    valid_at: Instant
    known_at: Instant
    by_rule: tuple[RuleOthers, ...]
    lacking: tuple[RuleId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonReach:
    """Whom the reason reaches that a notice stated, read as the condition `text`.

    `reach` has no rows where the population holds nobody of the kind of subject that the notice is about.
    """

    text: str
    population: PopulationFile
    reach: Reach


def others_of(
    package: Package, rules: Sequence[Rule], compared: Compared, file: PopulationFile, view: PopulationView
) -> Others:
    """Ask each of the rules about the population, and look for those who are like the subject."""
    asked = sorted(rules, key=lambda rule: rule.id)
    return Others(
        population=file,
        valid_at=view.valid_at,
        known_at=view.known_at,
        by_rule=tuple(
            _of_rule(package, rule, compared, view) for rule in asked if view.of_kind(rule.subject)
        ),
        lacking=tuple(rule.id for rule in asked if not view.of_kind(rule.subject)),
    )


def _of_rule(package: Package, rule: Rule, compared: Compared, view: PopulationView) -> RuleOthers:
    return RuleOthers(
        subject=compared.subject,
        rule=rule,
        reach=reach(package, rule, view),
        alike=_like_cases(package, rule, compared, view),
        in_population=any(subject.id == compared.subject.id for subject in view.of_kind(rule.subject)),
    )


def _like_cases(package: Package, rule: Rule, compared: Compared, view: PopulationView) -> LikeCases:
    """Those whose leaves have the same pairs as the subject's, which are read from the case alone."""
    own = PopulationView(
        subjects=(compared.subject,),
        evidence=compared.evidence,
        decisions={},
        vocabulary=view.vocabulary,
        dimensions=(),
        valid_at=view.valid_at,
        known_at=view.known_at,
    )
    signatures = {group.signature for group in like_groups(package, rule, own)}
    groups = [group for group in like_groups(package, rule, view) if group.signature in signatures]
    return _split(_without(compared.subject, groups), compared.measures)


def _without(subject: Subject, groups: Iterable[LikeGroup]) -> list[Member]:
    found = [member for group in groups for member in group.members if member.subject.id != subject.id]
    return sorted(found, key=lambda member: member.subject.id)


def _split(members: Iterable[Member], measures: tuple[MeasureKind, ...]) -> LikeCases:
    """By what was decided for each, beside what follows here."""
    otherwise, alike, unknown = [], [], []
    for member in members:
        if member.decided is None:
            unknown.append(member)
        elif member.decided.measures == measures:
            alike.append(member)
        else:
            otherwise.append(member)
    return LikeCases(otherwise=tuple(otherwise), alike=tuple(alike), unknown=tuple(unknown))


def kinds_by_severity(kinds: Iterable[MeasureKind]) -> tuple[MeasureKind, ...]:
    """Kinds of measures, each once, by rising severity: as decisions on record hold them."""
    found = set(kinds)
    return tuple(kind for kind in MeasureKind if kind in found)
