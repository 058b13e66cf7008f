"""The machine as the settings meet it: the data folder and its disk, the keys, the addresses, the processors.

Nothing is made or changed. What keeps the program from running is a problem, what may harm it later a warning.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from adjudge.basis.problem import ProblemLog, Severity, quoted
from adjudge.basis.said import Said, say, verbatim
from adjudge.institution.on_database import LOG_KEY, SECRET_KEY
from adjudge.mount.tracing.extra import check_extra
from adjudge.settings.schema import Settings

LEAST_ROOM, LITTLE_ROOM = 20_000_000, 500_000_000
"""Bytes: with less nothing is kept safely; with less, somebody should look."""
MOST_WORKERS = 4
"""For each processor; more of them only wait for each other."""
NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs afs ceph lustre glusterfs fuse.glusterfs fuse.sshfs 9p fuse.s3fs drvfs".split()
)
"""File systems on which the locks of SQLite are not to be trusted."""
MOUNTS = Path("/proc/mounts")
OWN = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_CODE = "unfit-machine"


def check_machine(settings: Settings, log: ProblemLog) -> tuple[Said, ...]:
    """What was found, a line each; problems and warnings in the log."""
    _check_folder(settings, log)
    _check_serving(settings, log)
    _check_secrets(settings, log)
    _check_addresses(settings, log)
    check_extra(settings, log)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if settings.workers > MOST_WORKERS * cores:
        message = say("{workers} processes on {cores} processors", workers=settings.workers, cores=cores)
        hint = say("two for each processor serve best")
        log.add("bad-value", message, where="ADJUDGE_WORKERS", hint=hint, severity=Severity.WARNING)
    return tuple(_found(settings, cores))


def _found(settings: Settings, cores: int) -> Iterator[Said]:
    folder = _there(settings.data)
    told = say("a disk of the kind {kind}", kind=verbatim(file_system(folder)))
    yield say("the data folder {folder} is on {disk}", folder=str(settings.data.absolute()), disk=told)
    yield say("room left on it: {count} megabytes", count=room(folder) // 1_000_000)
    yield say(
        "processors: {cores}; processes that serve pages: {workers}", cores=cores, workers=settings.workers
    )
    if not settings.smtp_host:
        yield say(
            "no mail server is set: notices by mail wait until {setting} is", setting="`ADJUDGE_SMTP_HOST`"
        )
    if not settings.public_url:
        yield say(
            "no public address is set: what is sent names no page; see {setting}",
            setting="`ADJUDGE_PUBLIC_URL`",
        )


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    found = folder.absolute()
    return next((item for item in (found, *found.parents) if item.is_dir()), Path("/"))


def room(folder: Path) -> int:
    """Bytes that may still be written."""
    return shutil.disk_usage(folder).free


def file_system(folder: Path) -> str:
    """The kind of the file system of a folder, as the kernel names it; `unknown` where it tells nobody."""
    try:
        lines = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return "unknown"
    place = folder.resolve()
    # Of two at one place the later one lies on top.
    fitting = [(len(line[1]), number, line[2]) for number, line in enumerate(lines) if _holds(line[1], place)]
    return max(fitting)[2] if fitting else "unknown"


def _holds(mounted: str, place: Path) -> bool:
    return place.is_relative_to(mounted.replace("\\040", " "))


def _check_folder(settings: Settings, log: ProblemLog) -> None:
    folder = _there(settings.data)
    where = "ADJUDGE_DATA_DIR"
    if settings.data.exists() and not settings.data.is_dir():
        hint = say("name another one")
        log.add(
            "bad-value", say("{path} is no folder", path=quoted(str(settings.data))), where=where, hint=hint
        )
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        message = say("nothing can be written to {folder}", folder=quoted(str(folder)))
        log.add(
            _CODE, message, where=where, hint=say("give it to the user that runs this, or name another one")
        )
    left = room(folder)
    if left < LITTLE_ROOM:
        message = say("the disk of the data folder has {count} megabytes left", count=left // 1_000_000)
        severity = Severity.REFUSED if left < LEAST_ROOM else Severity.WARNING
        log.add(_CODE, message, where=where, hint=say("make room, or name another disk"), severity=severity)
    kind = file_system(folder)
    if kind in NETWORK and not settings.database_url:
        message = say("SQLite would lie on a network file system ({kind})", kind=kind)
        hint = say(
            "name a folder on a disk of this machine, or a PostgreSQL database: locks over a network may fail"
        )
        log.add(_CODE, message, where=where, hint=hint, severity=Severity.WARNING)


def _check_serving(settings: Settings, log: ProblemLog) -> None:
    """Whether what is in force can be published. Pages are served all the same."""
    folder = _there(settings.serving)
    if not os.access(folder, os.W_OK | os.X_OK) or (
        settings.serving.exists() and not settings.serving.is_dir()
    ):
        message = say(
            "servers of ads are told nothing: {folder} takes no files", folder=quoted(str(settings.serving))
        )
        hint = say("give it to the user that runs this, or name another one")
        log.add(_CODE, message, where="ADJUDGE_SERVING_DIR", hint=hint, severity=Severity.WARNING)


def _check_secrets(settings: Settings, log: ProblemLog) -> None:
    """Nobody but the owner reads a key. What lies in a file of another store the group may read too."""
    own = (settings.data / SECRET_KEY, settings.data / LOG_KEY)
    for path in own:
        _check_mode(path, str(path), 0o077, log)
    named = (
        ("ADJUDGE_DATABASE_URL_FILE", settings.database_url_file),
        ("ADJUDGE_OIDC_SECRET_FILE", settings.oidc_secret_file),
        ("ADJUDGE_SECRET_KEY_FILE", settings.secret_key_file),
        ("ADJUDGE_LOG_KEY_FILE", settings.log_key_file),
        ("ADJUDGE_SMTP_PASSWORD_FILE", settings.smtp_password_file),
    )
    told = {problem.file for problem in log.problems}
    for name, file in named:
        if file is None or name in told:  # what is read with the settings was told then
            continue
        if not os.access(file, os.R_OK):
            log.add(
                _CODE, say("the file cannot be read"), where=name, hint=say("check its path and permissions")
            )
        _check_mode(file, name, stat.S_IROTH | stat.S_IWGRP | stat.S_IWOTH, log)


def _check_mode(path: Path, where: str, unwanted: int, log: ProblemLog) -> None:
    """A warning where others can read it, a problem where they can write to it."""
    try:
        mode = path.stat().st_mode & unwanted
    except OSError:
        return
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        hint = say("take the right away with `chmod go-w`")
        log.add(_CODE, say("others on this machine can write to this secret"), where=where, hint=hint)
    elif mode:
        hint = say("take the right away with `chmod go-r`")
        message = say("others on this machine can read this secret")
        log.add(_CODE, message, where=where, hint=hint, severity=Severity.WARNING)


def _check_addresses(settings: Settings, log: ProblemLog) -> None:
    """Whether the names under which the pages are reached, and what is sent, agree."""
    public = urlsplit(settings.public_url)
    names = {name for name in settings.hosts if name not in OWN}
    if settings.secure and not settings.proxies:
        message = say("a proxy stands before the pages, and is not counted: all visitors are taken for one")
        hint = say("say how many there are, so that whoever guesses passwords shuts out nobody else")
        log.add("bad-value", message, where="ADJUDGE_PROXIES", hint=hint, severity=Severity.WARNING)
    if settings.secure and not names:
        message = say("pages are reached by HTTPS, and no name is set under which")
        hint = say("set {setting} to the name of the site", setting="`ADJUDGE_HOSTS`")
        log.add("bad-value", message, where="ADJUDGE_HOSTS", hint=hint, severity=Severity.WARNING)
    if public.hostname and public.hostname not in {*settings.hosts, *OWN}:
        message = say(
            "the public address names {host}, under which no page is served", host=quoted(public.hostname)
        )
        hint = say("add the name to {setting}", setting="`ADJUDGE_HOSTS`")
        log.add("bad-value", message, where="ADJUDGE_PUBLIC_URL", hint=hint, severity=Severity.WARNING)
    if public.scheme and (public.scheme == "https") != settings.secure and public.hostname not in OWN:
        message = say("the public address and {setting} do not agree", setting="`ADJUDGE_SECURE`")
        hint = say("with HTTPS both say so; without it, neither")
        log.add("bad-value", message, where="ADJUDGE_PUBLIC_URL", hint=hint, severity=Severity.WARNING)
