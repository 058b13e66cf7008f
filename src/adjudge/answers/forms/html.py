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
from adjudge.answers.view import AnswerView
from adjudge.answers.words import DISPOSITIONS, PAGE, VERDICTS, count_text
from adjudge.basis.weight import GREATEST, Standard
from adjudge.outcome import Verdict

_WEB = ("https://", "http://")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them; the others of their class are part of writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One answer of a case: what was asked, the headline for each subject, and the names of its files.

    `headlines` holds the title of a subject, the value of its disposition, and the headline.
    """

    title: str
    as_of: str
    territory: str
    headlines: tuple[tuple[str, str, str], ...]
    html: str
    json: str


def html_text(view: AnswerView) -> str:
    """The answer as a page: the same view is the same text."""
    return _environment().get_template("answer.html").render(page=page_of(view), language=view.language)


def index_html(
    entries: Sequence[IndexEntry], *, title: str = "", summary: str = "", language: str = "en"
) -> str:
    """The page that leads to the answers of a case; it stands beside their files."""
    template = _environment().get_template("index.html")
    return template.render(
        entries=entries, title=title or PAGE["answers"], summary=summary, language=language
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("adjudge.answers.forms", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["ticked"] = ticked
    environment.filters["beside"] = beside
    environment.tests["web"] = is_web
    environment.globals.update(
        w=PAGE,
        count=count_text,
        verdicts=VERDICTS,
        dispositions=DISPOSITIONS,
        weights=tuple(Standard),
        greatest=GREATEST,
        met=Verdict.MET,
        lacking=(Verdict.UNKNOWN, Verdict.UNPROVEN),
    )
    return environment


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
