"""`adjudge log`: the log for those outside; exported whole, signed as it is now, or proven for one thing."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli.output import write_chunks
from adjudge.cli.session import (
    PAGE,
    Session,
    add_below,
    add_output,
    at_most,
    refuse,
    refuse_existing,
    table,
)
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.institution.record.audit.check import Audited
    from adjudge.ledger.entry import Entry

UNFIT = 1
"""Exit code where something is not what the log says."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "log",
        help="the log: show, export, sign a checkpoint, make a receipt",
        description="The log of everything that was said and done. What is written here is verified by `adjudge "
        "verify`, without this program's records and by anyone.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "show", _show, "show entries, oldest first, and the public key of the log")
    below.add_argument(
        "--of", metavar="ID", default="", help="about this matter, decision, person or version"
    )
    below.add_argument("--from", dest="first", metavar="SEQ", type=int, default=0, help="from this number on")
    below.add_argument(
        "--most", metavar="N", type=at_most, default=PAGE, help="how many at most (default: %(default)s)"
    )
    below = add_below(kinds, "export", _export, "write the whole log to a new file")
    add_output(below, "the file, which is not there yet (default: standard output)")
    below.add_argument(
        "--without-parts", action="store_true", help="leave out what is sealed beside the entries"
    )
    add_output(
        add_below(kinds, "checkpoint", _checkpoint, "sign the log as it is now"),
        "write the checkpoint to a new file",
    )
    add_below(
        kinds,
        "check",
        _check,
        "hold everything that is kept to the log; exit with 1 where something does not fit",
    )
    below = add_below(kinds, "receipt", _receipt, "prove the last entry about something")
    below.add_argument("id", metavar="ID", help="a matter, decision, claim, document, person or version")
    add_output(below, "write the receipt to a new file")


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.record.log import read_entries

    found = read_entries(
        session.house, session.actor, first=max(asked.first, 0), most=asked.most + 1, subject=asked.of
    )
    entries, tongue = found[: asked.most], session.tongue
    key = str(session.signer.verifier)
    more = [tongue("There are more: go on with {option}.", option=f"--from {entries[-1].seq + 1}")]
    lines = [
        tongue("The public key of the log: {key}", key=key),
        *table([entry_cells(entry) for entry in entries]),
        *(more if len(found) > len(entries) else ()),
    ]
    return session.tell(lines, {"key": key, "entries": [entry.form for entry in entries]})


def entry_cells(entry: "Entry") -> tuple[str, ...]:
    """An entry as a line of a table."""
    return str(entry.seq), str(entry.at), entry.kind, entry.subject, entry.actor


def _export(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.record.log import Exported, export_log

    wanted = Exported(signer=session.signer, parts_included=not asked.without_parts)
    return _written(session, asked, lambda: export_log(session.house, session.actor, wanted))


def _checkpoint(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.record.log import checkpoint

    return _written(
        session, asked, lambda: [checkpoint(session.house, session.actor, session.signer).note.encode()]
    )


def _receipt(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.record.log import receipt
    from adjudge.ledger.receipt import receipt_bytes

    return _written(
        session,
        asked,
        lambda: [receipt_bytes(receipt(session.house, session.actor, asked.id, session.signer))],
    )


def _check(session: Session, _: argparse.Namespace) -> int:
    from adjudge.institution.record.audit.check import check_log

    found = check_log(session.house, session.actor, session.signer.verifier)
    form = {
        "entries": found.entries,
        "signed": found.signed,
        "rows": found.rows,
        "silent_parts": found.silent,
        "findings": [
            {"where": item.where, "entry": item.entry, "message": session.tongue.of(item.message)}
            for item in found.findings
        ],
    }
    session.tell(_check_lines(found, session.tongue), form)
    return UNFIT if found.findings else 0


def _check_lines(found: "Audited", tongue: Tongue) -> Iterator[str]:
    for item in found.findings:
        yield tongue("{where}: {message}", where=item.where, message=item.message)
    yield tongue.plural(
        "{count} entry is held to the tree; a checkpoint covers {signed}.",
        "{count} entries are held to the tree; a checkpoint covers {signed}.",
        found.entries,
        signed=tongue.number(found.signed),
    )
    yield tongue.plural(
        "{count} row is held to the entries.", "{count} rows are held to the entries.", found.rows
    )
    if found.silent:
        yield tongue.plural(
            "{count} sealed part is gone: what it said could not be compared.",
            "{count} sealed parts are gone: what they said could not be compared.",
            found.silent,
        )
    if found.findings:
        yield tongue.plural(
            "DIFFERENT: {count} thing is not what the log says.",
            "DIFFERENT: {count} things are not what the log says.",
            len(found.findings),
        )
    else:
        yield tongue("SAME: everything that is kept is what the log says.")


def _written(session: Session, asked: argparse.Namespace, make: Callable[[], Iterable[bytes]]) -> int:
    """Write what is made, as it comes, to a new file or to standard output; asked for only where it can be written."""
    if asked.output is None:
        for chunk in make():
            sys.stdout.write(chunk.decode())
        return 0
    log = ProblemLog()
    refuse_existing(asked.output, log)
    if log.problems:
        return refuse(session, log)
    write_chunks(asked.output, make())
    file = str(asked.output)
    return session.tell([session.tongue("{file} is written.", file=file)], {"file": file})
