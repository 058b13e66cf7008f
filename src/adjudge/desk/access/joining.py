"""Joining by a link: who is invited and by whom, and a password to sign in with from then on.

A link is also how somebody who lost the password or the second factor begins anew.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from adjudge.desk.frame.failing import told
from adjudge.desk.frame.framing import show_outside
from adjudge.desk.frame.visit import tongue_for
from adjudge.desk.words.page import role_text
from adjudge.errors import AdjudgeError, BugError
from adjudge.institution.premises import premises
from adjudge.institution.staff.people import invited_by, join
from adjudge.records.rows import PersonRow
from adjudge.storage.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def joining(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Show the invitation; with a password that is good enough, join and sign in."""
    try:
        person, inviter = invited_by(premises().house, secret)
        if request.method != "POST":
            return _page(request, person, inviter, [])
        wrong = _wrong(request, person)
        if wrong:
            return _page(request, person, inviter, wrong)
        account = _join(person, secret, request.POST["password"])
    except BugError:
        raise
    except AdjudgeError as error:
        return told(request, error)
    login(request, account, backend=BACKEND)
    # Who has just set a password need not type it once more to add a second factor.
    record_authentication(request, account, method="password", reauthenticated=True)
    tongue = tongue_for(request)
    messages.success(
        request, tongue("You have joined. Add a second factor, so that a password alone lets nobody in.")
    )
    return redirect("mfa_index")


def _wrong(request: HttpRequest, person: PersonRow) -> list[str]:
    """What is wrong with the password, in sentences."""
    tongue = tongue_for(request)
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        return [tongue("The two passwords differ.")]
    try:
        validate_password(password, Account(email=person.email, person=person.id))
    except ValidationError as error:
        return list(error.messages)
    return []


def _join(person: PersonRow, secret: str, password: str) -> Account:
    """Join and have an account, both or neither. Second factors of an earlier account end."""
    with transaction.atomic():
        join(premises().house, secret)
        # Nobody else on record has this address: another account with it is of somebody who was expunged.
        Account.objects.filter(email__iexact=person.email).exclude(person=person.id).delete()
        account = Account.objects.filter(person=person.id).first() or Account(person=person.id)
        account.email = person.email
        account.set_password(password)
        account.save()
        Authenticator.objects.filter(user=account).delete()
    return account


def _page(request: HttpRequest, person: PersonRow, inviter: str, wrong: list[str]) -> HttpResponseBase:
    tongue = tongue_for(request)
    roles = tongue.listed(role_text(role, tongue) for role in person.roles)
    # The address holds the secret; the referrer policy of all pages (`same-origin`) keeps it from other sites. With
    # `no-referrer` a browser would send the form with no origin, and it would be refused as forged.
    return show_outside(
        request,
        "access/join.html",
        422 if wrong else 200,
        person=person,
        inviter=inviter,
        invitation=tongue("{name} invites you.", name=inviter) if inviter else "",
        roles=roles,
        wrong=wrong,
        rules=password_validators_help_texts(),
    )
