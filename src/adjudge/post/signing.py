"""The signature of what is sent to a webhook, as Standard Webhooks has it: HMAC-SHA256 over name, time and body.

Not encryption: who receives it can tell that it is ours, unchanged and fresh.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping

from adjudge.basis.instant import NANOS, Instant

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_of(random: bytes) -> str:
    """A secret as it is handed to whoever receives."""
    return PREFIX + base64.b64encode(random).decode()


def signed_headers(
    message: str, at: Instant, body: bytes, secret: str, former: str = ""
) -> Mapping[str, str]:
    """The three headers. `former` signs too, where a secret was just changed. Raises ValueError for what is none."""
    name, seconds = webhook_id(message), str(at.nanos // NANOS)
    signed = f"{name}.{seconds}.".encode() + body
    return {
        "webhook-id": name,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(_signature(signed, item) for item in _secrets(secret, former)),
    }


def _secrets(secret: str, former: str) -> tuple[str, ...]:
    return (secret, former) if former else (secret,)


def _signature(signed: bytes, secret: str) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("the secret is not one of ours") from error
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def webhook_id(message: str) -> str:
    """The name of a message without stops, which part what is signed."""
    return message.strip("<>").replace(".", "-")
