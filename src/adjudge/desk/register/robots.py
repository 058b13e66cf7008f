"""What search engines are told: to keep away, but from the register where the operator of this site has declared so.

Not a lock: what is public is public. It only says whether decisions are to be found by the name of an advertiser.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from markupsafe import escape

from adjudge.desk.register.opening import absolute, handed_on, public
from adjudge.institution.premises import premises
from adjudge.institution.published.asked import asked_from
from adjudge.institution.published.reading import is_open, register_found
from adjudge.people.permission import not_found

NEWEST = 500
"""Decisions that are listed; older ones are reached from the pages of the register."""
PAGES = ("register", "register_statistics", "register_policies", "register_log")


@public()
def robots(request: HttpRequest) -> HttpResponseBase:
    """Which addresses may be visited by programs that fill search engines (RFC 9309)."""
    lines = ["User-agent: *", "Disallow: /"]
    if _is_declared():
        lines += [
            "Allow: /register",
            "Allow: /static/",
            f"Sitemap: {absolute(request, reverse('register_sitemap'))}",
        ]
    return handed_on(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@public(cost=5)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The addresses of the register: its pages, its newest decisions. Raises NotFoundError where none is declared."""
    if not _is_declared():
        raise not_found()
    found = register_found(premises().house, asked_from({}), most=NEWEST)
    paths = [reverse(name) for name in PAGES]
    paths += [reverse("registered", args=[item.id]) for item in found.items]
    places = "".join(f"<url><loc>{escape(absolute(request, path))}</loc></url>\n" for path in paths)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )
    return handed_on(HttpResponse(text, content_type="application/xml; charset=utf-8"))


def _is_declared() -> bool:
    return premises().settings.register_in_search and is_open(premises().house)
