"""Mail handed to a server (SMTP): encrypted from the start, after a word, or not at all, as it is set.

Not a queue: each call is one attempt on one connection, and says how it ended. What is refused because of us and not
of the addressee is tried again, since it is for us to mend.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.said import say
from adjudge.post.attempt import Attempt, Delivered, Refused, Retry, answered, reason_of
from adjudge.post.limit import limited
from adjudge.post.message import address_for_mail, message_bytes
from adjudge.post.outgoing import Mail

TIMEOUT = 20
"""Seconds for which one answer of the server is waited for."""
LIMIT = 60
"""Seconds after which an attempt ends, however busily the server answers."""
_GOOD = range(200, 300)
_FOR_GOOD = range(500, 600)
_OURS = frozenset({530, 534, 535, 538})
"""Answers about who we are, not about the addressee."""


class Tls(StrEnum):
    """How the connection to the server is encrypted."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """A mail server, and as whom we come to it. `context` is for servers whose certificate is not a public one."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: int = TIMEOUT
    limit: int = LIMIT
    context: ssl.SSLContext | None = None

    def send(self, mail: Mail) -> Attempt:
        """Try once."""
        try:
            content = message_bytes(mail, self.sender)
        except (ValueError, UnicodeError) as error:
            return Refused(say("no message can be addressed so: {reason}", reason=reason_of(error)))
        try:
            with self._connected() as server:
                return _handed_over(server, self.sender, mail.to, content)
        except smtplib.SMTPNotSupportedError as error:
            message = say("the mail server lacks what is set: {reason}", reason=reason_of(error))
            return Retry(message, everyone=True)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            message = say("the mail server does not answer as it should: {reason}", reason=reason_of(error))
            return Retry(message, everyone=True)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A connection over which mail can be handed on; it ends when its time is over, whatever the server does."""
        server = self._opened()
        try:
            with limited(lambda: server.sock, self.limit):
                if self.tls is Tls.STARTTLS:
                    server.starttls(context=self._context())
                server.ehlo_or_helo_if_needed()
                if self.user:
                    server.login(self.user, self.password)
                yield server
                with suppress(OSError, smtplib.SMTPException, ValueError):
                    server.quit()  # what was taken stays taken, however the server says good-bye
        finally:
            server.close()

    def _opened(self) -> smtplib.SMTP:
        name = _own_name(self.sender)
        if self.tls is Tls.IMPLICIT:
            return smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=name, timeout=self.timeout, context=self._context()
            )
        return smtplib.SMTP(self.host, self.port, local_hostname=name, timeout=self.timeout)

    def _context(self) -> ssl.SSLContext:
        return self.context or ssl.create_default_context()


def _own_name(sender: str) -> str:
    """As whom we greet: by the host of our address, since the name of this machine is nobody's business."""
    return address_for_mail(sender).rpartition("@")[2] or "localhost"


def _handed_over(server: smtplib.SMTP, sender: str, to: str, content: bytes) -> Attempt:
    """The message handed over, step by step, since only the last answer is a proof."""
    address, options = address_for_mail(to), []
    if not address.isascii():
        if not server.has_extn("smtputf8"):
            return Refused(say("the mail server takes no addresses with letters beyond ASCII"))
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    code, said = server.mail(address_for_mail(sender), options)
    if code not in _GOOD:
        return Retry(_answer(code, said), everyone=True)  # about us, the sender
    code, said = server.rcpt(address)
    if code not in _GOOD:
        return _not_taken(code, said)
    code, said = server.data(content)
    return Delivered(_answer(code, said)) if code in _GOOD else _not_taken(code, said)


def _not_taken(code: int, said: bytes) -> Attempt:
    """For good where the server says so of the addressee; refusals by policy may be about us, and mended."""
    answer = _answer(code, said)
    if code in _OURS:
        return Retry(answer, everyone=True)
    return Refused(answer) if code in _FOR_GOOD and not said.startswith(b"5.7.") else Retry(answer)


def _answer(code: int, said: bytes) -> str:
    return answered(f"{code} {said.decode('utf-8', 'replace')}")
