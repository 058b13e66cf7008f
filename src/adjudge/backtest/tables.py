"""The data of a backtest in a database in memory: subjects numbered, claims and spend as known then.

Not the reading of claims into values: that is the `Source`'s, which knows how they are written.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from adjudge.backtest.question import DAY, YEAR
from adjudge.basis.ids import DocumentId, SubjectId
from adjudge.basis.instant import FIRST, Instant
from adjudge.basis.said import say
from adjudge.errors import UnavailableError
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.interchange.tables.parquet import exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY, THREADS = "1GB", 2


class Source(Protocol):
    """Where data come from. `paths` are the files of the tables by name, with the columns of the layout."""

    @property
    def paths(self) -> Mapping[str, Path]:
        """The tables `subjects`, `claims`, `spend`, `decisions` and `measures`."""
        ...

    def claims(
        self, vocabulary: Vocabulary, facts: Collection[str], subjects: Collection[str] | None = None
    ) -> Sequence[Claim]:
        """The claims about some facts, of some subjects or of all."""
        ...

    def documents(self, ids: Collection[str]) -> Mapping[DocumentId, Document]:
        """Documents by their ids, those of which something can be told."""
        ...


@contextmanager
def database(spill: Path | None) -> "Iterator[DuckDBPyConnection]":
    """A database in memory; what does not fit goes to a folder of ours."""
    import duckdb  # noqa: PLC0415 - loaded where data are counted, and nowhere else

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        **({"temp_directory": str(spill)} if spill is not None else {}),
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.OutOfRangeException) as error:
        reason = str(error).splitlines()[0]
        raise UnavailableError(
            say("the data cannot be counted: {reason}", reason=reason),
            hint=say("check them with `adjudge data validate`, and the space on the disk"),
        ) from error
    finally:
        connection.close()


class Tables:
    """The tables as of the question. Everything is ordered before it is read, so that equal data give equal answers."""

    def __init__(
        self,
        connection: "DuckDBPyConnection",
        source: Source,
        *,
        valid_at: Instant,
        known_at: Instant,
    ) -> None:
        """Claims are kept when it is known which."""
        self.connection, self.source = connection, source
        self.valid_at, self.known_at = valid_at, known_at
        self.spend_from = Instant(max(known_at.nanos - YEAR * DAY, FIRST.nanos))
        self._subjects()
        self._spend()
        self._record()

    def run(self, query: str, **parts: object) -> list[tuple[Any, ...]]:
        """The rows of a query; its parts are parameters."""
        return self.connection.execute(query, parts or None).fetchall()

    def claims(
        self, vocabulary: Vocabulary, facts: Collection[str], subjects: Collection[str] | None = None
    ) -> Sequence[Claim]:
        """Claims as values."""
        return self.source.claims(vocabulary, facts, subjects)

    def all_subjects(self) -> list[tuple[int, Subject]]:
        """All subjects with their numbers."""
        found = self.run("SELECT row, id, kind, advertiser FROM s ORDER BY row")
        return [(row, subject_of(name, kind, owner)) for row, name, kind, owner in found]

    def subjects(self, rows: Sequence[int]) -> dict[int, Subject]:
        """Some subjects by their numbers."""
        query = "SELECT row, id, kind, advertiser FROM s WHERE list_contains($rows, row) ORDER BY row"
        found = self.run(query, rows=list(rows)) if rows else []
        return {row: subject_of(name, kind, owner) for row, name, kind, owner in found}

    def keep_classes(self, into: str, rows: Sequence[int], classes: Sequence[int]) -> None:
        """The table that an engine owes."""
        self.run(f"CREATE TABLE {into} (row INTEGER, class INTEGER)")
        self.fill(into, rows, classes)

    def fill(self, table: str, *columns: Sequence[object]) -> None:
        """Add rows, given by their columns."""
        if not columns or not columns[0]:
            return
        parts = {f"c{number}": list(column) for number, column in enumerate(columns)}
        chosen = ", ".join(f"unnest(${name})" for name in parts)
        self.run(f"INSERT INTO {table} SELECT {chosen}", **parts)

    # --- how they are made ---

    def _path(self, name: str) -> str:
        return exactly(self.source.paths[name])

    def _subjects(self) -> None:
        self.run(
            "CREATE TABLE s AS SELECT CAST(row_number() OVER (ORDER BY id) - 1 AS INTEGER) AS row, "
            "id, kind, advertiser FROM read_parquet($path)",
            path=self._path("subjects"),
        )
        self.run("ALTER TABLE s ADD COLUMN owner INTEGER")
        self.run("UPDATE s SET owner = o.row FROM s o WHERE o.id = s.advertiser")

    def keep_claims(self, into: str, facts: Collection[str], whose: str = "s") -> None:
        """The claims that count, on some facts, about those in a table of `row` and `id`. LANGUAGE.md 1.6."""
        known, valid = moment("known", self.known_at), moment("valid", self.valid_at)
        self.run(
            f'CREATE TABLE {into} AS SELECT s.row, c.fact, c.stance, c.weight, c.origin, c."none" AS closing, c.type, '  # noqa: S608 - ours
            "c.value, c.value_bool, c.value_decimal, c.value_text, c.recorded_at "
            f"FROM read_parquet($path) c JOIN {whose} s ON s.id = c.subject WHERE list_contains($facts, c.fact) "
            f"AND {by('recorded_at', 'known')} AND NOT coalesce({by('withdrawn_at', 'known')}, false) "
            f"AND coalesce({by('holds_from', 'valid')}, true) AND NOT coalesce({by('holds_to', 'valid')}, false)",
            path=self._path("claims"),
            facts=sorted(facts),
            **known,
            **valid,
        )

    def _spend(self) -> None:
        """An ad's own; an advertiser's with that of its ads. Of the last year that was known, in whole rows."""
        self.run(
            "CREATE TABLE paid AS SELECT s.row, s.owner, s.kind, p.currency, CAST(sum(p.amount) AS DECIMAL(38,18)) "  # noqa: S608 - ours
            "AS amount FROM read_parquet($path) p JOIN s ON s.id = p.subject "
            f'WHERE {by("recorded_at", "known")} AND p."to" > make_timestamptz($first) '
            'AND p."from" < make_timestamptz($known_micros) GROUP BY ALL',
            path=self._path("spend"),
            first=self.spend_from.nanos // 1000,
            **moment("known", self.known_at),
        )
        self.run(
            "CREATE TABLE spent AS SELECT row, currency, amount FROM paid WHERE kind = 'ad' UNION ALL "
            "SELECT owner, currency, sum(amount) FROM paid GROUP BY owner, currency"
        )

    def _record(self) -> None:
        """Who has a decision in force, and by which rules measures stand."""
        known = moment("known", self.known_at)
        self.run(
            "CREATE TABLE decided AS SELECT DISTINCT s.row FROM read_parquet($path) d JOIN s ON s.id = d.subject "  # noqa: S608 - ours
            f"WHERE d.in_force AND {by('issued_at', 'known')}",
            path=self._path("decisions"),
            **known,
        )
        self.run(
            "CREATE TABLE standing AS SELECT DISTINCT s.row, m.rule, m.kind FROM read_parquet($path) m "  # noqa: S608 - ours
            "JOIN s ON s.id = m.subject JOIN decided USING (row) "
            f"WHERE NOT coalesce({by('lifted_at', 'known')}, false) AND NOT coalesce({by('end', 'known')}, false)",
            path=self._path("measures"),
            **known,
        )


def subject_of(name: str, kind: str, owner: str) -> Subject:
    """A subject by its cells."""
    found = Kind(kind)
    return Subject(
        id=SubjectId(name), kind=found, advertiser=None if found is Kind.ADVERTISER else SubjectId(owner)
    )


def moment(name: str, at: Instant) -> dict[str, int]:
    """An instant as the two parameters that `by` reads."""
    micros, rest = divmod(at.nanos, 1_000)
    return {f"{name}_micros": micros, f"{name}_rest": rest}


def by(column: str, name: str) -> str:
    """That a time is no later than an instant, to the nanosecond; unknown where there is none."""
    at = f"make_timestamptz(${name}_micros)"
    return f'("{column}" < {at} OR ("{column}" = {at} AND "{column}_ns" <= ${name}_rest))'
