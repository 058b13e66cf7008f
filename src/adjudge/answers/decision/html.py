"""An answer as one HTML page that needs nothing else: no network, no script, no second file."""

from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.answers.decision.page import page_of
from adjudge.answers.decision.view import AnswerView
from adjudge.answers.forms.pages import environment
from adjudge.answers.forms.sayings import PAGE, words_of_pages
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One answer of a case: what was asked, the headline for each subject, and the names of its files.

    `headlines` holds the title of a subject, the value of its disposition, and the headline; `statements` the title of
    a subject and the file with the statement of reasons for its measures.
    """

    title: str
    as_of: str
    territory: str
    headlines: tuple[tuple[str, str, str], ...]
    html: str
    json: str
    statements: tuple[tuple[str, str], ...] = ()


def html_text(view: AnswerView, tongue: Tongue) -> str:
    """The answer as a page: the same view is the same text. `tongue` is that of the view."""
    template = environment().get_template("answer.html")
    return template.render(page=page_of(view), language=view.language, **words_of_pages(tongue))


def index_html(entries: Sequence[IndexEntry], tongue: Tongue, *, title: str = "", summary: str = "") -> str:
    """The page that leads to the answers of a case; it stands beside their files."""
    template = environment().get_template("index.html")
    heading = title or tongue.of(PAGE["answers"])
    return template.render(
        entries=entries, title=heading, summary=summary, language=tongue.code, **words_of_pages(tongue)
    )
