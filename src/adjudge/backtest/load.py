"""Work for reviewers: who is newly referred, and since when what is known of each has stood as it does.

The method, which the report states: an item arises in the week in which the latest live claim was recorded of those
on facts that the rules read which now refer it. All of them would be there on the first day, a backlog; the last weeks
tell how many come each week.
"""

from collections.abc import Sequence

from adjudge.backtest.counting import grouped
from adjudge.backtest.model import Cell, Count, Load, cell
from adjudge.backtest.pairing import Pairing
from adjudge.backtest.question import DAY, WEEKS, Question, read_by
from adjudge.backtest.tables import Tables

WEEK = 7 * DAY // 1_000
"""In microseconds, as the tables have them."""


def load(question: Question, tables: Tables, pairs: Sequence[Pairing]) -> Load:
    """Count those newly referred, by week."""
    read = {rule.id: read_by(rule) for rule in question.rules(question.new)}
    facts = [
        (number, fact)
        for number, item in enumerate(pairs)
        if item.newly_referred
        for fact in sorted({fact for rule in item.referring for fact in read[rule]})
    ]
    tables.run("CREATE TABLE referring (pair INTEGER, fact VARCHAR)")
    tables.fill("referring", [number for number, _ in facts], [fact for _, fact in facts])
    tables.run(
        "CREATE TABLE arose AS WITH fresh AS (SELECT row, owner, kind, pair FROM changed WHERE newly_referred), "
        "told AS ("
        "  SELECT f.row, l.recorded_at FROM fresh f JOIN referring r USING (pair) "
        "    JOIN live l ON l.row = f.row AND l.fact = r.fact "
        "  UNION ALL SELECT f.row, l.recorded_at FROM fresh f JOIN referring r USING (pair) "
        "    JOIN live l ON l.row = f.owner AND l.fact = r.fact WHERE f.kind = 'ad') "
        "SELECT f.row, ($known - max(epoch_us(t.recorded_at))) // $week AS weeks_ago "
        "FROM fresh f LEFT JOIN told t USING (row) GROUP BY f.row",
        known=question.known_at.nanos // 1_000,
        week=WEEK,
    )
    by_week = dict(
        tables.run("SELECT coalesce(least(weeks_ago, $last), -1), count(*) FROM arose GROUP BY 1", last=WEEKS)
    )
    return Load(
        newly=_counts(tables, old=False),
        no_longer=_counts(tables, old=True),
        weeks=tuple(by_week.get(WEEKS - 1 - number, 0) for number in range(WEEKS)),
        earlier=by_week.get(WEEKS, 0),
        undated=by_week.get(-1, 0),
    )


def _counts(tables: Tables, *, old: bool) -> tuple[Count, ...]:
    """Those referred before and not after, or the other way about, by kind of subject."""
    words = ("true", "false") if old else ("false", "true")
    where = f"old_referred = {words[0]} AND new_referred = {words[1]}"
    return tuple(
        Count(
            count,
            spend,
            Cell((*cell(kind=kind).where, ("old_referred", words[0]), ("new_referred", words[1]))),
        )
        for (kind,), count, spend in grouped(tables, "changed", "kind", where)
    )
