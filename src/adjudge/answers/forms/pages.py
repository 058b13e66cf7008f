"""What turns templates into pages: every text comes from outside and is escaped.

A page needs nothing else: no network, no script, no second file. An address becomes a link only where it is one of
the web.
"""

import re
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from adjudge.answers.words import DISPOSITIONS
from adjudge.basis.weight import GREATEST
from adjudge.outcome import Verdict

_WEB = ("https://", "http://")
_TURNING = "\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of what follows them; the others of their class are part of writing."""
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""All of them but the tab and the end of a line."""
_UNFIT = re.compile(rf"[{_CONTROLS}{_TURNING}\ud800-\udfff]")


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
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)


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
