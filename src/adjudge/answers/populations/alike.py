"""Like cases, as plain values that a form can print; the same for text and Markdown.

Not a computation, and not a finding of fault: it says who is alike under which rule, and how each was treated.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from adjudge.answers.populations.answer import AlikeAnswer
from adjudge.answers.populations.interval import interval_of
from adjudge.answers.populations.reach import more_text
from adjudge.answers.populations.words import (
    MOST_ROWS,
    cell_text,
    decision_text,
    labelled,
    measures_text,
    named,
    package_text,
    titles_of,
    when_text,
)
from adjudge.answers.words import pair_text
from adjudge.basis.ids import SubjectId
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.language.package import MeasureKind
from adjudge.outcome import Verdict
from adjudge.population.alike import LikeGroup, Member
from adjudge.population.model import DecisionStatus
from adjudge.population.rates import LEAST_SHOWN, Count, Rates
from adjudge.population.view import Treatment
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedView:
    """Members of a group that were treated the same way."""

    treatment: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesView:
    """One protected fact: each value with its count, or that the count is withheld."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Subjects that one rule cannot tell apart."""

    heading: str
    verdict: str
    notes: tuple[str, ...]
    treated: tuple[TreatedView, ...]
    rates: tuple[RatesView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeView:
    """Everything that is shown."""

    population: str
    package: str
    when: str
    subject: str
    headline: str
    known: str
    groups: tuple[GroupView, ...]
    more: str


def alike_view(answer: AlikeAnswer, tongue: Tongue) -> AlikeView:
    """What to show of an answer."""
    found, asked, file = answer.alike, answer.asked, answer.population.file
    titles = titles_of(answer.population.file, tongue)
    together = _together(found.groups)
    return AlikeView(
        population=f"{tongue.text(file.title) or file.id} ({file.id})",
        package=package_text(answer.package, tongue),
        when=when_text(asked.valid_at, asked.known_at, asked.territory, tongue),
        subject=named(found.subject.id, titles) if found.subject else "",
        headline=_headline(answer, tongue),
        known=_known(answer, tongue),
        groups=tuple(_group(groups, answer, titles, tongue) for groups in together[:MOST_ROWS]),
        more=more_text(len(together) - MOST_ROWS, tongue),
    )


def _together(groups: Iterable[LikeGroup]) -> list[list[LikeGroup]]:
    """Each group by itself, but for those that are alike only in that nothing is known: of one membership they are one.

    Which rule it is makes no difference there, and the same names would stand below each.
    """
    found: dict[object, list[LikeGroup]] = {}
    for number, group in enumerate(groups):
        members = tuple(member.subject.id for member in group.members)
        key = (members, group.outcome.verdict, group.outcome.pair) if group.is_silent else number
        found.setdefault(key, []).append(group)
    return list(found.values())


def _headline(answer: AlikeAnswer, tongue: Tongue) -> str:
    found = answer.alike
    if found.subject is None and not found.groups:
        rules = tongue.plural("{count} rule", "{count} rules", len(found.rules))
        return tongue("No like cases are known to have been treated differently, under {rules}.", rules=rules)
    if found.subject is None:
        return tongue.plural(
            "{count} group of like cases was treated differently, under {rules}.",
            "{count} groups of like cases were treated differently, under {rules}.",
            len(found.groups),
            rules=tongue.plural("{count} rule", "{count} rules", len(found.rules)),
        )
    differing = sum(group.differs for group in found.groups)
    rules = tongue.plural("{count} rule", "{count} rules", len(found.groups))
    if not differing:
        return tongue(
            "Under none of {rules} are cases like this one known to have been treated differently.",
            rules=rules,
        )
    return tongue.plural(
        "Under {count} of {rules} cases like this one were treated differently from one another.",
        "Under {count} of {rules} cases like this one were treated differently from one another.",
        differing,
        rules=rules,
    )


def _known(answer: AlikeAnswer, tongue: Tongue) -> str:
    """Of how many a decision is known: the others are counted nowhere as spared."""
    found = answer.alike
    unknown = found.treated(Treatment.UNKNOWN)
    known = len(found.view.subjects) - unknown
    if not unknown:
        return tongue.plural(
            "A decision is known of the one subject there is.", "A decision is known of all {count}.", known
        )
    if not known:
        return tongue.plural(
            "Of the one subject there is no decision is known, and it does not count as spared.",
            "Of all {count} no decision is known, and nobody of those counts as spared.",
            unknown,
        )
    return tongue.plural(
        "A decision is known of {known}; of {count} none is known, and nobody of those counts as spared.",
        "A decision is known of {known}; of {count} none is known, and nobody of those counts as spared.",
        unknown,
        known=known,
    )


def _heading(groups: list[LikeGroup], tongue: Tongue) -> str:
    count = tongue.plural("{count} subject", "{count} subjects", len(groups[0].members))
    rules = [_rule_name(group, tongue) for group in groups]
    if len(rules) == 1:
        return tongue("{rule}: {count} whom it cannot tell apart", rule=rules[0], count=count)
    return tongue(
        "{rules}: {count} whom none of them can tell apart", rules=tongue.listed(rules), count=count
    )


def _rule_name(group: LikeGroup, tongue: Tongue) -> str:
    title = tongue.text(group.rule.title)
    return f"{title} ({group.rule.id})" if title else str(group.rule.id)


def _group(
    groups: list[LikeGroup], answer: AlikeAnswer, titles: dict[SubjectId, str], tongue: Tongue
) -> GroupView:
    """One group, or several of the same members of whom nothing is known under any of their rules."""
    group = groups[0]
    return GroupView(
        heading=_heading(groups, tongue),
        verdict=tongue(
            "for each of them {verdict} ({pair})",
            verdict=VERDICT_WORDS[group.outcome.verdict],
            pair=pair_text(group.outcome.pair, tongue),
        ),
        notes=tuple(_notes(group, answer, tongue)),
        treated=tuple(_treated(group, titles, tongue)),
        rates=tuple(_rates(rates, tongue) for rates in group.rates),
    )


def _notes(group: LikeGroup, answer: AlikeAnswer, tongue: Tongue) -> Iterator[str]:
    if len(group.members) == 1:
        yield tongue("Nobody else in the population is alike.")
    elif group.is_silent:
        yield tongue("Alike only in that nothing is known of what is asked there.")
    elif group.differs and group.outcome.verdict is not Verdict.MET:
        yield tongue("The rule is not met for any of them, so that it explains no measure.")
    elif group.differs:
        yield tongue("The rule is met for all of them, so that it does not explain the difference.")
    if answer.alike.subject is not None and len(group.members) > 1 and not group.differs:
        yield tongue("No difference of treatment is known among them.")
    if (
        group.differs
        and not group.rates
        and any(f.protected for f in answer.package.vocabulary.facts.values())
    ):
        yield tongue(
            "No counts by protected facts are shown: too few decisions are known of them, all came under a measure "
            "alike, or no such fact differs."
        )


def _treated(group: LikeGroup, titles: dict[SubjectId, str], tongue: Tongue) -> Iterator[TreatedView]:
    """Those spared first, then by rising severity; those of whom no decision is known last."""
    by_measures: dict[tuple[MeasureKind, ...] | None, list[Member]] = {}
    for member in group.members:
        measures = None if member.decided is None else member.decided.measures
        by_measures.setdefault(measures, []).append(member)
    for measures in sorted(by_measures, key=_milder_first):
        members = by_measures[measures]
        names = [_member(member, titles, tongue) for member in members[:MOST_ROWS]]
        if len(members) > MOST_ROWS:
            names.append(more_text(len(members) - MOST_ROWS, tongue))
        yield TreatedView(
            treatment=tongue("no decision known") if measures is None else measures_text(measures, tongue),
            members=tuple(names),
        )


def _milder_first(measures: tuple[MeasureKind, ...] | None) -> tuple[bool, list[int]]:
    return measures is None, sorted((kind.severity for kind in measures or ()), reverse=True)


def _member(member: Member, titles: dict[SubjectId, str], tongue: Tongue) -> str:
    """The name, with the decision where that says more than the treatment under which it stands."""
    name, decided = named(member.subject.id, titles), member.decided
    if decided is None or (decided.since is None and decided.status is DecisionStatus.VERIFIED):
        return name
    return labelled(name, decision_text(decided, tongue), tongue)


def _rates(rates: Rates, tongue: Tongue) -> RatesView:
    """The table; what is withheld says so, and not why."""
    rows = tuple(
        (
            cell_text(row.cell, rates.fact, tongue),
            tongue("withheld") if row.count is None else count_text(row.count, tongue),
        )
        for row in rates.rows
    )
    withheld = any(row.count is None for row in rates.rows)
    note = tongue(
        "Counts of fewer than {least} are withheld, and with them what would let them be worked out.",
        least=LEAST_SHOWN,
    )
    return RatesView(
        heading=tongue(
            "A measure was decided, by {fact} (all together: {total})",
            fact=str(rates.fact.full_name),
            total=tongue("{under} of {total}", under=rates.total.under, total=rates.total.total),
        ),
        rows=rows,
        note=note if withheld else "",
    )


def count_text(count: Count, tongue: Tongue) -> str:
    """The exact count with its interval in per cent."""
    interval = interval_of(count.under, count.total)
    return tongue(
        "{under} of {total} (95 % interval: {low} % to {high} %)",
        under=count.under,
        total=count.total,
        low=_percent(interval.low, tongue),
        high=_percent(interval.high, tongue),
    )


def _percent(share: Decimal, tongue: Tongue) -> str:
    return tongue.number(share.scaleb(2))
