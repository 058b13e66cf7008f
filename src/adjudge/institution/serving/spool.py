"""Measures by key, gathered in any order and given back in the order of keys, however many they are.

On the disk where they do not fit into 64 MB of memory: a table without a name, which ends with the process.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from adjudge.basis.said import say, verbatim
from adjudge.enforcement.measure import Scope, Served
from adjudge.errors import UnavailableError

_TABLE = "CREATE TABLE told (key TEXT, id TEXT, served TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID"
_SETTINGS = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -65536")


@dataclass(slots=True)
class Spool:
    """Where measures wait. The same measure of one key counts once."""

    line: sqlite3.Connection
    _scopes: dict[Scope, int] = field(default_factory=dict)

    def add(self, told: Iterable[tuple[str, str, Served]]) -> None:
        """Keys with the ids of measures, and the measures."""
        rows = ((key, measure, self._written(served)) for key, measure, served in told)
        with told_of_disk():
            self.line.executemany("INSERT OR IGNORE INTO told VALUES (?, ?, ?)", rows)

    def __iter__(self) -> Iterator[tuple[str, tuple[Served, ...]]]:
        """Each key with its measures, keys in order."""
        scopes = list(self._scopes)
        with told_of_disk():
            rows = self.line.execute("SELECT key, served FROM told ORDER BY key, id")
            for key, group in groupby(rows, itemgetter(0)):
                yield key, tuple(_read(text, scopes) for _, text in group)

    def _written(self, served: Served) -> str:
        scope = self._scopes.setdefault(served.scope, len(self._scopes))
        return json.dumps([scope, served.decision, served.start, served.end, served.pauses])


@contextmanager
def spool() -> Iterator[Spool]:
    """A spool for as long as it is needed. Raises UnavailableError where the disk does not take it."""
    with told_of_disk(), closing(sqlite3.connect("", isolation_level=None)) as line:
        for command in (*_SETTINGS, _TABLE, "BEGIN"):
            line.execute(command)
        yield Spool(line)


@contextmanager
def told_of_disk() -> Iterator[None]:
    """Raises UnavailableError where the disk does not take what is sorted."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        message = say("what is in force cannot be sorted: {reason}", reason=verbatim(str(error)))
        hint = say("make room on the disk for temporary files; the snapshot before stays in use")
        raise UnavailableError(message, hint=hint) from error


def _read(text: str, scopes: list[Scope]) -> Served:
    scope, decision, start, end, pauses = json.loads(text)
    return Served(
        scope=scopes[scope],
        decision=decision,
        start=start,
        end=end,
        pauses=tuple((begin, until) for begin, until in pauses),
    )
