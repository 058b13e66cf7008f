"""A backtest as sections of sentences and tables: the same for the terminal and for the page.

Not a form, and nothing is counted here. Every number that stands for subjects has the cell of those.
"""

from dataclasses import dataclass

from adjudge.backtest.forms.words import amount_texts
from adjudge.backtest.model import Count
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberView:
    """A number in a table. Without a `cell` it stands for no list."""

    text: str
    spend: tuple[str, ...] = ()
    cell: str = ""
    is_none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row of a table. `bar` are the lengths of its parts in a plot, where the table has one."""

    label: str
    numbers: tuple[NumberView, ...]
    is_code: bool = False
    bar: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table. `signs` say what the parts of its bars stand for; `more` how many rows are left out."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    signs: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksView:
    """Counts by week, for a plot."""

    title: str
    first: str
    last: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A part of the report."""

    id: str
    heading: str
    texts: tuple[str, ...] = ()
    tables: tuple[TableView, ...] = ()
    notes: tuple[str, ...] = ()
    weeks: WeeksView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One of the few numbers at the top."""

    label: str
    numbers: tuple[tuple[str, NumberView], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """Everything that is shown."""

    title: str
    question: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    cards: tuple[CardView, ...]
    sections: tuple[SectionView, ...]


def number_of(count: Count | None, tongue: Tongue) -> NumberView:
    """A count with what was spent; nobody is told as such and opens no list."""
    if count is None or not count.subjects:
        return NumberView(text=tongue.number(0), is_none=True)
    return NumberView(
        text=tongue.number(count.subjects), spend=amount_texts(count.spend, tongue), cell=str(count.cell)
    )


def plain_number(count: int, tongue: Tongue) -> NumberView:
    """A number that is not of subjects, or whose subjects are not listed apart."""
    return NumberView(text=tongue.number(count), is_none=not count)
