"""Counts with money, grouped by columns: every one with the cell that names its rows."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from adjudge.backtest.model import (
    Alone,
    Cell,
    Change,
    Count,
    Flow,
    NoticeCount,
    Owed,
    Referral,
    Share,
    Spend,
    Touched,
    cell,
)
from adjudge.backtest.tables import Tables
from adjudge.basis.ids import RuleId
from adjudge.facts.vocabulary import Kind

Key = tuple[Any, ...]


def grouped(tables: Tables, table: str, columns: str, where: str = "true") -> list[tuple[Key, int, Spend]]:
    """Groups of a table by columns, in their order: the key, how many subjects, what they spent."""
    counts = tables.run(f"SELECT {columns}, count(*) FROM {table} WHERE {where} GROUP BY ALL ORDER BY ALL")  # noqa: S608 - names of ours
    sums = tables.run(
        f"SELECT {columns}, currency, sum(amount) FROM {table} JOIN spent USING (row) WHERE {where} "  # noqa: S608 - ours
        "GROUP BY ALL ORDER BY ALL"
    )
    spend: dict[Key, list[tuple[str, Decimal]]] = defaultdict(list)
    for *key, currency, amount in sums:
        spend[tuple(key)].append((currency, amount))
    return [(tuple(key), count, tuple(spend[tuple(key)])) for *key, count in counts]


def totals(tables: Tables) -> tuple[dict[Kind, int], dict[Kind, Spend]]:
    """How many subjects there are of each kind, and what they spent."""
    found = [(Kind(key[0]), count, spend) for key, count, spend in grouped(tables, "s", "kind")]
    return {kind: count for kind, count, _ in found}, {kind: spend for kind, _, spend in found}


def matrix(tables: Tables) -> tuple[Flow, ...]:
    """The severest kind before by that after."""
    return tuple(
        Flow(kind=Kind(kind), old=old, new=new, count=Count(count, spend, cell(kind=kind, old=old, new=new)))
        for (kind, old, new), count, spend in grouped(tables, "everyone", "kind, old, new")
    )


def referrals(tables: Tables) -> tuple[Referral, ...]:
    """Who goes to a person, before by after."""
    return tuple(
        Referral(
            kind=Kind(kind),
            old=old,
            new=new,
            count=Count(count, spend, cell(kind=kind, old_referred=_truth(old), new_referred=_truth(new))),
        )
        for (kind, old, new), count, spend in grouped(tables, "everyone", "kind, old_referred, new_referred")
    )


def _truth(value: bool) -> str:  # noqa: FBT001 - it is the value itself
    return "true" if value else "false"


def changes(tables: Tables) -> tuple[Share, ...]:
    """How many change in which way."""
    return tuple(
        Share(
            kind=Kind(kind),
            value="",
            change=Change(change),
            count=Count(count, spend, cell(kind=kind, change=change)),
        )
        for (kind, change), count, spend in grouped(tables, "everyone", "kind, change")
    )


def shares(tables: Tables, column: str) -> tuple[Share, ...]:
    """Changes by one column of `changed`, but for those whose measures stay."""
    chosen = f"kind, {column} AS value, change"
    same = f"change <> '{Change.SAME.value}'"
    return tuple(_shares(grouped(tables, "changed", chosen, same), column))


def categories(tables: Tables) -> tuple[Share, ...]:
    """Changes by the category of the rules behind them. A subject with rules of two categories counts in both."""
    tables.run("CREATE TABLE by_category AS SELECT row, kind, change, unnest(category) AS value FROM changed")
    same = f"change <> '{Change.SAME.value}'"
    return tuple(_shares(grouped(tables, "by_category", "kind, value, change", same), "category"))


def _shares(groups: Iterable[tuple[Key, int, Spend]], column: str) -> Iterable[Share]:
    for (kind, value, change), count, spend in groups:
        where = Cell((("kind", kind), (column, value), ("change", change)))
        yield Share(kind=Kind(kind), value=value, change=Change(change), count=Count(count, spend, where))


def alone(tables: Tables) -> tuple[Alone, ...]:
    """Newly reached by one rule and no other, by rule."""
    found = grouped(tables, "changed", "alone, kind", "alone <> ''")
    return tuple(
        Alone(rule=RuleId(rule), kind=Kind(kind), count=Count(count, spend, cell(kind=kind, alone=rule)))
        for (rule, kind), count, spend in found
    )


def touched(tables: Tables) -> tuple[Touched, ...]:
    """What was spent by those who change in one way, by themselves or by an ad or advertiser of theirs: once."""
    found = tables.run(
        "SELECT c.change, p.currency, sum(p.amount) FROM paid p JOIN ("
        "  SELECT p.row, c.change FROM paid p JOIN changed c ON c.row = p.row "
        "  UNION SELECT p.row, c.change FROM paid p JOIN changed c ON c.row = p.owner) c "
        "USING (row) GROUP BY ALL ORDER BY ALL"
    )
    by_change: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for change, currency, amount in found:
        by_change[change].append((currency, amount))
    return tuple(
        Touched(change=item, spend=tuple(by_change[item.value])) for item in Change if by_change[item.value]
    )


def notices(tables: Tables) -> tuple[NoticeCount, ...]:
    """Notices owed: one for each subject, and letters if each advertiser is written to once."""
    found = {
        (owed, kind): Count(count, spend, cell(kind=kind, notice=owed))
        for (owed, kind), count, spend in grouped(tables, "changed", "notice, kind", "notice <> ''")
    }
    letters = {
        owed: (count, several)
        for owed, count, several in tables.run(
            "SELECT notice, count(*), count(*) FILTER (n > 1) FROM ("
            "  SELECT notice, owner, count(*) AS n FROM changed WHERE notice <> '' GROUP BY notice, owner) "
            "GROUP BY notice"
        )
    }
    nobody = {kind: Count(0, (), cell(kind=kind.value)) for kind in Kind}
    return tuple(
        NoticeCount(
            owed=owed,
            advertisers=found.get((owed.value, Kind.ADVERTISER.value), nobody[Kind.ADVERTISER]),
            ads=found.get((owed.value, Kind.AD.value), nobody[Kind.AD]),
            letters=letters[owed.value][0],
            about_several=letters[owed.value][1],
        )
        for owed in Owed
        if owed.value in letters
    )
