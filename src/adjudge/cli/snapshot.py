"""`adjudge snapshot`: what is in force as a file that servers of ads ask; built, looked into, compared, verified."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.problems import report
from adjudge.cli.session import FORMS, Session, add_below, tell
from adjudge.tongues.tongue import tongue_of

if TYPE_CHECKING:
    from adjudge.app.snapshots import Proof

NOT_VERIFIED = 1
"""Exit code where a snapshot is not what was published."""
DIFFERENT = 1
"""Exit code where two snapshots do not say the same."""
_OFFERED = "a snapshot, or a folder of them"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "snapshot",
        help="what is in force, for servers of ads: build, inspect, diff, verify",
        description="What is in force as a sealed file that servers of ads ask before each ad. `adjudge up` publishes "
        "it by itself, and again within a second of each decision.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "build", _build, "build it from an institution, and offer it in a folder")
    below.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=arguments.path,
        help="the folder (default: ADJUDGE_SERVING_DIR, else `serving` in the data folder)",
    )
    _add_inspect(kinds)
    _add_diff(kinds)
    _add_verify(kinds)


def _add(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    told: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Declare one of the commands that need no institution."""
    command = kinds.add_parser(name, help=told, description=f"{told[:1].upper()}{told[1:]}.")
    command.add_argument("--format", choices=FORMS, default="text", help="default: text")
    arguments.add_language(command)
    command.set_defaults(run=run)
    return command


def _add_inspect(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _add(
        kinds, "inspect", "show of which log it tells, how much, and what it says of keys", _inspect
    )
    command.add_argument("path", metavar="PATH", type=arguments.path, help=_OFFERED)
    command.add_argument(
        "--of",
        metavar="KEY",
        action="append",
        default=[],
        help="the measures of this key: a:ADVERTISER, c:AD or d:HOST; can be given several times",
    )


def _add_diff(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "show what differs between two: keys, and decisions; exit with 1 where anything does"
    command = _add(kinds, "diff", told, _diff)
    command.add_argument("earlier", metavar="EARLIER", type=arguments.path, help=_OFFERED)
    command.add_argument("later", metavar="LATER", type=arguments.path, help=_OFFERED)


def _add_verify(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "verify that every byte was published by the institution, and of which log; exit with 1 where not"
    command = _add(kinds, "verify", told, _verify)
    command.add_argument("path", metavar="PATH", type=arguments.path, help=_OFFERED)
    command.add_argument(
        "--log-key",
        metavar="KEY|FILE",
        required=True,
        help="the public key of the log, `name+hash+base64`, or a file that holds it",
    )
    command.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=arguments.path,
        help="a checkpoint that you kept: of the same size, unless the log is there too",
    )
    command.add_argument(
        "--log",
        metavar="FILE",
        type=arguments.path,
        help="the exported log: it must begin with what the snapshot tells of",
    )


def _build(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.snapshot_text import built_lines, published_form
    from adjudge.institution.serving.folder import held_folder
    from adjudge.institution.serving.publishing import publish_by
    from adjudge.settings.schema import Settings

    settings: Settings = session.settings
    path: Path = asked.output or settings.serving
    with held_folder(path) as folder:
        found = publish_by(session.house, session.actor, session.signer, folder)
    return session.tell(built_lines(found, path, session.tongue), published_form(found, path))


def _inspect(asked: argparse.Namespace) -> int:
    from adjudge.app.snapshots import read_offered, told_of
    from adjudge.cli.snapshot_text import key_form, key_lines, offered_form, offered_lines

    tongue, offered = tongue_of(asked.lang), read_offered(asked.path)
    held, is_form = offered.held(), asked.format == "json"
    with told_of(asked.path):
        counts = held.counts()
        found = {key: held.of(_normal(key)) for key in asked.of}
    form = offered_form(offered, counts)
    if found:
        form["of"] = {key: [key_form(item) for item in measures] for key, measures in found.items()}
    lines = [] if is_form else list(offered_lines(offered, counts, tongue))
    for key, measures in found.items() if not is_form else ():
        lines += key_lines(key, measures, tongue)
    tell(lines, form, as_json=is_form)
    return 0


def _normal(key: str) -> str:
    """A key as it is looked up: hosts as DNS has them."""
    from adjudge.enforcement.key import DOMAIN
    from adjudge.enforcement.rules import names

    return DOMAIN + names().ascii_of(key.removeprefix(DOMAIN)) if key.startswith(DOMAIN) else key


def _diff(asked: argparse.Namespace) -> int:
    from adjudge.app.snapshots import read_offered, told_of
    from adjudge.cli.snapshot_text import differing_form, differing_lines
    from adjudge.enforcement.table import difference

    before, after = read_offered(asked.earlier).held(), read_offered(asked.later).held()
    with told_of(asked.later):
        found = difference(before, after)
    tell(differing_lines(found, tongue_of(asked.lang)), differing_form(found), as_json=asked.format == "json")
    return DIFFERENT if found.added or found.removed or found.changed else 0


def _verify(asked: argparse.Namespace) -> int:
    from adjudge.app.snapshots import flaws_of, read_offered
    from adjudge.cli.snapshot_text import offered_form, verified_lines

    tongue, log = tongue_of(asked.lang), ProblemLog()
    proof = _proof(asked, log)
    if proof is None:
        return report(log, tongue, as_json=asked.format == "json")
    offered = read_offered(asked.path)
    flaws = tuple(flaws_of(offered, proof))
    form = {"verified": not flaws, "flaws": [tongue.of(flaw) for flaw in flaws], **offered_form(offered)}
    tell(verified_lines(offered, proof, flaws, tongue), form, as_json=asked.format == "json")
    return NOT_VERIFIED if flaws else 0


def _proof(asked: argparse.Namespace, log: ProblemLog) -> "Proof | None":
    from adjudge.app.snapshots import Proof
    from adjudge.cli.verify import read_kept, read_public_key

    key = read_public_key(asked.log_key, log)
    kept = read_kept(asked.checkpoint, log) if asked.checkpoint is not None else None
    if key is None or log.problems:
        return None
    return Proof(key=key, checkpoint=kept, log=asked.log)
