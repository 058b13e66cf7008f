"""`adjudge conform`: JSON lines in, JSON lines out, so that anyone can test an engine. LANGUAGE.md 8."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge.cli.problems import REFUSED_INPUT

if TYPE_CHECKING:
    from adjudge.engines.evaluator import Evaluator

ENGINES = ("spec", "point", "bulk", "sql", "spark")
BUILT = ("spec", "point", "bulk", "sql")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "conform",
        help="evaluate JSON lines, to compare engines",
        description="Read the exchange form from standard input, one question on each line, and write one answer "
        "for each. Malformed lines are answered with problems.",
    )
    command.add_argument("--engine", choices=ENGINES, required=True, help="the engine that answers")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Answer every line; 2 where the engine is not built."""
    if asked.engine not in BUILT:
        print(
            f"adjudge: the engine {asked.engine} is not built; use one of: {', '.join(BUILT)}",
            file=sys.stderr,
        )
        return REFUSED_INPUT
    from adjudge.app.exchange import answer_line

    evaluate = evaluator(asked.engine)
    for line in lines():
        print(json.dumps(answer_line(line, evaluate), ensure_ascii=False), flush=True)
    return 0


def evaluator(engine: str) -> "Evaluator":
    """The engine of a name that is built."""
    if engine == "bulk":
        from adjudge.engines.bulk.engine import outcomes as by_bulk

        return by_bulk
    if engine == "sql":
        from adjudge.engines.sql.engine import outcomes as by_sql

        return by_sql
    from adjudge.engines.point.engine import outcomes as by_point
    from adjudge.spec.resolve import outcomes as by_spec

    return by_point if engine == "point" else by_spec


def lines() -> Iterator[str]:
    """The lines of standard input that hold anything, each cut a little over the limit that its reader refuses.

    Bytes that are not UTF-8 are left for the reader to refuse.
    """
    from adjudge.app.exchange import LONGEST_LINE

    most = LONGEST_LINE + 1
    while raw := sys.stdin.buffer.readline(most):
        if len(raw) == most and not raw.endswith(b"\n"):
            while (rest := sys.stdin.buffer.readline(most)) and not rest.endswith(b"\n"):
                pass
        line = raw.decode("utf-8", errors="surrogateescape")
        if line.strip():
            yield line
