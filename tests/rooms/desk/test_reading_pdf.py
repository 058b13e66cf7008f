"""PDFs are read by a program of their own: their words come back, and what is hostile or no PDF comes to nothing."""

import io
import time
import zlib

import pypdf
import pytest

from adjudge.desk.evidence import pdf
from adjudge.desk.evidence.pdf import words_of

PATIENCE = 40


def written(*pages: str) -> bytes:
    """A PDF with a line of text on each page."""
    writer = pypdf.PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        font = pypdf.generic.DictionaryObject(
            {
                pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
                pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
                pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
            }
        )
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/Font"): fonts}
        )
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001 - it has no other way
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_the_words_of_a_pdf_come_page_by_page() -> None:
    found = words_of(written("It is ordered.", "The end."))
    assert found is not None
    assert found.text.split("\f") == ["It is ordered.", "The end.", ""]
    assert found.whole


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(1000), b"", b"plain", written()])
def test_what_cannot_be_read_comes_to_nothing(content: bytes) -> None:
    assert words_of(content) is None


def test_a_locked_pdf_comes_to_nothing() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written("Secret.")))
    writer.encrypt("a password", algorithm="AES-256")
    held = io.BytesIO()
    writer.write(held)
    assert words_of(held.getvalue()) is None


def test_a_bomb_is_given_up_and_others_are_read_behind_it() -> None:
    layers = zlib.compress(b"BT (x) Tj ET " * 8_000_000)
    bomb = written("x").replace(b"%%EOF", b"") + layers
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length "
        + str(len(layers)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + layers
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    start = time.monotonic()
    for content in (bomb, body):
        words_of(content)
    assert time.monotonic() - start < PATIENCE
    assert words_of(written("Still here.")) is not None


def test_nobody_waits_for_ever_for_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "QUEUE", 0.01)
    for _ in range(2):
        assert pdf._TURN.acquire()  # noqa: SLF001 - two are being read
    try:
        assert words_of(written("It is ordered.")) is None
    finally:
        pdf._TURN.release(2)  # noqa: SLF001 - as above
