"""`adjudge backtest`: what another version of a policy would do to everybody in the data, before it is done."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import Said, say
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write, write_chunks, write_file
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.together import whole_folder
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.backtest.model import Findings
    from adjudge.backtest.outcomes import Outcomes
    from adjudge.backtest.question import Question
    from adjudge.backtest.tables import Tables
    from adjudge.language.package import Package

THINGS = ("run", "list", "explain")
"""The first may be left out."""
ENGINES = ("bulk", "point")
_MOST_SIGNATURES, _MOST_SECONDS, _MOST_ROWS = 100_000, 86_400, 1_000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "backtest",
        help="what another version of a policy would do to everybody in the data",
        description="Set two versions of a policy side by side on the same data: who changes and how, with what they "
        "spent; who is newly reached by one rule alone, newly without recourse, newly for a person to decide; which "
        "like cases come apart; which notices would be owed. `run` may be left out: adjudge backtest DIR --from P@v1 "
        "--to P@v2.",
    )
    kinds = command.add_subparsers(dest="thing", metavar="THING", required=True)
    _add_run(kinds)
    _add_list(kinds)
    _add_explain(kinds)


def _add_run(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "set two versions side by side"
    command: argparse.ArgumentParser = kinds.add_parser("run", help=told, description=told.capitalize() + ".")
    command.add_argument(
        "folder", metavar="DIR", type=arguments.path, help="a folder of an export, or of a population"
    )
    package = "a package file, a sealed file, or a version of a policy folder, written DIR@VERSION"
    command.add_argument("--from", dest="old", metavar="PACKAGE", required=True, help=f"before: {package}")
    command.add_argument("--to", dest="new", metavar="PACKAGE", required=True, help="after: the same")
    command.add_argument(
        "--as-of",
        metavar="DATE",
        type=arguments.instant,
        help="the valid time (default: the known time, or the day by which all rules that --to brings have begun)",
    )
    command.add_argument(
        "--known-at", metavar="DATE", type=arguments.instant, help="default: the known time of the data"
    )
    command.add_argument(
        "--territory",
        metavar="CC",
        type=arguments.country,
        help="a country, as US (default: every rule applies)",
    )
    command.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        help="what evaluates (default: bulk); the same either way",
    )
    command.add_argument(
        "--signatures",
        metavar="N",
        type=_number(_MOST_SIGNATURES),
        default=200,
        help="distinct evidences for which recourse is searched at most (default: 200)",
    )
    command.add_argument(
        "--seconds",
        metavar="N",
        type=_number(_MOST_SECONDS),
        default=20,
        help="seconds for which recourse is searched at most (default: 20)",
    )
    command.add_argument(
        "--rows",
        metavar="N",
        type=_number(_MOST_ROWS),
        default=10,
        help="rows that the page shows behind each number (default: 10)",
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="form (default: text)")
    command.add_argument("--html", metavar="FILE", type=arguments.path, help="write the report as one page")
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        type=arguments.path,
        help="a folder, which does not exist yet, for report and lists",
    )
    arguments.add_language(command)
    command.set_defaults(run=run)


def _add_list(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "list the subjects behind a number"
    command: argparse.ArgumentParser = kinds.add_parser(
        "list",
        help=told,
        description="List the subjects behind a number of a report: its cell stands beside it in the JSON form and in "
        "the page, as kind=ad,change=released.",
    )
    command.add_argument("folder", metavar="OUT", type=arguments.path, help="a folder of a backtest")
    command.add_argument("--cell", metavar="CELL", required=True, help="columns with their values")
    command.add_argument(
        "--format", choices=("text", "csv", "json", "parquet"), default="text", help="form (default: text)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    arguments.add_language(command)
    command.set_defaults(run=run_list)


def _add_explain(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "explain one subject, before and after"
    command: argparse.ArgumentParser = kinds.add_parser(
        "explain",
        help=told,
        description="Explain why a subject changes or does not: every rule of both versions that says something of it, "
        "part by part, with the claims that speak there.",
    )
    command.add_argument("folder", metavar="OUT", type=arguments.path, help="a folder of a backtest")
    command.add_argument("subject", metavar="SUBJECT", help="a subject of the data")
    command.add_argument(
        "--data", metavar="DIR", type=arguments.path, help="where the data lie now (default: where they lay)"
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="form (default: text)")
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    arguments.add_language(command)
    command.set_defaults(run=run_explain)


def _number(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {most}")
        return int(text)

    return read


# --- run ---


def run(asked: argparse.Namespace) -> int:
    """Count and write; 2 with the problems where something that was given is wrong."""
    from adjudge.app.changes import load_named
    from adjudge.backtest.folder import sealed_text

    log, tongue, as_json = ProblemLog(), tongue_of(asked.lang), asked.format == "json"
    old, new = load_named(asked.old, log), load_named(asked.new, log)
    sealed = [sealed_text(package, log) for package in (old, new) if package is not None]
    _refuse_existing(asked.output, log)
    if old is None or new is None or log.refuses:
        return report(log, tongue, as_json=as_json) or REFUSED_INPUT
    with tempfile.TemporaryDirectory(prefix="adjudge-") as spill:
        code = _run_in(Path(spill), asked, (old, new), [text or "" for text in sealed], log)
    return code or report_nothing(log, tongue, as_json=as_json)


def report_nothing(log: ProblemLog, tongue: Tongue, *, as_json: bool) -> int:
    """The problems, where there are any."""
    return (report(log, tongue, as_json=as_json) or REFUSED_INPUT) if log.refuses else 0


def _refuse_existing(out: Path | None, log: ProblemLog) -> None:
    if out is not None and out.exists() and not (out.is_dir() and not any(out.iterdir())):
        message = say("{path} exists already", path=str(out))
        log.add("already-there", message, where=str(out), hint=say("name a folder that does not exist yet"))


def _run_in(
    spill: Path,
    asked: argparse.Namespace,
    packages: "tuple[Package, Package]",
    sealed: list[str],
    log: ProblemLog,
) -> int:
    from adjudge.backtest.data import check_known_at, open_data
    from adjudge.backtest.question import Bounds
    from adjudge.backtest.question import asked as question_of
    from adjudge.backtest.run import Means, backtest
    from adjudge.backtest.tables import database

    tongue = tongue_of(asked.lang)
    data = open_data(asked.folder, spill, log)
    if data is not None:
        check_known_at(data, asked.known_at, log)
    if data is None or log.refuses:
        return 0
    question = question_of(
        *packages,
        data_known_at=data.known_at,
        valid_at=asked.as_of,
        known_at=asked.known_at,
        territory=asked.territory,
        bounds=Bounds(signatures=asked.signatures, seconds=asked.seconds, rows=asked.rows),
    )
    with (
        database(spill) as connection,
        _shown(tongue) as progress,
        _engine(asked.engine, data.export.folder, spill, packages) as outcomes,
    ):
        means = Means(
            connection=connection,
            source=data.export,
            outcomes=outcomes,
            clock=time.monotonic_ns,
            progress=progress,
            data=data.digest,
        )
        found, tables = backtest(question, means)
        progress(say("writing"))
        _write(found, tables, asked, sealed)
    return 0


@contextmanager
def _engine(name: str, folder: Path, spill: Path, packages: "Sequence[Package]") -> "Iterator[Outcomes]":
    if name == "point":
        from adjudge.backtest.by_batch import ByBatch

        yield ByBatch()
        return
    from adjudge.backtest.by_bulk import ByBulk

    with ByBulk(folder, spill, packages) as outcomes:
        yield outcomes


@contextmanager
def _shown(tongue: Tongue) -> Iterator[Callable[[Said], None]]:
    """How far it is: on a terminal, and nowhere else."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda said: status.update(tongue.of(said))


def _write(found: "Findings", tables: "Tables", asked: argparse.Namespace, sealed: list[str]) -> None:
    """The folder first, whole or not at all; then the page, then what is printed."""
    from adjudge.backtest.forms.html import report_html
    from adjudge.backtest.forms.json_form import findings_json
    from adjudge.backtest.forms.report import report_view
    from adjudge.backtest.forms.text import report_text
    from adjudge.backtest.lists import make_lists

    tongue = tongue_of(asked.lang)
    view = report_view(found, tongue)
    make_lists(tables)
    out = str(asked.output) if asked.output is not None else ""
    page = report_html(found, view, tables, tongue, folder=out) if out or asked.html is not None else ""
    if asked.output is not None:
        _write_folder(found, tables, asked, page, sealed)
    if asked.html is not None:
        write_file(asked.html, page)
    if asked.format == "json":
        write(findings_json(found), None)
        return
    write(report_text(view, tongue, width=width(), colour=is_terminal()), None)
    for line in _where(asked, tongue):
        print(line)


def _write_folder(
    found: "Findings", tables: "Tables", asked: argparse.Namespace, page: str, sealed: list[str]
) -> None:
    from adjudge.backtest.folder import NEW, OLD, PAGE, REPORT, report_text
    from adjudge.backtest.lists import write_lists

    with whole_folder(asked.output) as folder:
        write_lists(tables, folder)
        texts = {
            REPORT: report_text(found, asked.folder),
            PAGE: page,
            OLD: sealed[0],
            NEW: sealed[1],
        }
        for name, text in texts.items():
            write_file(folder / name, text)


def _where(asked: argparse.Namespace, tongue: Tongue) -> Iterator[str]:
    yield ""
    if asked.output is None:
        yield tongue("Name a folder with `-o` to keep the lists behind these numbers.")
    else:
        yield tongue("{path} is written.", path=str(asked.output))
        command = f"adjudge backtest list {asked.output} --cell kind=advertiser,change=restricted"
        yield tongue("A list behind a number: `{command}`", command=command)
        command = f"adjudge backtest explain {asked.output} SUBJECT"
        yield tongue("Why a subject changes: `{command}`", command=command)
    if asked.html is not None:
        yield tongue("{path} is written.", path=str(asked.html))


# --- list ---


def run_list(asked: argparse.Namespace) -> int:
    """Write the list of a cell; 2 with the problems where there is none such."""
    from adjudge.backtest.cells import read_cell
    from adjudge.backtest.folder import is_report
    from adjudge.backtest.lists import csv_of, json_of, lists_of

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    cell = read_cell(asked.cell, log)
    if asked.format == "parquet" and asked.output is None:
        message = say("Parquet is not for a terminal")
        log.add("bad-value", message, where="--format", hint=say("name a file with `-o`"))
    if not is_report(asked.folder, log) or cell is None or log.refuses:
        return report(log, tongue, as_json=asked.format == "json") or REFUSED_INPUT
    with lists_of(asked.folder) as lists:
        if asked.format == "parquet":
            _write_parquet(asked.output, lambda path: lists.write(cell, path))
            return 0
        columns = lists.columns(cell)
        if asked.format == "text":
            from adjudge.backtest.forms.rows import rows_text

            pieces = rows_text(lists, cell, tongue)
        else:
            rows = lists.rows(cell)
            pieces = csv_of(columns, rows) if asked.format == "csv" else json_of(rows)
        if asked.output is not None:
            write_chunks(asked.output, (piece.encode() for piece in pieces))
        else:
            for piece in pieces:
                print(piece, end="")
    return 0


def _write_parquet(path: Path, make: Callable[[Path], None]) -> None:
    """The file, whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        made = Path(folder) / "list.parquet"
        make(made)
        with made.open("rb") as stream:
            write_chunks(path, iter(lambda: stream.read(1 << 20), b""))


# --- explain ---


def run_explain(asked: argparse.Namespace) -> int:
    """Explain a subject; 2 with the problems where there is nothing to explain."""
    from adjudge.backtest.folder import read_asked

    log, tongue, as_json = ProblemLog(), tongue_of(asked.lang), asked.format == "json"
    given = read_asked(asked.folder, log)
    if given is None:
        return report(log, tongue, as_json=as_json) or REFUSED_INPUT
    with tempfile.TemporaryDirectory(prefix="adjudge-") as spill:
        text = _explained(Path(spill), asked, given.question, (given.data, given.digest), log)
    if text is None:
        return report(log, tongue, as_json=as_json) or REFUSED_INPUT
    write(text, asked.output)
    return 0


def _explained(
    spill: Path,
    asked: argparse.Namespace,
    question: "Question",
    data: tuple[Path, str],
    log: ProblemLog,
) -> str | None:
    from adjudge.backtest.data import open_data
    from adjudge.backtest.explaining import explained
    from adjudge.backtest.lists import lists_of
    from adjudge.backtest.tables import subject_of

    tongue = tongue_of(asked.lang)
    folder, digest = asked.data or data[0], data[1]
    with lists_of(asked.folder) as lists:
        row = lists.row_of(asked.subject)
    if row is None:
        message = say("the data hold no subject {subject}", subject=quoted(asked.subject))
        hint = say("list subjects with `adjudge backtest list`")
        log.add("unknown-subject", message, where=str(asked.folder), hint=hint)
        return None
    found = open_data(folder, spill, log)
    if found is None:
        return None
    if found.digest != digest:
        message = say("the data are no longer those that the backtest read")
        hint = say("name those with `--data`, or run the backtest again")
        log.add("altered-data", message, where=str(folder), hint=hint)
        return None
    subject = subject_of(row["subject"], row["kind"], row["advertiser"])
    (item,) = explained(question, found.export, [subject])
    if asked.format == "json":
        from adjudge.backtest.forms.explained_json import explained_json

        return explained_json(item, question, tongue)
    from adjudge.backtest.forms.explained import explained_view
    from adjudge.backtest.forms.explained_text import explained_text

    return explained_text(explained_view(item, tongue), tongue, width())
