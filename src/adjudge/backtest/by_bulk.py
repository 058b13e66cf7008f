"""Outcomes by the bulk engine, from files to files: nobody becomes an object."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from adjudge.backtest.outcomes import OutcomeClass
from adjudge.backtest.question import in_effect
from adjudge.backtest.tables import THREADS, Tables
from adjudge.basis.ids import RuleId
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How, RuleWritten, Written
from adjudge.bulk.shared import Shared, sharing
from adjudge.engines.bulk.packing import A_WORD, VERDICTS
from adjudge.errors import Finding, RefusedError
from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.parquet import exactly
from adjudge.language.package import Package

_FLAGS, _BITS = 64, 3
_NOT_SAID = 7


class ByBulk:
    """The engine behind `adjudge bulk`, over the same folder. To be left as a context is."""

    def __init__(self, folder: Path, spill: Path, packages: Sequence[Package]) -> None:
        """`spill` is a folder of ours, for outcomes until they are counted.

        Claims are read once for all `packages`, and for whatever asks no more of them.
        """
        self._folder, self._spill, self._numbers, self._packages = folder, spill, count(), packages
        self._open = ExitStack()
        self._shared: Shared | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __call__(
        self, package: Package, tables: Tables, into: str, *, territory: str | None
    ) -> tuple[OutcomeClass, ...]:
        """Evaluate, and put equal rows into one class."""
        with self._written(package, tables, territory, pairs=False) as (written, files):
            return _classes(written, tables, into, files)

    def pairs(self, package: Package, tables: Tables, into: str) -> tuple[RuleId, ...]:
        """Evaluate, and keep the columns of pairs."""
        with self._written(package, tables, None, pairs=True) as (written, files):
            chosen = ", ".join(f"o.pair_{number} AS p{number}" for number in range(len(written.rules)))
            tables.run(
                f"CREATE TABLE {into} AS SELECT s.row, {chosen} FROM read_parquet($files) o "  # noqa: S608 - ours
                "JOIN s ON s.id = o.subject",
                files=files,
            )
            return tuple(rule.rule for rule in written.rules)

    def _asked(self, package: Package, tables: Tables, territory: str | None, *, pairs: bool) -> Asked:
        return Asked(
            data=self._folder,
            package=package,
            valid_at=tables.valid_at,
            known_at=tables.known_at,
            territory=territory,
            pairs=pairs,
        )

    def _claims(self, tables: Tables, log: ProblemLog) -> Shared | None:
        """The claims of which the packages ask, read when they are first wanted; None with problems."""
        if self._shared is None:
            packages = [in_effect(package, tables.known_at) for package in self._packages]
            asked = [self._asked(package, tables, None, pairs=False) for package in packages]
            folder = self._spill / "claims"
            folder.mkdir()
            self._shared = self._open.enter_context(sharing(asked, folder, log, How(threads=THREADS)))
        return self._shared

    @contextmanager
    def _written(
        self, package: Package, tables: Tables, territory: str | None, *, pairs: bool
    ) -> Iterator[tuple[Written, str]]:
        """The outcomes as files, for as long as they are read."""
        out = self._spill / f"outcomes-{next(self._numbers)}"
        log = ProblemLog()
        asked = self._asked(package, tables, territory, pairs=pairs)
        shared = self._claims(tables, log)
        written = shared.write(asked, out, log) if shared is not None else None
        if written is None:
            first = log.problems[0]
            findings = tuple(Finding(p.code, p.message, p.hint, str(p.file)) for p in log.problems)
            raise RefusedError(first.message, hint=first.hint, findings=findings)
        yield written, f"{exactly(out)}/part-*.parquet"
        shutil.rmtree(out)


def _classes(written: Written, tables: Tables, into: str, files: str) -> tuple[OutcomeClass, ...]:
    names = _columns(written)
    keys = ", ".join(names)
    tables.run(
        f"CREATE TABLE {into}_key AS SELECT CAST(row_number() OVER (ORDER BY first) - 1 AS INTEGER) AS class, {keys} "  # noqa: S608 - ours
        f"FROM (SELECT {keys}, min(subject) AS first FROM read_parquet($files) GROUP BY {keys})",
        files=files,
    )
    same = " AND ".join(f"o.{name} = k.{name}" for name in names)
    tables.run(
        f"CREATE TABLE {into} AS SELECT s.row, k.class FROM read_parquet($files) o JOIN s ON s.id = o.subject "  # noqa: S608 - ours
        f"JOIN {into}_key k ON {same}",
        files=files,
    )
    rows = tables.run(f"SELECT {keys} FROM {into}_key ORDER BY class")  # noqa: S608 - ours
    tables.run(f"DROP TABLE {into}_key")
    return tuple(_class(dict(zip(names, row, strict=True)), written) for row in rows)


def _columns(written: Written) -> list[str]:
    rules = len(written.rules)
    return [
        "kind",
        "referred",
        *(f"verdicts_{number}" for number in range(-(-rules // A_WORD))),
        *(f"measures_{number}" for number in range(-(-rules // _FLAGS))),
    ]


def _class(row: dict[str, Any], written: Written) -> OutcomeClass:
    """The words of the columns, read as `write_outcomes` documents them."""
    said: list[tuple[int, RuleWritten, int]] = []
    for number, rule in enumerate(written.rules):
        word, place = divmod(number, A_WORD)
        verdict = (int(row[f"verdicts_{word}"]) >> (_BITS * place)) & _NOT_SAID
        if verdict != _NOT_SAID:
            said.append((number, rule, verdict))
    return OutcomeClass(
        Kind(row["kind"]),
        tuple((rule.rule, VERDICTS[verdict]) for _, rule, verdict in said),
        tuple(
            (rule.rule, rule.measure)
            for number, rule, _ in said
            if rule.measure is not None
            and (int(row[f"measures_{number // _FLAGS}"]) >> (number % _FLAGS)) & 1
        ),
        bool(row["referred"]),
    )
