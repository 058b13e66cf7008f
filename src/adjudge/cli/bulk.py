"""`adjudge bulk`: the outcomes of everybody in an export, as files."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said
from adjudge.cli import arguments
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.bulk.model import Progress, Written

_SIZE = re.compile(r"([1-9][0-9]{0,8})(MB|GB)", re.ASCII)
_MEGABYTE, _GIGABYTE, _LEAST = 1_000_000, 1_000_000_000, 600_000_000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "bulk",
        help="the outcomes of everybody in an export, as files",
        description="Evaluate a package for every advertiser and ad of an export, however many they are, and write the "
        "outcomes as Parquet, in the layout adjudge-outcomes/1. Nothing has the name that was asked for until all is "
        "written; what was cut off goes on with --resume, and comes to the same bytes.",
    )
    command.add_argument("folder", metavar="DIR", type=arguments.path, help="a folder of an export")
    command.add_argument(
        "--package",
        metavar="PACKAGE",
        required=True,
        help="a package file, a sealed file, or a version of a policy folder, written DIR@VERSION",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        type=arguments.path,
        required=True,
        help="the folder, which does not exist yet",
    )
    command.add_argument(
        "--as-of", metavar="DATE", type=arguments.instant, help="the valid time (default: that of the export)"
    )
    command.add_argument(
        "--known-at",
        metavar="DATE",
        type=arguments.instant,
        help="what was known by then (default: all that the export knows)",
    )
    command.add_argument(
        "--territory",
        metavar="CC",
        type=arguments.country,
        help="a country, as US (default: every rule applies)",
    )
    command.add_argument("--pairs", action="store_true", help="write the weights of each rule as well")
    command.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    command.add_argument(
        "--since",
        metavar="EARLIER",
        type=arguments.path,
        help="a folder that an earlier run wrote: whoever has other evidence since then, and rules that are others, "
        "are evaluated anew, and the rest is taken over; what is written is the same",
    )
    command.add_argument(
        "--memory",
        metavar="SIZE",
        type=size,
        default=_GIGABYTE,
        help="memory that is used at most, as 800MB or 2GB (default: 1GB)",
    )
    command.add_argument("--threads", metavar="N", type=threads, default=2, help="threads (default: 2)")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    arguments.add_language(command)
    command.set_defaults(run=run)


def size(text: str) -> int:
    """An amount of memory in bytes."""
    found = _SIZE.fullmatch(text)
    count = int(found[1]) * (_MEGABYTE if found[2] == "MB" else _GIGABYTE) if found else 0
    if count < _LEAST:
        raise argparse.ArgumentTypeError(f"{text!r} does not do: write 600MB or more, as 800MB or 2GB")
    return count


def threads(text: str) -> int:
    """A number of threads."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:  # noqa: PLR2004 - more help nobody
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 64")
    return int(text)


def run(asked: argparse.Namespace) -> int:
    """Evaluate and write; 2 with the problems where something that was given is wrong."""
    from adjudge.app.changes import load_named
    from adjudge.bulk.model import Asked, How
    from adjudge.bulk.run import write_outcomes

    log, tongue, as_json = ProblemLog(), tongue_of(asked.lang), asked.format == "json"
    package = load_named(asked.package, log)
    if package is None:
        return report(log, tongue, as_json=as_json) or REFUSED_INPUT
    question = Asked(
        data=asked.folder,
        package=package,
        valid_at=asked.as_of,
        known_at=asked.known_at,
        territory=asked.territory,
        pairs=asked.pairs,
    )
    remarks = list[Said]()
    with _shown(tongue) as progress:
        how = How(
            memory=asked.memory,
            threads=asked.threads,
            resume=asked.resume,
            since=asked.since,
            progress=progress,
            remark=remarks.append,
        )
        written = write_outcomes(question, asked.output, log, how)
    if written is None:
        return report(log, tongue, as_json=as_json) or REFUSED_INPUT
    for remark in remarks:
        print(tongue.of(remark), file=sys.stderr if as_json else sys.stdout)
    if as_json:
        from adjudge.bulk.manifest import manifest_form

        print(json.dumps(manifest_form(written), ensure_ascii=False, indent=2))
    else:
        for line in _lines(written, str(asked.output), tongue):
            print(line)
    return 0


@contextmanager
def _shown(tongue: Tongue) -> "Iterator[Callable[[Progress], None]]":
    """How far it is, how fast, and how long it will take: on a terminal, and nowhere else."""
    from adjudge.bulk.model import silent

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def show(progress: "Progress") -> None:
            name = tongue.of(progress.stage)
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=progress.total, rate="")
            task = bar.tasks[tasks[name]]
            rate = tongue("{count} a second", count=int(task.speed)) if task.speed and task.speed > 1 else ""
            bar.update(tasks[name], completed=progress.done, total=progress.total, rate=rate)

        yield show


def _lines(written: "Written", output: str, tongue: Tongue) -> Iterator[str]:
    yield tongue("{path} is written.", path=output)
    yield "  " + tongue(
        "{name}, valid at {valid}, known at {known}",
        name=f"{written.package}@{written.version}",
        valid=str(written.valid_at),
        known=str(written.known_at),
    )
    yield "  " + tongue.plural("{count} subject", "{count} subjects", written.subjects)
    yield "  " + tongue.plural("{count} claim counts", "{count} claims count", written.claims)
    if written.unknown:
        yield "  " + tongue.plural(
            "{count} claim is about nobody in the data",
            "{count} claims are about nobody in the data",
            written.unknown,
        )
    yield "  " + tongue.plural(
        "{count} is for a person to decide", "{count} are for a person to decide", written.referred
    )
    yield from _rules(written, tongue)
    for item in written.failures:
        yield "  " + tongue.plural(
            "{rule}: {reason}: {count} subject",
            "{rule}: {reason}: {count} subjects",
            item.subjects,
            rule=item.rule,
            reason=item.reason,
        )


def _rules(written: "Written", tongue: Tongue) -> Iterator[str]:
    from adjudge.outcome import Verdict

    if not written.rules:
        yield "  " + tongue("no rule applies then and there")
        return
    width = max(len(rule.rule) for rule in written.rules)
    for rule in written.rules:
        counts = ", ".join(
            f"{verdict.value} {rule.verdicts[verdict]:,}" for verdict in Verdict if rule.verdicts.get(verdict)
        )
        yield f"  {rule.rule:<{width}}  {counts}"
