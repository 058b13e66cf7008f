"""Whom a rule or a reason reaches, one subject a line, for spreadsheets.

A cell that a spreadsheet would take for a formula is preceded by an apostrophe: titles come from outside.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.populations.answer import ReachAnswer
from adjudge.answers.populations.words import titles_of
from adjudge.facts.value import value_text
from adjudge.population.place import Place
from adjudge.population.reach import ReachRow
from adjudge.tongues.tongue import Tongue

COLUMNS = ("subject", "title", "reached", "verdict", "for", "against")
DECISION = ("treatment", "measures", "since", "precision", "standing", "until", "document", "status")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def reach_csv(answer: ReachAnswer, tongue: Tongue) -> str:
    """The answer as CSV (RFC 4180, lines ended by a line feed): those reached first, in the order of the answer.

    The words of the columns and of their values are the same in every language; the titles are in that of `tongue`.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    found = answer.reach
    writer.writerow([*COLUMNS, *DECISION, *(dimension.name for dimension in found.view.dimensions)])
    titles = titles_of(answer.population.file, tongue)
    rest = (row for row in found.rows if not row.reached)
    for row in (*found.reached, *rest):
        writer.writerow([_safe(cell) for cell in _cells(row, titles[row.subject.id])])
    return out.getvalue()


def _cells(row: ReachRow, title: str) -> Iterator[str]:
    outcome, decided = row.outcome, row.decided
    yield from (str(row.subject.id), title, "yes" if row.reached else "no", outcome.verdict.value)
    yield from (str(outcome.pair.for_), str(outcome.pair.against), row.treatment.value)
    yield " ".join(kind.value for kind in decided.measures) if decided else ""
    yield str(decided.since) if decided and decided.since else ""
    yield decided.precision.value if decided and decided.since else ""
    yield decided.standing.value if decided else ""
    yield str(decided.until) if decided and decided.until else ""
    yield decided.document or "" if decided else ""
    yield decided.status.value if decided else ""
    yield from (_place(place) for place in row.places)


def _place(place: Place) -> str:
    return place.state.value if place.value is None else value_text(place.value)


def _safe(cell: str) -> str:
    flat = harmless(cell)
    return f"'{flat}" if flat.startswith(_FORMULA) else flat
