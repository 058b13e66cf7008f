"""What is wrong with the settings of mail, and of the address that mail leads to. Not the sending."""

import re
from collections.abc import Mapping

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say

WAYS = ("starttls", "implicit", "none")
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,255}", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)
_PUBLIC = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}(/[A-Za-z0-9._~/-]{0,500})?", re.ASCII)


def check_mail(given: Mapping[str, str], log: ProblemLog) -> None:
    """Problems where mail could not be sent as it is set, or a password would travel in plain text."""
    _check_addresses(given, log)
    host, user, tls = (given[f"ADJUDGE_SMTP_{name}"] for name in ("HOST", "USER", "TLS"))
    passwords = [given["ADJUDGE_SMTP_PASSWORD"], given["ADJUDGE_SMTP_PASSWORD_FILE"]]
    if tls not in WAYS:
        log.add("bad-value", say("write one of {ways}", ways=WAYS), where="ADJUDGE_SMTP_TLS")
    if host and not _HOST.fullmatch(host):
        log.add("bad-value", say("{text} is no name of a host", text=quoted(host)), where="ADJUDGE_SMTP_HOST")
    if host and not given["ADJUDGE_MAIL_FROM"]:
        message = say("mail needs an address from which it is sent")
        log.add("bad-value", message, where="ADJUDGE_MAIL_FROM", hint=say("set it to an address of yours"))
    if all(passwords):
        log.add("bad-value", say("the password is given twice"), where="ADJUDGE_SMTP_PASSWORD_FILE")
    if bool(user) != any(passwords):
        message = say("a name and a password go together")
        log.add("bad-value", message, where="ADJUDGE_SMTP_USER", hint=say("set both, or neither"))
    if user and tls == "none" and host not in OWN_MACHINE:
        message = say("a password would travel in plain text")
        log.add("bad-value", message, where="ADJUDGE_SMTP_TLS", hint=say("choose an encrypted way"))


def _check_addresses(given: Mapping[str, str], log: ProblemLog) -> None:
    sender, public = given["ADJUDGE_MAIL_FROM"], given["ADJUDGE_PUBLIC_URL"]
    if sender and not _ADDRESS.fullmatch(sender):
        message = say("{text} is no e-mail address", text=quoted(sender))
        log.add("bad-value", message, where="ADJUDGE_MAIL_FROM", hint=say("write `name@example.org`"))
    if public and not _PUBLIC.fullmatch(public):
        message = say("{text} is no address of a site", text=quoted(public))
        log.add("bad-value", message, where="ADJUDGE_PUBLIC_URL", hint=say("write `https://example.org`"))
