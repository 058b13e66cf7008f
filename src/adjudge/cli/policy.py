"""`adjudge policy`: versions of policies; drafted, tried, approved or rejected, put in force, rolled back."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import write_file
from adjudge.cli.session import (
    Session,
    add_below,
    add_output,
    add_reason,
    form_of,
    refuse,
    refuse_existing,
    table,
)
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.language.package import Package
    from adjudge.records.rows import EnactmentRow, VersionRow

_SHOWN = 19
"""Signs of a digest in a list: `sha256:` and twelve digits, by which a version can be named."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "policy",
        help="versions of policies: list, draft, shadow, approve, reject, publish, roll back, show",
        description="Versions of policies. A version is its sealed bytes: whoever approves it approves these and no "
        "others. VERSION is a digest, its first digits, or policy@version.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "list", _list, "list the versions")
    below.add_argument("--policy", metavar="POLICY", default="", help="of this policy only")
    below = add_below(kinds, "draft", _draft, "hand in a version: it is checked and sealed")
    below.add_argument(
        "path",
        metavar="FILE|DIR",
        type=arguments.path,
        help="a package, sealed or not, or the folder of a policy, whose latest version is taken",
    )
    add_reason(below)
    for name, do, told in (
        ("shadow", _shadow, "evaluate a version with every matter from now on, without effect"),
        ("approve", _approve, "approve a version that somebody else drafted"),
        ("reject", _reject, "reject a version that waits, with reasons; it can be handed in again"),
        ("roll-back", _roll_back, "roll a version back: the one before it applies again"),
    ):
        below = add_below(kinds, name, do, told)
        _add_version(below)
        add_reason(below)
    below = add_below(kinds, "publish", _publish, "put an approved version in force")
    _add_version(below)
    below.add_argument(
        "--from", dest="start", metavar="DATE", type=arguments.instant,
        help="from when on; not before now (default: now)",
    )  # fmt: skip
    add_reason(below)
    below = add_below(kinds, "show", _show, "show a version, who approved it and when it applies")
    _add_version(below)
    add_output(below, "write the sealed version to a new file")


def _add_version(command: argparse.ArgumentParser) -> None:
    command.add_argument("version", metavar="VERSION", help="a digest, its first digits, or policy@version")


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import list_versions

    found = list_versions(session.house, session.actor, policy=asked.policy)
    return session.tell(table([_cells(row) for row in found]), [form_of(row, "text") for row in found])


def _cells(row: "VersionRow") -> tuple[str, ...]:
    return f"{row.policy}@{row.version}", row.state.value, row.id[:_SHOWN], ", ".join(row.approved_by)


def _draft(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import draft

    log = ProblemLog()
    package = _package(asked.path, log)
    if package is None:
        return refuse(session, log)
    return _told(session, draft(session.house, session.actor, package, asked.reason))


def _package(path: Path, log: ProblemLog) -> "Package | None":
    from adjudge.app.check import load_package
    from adjudge.app.files import report_unreadable
    from adjudge.app.on_files import load_policy, load_sealed

    try:
        if path.is_dir():
            policy = load_policy(path, log)
            found = max(policy.packages, key=lambda item: item.published_at) if policy is not None else None
        else:
            found = load_sealed(path, log) if path.suffix == ".json" else load_package(path, log)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, path, log)
        return None
    return None if log.refuses else found


def _shadow(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import shadow

    return _told(session, shadow(session.house, session.actor, _digest(session, asked), asked.reason))


def _approve(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import approve

    return _told(session, approve(session.house, session.actor, _digest(session, asked), asked.reason))


def _reject(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import reject

    return _told(session, reject(session.house, session.actor, _digest(session, asked), asked.reason))


def _publish(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import publish

    digest = _digest(session, asked)
    return _told(session, publish(session.house, session.actor, digest, asked.start, asked.reason))


def _roll_back(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import roll_back

    return _told(session, roll_back(session.house, session.actor, _digest(session, asked), asked.reason))


def _digest(session: Session, asked: argparse.Namespace) -> str:
    """The digest of the version that is named."""
    from adjudge.institution.packages import read_version

    return read_version(session.house, session.actor, asked.version).id


def _told(session: Session, row: "VersionRow") -> int:
    name = f"{row.policy}@{row.version}"
    line = session.tongue("{version} is now: {state}", version=name, state=row.state.value)
    return session.tell([line, f"  {row.id}"], form_of(row, "text"))


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.packages import enactments_of, read_version

    row = read_version(session.house, session.actor, asked.version)
    enactments = [
        item
        for item in enactments_of(session.house, session.actor, row.policy)
        if row.id in {item.digest, item.rolls_back}
    ]
    if asked.output is not None:
        log = ProblemLog()
        refuse_existing(asked.output, log)
        if log.problems:
            return refuse(session, log)
        write_file(asked.output, row.text + "\n")
    form = {**form_of(row), "enactments": [form_of(item) for item in enactments]}
    return session.tell(_lines(row, enactments, session.tongue), form)


def _author_lines(row: "VersionRow", tongue: Tongue) -> Iterator[str]:
    """Who wrote it, and what others said of it."""
    yield tongue("Drafted by {person} on {day}.", person=row.author, day=row.drafted_at)
    if row.approved_by:
        yield tongue("Approved by {people}.", people=row.approved_by)
    else:
        yield tongue("Approved by nobody yet.")
    if row.reason:
        yield tongue("Why it was rejected: {reason}", reason=row.reason)


def _lines(row: "VersionRow", enactments: "Sequence[EnactmentRow]", tongue: Tongue) -> Iterator[str]:
    from adjudge.institution.versions import package_of

    yield f"{row.policy}@{row.version} ({row.state.value})"
    yield row.id
    yield tongue("By its own words published on {day}.", day=row.published_at)
    if row.author:  # members are not told who here wrote it
        yield from _author_lines(row, tongue)
    for item in enactments:
        if item.rolls_back == row.id:
            yield tongue("Rolled back on {day}.", day=item.start)
        else:
            yield tongue("In force from {day}.", day=item.start)
    yield ""
    for rule in package_of(row.text).rules:
        yield f"  {rule.id}: {tongue.text(rule.title)}"
