"""Rows sought by words: by the index that the database has of them, FTS5 in SQLite and GIN in PostgreSQL.

Not what a word is: rows hold words that were made by us, and neither index folds or divides them further.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connections
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from adjudge.records.shelf import R, Shelf
from adjudge.records.sought import WIDTH, Sought, is_place, is_word
from adjudge.storage.models import SHELF_MODELS

if TYPE_CHECKING:
    from django.db import models

    from adjudge.storage.models import ShelfRecord

FIRST, LAST = "0" * WIDTH, "9" * WIDTH
AT_ONCE = 500
"""Places asked for by one statement."""


def words_kept(shelf: Shelf[R], row: R) -> dict[str, str]:
    """The words of a row as their column: none of a row without a place, which is never sought."""
    if not shelf.text:
        return {}
    words = str(getattr(row, shelf.text)).split(" ")
    fit = is_place(str(getattr(row, shelf.order)))
    return {shelf.text: " ".join(filter(is_word, words)) if fit else ""}


def texts_sought(alias: str, shelf: Shelf[R], asked: Sought, most: int) -> list[str]:
    """The rows as JSON, in the order of the shelf."""
    if not asked.can_be:
        return []
    sign = "-" if asked.descending else ""
    if _is_by_fts(alias, asked):
        places = _places(alias, shelf, asked, most)
        rows = SHELF_MODELS[shelf.name].objects.using(alias)
        found: dict[str, str] = {}
        for start in range(0, len(places), AT_ONCE):
            named = {f"{shelf.order}__in": places[start : start + AT_ONCE]}
            found.update(rows.filter(**named).values_list(shelf.order, "data"))
        return [found[place] for place in places]
    ordered = _bounded(alias, shelf, asked).order_by(f"{sign}{shelf.order}")
    return list(ordered.values_list("data", flat=True)[:most])


def number_sought(alias: str, shelf: Shelf[R], asked: Sought, most: int) -> int:
    """How many they are, counted no further than to `most`."""
    if not asked.can_be:
        return 0
    if _is_by_fts(alias, asked):
        return len(_places(alias, shelf, asked, most))
    return _bounded(alias, shelf, asked).order_by()[:most].count()


def _is_by_fts(alias: str, asked: Sought) -> bool:
    return connections[alias].vendor == "sqlite" and bool(asked.words or asked.begun)


def _bounded(alias: str, shelf: Shelf[R], asked: Sought) -> "models.QuerySet[ShelfRecord]":
    rows = SHELF_MODELS[shelf.name].objects.using(alias)
    beyond = {"lt" if asked.descending else "gt": asked.after} if asked.after else {}
    bounds = {"gte": asked.since or FIRST, "lte": asked.until or LAST, **beyond}
    rows = rows.filter(**{f"{shelf.order}__{name}": place for name, place in bounds.items()})
    if not (asked.words or asked.begun):
        return rows
    # No word holds a sign that would mean something here.
    query = " & ".join([*(f"'{word}'" for word in asked.words), *(f"'{word}':*" for word in asked.begun)])
    return rows.filter(RawSQL("sought @@ %s::tsquery", [query], output_field=BooleanField()))


def _places(alias: str, shelf: Shelf[R], asked: Sought, most: int) -> list[str]:
    """The places by FTS5, whose rows bear the place as their number and are read in its order."""
    table = f"adjudge_{shelf.name}_{shelf.text}"
    clauses, numbers = zip(*_clauses(asked), strict=True)
    match = " AND ".join([*(f'"{word}"' for word in asked.words), *(f'"{word}"*' for word in asked.begun)])
    way = "DESC" if asked.descending else "ASC"
    statement = (
        f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND {' AND '.join(clauses)} "  # noqa: S608 - our own words
        f"ORDER BY rowid {way} LIMIT %s"
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [match, *numbers, most])
        return [str(number).zfill(WIDTH) for (number,) in cursor.fetchall()]


def _clauses(asked: Sought) -> Iterator[tuple[str, int]]:
    yield "rowid >= %s", int(asked.since or FIRST)
    if asked.until:
        yield "rowid <= %s", _number(asked.until)
    if asked.after:
        yield ("rowid < %s" if asked.descending else "rowid > %s"), _number(asked.after)


def _number(place: str) -> int:
    """As SQLite counts: to 63 bits, which no log has entries for."""
    return min(int(place), 2**63 - 1)
