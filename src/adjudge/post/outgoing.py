"""What goes out: a notice made ready for one address, as bytes and texts that were made and kept before.

Not a notice: nothing here knows of decisions or rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.instant import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A notice for one mail address. `message` is `<name@host>`, the same at each attempt."""

    message: str
    to: str
    sender: str
    """The name of the platform, beside its address."""
    title: str
    language: str
    text: str
    html: str = ""
    pdf: bytes = b""
    pdf_name: str = ""
    at: Instant
    words: str = ""
    link: str = ""
    """What stands before the notice: how this reader gets to its page, and the link by which."""
    button: str = ""
    """What the link does, in a few words: a phone shows a button rather than a long address."""

    def __repr__(self) -> str:
        """Without the link, whose secret would end in a log."""
        return f"Mail({self.message!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A message for one webhook: `body` is sent, signed with the secret and, where there is one, the former."""

    message: str
    url: str
    secret: str
    body: Mapping[str, object]
    at: Instant
    former: str = ""

    def __repr__(self) -> str:
        """Without the secret, which would end in a log."""
        return f"Call({self.message!r}, {self.url!r})"
