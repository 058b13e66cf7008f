"""A notice as a message of mail: what stands in it, the same each time, and no header by anybody else's hand."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.post.message import is_address, message_bytes
from adjudge.post.outgoing import Mail
from tests.rooms.post.outgoing import MAIL, mail

SENDER = "notices@platform.example"
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]


def read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_message_has_the_text_the_page_and_the_pdf_as_they_were_made() -> None:
    found = read(message_bytes(MAIL, SENDER))
    text, html = found.get_body(("plain",)), found.get_body(("html",))
    (pdf,) = found.iter_attachments()
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == MAIL.text.splitlines()
    assert html.get_content().strip() == MAIL.html
    assert pdf.get_content() == MAIL.pdf
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", MAIL.pdf_name)
    assert found.get_content_type() == "multipart/mixed"
    assert next(part.get_content_type() for part in found.iter_parts()) == "multipart/alternative"


def test_a_message_says_that_a_machine_sent_it_in_which_language_and_under_which_name() -> None:
    found = read(message_bytes(MAIL, SENDER))
    assert found["Message-ID"] == MAIL.message
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Content-Language"] == "en"
    assert found["From"] == f"Platform <{SENDER}>"
    assert found["To"] == MAIL.to
    assert found["Date"].datetime.isoformat() == "2026-11-22T00:00:00+00:00"


def test_the_same_notice_is_the_same_message_at_each_attempt() -> None:
    assert message_bytes(MAIL, SENDER) == message_bytes(mail(), SENDER)


INJECTIONS = [
    "x\r\nBcc: all@example.org",
    "x\nBcc: y",
    "x\r\n\r\nbody",
    "a\x00b",
    "a\u2028Bcc: b",
    "\x85Bcc: x",
]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("name", ["title", "sender", "message", "language", "pdf_name"])
def test_nobody_adds_a_header_by_a_text_of_theirs(name: str, text: str) -> None:
    found = read(message_bytes(mail(**{name: text}), SENDER))
    assert found.keys() == HEADERS
    assert found.get_content_type() == "multipart/mixed"


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_title_and_any_name_make_a_message_of_our_headers(title: str, sender: str) -> None:
    title, sender = (text.encode("utf-8", "ignore").decode() for text in (title, sender))
    assert read(message_bytes(mail(title=title, sender=sender), SENDER)).keys() == HEADERS


@pytest.mark.parametrize("to", ["a@example.org\r\nBcc: b@example.org", "a", "a@b@c", "", "<a@example.org>"])
def test_an_address_that_is_none_is_no_message(to: str) -> None:
    assert not is_address(to)
    with pytest.raises(ValueError, match="no address"):
        message_bytes(mail(to=to), SENDER)


@pytest.mark.parametrize(
    "text", ["a@example.org", "a.b+c@example.org", "andré@brasserie.fr", "a@brasserie-été.fr"]
)
def test_addresses_in_all_letters_are_addresses(text: str) -> None:
    assert is_address(text)
    message: Mail = mail(to=text)
    assert message_bytes(message, SENDER)


@pytest.mark.parametrize(
    "text",
    [
        "a b@example.org",
        '"a b"@example.org',
        "a@exa mple.org",
        "a@[127.0.0.1]",
        "a..b@x.org",
        "@x",
        "x@",
        "a" * 300,
    ],
)
def test_addresses_that_would_have_to_be_quoted_are_none(text: str) -> None:
    assert not is_address(text)


def test_a_link_is_a_button_and_an_address_before_the_notice() -> None:
    sent = mail(words="On your page.", link="https://p.example/link/N-1.a&b", button="Open <your> page")
    found = read(message_bytes(sent, SENDER))
    html, text = (found.get_body((kind,)) for kind in ("html", "plain"))
    assert html is not None
    assert text is not None
    said = html.get_content()
    assert said.count('href="https://p.example/link/N-1.a&amp;b"') == 2
    assert "Open &lt;your&gt; page</a>" in said
    assert "Open <your>" not in said
    assert text.get_content().splitlines()[:3] == ["On your page.", "", "https://p.example/link/N-1.a&b"]
