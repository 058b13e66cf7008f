"""A backtest run within a test, by either engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from adjudge.backtest.by_batch import ByBatch
from adjudge.backtest.by_bulk import ByBulk
from adjudge.backtest.data import open_data
from adjudge.backtest.lists import make_lists
from adjudge.backtest.model import Findings
from adjudge.backtest.question import Bounds, asked
from adjudge.backtest.run import Means, backtest
from adjudge.backtest.tables import Tables, database
from adjudge.basis.problem import ProblemLog
from adjudge.language.package import Package


@dataclass(frozen=True, slots=True)
class Ran:
    """What was found, and the tables behind it, until the `with` ends."""

    found: Findings
    tables: Tables


@contextmanager
def ran(
    data: Path,
    old: Package,
    new: Package,
    *,
    engine: str = "point",
    bounds: Bounds | None = None,
    seconds_pass: int = 0,
) -> Iterator[Ran]:
    """Run; the clock goes on by so many seconds each time it is looked at."""
    clock = iter(range(0, 10**18, max(seconds_pass, 1) * 10**9)) if seconds_pass else None
    with (
        TemporaryDirectory() as spill,
        database(Path(spill)) as connection,
        ByBulk(data, Path(spill), (old, new)) as by_bulk,
    ):
        log = ProblemLog()
        opened = open_data(data, Path(spill), log)
        assert opened is not None, [str(problem.message) for problem in log.problems]
        question = asked(
            old,
            new,
            data_known_at=opened.known_at,
            valid_at=None,
            known_at=None,
            territory=None,
            bounds=bounds or Bounds(),
        )
        means = Means(
            connection=connection,
            source=opened.export,
            outcomes=ByBatch() if engine == "point" else by_bulk,
            clock=(lambda: next(clock)) if clock is not None else lambda: 0,
            progress=lambda _: None,
            data=opened.digest,
        )
        found, tables = backtest(question, means)
        make_lists(tables)
        yield Ran(found, tables)
