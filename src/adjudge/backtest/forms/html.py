"""A backtest as one page that needs nothing else: no network, no script, no second file.

Every number leads to the first rows of the list behind it, and each of those to the explanation of its subject as far
as there is room. A list shows where a number led to it and not before, by `:target` alone, so that the page stays short
on the screen and on paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from adjudge.answers.forms.pages import environment
from adjudge.answers.forms.sayings import words_of_pages
from adjudge.answers.plots.bars import bar, sign
from adjudge.answers.plots.lines import Lines, narrow, wide
from adjudge.backtest.cells import GROUP, read_cell, spelled
from adjudge.backtest.explaining import explained
from adjudge.backtest.forms.explained import ExplainedView, explained_view
from adjudge.backtest.forms.rows import becomes, member_text, spend_of
from adjudge.backtest.forms.view import ReportView, RowView, SectionView, TableView
from adjudge.backtest.forms.words import PAGE, cell_text
from adjudge.backtest.lists import ALIKE, CHANGED, UNCHANGED, Row, some_of
from adjudge.backtest.model import Cell, Change, Findings
from adjudge.backtest.tables import Tables, subject_of
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import read_json
from adjudge.interchange.tables.parquet import exactly
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A row of a list. `explained` is the anchor of its explanation, empty where there is none on the page."""

    subject: str
    title: str
    text: str
    spend: str
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list behind a number; `left` says how many rows are not shown, and what lists them."""

    anchor: str
    heading: str
    total: str
    entries: tuple[EntryView, ...]
    left: str
    command: str
    files: str
    condition: str
    back: str


def report_html(
    found: Findings, view: ReportView, tables: Tables, tongue: Tongue, *, folder: str = ""
) -> str:
    """The page. `folder` is where the lists are, empty where they are not kept."""
    asking = _Asking(found, tables, tongue, folder)
    lists = asking.lists(view)
    return (
        environment()
        .get_template("backtest.html")
        .render(
            view=view,
            language=tongue.code,
            lists=lists,
            explanations=asking.explanations,
            anchors={item.cell: item.anchor for item in asking.wanted},
            b={name: tongue.of(said) for name, said in PAGE.items()},
            bar_of=_bars(view),
            sign=sign,
            weeks_of=lambda section: _weeks(section, tongue),
            join=tongue.listed,
            **words_of_pages(tongue),
        )
    )


def _bars(view: ReportView) -> Callable[[TableView, RowView], Markup]:
    greatest = {
        table.id: max((sum(row.bar) for row in table.rows), default=0)
        for section in view.sections
        for table in section.tables
    }
    return lambda table, row: bar(row.bar, greatest[table.id])


def _weeks(section: SectionView, tongue: Tongue) -> tuple[Markup, Markup] | None:
    weeks = section.weeks
    if weeks is None:
        return None
    drawn = Lines(first=weeks.first, last=weeks.last, counts=(weeks.counts,))
    return wide(drawn, weeks.title, tongue), narrow(drawn, weeks.title, tongue)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A cell of the page, with its anchor and the table in which it stands first."""

    cell: str
    anchor: str
    table: str


class _Asking:
    """The lists of a page, and the explanations of some in them."""

    def __init__(self, found: Findings, tables: Tables, tongue: Tongue, folder: str) -> None:
        self._found, self._tables, self._tongue, self._folder = found, tables, tongue, folder
        self._bounds = found.question.bounds
        self.wanted: list[_Wanted] = []
        self.explanations: list[tuple[str, str, ExplainedView]] = []

    def lists(self, view: ReportView) -> list[ListView]:
        """All lists, in the order of the numbers."""
        self.wanted = _wanted(view)
        rows = {item.cell: some_of(self._tables, _cell(item.cell), self._bounds.rows) for item in self.wanted}
        titles = self._titles({str(row["subject"]) for found in rows.values() for row in found})
        self._explain([row for found in rows.values() for row in found], titles)
        anchors = {str(item.subject): anchor for anchor, _, item in self.explanations}
        totals = {
            str(number.cell): number.text
            for section in view.sections
            for table in section.tables
            for row in table.rows
            for number in row.numbers
        }
        totals |= {str(n.cell): n.text for card in view.cards for _, n in card.numbers}
        return [self._list(item, rows[item.cell], titles, anchors, totals[item.cell]) for item in self.wanted]

    def _list(
        self,
        item: _Wanted,
        rows: Sequence[Row],
        titles: dict[str, str],
        anchors: dict[str, str],
        total: str,
    ) -> ListView:
        cell, tongue = _cell(item.cell), self._tongue
        is_group = any(column == GROUP for column, _ in cell.where)
        shown = len(rows) >= self._bounds.rows
        return ListView(
            anchor=item.anchor,
            heading=cell_text(cell, tongue),
            total=total,
            entries=tuple(self._entry(row, titles, anchors) for row in rows),
            left=tongue("The first {count}, those that spent most.", count=len(rows)) if shown else "",
            command=f"adjudge backtest list {self._folder} --cell {item.cell}" if self._folder else "",
            files=ALIKE if is_group else tongue.listed((CHANGED, UNCHANGED)),
            condition=spelled(cell),
            back=item.table,
        )

    def _entry(self, row: Row, titles: dict[str, str], anchors: dict[str, str]) -> EntryView:
        subject, tongue = str(row["subject"]), self._tongue
        in_group = GROUP in row
        return EntryView(
            subject=subject,
            title=titles.get(subject, ""),
            text=member_text(row, tongue) if in_group else tongue.parted(becomes(row, tongue)),
            spend="" if in_group else spend_of(row, tongue),
            explained=anchors.get(subject, ""),
        )

    def _titles(self, subjects: set[str]) -> dict[str, str]:
        found = self._tables.run(
            "SELECT id, title FROM read_parquet($path) WHERE list_contains($ids, id) AND title IS NOT NULL",
            path=exactly(self._tables.source.paths["subjects"]),
            ids=sorted(subjects),
        )
        return {name: title for name, text in found if (title := _title(text, self._tongue)) != name}

    def _explain(self, rows: Sequence[Row], titles: dict[str, str]) -> None:
        """Those who change, in the order in which they stand on the page, as many as there is room for."""
        chosen = {
            str(row["subject"]): row
            for row in rows
            if GROUP not in row
            and (row["change"] != Change.SAME.value or row["new_referred"] != row["old_referred"])
        }
        some = list(chosen.values())[: self._bounds.explained]
        subjects = [subject_of(row["subject"], row["kind"], row["advertiser"]) for row in some]
        for number, item in enumerate(
            explained(self._found.question, self._tables.source, subjects), start=1
        ):
            view = explained_view(item, self._tongue)
            self.explanations.append((f"s-{number}", titles.get(view.subject, ""), view))


def _wanted(view: ReportView) -> list[_Wanted]:
    places: dict[str, str] = {}
    for card in view.cards:
        for _, number in card.numbers:
            if number.cell:
                places.setdefault(number.cell, "answer")
    for section in view.sections:
        for table in section.tables:
            for row in table.rows:
                for number in row.numbers:
                    if number.cell:
                        places.setdefault(number.cell, f"t-{table.id}")
    return [
        _Wanted(cell, f"l-{number}", place) for number, (cell, place) in enumerate(places.items(), start=1)
    ]


def _cell(text: str) -> Cell:
    found = read_cell(text, ProblemLog())
    assert found is not None  # noqa: S101 - a cell of ours
    return found


def _title(text: str, tongue: Tongue) -> str:
    read = read_json(text, ProblemLog(), "title")
    tree = read[0] if read is not None else None
    texts = (
        {key: item for key, item in tree.items() if isinstance(item, str)} if isinstance(tree, dict) else {}
    )
    return tongue.text(texts) if texts else ""
