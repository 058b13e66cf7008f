"""What is sent to a webhook: one signed request by HTTPS, to a machine of the public network, and its answer.

Nothing follows where the answer points, and no more of it is read than a proof needs.
"""

import http.client
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from adjudge.basis.said import say
from adjudge.post.attempt import Attempt, Delivered, Refused, Retry, answered, reason_of
from adjudge.post.line import Answer, Line
from adjudge.post.outgoing import Call
from adjudge.post.reaching import PrivateAddressError, target_of
from adjudge.post.signing import signed_headers

TIMEOUT = 10
LIMIT = 20
"""Seconds after which an attempt ends, even if the answer drips on."""
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
        with self.kept_open() as line:
            return line.send(call)

    @contextmanager
    def kept_open(self) -> Iterator["Calling"]:
        """As the sender, over one line as long as it is the same machine: for whoever sends one call after another."""
        context = self.context or ssl.create_default_context()
        line = Line(context=context, private=self.private, timeout=self.timeout, limit=self.limit)
        try:
            yield Calling(line)
        finally:
            line.close()


@dataclass(frozen=True, slots=True)
class Calling:
    """Calls of webhooks over one line."""

    line: Line

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
                **signed_headers(call.message, call.at, body, call.secret, call.former),
            }
        except ValueError:
            return Retry(say("the webhook has no secret"))
        try:
            return _ended(self.line.ask(target, headers, body))
        except PrivateAddressError:
            return Refused(say("the webhook leads into a network that is not public"))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Retry(say("the webhook does not answer as it should: {reason}", reason=reason_of(error)))


def _ended(answer: Answer) -> Attempt:
    text = answered(f"{answer.status} {answer.reason} {answer.said.decode('utf-8', 'replace')}")
    if answer.status in _GOOD:
        return Delivered(text)
    return Refused(text, is_gone=True) if answer.status == GONE else Retry(text)
