"""The pages of codes, to which every problem that the API tells leads: what a code means, and what to do."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse

from adjudge.basis.codes import CODES
from adjudge.desk.frame.failing import not_there
from adjudge.desk.frame.framing import show_outside
from adjudge.desk.frame.visit import tongue_for
from adjudge.institution.codes import MEANINGS

TABLES: Sequence[Mapping[str, str]] = (MEANINGS, CODES)
"""Of requests and refusals, in the reader's language; of what is wrong in files, in English."""


def codes_page(request: HttpRequest) -> HttpResponse:
    """All codes."""
    tongue = tongue_for(request)
    told, in_files = ([(code, table[code]) for code in sorted(table)] for table in TABLES)
    return show_outside(
        request,
        "administration/codes.html",
        title=tongue("Codes of problems"),
        parts=(
            (tongue("Of requests and refusals"), told),
            (tongue("Of what is wrong in what was handed in"), in_files),
        ),
    )


def code_page(request: HttpRequest, code: str) -> HttpResponse:
    """One code; of a name that two tables have, both meanings."""
    found = [table[code] for table in TABLES if code in table]
    if not found:
        return not_there(request)
    tongue = tongue_for(request)
    return show_outside(
        request,
        "administration/code.html",
        title=tongue("The problem {code}", code=code),
        code=code,
        meanings=found,
        all_codes=tongue("All codes of problems"),
    )
