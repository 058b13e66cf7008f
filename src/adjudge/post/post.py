"""The post of an institution: a mail server where one is set, and webhooks."""

from dataclasses import dataclass
from typing import Protocol

from adjudge.post.attempt import Attempt
from adjudge.post.outgoing import Call, Mail


class SendsMail(Protocol):
    """What takes mail."""

    def send(self, mail: Mail) -> Attempt:
        """Try once."""
        ...


class SendsCalls(Protocol):
    """What calls webhooks."""

    def send(self, call: Call) -> Attempt:
        """Try once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What notices go out by. Without a mailer, mail waits until one is set."""

    mailer: SendsMail | None
    webhooks: SendsCalls
