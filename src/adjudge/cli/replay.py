"""`adjudge replay`: a recorded decision made again by the spec, from the records or from an exported log alone."""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import why
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.session import Session, add_actor, in_session, tell
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.record.replay import Replayed
    from adjudge.ledger.entry import Entry
    from adjudge.ledger.log_file import Read
    from adjudge.ledger.part import Part

DIFFERENT = 1
"""Exit code where what is found again is not what was recorded."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "replay",
        help="make a recorded decision again, and compare",
        description="Make a recorded decision again from what the log said before it, by the spec, and compare it byte "
        "for byte with what was recorded. With --log, from an exported log alone, which is verified first: no database "
        "and no key are needed. Exit with 1 where they differ.",
    )
    command.add_argument("decision", metavar="DECISION", help="the decision's id, as X-000015")
    command.add_argument("--log", metavar="FILE", type=arguments.path, help="an exported log")
    add_actor(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Replay; 1 where it differs."""
    if asked.log is not None:
        return _from_log(asked)
    return in_session(asked, lambda session: _from_records(session, asked.decision))


def _from_records(session: Session, decision: str) -> int:
    from adjudge.institution.record.replay import replay

    found = replay(session.house, session.actor, decision)
    return _tell(found, session.tongue, as_json=session.as_json)


def _from_log(asked: argparse.Namespace) -> int:
    log, tongue = ProblemLog(), tongue_of(asked.lang)
    try:
        with asked.log.open("rb") as stream:
            found = _verified(stream, asked.log, asked.decision, log)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else say("the path cannot be used")
        message = say("cannot be read: {reason}", reason=reason)
        log.add(
            "unreadable-file", message, where=str(asked.log), hint=say("check the path and the permissions")
        )
        found = None
    if found is None:
        return report(log, tongue, as_json=asked.format == "json") or REFUSED_INPUT
    return _tell(found, tongue, as_json=asked.format == "json")


def _verified(stream: BinaryIO, path: Path, decision: str, log: ProblemLog) -> "Replayed | None":
    """Replayed from a log that holds; a problem where it does not, or knows no such decision."""
    from adjudge.institution.record.replay import replay_entries
    from adjudge.ledger.log_file import read_lines
    from adjudge.ledger.verify_log import verify_log

    checked = verify_log(stream)
    if not (checked.is_verified or checked.lacks_parts_only):
        hint = say("ask `adjudge verify` what is wrong with it")
        log.add("not-verified", say("the log does not hold"), where=str(path), hint=hint)
        return None
    stream.seek(0)
    found = replay_entries(_entries(read_lines(stream)), decision)
    if found is None:
        message = say("the log holds no issued decision of this id")
        log.add("unknown-decision", message, where=str(path), hint=say("check the id, or take the log anew"))
    return found


def _entries(lines: "Iterable[Read]") -> "Iterator[tuple[Entry, Part | None]]":
    """Each entry with the first of its sealed parts."""
    from adjudge.ledger.entry import Entry
    from adjudge.ledger.part import Part

    entry: Entry | None = None
    part: Part | None = None
    for line in lines:
        match line.found:
            case Entry():
                if entry is not None:
                    yield entry, part
                entry, part = line.found, None
            case Part():
                part = part or line.found
            case _:
                pass
    if entry is not None:
        yield entry, part


def _tell(found: "Replayed", tongue: Tongue, *, as_json: bool) -> int:
    form = {
        "decision": found.decision,
        "entry": found.entry,
        "same": found.same,
        "recorded": json.loads(found.recorded),
        "found": json.loads(found.found),
        "missing": [*found.missing],
        "flaws": [tongue.of(flaw) for flaw in found.flaws],
    }
    tell(_lines(found, tongue), form, as_json=as_json)
    return 0 if found.same else DIFFERENT


def _lines(found: "Replayed", tongue: Tongue) -> Iterator[str]:
    verdict = {"decision": found.decision}
    if found.same:
        yield tongue("SAME: the spec finds for {decision} what was recorded, byte for byte.", **verdict)
        yield tongue(
            "Compared were outcome, version in force, measures and reasons; signatures and statement hold, and so do "
            "the entries before it."
        )
        yield found.recorded.decode()
    elif found.missing:
        yield tongue("INCOMPLETE: what the decision {decision} rested on is not all there.", **verdict)
    elif found.recorded != found.found:
        yield tongue("DIFFERENT: the spec does not find for {decision} what was recorded.", **verdict)
        yield tongue("recorded: {text}", text=found.recorded.decode())
        yield tongue("found: {text}", text=found.found.decode())
    else:
        yield tongue("NOT HELD: what was recorded for {decision} cannot be relied on.", **verdict)
    for flaw in found.flaws:
        yield tongue.of(flaw)
    for item in found.missing:
        yield tongue("expunged, or not in the file: {item}", item=item)
