"""Which claims of a file count at V and K, as SQL: LANGUAGE.md 1.6."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.instant import Instant
from adjudge.facts.vocabulary import Fact
from adjudge.interchange.tables.parquet import exactly


@dataclass(frozen=True, slots=True)
class Scan:
    """The claims of a file that count at V and K, about some facts, in the order of their numbers."""

    path: Path
    facts: Sequence[Fact]
    valid_at: Instant
    known_at: Instant
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
            **_moment("known", self.known_at),
            **_moment("valid", self.valid_at),
        }

    @property
    def source(self) -> str:
        """`FROM ... WHERE ...`, in which `c` is a claim and `f` its fact."""
        return f"FROM read_parquet($path) c JOIN f ON f.name = c.fact WHERE {LIVE}"


def _moment(name: str, at: Instant) -> dict[str, int]:
    micros, rest = divmod(at.nanos, 1_000)
    return {f"{name}_micros": micros, f"{name}_rest": rest}


def _by(column: str, name: str) -> str:
    """That a time is no later than an instant, to the nanosecond; unknown where there is none."""
    at = f"make_timestamptz(${name}_micros)"
    return f"(c.{column} < {at} OR (c.{column} = {at} AND c.{column}_ns <= ${name}_rest))"


LIVE = (
    f"{_by('recorded_at', 'known')} AND NOT coalesce({_by('withdrawn_at', 'known')}, false) "
    f"AND coalesce({_by('holds_from', 'valid')}, true) AND NOT coalesce({_by('holds_to', 'valid')}, false)"
)
