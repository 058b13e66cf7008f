"""Whom a rule or a reason reaches, as plain values that a form can print; the same for text and Markdown.

Not a computation: everything was found before; here it gets its words and its order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.answers.populations.answer import ReachAnswer
from adjudge.answers.populations.words import (
    MOST_ROWS,
    amount_text,
    cell_text,
    decision_text,
    named,
    package_text,
    titles_of,
    when_text,
)
from adjudge.answers.words import pair_text, tally_text, weight_text
from adjudge.basis.ids import SubjectId
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.facts.value import Money
from adjudge.facts.vocabulary import Kind
from adjudge.outcome import Verdict
from adjudge.population.place import Cell
from adjudge.population.reach import Reach, ReachRow, Spend, Tally
from adjudge.population.view import Treatment
from adjudge.tongues.tongue import Tongue

MOST_NAMES = 50
"""Subjects of one verdict that are named in a row."""
NOT_REACHED = (Verdict.CONTESTED, Verdict.UNPROVEN, Verdict.UNKNOWN, Verdict.EXCEPTED, Verdict.REFUTED)
"""Verdicts but `MET`, the least settled first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One subject."""

    name: str
    verdict: str
    pair: str
    decision: str
    places: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """Subjects that fared alike; `more` says how many are not listed."""

    heading: str
    rows: tuple[RowView, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyView:
    """One class of a dimension: its name and its counts, in the order of the table's columns."""

    name: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """One dimension."""

    name: str
    fact: str
    tallies: tuple[TallyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachView:
    """Everything that is shown."""

    population: str
    package: str
    when: str
    rule: str
    reason: str
    condition: str
    standard: str
    headline: str
    treated: tuple[str, ...]
    tells_apart: str
    sections: tuple[SectionView, ...]
    verdicts: tuple[tuple[str, str], ...]
    """Each verdict but met that somebody has: how many subjects have it, and who they are."""
    silence: str
    errors: str
    """That something could not be worked out; empty where all could."""
    spend: tuple[str, ...]
    columns: tuple[str, ...]
    tables: tuple[TableView, ...]


def reach_view(answer: ReachAnswer, tongue: Tongue) -> ReachView:
    """What to show of an answer."""
    found, asked = answer.reach, answer.asked
    file, rule = answer.population.file, answer.reach.rule
    return ReachView(
        population=f"{tongue.text(file.title) or file.id} ({file.id})",
        package=package_text(answer.package, tongue),
        when=when_text(asked.valid_at, asked.known_at, asked.territory, tongue),
        rule="" if answer.reason else _rule_text(answer, tongue),
        reason=tongue("a stated reason, read as a condition") if answer.reason else "",
        condition=rule.when.on_one_line,
        standard=weight_text(rule.standard, tongue),
        headline=headline_text(found, tongue),
        treated=tuple(treated_texts(found, tongue)),
        tells_apart=tells_apart_text(found, tongue),
        sections=tuple(_sections(answer, tongue)),
        verdicts=tuple(_verdicts(answer, tongue)),
        silence=_silence(found, tongue),
        errors=_errors(found, tongue),
        spend=tuple(_spend(item, tongue) for item in found.spend),
        columns=(
            tongue("reached"),
            tongue("of"),
            tongue("measure decided"),
            tongue("no measure"),
            tongue("no decision known"),
        ),
        tables=tuple(_tables(found, tongue)),
    )


def _rule_text(answer: ReachAnswer, tongue: Tongue) -> str:
    rule = answer.reach.rule
    title = tongue.text(rule.title)
    return f"{title} ({rule.id})" if title else str(rule.id)


def headline_text(found: Reach, tongue: Tongue) -> str:
    """How many of how many: a sentence for each kind, since languages bend the word to the noun."""
    reached, count = len(found.reached), len(found.rows)
    if found.rule.subject is Kind.ADVERTISER:
        return tongue.plural(
            "It reaches {reached} of {count} advertiser.",
            "It reaches {reached} of {count} advertisers.",
            count,
            reached=reached,
        )
    return tongue.plural(
        "It reaches {reached} of {count} ad.", "It reaches {reached} of {count} ads.", count, reached=reached
    )


def treated_texts(found: Reach, tongue: Tongue) -> Iterator[str]:
    """What was decided for those reached, each count a sentence of its own; one that counts nobody is left out."""
    standing = found.treated(Treatment.MEASURE) - found.standing_unknown
    if standing:
        yield tongue.plural(
            "{count} of those reached is under a measure.",
            "{count} of those reached are under a measure.",
            standing,
        )
    if found.standing_unknown:
        yield tongue.plural(
            "For {count} of those reached a measure was decided; whether it still stands is not known.",
            "For {count} of those reached a measure was decided; whether it still stands is not known.",
            found.standing_unknown,
        )
    if found.treated(Treatment.NONE):
        yield tongue.plural(
            "For {count} of those reached it was decided that there is no measure.",
            "For {count} of those reached it was decided that there is no measure.",
            found.treated(Treatment.NONE),
        )
    if found.treated(Treatment.UNKNOWN):
        yield tongue.plural(
            "For {count} of those reached no decision is known, which is not the same as no measure.",
            "For {count} of those reached no decision is known, which is not the same as no measure.",
            found.treated(Treatment.UNKNOWN),
        )


def tells_apart_text(found: Reach, tongue: Tongue) -> str:
    """What follows for the reason, where it reaches more than those for whom a measure was decided."""
    under = found.treated(Treatment.MEASURE)
    others = len(found.reached) - under
    if not under or not others:
        return ""
    return tongue.plural(
        "It does not tell those for whom a measure was decided apart from {count} other whom it reaches as well.",
        "It does not tell those for whom a measure was decided apart from {count} others whom it reaches as well.",
        others,
    )


def _sections(answer: ReachAnswer, tongue: Tongue) -> Iterator[SectionView]:
    """Those treated otherwise first; a section with nobody in it is left out."""
    found = answer.reach
    reached: dict[Treatment, list[ReachRow]] = {treatment: [] for treatment in Treatment}
    for row in found.reached:
        reached[row.treatment].append(row)
    heading = (
        tongue("Treated otherwise: reached, and spared a measure that was decided for others")
        if found.treated_otherwise
        else tongue("Reached, and spared a measure")
    )
    titles = titles_of(answer.population.file, tongue)
    parts = (
        (heading, reached[Treatment.NONE]),
        (tongue("Reached, and no decision is known"), reached[Treatment.UNKNOWN]),
        (tongue("Reached, and a measure was decided"), reached[Treatment.MEASURE]),
        (tongue("Not reached, and a measure was decided"), list(found.unreached_under_measure)),
    )
    for title, rows in parts:
        if rows:
            yield SectionView(
                heading=title,
                rows=tuple(_row(row, found, titles, tongue) for row in rows[:MOST_ROWS]),
                more=more_text(len(rows) - MOST_ROWS, tongue),
            )


def more_text(count: int, tongue: Tongue) -> str:
    """That not all are listed; empty where all are."""
    if count <= 0:
        return ""
    return tongue.plural(
        "and {count} more, whom `--format json` lists",
        "and {count} more, whom `--format json` lists",
        count,
    )


def _row(row: ReachRow, found: Reach, titles: dict[SubjectId, str], tongue: Tongue) -> RowView:
    return RowView(
        name=named(row.subject.id, titles),
        verdict=tongue.of(VERDICT_WORDS[row.outcome.verdict]),
        pair=pair_text(row.outcome.pair, tongue),
        decision=decision_text(row.decided, tongue),
        places=tongue.parted(_places(row, found, tongue)),
    )


def _places(row: ReachRow, found: Reach, tongue: Tongue) -> Iterator[str]:
    """Each dimension with the subject's own value, which a band would only blur."""
    for place, dimension in zip(row.places, found.view.dimensions, strict=True):
        fact = found.view.vocabulary.facts[dimension.fact]
        text = cell_text(Cell(place.state, place.value), fact, tongue)
        yield tongue("{label}: {text}", label=dimension.name, text=text)


def _verdicts(answer: ReachAnswer, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Who is not reached, by verdict. What is refuted needs no names: it is the rest."""
    titles = titles_of(answer.population.file, tongue)
    for verdict in NOT_REACHED:
        rows = [row for row in answer.reach.rows if row.outcome.verdict is verdict]
        if not rows:
            continue
        names = [named(row.subject.id, titles) for row in rows[:MOST_NAMES]]
        if len(rows) > MOST_NAMES:
            names.append(more_text(len(rows) - MOST_NAMES, tongue))
        yield tally_text(verdict, len(rows), tongue), ", ".join(names)


def _silence(found: Reach, tongue: Tongue) -> str:
    """What the verdicts that answer nothing come to; empty where nobody has one."""
    if not any(found.count(verdict) for verdict in (Verdict.CONTESTED, Verdict.UNPROVEN, Verdict.UNKNOWN)):
        return ""
    return tongue("Contested, unproven and unknown are no answer: who is silent is not cleared.")


def _errors(found: Reach, tongue: Tongue) -> str:
    """LANGUAGE.md 3.7: what errs is left out, never becomes a verdict, and is reported."""
    erring = sum(bool(row.outcome.failures) for row in found.rows)
    if not erring:
        return ""
    return tongue.plural(
        "For {count} of them a part of it could not be worked out, and was left out.",
        "For {count} of them a part of it could not be worked out, and was left out.",
        erring,
    )


def _spend(item: Spend, tongue: Tongue) -> str:
    """The amounts of those reached, exact; those of whom no amount is known are not counted as nothing."""
    amounts = [amount_text(Money(amount, currency), tongue) for currency, amount in item.amounts.items()]
    fact = str(item.dimension.fact)
    if not amounts:
        return tongue.plural(
            "{fact}: no amount is known of {count} who is reached.",
            "{fact}: no amount is known of {count} who are reached.",
            item.unknown,
            fact=fact,
        )
    total = tongue.listed(amounts)
    if not item.unknown:
        return tongue("{fact}: {total} together.", fact=fact, total=total)
    return tongue.plural(
        "{fact}: {total} together; of {count} more no amount is known.",
        "{fact}: {total} together; of {count} more no amount is known.",
        item.unknown,
        fact=fact,
        total=total,
    )


def _tables(found: Reach, tongue: Tongue) -> Iterator[TableView]:
    for dimension, tallies in found.tallies:
        fact = found.view.vocabulary.facts[dimension.fact]
        rows = tuple(
            _tally(tally, cell_text(tally.cell, fact, tongue), tongue) for tally in tallies[:MOST_ROWS]
        )
        yield TableView(name=dimension.name, fact=str(dimension.fact), tallies=rows)


def _tally(tally: Tally, name: str, tongue: Tongue) -> TallyView:
    counts = (tally.reached, tally.subjects, *(tally.treated.get(item, 0) for item in Treatment))
    return TallyView(name=name, counts=tuple(tongue.number(count) for count in counts))
