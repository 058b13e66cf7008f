"""A notice for one address, for tests of the post."""

from dataclasses import replace
from typing import Any

from adjudge.basis.instant import Instant
from adjudge.post.outgoing import Call, Mail
from adjudge.post.signing import secret_of

AT = Instant(1_795_305_600_000_000_000)
SECRET = secret_of(bytes(range(32)))
MAIL = Mail(
    message="<N-000001-1-2@adjudge.test>",
    to="brewer@example.org",
    sender="Platform",
    title="A decision about your ad",
    language="en",
    text="What was decided.\n.\nA line that begins with a stop: .\n",
    html="<!doctype html><html lang=en><h1>What was decided</h1><p>été</p></html>",
    pdf=b"%PDF-1.7\r\nbytes \x00\xff\n.\r\n",
    pdf_name="N-000001-1.pdf",
    at=AT,
)


def mail(**changed: Any) -> Mail:  # noqa: ANN401 - as the fields are
    """A notice for one mail address."""
    return replace(MAIL, **changed)


def call(url: str, **changed: Any) -> Call:  # noqa: ANN401
    """A notice for one webhook."""
    found = Call(message=MAIL.message, url=url, secret=SECRET, body={"title": "été", "n": "1"}, at=AT)
    return replace(found, **changed)
