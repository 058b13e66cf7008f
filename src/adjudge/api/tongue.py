"""The language in which a caller is told of problems: what it asks for, else English."""

from django.http import HttpRequest
from django.utils.translation import get_language

from adjudge.tongues.tongue import Tongue, tongue_asked_for


def tongue_for(request: HttpRequest) -> Tongue:
    """By `Accept-Language`."""
    return tongue_asked_for(getattr(request, "LANGUAGE_CODE", None) or get_language())
