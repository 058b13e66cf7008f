"""A letter in all its forms, each checked when it was made: the bytes as they are sent and kept."""

from collections.abc import Mapping

from adjudge.letters.checks import check_html, check_pdf, check_text
from adjudge.letters.html import html_of
from adjudge.letters.kept import letter_json
from adjudge.letters.letter import Letter
from adjudge.letters.pdf import pdf_of
from adjudge.letters.spans import fit_letter
from adjudge.letters.text import text_of

HTML, TEXT, PDF = "text/html", "text/plain", "application/pdf"
JSON = "application/json"
"""The structure of the letter, from which a page of ours shows it as it was sent."""
MEDIA_TYPES = (HTML, TEXT, PDF, JSON)
"""The forms of a notice, by the names under which their digests are kept."""


def forms_of(letter: Letter) -> Mapping[str, bytes]:
    """Every form by its media type; texts are UTF-8. Raises BugError where one was not made well."""
    page, text, pdf = html_of(letter), text_of(letter), pdf_of(letter)
    check_html(letter, page)
    check_text(letter, text)
    check_pdf(letter, pdf)
    return {HTML: page.encode(), TEXT: text.encode(), PDF: pdf, JSON: letter_json(fit_letter(letter))}
