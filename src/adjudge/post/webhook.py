"""A notice sent to a webhook: one signed request by HTTPS, to a machine of the public network, and its answer.

Nothing follows where the answer points, and no more of it is read than a proof needs.
"""

import http.client
import json
import ssl
from dataclasses import dataclass

from adjudge.basis.said import say
from adjudge.post.attempt import Attempt, Delivered, Refused, Retry, answered, reason_of
from adjudge.post.limit import limited
from adjudge.post.outgoing import Call
from adjudge.post.reaching import PrivateAddressError, Target, connect, target_of
from adjudge.post.signing import signed_headers

TIMEOUT = 10
LIMIT = 20
"""Seconds after which an attempt ends, even if the answer drips on."""
MOST_READ = 1_000
"""Bytes of an answer that are read at most."""
GONE = 410
_GOOD = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSender:
    """How webhooks are called. `private` lets them be machines of one's own network."""

    private: bool = False
    timeout: int = TIMEOUT
    limit: int = LIMIT
    context: ssl.SSLContext | None = None

    def send(self, call: Call) -> Attempt:
        """Try once."""
        target = target_of(call.url)
        if target is None:
            return Refused(say("this is no address of a webhook"))
        body = json.dumps(call.body, ensure_ascii=False, sort_keys=True).encode()
        try:
            headers = {
                "content-type": "application/json; charset=utf-8",
                "host": target.authority,
                "user-agent": "adjudge",
                **signed_headers(call.message, call.at, body, call.secret),
            }
        except ValueError:
            return Retry(say("the webhook has no secret"))
        try:
            return self._asked(target, headers, body)
        except PrivateAddressError:
            return Refused(say("the webhook leads into a network that is not public"))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Retry(say("the webhook does not answer as it should: {reason}", reason=reason_of(error)))

    def _asked(self, target: Target, headers: dict[str, str], body: bytes) -> Attempt:
        """Ask, over a connection whose other end was looked at."""
        context = self.context or ssl.create_default_context()
        raw = connect(target, self.timeout, private=self.private)
        with (
            context.wrap_socket(raw, server_hostname=target.host, do_handshake_on_connect=False) as secure,
            limited(lambda: secure, self.limit),
        ):
            secure.do_handshake()
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = secure
            connection.request("POST", target.path, body, headers)
            response = connection.getresponse()
            return _ended(response.status, response.reason, response.read(MOST_READ))


def _ended(status: int, reason: str, said: bytes) -> Attempt:
    answer = answered(f"{status} {reason} {said.decode('utf-8', 'replace')}")
    if status in _GOOD:
        return Delivered(answer)
    return Refused(answer) if status == GONE else Retry(answer)
