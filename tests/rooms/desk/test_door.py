"""Who gets in: by a link once, by password and second factor, never without; and out at once when shut out."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from adjudge.desk.frame.boundaries import FORM
from adjudge.desk.urls import ADDRESSES
from adjudge.institution.premises import occupy, premises
from adjudge.institution.staff.people import FOUNDER, deactivate, invite, invite_again
from adjudge.people.role import Role
from tests.sites import PASSWORD, Answered, Site

OPEN = {"alive", "answers_style", "set_language", "join", "codes", "code"} | {
    "ask_link",
    "leave_link",
    "link",
    "check_receipt",
}
"""Pages of ours that nobody has to sign in for, beside those of the register."""
GOOD = "correct horse battery"


def addresses() -> list[str]:
    """Every address of ours that stands behind the door, with any object in it."""
    found = []
    for pattern in ADDRESSES:
        name = getattr(pattern, "name", None)
        if name and name not in OPEN and not name.startswith(("account_", "register")):
            numbered = re.sub(r"<int:[^>]+>", "1", str(pattern.pattern))
            found.append("/" + re.sub(r"<[^>]+>", "X-1", numbered))
    return found


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("address", addresses())
def test_a_page_leads_to_sign_in_whoever_is_not_signed_in(site: Site, address: str) -> None:
    client = site.client()
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login?next=")


def test_nobody_signs_up(site: Site) -> None:
    client = site.client()
    for address in ("/account/signup", "/account/signup/", "/accounts/signup/"):
        assert client.get(address).status_code == 404
    assert b"sign up" not in client.get("/account/login").content.lower()


# --- joining ---


def test_a_link_lets_one_join_once(site: Site) -> None:
    secret = invite(site.house, site.actor("administrator"), "new@example.org", "Néw", [Role.REVIEWER]).secret
    client = site.client()
    page = client.get(f"/join/{secret}")
    assert page.status_code == 200
    assert "Administrator invites you." in page.content.decode()
    assert "Néw" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"  # the address holds the secret
    joined = client.post(f"/join/{secret}", {"password": GOOD, "again": GOOD})
    assert joined.status_code == 302
    assert client.get("/matters").status_code == 200
    assert site.client().get(f"/join/{secret}").status_code == 404
    assert site.client().post(f"/join/{secret}", {"password": GOOD, "again": GOOD}).status_code == 404


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("123456789012345", "123456789012345"), (GOOD, "another"), ("", "")],
)
def test_a_bad_password_is_refused_and_the_link_still_works(site: Site, password: str, again: str) -> None:
    secret = invite(site.house, FOUNDER, "new@example.org", "New", [Role.REVIEWER]).secret
    client = site.client()
    refused = client.post(f"/join/{secret}", {"password": password, "again": again})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert client.get("/matters").status_code == 302
    assert client.post(f"/join/{secret}", {"password": GOOD, "again": GOOD}).status_code == 302


@pytest.mark.parametrize("secret", ["0" * 48, "x", "%00", "é"])
def test_a_link_that_is_none_is_answered_like_any_page_that_is_not_there(site: Site, secret: str) -> None:
    assert site.client().get(f"/join/{secret}").status_code == 404


def test_another_link_gives_a_new_password_and_ends_the_second_factor_and_the_sessions(site: Site) -> None:
    before = site.client("reviewer")
    account = site.account("reviewer")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    secret = invite_again(site.house, FOUNDER, site.people["reviewer"].id).secret
    client = site.client()
    assert client.post(f"/join/{secret}", {"password": GOOD, "again": GOOD}).status_code == 302
    assert not Authenticator.objects.filter(user=account).exists()
    assert before.get("/matters").status_code == 302
    assert sign_in(site.client(), "reviewer", PASSWORD).status_code == 200
    assert sign_in(site.client(), "reviewer", GOOD).status_code == 302


# --- signing in ---


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Answered:
    return client.post("/account/login", {"login": f"{name}@example.org", "password": password})


def test_a_password_lets_in(site: Site) -> None:
    client = site.client()
    assert sign_in(client, "reviewer").status_code == 302
    assert client.get("/matters").status_code == 200


def test_who_was_led_to_sign_in_is_led_back_but_never_elsewhere(site: Site) -> None:
    sent = {"login": "reviewer@example.org", "password": PASSWORD}
    back = site.client().post("/account/login?next=/policies", {**sent, "next": "/policies"})
    assert back["Location"] == "/policies"
    away = site.client().post("/account/login", {**sent, "next": "https://evil.example/"})
    assert away["Location"] == "/"


def test_sign_in_is_throttled(site: Site) -> None:
    client = site.client()
    for _ in range(5):
        assert sign_in(client, "reviewer", "wrong").status_code == 200
    assert sign_in(client, "reviewer").status_code != 302  # though the password is right now
    assert client.get("/matters").status_code == 302


def test_a_second_factor_is_asked_for_once_there_is_one(site: Site) -> None:
    client = site.client()
    secret = invite_again(site.house, FOUNDER, site.people["reviewer"].id).secret
    client.post(f"/join/{secret}", {"password": GOOD, "again": GOOD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    shown = client.session["mfa.totp.secret"]
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(shown)}).status_code == 302
    kept = Authenticator.objects.get(user=site.account("reviewer"), type="totp").data["secret"]
    assert shown not in kept
    client.post("/account/logout")
    other = site.client()
    assert sign_in(other, "reviewer", GOOD)["Location"] == reverse("mfa_authenticate")
    assert other.get("/matters").status_code == 302
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert other.get("/matters").status_code == 302
    code = code_of(shown)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert other.get("/matters").status_code == 200
    third = site.client()
    sign_in(third, "reviewer", GOOD)
    third.post(reverse("mfa_authenticate"), {"code": code})  # a code that was used is used up
    assert third.get("/matters").status_code == 302


def test_recovery_codes_come_with_the_first_factor(site: Site) -> None:
    client = site.client()
    secret = invite_again(site.house, FOUNDER, site.people["reviewer"].id).secret
    client.post(f"/join/{secret}", {"password": GOOD, "again": GOOD})
    client.get(reverse("mfa_activate_totp"))
    shown = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(shown)})
    codes = Authenticator.objects.get(user=site.account("reviewer"), type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    other = site.client()
    sign_in(other, "reviewer", GOOD)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert other.get("/matters").status_code == 200


def test_staff_reached_from_outside_need_a_second_factor_and_members_do_not(site: Site) -> None:
    from dataclasses import replace

    occupy(replace(site.opened, settings=replace(site.opened.settings, secure=True)))
    assert site.client("reviewer").get("/matters")["Location"] == reverse("mfa_index")
    assert site.client("member").get("/matters").status_code == 200
    Authenticator.objects.create(user=site.account("reviewer"), type="totp", data={"secret": "x"})
    assert site.client("reviewer").get("/matters").status_code == 200


def test_who_is_shut_out_is_signed_out_at_once_and_stays_out(site: Site) -> None:
    client = site.client("reviewer")
    assert client.get("/matters").status_code == 200
    deactivate(site.house, site.actor("administrator"), site.people["reviewer"].id, "has left")
    assert client.get("/matters").status_code == 302
    assert client.get(reverse("mfa_index")).status_code == 302
    again = site.client()
    sign_in(again, "reviewer")
    assert again.get("/matters").status_code == 302


# --- boundaries ---


@pytest.mark.parametrize(
    "address", ["/", "/matters", "/account/login", "/nothing", "/alive", "/style/answers.css"]
)
def test_every_answer_says_what_browsers_may_do_with_it(site: Site, address: str) -> None:
    response = site.client("reviewer").get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/matters", "/keys", "/account/login", "/account/second-factor/"])
def test_no_page_holds_a_script_or_a_style_of_its_own(site: Site, address: str) -> None:
    text = site.client("reviewer").get(address).content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or 'type="application/json"' in attributes


def test_cookies_are_for_no_script_and_no_other_site(site: Site) -> None:
    client = site.client()
    sign_in(client, "reviewer")
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused(site: Site) -> None:
    client = site.client("reviewer", enforce=True)
    before = site.size
    response = client.post(f"/matters/{site.matter.id}/evaluate")
    assert response.status_code == 403
    assert "is not from a page of yours" in response.content.decode()
    assert site.size == before


def test_what_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    most = premises().settings.largest_upload + FORM
    response = site.client("reviewer").post(
        "/matters/open", data=b"", content_type="application/octet-stream", CONTENT_LENGTH=str(most + 1)
    )
    assert response.status_code == 413


@pytest.mark.usefixtures("site")
def test_another_name_of_the_machine_is_refused() -> None:
    assert Client(headers={"host": "evil.example"}).get("/account/login").status_code == 400


def test_the_language_is_that_of_the_browser_until_one_is_chosen(site: Site) -> None:
    client = site.client("reviewer", language="fr")
    assert '<html lang="fr">' in client.get("/matters").content.decode()
    client.post("/language", {"language": "en", "next": "/matters"})
    assert '<html lang="en">' in client.get("/matters").content.decode()
    away = client.post("/language", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in away["Location"]


def test_the_site_says_that_it_is_alive(site: Site) -> None:
    assert site.client().get("/alive").content == b"ok\n"
