"""The language in which a caller is told of problems: what it asks for, else English."""

from django.http import HttpRequest
from django.utils.translation import get_language

from adjudge.tongues.tongue import ENGLISH, LANGUAGES, Tongue, tongue_of


def tongue_for(request: HttpRequest) -> Tongue:
    """By `Accept-Language`."""
    found = getattr(request, "LANGUAGE_CODE", None) or get_language() or ENGLISH
    return tongue_of(found if found in LANGUAGES else ENGLISH)
