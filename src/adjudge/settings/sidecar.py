"""The settings of `adjudge serve`, which runs beside servers of ads. Not what a snapshot itself declares."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say

WITHOUT = ("deny", "allow")
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
MOST_WORKERS = 64
_LONGEST_SOCKET = 100
"""Bytes of the path of a socket: systems take a little more."""
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,500})?",
    re.ASCII,
)
_TCP = re.compile(r"(?P<host>[A-Za-z0-9.-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\]):(?P<port>[0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarSettings:
    """Where it is asked, and what it follows. `log_keys` are keys, or files that hold one."""

    url: str = ""
    log_keys: tuple[str, ...] = ()
    without: str = ""
    tcp: tuple[str, int] | None = ("127.0.0.1", 8412)
    unix: str = ""
    workers: int = 1


def read_sidecar(given: Mapping[str, str], log: ProblemLog) -> SidecarSettings:
    """What is set; problems where a value cannot be one. That something is missing is for the command to say."""
    without = given["ADJUDGE_SERVE_WITHOUT"]
    if without and without not in WITHOUT:
        message = say("write {deny} or {allow}", deny="`deny`", allow="`allow`")
        log.add("bad-value", message, where="ADJUDGE_SERVE_WITHOUT")
    socket = given["ADJUDGE_SERVE_UNIX"]
    if len(socket.encode()) > _LONGEST_SOCKET or "\0" in socket:
        message = say("the path of a socket has at most {most} bytes", most=_LONGEST_SOCKET)
        log.add("bad-value", message, where="ADJUDGE_SERVE_UNIX")
    keys = (part.strip() for part in given["ADJUDGE_SERVE_LOG_KEY"].split(","))
    return SidecarSettings(
        url=_url(given["ADJUDGE_SERVE_URL"], log),
        log_keys=tuple(filter(None, keys)),
        without=without,
        tcp=_tcp(given["ADJUDGE_SERVE_TCP"], log),
        unix=socket,
        workers=_workers(given["ADJUDGE_SERVE_WORKERS"], log),
    )


def _url(text: str, log: ProblemLog) -> str:
    if not text:
        return ""
    found = _URL.fullmatch(text)
    if found is None:
        message = say("{text} is no address of a site", text=quoted(text))
        hint = say("write `https://example.org/serving`")
        log.add("bad-value", message, where="ADJUDGE_SERVE_URL", hint=hint)
    elif found["scheme"] == "http" and found["host"] not in OWN_MACHINE:
        message = say("a key would travel in plain text")
        log.add("bad-value", message, where="ADJUDGE_SERVE_URL", hint=say("choose an encrypted way"))
    return text.rstrip("/")


def _tcp(text: str, log: ProblemLog) -> tuple[str, int] | None:
    if text == "none":
        return None
    found = _TCP.fullmatch(text)
    if found is None or int(found["port"]) > 65_535:  # noqa: PLR2004 - ports of TCP
        message = say("{text} is no host with a port", text=quoted(text))
        hint = say("write `127.0.0.1:8412`, or {none}", none="`none`")
        log.add("bad-value", message, where="ADJUDGE_SERVE_TCP", hint=hint)
        return None
    return found["host"], int(found["port"])


def _workers(text: str, log: ProblemLog) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_WORKERS:
        return int(text)
    message = say("write a number from {least} to {most}", least=1, most=MOST_WORKERS)
    log.add("bad-value", message, where="ADJUDGE_SERVE_WORKERS")
    return 1
