"""`adjudge serve`: may this ad run? Asked over HTTP beside servers of ads, of what an institution has published."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import why
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.errors import RefusedError, UnavailableError
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.serve.sidecar.plan import Plan
    from adjudge.settings.schema import Settings

_OPTIONS = ("url", "without", "tcp", "unix", "workers")
"""Options that stand for settings of these names."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "serve",
        help="answer servers of ads whether an ad may run, from what is published",
        description="Follow the folder into which an institution publishes what is in force, or copy it from an "
        "address, and answer over HTTP whether an ad may run (POST /v1/check), until stopped. It needs no institution "
        "and no database. Every option can be set by the environment too (ADJUDGE_SERVE_*).",
    )
    command.add_argument(
        "--folder",
        metavar="DIR",
        type=arguments.path,
        help="the folder that is followed, and with --url the one that is copied into (default: "
        "ADJUDGE_SERVING_DIR, else `serving` in the data folder)",
    )
    command.add_argument("--url", metavar="URL", help="copy from here, as from https://example.org/serving")
    command.add_argument(
        "--key",
        metavar="FILE",
        type=arguments.path,
        help="with --url: a file with a key for `snapshot.read` (default: ADJUDGE_KEY, else ADJUDGE_KEY_FILE)",
    )
    command.add_argument(
        "--log-key",
        metavar="KEY|FILE",
        action="append",
        help="the public key of the log, `name+hash+base64`, or a file that holds it; nothing that is sealed by "
        "another one is used; can be given several times",
    )
    command.add_argument(
        "--without", choices=("deny", "allow"), help="what is answered as long as there is no snapshot"
    )
    command.add_argument(
        "--tcp", metavar="HOST:PORT", help="where to be asked, or none (default: 127.0.0.1:8412)"
    )
    command.add_argument("--unix", metavar="PATH", help="a socket at which to be asked")
    command.add_argument("--workers", metavar="N", help="how many processes answer (default: 1)")
    arguments.add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Answer until stopped."""
    from adjudge.serve.sidecar.running import DoorError, Sidecar
    from adjudge.settings.schema import read_settings

    tongue, log = tongue_of(asked.lang), ProblemLog()
    settings = read_settings(_environment(asked), log)
    plan = None if log.refuses else _plan(asked, settings, log)
    if plan is None:
        return report(log, tongue) or REFUSED_INPUT
    try:
        Sidecar(plan, lambda: _tell(plan, tongue)).run()
    except DoorError as error:
        message = say("{door} cannot be had: {reason}", door=error.door, reason=why(error.error))
        raise RefusedError(message, hint=say("name another one, or stop whoever has it")) from error
    except BlockingIOError as error:
        message = say("another process writes into {folder}", folder=plan.folder)
        raise RefusedError(
            message, hint=say("name another folder, or follow it without an address")
        ) from error
    except OSError as error:
        message = say("{folder} cannot be written to: {reason}", folder=plan.folder, reason=why(error))
        raise UnavailableError(message, hint=say("check the path and the permissions")) from error
    return 0


def _environment(asked: argparse.Namespace) -> dict[str, str]:
    """The environment, and over it what the command line says."""
    told = {f"ADJUDGE_SERVE_{name.upper()}": getattr(asked, name) for name in _OPTIONS}
    if asked.log_key:
        told["ADJUDGE_SERVE_LOG_KEY"] = ",".join(asked.log_key)
    if asked.folder is not None:
        told["ADJUDGE_SERVING_DIR"] = str(asked.folder)
    return {**os.environ, **{name: text for name, text in told.items() if text is not None}}


def _plan(asked: argparse.Namespace, settings: "Settings", log: ProblemLog) -> "Plan | None":
    """What to do; None with the problems of what is missing."""
    from adjudge.cli.verify import read_public_key
    from adjudge.serve.sidecar.plan import Plan

    sidecar = settings.sidecar
    if sidecar.without not in {"deny", "allow"}:
        hint = say(
            "a server that asks before there is a snapshot gets this answer: choose which error is worse"
        )
        log.add("bad-value", say("say what holds without a snapshot"), where="--without", hint=hint)
    if not sidecar.log_keys:
        hint = say("`adjudge log show` prints it, where the institution runs")
        log.add("bad-value", say("name the public key of the log"), where="--log-key", hint=hint)
    if sidecar.tcp is None and not sidecar.unix:
        log.add("bad-value", say("name a port or a socket at which to be asked"), where="--tcp")
    keys = [read_public_key(text, log) for text in sidecar.log_keys]
    secret = _secret(asked.key, log) if sidecar.url else ""
    if log.refuses:
        return None
    without: Literal["deny", "allow"] = "allow" if sidecar.without == "allow" else "deny"
    return Plan(
        folder=str(settings.serving.absolute()),
        keys=tuple(str(key) for key in keys),
        without=without,
        tcp=sidecar.tcp,
        unix=sidecar.unix,
        workers=sidecar.workers,
        drain=settings.drain,
        url=sidecar.url,
        secret=secret,
    )


def _secret(file: Path | None, log: ProblemLog) -> str:
    """The key with which what is published is fetched."""
    from adjudge.basis.said import Said
    from adjudge.settings.secret_files import read_secret

    given = os.environ.get("ADJUDGE_KEY", "").strip()
    named = os.environ.get("ADJUDGE_KEY_FILE", "")
    if file is None and given:
        return given
    if file is None and not named:
        hint = say(
            "`adjudge key make NAME --for PERSON --act snapshot.read` makes one, where the institution runs"
        )
        log.add("bad-value", say("a key is needed to copy from an address"), where="--key", hint=hint)
        return ""
    found = read_secret(file or Path(named))
    if isinstance(found, Said):
        log.add("bad-value", found, where="--key")
        return ""
    return found


def _tell(plan: "Plan", tongue: Tongue) -> None:
    """Say where it is asked, and what it follows."""
    if plan.tcp is not None:
        print(tongue("It is asked at {address}", address="http://{}:{}/v1/check".format(*plan.tcp)))
    if plan.unix:
        print(tongue("It is asked at {address}", address=plan.unix))
    print(tongue("It follows {folder}", folder=plan.folder))
    print(tongue("Stop it with Ctrl+C."), flush=True)
