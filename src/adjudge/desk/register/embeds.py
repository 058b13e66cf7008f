"""What other sites can show of a decision: a badge, a frame with a short preview, and where to find them (oEmbed 1.0).

The frame is the only page of ours that others may frame. It has no form, no script, no cookie and nobody's session: it
is the same for everybody, and nothing in it can be pressed by mistake.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from markupsafe import escape

from adjudge.answers.forms.harmless import harmless
from adjudge.desk.frame.framing import environment
from adjudge.desk.frame.visit import tongue_for
from adjudge.desk.register.lines import view_of
from adjudge.desk.register.opening import absolute, handed_on, public
from adjudge.desk.words.page import words_of_desk
from adjudge.desk.words.register import SHORT_STATES
from adjudge.institution.house import time_of
from adjudge.institution.premises import premises
from adjudge.institution.published.reading import register_decision
from adjudge.people.permission import not_found
from adjudge.redaction.public import State
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of

FRAMED = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
WIDTH, HEIGHT = 480, 260
BADGE_HEIGHT, PER_SIGN, PAD = 22, 7, 9
COLOURS = {
    State.STANDS: "#8a2c0d",
    State.REVERSED: "#0a5c36",
    State.LAPSED: "#0a5c36",
    State.LIFTED: "#0a5c36",
}
OTHERS = "#4a4a4a"


def _tongue(request: HttpRequest) -> Tongue:
    """The language that the address names, since whoever embeds it chooses; else that of whoever looks."""
    asked = request.GET.get("lang", "")
    return tongue_of(asked) if asked in LANGUAGES else tongue_for(request)


@public()
def badge(request: HttpRequest, decision_id: str) -> HttpResponseBase:
    """Where a decision stands, as a small picture that says so in words too."""
    house, tongue = premises().house, _tongue(request)
    found = register_decision(house, decision_id)
    state = found.state_at(str(time_of(house)))
    label = tongue("decision {decision}", decision=found.id)
    drawn = badge_svg(label, tongue.of(SHORT_STATES[state]), COLOURS.get(state, OTHERS))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return handed_on(response)


def badge_svg(label: str, word: str, colour: str) -> str:
    """The picture. Its widths are of whole signs, so that words fit whichever letters a reader has."""
    label, word = harmless(label), harmless(word)
    left, right = (len(text) * PER_SIGN + 2 * PAD for text in (label, word))
    said = escape(f"{label}: {word}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{BADGE_HEIGHT}" role="img" '
        f'aria-label="{said}"><title>{said}</title>'
        f'<rect width="{left + right}" height="{BADGE_HEIGHT}" rx="3" fill="#2b2b2b"/>'
        f'<path d="M{left} 0h{right - 3}q3 0 3 3v{BADGE_HEIGHT - 6}q0 3 -3 3h-{right - 3}z" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{PAD}" y="15" textLength="{left - 2 * PAD}">{escape(label)}</text>'
        f'<text x="{left + PAD}" y="15" textLength="{right - 2 * PAD}">{escape(word)}</text></g></svg>'
    )


@public()
def embed(request: HttpRequest, decision_id: str) -> HttpResponseBase:
    """A short preview to be framed by others."""
    opened, tongue = premises(), _tongue(request)
    found = register_decision(opened.house, decision_id)
    words = words_of_desk(tongue)
    text = (
        environment()
        .get_template("register/embed.html")
        .render(
            line=view_of(found, time_of(opened.house), tongue, words),
            d=words,
            t=tongue,
            language=tongue.code,
            style=static("desk/embed.css"),
            address=absolute(request, reverse("registered", args=[found.id])),
        )
    )
    response = HttpResponse(text)
    response["Content-Security-Policy"] = FRAMED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.framable = True  # type: ignore[attr-defined]  # boundaries leave out what forbids frames
    return handed_on(response)


@public()
def oembed(request: HttpRequest) -> HttpResponseBase:
    """Where to find the frame of an address of the register."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    decision = _decision_at(request.GET.get("url", ""))
    tongue = _tongue(request)
    found = register_decision(premises().house, decision)
    line = view_of(found, time_of(premises().house), tongue, words_of_desk(tongue))
    chosen = f"?lang={tongue.code}" if "lang" in request.GET else ""
    frame = absolute(request, reverse("register_embed", args=[found.id])) + chosen
    width, height = _within(request, "maxwidth", WIDTH), _within(request, "maxheight", HEIGHT)
    title = f"{line.headline}: {line.word}"
    told = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Adjudge",
        "provider_url": absolute(request, reverse("register")),
        "cache_age": 300,
        "width": width,
        "height": height,
        "html": (
            f'<iframe src="{escape(frame)}" width="{width}" height="{height}" title="{escape(harmless(title))}" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>'
        ),
    }
    return handed_on(JsonResponse(told))


def _decision_at(address: str) -> str:
    """The decision at an address of ours. Raises NotFoundError for any other."""
    try:
        path = urlsplit(address).path
        match = resolve(path)
    except (ValueError, Resolver404):
        raise not_found() from None
    if match.url_name not in {"registered", "register_embed", "register_badge"}:
        raise not_found()
    return str(match.kwargs["decision_id"])


def _within(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, "")
    return min(usual, max(120, int(text[:5]))) if text.isascii() and text.isdigit() else usual
