"""What a population shows of a package that its text does not: whom each rule would reach, as if all were in force.

Not the lint of the text, which is in `adjudge.language.lint`. Everything here warns, since another population may
show otherwise. LANGUAGE.md 6.5.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from adjudge.basis.ids import SubjectId
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import Said, say, say_plural
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Kind
from adjudge.language.analysis.finding import on_rule, warning
from adjudge.language.package import WORLDWIDE, Package, Rule, RuleKind
from adjudge.outcome import Outcome, Verdict
from adjudge.population.batch import Batch, by_point
from adjudge.population.reason import with_only
from adjudge.population.view import PopulationView
from adjudge.recourse.question import Limits, Question
from adjudge.recourse.recourse import recourse

_OPEN = frozenset({Verdict.CONTESTED, Verdict.UNPROVEN, Verdict.UNKNOWN})
MOST_ASKED = 20
"""Subjects of one rule for whom recourse is looked for: the search costs, and the first who has one ends it."""
_FEW = Limits(ways=20, calls=2_000)


@dataclass(frozen=True, slots=True)
class Reached:
    """One rule and whom it reaches; `open` counts those of whom too little is known to say either way."""

    rule: Rule
    subjects: frozenset[SubjectId]
    open: int
    erred: bool
    """Whether it could not be worked out for somebody."""


def check_with_population(
    package: Package, claims: Iterable[Claim], view: PopulationView, *, evaluate: Batch = by_point
) -> Iterator[Problem]:
    """Every finding, rule by rule in the order of the package. Rules that are `untried` have none."""
    outcomes = evaluate(with_only(package, *package.rules), view, None)
    found = [_reached(rule, outcomes) for rule in package.rules if view.of_kind(rule.subject)]
    by_subject = _by_subject(claims)
    for item in found:
        yield from _counted(item, view)
        yield from _shadowed(item, found)
        yield from _without_recourse(item, package, by_subject, view)


def untried(package: Package, view: PopulationView) -> tuple[Kind, ...]:
    """The kinds of subjects of which the population holds none, though rules speak of them: those cannot be tried."""
    kinds = {rule.subject for rule in package.rules if not view.of_kind(rule.subject)}
    return tuple(kind for kind in Kind if kind in kinds)


def _reached(rule: Rule, outcomes: Iterable[Outcome]) -> Reached:
    mine = [(outcome.subject, item) for outcome in outcomes if (item := outcome.of(rule.id)) is not None]
    met = frozenset(subject for subject, item in mine if item.verdict is Verdict.MET)
    undecided = sum(item.verdict in _OPEN for _, item in mine)
    return Reached(rule, met, undecided, any(item.failures for _, item in mine))


def _counted(item: Reached, view: PopulationView) -> Iterator[Problem]:
    """Nobody, or one alone: a rule for one is a ban by name in the dress of a rule."""
    if not item.subjects and not item.erred:
        message = _nobody(item)
        hint = say("check that its facts are claimed there, or that it is still needed")
        yield warning("reaches-nobody", message, on_rule(item.rule), hint)
    elif len(item.subjects) == 1 and len(view.of_kind(item.rule.subject)) > 1:
        message = say(
            "{rule} reaches one subject of the population, {subject}, and no other",
            rule=quoted(item.rule.id),
            subject=quoted(min(item.subjects)),
        )
        hint = say("say what it is about, so that it would reach all of whom that is true")
        yield warning("reaches-one", message, on_rule(item.rule), hint)


def _nobody(item: Reached) -> Said:
    if not item.open:
        return say("{rule} reaches nobody in the population", rule=quoted(item.rule.id))
    return say_plural(
        "{rule} reaches nobody in the population; of {count} too little is known to say",
        "{rule} reaches nobody in the population; of {count} too little is known to say",
        item.open,
        rule=quoted(item.rule.id),
    )


def _shadowed(item: Reached, found: Sequence[Reached]) -> Iterator[Problem]:
    """The first rule that reaches all of these too and is no milder; of two alike the later is reported."""
    for place, other in enumerate(found):
        if item.subjects and _shadows(other, item):
            if _shadows(item, other) and place > found.index(item):
                continue
            message = say(
                "everyone in the population whom {rule} reaches is reached by {above} too",
                rule=quoted(item.rule.id),
                above=quoted(other.rule.id),
            )
            hint = say("remove it, or make it differ from {above}", above=quoted(other.rule.id))
            yield warning("shadowed-in-population", message, on_rule(item.rule), hint)
            return


def _shadows(above: Reached, below: Reached) -> bool:
    one, other = above.rule, below.rule
    return (
        one is not other
        and one.subject is other.subject
        and one.measure is not None
        and other.measure is not None
        and one.measure.kind.severity >= other.measure.kind.severity
        and one.id not in other.overrides
        and _covers(one, other)
        and below.subjects <= above.subjects
    )


def _covers(above: Rule, below: Rule) -> bool:
    """Whether one rule applies in every place where the other does."""
    if above.territory is WORLDWIDE:
        return True
    return below.territory is not WORLDWIDE and below.territory <= above.territory


def _without_recourse(
    item: Reached, package: Package, claims: Mapping[SubjectId, list[Claim]], view: PopulationView
) -> Iterator[Problem]:
    """A rule that lets nobody whom it reaches end its measure by what is in their own power."""
    if item.rule.kind is RuleKind.EXEMPTION or not item.subjects:
        return
    alone = with_only(package, item.rule)
    reached = (subject for subject in view.subjects if subject.id in item.subjects)
    asked = list(islice(reached, MOST_ASKED))
    if any(_may_have_recourse(alone, subject, claims, view) for subject in asked):
        return
    message = say_plural(
        "of {count} subject of the population that {rule} reaches, nobody can end its measure alone",
        "of {count} subjects of the population that {rule} reaches, nobody can end its measure alone",
        len(asked),
        rule=quoted(item.rule.id),
    )
    hint = say("add an `unless` that they could prove, or turn it on what they can change")
    yield warning("no-recourse-in-population", message, on_rule(item.rule), hint)


def _may_have_recourse(
    package: Package, subject: Subject, claims: Mapping[SubjectId, list[Claim]], view: PopulationView
) -> bool:
    """Whether there is a way in the subject's own power, or a limit was hit before it was known."""
    holders = [subject.id, *([subject.advertiser] if subject.advertiser else [])]
    found = recourse(
        Question(
            package=package,
            claims=tuple(claim for holder in holders for claim in claims.get(holder, ())),
            subject=subject,
            valid_at=view.valid_at,
            known_at=view.known_at,
            limits=_FEW,
        )
    )
    return bool(found.own) or not found.complete


def _by_subject(claims: Iterable[Claim]) -> dict[SubjectId, list[Claim]]:
    found: dict[SubjectId, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.subject, []).append(claim)
    return found
