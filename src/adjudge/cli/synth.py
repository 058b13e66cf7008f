"""`adjudge synth`: an invented population of any size, as an export that says that it is invented."""

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.session import tell
from adjudge.tongues.tongue import tongue_of

if TYPE_CHECKING:
    from adjudge.facts.vocabulary import Vocabulary
    from adjudge.language.package import Package
    from adjudge.synthetic.model import Wanted

_LONGEST_SEED, _LONGEST_NUMBER = 200, 12


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    from adjudge.synthetic.model import MOST_ADS, MOST_CLAIMS, MOST_SUBJECTS

    command = commands.add_parser(
        "synth",
        help="an invented population of any size, as an export",
        description="Write a population that is invented, in the layout adjudge-data/1: to try policies and machines "
        "on millions. A few subjects hold most claims and a few spend most; documents repeat one another; some claims "
        "contradict others, come late, are withdrawn or discounted. The same line gives the same bytes. The manifest "
        "and every row say that it is synthetic.",
    )
    command.add_argument(
        "--subjects",
        metavar="N",
        type=WholeNumber(1, MOST_SUBJECTS),
        required=True,
        help="advertisers and ads",
    )
    command.add_argument(
        "--claims", metavar="M", type=WholeNumber(0, MOST_CLAIMS), required=True, help="claims"
    )
    command.add_argument(
        "--ads-per-advertiser",
        metavar="N",
        type=WholeNumber(0, MOST_ADS),
        default=4,
        help="on average (default: 4)",
    )
    spoken = command.add_mutually_exclusive_group(required=True)
    spoken.add_argument(
        "--vocabulary", metavar="FILE", type=arguments.path, help="the facts of which the claims speak"
    )
    spoken.add_argument(
        "--package",
        metavar="PACKAGE",
        help="a package, with whose vocabulary and measures there are also invented decisions: a package file, a "
        "sealed file, or a version of a policy folder, written DIR@VERSION",
    )
    command.add_argument(
        "--seed", metavar="TEXT", default="1", help="another seed, another population (default: 1)"
    )
    command.add_argument(
        "--known-at",
        metavar="DATE",
        type=arguments.instant,
        help="when all of it is known (default: 2026-01-01, or the second New Year after the package was published)",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=arguments.path,
        required=True,
        help="the folder, which does not exist yet",
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    arguments.add_language(command)
    command.set_defaults(run=run)


class WholeNumber:
    """A whole number between two others, `1_000_000` too."""

    def __init__(self, least: int, most: int) -> None:
        """Both may be."""
        self.least, self.most = least, most

    def __call__(self, text: str) -> int:
        """Read it, as argparse asks."""
        digits = text.replace("_", "")
        found = (
            int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER else -1
        )
        if not self.least <= found <= self.most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {self.least} to {self.most}")
        return found


def run(asked: argparse.Namespace) -> int:
    """Write it; 2 with the problems where something that was given is wrong."""
    from adjudge.cli.together import whole_folder
    from adjudge.synthetic.write import write_population

    log, tongue, as_json = ProblemLog(), tongue_of(asked.lang), asked.format == "json"
    wanted = _wanted(asked, log)
    if wanted is None or log.refuses:
        return report(log, tongue, as_json=as_json) or REFUSED_INPUT
    with whole_folder(asked.output) as folder:
        manifest = write_population(wanted, folder)
    counts = {name: listed.rows for name, listed in manifest.tables.items()}
    lines = [tongue("{path} is written: a synthetic population, about nobody.", path=str(asked.output))]
    lines += [
        "  " + tongue.plural("{table}: {count} row", "{table}: {count} rows", rows, table=name)
        for name, rows in counts.items()
    ]
    form = {
        "synthetic": True,
        "known_at": str(manifest.known_at),
        "tables": {
            name: {"rows": item.rows, "digest": item.digest} for name, item in manifest.tables.items()
        },
    }
    tell(lines, form, as_json=as_json)
    return 0


def _wanted(asked: argparse.Namespace, log: ProblemLog) -> "Wanted | None":
    from adjudge.synthetic.check import check
    from adjudge.synthetic.model import Wanted

    if asked.output.is_file() or (asked.output.is_dir() and any(asked.output.iterdir())):
        hint = say("name a folder that does not exist yet")
        log.add("already-there", say("the folder is there already"), where=str(asked.output), hint=hint)
    if len(asked.seed) > _LONGEST_SEED or not asked.seed.isprintable():
        hint = say("write a word or a number")
        log.add("bad-value", say("the seed is too long, or cannot be printed"), where="--seed", hint=hint)
    package, vocabulary = _spoken(asked, log)
    if vocabulary is None:
        return None
    wanted = Wanted(
        subjects=asked.subjects,
        claims=asked.claims,
        ads_per_advertiser=asked.ads_per_advertiser,
        seed=asked.seed,
        known_at=asked.known_at if asked.known_at is not None else _usual(package),
        vocabulary=vocabulary,
        package=package,
    )
    check(wanted, log)
    return wanted


def _spoken(asked: argparse.Namespace, log: ProblemLog) -> "tuple[Package | None, Vocabulary | None]":
    from adjudge.app.changes import load_named

    if asked.package is not None:
        package = load_named(asked.package, log)
        return package, package.vocabulary if package is not None else None
    return None, _vocabulary(asked.vocabulary, log)


def _vocabulary(path: Path, log: ProblemLog) -> "Vocabulary | None":
    from adjudge.app.files import read_yaml_file
    from adjudge.facts.vocabulary_reader import read_vocabulary

    node = read_yaml_file(path, log)
    return read_vocabulary(node, log) if node is not None else None


def _usual(package: "Package | None") -> Instant:
    """A time of no clock, so that the same line gives the same bytes next year."""
    if package is None:
        return start_of_day(dt.date(2026, 1, 1))
    return start_of_day(dt.date(day_of(package.published_at).year + 2, 1, 1))
