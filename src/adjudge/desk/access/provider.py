"""Who comes from the identity provider: somebody who has joined, by an address that it has verified, or nobody.

Loaded only where a provider is set.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from adjudge.desk.frame.failing import told
from adjudge.people.permission import not_found
from adjudge.storage.models import Account


class ByProvider(DefaultSocialAccountAdapter):  # type: ignore[misc]  # it ships no annotations
    """Accounts are found, and never made."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - never
        """Never: an account begins with a link (`/join`)."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account by a verified address. Whoever has none is told no more than that there is nothing."""
        if sociallogin.is_existing:
            return
        addresses = [item.email.lower() for item in sociallogin.email_addresses if item.verified]
        account = Account.objects.filter(email__in=addresses, is_active=True).first()
        if account is None:
            raise ImmediateHttpResponse(told(request, not_found()))
        sociallogin.connect(request, account)
