"""What django-allauth asks of us: nobody signs up, and the secrets of second factors are kept encrypted.

Not the pages of sign-in, which are its own within our frame (`accounts/`).
"""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.http import HttpRequest

from adjudge.institution.premises import premises


class Doorkeeper(DefaultAccountAdapter):  # type: ignore[misc]  # it ships no annotations
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - asked of every request
        """Never: an account begins with a link (`/join`)."""
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # it ships no annotations
    """A copy of the database alone must not be enough to make one-time codes."""

    def encrypt(self, text: str) -> str:
        """Encrypted by a key that lies beside the database and not in it."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` made."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    secret = premises().settings.secret_key.encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"adjudge second factors").derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))
