"""The options with which a command asks about a case: the folder, the instants, the territory, the policies."""

import argparse
import time
from typing import TYPE_CHECKING

from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.cli import arguments

if TYPE_CHECKING:
    from adjudge.answers.answer import Answer, Asked
    from adjudge.basis.problem import ProblemLog


def add_question(command: argparse.ArgumentParser) -> None:
    """Declare the folder and the options."""
    command.add_argument("case", metavar="CASE_DIR", type=arguments.path, help="a folder with a case.yaml")
    add_when(command)


def add_when(command: argparse.ArgumentParser) -> None:
    """Declare the options alone: when, known by when, where, by which policies."""
    command.add_argument(
        "--as-of", metavar="DATE", type=arguments.instant, help="the valid time (default: today, 00:00 UTC)"
    )
    command.add_argument(
        "--known-at", metavar="DATE", type=arguments.instant, help="what was known by then (default: --as-of)"
    )
    command.add_argument(
        "--territory",
        metavar="CC",
        type=arguments.country,
        help="a country, as US (default: every rule applies)",
    )
    command.add_argument(
        "--policies", metavar="DIR", type=arguments.path, help="where policies lie (default: found)"
    )


def add_others(command: argparse.ArgumentParser) -> None:
    """Declare with whom to compare."""
    command.add_argument(
        "--population",
        metavar="DIR",
        type=arguments.path,
        help="a folder with a population.yaml to compare with (default: the one that the case names)",
    )


def today() -> Instant:
    """The start of the present day in UTC; the one place that reads a clock for a question."""
    return start_of_day(day_of(Instant(time.time_ns())))


def question_of(asked: argparse.Namespace) -> "Asked":
    """The question that the options ask."""
    from adjudge.answers.answer import Asked

    as_of = asked.as_of or today()
    return Asked(valid_at=as_of, known_at=asked.known_at or as_of, territory=asked.territory)


def answer_of(asked: argparse.Namespace, log: "ProblemLog") -> "Answer | None":
    """Load the case alone and decide it; None with problems in the log."""
    from adjudge.app.decide import decide
    from adjudge.app.on_files import load_case

    loaded = load_case(asked.case, log, asked.policies, alone=True)
    return decide(loaded, question_of(asked), log) if loaded is not None else None


def compared_answer_of(asked: argparse.Namespace, log: "ProblemLog") -> "Answer | None":
    """Load the case, decide it, and compare it with a population (default: its own); None with problems in the log."""
    from adjudge.app.decide import decide
    from adjudge.app.on_files import load_case
    from adjudge.app.others import with_others

    loaded = load_case(asked.case, log, asked.policies, asked.population)
    if loaded is None:
        return None
    answer = decide(loaded, question_of(asked), log)
    return with_others(answer, loaded.population) if answer is not None else None
