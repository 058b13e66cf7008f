"""A notice as a message of mail: its text, its page, its PDF; the same bytes whenever it is made of the same.

Whatever came from outside is one line in a header, so that nobody adds headers of their own by a title or a name.
"""

import datetime as dt
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from html import escape

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import NANOS
from adjudge.post.outgoing import Mail

LONGEST_TITLE = 200
LONGEST_ADDRESS = 254
_BOUNDARY = 30
_BUTTON = (
    "display:inline-block;padding:0.75rem 1.5rem;border:1px solid #fffefb;border-radius:6px;"
    "background:#1d1b17;color:#fffefb;font-weight:bold;text-decoration:none"
)
"""Beside the link and not in a sheet of styles, which programs for mail leave away."""
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", re.ASCII)
_ATOM = r"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\W\x00-\x7f])+"
_NAME = re.compile(rf"(?=.{{1,64}}$){_ATOM}(?:\.{_ATOM})*")


def message_bytes(mail: Mail, sender: str) -> bytes:
    """The message as it is sent. `sender` is our own address; raises ValueError for an address that is none."""
    to = address_for_mail(mail.to)
    if not is_address(to):
        raise ValueError("this is no address of mail")
    policy = (SMTP if to.isascii() else SMTPUTF8).clone(cte_type="7bit")
    message = EmailMessage(policy=policy)
    message["From"] = _address(sender, mail.sender)
    message["To"] = _address(to)
    message["Subject"] = one_line(mail.title)[:LONGEST_TITLE]
    message["Date"] = format_datetime(dt.datetime.fromtimestamp(mail.at.nanos // NANOS, dt.UTC))
    message["Message-ID"] = one_line(mail.message)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note is to answer it
    message.set_content(_text(mail))
    if mail.html:
        message.add_alternative(_html(mail), subtype="html")
    if mail.pdf:
        message.add_attachment(
            mail.pdf,
            maintype="application",
            subtype="pdf",
            filename=one_line(mail.pdf_name),
            disposition="attachment",
        )
    message["Content-Language"] = one_line(mail.language)
    name = digest_of_bytes(mail.message.encode()).removeprefix("sha256:")[:_BOUNDARY]
    for number, part in enumerate(item for item in message.walk() if item.is_multipart()):
        part.set_boundary(f"{name}-{number}")  # else drawn anew at each attempt
    return message.as_bytes()


def _text(mail: Mail) -> str:
    """The notice, behind what is said to this reader alone."""
    return f"{mail.words}\n\n{mail.link}\n\n{'-' * 72}\n\n{mail.text}" if mail.link else mail.text


def _html(mail: Mail) -> str:
    """The same in the page of the notice, at its beginning."""
    if not mail.link:
        return mail.html
    link, button = escape(mail.link), ""
    if mail.button:
        button = f'<p><a href="{link}" style="{_BUTTON}">{escape(mail.button)}</a></p>'
    before = f'<p>{escape(mail.words)}</p>{button}<p><small><a href="{link}">{link}</a></small></p><hr>'
    head, body, rest = mail.html.partition("<body>")
    return f"{head}{body}{before}{rest}" if body else f"{before}{mail.html}"


def address_for_mail(address: str) -> str:
    """An address as servers know it: the host in ASCII, where it has a name in other letters."""
    name, _, host = address.rpartition("@")
    if host.isascii():
        return address
    try:
        return f"{name}@{host.encode('idna').decode()}"
    except UnicodeError:
        return address


def is_address(text: str) -> bool:
    """Whether mail can be sent to it: one name, one host, nothing that would have to be written otherwise."""
    name, _, host = address_for_mail(text).rpartition("@")
    return len(text) <= LONGEST_ADDRESS and bool(_NAME.fullmatch(name) and _HOST.fullmatch(host))


def one_line(text: str) -> str:
    """A text on one line, without what drives a terminal or begins another header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _address(address: str, name: str = "") -> Address:
    username, _, domain = address.rpartition("@")
    return Address(display_name=one_line(name), username=username, domain=domain)
