"""A letter as one page that needs nothing else: no network, no script, no second file. Every text is escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from adjudge.letters.letter import Letter
from adjudge.letters.spans import fit_letter, spans


def html_of(letter: Letter) -> str:
    """The letter as a page."""
    return _environment().get_template("letter.html").render(letter=fit_letter(letter))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("adjudge.letters", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["spans"] = spans
    made.filters["kind"] = _kind
    return made


def _kind(block: object) -> str:
    """What a block is, for the template."""
    return type(block).__name__
