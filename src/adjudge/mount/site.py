"""The site opened over its data folder: what Django is told of it, from the settings and from nothing else."""

from pathlib import Path
from typing import Any

from adjudge import desk
from adjudge.institution.on_database import Opened, open_institution, prepared
from adjudge.institution.premises import occupy
from adjudge.institution.watched import tell
from adjudge.mount.provider import provider_apps, provider_settings
from adjudge.mount.telling.logs import logging_settings
from adjudge.mount.tracing import spans
from adjudge.settings.schema import Settings
from adjudge.settings.web import configure
from adjudge.tongues.tongue import ENGLISH, LANGUAGES

DESK = Path(desk.__file__).parent
WORKDAY = 12 * 3600
"""Seconds after which one signs in again."""
SHORTEST_PASSWORD = 12
MOST_FIELDS = 2_000
MOST_FILES = 20
"""With one form; which pages take how many is their own matter."""
MOST_THROTTLED = 100_000
"""Visitors whose failed attempts are remembered at once."""


def open_site(settings: Settings, *, migrated: bool = False) -> Opened:
    """Open the institution with its pages. `migrated` brings its database up to date first."""
    ready = prepared(settings)
    configure(ready, **site_settings(ready))
    opened = open_institution(ready, migrated=migrated)
    if migrated:
        from django.core.management import call_command  # noqa: PLC0415 - commands are known once Django is

        call_command("createcachetable", verbosity=0)
    occupy(opened)
    _watch(ready)
    return opened


def _watch(settings: Settings) -> None:
    """Have what is done measured and traced in this process."""
    # Where processes are several, the library that measures looks for their folder when it is loaded.
    from adjudge.mount.watching import measuring  # noqa: PLC0415

    measuring.begin()
    spans.begin(settings)
    tell(measuring.measured, spans.traced)


def site_settings(settings: Settings) -> dict[str, Any]:
    """Django's settings of the pages."""
    return {
        "DEBUG": False,
        "ALLOWED_HOSTS": list(settings.hosts),
        "ROOT_URLCONF": "adjudge.mount.urls",
        "INSTALLED_APPS": [*_APPS, *provider_apps(settings)],
        "MIDDLEWARE": list(_MIDDLEWARE),
        "TEMPLATES": [_TEMPLATES],
        "STATIC_URL": "/static/",
        "STATICFILES_FINDERS": list(_FINDERS),
        "WHITENOISE_USE_FINDERS": True,  # nobody has to collect files before the first start
        "LOGGING": logging_settings(settings),
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",  # links are handed on by people
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": MOST_FIELDS,
        "DATA_UPLOAD_MAX_NUMBER_FILES": MOST_FILES,
        **_languages(),
        **_cookies(settings),
        **_signing_in(settings),
        **provider_settings(settings),
    }


_APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "adjudge.storage",
    "adjudge.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
)
_FINDERS = (
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "adjudge.desk.frame.htmx.HtmxFinder",
)
_MIDDLEWARE = (
    "adjudge.mount.requests.watched",
    "adjudge.api.outside.one_form",
    "adjudge.desk.frame.boundaries.boundaries",
    "adjudge.mount.probes.probes",
    "adjudge.mount.handing.handing",
    "adjudge.desk.frame.boundaries.by_our_name",
    "adjudge.desk.frame.lighter.lighter",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "adjudge.desk.frame.boundaries.signed_out",
)
_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [str(DESK / "accounts")],
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages",
            "adjudge.desk.frame.door.around",
        ]
    },
}


def _languages() -> dict[str, Any]:
    return {
        "USE_I18N": True,
        "LANGUAGE_CODE": ENGLISH,
        "LANGUAGES": [(code, code) for code in LANGUAGES],
        "LANGUAGE_COOKIE_NAME": "adjudge_language",
        "LANGUAGE_COOKIE_AGE": 365 * 86_400,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_HTTPONLY": True,
    }


def _cookies(settings: Settings) -> dict[str, Any]:
    """Cookies that no script reads and no other site sends; by HTTPS only where the pages are reached so."""
    secure = settings.secure
    told: dict[str, Any] = {
        "SESSION_COOKIE_AGE": WORKDAY,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_FAILURE_VIEW": "adjudge.desk.frame.failing.forged",
        "LANGUAGE_COOKIE_SECURE": secure,
        "SECURE_REFERRER_POLICY": "same-origin",
    }
    if secure:
        # Whatever ends the encryption hands requests on in plain text; it must say that they came encrypted.
        told["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
        told["SECURE_HSTS_SECONDS"] = 365 * 86_400
        told["CSRF_TRUSTED_ORIGINS"] = [f"https://{host}" for host in settings.hosts]
    return told


def _signing_in(settings: Settings) -> dict[str, Any]:
    """Sign-in by django-allauth: an address and a password, and a second factor; nobody signs up."""
    validation = "django.contrib.auth.password_validation."
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{validation}MinimumLengthValidator", "OPTIONS": {"min_length": SHORTEST_PASSWORD}},
            {"NAME": f"{validation}CommonPasswordValidator"},
            {"NAME": f"{validation}NumericPasswordValidator"},
            {
                "NAME": f"{validation}UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email",)},
            },
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "home",
        "ACCOUNT_ADAPTER": "adjudge.desk.access.adapter.Doorkeeper",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "none",  # an address is as good as the link that was handed to its owner
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ALLAUTH_TRUSTED_PROXY_COUNT": settings.proxies,
        "MFA_ADAPTER": "adjudge.desk.access.adapter.SecondFactors",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_TOTP_ISSUER": "Adjudge",
        # Attempts to sign in are counted over all processes: in the database, which they share.
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "adjudge_throttle",
                "OPTIONS": {"MAX_ENTRIES": MOST_THROTTLED},
            }
        },
    }
