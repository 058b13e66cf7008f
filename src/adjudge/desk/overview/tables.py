"""The tables of the overview: rows with a name, a bar and numbers, in the language of whoever looks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from adjudge.answers.plots.bars import bar
from adjudge.basis.instant import Instant
from adjudge.desk.words.hearing import CLOCK_KINDS
from adjudge.desk.words.overview import AGES, ENDINGS
from adjudge.desk.words.page import MATTER_STATES
from adjudge.institution.counting.glance import Appealed, Glance, Idle
from adjudge.records.rows import MatterState
from adjudge.tongues.tongue import Tongue

NO_BAR = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: a name in words, one that is a code, what is said of it, its bar, and numbers as they are written."""

    name: str = ""
    code: str = ""
    notes: Sequence[str] = ()
    bar: Markup = NO_BAR
    numbers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The words above the columns, and the rows. `signs`: whether a column shows how its part of the bar looks."""

    heads: Sequence[str]
    rows: Sequence[Row]
    signs: bool = False


def simple(heads: Sequence[str], counts: Iterable[tuple[str, int]], tongue: Tongue) -> Table:
    """One number in each row."""
    found = list(counts)
    greatest = max((count for _, count in found), default=0)
    rows = [
        Row(name=name, bar=bar((count,), greatest), numbers=(tongue.number(count),)) for name, count in found
    ]
    return Table(heads=heads, rows=rows)


def taken(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """What is to do, by who took it."""
    load = found.load
    counts = (
        (words["taken_by_you"], load.mine),
        (words["taken_by_others"], load.others),
        (words["taken_by_nobody"], load.unassigned),
    )
    return simple((words["taken_column"], words["matters_column"]), counts, tongue)


def ages(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """The same by age."""
    counts = ((tongue.of(AGES[age]), count) for age, count in found.load.ages.items())
    return simple((words["age_column"], words["matters_column"]), counts, tongue)


def states(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """All matters, by state."""
    counts = (
        (tongue.of(MATTER_STATES[state]), found.load.states.get(state.value, 0)) for state in MatterState
    )
    return simple((words["state_column"], words["matters_column"]), counts, tongue)


def clocks(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """Clocks by kind, and by when they are over."""
    greatest = max((row.overdue + row.soon + row.later for row in found.clocks), default=0)
    rows = []
    for row in found.clocks:
        counts = (row.overdue, row.soon, row.later)
        rows.append(
            Row(
                name=tongue.of(CLOCK_KINDS[row.kind]),
                bar=bar(counts, greatest),
                numbers=[tongue.number(count) for count in counts],
            )
        )
    heads = (words["kind_column"], words["overdue_column"], words["soon_column"], words["later_column"])
    return Table(heads=heads, rows=rows, signs=True)


def appealed(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """How appeals ended, by rule. Each bar is as long as all of them: what is compared are shares."""
    heads = (words["rule_column"], *(tongue.of(said) for said in ENDINGS.values()))
    return Table(heads=heads, rows=[_appealed(row, tongue) for row in found.appealed], signs=True)


def _appealed(row: Appealed, tongue: Tongue) -> Row:
    counts = [row.outcomes.get(outcome, 0) for outcome in ENDINGS]
    share = tongue.plural(
        "version {version}: {reversed} of {count} appeal reversed",
        "version {version}: {reversed} of {count} appeals reversed",
        row.total,
        version=row.version,
        reversed=row.reversed,
    )
    return Row(
        name=tongue.text(row.title),
        code=f"{row.policy}/{row.rule}",
        notes=(share,),
        bar=bar(counts, row.total),
        numbers=[tongue.number(count) for count in counts],
    )


def contested(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """Facts that are contested, by how many subjects they are contested of."""
    greatest = max((item.subjects for item in found.contested), default=0)
    rows = [
        Row(
            code=item.fact,
            bar=bar((item.subjects,), greatest),
            numbers=(tongue.number(item.subjects), tongue.number(item.claims)),
        )
        for item in found.contested
    ]
    return Table(heads=(words["fact_column"], words["subjects_column"], words["claims_column"]), rows=rows)


def discounted(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """Facts whose claims were discounted."""
    greatest = max((count for _, count in found.discounted), default=0)
    rows = [
        Row(code=fact, bar=bar((count,), greatest), numbers=(tongue.number(count),))
        for fact, count in found.discounted
    ]
    return Table(heads=(words["fact_column"], words["discounts_column"]), rows=rows)


def idle(found: Glance, words: dict[str, str], tongue: Tongue) -> Table:
    """Rules in force that no decision applied, with the days since they began."""
    rows = [
        Row(
            name=tongue.text(row.title),
            code=f"{row.policy}/{row.rule}",
            notes=list(_told(row, tongue)),
            numbers=(tongue.number(row.days),),
        )
        for row in found.idle
    ]
    return Table(heads=(words["rule_column"], words["days_column"]), rows=rows)


def _told(row: Idle, tongue: Tongue) -> Iterator[str]:
    yield tongue("version {version}, in force since {day}", version=row.version, day=_day(row.since))
    if row.last is not None:
        yield tongue("last applied by an earlier version on {day}", day=_day(row.last))


def _day(at: Instant) -> Instant:
    """The day alone of an instant, which is what is told of it."""
    return Instant(at.nanos // 86_400_000_000_000 * 86_400_000_000_000)
