"""Every form that the pages of the desk offer to somebody, found by opening them, and sent with a test's own texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext

from tests.browser.desk_site import PAGES, Served, opened
from tests.browser.sending import DESKTOP, token

LEFT_OUT = ("/account/", "/roles", "/out", "/again", "/language", "/first-run")
"""Forms by which somebody would be signed out or lose rights, without which the others could not be tried."""
LAST = ("/close", "/end", "/reject", "/roll-back", "/withdraw", "/return", "/revoke", "/delete")
"""What ends something comes after what is done with it."""
FORMS = """
() => [...document.querySelectorAll("form")].filter(form => form.method === "post").map(form => ({
  action: new URL(form.getAttribute("action") ?? "", location.href).pathname,
  multipart: form.enctype === "multipart/form-data",
  fields: [...form.elements].filter(item => item.name && !item.disabled).map(item => ({
    name: item.name,
    kind: item.localName === "select" ? "select" : item.localName === "textarea" ? "text" : item.type,
    value: item.localName === "select" ? ([...item.options].find(o => o.value)?.value ?? "") : item.value,
    on: item.checked || !["checkbox", "radio", "button", "submit"].includes(item.type),
  })),
}))
"""
TEXT = frozenset({"text", "search", "url", "email", "textarea"})


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it goes, what stands in it, and which of its fields take a text."""

    who: str
    action: str
    multipart: bool
    fields: Mapping[str, str]
    texts: Sequence[str]

    def sent(self, context: BrowserContext, text: str) -> APIResponse:
        """Send it with a text in each of those fields; nothing is followed."""
        told: dict[str, Any] = {**self.fields, **dict.fromkeys(self.texts, text)}
        told["csrfmiddlewaretoken"] = token(context)
        if self.multipart:
            return context.request.post(self.action, max_redirects=0, multipart=told)
        return context.request.post(self.action, max_redirects=0, form=told)


def forms_of(browser: Browser, served: Served, who: str) -> list[Form]:
    """The forms with fields for texts on the pages of somebody, each once; what ends something last."""
    context = opened(browser, served, who, DESKTOP)
    page = context.new_page()
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for address in addresses_of(who):
        page.goto(address.format(**served.names))
        for told in page.evaluate(FORMS):
            form = _form(who, told)
            if form.texts and not any(part in form.action for part in LEFT_OUT):
                found.setdefault((form.action, tuple(sorted(form.fields))), form)
    context.close()
    return sorted(found.values(), key=lambda form: any(part in form.action for part in LAST))


def addresses_of(who: str) -> Iterator[str]:
    """The pages of somebody."""
    for person, address in PAGES.values():
        if person == who:
            yield address


def _form(who: str, told: dict[str, Any]) -> Form:
    fields = [
        item for item in told["fields"] if item["name"] != "csrfmiddlewaretoken" and item["kind"] != "file"
    ]
    return Form(
        who=who,
        action=told["action"],
        multipart=told["multipart"],
        fields={item["name"]: item["value"] for item in fields if item["on"]},
        texts=tuple(item["name"] for item in fields if item["kind"] in TEXT),
    )
