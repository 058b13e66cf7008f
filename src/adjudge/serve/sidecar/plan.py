"""What a sidecar was told: where it is asked, what it follows, whom it trusts, and what holds without a snapshot."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

DEFAULT_PORT = 8412


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All of it. `keys` are lines of public keys; `url` and its `secret` are for whoever copies, and no worker's."""

    folder: str
    keys: tuple[str, ...]
    without: Literal["deny", "allow"]
    tcp: tuple[str, int] | None = ("127.0.0.1", DEFAULT_PORT)
    unix: str = ""
    workers: int = 1
    drain: int = 0
    url: str = ""
    secret: str = ""

    def for_worker(self) -> str:
        """What a worker is told, as a text. Not the secret."""
        told = asdict(self)
        del told["url"], told["secret"]
        return json.dumps(told)

    @classmethod
    def of_text(cls, text: str) -> Self:
        """The plan of such a text."""
        told = json.loads(text)
        tcp = told.pop("tcp")
        return cls(**{**told, "keys": tuple(told["keys"]), "tcp": tuple(tcp) if tcp else None})

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder)
