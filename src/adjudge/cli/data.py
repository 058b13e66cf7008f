"""`adjudge data`: rows of files brought in by a mapping, and the institution's data given out as tables."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adjudge.basis.problem import LIMIT, ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import why, write_chunks
from adjudge.cli.problems import count_text, problem_text, report
from adjudge.cli.session import Session, add_below, add_reason, refuse, refuse_existing, tell
from adjudge.cli.together import whole_folder
from adjudge.errors import UnavailableError
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.facts.vocabulary import Vocabulary
    from adjudge.institution.data.importing import Coming, Told
    from adjudge.interchange.incoming.examine import Looked
    from adjudge.interchange.incoming.mapping import Brings, RowMapping
    from adjudge.interchange.tables.manifest import Manifest

BRINGS = ("subjects", "claims", "spend")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "data",
        help="bring data in from files, and give them out as tables",
        description="Bring in subjects, claims and spend from CSV, JSON Lines or an export, and export the data as "
        "known at a time, in the layout adjudge-data/1.",
    )
    kinds = command.add_subparsers(dest="thing", metavar="THING", required=True)
    _add_import(kinds)
    _add_export(kinds)
    _add_tables(kinds)
    _add_validate(kinds)


def _add_import(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = add_below(kinds, "import", run_import, "bring in subjects, claims or spend from files")
    command.description = (
        "Bring in subjects, claims or spend from CSV or JSON Lines by a mapping file, or from an export. Every row is "
        "looked at first; where one is refused, nothing of its file comes in. What is here already is not brought in "
        "twice, so that a run that was cut off is simply given again."
    )
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=arguments.path, help="a CSV or JSON Lines file, or an export"
    )
    command.add_argument(
        "--mapping",
        metavar="FILE",
        type=arguments.path,
        help="how columns become fields; exports need none",
    )
    command.add_argument(
        "--kind",
        choices=BRINGS,
        help="what the rows are about (default: as the mapping says; of an export, all)",
    )
    command.add_argument(
        "--policy", metavar="ID", help="the policy by whose vocabulary claims are read; claims need one"
    )
    command.add_argument("--delimiter", metavar="CHAR", type=_delimiter, help="default: told by the header")
    command.add_argument("--dry-run", action="store_true", help="look at the rows, and bring nothing in")
    command.add_argument(
        "--skip-bad",
        metavar="FILE",
        type=arguments.path,
        help="bring in the other rows, and write those that are refused, with the reasons, to this file (JSON Lines)",
    )
    command.add_argument(
        "--synthetic",
        action="store_true",
        help="take an export in although it is invented (adjudge synth); it is refused otherwise",
    )
    add_reason(command)


def _add_export(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = add_below(kinds, "export", run_export, "export the data as known at a time, as Parquet")
    command.description = (
        "Export the data as known at a time, as Parquet; or, with --advertiser, all that is kept of one advertiser and "
        "that it may see, as one archive: its people may always take it out, administrators for any."
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="DIR|FILE",
        type=arguments.path,
        required=True,
        help="the folder, or with --advertiser the archive (.zip), which does not exist yet",
    )
    command.add_argument(
        "--advertiser", metavar="ID", default="", help="all that is kept of this advertiser, and nothing else"
    )
    command.add_argument(
        "--known-at",
        "--as-of",
        dest="known_at",
        metavar="DATE",
        type=arguments.instant,
        help="as known at this time (default: now)",
    )
    command.add_argument(
        "--policy", metavar="ID", default="", help="only claims that this policy can read, and its decisions"
    )


def _add_tables(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command: argparse.ArgumentParser = kinds.add_parser(
        "tables",
        help="write a population folder as an export",
        description="Write the subjects, documents and claims of a population folder in the layout of an export, for "
        "bulk and backtest. Its decisions are left out, since too little is known of them. Needs no institution.",
    )
    command.add_argument(
        "folder", metavar="POPULATION", type=arguments.path, help="a folder with a population.yaml"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=arguments.path,
        required=True,
        help="the folder, which does not exist yet",
    )
    command.add_argument(
        "--known-at",
        metavar="DATE",
        type=arguments.instant,
        help="as known at this time (default: when all that the folder says was known)",
    )
    command.add_argument(
        "--policies", metavar="DIR", type=arguments.path, help="where policies lie (default: found)"
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    arguments.add_language(command)
    command.set_defaults(run=run_tables)


def _add_validate(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "say what is wrong with an export, by row"
    command: argparse.ArgumentParser = kinds.add_parser(
        "validate", help=told, description=told[:1].upper() + told[1:] + ". Needs no institution."
    )
    command.add_argument("folder", metavar="DIR", type=arguments.path, help="a folder of an export")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    arguments.add_language(command)
    command.set_defaults(run=run_validate)


def _delimiter(text: str) -> str:
    from adjudge.interchange.incoming.mapping_reader import is_delimiter

    found = "\t" if text in {"\\t", "tab"} else text
    if not is_delimiter(found):
        raise argparse.ArgumentTypeError(f"{text!r} is no delimiter: write one character, or tab")
    return found


# --- import ---


@dataclass(slots=True)
class _Import:
    """An import under way: what came of each file, and everything that is wrong."""

    session: Session
    asked: argparse.Namespace
    log: ProblemLog = field(default_factory=ProblemLog)
    told: list[tuple[str, "Told"]] = field(default_factory=list)


def run_import(session: Session, asked: argparse.Namespace) -> int:
    """Bring files in; 2 where something of them was refused and nobody said that it may be left out."""
    under_way = _Import(session, asked)
    mapping = _mapping(under_way) if asked.mapping is not None else None
    if asked.skip_bad is not None:
        refuse_existing(asked.skip_bad, under_way.log)
    if under_way.log.problems:
        return refuse(session, under_way.log)
    vocabulary = _vocabulary(session, asked)
    with _refused_rows(asked.skip_bad) as left_out:
        for path in asked.files:
            for coming in _comings(under_way, path, mapping, vocabulary):
                _bring(under_way, coming, vocabulary, left_out)
    return _tell_import(under_way)


def _mapping(under_way: _Import) -> "RowMapping | None":
    from adjudge.app.files import read_yaml_file
    from adjudge.interchange.incoming.mapping_reader import read_mapping

    asked, log = under_way.asked, under_way.log
    node = read_yaml_file(asked.mapping, log)
    mapping = read_mapping(node, log) if node is not None else None
    if mapping is None:
        return None
    if asked.kind is not None and mapping.brings.value != asked.kind:
        message = say("the mapping is of {kind}", kind=mapping.brings.value)
        log.add(
            "bad-value",
            message,
            where=str(asked.mapping),
            hint=say("name another mapping, or leave `--kind`"),
        )
    return replace(mapping, delimiter=asked.delimiter or mapping.delimiter)


def _vocabulary(session: Session, asked: argparse.Namespace) -> "Vocabulary | None":
    from adjudge.institution.data.importing import policy_vocabulary

    if asked.policy is None:
        return None
    return policy_vocabulary(session.house, session.actor, asked.policy)


def _comings(
    under_way: _Import, path: Path, mapping: "RowMapping | None", vocabulary: "Vocabulary | None"
) -> "Iterator[Coming]":
    """What a path brings: the rows of a file, or the tables of an export."""
    from adjudge.interchange.incoming.mapping import Brings

    log = under_way.log
    if path.is_dir():
        yield from _of_export(
            under_way, path, [Brings(under_way.asked.kind)] if under_way.asked.kind else list(Brings)
        )
    elif mapping is None:
        hint = say("name a mapping file with `--mapping`")
        message = say("nothing says how the columns become fields")
        log.add("missing-key", message, where=str(path), hint=hint)
    elif mapping.brings is Brings.CLAIMS and vocabulary is None:
        _report_no_policy(path, log)
    else:
        yield _of_file(path, mapping, vocabulary)


def _report_no_policy(path: Path, log: ProblemLog) -> None:
    message = say("claims are read by the vocabulary of a policy, and none was named")
    log.add("unknown-package", message, where=str(path), hint=say("name the policy with `--policy`"))


def _of_file(path: Path, mapping: "RowMapping", vocabulary: "Vocabulary | None") -> "Coming":
    from adjudge.institution.data.importing import Coming
    from adjudge.interchange.incoming.files import filled_rows

    facts = {str(name): fact for name, fact in vocabulary.facts.items()} if vocabulary else {}
    return Coming(
        name=str(path),
        brings=mapping.brings,
        read=lambda log: filled_rows(path, mapping, facts, log),
        documents=lambda ids: [item for item in mapping.documents if item.get("id") in ids],
    )


def _of_export(under_way: _Import, folder: Path, kinds: "Sequence[Brings]") -> "Iterator[Coming]":
    """The tables of an export that is sound: what is wrong with it is said before anything comes in."""
    from adjudge.institution.data.importing import Coming
    from adjudge.interchange.incoming.mapping import Brings
    from adjudge.interchange.tables.to_objects import TABLE_OF, documents_from, filled_from
    from adjudge.interchange.tables.validate import validate

    log = ProblemLog()
    found = validate(folder, log)
    _merge(log, under_way.log)
    if found is None or log.refuses or _is_unasked_invention(under_way, folder, found):
        return
    for brings in kinds:
        if brings is Brings.CLAIMS and under_way.asked.policy is None:
            if found.tables["claims"].rows:
                _report_no_policy(folder, under_way.log)
            continue
        yield Coming(
            name=str(folder / TABLE_OF[brings].file),
            brings=brings,
            read=lambda _, brings=brings: filled_from(folder, brings),  # type: ignore[misc]  # bound as it is now
            documents=lambda ids: documents_from(folder, ids),
        )


def _is_unasked_invention(under_way: _Import, folder: Path, found: "Manifest") -> bool:
    """Whether the data are invented and nobody said that such are wanted; then that is a problem."""
    from adjudge.synthetic.labels import is_synthetic

    if under_way.asked.synthetic or not is_synthetic(folder, found):
        return False
    message = say("the data are synthetic: they are invented, and about nobody")
    hint = say("take them into an institution for trials only, with `--synthetic`")
    under_way.log.add("synthetic-data", message, where=str(folder), hint=hint)
    return True


def _bring(
    under_way: _Import, coming: "Coming", vocabulary: "Vocabulary | None", left_out: "_Refused | None"
) -> None:
    from adjudge.institution.data.importing import How, import_file
    from adjudge.interchange.incoming.row import place_of

    asked, tongue, log = under_way.asked, under_way.session.tongue, ProblemLog()

    def refused(looked: "Looked") -> None:
        if left_out is not None:
            left_out.write(coming.name, looked, tongue)
            return
        for flaw in looked.flaws:
            place = place_of(coming.name, looked.filled.number, flaw.columns)
            log.add(flaw.code, flaw.message, where=place, hint=flaw.hint)

    how = How(
        reason=asked.reason,
        vocabulary=vocabulary,
        dry_run=asked.dry_run,
        skip_bad=left_out is not None,
        refused=refused,
        looked=lambda rows: _show(tongue.plural("{count} row looked at", "{count} rows looked at", rows)),
        progress=lambda rows: _show(tongue.plural("{count} row brought in", "{count} rows brought in", rows)),
    )
    told = import_file(under_way.session.house, under_way.session.actor, coming, how, log)
    _show("")
    under_way.told.append((coming.name, told))
    _merge(log, under_way.log)


def _merge(found: ProblemLog, into: ProblemLog) -> None:
    """Problems of one file beside those of the others: as many as a log holds, and the rest counted."""
    room = max(0, LIMIT - len(into.problems))
    into.problems.extend(found.problems[:room])
    into.left_out += found.left_out + len(found.problems[room:])


def _show(text: str) -> None:
    """How far it is, on a terminal and nowhere else; the line is written over."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


class _Refused:
    """Where rows that are refused are written, with the reasons."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - a text file
        self.stream = stream

    def write(self, file: str, looked: "Looked", tongue: Tongue) -> None:
        """Write a row. JSON has no formulas: what a spreadsheet would run stays a text."""
        problems = [
            {
                "code": flaw.code,
                "message": tongue.of(flaw.message),
                "hint": tongue.of(flaw.hint),
                "columns": list(flaw.columns),
            }
            for flaw in looked.flaws
        ]
        form = {
            "file": file,
            "row": looked.filled.number,
            "problems": problems,
            "cells": dict(looked.filled.cells),
        }
        self.stream.write(json.dumps(form, ensure_ascii=False, default=str) + "\n")


@contextmanager
def _refused_rows(path: Path | None) -> Iterator[_Refused | None]:
    """The file of refused rows; there under its name when all is written, and not before."""
    if path is None:
        yield None
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("w", encoding="utf-8") as stream:
            yield _Refused(stream)
        temporary.replace(path)
    except OSError as error:
        message = say("{path} cannot be written: {reason}", path=str(path), reason=why(error))
        hint = say("check the folder, its permissions and the space on the disk")
        raise UnavailableError(message, hint=hint) from error
    finally:
        temporary.unlink(missing_ok=True)


def _tell_import(under_way: _Import) -> int:
    """Say what came of each file, and what is wrong."""
    session, asked, log = under_way.session, under_way.asked, under_way.log
    if session.as_json:
        from adjudge.app.exchange import problem_form

        form = {
            "dry_run": asked.dry_run,
            "files": [_told_form(name, told) for name, told in under_way.told],
            "problems": [problem_form(problem, session.tongue.of) for problem in log.problems],
            "left_out": log.left_out,
        }
        print(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        for problem in log.problems:
            print(problem_text(problem, session.tongue) + "\n", file=sys.stderr)
        if log.problems:
            print(count_text(log, session.tongue), file=sys.stderr)
        tell(_told_lines(under_way), None, as_json=False)
    return 2 if log.refuses else 0


def _told_form(name: str, told: "Told") -> dict[str, object]:
    return {
        "file": name,
        "rows": told.rows,
        "taken": told.taken,
        "refused": told.refused,
        "brought": told.brought,
        "known": told.known,
        "entries": told.entries,
    }


def _told_lines(under_way: _Import) -> Iterable[str]:
    tongue = under_way.session.tongue
    for name, told in under_way.told:
        yield tongue(
            "{file}: {rows} rows read, {taken} fit, {refused} refused",
            file=name,
            rows=told.rows,
            taken=told.taken,
            refused=told.refused,
        )
        if told.refused and under_way.asked.skip_bad is None:
            yield "  " + tongue("nothing of it comes in")
            continue
        known = tongue.plural("{count} here already", "{count} here already", told.known)
        if under_way.asked.dry_run:
            new = tongue.plural("{count} would come in", "{count} would come in", told.brought)
        else:
            new = tongue.plural("{count} brought in", "{count} brought in", told.brought)
        yield f"  {new}; {known}"


# --- export ---


def run_export(session: Session, asked: argparse.Namespace) -> int:
    """Export; the folder is there whole or not at all."""
    from adjudge.institution.data.exporting import Asked, export_data

    log = ProblemLog()
    refuse_existing(asked.output, log)
    if asked.advertiser and (asked.known_at is not None or asked.policy):
        message = say("what is kept of one advertiser is given out whole, as of now")
        log.add("bad-value", message, hint=say("leave out `--known-at` and `--policy`"))
    if log.problems:
        return refuse(session, log)
    if asked.advertiser:
        return _own_export(session, asked)
    wanted = Asked(known_at=asked.known_at, policy=asked.policy)
    with whole_folder(asked.output) as folder:
        manifest = export_data(session.house, session.actor, session.signer, folder, wanted)
    return session.tell(_manifest_lines(manifest, session.tongue), _manifest_form(manifest))


def _own_export(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.data.own.export import own_export

    pieces = own_export(session.house, session.actor, session.signer, asked.advertiser, session.tongue.code)
    write_chunks(asked.output, pieces)
    file = str(asked.output)
    return session.tell([session.tongue("{file} is written.", file=file)], {"file": file})


def _manifest_lines(manifest: "Manifest", tongue: Tongue) -> Iterator[str]:
    yield tongue("As known on {day}:", day=manifest.known_at)
    for name, listed in manifest.tables.items():
        yield "  " + tongue.plural("{table}: {count} row", "{table}: {count} rows", listed.rows, table=name)
    made = manifest.population
    if made is not None:
        yield tongue("Made from the population {population}.", population=made.id)
        if made.decisions_left_out:
            yield tongue.plural(
                "{count} decision stayed there: too little is known of it for the table.",
                "{count} decisions stayed there: too little is known of them for the table.",
                made.decisions_left_out,
            )


def _manifest_form(manifest: "Manifest") -> dict[str, object]:
    tables = {name: {"rows": item.rows, "digest": item.digest} for name, item in manifest.tables.items()}
    form: dict[str, object] = {"known_at": str(manifest.known_at), "tables": tables}
    made = manifest.population
    if made is not None:
        form["population"] = {
            "id": made.id,
            "as_of": str(made.as_of),
            "decisions_left_out": made.decisions_left_out,
        }
    return form


def run_tables(asked: argparse.Namespace) -> int:
    """Write a population as tables; the folder is there whole or not at all."""
    from adjudge.interchange.tables.from_population import population_for_tables, write_tables

    log, tongue, as_json = ProblemLog(), tongue_of(asked.lang), asked.format == "json"
    refuse_existing(asked.output, log)
    population = population_for_tables(asked.folder, log, asked.policies)
    if population is None or log.refuses:
        return report(log, tongue, as_json=as_json)
    with whole_folder(asked.output) as folder:
        manifest = write_tables(population, folder, asked.known_at)
    tell(_manifest_lines(manifest, tongue), _manifest_form(manifest), as_json=as_json)
    return 0


def run_validate(asked: argparse.Namespace) -> int:
    """Validate; 2 with everything that is wrong."""
    from adjudge.interchange.tables.validate import validate
    from adjudge.synthetic.labels import is_synthetic

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    manifest = validate(asked.folder, log)
    if manifest is None or log.problems:
        return report(log, tongue, as_json=asked.format == "json")
    invented = is_synthetic(asked.folder, manifest)
    lines = list(_manifest_lines(manifest, tongue))
    if invented:
        lines.insert(0, tongue("The data are synthetic: they are invented, and about nobody."))
    form = {"problems": [], "synthetic": invented, **_manifest_form(manifest)}
    tell(lines, form, as_json=asked.format == "json")
    return 0
