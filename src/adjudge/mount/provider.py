"""Sign-in through an identity provider (OpenID Connect), where the settings name one and the extra `sso` is installed.

Not another way to join: whoever signs in so must have joined before, under an address that the provider has verified.
"""

from importlib.util import find_spec
from typing import Any

from adjudge.basis.said import say
from adjudge.errors import RefusedError
from adjudge.settings.schema import Settings

NEEDED = ("requests", "jwt", "oauthlib")
"""What the extra brings."""
PROVIDER = "provider"
"""The one provider's name in addresses: `/account/oidc/provider/login/callback/` is what it is to be told."""


def provider_apps(settings: Settings) -> list[str]:
    """The parts that it needs. Raises RefusedError where the extra is not installed."""
    if not settings.oidc_issuer:
        return []
    if not all(map(find_spec, NEEDED)):
        message = say("sign-in through an identity provider is set, and the extra `sso` is not installed")
        hint = say("install `adjudge[sso]`, or unset {settings}", settings="`ADJUDGE_OIDC_*`")
        raise RefusedError(message, hint=hint)
    return ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


def provider_settings(settings: Settings) -> dict[str, Any]:
    """What Django is told of it; nothing where there is none."""
    if not settings.oidc_issuer:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": settings.oidc_issuer.removeprefix("https://"),
        "client_id": settings.oidc_client,
        "secret": settings.oidc_secret,
        "settings": {"server_url": settings.oidc_issuer},
    }
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}},
        "SOCIALACCOUNT_ADAPTER": "adjudge.desk.access.provider.ByProvider",
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
    }
