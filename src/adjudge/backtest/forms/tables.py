"""The tables of a report: rows and columns in words, every number with its cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from adjudge.backtest.forms.view import NumberView, RowView, TableView, number_of, plain_number
from adjudge.backtest.forms.words import CHANGES, KINDS, OWED, WAYS, amount_texts, measure_text
from adjudge.backtest.model import (
    NONE,
    SEVEREST_FIRST,
    Change,
    Count,
    Findings,
    LikeGroup,
    Share,
    Way,
    WayCount,
)
from adjudge.basis.said import Said, say
from adjudge.facts.vocabulary import Kind
from adjudge.tongues.tongue import Tongue

MOST_ROWS = 20
"""Rows of a table; the JSON form and the lists have all."""
HEADINGS: Mapping[str, Said] = {
    "category": say("By category"),
    "country": say("By country"),
    "size": say("By size"),
}
_CHANGED = tuple(change for change in Change if change is not Change.SAME)
_HARDER = (Change.RESTRICTED, Change.SEVERER)
_BETWEEN = (Change.OTHERWISE, Change.MILDER)


def changes_table(found: Findings, tongue: Tongue) -> TableView:
    """How many of each kind change in which way."""
    return TableView(
        id="changes-all",
        caption=tongue("What becomes of them"),
        columns=("", *(tongue.of(KINDS[kind]) for kind in Kind)),
        rows=tuple(
            RowView(
                label=tongue.of(CHANGES[change]),
                numbers=tuple(number_of(found.count(kind, change), tongue) for kind in Kind),
            )
            for change in Change
        ),
    )


def matrix_tables(found: Findings, tongue: Tongue) -> tuple[TableView, ...]:
    """The severest kind before (rows) and after (columns), for each kind of subject of which some have measures."""
    made = (_matrix(found, kind, tongue) for kind in Kind)
    return tuple(table for table in made if table is not None)


def _matrix(found: Findings, kind: Kind, tongue: Tongue) -> TableView | None:
    flows = {(item.old, item.new): item.count for item in found.matrix if item.kind is kind}
    there = {name for pair in flows for name in pair}
    if there <= {NONE}:
        return None
    names = [name for name in (*SEVEREST_FIRST, NONE) if name in there]
    return TableView(
        id=f"matrix-{kind.value}",
        caption=tongue("Severest measure of {subjects}, before and after", subjects=tongue.of(KINDS[kind])),
        columns=(
            tongue("before, below; after, to the right"),
            *(measure_text(name, tongue) for name in names),
        ),
        rows=tuple(
            RowView(
                label=measure_text(old, tongue),
                numbers=tuple(number_of(flows.get((old, new)), tongue) for new in names),
            )
            for old in names
        ),
    )


def alone_table(found: Findings, tongue: Tongue) -> TableView:
    """Newly reached by one rule alone, those that reach most first."""
    counts = {(item.rule, item.kind): item.count for item in found.alone}
    totals = {rule: sum(c.subjects for (r, _), c in counts.items() if r == rule) for rule, _ in counts}
    rules = sorted(totals, key=lambda rule: (-totals[rule], rule))
    return TableView(
        id="alone-all",
        caption=tongue("By rule"),
        columns=(tongue("rule"), *(tongue.of(KINDS[kind]) for kind in Kind)),
        rows=tuple(
            RowView(
                label=rule,
                is_code=True,
                numbers=tuple(number_of(counts.get((rule, kind)), tongue) for kind in Kind),
                bar=(totals[rule],),
            )
            for rule in rules[:MOST_ROWS]
        ),
        signs=(tongue("newly reached"),),
        more=_more(len(rules) - MOST_ROWS, tongue),
    )


def shares_tables(
    shares: Sequence[Share],
    name: str,
    said: Callable[[str], str],
    tongue: Tongue,
    order: Sequence[str] = (),
) -> tuple[TableView, ...]:
    """Changes by a column, one table for each kind of subject; in an order, or those with most changes first."""
    made = (
        _shares([item for item in shares if item.kind is kind], name, said, tongue, order) for kind in Kind
    )
    return tuple(table for table in made if table is not None)


def _shares(
    shares: Sequence[Share], name: str, said: Callable[[str], str], tongue: Tongue, order: Sequence[str]
) -> TableView | None:
    if not shares:
        return None
    kind = shares[0].kind
    counts = {(item.value, item.change): item.count for item in shares}
    totals = {item.value: 0 for item in shares}
    for item in shares:
        totals[item.value] += item.count.subjects
    values = sorted(totals, key=lambda v: (order.index(v) if v in order else -totals[v], v))
    changes = [change for change in _CHANGED if any((value, change) in counts for value in values)]
    return TableView(
        id=f"{name}-{kind.value}",
        caption=tongue("{label}: {text}", label=tongue.of(HEADINGS[name]), text=tongue.of(KINDS[kind])),
        columns=("", *(tongue.of(CHANGES[change]) for change in changes)),
        rows=tuple(
            RowView(
                label=said(value),
                numbers=tuple(number_of(counts.get((value, change)), tongue) for change in changes),
                bar=_bar(value, counts),
            )
            for value in values[:MOST_ROWS]
        ),
        signs=(tongue("newly or more severely"), tongue("otherwise or more mildly"), tongue("released")),
        more=_more(len(values) - MOST_ROWS, tongue),
    )


def _bar(value: str, counts: dict[tuple[str, Change], Count]) -> tuple[int, ...]:
    def total(changes: Sequence[Change]) -> int:
        return sum(counts[value, change].subjects for change in changes if (value, change) in counts)

    return total(_HARDER), total(_BETWEEN), total((Change.RELEASED,))


def ways_tables(found: Findings, tongue: Tongue) -> tuple[TableView, ...]:
    """Ways out of those whose measures are new or change; and of those among them who newly have none."""
    tables = []
    if found.recourse.counts:
        tables.append(_ways(found.recourse.counts, "ways-all", tongue("What is open to them"), tongue))
    if found.recourse.newly:
        tables.append(
            _ways(found.recourse.newly, "ways-newly", tongue("Newly without recourse of their own"), tongue)
        )
    return tuple(tables)


def _ways(ways: Sequence[WayCount], name: str, caption: str, tongue: Tongue) -> TableView:
    counts = {(item.way, item.kind): item.count for item in ways}
    there = [way for way in Way if any((way, kind) in counts for kind in Kind)]
    return TableView(
        id=name,
        caption=caption,
        columns=("", *(tongue.of(KINDS[kind]) for kind in Kind)),
        rows=tuple(
            RowView(
                label=tongue.of(WAYS[way]),
                numbers=tuple(number_of(counts.get((way, kind)), tongue) for kind in Kind),
                bar=(sum(c.subjects for (w, _), c in counts.items() if w is way),),
            )
            for way in there
        ),
        signs=(tongue("subjects"),),
    )


def referrals_table(found: Findings, tongue: Tongue) -> TableView:
    """Who goes to a person, before and after."""
    counts = {(item.old, item.new, item.kind): item.count for item in found.referrals}
    said = (
        ((False, True), tongue("newly for a person")),
        ((True, False), tongue("no longer for a person")),
        ((True, True), tongue("for a person before and after")),
        ((False, False), tongue("for a person neither before nor after")),
    )
    return TableView(
        id="referrals",
        caption=tongue("Who goes to a person"),
        columns=("", *(tongue.of(KINDS[kind]) for kind in Kind)),
        rows=tuple(
            RowView(
                label=label,
                numbers=tuple(number_of(counts.get((*pair, kind)), tongue) for kind in Kind),
            )
            for pair, label in said
        ),
    )


def alike_table(found: Findings, tongue: Tongue) -> TableView:
    """The groups, those with the most changes first."""
    return TableView(
        id="alike-all",
        caption=tongue("Groups of like cases"),
        columns=(
            tongue("rule"),
            tongue("alike"),
            tongue("under its measure before"),
            tongue("under its measure after"),
            tongue("measure on record"),
            tongue("decided without it"),
        ),
        rows=tuple(
            RowView(label=item.rule, is_code=True, numbers=_members(item, tongue))
            for item in found.alike[:MOST_ROWS]
        ),
        more=_more(len(found.alike) - MOST_ROWS, tongue),
    )


def _members(item: LikeGroup, tongue: Tongue) -> tuple[NumberView, ...]:
    others = (item.old, item.new, item.recorded_with, item.recorded_without)
    first = NumberView(text=tongue.number(item.members), cell=str(item.cell))
    return (first, *(plain_number(count, tongue) for count in others))


def notices_table(found: Findings, tongue: Tongue) -> TableView:
    """Notices by kind."""
    return TableView(
        id="notices-all",
        caption=tongue("Notices"),
        columns=(
            "",
            *(tongue.of(KINDS[kind]) for kind in Kind),
            tongue("letters"),
            tongue("of these about several subjects"),
        ),
        rows=tuple(
            RowView(
                label=tongue.of(OWED[item.owed]),
                numbers=(
                    number_of(item.advertisers, tongue),
                    number_of(item.ads, tongue),
                    plain_number(item.letters, tongue),
                    plain_number(item.about_several, tongue),
                ),
            )
            for item in found.notices
        ),
    )


def sizes_bounds(found: Findings, tongue: Tongue) -> Iterator[str]:
    """The bounds of the classes."""
    for item in found.bands:
        amounts = amount_texts(tuple((item.currency, bound) for bound in item.bounds), tongue)
        yield tongue(
            "bounds for {subjects}: {half}, {most}, {top}",
            subjects=tongue.of(KINDS[item.kind]),
            half=amounts[0],
            most=amounts[1],
            top=amounts[2],
        )


def _more(count: int, tongue: Tongue) -> str:
    if count <= 0:
        return ""
    return tongue.plural(
        "{count} more row, which the JSON form has", "{count} more rows, which the JSON form has", count
    )
