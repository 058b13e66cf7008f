"""The client: an institution's address and a key, and a typed call for every operation."""

import ssl
from types import TracebackType
from typing import Self

from adjudge.client.operations import Operations
from adjudge.client.wire import Wire


class Client(Operations):
    """Calls of one institution with one key. Several threads may use it at once. Nothing is sent until one calls.

    What may fail for a while is tried again: `retries` times, for `timeout` seconds each. `language` is the one in
    which problems are told. What needs no key, such as the register, is had without one.
    """

    def __init__(
        self,
        address: str,
        key: str = "",
        *,
        timeout: float = 30,
        retries: int = 5,
        language: str = "en",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Note where and as whom to call. Raises ValueError where the address is none."""
        headers = {"Accept-Language": language}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        super().__init__(Wire(address, timeout=timeout, retries=retries, tls=tls), headers)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._wire.close()

    def __enter__(self) -> Self:
        """Use it, and have its connections closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()
