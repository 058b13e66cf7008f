"""Which claims of a file count at V and K, as SQL: LANGUAGE.md 1.6."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.instant import Instant
from adjudge.facts.vocabulary import Fact
from adjudge.interchange.tables.layout import NANOS
from adjudge.interchange.tables.parquet import connected, exactly

_NANOS_PER_MICRO = 1_000
TIMES = ("recorded_at", "withdrawn_at", "holds_from", "holds_to")
"""The times that say whether a claim counts; each has its nanoseconds in a column of their own."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The claims of a file that count at V and K, about some facts, in the order of their numbers.

    `is_whole` says that no time in it has nanoseconds beyond its microseconds (`has_whole_times`). They need not be
    looked at then, and DuckDB passes over what does not count before it decodes the rest.
    """

    path: Path
    facts: Sequence[Fact]
    valid_at: Instant
    known_at: Instant
    is_whole: bool = False
    called: Path | None = None
    """How whoever reads a problem knows the file, where it is a copy of some of its rows."""

    @property
    def name(self) -> str:
        """The file in which a claim can be looked up."""
        return str(self.called or self.path)

    @property
    def parts(self) -> Mapping[str, object]:
        """The parameters of a query over them."""
        return {
            "path": exactly(self.path),
            **self._moment("known", self.known_at),
            **self._moment("valid", self.valid_at),
        }

    def _moment(self, name: str, at: Instant) -> dict[str, int]:
        micros, rest = divmod(at.nanos, _NANOS_PER_MICRO)
        beyond = {} if self.is_whole else {f"{name}_rest": rest}
        return {f"{name}_micros": micros, **beyond}

    @property
    def source(self) -> str:
        """`FROM ... WHERE ...`, in which `c` is a claim and `f` its fact."""
        return f"FROM read_parquet($path) c JOIN f ON f.name = c.fact WHERE {self.live}"

    @property
    def live(self) -> str:
        """That a claim `c` counts; unknown for none but those that are not sound."""
        return (
            f"{self._by('recorded_at', 'known')} AND NOT coalesce({self._by('withdrawn_at', 'known')}, false) "
            f"AND coalesce({self._by('holds_from', 'valid')}, true) "
            f"AND NOT coalesce({self._by('holds_to', 'valid')}, false)"
        )

    def _by(self, column: str, name: str) -> str:
        """That a time is no later than an instant, to the nanosecond; unknown where there is none."""
        given = f"make_timestamptz(${name}_micros)"
        if self.is_whole:
            return f"(c.{column} <= {given})"
        return f"(c.{column} < {given} OR (c.{column} = {given} AND c.{column}{NANOS} <= ${name}_rest))"


def has_whole_times(path: Path) -> bool:
    """Whether no time of a table of claims has nanoseconds beyond its microseconds.

    Read in what the file says of its columns, whose rows are not looked at; where it says nothing, false.
    """
    beyond = [f"{time}{NANOS}" for time in TIMES]
    is_zero = "n.stats_min_value = '0' AND n.stats_max_value = '0' OR n.stats_null_count = n.num_values"
    is_beside = "n.stats_null_count = t.stats_null_count"
    query = (
        f"SELECT bool_and(coalesce(({is_zero}) AND {is_beside}, false)) FROM parquet_metadata($path) n "  # noqa: S608
        "LEFT JOIN parquet_metadata($path) t ON t.row_group_id = n.row_group_id "
        f"AND n.path_in_schema = t.path_in_schema || '{NANOS}' WHERE list_contains($beyond, n.path_in_schema)"
    )
    with connected() as db:
        return bool(db.execute(query, {"path": exactly(path), "beyond": beyond}).fetchall()[0][0])
