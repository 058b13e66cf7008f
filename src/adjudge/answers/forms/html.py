"""An answer as one HTML page that needs nothing else: no network, no script, no second file.

Every text comes from outside and is escaped; an address becomes a link only where it is one of the web.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from adjudge.answers.forms.page import page_of
from adjudge.answers.forms.sayings import PAGE, words_of_pages
from adjudge.answers.view import AnswerView
from adjudge.answers.words import DISPOSITIONS
from adjudge.basis.weight import GREATEST
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue

_WEB = ("https://", "http://")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them; the others of their class are part of writing."""


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


@cache
def environment() -> Environment:
    """What turns the templates into pages. Each page hands in its words: `words_of_pages` and its language."""
    made = Environment(
        loader=PackageLoader("adjudge.answers.forms", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["ticked"] = ticked
    made.filters["beside"] = beside
    made.tests["web"] = is_web
    made.globals.update(
        dispositions=DISPOSITIONS,
        greatest=GREATEST,
        met=Verdict.MET,
        lacking=(Verdict.UNKNOWN, Verdict.UNPROVEN),
    )
    return made


def _shown(value: object) -> object:
    """Texts without what no page may hold (controls, halves of characters) or what turns their direction."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_unfit(char) else char for char in value)


def _is_unfit(char: str) -> bool:
    return char in _TURNING or (unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t")


def ticked(text: str) -> Markup:
    """A sentence with what stands in backticks as code."""
    pieces = str(_shown(text)).split("`")
    if len(pieces) % 2 == 0:  # a backtick without its pair is a backtick
        pieces[-2:] = ["`".join(pieces[-2:])]
    form = Markup("<code>{}</code>")
    return Markup("").join(form.format(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def beside(name: str) -> str:
    """A file in the same folder as an address, whatever its name."""
    return "./" + quote(name, safe="", errors="replace")


def is_web(address: str) -> bool:
    """Whether an address may become a link."""
    return address.startswith(_WEB)
