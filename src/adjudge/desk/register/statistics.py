"""The statistics of the register as a page of tables with bars, and the same figures as a file."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.answers.plots.bars import bar, sign
from adjudge.basis.instant import parse_timestamp
from adjudge.desk.frame.framing import show_outside
from adjudge.desk.frame.visit import tongue_for
from adjudge.desk.overview.tables import Row, Table
from adjudge.desk.register.lines import CLOCKS, KINDS
from adjudge.desk.register.opening import absolute, handed_on, public
from adjudge.desk.words.page import words_of_desk
from adjudge.desk.words.register import DECIDED_BY, ENDINGS, SHORT_STATES, SPAN_WORDS
from adjudge.institution.premises import premises
from adjudge.institution.published.statistics import statistics
from adjudge.redaction.cells import EVERYWHERE, MANY
from adjudge.redaction.counts import ENDINGS as ORDER
from adjudge.redaction.counts import Figures, Line
from adjudge.tongues.tongue import Tongue

MOST_LINES = 30
"""Lines of a table that stand open; the others behind a word."""
Named = Callable[[Line], tuple[str, str]]


@public(cost=3)
def register_statistics(request: HttpRequest) -> HttpResponseBase:
    """Tables with bars, and how they are counted."""
    tongue = tongue_for(request)
    found = statistics(premises().house, premises().settings.data)
    return show_outside(
        request,
        "register/statistics.html",
        found=found,
        total=_number(found.total, words_of_desk(tongue), tongue),
        tables=tables(found, tongue),
        most=MOST_LINES,
        sign=sign,
        canonical=absolute(request, reverse("register_statistics")),
    )


@public(cost=3)
def register_figures(request: HttpRequest) -> HttpResponseBase:
    """All figures as CSV: of which table, by what, how many; `withheld` where a count is."""
    del request
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(["table", "key", "column", "count"])
    found = statistics(premises().house, premises().settings.data)
    for name, columns in COLUMNS.items():
        for line in getattr(found, name):
            for column, count in zip(columns, line.counts, strict=True):
                writer.writerow(
                    [name, "/".join(line.key), column, "withheld" if count is None else str(count)]
                )
    response = HttpResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register-figures.csv"'
    return handed_on(response)


_ONE = ("decisions",)
COLUMNS = {
    "months": _ONE,
    "states": _ONE,
    "rules": _ONE,
    "countries": _ONE,
    "kinds": _ONE,
    "by_rule_and_kind": _ONE,
    "appeals": ORDER,
    "spans": ("appeals",),
    "missed": ("clocks",),
    "apart": ("as the rules say", "milder"),
    "automated": _ONE,
}
"""The columns of each table of figures."""


def tables(found: Figures, tongue: Tongue) -> Sequence[tuple[str, Table]]:
    """The tables in order, each with its title."""
    words = words_of_desk(tongue)
    one = (words["decisions_column"],)
    endings = tuple(tongue.of(ENDINGS[name]) for name in ORDER)
    apart = (words["followed_column"], words["departed_column"])

    def table(
        title: str, head: str, heads: Sequence[str], lines: Iterable[Line], named: Named
    ) -> tuple[str, Table]:
        return words[title], _table((words[head], *heads), list(lines), named, words, tongue)

    return [
        table(
            "figures_months",
            "month_column",
            one,
            reversed(found.months),
            lambda line: (_month(line, tongue), ""),
        ),
        table("figures_rules", "register_rule", one, found.rules, _rule),
        table("figures_kinds", "measure_column", one, found.kinds, lambda line: _known(line, KINDS, tongue)),
        table(
            "figures_countries",
            "country_column",
            one,
            found.countries,
            lambda line: _place(line, tongue, words),
        ),
        table("figures_states", "state", one, found.states, lambda line: _known(line, SHORT_STATES, tongue)),
        table("figures_appeals", "register_rule", endings, found.appeals, _rule),
        table(
            "figures_spans",
            "span_column",
            (words["count_column"],),
            found.spans,
            lambda line: _known(line, SPAN_WORDS, tongue),
        ),
        table(
            "figures_missed",
            "kind_column",
            (words["count_column"],),
            found.missed,
            lambda line: _known(line, CLOCKS, tongue),
        ),
        table("figures_apart", "register_rule", apart, found.apart, _rule),
        table(
            "figures_by", "who_column", one, found.automated, lambda line: _known(line, DECIDED_BY, tongue)
        ),
    ]


def _table(
    heads: Sequence[str], lines: Sequence[Line], named: Named, words: dict[str, str], tongue: Tongue
) -> Table:
    greatest = max((sum(count or 0 for count in line.counts) for line in lines), default=0)
    rows = []
    for line in lines:
        name, code = named(line)
        counts = [count or 0 for count in line.counts]
        rows.append(
            Row(
                name=name,
                code=code,
                bar=bar(counts[:3], greatest),
                numbers=[_number(count, words, tongue) for count in line.counts],
            )
        )
    return Table(heads=heads, rows=rows, signs=len(heads) in {3, 4})


def _number(count: int | None, words: dict[str, str], tongue: Tongue) -> str:
    return words["withheld_count"] if count is None else tongue.number(count)


def _rule(line: Line) -> tuple[str, str]:
    return "", "/".join(line.key)


def _month(line: Line, tongue: Tongue) -> str:
    at = parse_timestamp(f"{line.key[0]}-01T00:00:00Z")
    return tongue.month(at) if at is not None else line.key[0]


def _known(line: Line, known: object, tongue: Tongue) -> tuple[str, str]:
    said = known.get(line.key[0]) if isinstance(known, dict) else None
    return (tongue.of(said), "") if said else ("", line.key[0])


def _place(line: Line, tongue: Tongue, words: dict[str, str]) -> tuple[str, str]:
    (code,) = line.key
    if code == EVERYWHERE:
        return words["everywhere_word"], ""
    return (tongue("many countries"), "") if code == MANY else (tongue.country(code), "")
